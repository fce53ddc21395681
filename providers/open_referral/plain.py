"""Values of a row that anybody may have written: text, numbers, lists, or nothing where they are none. Pure."""

from __future__ import annotations

import datetime
import html
import math
import re
from collections.abc import Mapping
from typing import Any

Row = Mapping[str, Any]

# NUL and lone halves of characters cannot be stored; other controls and marks of direction only steer what is read.
_NOT_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ud800-\udfff\ufeff]")
_BREAKS = re.compile(r"<(?:br|/p|/div|/li|/h\d|/tr)\b[^<>]{0,200}>", re.I)
_TAGS = re.compile(
    r"</?(?:p|br|div|span|ul|ol|li|a|b|i|u|em|strong|h[1-6]|table|t[rdh]|tbody|font)\b[^<>]{0,500}>", re.I
)


def rows(row: Row, name: str) -> list[Row]:
    found = row.get(name)
    return [part for part in found if isinstance(part, Mapping)] if isinstance(found, list) else []


def text(row: Row, name: str) -> str:
    """What is written there, on one line; nothing where it is missing or is no text."""
    value = row.get(name)
    return " ".join(_NOT_TEXT.sub("", value).split()) if isinstance(value, str) else ""


def long_text(row: Row, name: str, at_most: int, *, is_plain: bool = False) -> str:
    """The same with its lines. Systems export the HTML of their editors: its tags go, its breaks stay."""
    value = row.get(name)
    if not isinstance(value, str):
        return ""
    value = value[: at_most * 4].replace("\r\n", "\n").replace("\r", "\n")
    if "<" in value and not is_plain:
        value = html.unescape(_TAGS.sub("", _BREAKS.sub("\n", value)))
    lines = [" ".join(line.split()) for line in _NOT_TEXT.sub("", value).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()[:at_most].strip()


def number(row: Row, name: str) -> float | None:
    """A finite number, also where it was written as text."""
    value = row.get(name)
    if isinstance(value, str):
        try:
            value = float(value)
        except ValueError:
            return None
    if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > 1e12 or not math.isfinite(value):
        return None
    return float(value)


def date(row: Row, name: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text(row, name)[:10])
    except ValueError:
        return None


def over(row: Row, today: datetime.date) -> bool:
    """Whether it held until a day that is past."""
    until = date(row, "valid_to")
    return until is not None and until < today


def needed(row: Row, name: str, at_most: int) -> str:
    value = text(row, name)
    if not value:
        raise ValueError(f"it has no {name}")
    if len(value) > at_most:
        raise ValueError(f"its {name} is longer than {at_most} characters")
    return value
