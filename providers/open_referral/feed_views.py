"""Open Referral UK 3.0 at /open-referral/v3/: who asks reads, in pages or line by line."""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable, Iterator, Sequence
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from providers.open_referral import feed_asked, feed_found, feed_organizations
from providers.open_referral.feed_answer import Wrong, answer, asked, open_to_all, stream
from providers.open_referral.feed_changes import last_change_of_all
from providers.open_referral.feed_document import document
from providers.open_referral.feed_entries import Entry, changes_of, entries_of
from providers.open_referral.feed_ids import LINK, turned
from providers.open_referral.feed_objects import link, middles_for, service, whole_service
from providers.open_referral.feed_terms import Term, published
from providers.open_referral.feed_totals import total

Facts = dict[str, Any]
Told = Callable[[Sequence[UUID], datetime.date], list[Facts]]
PROFILE = "https://github.com/OpenReferralUK/uk-profile/blob/main/docs/index.md"


@open_to_all
def root(request: HttpRequest) -> HttpResponseBase:
    address = f"{settings.SITE_URL}/open-referral/v3/openapi.json"
    return answer(request, {"version": "HSDS-UK-3.0", "profile": PROFILE, "openapi_url": address})


@open_to_all
def openapi(request: HttpRequest) -> HttpResponseBase:
    return answer(request, document())


@open_to_all
def services(request: HttpRequest) -> HttpResponseBase:
    wanted = asked(feed_asked.Services(request.GET))
    told = _minimal if wanted["minimal"] else _whole if wanted["full"] else _short
    return _listed(request, wanted, told)


@open_to_all
def one_service(request: HttpRequest, id: UUID) -> HttpResponseBase:
    entry = _entry(id)
    return answer(request, _all_of([entry])[0], entry.changed_at)


@open_to_all
def service_at_locations(request: HttpRequest) -> HttpResponseBase:
    wanted = asked(feed_asked.Services(request.GET))
    told = _minimal_links if wanted["minimal"] else _whole_links if wanted["full"] else _links
    return _listed(request, wanted, told, with_door=True)


@open_to_all
def one_service_at_location(request: HttpRequest, id: UUID) -> HttpResponseBase:
    entry = _entry(turned(id, LINK))
    if entry.door is None:
        raise Http404
    return answer(request, _all_at([entry])[0], entry.changed_at)


@open_to_all
def taxonomies(request: HttpRequest) -> HttpResponseBase:
    wanted = asked(feed_asked.Paged(request.GET))
    return _all(request, wanted, [taxonomy.told for taxonomy in published().taxonomies.values()])


@open_to_all
def one_taxonomy(request: HttpRequest, id: UUID) -> HttpResponseBase:
    taxonomy = published().taxonomies.get(str(id))
    if taxonomy is None:
        raise Http404
    return answer(request, taxonomy.told | {"taxonomy_terms": [term.told for term in taxonomy.terms]})


@open_to_all
def taxonomy_terms(request: HttpRequest) -> HttpResponseBase:
    wanted = asked(feed_asked.Terms(request.GET))
    return _all(request, wanted, [term.told for term in published().by_id.values() if _is_wanted(term, wanted)])


@open_to_all
def one_taxonomy_term(request: HttpRequest, id: UUID) -> HttpResponseBase:
    term = published().by_id.get(str(id))
    if term is None:
        raise Http404
    return answer(request, term.told)


@open_to_all
def organizations(request: HttpRequest) -> HttpResponseBase:
    wanted, today = asked(feed_asked.Organizations(request.GET)), timezone.localdate()
    since = wanted["modified_after"]
    rows = feed_organizations.changed(since, today) if since else feed_organizations.everyone()
    if wanted["format"] == "ndjson":
        return stream(request, feed_organizations.each(rows, wanted, today))
    start, stop = _span(wanted)
    page = feed_organizations.told(list(rows[start:stop]), wanted, today)
    in_all = rows.count() if since else total(rows, "organizations")
    return answer(request, _page(wanted, in_all, page), last_change_of_all(today))


@open_to_all
def one_organization(request: HttpRequest, id: UUID) -> HttpResponseBase:
    wanted = asked(feed_asked.OneOrganization(request.GET))
    told, changed_at = feed_organizations.one(id, wanted, timezone.localdate())
    return answer(request, told, changed_at)


