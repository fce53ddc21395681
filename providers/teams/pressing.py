"""A button pressed on a page of a team: done and said, or the reason why not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest

from registry.access.getters import signed_in
from registry.accounts.rules import Refused


def press(request: HttpRequest, words: str, action: Callable[..., Any], **facts: Any) -> None:
    """Do `action` for the person of the request, and say `words`; where it is refused, say why instead."""
    try:
        action(**facts, by=signed_in(request))
    except Refused as refused:
        messages.info(request, str(refused))
    else:
        messages.success(request, words)
