"""Imports of invented rows into a registry of their own, measured; prints the figures as JSON.

`NEARHAND_DATA=... python -m tests.benchmarks._importing all ROWS`; the other words are for the processes it starts.
"""

import gzip
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "registry.settings")
django.setup()

from django.core.management import call_command  # noqa: E402
from jsonschema import Draft202012Validator  # noqa: E402

from providers.meaning.likely import likely_categories  # noqa: E402
from providers.meaning.model import SWITCHED_OFF  # noqa: E402
from tests.benchmarks._filled import contents, copied_back, empty, how_many, mark, others  # noqa: E402
from tests.benchmarks._import_rows import write_rows  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = ROOT / "tests" / "data" / "open_referral_uk_3.0_service.json.gz"
COUNCIL = "E06000054"
ROUNDS = 3
# Rows that name their kind of help need no model, and rows that do not need it for each.
WITHOUT = {SWITCHED_OFF: "yes"}


def words(file):
    return ["import_open_referral", str(file), "--council", COUNCIL, "--publish"]


def command(file):
    return [sys.executable, "manage.py", *words(file), "--verbosity", "0"]


def bring(file, environment):
    """Peak megabytes of one run of the command, by itself."""
    process = subprocess.Popen(command(file), cwd=ROOT, stdout=subprocess.DEVNULL, env={**os.environ, **environment})
    _pid, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"the import ended with {process.returncode}")
    return used.ru_maxrss / 1024


def in_a_process(environment, *given):
    """What a function here prints when it is run in a process that has just begun."""
    asked = [sys.executable, "-m", "tests.benchmarks._importing", *map(str, given)]
    done = subprocess.run(asked, cwd=ROOT, env={**os.environ, **environment}, check=True, stdout=subprocess.PIPE)
    return json.loads(done.stdout.splitlines()[-1])


def import_warm(file, first):
    """Seconds of an import, and of the same again, by a process that has imported another file before."""
    empty()
    call_command(*words(first), verbosity=0, stdout=sys.stderr)
    empty()
    after = mark()
    taken = []
    for _time in range(2):
        began = time.perf_counter()
        call_command(*words(file), verbosity=0, stdout=sys.stderr)
        taken.append(time.perf_counter() - began)
    # `after` is the audit's mark: its lines from there on are of this file.
    return {"seconds": taken[0], "again": taken[1], "after": after}


def reference(file, first, after):
    """Seconds to parse, to check by the schema, and to COPY the very rows that the import has just written."""
    check = schema()
    refused(check, json.loads(Path(first).read_bytes())["contents"])
    began = time.perf_counter()
    rows = json.loads(Path(file).read_bytes())["contents"]
    parsed = time.perf_counter()
    wrong = refused(check, rows)
    checked = time.perf_counter()
    if wrong:
        raise SystemExit(f"{wrong} invented rows are not of the schema")
    return {"parse": parsed - began, "check": checked - parsed, "copy": copied_back(after)}


def schema():
    return Draft202012Validator(json.loads(gzip.decompress(SCHEMA.read_bytes())))


def refused(check, rows):
    return sum(not check.is_valid(row) for row in rows)


def understood(file):
    """Seconds to find out of what kind the help of each row is, from its words: nothing is parsed or written."""
    rows = json.loads(Path(file).read_bytes())["contents"]
    likely_categories(rows[0]["name"], rows[0]["description"])
    began = time.perf_counter()
    for row in rows:
        likely_categories(row["name"], row["description"])
    return time.perf_counter() - began


def rounds(file, first, environment):
    """In turns, for a busy moment of the machine falls on both; the best of each counts."""
    taken = []
    for _round in range(ROUNDS):
        ours = in_a_process(environment, "import_warm", file, first)
        taken.append(ours | in_a_process(environment, "reference", file, first, ours["after"]))
        empty()
    whole = min(taken, key=lambda one: one["parse"] + one["check"] + one["copy"])
    return {**whole, "seconds": min(one["seconds"] for one in taken)}


def undisturbed(file):
    """What a run that nobody disturbs leaves behind."""
    empty()
    before, after = others(), mark()
    bring(file, WITHOUT)
    if (now := others()) != before:
        grown = [table for table in now if now[table] != before[table]]
        raise SystemExit(f"an import fills {grown} too: the yardstick has to")
    return contents(after)


def killed(file, table, at):
    """Kill an import without warning once a table has so many rows. How many it then has."""
    process = subprocess.Popen(command(file), cwd=ROOT, stdout=subprocess.DEVNULL, env={**os.environ, **WITHOUT})
    while process.poll() is None and how_many(table) < at:
        time.sleep(0.005)
    process.send_signal(signal.SIGKILL)
    process.wait()
    return how_many(table)


def killed_and_resumed(file, count, whole):
    """Killed while it read, killed again while it published, and run to the end: against a run left alone."""
    empty()
    after = mark()
    read = killed(file, "providers_importedrow", count // 2)
    listed = killed(file, "providers_listing", count // 2)
    bring(file, WITHOUT)
    return {"there when killed": read, "listed when killed": listed, **compared(whole, contents(after))}


def compared(whole, found):
    """Rows too many, rows too few, and tables that say something else."""
    return {
        "twice": sum(max(found[table][0] - whole[table][0], 0) for table in whole),
        "missing": sum(max(whole[table][0] - found[table][0], 0) for table in whole),
        "different": sum(found[table] != whole[table] for table in whole),
    }


def measured(folder, count):
    few, many, few_guessed, guessed = (folder / f"{name}.json" for name in ("few", "many", "few_guessed", "guessed"))
    for file, rows, is_named in (
        (few, count // 10, True),
        (many, count, True),
        (few_guessed, count // 10, False),
        (guessed, count, False),
    ):
        write_rows(file, rows, is_named=is_named)
    bring(few, WITHOUT)
    told = {"named": rounds(many, few, WITHOUT)}
    whole = undisturbed(many)
    told["killed"] = killed_and_resumed(many, count, whole)
    for name, environment, small, large in (
        ("peak", WITHOUT, few, many),
        ("peak of understanding", {}, few_guessed, guessed),
    ):
        told[name] = []
        for file in (small, large):
            empty()
            told[name].append(bring(file, environment))
    for name, environment in (("guessed", {}), ("guessed without", WITHOUT)):
        told[name] = in_a_process(environment, "import_warm", few_guessed, few)["seconds"]
    told["understood"] = in_a_process({}, "understood", few_guessed)
    return told


def main(name, *given):
    if name == "all":
        with tempfile.TemporaryDirectory() as folder:
            return measured(Path(folder), int(given[0]))
    return {"import_warm": import_warm, "reference": reference, "understood": understood}[name](*given)


if __name__ == "__main__":
    print(json.dumps(main(*sys.argv[1:])))
