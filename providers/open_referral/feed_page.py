"""The open feed for people who want to use it: what it is, what can be asked, and examples. Told from its document."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from providers.open_referral.feed_document import document
from providers.open_referral.feed_terms import published


@require_safe
def about_the_feed(request: HttpRequest) -> HttpResponse:
    facts = {
        "site": settings.SITE_URL,
        "most": settings.FEED_REQUESTS_A_MINUTE,
        "addresses": [(path, get["get"]["summary"]) for path, get in document()["paths"].items()],
        "parameters": _parameters(),
        "taxonomies": [taxonomy.told for taxonomy in published().taxonomies.values()],
    }
    return render(request, "open_referral/feed.html", facts)


def _parameters() -> list[dict[str, Any]]:
    """Each with the lists that take it; `taxonomy_id` stands there for services and for terms."""
    told = document()
    asked_by: dict[str, list[str]] = {}
    for path, get in told["paths"].items():
        for one in get["get"]["parameters"]:
            asked_by.setdefault(one.get("$ref", "").rpartition("/")[2], []).append(path)
    parameters = told["components"]["parameters"]
    return [
        {"name": row["name"], "words": row["description"], "paths": asked_by[key]} for key, row in parameters.items()
    ]
