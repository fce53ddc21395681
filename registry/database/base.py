"""What Django looks for in a database backend: a DatabaseWrapper."""

from __future__ import annotations

from functools import cache
from typing import Any

import psycopg
from django.db.backends.postgresql import base, creation
from psycopg import sql

from registry.database.embedded import socket_folder


class DatabaseCreation(creation.DatabaseCreation):
    def _destroy_test_db(self, test_database_name: str, verbosity: int) -> None:
        """On a busy machine the server may still be saying goodbye to a connection that was closed a moment ago."""
        name = self.connection.ops.quote_name(test_database_name)
        with self.connection._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


class DatabaseWrapper(base.DatabaseWrapper):
    creation_class = DatabaseCreation

    def get_connection_params(self) -> dict[str, Any]:
        return {**super().get_connection_params(), "host": socket_folder(), "user": "postgres"}

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        # The test database, and the one that makes it, are Django's to make.
        if conn_params.get("dbname") == "nearhand":
            create_if_missing(conn_params["host"], "nearhand")
        return super().get_new_connection(conn_params)


@cache
def create_if_missing(host: str, name: str) -> None:
    """Make the database the first time: nobody has run `createdb` on an embedded server."""
    with psycopg.connect(host=host, user="postgres", dbname="postgres", autocommit=True) as connection:
        try:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        except (psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation):
            # The second is what a process sees that made it at the very same moment.
            return
