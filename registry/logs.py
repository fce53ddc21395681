"""Logs that keep no full postcode, name or address: what someone typed is in query strings and in error messages."""

from __future__ import annotations

import logging
import re
import traceback
from types import TracebackType

QUERY = re.compile(r"\?[^\s\"']+")
# What a link is opened by: whatever was signed, up to its signature of 43 letters. Whoever has it has what it opens.
SIGNED = re.compile(r"(?<=/)[\w.:-]+[.:][\w-]{43}(?![\w-])")

Raised = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class PlainFormatter(logging.Formatter):
    """Cuts every query string and signed link, and shows of an exception its type and its place but not its message.

    PostgreSQL quotes the value that it refused, and so do many others: the place is enough to find the fault.
    """

    def format(self, record: logging.LogRecord) -> str:
        return SIGNED.sub("-", QUERY.sub("", super().format(record)))

    def formatException(self, ei: Raised) -> str:
        lines: list[str] = []
        error: BaseException | None = ei[1]
        while error is not None:
            lines[:0] = [*traceback.format_tb(error.__traceback__), f"{type(error).__qualname__}\n"]
            error = error.__cause__ or error.__context__
        return "".join(lines).rstrip()
