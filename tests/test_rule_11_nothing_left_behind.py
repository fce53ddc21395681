"""A search leaves no full postcode and no name behind: not in a log of the web server, a worker or PostgreSQL, and in
no column of any table; not after a search, nor one that took too long, nor one that broke.
"""

import re
from contextlib import contextmanager
from urllib.parse import quote_plus, urlencode

import pytest
from django.conf import settings
from django.db import connection, transaction

from providers.models import Category
from registry.database.embedded import socket_folder
from tests.providers.listings.makers import comes_from, listed, make_provider, make_service
from tests.registry.running import manage
from tests.serving import COMMANDS, ask, served, surroundings

POSTCODE, NAME = "BA1 1LZ", "Thistlewood"
TYPED = {"postcode": POSTCODE, "need": f"Maggie {NAME} cannot cook her lunch"}
WRITTEN = re.compile(rf"BA1[\s+]*(?:%20|%2B)*1LZ|{NAME}", re.IGNORECASE)
# The national list holds every postcode there is.
OF_ITS_OWN = {"registry_postcode"}


@pytest.fixture
def ana(transactional_db, council, postcodes):
    provider = make_provider(council)
    comes_from(make_service(provider, categories=[Category.objects.get(pk="cooking")]))
    listed(provider)
    return provider


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("command", COMMANDS)
def test_rule_11_a_search_leaves_nothing_behind(command, ana):
    asked = f"/find/?{urlencode(TYPED)}"
    referred = {"Referer": f"http://127.0.0.1/find/?{urlencode(TYPED)}"}
    with postgres_log() as of_postgres:
        # Long enough for a busy machine to answer what is not held up.
        with served(command, SEARCH_MILLISECONDS="2000") as (port, of_the_web):
            assert ask(port, asked)[0] == 200
            assert ask(port, asked.replace("/find/", "/find/map/"))[0] == 200
            assert ask(port, asked.replace("/find/", "/find/map/points.json"), headers=referred)[0] == 200
            assert ask(port, f"/find/?need={NAME}&postcode=BA1+1LZ%00")[0] == 200
            assert ask(port, f"/providers/{ana.slug}/", headers=referred)[0] == 200
            with held_up():
                assert ask(port, asked)[0] == 503
            with broken():
                assert ask(port, asked)[0] == 500
        _code, of_the_worker = manage("db_worker", "--queue-name", "*", "--batch", **surroundings())
    assert "/find/" in of_the_web[0]
    assert "UndefinedTable" in of_the_web[0]
    logs = {"web": of_the_web[0], "worker": of_the_worker, "postgres": "".join(of_postgres)}
    assert {name: WRITTEN.findall(said) for name, said in logs.items()} == {name: [] for name in logs}
    assert tables_that_hold_it() == []


def test_what_is_looked_for_would_be_found():
    for said in ("postcode=BA1+1LZ", "ba11lz", "BA1%201LZ", "'BA1 1LZ'", f"mrs {NAME.lower()}", quote_plus(POSTCODE)):
        assert WRITTEN.search(said)


@contextmanager
def held_up():
    """Somebody else has the search's table to themselves: a question waits until its time is over."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE providers_searchrow IN ACCESS EXCLUSIVE MODE")
        yield


@contextmanager
def broken():
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE providers_searchrow RENAME TO providers_elsewhere")
        try:
            yield
        finally:
            cursor.execute("ALTER TABLE providers_elsewhere RENAME TO providers_searchrow")


@contextmanager
def postgres_log():
    """What the server of the test wrote meanwhile. Another's log is not ours to read: the README says how to set it."""
    said = []
    if not settings.EMBEDDED_DATABASE:
        yield said
        return
    log = settings.NEARHAND_DATA / "postgres" / "log"
    assert socket_folder()
    before = log.stat().st_size
    yield said
    with log.open(errors="replace") as written:
        written.seek(before)
        said.append(written.read())


def tables_that_hold_it():
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        assert len(tables) > 50
        found = []
        for table in sorted(set(tables) - OF_ITS_OWN):
            cursor.execute(f'SELECT count(*) FROM "{table}" AS held WHERE held::text ~* %s', [WRITTEN.pattern])
            found += [table] if cursor.fetchone()[0] else []
    return found
