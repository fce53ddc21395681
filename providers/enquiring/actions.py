"""Every write about enquiries: asking, pressing the link, answering, taking back, deleting."""

from __future__ import annotations

import datetime
import math
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from providers.enquiring import letters, rules
from providers.enquiring.rules import Signs, WhyNot
from providers.figures.actions import add_up
from providers.figures.rules import monday_of
from providers.models import AnswerTime, Enquiry, Provider, Service
from providers.models.enquiry import Answered
from registry.access.opened import Opened
from registry.audit.actions import record
from registry.models import OutgoingMail, User

A_DAY = datetime.timedelta(days=1)
A_WEEK = datetime.timedelta(days=7)
LONGEST_HOURS = 24 * 90
FORGOTTEN = ["name", "email", "phone", "help_wanted", "days_wanted", "area", "answer", "likeness"]


class NotTakenError(Exception):
    """The message is not taken today; `why` says why."""

    def __init__(self, why: WhyNot) -> None:
        self.why = why
        super().__init__(why.value)


class TooLateError(Exception):
    """Taken back, or answered, meanwhile."""


@dataclass(frozen=True)
class Asked:
    """What somebody typed, cleaned."""

    name: str
    answer_by: str
    help_wanted: str
    email: str = ""
    phone: str = ""
    may_write: bool = False
    days_wanted: str = ""
    area: str = ""
    service: Service | None = None


@transaction.atomic
def ask(*, provider: Provider, asked: Asked, opened: Opened) -> Enquiry:
    """Keep a message and pass it on, or let it wait for its sender's press. A page sent twice is one message."""
    Provider.every.select_for_update().get(pk=provider.pk)
    before = Enquiry.objects.filter(press=opened.press, provider=provider).first()
    if before is not None:
        return before
    now = timezone.now()
    likeness = _likeness(asked.help_wanted)
    is_mechanical = rules.looks_mechanical(_signs(asked, opened, likeness, now))
    against = rules.why_not(
        sent_today=_of(asked).filter(asked_at__gt=now - A_DAY).count(),
        come_today=Enquiry.objects.filter(provider=provider, asked_at__gt=now - A_DAY).count(),
        is_mechanical=is_mechanical,
        has_email=bool(asked.email),
    )
    if against is not None:
        raise NotTakenError(against)
    enquiry = Enquiry.objects.create(
        provider=provider, press=opened.press, likeness=likeness, was_held=is_mechanical, asked_at=now, **_kept(asked)
    )
    record("enquiry.asked", by=None, target=enquiry, provider_id=provider.pk)
    if is_mechanical:
        letters.tell_sender(enquiry, "mail/enquiry_held.txt", _("Press once, and we pass on what you wrote"))
    else:
        _pass_on(enquiry, now)
    return enquiry


@transaction.atomic
def confirm(*, enquiry: Enquiry) -> None:
    """The sender has pressed the link in the e-mail. A second press changes nothing."""
    mine = _locked(enquiry)
    if mine.relayed_at is None and mine.withdrawn_at is None:
        _pass_on(mine, timezone.now())


@transaction.atomic
def answer(*, enquiry: Enquiry, words: str, by: User | None) -> None:
    """Pass an answer on to who asked. `by` is None where the link of an e-mail did it."""
    mine = _to_answer(enquiry)
    mine.answer = words.strip()
    _mark(mine, Answered.HERE, by)
    letters.tell_sender(mine, "mail/enquiry_answered.txt", _("%(provider)s has answered you"))


@transaction.atomic
def mark_answered(*, enquiry: Enquiry, how: Answered, by: User | None) -> None:
    """They rang, or wrote from their own address: one press. Harmless once it is answered."""
    mine = _locked(enquiry)
    if mine.relayed_at is not None and mine.answered_at is None and mine.withdrawn_at is None:
        _mark(mine, how, by)


