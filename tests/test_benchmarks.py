"""Benchmarks are not run here, but what they measure with has to work, and what they check has to be able to fail."""

import importlib
import json

import pytest
from django.db import connection

from providers.meaning.model import SWITCHED_OFF
from providers.models import Listing, Service
from tests.benchmarks import _filled, _import_rows, _importing

summaries = importlib.import_module("tests.benchmarks.summary")
imports = importlib.import_module("tests.benchmarks.import")
TOLD = {
    "named": {"seconds": 4.0, "again": 1.0, "parse": 0.1, "check": 0.5, "copy": 0.4},
    "peak": [100, 110],
    "peak of understanding": [200, 210],
    "guessed": 2.0,
    "guessed without": 1.0,
    "understood": 0.9,
    "killed": {"there when killed": 1, "listed when killed": 1, "twice": 0, "missing": 0, "different": 0},
}


@pytest.fixture
def file(tmp_path, postcodes):
    file = tmp_path / "rows.json"
    _import_rows.write_rows(file, 6)
    return file


@pytest.fixture
def immediately(db):
    """A test is one transaction, and a table with checks that wait for its end cannot be emptied."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.fixture
def brought(file, immediately, monkeypatch):
    monkeypatch.setenv(SWITCHED_OFF, "yes")
    return _importing.import_warm(file, file)


def test_the_rows_are_of_the_schema_and_the_schema_refuses_others(file):
    rows = json.loads(file.read_bytes())["contents"]
    assert len(rows) == 6
    assert all(row["attributes"] for row in rows)
    assert _importing.refused(_importing.schema(), rows) == 0
    assert _importing.refused(_importing.schema(), [{**rows[0], "status": 1}, rows[1]]) == 1


def test_rows_whose_kind_of_help_is_to_be_guessed_name_none_and_are_others(file, tmp_path):
    _import_rows.write_rows(tmp_path / "guessed.json", 2, is_named=False)
    rows = json.loads((tmp_path / "guessed.json").read_bytes())["contents"]
    assert [row["attributes"] for row in rows] == [[], []]
    named = json.loads(file.read_bytes())["contents"]
    assert not {row["name"] for row in named} & {row["name"] for row in rows}
    assert _importing.understood(tmp_path / "guessed.json") > 0


def test_the_yardstick_puts_back_the_very_rows_that_the_import_wrote(file, brought):
    assert Listing.objects.count() == 6
    before = _filled.contents(brought["after"])
    assert before["registry_auditevent"][0] == 6
    taken = _importing.reference(file, file, brought["after"])
    assert all(seconds > 0 for seconds in taken.values())
    # The audit cannot be emptied: there its lines stand a second time.
    after = _filled.contents(brought["after"])
    assert after.pop("registry_auditevent")[0] == 2 * before.pop("registry_auditevent")[0]
    assert after == before


def test_a_row_twice_a_row_lost_and_a_row_changed_are_seen(brought):
    whole = _filled.contents(brought["after"])
    assert _importing.compared(whole, whole) == {"twice": 0, "missing": 0, "different": 0}
    Service.every.filter(pk=Service.every.first().pk).update(name="Something else")
    assert _importing.compared(whole, _filled.contents(brought["after"])) == {"twice": 0, "missing": 0, "different": 1}
    lost = {**whole, "providers_service": (5, "")}
    assert _importing.compared(whole, lost)["missing"] == 1
    assert _importing.compared(lost, whole)["twice"] == 1


def test_a_table_that_an_import_begins_to_fill_would_be_seen(brought):
    before = _filled.others()
    assert not set(before) & {*_filled.TABLES, _filled.AUDIT}
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO providers_languageset (names) VALUES ('{klingon}')")
    assert _filled.others() != before


@pytest.mark.parametrize(
    "worse",
    [
        {"named": {**TOLD["named"], "seconds": 5.1}},
        {"peak": [100, 121]},
        {"peak of understanding": [100, 121]},
        *({"killed": {**TOLD["killed"], name: 1}} for name in ("twice", "missing", "different")),
    ],
)
def test_each_bar_can_fail(worse, capsys):
    assert imports.show(imports.results_of(TOLD, 5_000), "Importing", as_json=False) == 0
    assert imports.show(imports.results_of({**TOLD, **worse}, 5_000), "Importing", as_json=False) == 1
    assert "NO" in capsys.readouterr().out


def test_a_file_of_one_batch_is_refused(capsys):
    with pytest.raises(SystemExit):
        imports.run(["--rows", "500"])
    assert "one batch" in capsys.readouterr().err


QUEUE = {"papers": 9, "made": 9, "wrong": 0, "seconds": 10.0}
OF_PAPERS = {
    "ratio": {"ours": 1.1, "theirs": 1.0, "bytes": 1000},
    "one": QUEUE,
    "two": {**QUEUE, "seconds": 5.5},
    "killed": {**QUEUE, "kills": 4},
}


@pytest.mark.parametrize(
    "worse",
    [
        {"ratio": {**OF_PAPERS["ratio"], "ours": 1.3}},
        {"two": {**QUEUE, "seconds": 6.0}},
        {"killed": {**OF_PAPERS["killed"], "made": 8}},
        {"one": {**QUEUE, "wrong": 1}},
    ],
)
def test_each_bar_of_the_papers_can_fail(worse, capsys):
    assert summaries.show(summaries.results_of(OF_PAPERS, 50, 9), "Papers", as_json=False) == 0
    assert summaries.show(summaries.results_of({**OF_PAPERS, **worse}, 50, 9), "Papers", as_json=False) == 1
    assert "NO" in capsys.readouterr().out
