"""The ladder of what runs out: told 60, 30 and 7 days before, and on the last day."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from providers.credentials.letters import PEOPLE_WHO_EDIT, write_to_provider
from providers.credentials.rules import lapsed
from providers.credentials.wording import day, what_is_held
from providers.models import Credential, ProviderMembership
from registry.models import OutgoingMail
from registry.reminders.ladders import Due, Ladder, known_before, not_reminded
from registry.reminders.rules import Window

NAME = "credential-ends"
RUNGS = (60, 30, 7, 0)


def due(window: Window) -> Iterable[Due]:
    """What ends in the window, is still claimed, and is not renewed already."""
    rows = (
        Credential.every.filter(
            known_before(window, since="created_at", due_on="ends_on"),
            not_reminded(NAME, window, subject="pk", due_on="ends_on"),
            ~Exists(_renewals()),
            Exists(_people()),
            ends_on__range=(window.first, window.last),
            replaced_at__isnull=True,
            provider__left_at__isnull=True,
        )
        # Nobody is told to renew cover for employees whom they no longer have (rule 4).
        .exclude(Q(kind="employers_liability", provider__employs_anyone=False))
        .order_by("ends_on", "pk")
        .values_list("pk", "ends_on", "provider_id")
        .iterator()
    )
    return (Due(pk, ends_on, provider) for pk, ends_on, provider in rows if ends_on)


def tell(due: Due, rung: int, today: datetime.date) -> Sequence[OutgoingMail]:
    credential = Credential.every.select_related("provider").get(pk=due.subject_id)
    words = {
        "what": what_is_held(credential, credential.provider.people),
        "day": day(due.due_on),
        "page": f"{settings.SITE_URL}/my/{credential.provider.slug}/",
    }
    return write_to_provider(credential.provider, subject=_subject(words, due.due_on, today), body=_body(words))


def _renewals() -> QuerySet[Credential]:
    """The same thing held for longer: claimed, and not taken back."""
    return Credential.every.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=OuterRef("ends_on")),
        provider=OuterRef("provider"),
        kind=OuterRef("kind"),
        replaced_at__isnull=True,
    )


def _people() -> QuerySet[ProviderMembership]:
    return ProviderMembership.objects.current().filter(PEOPLE_WHO_EDIT, provider=OuterRef("provider"))


def _subject(words: dict[str, str], ends_on: datetime.date, today: datetime.date) -> str:
    if lapsed(ends_on=ends_on, today=today):
        return _("%(what)s ended on %(day)s") % words
    left = (ends_on - today).days
    if not left:
        return _("%(what)s ends today") % words
    ends = ngettext("%(what)s ends in %(left)d day", "%(what)s ends in %(left)d days", left)
    return ends % {**words, "left": left}


def _body(words: dict[str, str]) -> str:
    return (
        _(
            "%(what)s: its last day is %(day)s.\n\n"
            "If you have renewed it, or do so now, show us the new certificate. A photo will do:\n%(page)s\n\n"
            "From the day after its last day, your page says that it has ended. Your page stays up. If you do not "
            "hold it any more, say so on the same page and we stop reminding you."
        )
        % words
    )


LADDER = Ladder(NAME, RUNGS, due, tell)
