"""The search at the size the field dreams of, as ratios from one run.

`python -m tests.benchmarks search --services 1000000 --against sql,datasette --json`

Copies of the registry are made the first time (a million takes minutes) and kept in the data folder for the next.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys

from tests.benchmarks._results import ROOT, Result, copies, show

SMALL = 10_000
# A city and its suburbs, where a small copy is about as dense as a million are in the whole country.
CITY = ("LS",)
WORDS = ("shopping", "hoist", "dementia", "gardening", "catheter")
PAGES = (
    "/",
    "/find/?postcode={p}",
    "/find/?postcode={p}&need=shopping",
    "/find/?postcode={p}&need=company&day=tue",
    "/find/?postcode={p}&category=gardening&payer=private",
    "/find/?postcode={p}&page=3",
    "/api/services/?postcode={p}",
    "/api/services/?need=hoist",
    "/open-referral/v3/services?page=2",
    "/open-referral/v3/services?postcode={p}",
    "/open-referral/v3/services?search=hoist",
)


class Worker:
    """A process of its own for each copy; see `_worker`."""

    def __init__(self, folder, services, areas=()):
        environment = {**os.environ, "NEARHAND_DATA": str(folder), "DEMO": "1"}
        self.folder = folder
        prepare(environment, services, areas)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.benchmarks._worker"],
            cwd=ROOT,
            env=environment,
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self.process.stdout.readline()

    def ask(self, name, **given):
        self.process.stdin.write(json.dumps([name, given]) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            raise SystemExit(f"The worker of {self.folder} stopped at {name} {given}")
        return in_milliseconds(json.loads(answer))


def in_milliseconds(answer):
    if not isinstance(answer, dict):
        return answer
    return {name: value * 1000 if name in ("seconds", "ready") else value for name, value in answer.items()}


def prepare(environment, services, areas):
    """Every step finds out by itself whether it was done."""
    for command in (
        ["demo", "--no-serve"],
        ["seed", "-v", "0", "--services", str(services), "--areas", ",".join(areas)],
    ):
        subprocess.run(
            [sys.executable, "manage.py", *command], cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL
        )


def run(arguments):
    asked = parser().parse_args(arguments)
    against = set(asked.against.split(","))
    folder = copies(asked.data)
    copy = Worker(folder / str(asked.services), asked.services)
    results = []
    for part in parts_of(copy, folder, against, asked):
        for result in part:
            print(result.name, result.ours, result.theirs, file=sys.stderr, flush=True)
            results.append(result)
    return show(results, f"Search among {asked.services:,} services", as_json=asked.json)


def parts_of(copy, folder, against, asked):
    """One after the other, so that what was measured is told before the next begins."""
    yield leanness(copy)
    yield whole_reads(copy)
    if "datasette" in against:
        yield against_datasette(copy, asked)
    if "sql" in against:
        yield against_sql(copy, asked.points)
        yield growth(copy, Worker(folder / f"{SMALL}-{CITY[0]}", SMALL, CITY), asked)


def parser():
    reads = argparse.ArgumentParser(prog="python -m tests.benchmarks search", description=__doc__)
    reads.add_argument("--services", type=int, default=100_000)
    reads.add_argument("--against", default="sql", help="sql, datasette or both, with a comma")
    reads.add_argument("--points", type=int, default=150, help="how many postcodes are asked about")
    reads.add_argument("--data", help="folder of the copies")
    reads.add_argument("--json", action="store_true")
    return reads


def in_turn(times, *calls):
    """Seconds of each call, the best of some rounds: what else the machine does only ever makes it slower."""
    rounds = [[call() for call in calls] for _ in range(times)]
    return [min((answer[n] for answer in rounds), key=lambda each: each["seconds"]) for n in range(len(calls))]


def middle(values):
    return statistics.median(values)


def late(values):
    return sorted(values)[int(len(values) * 0.95)]


def ratios(name, ours, theirs, most):
    """Median against median, 95th percentile against 95th percentile."""
    return [
        Result(f"{name}, median", middle(ours), middle(theirs), most),
        Result(f"{name}, 95th percentile", late(ours), late(theirs), most),
    ]


def against_sql(copy, points):
    copy.ask("reference_table")
    spots = copy.ask("spots", count=points, areas=[])
    floor = [copy.ask("reference", postcode=spot, two=True) for spot in spots]
    by_place = [
        in_turn(3, lambda s=spot: copy.ask("search", postcode=s), lambda s=spot: copy.ask("reference", postcode=s))
        for spot in spots
    ]
    by_text = [
        in_turn(
            3,
            lambda s=spot, w=word: copy.ask("search", postcode=s, text=w),
            lambda s=spot, w=word: copy.ask("reference", postcode=s, text=w),
        )
        for spot, word in zip(spots, WORDS * len(spots), strict=False)
    ]
    ours, theirs = zip(*[(a["seconds"], b["seconds"]) for a, b in by_place], strict=True)
    ours_text, theirs_text = zip(*[(a["seconds"], b["seconds"]) for a, b in by_text], strict=True)
    counts = [b["found"] for _a, b in by_place]
    return [
        Result("services that reach a point, median", middle(counts), None),
        Result("the floor (two facets), median", middle([each["seconds"] for each in floor]), None),
        *ratios("database, by place", ours, theirs, 1.5),
        *ratios("database, by place and text", ours_text, theirs_text, 1.0),
        *whole_answers(copy, spots, "page"),
        *whole_answers(copy, spots, "json"),
    ]


def whole_answers(copy, spots, form):
    """Against the reference and the same template, or serializer, with everything ready."""
    pairs = [
        in_turn(3, lambda s=spot: copy.ask(form, postcode=s), lambda s=spot: copy.ask("reference", postcode=s))
        for spot in spots
    ]
    whole, fed = zip(*[(a["seconds"], a["ready"] + b["seconds"]) for a, b in pairs], strict=True)
    return ratios(f"whole answer, {form}", whole, fed, 1.5)


def growth(copy, small, asked):
    spots = small.ask("spots", count=asked.points, areas=list(CITY))
    pairs = [
        in_turn(3, lambda s=there: copy.ask("search", postcode=s), lambda s=here: small.ask("search", postcode=s))
        for here, there in of_the_same_density(copy, small, spots)
    ]
    large, little = zip(*[(a["seconds"], b["seconds"]) for a, b in pairs], strict=True)
    national, local = zip(
        *[
            in_turn(
                3,
                lambda w=word: copy.ask("search", text=w),
                lambda s=spot, w=word: copy.ask("search", postcode=s, text=w),
            )
            for spot, word in zip(spots, WORDS * len(spots), strict=False)
        ],
        strict=True,
    )
    changes = [in_turn(1, lambda: copy.ask("publish"), lambda: small.ask("publish")) for _ in range(30)]
    assert all(answer["found"] >= 1 for pair in changes for answer in pair), "a change was not seen by the next search"
    published = [[answer["seconds"] for answer in pair] for pair in changes]
    return [
        Result("services that reach a point, large copy", middle([a["found"] for a, _b in pairs]), None),
        Result("services that reach a point, small copy", middle([b["found"] for _a, b in pairs]), None),
        Result(f"large against {SMALL:,}, as dense, median", middle(large), middle(little), 1.5),
        Result(
            "text without a place against with one, median",
            middle([a["seconds"] for a in national]),
            middle([b["seconds"] for b in local]),
            10,
        ),
        Result(
            f"publishing, large against {SMALL:,}, median",
            middle([a for a, _b in published]),
            middle([b for _a, b in published]),
            1.5,
        ),
    ]


def of_the_same_density(copy, small, spots):
    """To each point of the small copy one of the large copy that about as many services reach."""
    elsewhere = {spot: copy.ask("search", postcode=spot)["found"] for spot in copy.ask("spots", count=400, areas=[])}
    pairs = []
    for spot in spots:
        found = small.ask("search", postcode=spot)["found"]
        alike = min(elsewhere, key=lambda other: abs(elsewhere[other] - found))
        del elsewhere[alike]
        pairs.append((spot, alike))
    return pairs


def against_datasette(copy, asked):
    copy.ask("sqlite", path=str(copy.folder / "datasette.db"))
    spots = copy.ask("spots", count=asked.points, areas=[])
    pairs = [
        in_turn(
            3,
            lambda s=spot, w=word: copy.ask("nearest_by_us", postcode=s, text=w),
            lambda s=spot, w=word: copy.ask("nearest_by_datasette", postcode=s, text=w),
        )
        for spot, word in zip(spots, WORDS * len(spots), strict=False)
    ]
    ours, theirs = zip(*[(a["seconds"], b["seconds"]) for a, b in pairs], strict=True)
    return ratios("nearest ten with a word within 10 km, as JSON, against Datasette", ours, theirs, 1.0)


def leanness(copy):
    size = copy.ask("size")
    return [
        Result("bytes a service in the search table", size["row"], None),
        Result("the same with its indexes", size["row_with_indexes"], None),
        Result("bytes a service in the table of words, with its index", size["words"], None),
    ]


def whole_reads(copy):
    spot = copy.ask("spots", count=1, areas=[])[0]
    read = copy.ask("plans", addresses=[page.format(p=spot.replace(" ", "+")) for page in PAGES])
    for each in read:
        print(f"read from end to end: {each}", file=sys.stderr)
    return [Result("growing tables read from end to end by a request", len(read), 1, 0)]
