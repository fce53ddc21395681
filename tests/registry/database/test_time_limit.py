import pytest
from django.db import DataError, OperationalError, connection, transaction

from registry.database.time_limit import TookTooLong, time_limit

pytestmark = pytest.mark.django_db


def ask(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]


def test_what_is_quick_is_answered_and_the_limit_ends_with_it():
    before = ask("SHOW statement_timeout")
    with time_limit(5000):
        assert ask("SHOW statement_timeout") == "5s"
    assert ask("SHOW statement_timeout") == before


def test_what_takes_too_long_is_stopped_and_the_connection_is_still_good():
    with pytest.raises(TookTooLong) as stopped, time_limit(50):
        ask("SELECT pg_sleep(5), 'BA1 1LZ'")
    assert "BA1" not in str(stopped.value)
    assert stopped.value.__cause__ is None
    assert ask("SHOW statement_timeout") == "0"


def test_other_faults_pass_through():
    with pytest.raises(DataError), time_limit(5000):
        ask("SELECT 1/0")
    with pytest.raises(OperationalError), time_limit(5000):
        raise OperationalError("the server went away")


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_the_limit_ends_too():
    with time_limit(5000):
        assert transaction.get_connection().in_atomic_block
    assert ask("SHOW statement_timeout") == "0"
