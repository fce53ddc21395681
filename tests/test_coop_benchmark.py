"""The benchmark of teams is not run here, but it has to work on a small field, and its bars have to be able to fail."""

import importlib
import random

import pytest

from tests.commissioning.coops.generated import small_task

coop = importlib.import_module("tests.benchmarks.coop")
TOLD = {
    "large": {"cheapest": {"ours": 1.0, "bare": 1.0, "gap": 0.0, "differ": 0}},
    "stopped": {"partners": 4, "gap": 0.1, "differ": 0},
    "explained": dict.fromkeys(["whole", "next best", "leaving", "none", "change"], 1.0),
    "small": {"cases": 4, "differ": 0, "teams": 3, "greed none": 1, "greed worse": 1},
}


def test_a_small_run_holds_its_bars_but_for_the_clock(capsys):
    coop.run(["--candidates", "12", "--cells", "4", "--small", "8"])
    lines = [line for line in capsys.readouterr().out.splitlines() if "| NO |" in line]
    assert [line for line in lines if "seconds" not in line] == []


@pytest.mark.parametrize(
    "worse",
    [
        *({"large": {"cheapest": {**TOLD["large"]["cheapest"], **one}}} for one in ({"ours": 1.4}, {"gap": 1.0})),
        {"large": {"cheapest": {**TOLD["large"]["cheapest"], "differ": 1}}},
        {"stopped": {**TOLD["stopped"], "differ": 1}},
        {"small": {**TOLD["small"], "differ": 1}},
    ],
)
def test_each_bar_can_fail(worse, capsys):
    assert coop.show(coop.results_of(TOLD), "Teams", as_json=True) == 0
    assert coop.show(coop.results_of({**TOLD, **worse}), "Teams", as_json=False) == 1
    assert "NO" in capsys.readouterr().out


def test_greed_that_finds_nobody_has_no_value():
    values = [coop.greedy_value(small_task(random.Random(seed), "smallest")) for seed in range(20)]
    assert None in values
    assert any(values)
