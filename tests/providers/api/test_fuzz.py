"""A sample of what `python -m tests.benchmarks api` tries whole."""

import pytest

from tests.benchmarks.api import DOCUMENTS, attempt, something_to_read

pytestmark = [pytest.mark.django_db, pytest.mark.fuzz]


@pytest.fixture(scope="module")
def headers(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), something_to_read() as given:
        yield given


@pytest.mark.parametrize("name", DOCUMENTS)
def test_nothing_that_a_document_allows_breaks_what_it_promises(headers, name):
    tried = attempt(name, headers, examples=5, seed=1)
    assert tried.cases > 100
    assert list(tried.failures.values()) == []
