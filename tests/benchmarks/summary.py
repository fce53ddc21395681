"""How long a summary takes to set against WeasyPrint alone, and what two workers make of a queue of papers.

`python -m tests.benchmarks summary --papers 100`

A copy of the demonstration is made where the other benchmarks keep theirs, and stays.
"""

import argparse
import json
import os
import subprocess
import sys
import time

from tests.benchmarks._results import ROOT, Result, copies, show

# Two workers have to do at least 1.7 times what one does.
LEAST_GAIN = 1.7
KILLS = 4


def run(arguments):
    reads = argparse.ArgumentParser(prog="python -m tests.benchmarks summary", description=__doc__)
    reads.add_argument("--providers", type=int, default=50)
    reads.add_argument("--papers", type=int, default=100)
    reads.add_argument("--json", action="store_true")
    reads.add_argument("--data", help="folder of the copies")
    asked = reads.parse_args(arguments)
    copy = Copy(copies(asked.data) / "summary")
    told = {
        "ratio": copy.ask("ratio", asked.providers),
        "one": copy.queue(asked.papers, workers=1),
        "two": copy.queue(asked.papers, workers=2),
        "killed": copy.drill(asked.papers),
    }
    return show(results_of(told, asked.providers, asked.papers), "Papers of summaries", as_json=asked.json)


def results_of(told, providers, papers):
    ratio, one, two, killed = told["ratio"], told["one"], told["two"], told["killed"]
    everything = [one, two, killed]
    return [
        Result(f"a summary of {providers} against WeasyPrint alone, seconds", ratio["ours"], ratio["theirs"], 1.2),
        Result("bytes of it", ratio["bytes"]),
        Result(f"{papers} papers, two workers against one, seconds", two["seconds"], one["seconds"], 1 / LEAST_GAIN),
        Result("workers killed on the way", killed["kills"]),
        Result("papers missing in the end", sum(each["papers"] - each["made"] for each in everything), 1, 0.0),
        Result("papers twice, or not what their row says", sum(each["wrong"] for each in everything), 1, 0.0),
    ]


class Copy:
    """A copy of the demonstration, asked from outside."""

    def __init__(self, folder):
        self.environment = {**os.environ, "NEARHAND_DATA": str(folder), "DEMO": "1", "DEBUG": "0"}
        # Made anew where it is not there, finished where that was stopped half-way.
        self.manage("demo", "--no-serve", "--areas", "BA,BS").wait()

    def manage(self, *command):
        return subprocess.Popen(
            [sys.executable, "manage.py", *command],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def ask(self, what, number=0):
        answer = subprocess.run(
            [sys.executable, "-m", "tests.benchmarks._papers", what, str(number)],
            cwd=ROOT,
            env=self.environment,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
        return json.loads(answer.stdout.splitlines()[-1])

    def worker(self):
        return self.manage("db_worker", "--queue-name", "*", "--batch", "--interval", "0.1", "--no-startup-delay")

    def queue(self, papers, *, workers):
        self.ask("fill", papers)
        for each in [self.worker() for _ in range(workers)]:
            each.wait()
        return self.ask("told")

    def drill(self, papers):
        """Workers killed by the signal that nobody can catch, one after the other, while two are at the queue."""
        self.ask("fill", papers)
        kills = 0
        for _ in range(KILLS):
            pair = [self.worker(), self.worker()]
            time.sleep(6 + kills)
            kills += pair[0].poll() is None
            pair[0].kill()
            pair[1].terminate()
            for each in pair:
                each.wait()
        self.ask("overdue")
        for each in [self.worker(), self.worker()]:
            each.wait()
        return {**self.ask("told"), "kills": kills}
