import pytest

from providers.enquiring.rules import (
    ENOUGH_ANSWERS,
    MOST_A_DAY_BY_ONE,
    MOST_A_DAY_TO_ONE,
    Signs,
    WhyNot,
    links_in,
    looks_mechanical,
    usual_hours,
    why_not,
    without_full_postcodes,
)

PLAIN = {"is_hasty": False, "links": 0, "same_text_to": 0, "is_known": False}


@pytest.mark.parametrize(
    ("signs", "waits"),
    [
        ({}, False),
        ({"is_hasty": True}, True),
        ({"links": 1}, False),
        ({"links": 2}, True),
        ({"same_text_to": 3}, False),
        ({"same_text_to": 4}, True),
        # Who has pressed the link once is not asked again for the same text; a machine's haste still shows.
        ({"same_text_to": 9, "links": 3, "is_known": True}, False),
        ({"is_hasty": True, "is_known": True}, True),
    ],
)
def test_only_what_looks_like_a_machines_waits_for_a_press(signs, waits):
    assert looks_mechanical(Signs(**{**PLAIN, **signs})) is waits


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({}, None),
        ({"is_mechanical": True}, None),
        ({"is_mechanical": True, "has_email": False}, WhyNot.CANNOT_BE_ASKED),
        ({"sent_today": MOST_A_DAY_BY_ONE}, WhyNot.TOO_MANY_BY_YOU),
        ({"come_today": MOST_A_DAY_TO_ONE}, WhyNot.TOO_MANY_TO_THEM),
    ],
)
def test_what_is_not_taken_at_all(facts, why):
    plain = {"sent_today": 0, "come_today": 0, "is_mechanical": False, "has_email": True}
    assert why_not(**{**plain, **facts}) is why


@pytest.mark.parametrize(
    ("text", "links"),
    [("Lunch on Tuesdays, please.", 0), ("see https://a.example and www.b.example", 2), ("buy at pills.top", 1)],
)
def test_links_are_counted_however_they_are_written(text, links):
    assert links_in(text) == links


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("BA1 1LZ", "BA1"),
        ("near ba11lz, by the church", "near BA1, by the church"),
        ("SW1A 1AA or BA2", "SW1A or BA2"),
        ("Larkhall", "Larkhall"),
        ("Room 101 at 3 pm", "Room 101 at 3 pm"),
    ],
)
def test_rule_10_a_whole_postcode_is_cut_to_its_first_half(typed, kept):
    assert without_full_postcodes(typed) == kept


def test_the_usual_time_is_the_middle_one_and_shown_from_ten_answers_on():
    assert usual_hours([5] * (ENOUGH_ANSWERS - 1)) is None
    assert usual_hours([5] * (ENOUGH_ANSWERS - 1) + [200]) == 5
    assert usual_hours([]) is None


def test_what_was_never_answered_counts_as_slower_than_any_answer():
    assert usual_hours([1] * 10 + [None] * 9) == 1
    assert usual_hours([1] * 10 + [None] * 11) is None
