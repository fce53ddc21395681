"""How long `import_open_referral` takes, against parsing, checking by the schema and COPYing the very same rows.

`python -m tests.benchmarks import --rows 5000`: memory is taken at a tenth of the rows and at all of them, and a run is
killed twice in the middle and started again.
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
# Fewer would be one batch, which nothing can interrupt.
LEAST = 2_000


def run(arguments):
    reads = argparse.ArgumentParser(prog="python -m tests.benchmarks import", description=__doc__)
    reads.add_argument("--rows", type=int, default=5_000, help=f"rows of the file, {LEAST:,} or more")
    reads.add_argument("--json", action="store_true")
    asked = reads.parse_args(arguments)
    if asked.rows < LEAST:
        reads.error(f"an import of fewer than {LEAST:,} rows is one batch or two")
    with tempfile.TemporaryDirectory() as folder:
        # The server runs as a user of its own.
        Path(folder).chmod(0o711)
        environment = {**os.environ, "NEARHAND_DATA": f"{folder}/data"}
        for command in ("migrate", "load_postcodes"):
            inside(environment, "manage.py", command, "-v", "0")
        told = json.loads(inside(environment, "-m", "tests.benchmarks._importing", "all", str(asked.rows)))
    return show(results_of(told, asked.rows), f"Importing {asked.rows:,} services", as_json=asked.json)


def results_of(told, rows):
    named, killed = told["named"], told["killed"]
    bare = named["parse"] + named["check"] + named["copy"]
    few = rows // 10
    return [
        Result("rows a second, published", rows / named["seconds"]),
        Result("seconds of parsing alone", named["parse"]),
        Result("seconds of checking by the schema alone", named["check"]),
        Result("seconds of COPY into the same tables alone", named["copy"]),
        Result("import against parsing, checking and COPY, seconds", named["seconds"], bare, 5.0),
        Result("import against parsing and COPY without any check, seconds", named["seconds"], bare - named["check"]),
        Result("peak MB against a tenth of the rows", *reversed(told["peak"]), 1.2),
        Result("peak MB where texts are understood", *reversed(told["peak of understanding"]), 1.2),
        Result("the same file again against the first time, seconds", named["again"], named["seconds"]),
        Result("rows there when it was killed reading", killed["there when killed"]),
        Result("rows there when it was killed publishing", killed["listed when killed"]),
        Result("there twice after it went on", killed["twice"], 1, 0.0),
        Result("missing after it went on", killed["missing"], 1, 0.0),
        Result("tables that say something else than after a run left alone", killed["different"], 1, 0.0),
        Result("ms a row whose kind of help is read from its words", 1000 * told["guessed"] / few),
        Result("the same without the sentence model", 1000 * told["guessed without"] / few),
        Result("of it understanding the text, against understanding alone", *_understanding(told, few)),
    ]


def _understanding(told, few):
    """What the model adds to an import of such rows, and what it takes by itself: milliseconds a row."""
    return 1000 * (told["guessed"] - told["guessed without"]) / few, 1000 * told["understood"] / few


def inside(environment, *command):
    done = subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=environment, check=True, capture_output=True, text=True
    )
    return done.stdout