@open_to_all
def nothing_here(request: HttpRequest, rest: str) -> HttpResponseBase:
    detail = _("There is no such address. See %(here)s.") % {"here": f"{settings.SITE_URL}/open-referral/v3/"}
    raise Wrong(HTTPStatus.NOT_FOUND, detail)


def _listed(request: HttpRequest, wanted: Facts, told: Told, *, with_door: bool = False) -> HttpResponseBase:
    today = timezone.localdate()
    if wanted["format"] == "ndjson":
        return stream(request, _lines(feed_found.each(wanted, today, with_door), told, today))
    start, stop = _span(wanted)
    found = feed_found.found(wanted, today, start, stop, with_door)
    return answer(request, _page(wanted, found.total, told(found.ids, today)), last_change_of_all(today))


def _lines(handfuls: Iterator[Sequence[UUID]], told: Told, today: datetime.date) -> Iterator[Facts]:
    for ids in handfuls:
        yield from told(ids, today)


def _all(request: HttpRequest, wanted: Facts, rows: list[Facts]) -> HttpResponseBase:
    """Of what is all in memory."""
    if wanted["format"] == "ndjson":
        return stream(request, rows)
    start, stop = _span(wanted)
    return answer(request, _page(wanted, len(rows), rows[start:stop]))


def _span(wanted: Facts) -> tuple[int, int]:
    # Past a million pages of a hundred there is nothing, and PostgreSQL counts no further than it can.
    start = min((wanted["page"] - 1) * wanted["per_page"], 10**9)
    return start, start + wanted["per_page"]


def _page(wanted: Facts, total: int, contents: list[Facts]) -> Facts:
    number, pages = wanted["page"], math.ceil(total / wanted["per_page"])
    if number > max(pages, 1):
        detail = _("There is no page %(page)s: the last one is %(last)d.")
        raise Wrong(HTTPStatus.NOT_FOUND, detail % {"page": str(number)[:20], "last": max(pages, 1)})
    return {
        "total_items": total,
        "total_pages": pages,
        "page_number": number,
        "size": len(contents),
        "first_page": number == 1,
        "last_page": number >= pages,
        "empty": not contents,
        "contents": contents,
    }


def _entry(id: UUID) -> Entry:
    found = entries_of([id], timezone.localdate())
    if not found:
        raise Http404
    return found[0]


def _all_of(entries: list[Entry]) -> list[Facts]:
    middles = middles_for(entries)
    return [whole_service(entry, middles) for entry in entries]


def _all_at(entries: list[Entry]) -> list[Facts]:
    """Of a service as its own link tells it: without that link."""
    return [
        link(entry, whole=True)
        | {"service": {name: fact for name, fact in told.items() if name != "service_at_locations"}}
        for entry, told in zip(entries, _all_of(entries), strict=True)
        if entry.door
    ]


def _short(ids: Sequence[UUID], today: datetime.date) -> list[Facts]:
    return [service(entry) for entry in entries_of(ids, today)]


def _whole(ids: Sequence[UUID], today: datetime.date) -> list[Facts]:
    return _all_of(entries_of(ids, today))


def _minimal(ids: Sequence[UUID], today: datetime.date) -> list[Facts]:
    return [{"id": str(id), "modified_date": at.isoformat()} for id, at in changes_of(ids, today)]


def _links(ids: Sequence[UUID], today: datetime.date) -> list[Facts]:
    return [link(entry) | {"service": service(entry)} for entry in entries_of(ids, today) if entry.door]


def _whole_links(ids: Sequence[UUID], today: datetime.date) -> list[Facts]:
    return _all_at(entries_of(ids, today))


def _minimal_links(ids: Sequence[UUID], today: datetime.date) -> list[Facts]:
    changes = changes_of(ids, today)
    return [{"id": str(turned(id, LINK)), "modified_date": at.isoformat()} for id, at in changes]


def _is_wanted(term: Term, wanted: Facts) -> bool:
    told = term.told
    return (
        (not wanted["taxonomy_id"] or told["taxonomy_id"] == wanted["taxonomy_id"])
        and (not wanted["parent_id"] or told.get("parent_id") == wanted["parent_id"])
        and (not wanted["top_only"] or "parent_id" not in told)
    )
