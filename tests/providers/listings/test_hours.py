import pytest

from providers.listings.hours import (
    NotHours,
    PastMidnight,
    TooManySpans,
    as_clock,
    days_in_words,
    read,
    spans_in_words,
    week_in_words,
)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("9am to 5pm", "9am to 5pm"),
        ("9-5", "9am to 5pm"),
        ("9 – 1, 2 – 5.30", "9am to 1pm, 2pm to 5:30pm"),
        ("09:00-17:00", "9am to 5pm"),
        ("0900 - 1700", "9am to 5pm"),
        ("2pm-5pm and 9am-1pm", "9am to 1pm, 2pm to 5pm"),
        ("2-5pm", "2pm to 5pm"),
        ("2-5pm and 9-1", "9am to 1pm, 2pm to 5pm"),
        ("9-12, 7-9", "9am to midday, 7pm to 9pm"),
        ("9-5pm", "9am to 5pm"),
        ("8 to 11pm", "8pm to 11pm"),
        ("10am-2", "10am to 2pm"),
        ("2-5", "2pm to 5pm"),
        ("7-9", "7am to 9am"),
        ("8-8", "8am to 8pm"),
        ("10 a.m. until noon", "10am to midday"),
        ("12-2", "midday to 2pm"),
        ("6pm to midnight", "6pm to midnight"),
        ("midnight to 6am", "midnight to 6am"),
        ("12am - 6am", "midnight to 6am"),
        ("18:00 to 24:00", "6pm to midnight"),
        ("9am to 1pm; 12 to 4pm", "9am to 4pm"),
        ("9am to 1pm & 1pm to 4pm.", "9am to 4pm"),
        ("00:30-01:15", "12:30am to 1:15am"),
        ("", ""),
    ],
)
def test_hours_are_read_as_people_type_them_and_put_in_order(typed, words):
    assert spans_in_words(read(typed)) == words


@pytest.mark.parametrize(
    "typed", ["morning", "9", "9 to", "9-5-7", "25:00 to 26:00", "9:70-10", "13pm to 2pm", "24:30-24:45", "0am-3am"]
)
def test_what_is_no_time_is_not_guessed(typed):
    with pytest.raises(NotHours):
        read(typed)


@pytest.mark.parametrize("typed", ["10pm to 6am", "22:00-06:00", "9am to 9am", "1pm-12:30"])
def test_hours_past_midnight_belong_to_the_next_day(typed):
    with pytest.raises(PastMidnight):
        read(typed)


def test_more_than_two_spans_would_be_a_rota():
    with pytest.raises(TooManySpans):
        read("8-9, 10-11, 12-1")


def test_days_with_the_same_hours_are_told_together():
    usual, short = [[540, 780], [840, 1020]], [[540, 720]]
    hours = {"sat": short, "mon": usual, "tue": usual, "wed": usual, "sun": []}
    assert week_in_words(hours) == ["Monday to Wednesday: 9am to 1pm, 2pm to 5pm", "Saturday: 9am to midday"]
    assert days_in_words(["mon", "tue", "wed", "thu", "fri", "sat", "sun"]) == ["Every day"]


def test_machines_read_a_clock_that_ends_with_the_day():
    assert [as_clock(minutes) for minutes in (0, 545, 1440)] == ["00:00", "09:05", "23:59"]
