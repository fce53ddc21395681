"""One access table over every address: who gets in, who is told no, and for whom there is nothing there."""

import re

import pytest
from django.conf import settings as site
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, include, path
from django.urls.resolvers import RegexPattern, URLResolver

from tests.access_table import ROLES, SIGN_IN, TABLE
from tests.access_world import build_world

pytestmark = pytest.mark.django_db
SLOT = re.compile(r"<(?:\w+:)?(\w+)>")
# What a visit may write: its own session, how often somebody has tried, that they have read their recovery codes.
A_VISITS_OWN = ("django_session", "registry_cache", "viewed_at")


def routes(resolver, before=""):
    """Every address below the resolver, as the `urls.py` files write them, others' included."""
    for pattern in resolver.url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern, route)
        else:
            yield route


def without_a_row(table, resolver):
    return set(routes(resolver)) - set(table)


def naming_no_address(table, resolver):
    return set(table) - set(routes(resolver))


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, tmp_path_factory):
    """Built once, and taken back when the module ends."""
    folder = tmp_path_factory.mktemp("world")
    with django_db_blocker.unblock(), override_settings(STORAGES=stored_in(folder)), transaction.atomic():
        world = build_world()
        world.folder = folder
        yield world
        transaction.set_rollback(True)


def stored_in(folder):
    default = site.STORAGES["default"]
    options = {**default["OPTIONS"], "location": str(folder)}
    return {**site.STORAGES, "default": {**default, "OPTIONS": options}}


@pytest.fixture(autouse=True)
def stored_files_in_a_folder_of_the_test(request, settings):
    """The world's files are on the shelf in every test, and nobody is asked for a code again half-way."""
    # On a slow machine the module takes longer than a second step counts as fresh.
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 24 * 60 * 60
    if "world" in request.fixturenames:
        settings.STORAGES = stored_in(request.getfixturevalue("world").folder)


@pytest.fixture
def visit(world):
    """`visit(role, method, route)`; what it changes is undone with the test."""

    def ask(role, method, route, **client):
        visitor = Client(**client)
        if role != "signed_out":
            visitor.cookies.load(world.cookies[role])
        row = TABLE[route]
        address = "/" + SLOT.sub(lambda slot: str(getattr(world, row.given.get(slot[1], slot[1]))), route)
        if method == "POST":
            return visitor.post(address, {name: getattr(world, value) for name, value in row.typed.items()})
        response = visitor.generic(method, address)
        if response.streaming:
            response.getvalue()  # A file is closed once it is read.
        return response

    return ask


def what_happened(role, response):
    if role == "signed_out" and response.status_code == 302 and response["Location"].startswith("/accounts/login/"):
        return SIGN_IN
    return response.status_code


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("route", TABLE)
def test_everybody_gets_what_the_table_says(visit, route, role):
    for method in ("GET", "POST"):
        expected = TABLE[route].expected(role, method)
        if expected is not None:
            assert what_happened(role, visit(role, method, route)) == expected, f"{method} /{route} by {role}"


@pytest.mark.parametrize("route", TABLE)
def test_the_wrong_method_is_refused(visit, route):
    row = TABLE[route]
    for method, answer in (("GET", row.get), ("POST", row.post), ("DELETE", None)):
        if answer is None and row.audience.may:
            assert visit(row.audience.may[0], method, route).status_code == row.refused, f"{method} /{route}"


@pytest.mark.parametrize("route", [route for route, row in TABLE.items() if row.post and row.audience.may])
def test_nothing_is_sent_from_another_site(visit, route):
    """A form without the token that our own page gave is refused."""
    response = visit(TABLE[route].audience.may[0], "POST", route, enforce_csrf_checks=True)
    assert response.status_code == 403


@pytest.mark.parametrize("route", [route for route, row in TABLE.items() if row.get and row.audience.may])
def test_rule_17_no_get_changes_anything(visit, route):
    """Mail scanners open links."""
    with CaptureQueriesContext(connection) as asked:
        visit(TABLE[route].audience.may[0], "GET", route)
    written = [query["sql"] for query in asked if re.match("INSERT|UPDATE|DELETE", query["sql"])]
    assert [sql for sql in written if not any(table in sql for table in A_VISITS_OWN)] == []


def test_every_address_has_a_row_and_every_row_an_address():
    assert without_a_row(TABLE, get_resolver()) == set()
    assert naming_no_address(TABLE, get_resolver()) == set()


def test_an_address_added_without_a_row_is_found_however_deep():
    def nothing(request):
        return HttpResponse()

    deeper = [path("open/", nothing), path("<int:pk>/close/", nothing, name="close")]
    made_up = URLResolver(RegexPattern(r"^/"), [path("", nothing), path("doors/", include(deeper))])
    table = {"": ..., "doors/open/": ..., "windows/": ...}
    assert without_a_row(table, made_up) == {"doors/<int:pk>/close/"}
    assert naming_no_address(table, made_up) == {"windows/"}
