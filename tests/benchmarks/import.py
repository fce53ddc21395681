"""How long `import_open_referral` takes, against parsing, checking by the schema and COPYing the very same rows.

`python -m tests.benchmarks import --rows 2000`: memory is taken at so many rows and at ten times as many, and a run is
killed half-way and started again.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.benchmarks._results import Result, show

ROOT = Path(__file__).resolve().parents[2]
LEEWAY_MB = 40


def run(arguments):
    reads = argparse.ArgumentParser(prog="python -m tests.benchmarks import", description=__doc__)
    reads.add_argument("--rows", type=int, default=2_000, help="rows of the small file; the large one has ten times")
    reads.add_argument("--json", action="store_true")
    asked = reads.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        # The server runs as a user of its own.
        Path(folder).chmod(0o711)
        environment = {**os.environ, "NEARHAND_DATA": f"{folder}/data"}
        for command in ("migrate", "load_postcodes"):
            inside(environment, "manage.py", command, "-v", "0")
        told = json.loads(inside(environment, "-m", "tests.benchmarks._importing", str(asked.rows)))
    return show(results_of(told, asked.rows), f"Importing {10 * asked.rows:,} services", as_json=asked.json)


def results_of(told, rows):
    bare = told["parse"] + told["check"] + told["copy"]
    return [
        Result("rows a second, published", 10 * rows / told["seconds"]),
        Result("seconds of parsing alone", told["parse"]),
        Result("seconds of checking by the schema alone", told["check"]),
        Result("seconds of COPY into the indexed tables alone", told["copy"]),
        Result("import against parsing, checking and COPY, seconds", told["seconds"], bare, 5.0),
        Result("import against parsing and COPY without any check, seconds", told["seconds"], bare - told["check"]),
        Result(
            f"peak MB at ten times the rows (flat: within {LEEWAY_MB} MB)",
            told["peak many"],
            told["peak few"] + LEEWAY_MB,
            1.0,
        ),
        Result(
            "the same file again against the first time, seconds a row",
            told["again"] / rows,
            told["seconds"] / 10 / rows,
        ),
        Result("rows there when it was killed", told["there when killed"]),
        Result("there twice after it went on", told["twice"], 1, 0.0),
        Result("missing after it went on", told["missing"], 1, 0.0),
    ]


def inside(environment, *command):
    done = subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=environment, check=True, capture_output=True, text=True
    )
    return done.stdout
