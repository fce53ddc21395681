"""The ladder of confirmations: asked two weeks before the 90 days are over, and once more three days before."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import DateField, Exists, F, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast, Coalesce, TruncDate
from django.utils.translation import gettext as _

from providers.confirming.links import Asked, address
from providers.credentials.letters import PEOPLE_WHO_EDIT, write_to_provider
from providers.credentials.wording import day
from providers.listings.freshness import GOOD_FOR
from providers.models import Listing, Provider, ProviderMembership
from registry.models import OutgoingMail
from registry.reminders.ladders import Due, Ladder, not_reminded
from registry.reminders.rules import Window

NAME = "confirmation"
RUNGS = (14, 3)


def due(window: Window) -> Iterable[Due]:
    """Listed providers whose oldest confirmation ends in the window. One never confirmed counts from its listing."""
    rows = (
        Provider.listed.filter(Exists(_confirmed_in(window)), Exists(_people()))
        .annotate(said=Coalesce(Subquery(_oldest()), TruncDate("listed_at"), output_field=DateField()))
        # A day and an interval make a moment in PostgreSQL: back to a day.
        .annotate(due_on=Cast(F("said") + GOOD_FOR, DateField()))
        .filter(
            not_reminded(NAME, window, subject="pk", due_on="due_on"),
            due_on__range=(window.first, window.last),
        )
        .order_by("due_on", "pk")
        .values_list("pk", "due_on")
    )
    return (Due(pk, due_on, pk) for pk, due_on in rows.iterator())


def _confirmed_in(window: Window) -> QuerySet[Listing]:
    """One service at least was confirmed at that time, or never: an index answers this, before anything is added up."""
    then = Q(confirmed_on__range=(window.first - GOOD_FOR, window.last - GOOD_FOR))
    return Listing.objects.filter(then | Q(confirmed_on__isnull=True), provider=OuterRef("pk"))


def _oldest() -> QuerySet[Any, Any]:
    mine = Listing.objects.filter(provider=OuterRef("pk")).order_by().values("provider")
    return mine.annotate(oldest=Min("confirmed_on")).values("oldest")


def _people() -> QuerySet[ProviderMembership]:
    return ProviderMembership.objects.current().filter(PEOPLE_WHO_EDIT, provider=OuterRef("pk"))


def tell(due: Due, rung: int, today: datetime.date) -> Sequence[OutgoingMail]:
    provider = Provider.every.get(pk=due.subject_id)
    words = {
        "name": provider.name,
        "link": address(Asked(provider.pk, due.due_on)),
        "day": day(due.due_on),
    }
    subject = _("Is your listing still right?") if rung == max(RUNGS) else _("Your listing: one press, please")
    body = _(
        "Families and councils read what %(name)s says on Nearhand. Is it still right? One press says yes, and you do "
        "not have to sign in:\n%(link)s\n\n"
        "If something has changed, the same page takes you to where you change it.\n\n"
        "Please do it by %(day)s. After that your listing stays up, but below those who have confirmed theirs, and it "
        "says when you last did."
    )
    return write_to_provider(provider, subject=subject, body=body % words)


LADDER = Ladder(NAME, RUNGS, due, tell)
