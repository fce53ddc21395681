import datetime

import pytest

from tests.clock import LONDON, at

NOON = datetime.datetime(2026, 11, 21, 12, tzinfo=LONDON)


@pytest.fixture
def search(as_commissioner):
    """The page of a search, as the commissioner of Bath asks it on a day on which nobody's cover has ended."""
    with at(NOON):
        yield lambda **asked: as_commissioner.get("/commissioning/search/", asked)


def names(response):
    return [row.result.provider_name for row in response.context["search"].rows]


def left(response):
    return [line.step.left for line in response.context["search"].lines]
