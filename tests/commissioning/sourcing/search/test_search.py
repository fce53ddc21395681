import csv
import io

import openpyxl
import pytest

from commissioning.models import Law
from providers.models import Version
from registry.models import CouncilMembership
from registry.models.council_membership import CouncilRole
from tests.cast import make_council, make_staff, sign_in
from tests.commissioning.sourcing.search.conftest import left, names

pytestmark = pytest.mark.django_db


def test_without_a_condition_the_whole_field_of_the_council_is_there(search, field):
    response = search()
    assert sorted(names(response)) == ["Ana’s Kitchen", "Bradford Meals Ltd", "Radstock Table"]
    assert response.context["search"].lines == []
    assert "Bath and North East Somerset, all of it" in response.text


def test_each_condition_says_how_many_are_left_and_how_many_come_back_without_it(search, field):
    response = search(cover_public_liability="2000000", hours="10", need="cooking")
    first, second = (line.step for line in response.context["search"].lines)
    assert names(response) == ["Ana’s Kitchen"]
    assert (first.fits, first.not_yet, first.not_known, first.left, first.alone) == (2, 1, 0, 2, 0)
    assert (second.fits, second.not_yet, second.not_known, second.left, second.alone) == (1, 1, 1, 1, 1)
    kept = search(cover_public_liability="2000000", hours="10", unknown="on")
    assert sorted(names(kept)) == ["Ana’s Kitchen", "Bradford Meals Ltd"]
    assert "At least 10 hours a week free" in kept.text
    assert "Not known of what you asked" in kept.text


def test_rule_07_nothing_is_called_excluded(search, field):
    response = search(cover_public_liability="99000000")
    assert names(response) == []
    assert "Nobody is left" in response.text
    # But for the name of an Order, which is the law's own.
    assert "exclu" not in response.text.lower().replace("(exclusion of non-commercial considerations)", "")


def test_what_families_ask_is_asked_in_the_same_way_with_lines_of_its_own(search, field):
    response = search(legal_form="co_operative", day="tue")
    assert names(response) == ["Radstock Table"]
    assert left(response) == [3, 1]
    assert "Kind of business: Co-operative society" in response.text
    counted = next(facet for facet in response.context["search"].facets if facet.name == "legal_form")
    assert sum(option.count for _heading, options in counted.groups for option in options) == 3


def test_facets_count_those_that_meet_what_else_is_asked(search, field):
    response = search(hours="10")
    counted = next(facet for facet in response.context["search"].facets if facet.name == "legal_form")
    assert [(option.value, option.count) for _heading, options in counted.groups for option in options] == [
        ("sole_trader", 1)
    ]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"size": ["one"]}, ["Ana’s Kitchen"]),
        ({"size": ["two-to-four", "five-to-nine"]}, ["Bradford Meals Ltd", "Radstock Table"]),
        ({"local": "own"}, ["Ana’s Kitchen", "Radstock Table"]),
        ({"local": "near"}, ["Ana’s Kitchen", "Bradford Meals Ltd", "Radstock Table"]),
        ({"most": "19.99"}, []),
        ({"most": "20"}, ["Ana’s Kitchen", "Radstock Table"]),
        ({"seen": "own"}, ["Ana’s Kitchen"]),
        ({"seen": "any"}, ["Ana’s Kitchen"]),
        ({"members": "on"}, []),
        ({"registered": "yes"}, []),
        ({"basis": ["individual"]}, []),
        ({"training": ["food_hygiene"]}, []),
        ({"confirmed": "30"}, []),
    ],
)
def test_each_condition_finds_whom_it_should(search, field, asked, found):
    assert sorted(names(search(**asked))) == found


def test_cover_is_asked_for_every_day_of_the_contract(search, field):
    asked = {"cover_public_liability": "1000000"}
    days = {"starts_day": "1", "starts_month": "4", "starts_year": "2027"}
    ends = {"ends_day": "31", "ends_month": "3", "ends_year": "2028"}
    assert len(names(search(**asked, **days))) == 3
    assert names(search(**asked, **days, **ends)) == []
    assert len(names(search(**asked, **days, **ends, renewed="on"))) == 3
    assert "from 1 April 2027 to 31 March 2028" in search(**asked, **days, **ends).text
    early = search(starts_day="2", starts_month="4", starts_year="2028", **ends)
    assert "Last day of the contract must be on or after its first day" in early.text
    assert "Found there" not in early.text


def test_order_is_as_it_was_asked_for(search, field):
    assert names(search(order="name")) == ["Ana’s Kitchen", "Bradford Meals Ltd", "Radstock Table"]
    assert names(search(order="hours"))[0] == "Ana’s Kitchen"
    assert names(search(order="price"))[-1] == "Bradford Meals Ltd"
    assert len(names(search(order="confirmed"))) == 3


def test_what_was_left_empty_does_not_stay_in_the_address(search, field):
    response = search(need="", hours="10", most="")
    assert response.status_code == 302
    assert response.url == "/commissioning/search/?hours=10"


def test_the_law_on_local_suppliers_is_told_of_in_its_nation_alone(client, search, field, as_commissioner):
    Law.objects.update_or_create(
        nation="England",
        key="local",
        starts_on="2026-02-04",
        defaults={"wording": "Local suppliers may be asked alone.", "citation": "The Order of 2026"},
    )
    assert "Local suppliers may be asked alone." in search().text
    Law.objects.filter(key="local").update(starts_on="2099-01-01")
    assert "Local suppliers may be asked alone." not in search().text


