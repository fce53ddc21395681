"""A Django database backend that starts its own PostgreSQL on the first connection.

For trials and tests only: it trusts every local connection, and `check --deploy` refuses it.
"""
