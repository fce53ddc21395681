import pytest
from django.db import connection

pytest_plugins = ["tests.cast", "tests.places"]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Transactional tests empty tables with TRUNCATE, which the audit guard refuses; one test has it on."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE registry_auditevent DISABLE TRIGGER audit_refuses_truncate")
