from providers.moderation.differences import Change, Group, Row, compare
from providers.moderation.groups import groups_of


def group(key, heading, **rows):
    return Group(key, heading, tuple(Row(label, text) for label, text in rows.items()))


def test_only_what_reads_differently_is_a_change():
    before = [group("b", "Business", Name="Ana", About="I cook.")]
    after = [group("b", "Business", Name="Ana", About="I cook and shop.")]
    assert compare(before, after) == [Change("Business", "About", "I cook.", "I cook and shop.")]


def test_a_row_that_came_and_one_that_went():
    before = [group("b", "Business", Phone="1")]
    after = [group("b", "Business", Email="a@b")]
    assert compare(before, after) == [Change("Business", "Email", "", "a@b"), Change("Business", "Phone", "1", "")]


def test_a_service_that_came_and_one_that_went():
    before = [group("s1", "Lunch", Price="£20")]
    after = [group("s2", "Walks", Price="£15")]
    assert compare(before, after) == [Change("Walks", "Price", "", "£15"), Change("Lunch", "Price", "£20", "")]


CONTENT = {
    "name": "Ana",
    "legal_form": "sole_trader",
    "people": 1,
    "employs_anyone": False,
    "run_by_members": None,
    "services": [
        {
            "id": "1",
            "name": "Lunch",
            "categories": ["meals", "unknown-term"],
            "price_pence": 2050,
            "price_unit": "hour",
            "price_note": "less at weekends",
            "minimum_minutes": 30,
            "payers": ["private", "direct_payment"],
            "regulatory_basis": "registered",
            "regulator": "CQC",
            "registration_number": "1-2",
            "coverage": [
                {"reach": "distance", "miles": 5.0, "from": "BA1"},
                {"reach": "area", "code": "E1", "name": "Wiltshire"},
                {"reach": "come_to_us", "place": "The Hall"},
            ],
            "availability": {
                "days": ["mon", "tue"],
                "parts": ["morning"],
                "space": "away",
                "away_until": "2026-12-01",
                "hours_free": 4,
            },
        }
    ],
}


def test_a_listing_reads_in_words():
    groups = groups_of(CONTENT, {"meals": "Making meals"})
    said = {row.label: row.text for group in groups for row in group.rows}
    assert [group.heading for group in groups] == ["The business", "How people reach them", "Service: Lunch"]
    assert said["Legal form"] == "Sole trader"
    assert said["Employs anyone"] == "No"
    assert "Owned and run by its members" not in said
    assert said["Kinds of support"] == "Making meals, unknown-term"
    assert said["Price"] == "£20.50 an hour; less at weekends; shortest visit 30 minutes"
    assert said["Who can pay"] == "The person or their family, Direct payment"
    assert said["Personal care"] == "Registered with the regulator, CQC, 1-2"
    assert said["Where"] == "up to 5 miles from BA1; anywhere in Wiltshire; people come to The Hall"
    assert said["When"] == "Monday, Tuesday; Mornings"
    assert said["Space"] == "Away until a date, 1 December 2026, 4 hours a week free"


def test_a_listing_that_says_little_reads_as_little():
    assert [group.rows for group in groups_of({"services": [{"id": "1"}]}, {})] == [(), (), ()]
