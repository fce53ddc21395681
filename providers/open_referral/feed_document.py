"""The feed's own description, as OpenAPI: every parameter and every answer there is. Written by hand, held by tests."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

FILE = Path(__file__).parent / "data" / "openapi.json"


@cache
def _written() -> dict[str, Any]:
    read: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return read


def document() -> dict[str, Any]:
    """With the address of this very site."""
    return _written() | {"servers": [{"url": f"{settings.SITE_URL}/open-referral/v3"}]}
