"""Copies the rows of the scale tables into twins of these tables, and prints the seconds that the way in took."""

import os
import tempfile
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "registry.settings")
django.setup()

from django.db import connection  # noqa: E402

from providers.demonstration.stock import TABLES  # noqa: E402

BLOCK = 1 << 20


def main():
    seconds, size = 0.0, 0
    with connection.cursor() as cursor:
        for table in TABLES:
            # With its keys, checks and indexes, and without foreign keys: the barest way in that can be searched.
            cursor.execute(f"CREATE TABLE bare_{table.name} (LIKE {table.name} INCLUDING ALL)")
            # In a file between: a million of the largest rows are more than a memory should hold.
            with tempfile.TemporaryFile() as kept:
                with cursor.copy(f"COPY {table.name} TO STDOUT") as copy:
                    kept.writelines(copy)
                size += kept.tell()
                kept.seek(0)
                began = time.perf_counter()
                with cursor.copy(f"COPY bare_{table.name} FROM STDIN") as copy:
                    while block := kept.read(BLOCK):
                        copy.write(block)
                seconds += time.perf_counter() - began
            cursor.execute(f"DROP TABLE bare_{table.name}")
    print(seconds, size)


if __name__ == "__main__":
    main()
