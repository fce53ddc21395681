"""Copies the rows of the scale tables into twins of these tables, and prints the seconds that the way in took."""

import os
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "registry.settings")
django.setup()

from django.db import connection  # noqa: E402

from providers.demonstration.stock import TABLES  # noqa: E402


def main():
    seconds, size = 0.0, 0
    with connection.cursor() as cursor:
        for table in TABLES:
            # With its keys, checks and indexes, and without foreign keys: the barest way in that can be searched.
            cursor.execute(f"CREATE TABLE bare_{table.name} (LIKE {table.name} INCLUDING ALL)")
            with cursor.copy(f"COPY {table.name} TO STDOUT") as copy:
                rows = [bytes(block) for block in copy]
            size += sum(map(len, rows))
            began = time.perf_counter()
            with cursor.copy(f"COPY bare_{table.name} FROM STDIN") as copy:
                for start in range(0, len(rows), 5_000):
                    copy.write(b"".join(rows[start : start + 5_000]))
            seconds += time.perf_counter() - began
    print(seconds, size)


if __name__ == "__main__":
    main()
