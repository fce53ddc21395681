"""Which services an answer is about, and in what order.

Without words and place it is the register itself, in the order of ids, so that pages stay what they are while somebody
reads them. With words or a place it is the one search of the site, best first; that has a bound, and says so.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import QuerySet

from providers.listings.asking import need_of
from providers.listings.search import FURTHEST_START, Answer, Question, ask
from providers.meaning.needs import Need
from providers.models import Listing, SearchRow
from providers.open_referral.feed_filters import Asked, narrowing
from providers.open_referral.feed_terms import published
from providers.open_referral.feed_totals import total

AT_ONCE = 200
# Taxonomies that the search itself can choose by; where it is more generous than the feed, the feed's filter decides.
FACETS = ("client_group", "payer", "language", "accessibility", "delivery", "legal_form")


@dataclass(frozen=True)
class Found:
    """How many there are, and the ids of those that were asked for."""

    total: int
    ids: list[UUID]


def found(asked: Asked, today: datetime.date, start: int, stop: int, with_door: bool = False) -> Found:
    """`with_door`: only those that people can come to."""
    question, rows = _question(asked, today), _rows(asked, today, with_door)
    if question is None:
        in_order = _keys(rows)
        in_all = rows.count() if _narrows(asked) else total(in_order, "doors" if with_door else "services")
        return Found(in_all, list(in_order[start:stop]))
    if with_door or _narrows(asked):
        kept = _kept(question, rows)
        return Found(len(kept), kept[start:stop])
    answer = _answered(question, start, min(stop, FURTHEST_START))
    within_bound = start < FURTHEST_START
    return Found(min(answer.total, FURTHEST_START), [hit.listing_id for hit in answer.hits] if within_bound else [])


def each(asked: Asked, today: datetime.date, with_door: bool = False) -> Iterator[Sequence[UUID]]:
    """All of them in handfuls, whatever page was asked for."""
    if _question(asked, today) is None:
        yield from _walked(_rows(asked, today, with_door))
        return
    ids = found(asked, today, 0, FURTHEST_START, with_door).ids
    yield from (ids[at : at + AT_ONCE] for at in range(0, len(ids), AT_ONCE))


def _rows(asked: Asked, today: datetime.date, with_door: bool) -> QuerySet[SearchRow]:
    """By the lean rows of the search, in the order of their ids; wide ones are read only where a filter needs them."""
    rows = SearchRow.objects.filter(in_open_feed=True)
    if with_door:
        rows = rows.filter(come_to_us__isnull=False)
    if _narrows(asked):
        rows = rows.filter(pk__in=Listing.objects.filter(narrowing(asked, today)).values("pk"))
    return rows


def _walked(rows: QuerySet[SearchRow]) -> Iterator[Sequence[UUID]]:
    """From id to id, so that the millionth costs what the first does."""
    last: UUID | None = None
    while ids := list(_keys(rows.filter(pk__gt=last) if last else rows)[:AT_ONCE]):
        yield ids
        last = ids[-1]


def _keys(rows: QuerySet[SearchRow]) -> QuerySet[SearchRow, UUID]:
    return rows.order_by("pk").values_list("pk", flat=True)


def _question(asked: Asked, today: datetime.date) -> Question | None:
    """The site's own question, where words or a place were given."""
    if not asked["search"].strip() and asked["postcode"] is None:
        return None
    need = need_of(asked["search"]) if asked["search"].strip() else Need.nothing()
    within = None if asked["proximity"] is None else round(asked["proximity"])
    return Question(
        need=need,
        today=today,
        spot=asked["postcode"],
        chosen=_chosen(asked["taxonomy_term_id"]),
        within=within,
        in_open_feed=True,
    )


def _answered(question: Question, start: int, stop: int) -> Answer:
    """The search's own answer; where nobody is in a place that the words name, the same without it.

    A page says so and offers to look further; a feed has no such page.
    """
    answer = ask(question, start=start, stop=stop, facets=())
    if answer.total or not question.need.codes("place"):
        return answer
    elsewhere = tuple(meaning for meaning in question.need.meanings if meaning.kind != "place")
    return ask(replace(question, need=replace(question.need, meanings=elsewhere)), start=start, stop=stop, facets=())


def _chosen(ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Terms as the search's own choices, so that what is looked through is near to what is wanted."""
    chosen: dict[str, tuple[str, ...]] = {}
    for term in filter(None, (published().by_id.get(id) for id in ids)):
        facet = "category" if term.taxonomy == "care" else term.taxonomy
        if facet == "category" or facet in FACETS:
            chosen[facet] = (*chosen.get(facet, ()), term.code)
    return chosen


def _narrows(asked: Asked) -> bool:
    names = ("taxonomy_term_id", "taxonomy_id", "organization_id", "modified_after", "day")
    times = (asked["start_time"], asked["end_time"])
    return any(asked[name] for name in names) or any(time is not None for time in times)


def _kept(question: Question, rows: QuerySet[SearchRow]) -> list[UUID]:
    """Of the hits those that the filters keep, in the order of the search."""
    best = [hit.listing_id for hit in _answered(question, 0, FURTHEST_START).hits]
    kept = set(rows.filter(pk__in=best).values_list("pk", flat=True))
    return [id for id in best if id in kept]
