import pytest

from commissioning.sourcing.times import Presence, Week, Window, presence, week_of

MONDAY = Window("mon", 8 * 60, 10 * 60, 120)


@pytest.mark.parametrize(
    ("hours", "days", "parts", "overlap"),
    [
        ({"mon": [[540, 720]]}, (), (), 60),
        ({"mon": [[480, 510], [570, 900]]}, (), (), 60),
        ({"tue": [[480, 600]]}, (), (), 0),
        ({"tue": [[480, 600]]}, ("mon", "tue"), ("morning",), 120),
        ({}, ("mon",), ("morning",), 120),
        ({}, ("mon",), ("evening", "night"), 0),
        ({}, ("tue",), ("morning",), 0),
        ({}, ("mon",), (), None),
        ({}, (), ("morning",), None),
        ({}, (), (), None),
    ],
)
def test_what_is_said_of_a_week_tells_how_much_of_a_window_somebody_can_be_there(hours, days, parts, overlap):
    assert week_of(hours, days, parts).overlap(MONDAY) == overlap


def test_a_night_is_the_end_of_one_day_and_the_beginning_of_the_next():
    week = week_of({}, ("mon",), ("night",))
    assert week.overlap(Window("mon", 0, 24 * 60, 1)) == 8 * 60


@pytest.mark.parametrize(
    ("minutes", "people", "expected"),
    [
        (120, 1, Presence.ENOUGH),
        (240, 2, Presence.ENOUGH),
        (240, 1, Presence.SHORT),
        (240, None, Presence.NOT_KNOWN),
        (120, None, Presence.ENOUGH),
    ],
)
def test_each_person_can_work_a_window_once(minutes, people, expected):
    week = Week({"mon": ((0, 24 * 60),)})
    assert presence(week, people, Window("mon", 480, 600, minutes)) is expected


def test_somebody_who_is_not_there_is_short_however_many_they_are():
    assert presence(Week({"mon": ()}), None, MONDAY) is Presence.SHORT
    assert presence(Week({}), 9, MONDAY) is Presence.NOT_KNOWN
