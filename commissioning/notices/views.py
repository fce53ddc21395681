"""OCDS at /ocds/: one package a page, for whoever asks, as the open feed is read."""

from __future__ import annotations

import math
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.dateparse import parse_datetime
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from commissioning.notices import ocds, published
from commissioning.notices.asked import Asked
from commissioning.notices.ocds_values import Facts
from commissioning.notices.published import Found
from providers.open_referral.feed_answer import Wrong, answer, asked, open_to_all

JSON, HTML = "application/json", "text/html"


@csrf_exempt
def about(request: HttpRequest) -> HttpResponseBase:
    """In words for people, in JSON for programs: whichever they would rather have."""
    is_for_programs = request.method == "OPTIONS" or request.get_preferred_type([HTML, JSON]) == JSON
    response = about_in_json(request) if is_for_programs else about_in_words(request)
    patch_vary_headers(response, ["Accept"])
    return response


@require_safe
def about_in_words(request: HttpRequest) -> HttpResponse:
    return render(request, "notices/ocds.html", _about() | {"most": settings.FEED_REQUESTS_A_MINUTE})


@open_to_all
def about_in_json(request: HttpRequest) -> HttpResponseBase:
    return answer(request, _about())


def _about() -> Facts:
    return {
        "title": _("What councils published and decided, as open contracting data"),
        "version": "1.1.5",
        "ocid_prefix": settings.OCDS_PREFIX,
        "license": ocds.LICENCE,
        "releases": _address("ocds_releases"),
        "records": _address("ocds_records"),
    }


@open_to_all
def releases(request: HttpRequest) -> HttpResponseBase:
    return _listed(request, "releases", published.releases)


@open_to_all
def records(request: HttpRequest) -> HttpResponseBase:
    return _listed(request, "records", published.records)


@open_to_all
def one_release(request: HttpRequest, id: str) -> HttpResponseBase:
    told = published.one_release(id)
    if told is None:
        raise Http404
    return _alone(request, "ocds_release", id, {"releases": [told]})


@open_to_all
def one_record(request: HttpRequest, ocid: str) -> HttpResponseBase:
    process = published.one_process(ocid)
    if process is None:
        raise Http404
    return _alone(request, "ocds_record", ocid, {"records": [ocds.record(process)]})


def _alone(request: HttpRequest, name: str, id: str, contents: Facts) -> HttpResponseBase:
    told = _package(_address(name, id), contents, {})
    return answer(request, told, parse_datetime(told["publishedDate"]))


def _listed(request: HttpRequest, what: str, find: Callable[..., Found]) -> HttpResponseBase:
    wanted = asked(Asked(request.GET))
    number, size = wanted["page"], wanted["per_page"]
    # PostgreSQL counts no further than it can.
    start = min((number - 1) * size, 10**9)
    found = find(wanted["modified_after"], start, start + size)
    pages = math.ceil(found.in_all / size)
    if number > max(pages, 1):
        detail = _("There is no page %(page)s: the last one is %(last)d.")
        raise Wrong(HTTPStatus.NOT_FOUND, detail % {"page": str(number)[:20], "last": max(pages, 1)})
    if not found.told:
        # A package without a release is none, by the standard; and that nothing is new is no mistake of who asks.
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    around = {"prev": number - 1, "next": number + 1}
    links = {name: _page_address(what, wanted, page) for name, page in around.items() if 1 <= page <= pages}
    told = _package(_page_address(what, wanted, number), {what: found.told}, links)
    return answer(request, told, published.last_change())


def _package(uri: str, contents: Facts, links: Facts) -> Facts:
    return ocds.package(uri=uri, site=settings.SITE_URL, policy=_address("about_ocds"), contents=contents, links=links)


def _page_address(what: str, wanted: Facts, page: int) -> str:
    since = wanted["modified_after"]
    query: dict[str, Any] = {"page": page, "per_page": wanted["per_page"]}
    if since:
        query["modified_after"] = since.isoformat()
    return f"{_address(f'ocds_{what}')}?{urlencode(query)}"


def _address(name: str, *given: str) -> str:
    return settings.SITE_URL + reverse(name, args=given)
