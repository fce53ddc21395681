"""Every write about what somebody says is wrong on a page: telling, passing on, answering, closing, handing over."""

from __future__ import annotations

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from providers.access import council_that_decides
from providers.correcting.links import own_page
from providers.credentials.letters import write_to_provider
from providers.models import Correction, Provider
from providers.models.correction import CorrectionAnswer, CorrectionOutcome
from registry.access.opened import Opened
from registry.audit.actions import record
from registry.mail.actions import queue
from registry.models import User

# More than that says nothing new, and hides from the council what does.
MOST_OPEN = 20


class EnoughToldError(Exception):
    """So much waits about this provider that the council knows."""


class TooLateError(Exception):
    """Closed, or answered, meanwhile."""


@transaction.atomic
def tell(*, provider: Provider, kind: str, words: str, email: str, opened: Opened) -> Correction:
    """Put it into the council's queue. The provider learns what it is about; the words wait for a checker to read.

    They may tell of a danger from the provider itself, or of who wrote them. Raises EnoughToldError.
    """
    Provider.every.select_for_update().get(pk=provider.pk)
    before = Correction.objects.filter(press=opened.press, provider=provider).first()
    if before is not None:
        return before
    if Correction.objects.waiting().filter(provider=provider).count() >= MOST_OPEN:
        raise EnoughToldError
    told = Correction.objects.create(
        provider=provider, kind=kind, words=words.strip(), email=email.strip(), press=opened.press
    )
    record("correction.told", by=None, target=told, provider_id=provider.pk)
    _write_to_provider(told, _("Somebody says that something on your page is wrong"))
    return told


@transaction.atomic
def pass_on(*, correction: Correction, by: User) -> None:
    """Let the provider read the words. Harmless when it may already."""
    mine = _open(correction)
    if mine.passed_on_at is None:
        mine.passed_on_at = timezone.now()
        mine.save(update_fields=["passed_on_at"])
        _note("correction.passed_on", mine, by)
        _write_to_provider(mine, _("What somebody wrote about your page"))


@transaction.atomic
def answer(*, correction: Correction, answer: str, words: str, by: User) -> None:
    """The provider has put it right, or says that it is right. The council closes it. Raises TooLateError."""
    mine = _open(correction)
    if mine.answered_at is not None:
        raise TooLateError
    mine.answered_at = timezone.now()
    mine.answer, mine.answer_words = CorrectionAnswer(answer), words.strip()
    mine.save()
    record("correction.answered", by=by, target=mine, provider_id=mine.provider_id)


@transaction.atomic
def close(*, correction: Correction, outcome: str, by: User) -> None:
    """What became of it, told to who wrote if they left an address. Raises TooLateError."""
    mine = _open(correction)
    _end(mine, outcome, by)
    _note("correction.closed", mine, by)
    if mine.email:
        words = {"provider": mine.provider, "outcome": mine.get_outcome_display()}
        subject = _("What you told us about %(provider)s") % {"provider": mine.provider.name}
        queue(to=mine.email, subject=subject, body=render_to_string("mail/correction_closed.txt", words))


@transaction.atomic
def hand_over(*, correction: Correction, by: User) -> None:
    """A safeguarding concern was in it: once it is handed over, words and address go (rule 16)."""
    mine = Correction.objects.select_for_update(of=("self",)).select_related("provider").get(pk=correction.pk)
    if mine.purged_at is None:
        if mine.closed_at is None:
            _end(mine, CorrectionOutcome.HANDED_OVER, by)
        forget(mine)
        _note("correction.words_removed", mine, by)


def forget(correction: Correction) -> None:
    """The words and the address go; that something was said to be wrong, and what became of it, stays for a year."""
    correction.words = correction.email = correction.answer_words = ""
    correction.purged_at = timezone.now()
    correction.save()


def _end(correction: Correction, outcome: str, by: User) -> None:
    correction.closed_at, correction.closed_by = timezone.now(), by
    correction.outcome = CorrectionOutcome(outcome)
    correction.save()


def _write_to_provider(correction: Correction, subject: str) -> None:
    words = {"correction": correction, "link": own_page(correction.provider)}
    body = render_to_string("mail/correction_told.txt", words)
    write_to_provider(correction.provider, subject=subject, body=body)


def _note(verb: str, correction: Correction, by: User) -> None:
    council = council_that_decides(by, correction.provider)
    record(verb, by=by, target=correction, council=council, provider_id=correction.provider_id)


def _open(correction: Correction) -> Correction:
    mine = Correction.objects.waiting().select_for_update(of=("self",)).select_related("provider")
    found = mine.filter(pk=correction.pk).first()
    if found is None:
        raise TooLateError
    return found
