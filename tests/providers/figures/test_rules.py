import datetime

import pytest

from providers.figures.rules import is_robot, length, monday_of, weeks_back


@pytest.mark.parametrize("day", [2, 5, 8])
def test_a_week_begins_on_its_monday(day):
    assert monday_of(datetime.date(2026, 3, day)) == datetime.date(2026, 3, 2)


def test_twelve_weeks_go_back_over_the_new_year():
    weeks = weeks_back(datetime.date(2026, 1, 7), 3)
    assert weeks == [datetime.date(2026, 1, 5), datetime.date(2025, 12, 29), datetime.date(2025, 12, 22)]


@pytest.mark.parametrize(
    "agent",
    [
        "",
        " ",
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "bingbot/2.0",
        "python-requests/2.31",
        "curl/8.5.0",
        "Mozilla/5.0 HeadlessChrome/120",
        "WhatsApp/2.23 A",
        "UptimeRobot/2.0 monitor",
    ],
)
def test_a_program_that_says_so_is_none_of_the_people(agent):
    assert is_robot(agent)


@pytest.mark.parametrize(
    "agent",
    [
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148",
        "Mozilla/5.0 (X11; Linux x86_64; rv:120.0) Gecko/20100101 Firefox/120.0",
        "Mozilla/5.0 (Linux; Android 13; CUBOT P50) AppleWebKit/537.36 Chrome/120 Mobile Safari/537.36",
    ],
)
def test_a_browser_is_somebody(agent):
    assert not is_robot(agent)


@pytest.mark.parametrize(("value", "bar"), [(0, 0), (1, 1), (50, 10), (500, 100)])
def test_a_bar_shows_anything_above_nothing(value, bar):
    assert length(value, 500, 100) == bar


def test_no_bar_where_nothing_was_counted():
    assert length(0, 0, 100) == 0
