"""On which councils' lists the invented stand: their own, some on the neighbour's too, a few that have asked it.

It comes after everything else, so that what was invented before stays the same.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from uuid import UUID

from providers.demonstration.writing import DECIDED_AT, Book, moment, note_evidence
from providers.models import Check, CheckPolicy, CouncilListing, Credential, Provider, ProviderMembership
from providers.models.check import CheckOutcome, Means
from providers.models.provider_membership import ProviderRole
from registry.models import User

# Shares of the listed: on the neighbour's list too, waiting for its answer, and only with papers to look at again.
ON_TWO_LISTS, ASKING, WITH_PAPERS = 0.12, 0.05, 0.05
RELIED_ON = 0.6
LOOK_AGAIN_AFTER_MONTHS = 6


def note_lists(book: Book) -> None:
    owners = _owners(provider for _, _, provider in book.to_list)
    papers: list[Provider] = []
    for decided, council, provider in book.to_list:
        by = book.checkers[council]
        listed_at = moment(decided, DECIDED_AT)
        own = {"asked_at": provider.created_at, "asked_by": owners[provider.pk]}
        book.add(CouncilListing(provider=provider, council_id=council, listed_at=listed_at, listed_by=by, **own))
        drawn = 0.0 if provider.slug in book.sound else book.rng.random()
        if drawn < ON_TWO_LISTS + ASKING:
            _note_neighbour(book, provider, owners[provider.pk], decided, is_listed=drawn < ON_TWO_LISTS)
        if drawn < ON_TWO_LISTS + ASKING + WITH_PAPERS:
            papers.append(provider)
    _note_papers(book, papers, owners)
    months = {"renewal_months": 12, "check_months": LOOK_AGAIN_AFTER_MONTHS}
    for council in book.checkers:
        CheckPolicy.objects.get_or_create(council_id=council, kind="public_liability", category=None, defaults=months)


def _note_neighbour(book: Book, provider: Provider, owner: User, decided: datetime.date, *, is_listed: bool) -> None:
    neighbour = book.neighbours[provider.home_council_id]
    days = datetime.timedelta(days=book.rng.randint(1, 40))
    # What still waits was asked of late: no council leaves anybody waiting for years.
    asked_on = min(decided + days, book.today) if is_listed else max(decided, book.today - days / 3)
    listing = CouncilListing(
        provider=provider, council_id=neighbour, asked_at=moment(asked_on, DECIDED_AT), asked_by=owner
    )
    book.tell("provider.asked_council", owner, listing, neighbour, provider)
    if is_listed:
        checker = book.checkers[neighbour]
        listing.listed_at, listing.listed_by = moment(asked_on, DECIDED_AT), checker
        book.tell("provider.listed_with", checker, listing, neighbour, provider)
        _note_relying(book, provider, checker, neighbour)
    book.add(listing)


def _note_relying(book: Book, provider: Provider, by: User, council: str) -> None:
    """The neighbour relies on most of what the home council saw; the rest waits for its own eyes."""
    seen = Check.objects.filter(credential__provider=provider, council=provider.home_council_id)
    for origin in seen.exclude(credential__checks__council=council).filter(outcome=CheckOutcome.SEEN):
        if book.rng.random() < RELIED_ON:
            relied = {"outcome": CheckOutcome.SEEN, "means": Means.RELIED, "relies_on": origin}
            book.add(
                Check(credential_id=origin.credential_id, council_id=council, by=by, seen_on=origin.seen_on, **relied)
            )


def _note_papers(book: Book, providers: list[Provider], owners: dict[UUID, User]) -> None:
    """Files of those that a council may want to look at; of the others they were purged, as they are after a while."""
    held = Credential.every.filter(provider__in=providers, evidence__isnull=True).select_related("provider")
    for credential in held.order_by("provider__slug", "kind"):
        note_evidence(credential, credential.provider, owners[credential.provider_id], book)


def _owners(providers: Iterable[Provider]) -> dict[UUID, User]:
    rows = ProviderMembership.objects.filter(role=ProviderRole.OWNER, provider__in=list(providers))
    return {row.provider_id: row.user for row in rows.select_related("user")}
