"""What an import fills: taken out, put back by COPY, emptied, and compared between two runs."""

import time

from django.db import connection

# In an order in which each may point at those before it.
TABLES = [
    "providers_provider",
    "providers_identifier",
    "providers_service",
    "providers_service_categories",
    "providers_coverage",
    "providers_availability",
    "providers_weeklyhours",
    "providers_priceextra",
    "providers_importedrow",
    "providers_version",
    "providers_listing",
    "providers_searchrow",
    "providers_searchwords",
]
# Emptied by nobody: its rows of this run are those after a mark.
AUDIT = "registry_auditevent"
# By chance, by the clock or by a counter: no two runs have them alike.
DIFFERS = ["id", "short_code", "created_at", "listed_at", "approved_at", "version_id", "at"]


def ask(sql, *given):
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return cursor.fetchone()[0]


def how_many(table):
    return ask(f"SELECT count(*) FROM {table}")


def mark():
    """After which rows of the audit are of what follows."""
    return ask(f"SELECT coalesce(max(id), 0) FROM {AUDIT}")


def empty():
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE providers_provider CASCADE")


def others():
    """How many rows the tables beside these hold: an import that begins to fill one of them is to be told of here."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE tablename ~ '^(providers|registry)_'")
        names = {name for (name,) in cursor.fetchall()} - {*TABLES, AUDIT}
    return {name: how_many(name) for name in sorted(names)}


def contents(after):
    """By table how many rows there are, and a sum over all that they say. `after` is the `mark` of the audit."""
    return {table: _sum(table) for table in TABLES} | {AUDIT: _sum(f"{AUDIT} WHERE id > {int(after)}")}


def _sum(where):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), md5(string_agg(line, E'\\n' ORDER BY line)) FROM"
            f" (SELECT (to_jsonb(kept) - %s::text[])::text AS line FROM (SELECT * FROM {where}) AS kept) AS lines",
            [DIFFERS],
        )
        return cursor.fetchone()


def copied_back(after):
    """Seconds of COPY for the very rows of an import, into the very tables, emptied before: keys, checks, indexes."""
    kept = [(table, *_taken_out(table, after)) for table in (*TABLES, AUDIT)]
    empty()
    seconds = 0.0
    with connection.cursor() as cursor:
        for table, columns, blocks in kept:
            began = time.perf_counter()
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for block in blocks:
                    copy.write(block)
            seconds += time.perf_counter() - began
    return seconds


def _taken_out(table, after):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} LIMIT 0")
        names = [column.name for column in cursor.description]
        is_audit = table == AUDIT
        columns = ", ".join(f'"{name}"' for name in names if not (is_audit and name == "id"))
        which = f" WHERE id > {int(after)}" if is_audit else ""
        with cursor.copy(f"COPY (SELECT {columns} FROM {table}{which}) TO STDOUT") as copy:
            lines = [bytes(line) for line in copy]
    return columns, [b"".join(lines[start : start + 5_000]) for start in range(0, len(lines), 5_000)]
