"""Which database may be a demonstration, and how one begins again.

A demonstration signs anybody in as anybody, and `--reset` throws everything away: neither may ever happen to a real
registry. So the schema carries a mark, set while it is still empty of people.
"""

from __future__ import annotations

import shutil

from django.conf import settings
from django.db import connection

from registry.failures import Failure

MARK = "A demonstration of Nearhand: nobody in it is real."
# Names of our advisory locks: any number that nobody else uses.
PREPARING = 7_204_001
SERVING = 7_204_002


def claim(*, reset: bool) -> None:
    """Make sure that this database is a demonstration's, alone for as long as it is prepared; empty it on request."""
    if not _ask("SELECT pg_try_advisory_lock(%s)", PREPARING):
        raise Failure("Another `manage.py demo` is preparing this database: wait for it, or stop it.")
    if not is_demonstration() and not is_empty():
        raise Failure(
            "This database holds a registry that is not a demonstration: "
            "name another database in DATABASE_URL, or another folder in NEARHAND_DATA."
        )
    if reset:
        if not _ask("SELECT pg_try_advisory_lock(%s)", SERVING):
            raise Failure("A demonstration is being served from this database: stop it before --reset.")
        begin_again()
        _ask("SELECT pg_advisory_unlock(%s)", SERVING)
    with connection.cursor() as cursor:
        cursor.execute(f"COMMENT ON SCHEMA public IS '{MARK}'")


def serving() -> None:
    """From here others may prepare this database again, but not empty it."""
    _ask("SELECT pg_advisory_lock_shared(%s) IS NOT NULL", SERVING)
    _ask("SELECT pg_advisory_unlock(%s)", PREPARING)


def is_demonstration() -> bool:
    return _ask("SELECT obj_description('public'::regnamespace, 'pg_namespace') = %s", MARK)


def is_empty() -> bool:
    """Nobody has ever been entered: not yet migrated, or migrated and no more."""
    if not _ask("SELECT to_regclass(%s) IS NOT NULL", "public.registry_user"):
        return True
    return _ask("SELECT NOT EXISTS (SELECT FROM registry_user) AND %s", True)


def begin_again() -> None:
    """Drop everything in the database and the uploaded files."""
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")
    shutil.rmtree(settings.NEARHAND_DATA / "evidence", ignore_errors=True)


def _ask(question: str, value: str | int | bool) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(question, [value])
        return bool(cursor.fetchone()[0])
