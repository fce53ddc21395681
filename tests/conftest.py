import pytest
from django.db import connection

pytest_plugins = ["tests.cast", "tests.places"]


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


@pytest.fixture(autouse=True)
def stored_files_in_a_folder_of_the_test(settings, tmp_path):
    """Evidence and summaries of a test go where its other files go, and never into a copy's own store."""
    options = {**settings.STORAGES["default"]["OPTIONS"], "location": str(tmp_path / "store")}
    settings.STORAGES = {**settings.STORAGES, "default": {**settings.STORAGES["default"], "OPTIONS": options}}
