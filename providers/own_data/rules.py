"""How a value stands in a cell of a spreadsheet. Pure."""

from __future__ import annotations

import json
from typing import Any

# A spreadsheet takes a cell that begins so for a formula, and would run what somebody typed.
FORMULA_BEGINS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def cell(value: Any) -> str:
    """Text for one cell: nothing for None, "; " between the items of a list, JSON for what has keys."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list) and not any(isinstance(item, dict | list) for item in value):
        return harmless("; ".join(str(item) for item in value))
    if isinstance(value, dict | list):
        return harmless(json.dumps(value, ensure_ascii=False))
    return harmless(value) if isinstance(value, str) else str(value)


def harmless(text: str) -> str:
    """The text, with an apostrophe before what a spreadsheet would take for a formula."""
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA_BEGINS) else text
