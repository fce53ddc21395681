import pytest
from django.db import DatabaseError, connection, transaction

from registry.audit.actions import record
from registry.models import AuditEvent

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "statement",
    ["UPDATE registry_auditevent SET verb = 'x'", "DELETE FROM registry_auditevent"],
)
def test_database_refuses_to_change_the_audit(statement, commissioner, council):
    record("council.changed", by=commissioner, target=council, council=council, fields=["name"])
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert AuditEvent.objects.get().fields == ["name"]


def test_database_refuses_to_empty_the_audit():
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE registry_auditevent ENABLE TRIGGER audit_refuses_truncate")
        with pytest.raises(DatabaseError, match="append-only"):
            cursor.execute("TRUNCATE registry_auditevent")
