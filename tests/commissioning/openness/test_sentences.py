import pytest

from commissioning.openness.figures import Row
from commissioning.openness.rules import Change, Demand, How, Loosening, Met
from commissioning.openness.sentences import (
    at_most_words,
    change_words,
    figure_words,
    loosening_words,
    met_words,
    shut_words,
    size_words,
    step_words,
)
from commissioning.openness.shutting import ShutBy
from commissioning.sourcing.rules import About, Asked

COVER = Asked("public_liability", 1_000_000_000, by_start=False)


def test_the_figure_in_words():
    words = figure_words(Row("", capable=12, alone=1, in_team=2, hoped=9), 9)
    assert words.startswith("3 of 12 small providers (up to 9 people) who could do the work could answer (25 per cent)")
    assert words.endswith("1 alone, and 2 more in a team.")
    assert "none is known to be able to answer" in figure_words(Row("", 12, 0, 0, 3), 9)
    assert figure_words(Row("", 0, 0, 0, 0), 9).startswith("No provider of up to 9 people")


def test_a_share_of_nobody_is_none():
    assert Row("", 0, 0, 0, 0).share is None
    assert Row("", 4, 1, 0, 1).share == 0.25


def test_the_second_reading_is_told_where_it_differs():
    assert at_most_words(Row("", 12, 1, 2, 9)).startswith("At most 9 (75 per cent)")
    assert at_most_words(Row("", 12, 1, 2, 3)) == ""


@pytest.mark.parametrize(
    ("loosening", "words"),
    [
        (Loosening(How.BY_PLACE, lot=2), "Let lot 2 be answered for one postcode district at a time"),
        (Loosening(How.SPLIT_HOURS, lot=1), "Make two lots of lot 1, each with half the hours"),
        (
            Loosening(How.DROP, Demand(Asked("first_aid"), lot=2)),
            "Stop asking for: First aid, by the start of the contract, for lot 2 alone",
        ),
        (
            Loosening(How.LOWER, Demand(COVER), Asked("public_liability", 500_000_000, by_start=False)),
            "Ask for: Public liability insurance of at least £5 million, when answering. Now it is: Public liability "
            "insurance of at least £10 million, when answering",
        ),
    ],
)
def test_a_change_in_words(loosening, words):
    assert loosening_words(loosening) == words


@pytest.mark.parametrize(
    ("known", "hoped", "words"),
    [
        (9, 9, "9 could answer instead of 3 (at most 9 instead of 5)"),
        (3, 8, "At most 8 could answer instead of 5"),
    ],
)
def test_what_a_change_does_in_words(known, hoped, words):
    change = Change(Loosening(How.BY_PLACE, lot=1), known, hoped)
    assert change_words(change, Row("", 12, 1, 2, 5)) == words
    assert change_words(Change(change.loosening, 9, 9), Row("", 12, 1, 2, 3)) == "9 could answer instead of 3"


def test_how_many_meet_a_condition_in_words():
    assert met_words(Met(6, 200, 8)) == "6 of 214 providers who could do the work meet it. Of 8 it is not known."
    assert met_words(Met(1, 0, 0)) == "1 of 1 provider who could do the work meets it."
    assert met_words(Met(0, 0, 0)) == "Nobody who could do this work is on the register."


def test_what_shuts_a_lot_in_words():
    shut = ShutBy(1, (Asked("first_aid"),), (About.HOURS, About.TIMES, About.REACH))
    assert shut_words(shut) == (
        "“First aid, by the start of the contract” and “All of its hours” and “All of its times” and “Reaches the "
        "whole area”"
    )


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (COVER, "£10 million, when answering"),
        (Asked("least_people", number=2), "2, by the start of the contract"),
        (Asked("first_aid"), "By the start of the contract"),
        (Asked("all_lots"), "One supplier for all lots"),
    ],
)
def test_a_step_in_words(asked, words):
    assert step_words(asked) == words


@pytest.mark.parametrize(
    ("size", "words"),
    [
        ("one", "One person"),
        ("micro", "2 to 9 people"),
        ("larger", "More than 9 people"),
        ("not_known", "Size not known"),
    ],
)
def test_sizes_in_words(size, words):
    assert size_words(size, 9) == words
