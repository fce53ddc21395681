"""Rows of the commissioner's pages: each service with what its provider says, what was seen, and the council's own."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commissioning.models import CouncilListEntry, CouncilNote
from commissioning.sourcing.search.known import Found, known_of
from commissioning.sourcing.shown import size_words
from providers.credentials.kinds import name_of
from providers.credentials.wording import day, money
from providers.finding.results import Result, results, rows_among
from providers.models import Listing
from providers.models.provider import LegalForm


@dataclass(frozen=True)
class FieldRow:
    """`unknown` is what was asked and is not known of it; `unseen` what it says it holds and no council has seen."""

    found: Found
    result: Result
    legal_form: str
    size: str
    members: str
    base: str
    hours: str
    confirmed: str
    unseen: list[str]
    unknown: list[str]
    notes: int
    lists: list[str]


def field_rows(
    shown: Sequence[Found], today: datetime.date, council: str, unknown: Mapping[UUID, list[str]] | None = None
) -> list[FieldRow]:
    """A page of them, in a fixed number of queries. `council` is whose notes and lists are told of."""
    services = [one.service_id for one in shown]
    # All papers, where the search needed only those that were asked for.
    full = {one.service_id: one for one in known_of(services, kinds=None)}
    cards = {card.id: card for card in results(rows_among(Listing.listed.filter(pk__in=services)), None, today)}
    notes = notes_about([one.provider_id for one in shown], council)
    lists = lists_with(services, council)
    told = unknown or {}
    return [
        field_row(full[key], cards[str(key)], today, told.get(key, []), notes[full[key].provider_id], lists[key])
        for key in services
        if key in full and str(key) in cards
    ]


def field_row(
    found: Found, card: Result, today: datetime.date, unknown: list[str], notes: int, lists: list[str]
) -> FieldRow:
    said, known = card.content, found.known
    hours = known.hours_free
    return FieldRow(
        found=found,
        result=card,
        legal_form=str(LegalForm(said["legal_form"]).label),
        size=size_words(known.people),
        members={True: _("Yes"), False: _("No"), None: _("Not known")}[known.run_by_members],
        base=" ".join(filter(None, [said["town"], said["outcode"]])),
        hours=_("Not known") if hours is None else ngettext("%(n)d a week", "%(n)d a week", hours) % {"n": hours},
        confirmed=day(known.confirmed_on) if known.confirmed_on else _("Never"),
        unseen=unseen(found, today),
        unknown=unknown,
        notes=notes,
        lists=lists,
    )


def unseen(found: Found, today: datetime.date) -> list[str]:
    """What is said to be held today and no council's word stands behind; what was not accepted is not told."""
    return [
        " ".join(
            filter(
                None,
                [
                    name_of(one.holding.kind),
                    money(one.holding.amount_pence) if one.holding.amount_pence else "",
                    _("(to %(day)s)") % {"day": day(one.holding.ends_on)} if one.holding.ends_on else "",
                ],
            )
        )
        for one in found.known.held
        if one.holding.holds_on(today) and not one.seen_by and not one.holding.refused
    ]


def notes_about(providers: Sequence[UUID], council: str) -> Counter[UUID]:
    notes = CouncilNote.objects.filter(council=council, provider__in=providers)
    return Counter(notes.order_by().values_list("provider_id", flat=True))


def lists_with(services: Sequence[UUID], council: str) -> defaultdict[UUID, list[str]]:
    """Names of the council's lists by service."""
    found: defaultdict[UUID, list[str]] = defaultdict(list)
    entries = CouncilListEntry.objects.filter(list__council=council, service__in=services)
    for service, name in entries.order_by("list__name").values_list("service_id", "list__name"):
        found[service].append(name)
    return found
