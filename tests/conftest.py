import os

import pytest
from django.db import connection
from pytest_django.plugin import blocking_manager_key

from providers.listings.known import forget
from providers.meaning.model import SWITCHED_OFF
from registry.access import limits

pytest_plugins = ["tests.cast", "tests.places"]


# Thousands of tests publish a service, and few ask what its text means: those switch the sentence model on.
os.environ.setdefault(SWITCHED_OFF, "1")


def pytest_configure(config):
    """Coverage is gated on a whole run: a few tests, picked by hand, cannot reach it."""
    picked = config.option.keyword or config.option.markexpr or config.args != config.getini("testpaths")
    coverage = config.pluginmanager.getplugin("_cov")
    if picked and coverage:
        coverage.options.cov_fail_under = None


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Transactional tests empty tables with TRUNCATE, which the audit guard refuses; one test has it on."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE registry_auditevent DISABLE TRIGGER audit_refuses_truncate")
        keep_what_migrations_loaded(cursor)


def keep_what_migrations_loaded(cursor):
    """Copies aside: a transactional test ends with empty tables, and the tests after it count on these rows."""
    cursor.execute("CREATE SCHEMA IF NOT EXISTS kept")
    for table in connection.introspection.django_table_names(only_existing=True, include_views=False):
        cursor.execute(f'DROP TABLE IF EXISTS kept."{table}"')
        cursor.execute(f'CREATE TABLE kept."{table}" AS TABLE public."{table}"')


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item, nextitem):
    """After a transactional test has emptied the tables, put back what migrations loaded."""
    result = yield
    if nextitem is not None and is_transactional(item):
        with item.config.stash[blocking_manager_key].unblock(), connection.cursor() as cursor:
            put_back(cursor)
    return result


def is_transactional(item):
    marker = item.get_closest_marker("django_db")
    asked = marker is not None and marker.kwargs.get("transaction", False)
    return asked or bool({"live_server", "transactional_db"} & set(getattr(item, "fixturenames", ())))


def put_back(cursor):
    # Keys are not looked at while rows come back in the order of their tables' names.
    cursor.execute("SET session_replication_role = replica")
    for table in connection.introspection.django_table_names(only_existing=True, include_views=False):
        cursor.execute(f'INSERT INTO public."{table}" SELECT * FROM kept."{table}" ON CONFLICT DO NOTHING')
    cursor.execute("SET session_replication_role = DEFAULT")


@pytest.fixture(autouse=True)
def stored_files_in_a_folder_of_the_test(settings, tmp_path):
    """Evidence and summaries of a test go where its other files go, and never into a copy's own store."""
    options = {**settings.STORAGES["default"]["OPTIONS"], "location": str(tmp_path / "store")}
    settings.STORAGES = {**settings.STORAGES, "default": {**settings.STORAGES["default"], "OPTIONS": options}}


@pytest.fixture(autouse=True)
def nobody_has_asked_yet():
    """Each test has its own minute: a process keeps counts of addresses in memory."""
    limits.forget()


@pytest.fixture(autouse=True)
def nothing_remembered_of_tables_that_go_back():
    """A process keeps the numbers of categories and languages; a test that is rolled back takes them away again."""
    forget()