def test_rule_08_outside_england_no_english_regulator_is_named(client, db, postcodes):
    cardiff = make_council("W06000015", "Cardiff", nation="Wales")
    sign_in(client, make_staff("c@cardiff.example", "Cai", cardiff, CouncilRole.COMMISSIONER))
    words = client.get("/commissioning/search/").text
    assert "Care Inspectorate Wales" in words
    assert "CQC" not in words
    assert "2026" not in words


def test_words_that_hold_a_postcode_are_sent_back(search, field):
    response = search(need="lunch at BA1 1LZ")
    assert "Leave the postcode out here" in response.text
    assert "Found there" not in response.text


def test_nonsense_in_the_address_gives_a_page_with_words(search, field):
    response = search(area="nowhere", size="huge", order="chance", rows="7", hours="many", most="a lot", seen="x")
    assert response.status_code == 200
    assert response.text.count("Choose") >= 3
    assert search(outcode=["ZZ", "BA1\0", "nonsense", *(f"B{n}" for n in range(300))]).status_code == 200
    assert search(council="E06\0").status_code == 404


def test_more_than_are_looked_at_is_said(search, field, monkeypatch):
    for module in ("providers.listings.search", "providers.listings.statement", "commissioning.sourcing.search.field"):
        monkeypatch.setattr(f"{module}.LOOKED_AT", 1)
    response = search()
    assert "more than 1" in response.text
    assert "Choose a smaller area" in response.text
    narrowed = search(legal_form="company")
    assert names(narrowed) == ["Bradford Meals Ltd"]
    assert "has no lines of its own" in narrowed.text
    assert narrowed.context["search"].lines == []


def test_a_page_as_csv_and_as_a_spreadsheet_says_what_the_page_says(as_commissioner, field):
    table = as_commissioner.get("/commissioning/search/found.csv?order=name&hours=4")
    lines = list(csv.reader(io.StringIO(table.content.decode("utf-8-sig"))))
    assert [line[0] for line in lines] == ["Provider", "Ana’s Kitchen", "Radstock Table"]
    sheet = as_commissioner.get("/commissioning/search/found.xlsx?order=name&hours=4")
    book = openpyxl.load_workbook(io.BytesIO(sheet.content))
    assert [list(map(str, row)) for row in book["Services"].values][1][:2] == lines[1][:2]
    story = list(book["How they were found"].values)
    assert story[2][0] == "At least 4 hours a week free"
    assert story[2][4] == "2"


def test_no_cell_is_taken_for_a_formula(as_commissioner, field):
    version = Version.objects.get(provider=field["trader"])
    version.content["name"] = '=HYPERLINK("http://elsewhere.example","x")'
    version.save()
    text = as_commissioner.get("/commissioning/search/found.csv?order=hours").content.decode("utf-8-sig")
    assert "\n=" not in text
    assert "'=HYPERLINK" in text
    sheet = as_commissioner.get("/commissioning/search/found.xlsx?order=hours")
    cells = openpyxl.load_workbook(io.BytesIO(sheet.content))["Services"]
    assert {cell.data_type for row in cells for cell in row} <= {"s", "n"}
    assert not any(cell.hyperlink for row in cells for cell in row)


def test_a_file_of_what_cannot_be_answered_leads_to_the_page(as_commissioner, field):
    response = as_commissioner.get("/commissioning/search/found.csv?hours=many")
    assert response.url == "/commissioning/search/?hours=many"


def test_who_works_for_two_councils_chooses_for_which(client, commissioner, council, other_council, field):
    CouncilMembership.objects.create(user=commissioner, council=other_council, role="commissioner")
    sign_in(client, commissioner)
    response = client.get("/commissioning/search/", {"council": other_council.pk})
    assert response.context["search"].own == other_council
    assert f"?council={council.pk}" in response.text


def test_pasted_postcodes_become_districts_and_are_kept_nowhere(as_commissioner, field):
    address = "/commissioning/search/postcodes/"
    assert 'name="hours" value="10"' in as_commissioner.get(f"{address}?hours=10").text
    response = as_commissioner.post(address, {"postcodes": "BA1 1LZ, ba2\nBA1 1LZ", "hours": "10"})
    assert response.status_code == 302
    assert response.url == "/commissioning/search/?outcode=BA1&outcode=BA2&hours=10"
    page = as_commissioner.get(response.url)
    assert names(page) == ["Ana’s Kitchen"]
    assert "BA1, BA2" in page.text
    assert "1LZ" not in page.text


def test_postcodes_that_are_not_known_are_named(as_commissioner, postcodes, council):
    address = "/commissioning/search/postcodes/"
    one = as_commissioner.post(address, {"postcodes": "BA1 1LZ\nnonsense"})
    assert "We do not know this postcode: nonsense." in one.text
    two = as_commissioner.post(address, {"postcodes": "BA1 9ZZ\nnonsense <b>"})
    assert "We do not know these 2 postcodes: BA1 9ZZ, nonsense &lt;b&gt;." in two.text
    assert "Enter postcodes" in as_commissioner.post(address, {"postcodes": ""}).text


def test_too_many_districts_are_too_many(as_commissioner, postcodes, council, monkeypatch):
    monkeypatch.setattr("commissioning.sourcing.search.forms.OUTCODES_AT_MOST", 1)
    response = as_commissioner.post("/commissioning/search/postcodes/", {"postcodes": "BA1, BA2"})
    assert "Choose councils instead" in response.text


def test_a_district_of_another_council_can_be_asked(search, field, other_council, council):
    council.borders.add(other_council)
    response = search(area=other_council.pk)
    assert response.context["search"].area_words == "Wiltshire"
    assert "Bradford Meals Ltd" in names(response)
