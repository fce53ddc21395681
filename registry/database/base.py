"""What Django looks for in a database backend: a DatabaseWrapper."""

from typing import Any

import psycopg
from django.db.backends.postgresql import base

from registry.database.embedded import socket_folder


class DatabaseWrapper(base.DatabaseWrapper):
    def get_connection_params(self) -> dict[str, Any]:
        return {**super().get_connection_params(), "host": socket_folder(), "user": "postgres"}

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        create_if_missing(conn_params)
        return super().get_new_connection(conn_params)


def create_if_missing(conn_params: dict[str, Any]) -> None:
    """Make the database the first time: nobody has run `createdb` on an embedded server."""
    name = conn_params.get("dbname")
    if name != "nearhand":
        return
    with psycopg.connect(host=conn_params["host"], user="postgres", dbname="postgres", autocommit=True) as connection:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        if not found:
            connection.execute(f'CREATE DATABASE "{name}"')
