"""A page costs the same number of queries for ten rows and for twenty. Run with `-s` to read the numbers."""

import itertools

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from commissioning.summaries.actions import lock_summary
from providers.models import Category
from tests.cast import sign_in
from tests.commissioning.conftest import insure
from tests.commissioning.makers import add_lot, ask, make_requirement
from tests.providers.listings.makers import comes_from, has_space, listed, make_provider, make_service

NUMBERS = itertools.count(1)
ROWS = 10
FIELD = "need=someone+to+cook+lunch&rows=50&cover_public_liability=1000000&seen=any&day=tue&unknown=on"


def list_more(council, checker):
    """Ten providers that cook in Bath, insured and checked."""
    for _ in range(ROWS):
        provider = make_provider(council, f"Cook {next(NUMBERS)}")
        service = make_service(provider, categories=[Category.objects.get(pk="cooking")])
        comes_from(service)
        has_space(service, hours_free=20)
        insure(provider, checker)
        listed(provider)
    return provider


def write_requirement(by, council):
    requirement = make_requirement(by, council)
    add_lot(by, requirement, "cooking")
    add_lot(by, requirement, "cooking", title="More lunches")
    ask(by, requirement, "public_liability", amount_pence=200_000_000)
    return requirement


def lock(requirement, by):
    return lock_summary(by=by, requirement=requirement, now=timezone.now()).reference


@pytest.fixture
def count(commissioner):
    """Queries of a page asked for again: what a process reads once and keeps is not counted."""
    visitors = {True: sign_in(Client(), commissioner), False: Client()}

    def asked(address, signed_in):
        visitors[signed_in].get(address)
        with CaptureQueriesContext(connection) as queries:
            response = visitors[signed_in].get(address)
        assert response.status_code == 200, address
        return len(queries)

    return asked


def test_ten_rows_and_twenty_cost_the_same(count, council, checker, commissioner, postcodes):
    first = list_more(council, checker)
    requirement = write_requirement(commissioner, council)
    for _ in range(ROWS - 1):
        write_requirement(commissioner, council)
    field = f"/commissioning/requirements/{requirement.reference}/lots/1/field/"
    summary = f"/commissioning/summaries/{lock(write_requirement(commissioner, council), commissioner)}/"
    pages = {
        "/": ("/", False),
        "/find/": ("/find/?postcode=BA1+1LZ&need=someone+to+cook+lunch", False),
        "/providers/<slug>/": (f"/providers/{first.slug}/", False),
        "/commissioning/": ("/commissioning/", True),
        "/commissioning/search/": (f"/commissioning/search/?{FIELD}", True),
        "the field as a table": (f"/commissioning/search/found.csv?{FIELD}", True),
        "the field of a lot": (field, True),
        "a locked summary": (summary, True),
    }
    with_ten = {name: count(*page) for name, page in pages.items()}
    list_more(council, checker)
    for _ in range(ROWS):
        make_service(first, categories=[Category.objects.get(pk="cooking")])
        write_requirement(commissioner, council)
    listed(first)
    last = lock(write_requirement(commissioner, council), commissioner)
    pages["a locked summary"] = (f"/commissioning/summaries/{last}/", True)
    with_twenty = {name: count(*page) for name, page in pages.items()}
    print("Queries:", with_twenty)
    assert with_twenty == with_ten
