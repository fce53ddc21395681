"""What stands in the way outside the code (disk, port, library, server), each told in one plain sentence."""

from __future__ import annotations

import errno
import socket
from collections.abc import Iterator

import environs
import psycopg
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

DISK_FULL = "The disk is full: free some space, or name a folder on another disk in NEARHAND_DATA, and run it again."
PANGO_MISSING = (
    "Pango is missing, which draws the PDF of a summary: install it "
    "(Debian and Ubuntu: apt install libpango-1.0-0 libpangoft2-1.0-0; macOS: brew install pango), and run it again."
)
# WeasyPrint names the library that it could not load; these are the ones that come with Pango.
PANGO_LIBRARIES = ("pango", "gobject", "fontconfig", "harfbuzz")


class Failure(Exception):
    """Something the person at the keyboard can mend: the message is the sentence that says how."""


def explain(error: BaseException) -> str | None:
    """The sentence for an error that is not the code's fault, or None: then the traceback is wanted."""
    for link in _chain(error):
        sentence = _sentence(link)
        if sentence:
            return sentence
    return None


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """The error and what caused it: Django wraps the driver's own."""
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _sentence(error: BaseException) -> str | None:
    if isinstance(error, Failure):
        return str(error)
    if isinstance(error, environs.EnvError | ImproperlyConfigured):
        return f"The settings cannot be used: {' '.join(str(error).split())}"
    if isinstance(error, psycopg.errors.DiskFull):
        return DISK_FULL
    if isinstance(error, psycopg.OperationalError) and error.sqlstate is None:
        return f"{_database()} cannot be reached: check that it is running and that DATABASE_URL names it."
    if isinstance(error, OSError):
        return _system_sentence(error)
    return None


def _system_sentence(error: OSError) -> str | None:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return DISK_FULL
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS) and error.filename:
        return f"{error.filename} cannot be written: name a folder of your own in NEARHAND_DATA, and run it again."
    if error.errno is None and any(name in str(error) for name in PANGO_LIBRARIES):
        return PANGO_MISSING
    return None


def _database() -> str:
    """Which database, without the password that stands in its address."""
    default = settings.DATABASES["default"]
    if not default.get("HOST"):
        return "The database"
    return f"The database at {default['HOST']}:{default.get('PORT') or 5432}"


def need_pango() -> None:
    """Stop here, before the long work, where WeasyPrint could not draw."""
    try:
        import weasyprint  # noqa: F401
    except OSError as error:
        raise Failure(PANGO_MISSING) from error


def need_port(port: int) -> None:
    """Stop here, before the long work, if someone else listens on this port."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        # As the web server does: a port that was in use a moment ago is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            sentence = f"Port {port} is taken: stop what is using it, or choose another with --port {port + 1}."
            raise Failure(sentence) from error
