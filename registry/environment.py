"""What a value from the environment must look like; the sentence says which would do."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from environs import ValidationError

LOOPBACK_HOSTS = ["127.0.0.1", "localhost", "[::1]"]


def site_address(value: str) -> None:
    """An address of the site as people type it, without a path."""
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/") or parts.query:
        raise ValidationError("Give the site's address without a path, such as https://nearhand.example.")


def host_names(value: list[str]) -> None:
    """Names of hosts, separated by commas; not every host there is."""
    if not value or not all(value) or any("*" in host or "/" in host for host in value):
        raise ValidationError("Name each host, separated by commas, such as nearhand.example,www.nearhand.example.")


def postgresql_address(value: str) -> None:
    """PostgreSQL is the only database: one code path to test."""
    if value and urlsplit(value).scheme not in ("postgres", "postgresql"):
        raise ValidationError(
            "Give the address of a PostgreSQL, such as postgresql://name:password@host:5432/nearhand."
        )


def mail_address(value: str) -> None:
    """Where mail goes out: a server, or for a trial the console."""
    if urlsplit(value).scheme not in ("submission", "smtps", "smtp", "console", "dummy"):
        raise ValidationError("Give the address of a mail server, such as submission://name:password@host:587.")


def scanner_address(value: str) -> None:
    """Where clamd listens: a host and port, or a socket on this machine."""
    parts = urlsplit(value)
    if value and not (parts.scheme == "tcp" and parts.hostname) and not (parts.scheme == "unix" and parts.path):
        raise ValidationError(
            "Give the address of clamd, such as tcp://127.0.0.1:3310 or unix:///run/clamav/clamd.ctl."
        )


def secret(value: str) -> None:
    """Long enough that it cannot be guessed."""
    if len(value) < 50:
        raise ValidationError(
            "Give at least 50 characters that nobody can guess: `openssl rand -base64 48` makes some."
        )


def tile_address(value: str) -> None:
    """Where each picture of a map comes from; its host is let through by the pages' security policy, and no other."""
    named = all(part in value for part in ("{z}", "{x}", "{y}"))
    host = urlsplit(value).netloc.replace("{s}.", "", 1)
    # Anything but a plain name would be read by browsers as more of the policy.
    plain = bool(host) and all(part.isalnum() or part in "-.:" for part in host)
    if value and not (value.startswith("https://") and named and plain):
        raise ValidationError(
            "Give the address of map tiles with {z}, {x} and {y}, such as https://tiles.example/{z}/{x}/{y}.png."
        )


def ocid_prefix(value: str) -> None:
    """What the Open Contracting Partnership gives to a publisher: six letters or digits after "ocds-"."""
    if not re.fullmatch(r"ocds-[a-z0-9]{6}", value, re.ASCII):
        raise ValidationError("Give the prefix that was registered for you, such as ocds-a1b2c3.")


def not_negative(value: int) -> None:
    if value < 0:
        raise ValidationError("Give a number from 0 up.")


def some(value: int) -> None:
    if value < 1:
        raise ValidationError("Give a number from 1 up.")


def only_loopback(hosts: list[str]) -> bool:
    return all(host in LOOPBACK_HOSTS for host in hosts)
