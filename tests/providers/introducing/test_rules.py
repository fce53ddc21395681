import pytest
from hypothesis import given
from hypothesis import strategies as st

from providers.introducing.rules import ALIKE, Described, Reason, digits, folded, is_near, likeness, reasons, weight


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Rosie's Home Help", "Rosies Homehelp"),
        ("Rosie’s Home Help", "ROSIES HOME HELP LTD"),
        ("Zoë's Lunches", "Zoes Lunches"),
        ("The Bath Lunch Co-op", "Bath Lunch Coop"),
        ("Marek Garden Help", "Marek's Garden Help"),
        ("Ana & Ben Care CIC", "Ana and Ben Care"),
        ("Homehelp", "Home Help"),
        ("Sunny 🌻 Days", "Sunny Days"),
    ],
)
def test_near_misses_of_one_name_are_alike(one, other):
    assert likeness(one, other) >= ALIKE
    assert likeness(other, one) == likeness(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # Twins in one street, and namesakes in one trade.
        ("Anna's Cleaning", "Anna's Gardening"),
        ("Anna Brown Cleaning", "Anna Brown Gardening"),
        ("Ana", "Anna"),
        ("Rosie's Home Help", "Josie's Dog Walks"),
        ("Bath Lunch Club", "Bath Walking Club"),
        ("", "Rosie's Home Help"),
        ("🌻", "🌻🌻"),
    ],
)
def test_names_that_differ_are_not(one, other):
    assert likeness(one, other) < ALIKE


def test_a_name_that_is_all_legal_form_keeps_its_words():
    assert folded("The Company Ltd") == "the company ltd"


@given(st.text(max_size=40))
def test_any_name_is_like_itself_and_nothing_breaks(name):
    assert likeness(name, name) in (0.0, 1.0)
    assert 0 <= likeness(name, "Rosie's Home Help") <= 1


@pytest.mark.parametrize("written", ["07700 900 123", "+44 7700 900123", "(07700) 900-123", "0044 7700 900123"])
def test_a_phone_number_is_one_however_it_is_written(written):
    assert digits(written) == "7700900123"


def test_names_count_only_close_by():
    here = Described(name="Rosie's Home Help", outcode="BA1", town="Bath")
    assert reasons(here, Described(name="Rosies Homehelp", outcode="ba1")) == [Reason.NAME]
    assert reasons(here, Described(name="Rosies Homehelp", outcode="BA15", town="bath")) == [Reason.NAME]
    assert reasons(here, Described(name="Rosies Homehelp", outcode="SN15", town="Chippenham")) == []
    assert not is_near(Described(), Described())


def test_what_nobody_else_has_counts_anywhere():
    mine = Described(phone="07700 900123", email="Rosie@Example.com", numbers={"company": "01234567", "ico": ""})
    other = Described(phone="+447700900123", email="rosie@example.com", numbers={"company": "01234567"})
    assert reasons(mine, other) == [Reason.NUMBER, Reason.PHONE, Reason.EMAIL]
    assert reasons(Described(), Described()) == []
    assert reasons(Described(numbers={"company": "1"}), Described(numbers={"charity": "1"})) == []


def test_a_register_number_weighs_most():
    assert (
        weight([Reason.NUMBER]) >= weight([Reason.PHONE, Reason.EMAIL]) > weight([Reason.PHONE]) > weight([Reason.NAME])
    )
