"""Every text of a provider that a checker can read, and how one with a safeguarding concern in it is taken out.

A concern is never typed here (rule 16). Where one comes in through another form all the same, it is handed over first
and purged then, wherever it stands.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from providers.joining import facts
from providers.joining.changed import label_of
from providers.joining.changes import publish_again
from providers.joining.settling import settle
from providers.models import FieldChange, Provider, Service, Submission
from providers.models.field_change import ChangeOutcome
from providers.moderation.queue_actions import lock, note
from registry.models import User

# What people write in their own words; everything else is chosen, counted or dated.
FREE = ("about", "description", "price_note", "name", "town", "place")
Row = Submission | FieldChange | Service | Provider


@dataclass(frozen=True)
class Text:
    """`inside` is the name of the fact, where the column holds several."""

    row: Row
    column: str
    label: str | Promise
    words: str
    inside: str = ""

    @property
    def key(self) -> str:
        return "/".join([type(self.row).__name__.lower(), str(self.row.pk), self.column, self.inside])


def texts_of(submission: Submission) -> list[Text]:
    """What was sent to this council or stands on record; nothing that is empty."""
    provider = submission.provider
    sent = Submission.objects.filter(provider=provider, council=submission.council_id).order_by("-sent_at")
    changes = FieldChange.objects.filter(provider=provider).order_by("-made_at")
    found = [*_of_submissions(sent), *_of_changes(changes), *_of_listing(provider)]
    return [text for text in found if text.words.strip()]


@transaction.atomic
def purge_texts(*, submission: Submission, keys: Collection[str], by: User) -> None:
    """Blank the chosen texts. A change that still waits goes with its words; what is public is frozen anew without."""
    mine = lock(submission, by)
    provider = Provider.every.select_for_update().get(pk=mine.provider_id)
    chosen = [text for text in texts_of(mine) if text.key in keys]
    if not chosen:
        return
    note("submission.answer_purged", by, mine, sorted({text.inside or text.column for text in chosen}))
    for text in chosen:
        _blank(text)
    if any(isinstance(text.row, Service | Provider) for text in chosen):
        publish_again(provider=Provider.every.get(pk=provider.pk), by=by, now=timezone.now())
    settle(provider=provider, by=by)


def _of_submissions(sent: Iterable[Submission]) -> Iterable[Text]:
    for each in sent:
        yield Text(each, "answer", _("What they wrote to you"), each.answer)
        yield Text(each, "reason", _("The reason for a decision"), each.reason)


def _of_changes(changes: Iterable[FieldChange]) -> Iterable[Text]:
    for change in changes:
        yield Text(change, "answer", _("Their answer to a refusal"), change.answer)
        yield Text(change, "reason", _("The reason for a refusal"), change.reason)
        for column in ("will_be", "was"):
            for name in FREE:
                words = getattr(change, column).get(name)
                yield Text(change, column, _label_in(change, name), words or "", name)


def _of_listing(provider: Provider) -> Iterable[Text]:
    yield Text(provider, "about", _("About the business"), provider.about)
    for service in Service.every.filter(provider=provider):
        about = {"service": service.name}
        yield Text(service, "description", _("Description of “%(service)s”") % about, service.description)
        yield Text(service, "price_note", _("More about the price of “%(service)s”") % about, service.price_note)


def _label_in(change: FieldChange, name: str) -> str | Promise:
    if change.fact == facts.NEW:
        return _("A new service: %(fact)s") % {"fact": name}
    return label_of(change.part, change.fact)


def _blank(text: Text) -> None:
    # Read again: one row may hold several of the chosen texts.
    row = type(text.row)._default_manager.get(pk=text.row.pk)
    columns = {text.column}
    if text.inside and isinstance(row, FieldChange):
        setattr(row, text.column, getattr(row, text.column) | {text.inside: ""})
        columns |= _take_back(row)
    else:
        # A decision keeps that it had a reason; the database asks for one.
        setattr(row, text.column, _("Taken out.") if text.column == "reason" else "")
    row.save(update_fields=columns)


def _take_back(change: FieldChange) -> set[str]:
    """Half its words must not be said yes to. A new service goes on waiting: the checker says no to it."""
    if change.decided_at is not None or change.fact == facts.NEW:
        return set()
    change.outcome, change.decided_at = ChangeOutcome.WITHDRAWN, timezone.now()
    return {"outcome", "decided_at"}
