"""How long `seed` takes, against a bare COPY of the same bytes into the same tables with the same indexes.

`python -m tests.benchmarks seed --services 1000000`

The copy is made anew where `search` looks for it, and stays for that.
"""

import argparse
import os
import shutil
import subprocess
import sys
import time

from tests.benchmarks._results import ROOT, Result, copies, show


def run(arguments):
    reads = argparse.ArgumentParser(prog="python -m tests.benchmarks seed", description=__doc__)
    reads.add_argument("--services", type=int, default=100_000)
    reads.add_argument("--json", action="store_true")
    reads.add_argument("--data", help="folder of the copies")
    asked = reads.parse_args(arguments)
    folder = copies(asked.data) / str(asked.services)
    shutil.rmtree(folder, ignore_errors=True)
    environment = {**os.environ, "NEARHAND_DATA": str(folder), "DEMO": "1"}
    manage(environment, "demo", "--no-serve")
    began = time.perf_counter()
    manage(environment, "seed", "--services", str(asked.services), "-v", "0")
    seeding = time.perf_counter() - began
    bare = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks._bare_copy"],
        cwd=ROOT,
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    seconds, size = map(float, bare.stdout.split())
    results = [
        Result("seconds a million services would take", seeding / asked.services * 1_000_000),
        Result("megabytes of rows", size / 1e6),
        Result("seed against a bare COPY, seconds", seeding, seconds, 3.0),
    ]
    return show(results, f"Seeding {asked.services:,} services", as_json=asked.json)


def manage(environment, *command):
    subprocess.run(
        [sys.executable, "manage.py", *command], cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL
    )
