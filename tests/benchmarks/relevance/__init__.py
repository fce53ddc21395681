"""How well needs in people's own words find services that others wrote, beside what plain search would find.

`python -m tests.benchmarks relevance`: the texts are brought in by `import_open_referral`, and asked for by the one
search. README.md tells who wrote and who graded them.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.benchmarks._results import ROOT, Result, show
from tests.benchmarks.relevance.scoring import AMONG


def run(arguments):
    reads = argparse.ArgumentParser(prog="python -m tests.benchmarks relevance", description=__doc__)
    reads.add_argument("--part", choices=list(AMONG), action="append", help="one of the parts; all without")
    reads.add_argument("--json", action="store_true")
    asked = reads.parse_args(arguments)
    parts = asked.part or list(AMONG)
    told = {}
    for texts in dict.fromkeys(AMONG[part] for part in parts):
        told |= measured([part for part in parts if AMONG[part] == texts])
    results = [result for part in parts for result in results_of(told[part], part.replace("_", " "))]
    return show(results, "Needs in people's own words", as_json=asked.json)


def measured(parts):
    """Figures of parts that share their texts, from a registry of their own."""
    with tempfile.TemporaryDirectory() as folder:
        # The server runs as a user of its own.
        Path(folder).chmod(0o711)
        environment = {**os.environ, "NEARHAND_DATA": f"{folder}/data"}
        inside(environment, "manage.py", "migrate", "-v", "0")
        return json.loads(inside(environment, "-m", "tests.benchmarks.relevance.measuring", *parts).splitlines()[-1])


def results_of(told, part):
    """On the part that nobody looked at, ours is held to what it promises."""
    ours, any_of, model = (told[way]["ndcg"] for way in ("ours", "any of the words", "the model alone"))
    for way, figures in told.items():
        yield Result(f"{part}: {way}: nDCG@10", figures["ndcg"])
        yield Result(f"{part}: {way}: success@3", figures["success"])
        yield Result(f"{part}: {way}: share of empty answers", figures["empty"])
    if part == "held out":
        yield Result("held out: 0.60 against ours, nDCG@10", 0.60, ours, 1.0)
        yield Result("held out: 2.5 times any of the words against ours, nDCG@10", 2.5 * any_of, ours, 1.0)
        yield Result("held out: the model alone against ours, nDCG@10", model, ours, 1.0)
        yield Result("held out: share of empty answers against 2 %", told["ours"]["empty"], 0.02, 1.0)


def inside(environment, *command):
    done = subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True
    )
    return done.stdout
