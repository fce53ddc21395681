"""What a reader asks may cost the database so much time and no more."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.db import OperationalError, connection, transaction


class TookTooLong(Exception):
    """PostgreSQL stopped a statement that ran past its limit. It carries nothing of what was asked (rule 11)."""


@contextmanager
def time_limit(milliseconds: int) -> Iterator[None]:
    """Each statement inside may take so long; one that takes longer ends it all with TookTooLong.

    For reading only: the limit ends with the transaction, so that no later user of the connection meets it.
    """
    nested = connection.in_atomic_block
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL statement_timeout = {int(milliseconds)}")
            yield
            if nested:
                cursor.execute("SET LOCAL statement_timeout = DEFAULT")
    except OperationalError as error:
        if isinstance(error.__cause__, psycopg.errors.QueryCanceled):
            raise TookTooLong from None
        raise
