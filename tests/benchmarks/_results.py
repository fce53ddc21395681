"""Figures beside the bars they have to pass."""

import json
import os
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def copies(given):
    """The folder of the copies of the registry, one folder a size."""
    return Path(given or os.environ.get("NEARHAND_DATA") or ROOT / ".nearhand").resolve() / "benchmarks"


@dataclass(frozen=True)
class Result:
    """`ours` alone is a figure; with `theirs` it is a ratio, which `most` may bound."""

    name: str
    ours: float
    theirs: float | None = None
    most: float | None = None

    @property
    def ratio(self):
        return None if self.theirs is None else self.ours / self.theirs

    @property
    def holds(self):
        return self.most is None or self.ratio <= self.most

    @property
    def facts(self):
        return {
            "name": self.name,
            "ours": self.ours,
            "theirs": self.theirs,
            "ratio": self.ratio,
            "most": self.most,
            "holds": self.holds,
        }


def show(results, title, *, as_json):
    """Prints them, and says as an exit status whether all bars hold."""
    if as_json:
        print(json.dumps({"title": title, "results": [result.facts for result in results]}, indent=2))
    else:
        print(f"{title}\n")
        print("| what | ours | against | ratio | at most | holds |\n|---|---|---|---|---|---|")
        for each in results:
            print(
                f"| {each.name} | {_number(each.ours)} | {_number(each.theirs)} | {_number(each.ratio)} |"
                f" {_number(each.most)} | {'' if each.most is None else 'yes' if each.holds else 'NO'} |"
            )
    return 0 if all(result.holds for result in results) else 1


def _number(value):
    return "" if value is None else f"{value:,.2f}".removesuffix(".00")