@transaction.atomic
def withdraw(*, enquiry: Enquiry) -> None:
    """Who asked takes it back: what they wrote goes at once, from the mail that still waits too."""
    mine = _locked(enquiry)
    if mine.withdrawn_at is not None:
        return
    now = timezone.now()
    held_back = OutgoingMail.objects.filter(letters.about(mine), sent_at__isnull=True, given_up_at__isnull=True)
    held_back.update(given_up_at=now, to="", subject="", body="", reply_to="")
    if mine.relayed_at is not None:
        letters.tell_withdrawn(mine)
    mine.withdrawn_at = now
    for fact in FORGOTTEN:
        setattr(mine, fact, "")
    mine.save()
    record("enquiry.withdrawn", by=None, target=mine, provider_id=mine.provider_id)


@transaction.atomic
def ask_nothing_later(*, enquiry: Enquiry) -> None:
    """They would rather not be asked, a month after the answer, how it went."""
    mine = _locked(enquiry)
    if mine.not_asked_later_since is None:
        mine.not_asked_later_since = timezone.now()
        mine.save(update_fields=["not_asked_later_since"])


@transaction.atomic
def delete(*, enquiry: Enquiry, by: User | None) -> None:
    """Whole. That it was never answered is kept, with nothing about who asked."""
    mine = _locked(enquiry)
    if mine.relayed_at is not None and mine.answered_at is None and mine.withdrawn_at is None:
        AnswerTime.objects.create(provider_id=mine.provider_id, week=_week(mine), hours=None)
    if by is not None:
        record("enquiry.deleted", by=by, target=mine, provider_id=mine.provider_id)
    mine.delete()


def _pass_on(enquiry: Enquiry, now: datetime.datetime) -> None:
    enquiry.relayed_at = now
    enquiry.save(update_fields=["relayed_at"])
    letters.relay(enquiry)
    letters.tell_sender(enquiry, "mail/enquiry_sent.txt", _("We have passed on what you wrote to %(provider)s"))
    add_up({(enquiry.provider_id, monday_of(timezone.localdate(now))): {"asked": 1}})


def _mark(enquiry: Enquiry, how: Answered, by: User | None) -> None:
    assert enquiry.relayed_at is not None, "only what reached the provider is answered"
    enquiry.answered_at = timezone.now()
    enquiry.answered_how = how
    enquiry.save()
    took = (enquiry.answered_at - enquiry.relayed_at).total_seconds() / 3600
    hours = min(max(1, math.ceil(took)), LONGEST_HOURS)
    AnswerTime.objects.create(provider_id=enquiry.provider_id, week=_week(enquiry), hours=hours)
    record("enquiry.answered", by=by, target=enquiry, provider_id=enquiry.provider_id)


def _week(enquiry: Enquiry) -> datetime.date:
    return monday_of(timezone.localdate(enquiry.asked_at))


def _kept(asked: Asked) -> dict[str, Any]:
    """What is kept of it: a whole postcode is cut to its first half, wherever it was typed."""
    cut = {fact: rules.without_full_postcodes(getattr(asked, fact)) for fact in ("help_wanted", "days_wanted", "area")}
    return {**vars(asked), **cut}


def _of(asked: Asked) -> Any:
    """The messages of the same person, as far as an address or a number tells."""
    same = Q(email__iexact=asked.email) if asked.email else Q(phone=asked.phone)
    return Enquiry.objects.filter(same)


def _signs(asked: Asked, opened: Opened, likeness: str, now: datetime.datetime) -> Signs:
    alike = Enquiry.objects.filter(likeness=likeness, asked_at__gt=now - A_WEEK)
    pressed = _of(asked).filter(was_held=True, relayed_at__gt=now - A_WEEK)
    return Signs(
        is_hasty=opened.is_hasty,
        links=rules.links_in(asked.help_wanted),
        same_text_to=alike.values("provider").distinct().count(),
        is_known=pressed.exists(),
    )


def _likeness(words: str) -> str:
    """A keyed digest of the words, however they are spaced."""
    plain = " ".join(words.lower().split())
    return salted_hmac("providers.enquiring.likeness", plain, algorithm="sha256").hexdigest()


def _to_answer(enquiry: Enquiry) -> Enquiry:
    mine = _locked(enquiry)
    if mine.relayed_at is None or mine.answered_at is not None or mine.withdrawn_at is not None:
        raise TooLateError
    return mine


def _locked(enquiry: Enquiry) -> Enquiry:
    return Enquiry.objects.select_for_update(of=("self",)).select_related("provider").get(pk=enquiry.pk)
