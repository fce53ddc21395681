"""How long the co-op builder takes for a wide field, against HiGHS alone with the very same matrix.

`python -m tests.benchmarks coop`: 1,000 candidates and 50 cells of work. Explanations are timed apart. Beside it stand
what picking one after another would have found, and what trying everything finds where that can be done.
"""

import argparse
import random
import time
from dataclasses import replace

import highspy

from commissioning.coops import diagnosis, optimiser
from commissioning.coops.greedy import greedy_team, most_hours_first
from commissioning.coops.model import Model
from commissioning.coops.optimiser import best_team
from commissioning.coops.programme import Solver, options
from tests.benchmarks._results import Result, show
from tests.commissioning.coops.exhaustive import best_value
from tests.commissioning.coops.generated import large_task, small_task

OBJECTIVES = ("smallest", "cheapest", "most_local", "most_resilient")
# Those that a core settles within seconds for the seed below: a stopped search would compare two limits of nodes.
SETTLED = ("smallest", "cheapest", "most_local")
SEED = 2
TURNS = 3
MOST_PARTNERS = 25
FEW_NODES = 5


def run(arguments):
    reads = argparse.ArgumentParser(prog="python -m tests.benchmarks coop", description=__doc__)
    reads.add_argument("--candidates", type=int, default=1_000)
    reads.add_argument("--cells", type=int, default=50)
    reads.add_argument("--small", type=int, default=200, help="small cases held against an exhaustive search")
    reads.add_argument("--json", action="store_true")
    asked = reads.parse_args(arguments)
    told = {
        "large": {name: against_bare(large(asked, name)) for name in SETTLED},
        "stopped": stopped(large(asked, "most_resilient")),
        "explained": explained(large(asked, "cheapest")),
        "small": against_others(asked.small),
    }
    title = f"A team from {asked.candidates:,} candidates for {asked.cells} cells"
    return show(results_of(told), title, as_json=asked.json)


def large(asked, objective):
    return large_task(asked.candidates, asked.cells, objective=objective, most_partners=MOST_PARTNERS, seed=SEED)


def against_bare(task):
    """Seconds of both, taking turns; the best of each counts. Both have to come to the same value."""
    matrix = bare_matrix(task)
    ours, theirs = [], []
    for _turn in range(TURNS):
        ours.append(timed(lambda: solved(task)))
        theirs.append(timed(lambda: bare(task, matrix)))
    first, value = ours[0][1], theirs[0][1]
    return {
        "ours": min(seconds for seconds, _solved in ours),
        "bare": min(seconds for seconds, _value in theirs),
        "gap": first.value - first.bound,
        "differ": int(abs(first.value - value) > 1e-6 * max(1.0, abs(value))),
    }


def timed(what):
    """Seconds of this process: HiGHS has one thread, and what others do on the machine is not ours."""
    begun = time.process_time()
    result = what()
    return time.process_time() - begun, result


def solved(task, nodes=optimiser.NODES):
    model = Model(task).build()
    return optimiser.solve_first(model, Solver(model.programme, node_limit=nodes))


def bare_matrix(task):
    model = Model(task).build()
    return model, model.programme.matrix(model.costs(task.objective))


def bare(task, matrix):
    """The same rows and columns handed to HiGHS as they are, with the same options."""
    model, lp = matrix
    highs = highspy.Highs()
    within = 0.9 * optimiser.step(model, task.objective)
    for option, setting in {**options(optimiser.NODES), "mip_abs_gap": within}.items():
        highs.setOptionValue(option, setting)
    highs.passModel(lp)
    highs.run()
    return highs.getInfo().objective_function_value


def stopped(task):
    """A search that is given a few nodes: whether it still gives a team, with how far off it may be, twice the same."""
    found = best_team(task, node_limit=FEW_NODES)
    again = best_team(task, node_limit=FEW_NODES)
    return {"partners": len(found.team), "gap": found.gap, "differ": int(found != again)}


def explained(task):
    """Seconds of the questions that a page asks once it has a team, or none."""
    whole, found = timed(lambda: best_team(task))
    narrow = replace(task, most_partners=3)
    return {
        "whole": whole,
        "next best": timed(lambda: diagnosis.next_best(task, found, node_limit=20))[0],
        "leaving": timed(lambda: [diagnosis.left_bare(task, found, key) for key in found.team])[0],
        "none": timed(lambda: diagnosis.conflict(narrow, node_limit=20))[0],
        "change": timed(lambda: diagnosis.cheapest_change(narrow, node_limit=20))[0],
    }


def against_others(number):
    """Small cases: how often the value is not that of an exhaustive search, and what greed would have cost."""
    chance, told = random.Random(SEED), {"cases": number, "differ": 0, "teams": 0, "greed none": 0, "greed worse": 0}
    for case in range(number):
        task = small_task(chance, OBJECTIVES[case % len(OBJECTIVES)])
        found, best = best_team(task), best_value(task)
        told["differ"] += (found is None) != (best is None) or (found is not None and abs(found.value - best) > 1e-6)
        if found:
            value = greedy_value(task)
            told["teams"] += 1
            told["greed none"] += value is None
            told["greed worse"] += value is not None and value > found.value + 1e-6
    return told


def greedy_value(task):
    """Greed picks the team; who gives what is then shared out as well as it can be."""
    model = Model(task).build()
    team = greedy_for(task, model)
    if team is None:
        return None
    keys = frozenset(model.partners[place].key for place in team)
    own = tuple(partner for partner in task.partners if partner.key in keys)
    found = best_team(replace(task, partners=own, must=keys))
    return found and found.value


def greedy_for(task, model):
    """Picked by what the objective asks for."""
    scores = {"cheapest": lowest_price_first, "most_local": nearest_first}
    return greedy_team(model, scores.get(task.objective, most_hours_first))


def lowest_price_first(partner, minutes):
    return (partner.pence_per_hour, -minutes)


def nearest_first(partner, minutes):
    return (min(partner.metres.values()), -minutes)


def results_of(told):
    few, answered, small = told["stopped"], told["explained"], told["small"]
    large_ones = [result for name, one in told["large"].items() for result in against_results(name, one)]
    return [
        *large_ones,
        Result(f"most resilient, stopped after {FEW_NODES} nodes: partners of the team it gives", few["partners"]),
        Result("how far from the best that may be, %", 100 * few["gap"]),
        Result("answers that differ when it is asked again", few["differ"], 1, 0.0),
        Result("seconds of a whole answer, cheapest: with what tells equals apart", answered["whole"]),
        Result("seconds of the next best team", answered["next best"]),
        Result("seconds of what each one's leaving breaks", answered["leaving"]),
        Result("seconds of why there is none, with 3 partners", answered["none"]),
        Result("seconds of the least change that lets one exist", answered["change"]),
        Result(f"values that differ from an exhaustive search, of {small['cases']}", small["differ"], 1, 0.0),
        Result("teams that greed does not find, of those that there are", small["greed none"], small["teams"]),
        Result("teams of greed that are worse", small["greed worse"], small["teams"]),
    ]


def against_results(name, one):
    return [
        Result(f"{name}: build and first solve against the bare matrix, seconds", one["ours"], one["bare"], 1.3),
        Result(f"{name}: value less bound, as a certificate", one["gap"], 1, 1e-6),
        Result(f"{name}: values that differ from the bare solver's", one["differ"], 1, 0.0),
    ]
