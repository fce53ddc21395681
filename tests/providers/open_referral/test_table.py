"""The same by spreadsheet: in, with mistakes that say how to mend them; and out, safe to open."""

import csv
import io

import pytest
from django.core.management import CommandError, call_command

from providers.models import Provider, Service, WeeklyHours
from providers.open_referral.table import NAMES, safe, unsafe
from tests.providers.open_referral.test_round_trip import empty, pages_of

WILTSHIRE = "E06000054"


@pytest.fixture
def bring(tmp_path, db, postcodes, capsys):
    def run(text, *options, encoding="utf-8"):
        file = tmp_path / "list.csv"
        file.write_bytes(text.encode(encoding) if isinstance(text, str) else text)
        call_command("import_csv", str(file), "--council", WILTSHIRE, *options, verbosity=0)
        return capsys.readouterr()

    return run


def table(*rows, between=","):
    """Rows by column, as a spreadsheet writes them."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    out = io.StringIO()
    writer = csv.DictWriter(out, names, delimiter=between, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def line(**more):
    return {"id": "S1", "name": "Help", "organisation": "Rosie's", "areas": "Wiltshire", **more}


def test_the_example_is_a_table_that_comes_in_whole(bring, capsys):
    call_command("import_csv", "--example")
    said = bring(capsys.readouterr().out, "--publish")
    assert "1 services read: 1 new, 0 changed, 0 as they were, 0 not taken." in said.out
    held = Service.every.get()
    assert (held.price_pence, held.price_unit, held.minimum_minutes) == (1850, "hour", 60)
    assert (held.languages, held.delivery, held.regulatory_basis) == (
        ["English", "Polish"],
        ["at_home"],
        "not_personal_care",
    )
    assert set(held.categories.values_list("pk", flat=True)) == {"cleaning", "shopping"}
    assert {row.reach for row in held.coverage.all()} == {"distance", "area", "come_to_us"}
    assert WeeklyHours.objects.filter(day="sat", starts_minute=600, ends_minute=720).exists()
    assert held.availability.space == "now"
    provider = Provider.every.get()
    assert (provider.base_postcode, provider.town, provider.people) == ("BA1", "Bath", 1)
    assert (provider.phone, provider.legal_form) == ("01225 000000", "sole_trader")
    assert "1 services read: 0 new, 0 changed, 1 as they were" in bring("\ufeff" + example_text(), "--publish").out


def example_text():
    from providers.open_referral.table_out import example

    out = io.StringIO()
    csv.writer(out).writerows(example())
    return out.getvalue()


def test_every_column_is_told_of(capsys):
    call_command("import_csv", "--columns")
    said = capsys.readouterr().out
    for name in NAMES:
        assert f"{name}:" in said or f"{name} (needed):" in said


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("between", [",", ";", "\t"])
def test_any_spreadsheets_way_of_saving_is_read(bring, encoding, between):
    bring(table(line(name="Café at £5", price="£5,50", price_unit="Session"), between=between), encoding=encoding)
    assert Service.every.get().name == "Café at £5"
    assert Service.every.get().price_pence == 550


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"price": "cheap"}, "price says 'cheap': write a number like 18.50"),
        ({"price": "5"}, "price_unit says '': with a price, write one of day, hour"),
        ({"people": "two"}, "people says 'two': write a whole number up to 5000"),
        ({"client_groups": "oldies"}, "client_groups says 'oldies': write one of older, dementia"),
        ({"categories": "all sorts"}, "categories says 'all sorts': write codes or names"),
        ({"hours": "whenever"}, "hours says 'whenever': write days, then hours, like Monday to Friday 9am-1pm"),
        ({"hours": "Monday 9-1 and 2-3 and 5-6"}, "hours says '9-1 and 2-3 and 5-6': write them like 9am-1pm"),
        ({"miles": "5"}, "miles says how far, and no postcode says from where: fill in postcode"),
        ({"postcode": "nowhere"}, "postcode says 'nowhere': write one like BA1 1LZ"),
        ({"space": "away"}, "space says 'away': write one of now"),
        ({"name": ""}, "it has no name"),
        ({"areas": "Narnia"}, "it names no place and no area that we know"),
        ({"status": "Defunct"}, "its status is defunct, not active"),
    ],
)
def test_a_mistake_says_how_to_mend_it_and_the_other_lines_come_in(bring, more, reason):
    said = bring(table(line(**more), line(id="S2")))
    assert reason in said.err
    assert said.err.startswith("Row 1")
    assert Service.every.get().source_id == "S2"


def test_a_line_with_too_many_cells_is_told_of_and_an_empty_one_is_nothing(bring):
    said = bring("id,name,organisation,areas\nS1,Help, I hope,Rosie,Wiltshire\n,,,\n\nS2,Help,Rosie,Wiltshire\n")
    assert "Row 1: it has 5 cells, and there are 4 columns: put text with commas in quotes." in said.err
    assert "2 services read: 1 new" in said.out


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("id,name\n", "the column organisation is missing"),
        ("id,name,organisation,colour\n", "no column is called 'colour': the columns are id, name"),
        ("id,name,organisation,Name\n", "the column name stands there twice"),
        ("", "it is empty: its first line must name the columns"),
        ("id,name,organisation\nS1," + "x" * 200_001, "field larger than field limit"),
        ("id,name,organisation\n", "There is no service in it"),
    ],
)
def test_a_table_that_is_none_says_why(bring, text, reason):
    with pytest.raises(CommandError, match=reason):
        bring(text)


def test_without_a_file_or_a_council_the_command_says_what_to_type(db, tmp_path):
    with pytest.raises(CommandError, match="Say which file"):
        call_command("import_csv")
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_csv", str(tmp_path / "no.csv"), "--council", WILTSHIRE)


@pytest.mark.parametrize("cell", ["=1+1", "+44 20", "-5", "@me", "'quoted", "\tx", "plain", "", "it's"])
def test_no_cell_is_a_formula_and_each_comes_back(cell):
    assert safe(cell)[:1] not in ("=", "+", "-", "@", "\t")
    assert unsafe(safe(cell)) == cell


def test_a_table_brought_into_an_empty_copy_gives_the_same_searches(telling, hall, client, tmp_path, council):
    Provider.every.filter(pk=telling.pk).update(name="ignored: only the approved version is told")
    before = pages_of(client)
    file = tmp_path / "all.csv"
    call_command("export_csv", str(file), verbosity=0)
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    assert "BA2 3AA" not in file.read_text()
    empty()
    call_command("import_csv", str(file), "--council", council.pk, "--publish", verbosity=0)
    after = pages_of(client)
    assert after.keys() == before.keys()
    for words in ("Outings", "£18.50", "Owned"):
        assert (words in before["wash-and-go"]) == (words in after["wash-and-go"])


def test_a_table_that_cannot_be_written_says_so(db, tmp_path):
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("export_csv", str(tmp_path / "no" / "all.csv"), verbosity=0)
