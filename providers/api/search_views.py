"""The search: the same question as on the page, the same order, as JSON."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, QueryDict
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response

from providers.api import asked
from providers.api.documents import described, one_of, text, whole
from providers.api.endpoint import Endpoint
from providers.api.facts import Facts, minimal_facts, service_facts, told
from providers.api.shapes import SearchSerializer
from providers.finding.results import results, rows_of
from providers.listings import facets
from providers.listings.filters import CHOSEN_AT_MOST, NEED_AT_MOST
from providers.listings.search import FURTHEST_START, Answer, Question, ask
from providers.meaning.needs import Need
from registry.database.time_limit import time_limit
from registry.places.lookup import Place


def _facet(name: str) -> Any:
    values = [value for value, _words in facets.choices(name)] if name != "language" else []
    # As it was asked before there were several kinds of space.
    values += ["on", "true"] if name == "space" else []
    words = f"{facets.LABELS[name]}. Repeated, any of them; together with others, all of those"
    return one_of(name, words, values, at_most=CHOSEN_AT_MOST, pattern=f"^{asked.LANGUAGE.pattern}$")


PARAMETERS = (
    text("need", "What help is needed, in anybody's own words", maxLength=NEED_AT_MOST),
    text("postcode", "Where it is needed: all of a postcode, or its first half. One that is none is a 404"),
    text("near", "Instead of a postcode: latitude,longitude", pattern=f"^{asked.POINT.pattern}$"),
    whole(
        "within",
        "Those whose base is so many metres from the place, whether they would come or not; rounded up to kilometres",
        minimum=1,
        maximum=asked.FURTHEST_METRES,
    ),
    one_of("as_typed", "Look for exactly the words of `need`", list(asked.YES_OR_NO)),
    one_of("off", "Meanings of `need` that are not meant, by the names in `understood`", [], at_most=CHOSEN_AT_MOST),
    *(_facet(name) for name in facets.NAMES),
    whole("page", "From 1", minimum=1, maximum=asked.LAST_PAGE, default=1),
    whole("per_page", "How many on a page", minimum=1, maximum=asked.MOST_ON_A_PAGE, default=asked.A_PAGE),
    one_of("fields", "`minimal` answers faster, with the least that a list needs", list(asked.WORDS["fields"])),
    one_of("facets", "Whether to count by facet; `all` unless `fields` is `minimal`", list(asked.WORDS["facets"])),
)


class ServiceList(Endpoint):
    may_be_kept = False

    @described("search_services", "Services", SearchSerializer, also=(400, 404, 503), kept=False, parameters=PARAMETERS)
    def get(self, request: Request) -> Response:
        """Search for services that reach a place and meet a need.

        A service is found because it comes to the place, goes anywhere in its area, or is near enough to go to; each
        says which. What a service has not said never shuts it out by day or by payer. The order is fit, then space,
        then nearness and freshness; nobody pays for a place in it. Providers who would rather not be in open data
        are found on the website alone.
        """
        wanted = asked.read(request._request.GET)
        question = wanted.filter.question(timezone.localdate(), in_open_feed=True, within=wanted.within)
        with time_limit(settings.SEARCH_MILLISECONDS):
            answer = _ask(wanted, question)
            found = _results(wanted, question, answer)
        return Response(_told(wanted, question, answer, found, request._request.GET))


def _ask(wanted: asked.Asked, question: Question) -> Answer:
    if wanted.start > FURTHEST_START:
        raise Http404
    counted = facets.NAMES if wanted.with_facets else ()
    answer = ask(question, start=wanted.start, stop=wanted.start + wanted.per_page, facets=counted)
    if not answer.hits and wanted.page > 1:
        raise Http404
    return answer


def _results(wanted: asked.Asked, question: Question, answer: Answer) -> list[Facts]:
    if wanted.is_minimal:
        return minimal_facts(answer.hits, question.today)
    found = results(rows_of(answer.hits), wanted.filter.place, question.today)
    away = {str(hit.listing_id): hit for hit in answer.hits}
    return [service_facts(result, away[result.id]) for result in found]


def _told(wanted: asked.Asked, question: Question, answer: Answer, found: list[Facts], query: QueryDict) -> Facts:
    is_last = wanted.start + len(answer.hits) >= answer.total or wanted.start + wanted.per_page > FURTHEST_START
    facts: Facts = {
        "count": answer.total,
        "count_is_exact": answer.total_is_exact,
        "page": wanted.page,
        "per_page": wanted.per_page,
        "next": None if is_last else _page(query, wanted.page + 1),
        "previous": _page(query, wanted.page - 1) if wanted.page > 1 else None,
        "place": _where(wanted.filter.place) if wanted.filter.place else None,
        "understood": _meant(question.need),
    }
    return {**told(facts), **({"facets": answer.facets} if wanted.with_facets else {}), "results": found}


def _page(query: QueryDict, number: int) -> str:
    other = query.copy()
    other["page"] = str(number)
    return f"{settings.SITE_URL}/api/services/?{other.urlencode()}"


def _where(place: Place) -> Facts:
    """Of what was typed no more than its first half is said back."""
    council = place.council
    return told(
        {
            "postcode_district": place.outcode,
            "district_code": place.district_code,
            "council": {"code": council.pk, "name": council.full_name} if council else None,
        }
    )


def _meant(need: Need) -> Facts:
    """What the words were taken to mean; each is switched off by `off` and its name."""
    meanings = [
        {"name": each.name, "kind": each.kind, "code": each.code, "weight": round(each.weight, 3)}
        for each in need.meanings
    ]
    return told({"meanings": meanings, "words": need.words})
