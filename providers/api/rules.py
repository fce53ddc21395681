"""What a key of the API is. Pure: 256 random bits behind a mark that scanners of leaked secrets can know."""

from __future__ import annotations

import datetime
import hashlib
import re
import secrets

MARK = "nh_"
WRITTEN = re.compile(r"nh_[A-Za-z0-9_-]{43}", re.ASCII)
# Days that a key may be good for. None is good for ever: one that nobody remembers must end by itself.
LASTS = (30, 90, 365)
MOST_KEYS = 10


def new_key() -> str:
    return MARK + secrets.token_urlsafe(32)


def digest_of(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


def read_header(written: str) -> str | None:
    """The key of an Authorization header, `Bearer nh_...`; None where it holds no key of ours."""
    scheme, _space, key = written.partition(" ")
    return key if scheme.lower() == "bearer" and WRITTEN.fullmatch(key) else None


def last_day(made_on: datetime.date, days: int) -> datetime.date:
    return made_on + datetime.timedelta(days=days)
