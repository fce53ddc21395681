"""Every write about references: asking a customer, what the customer answers, and forgetting who it was."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from providers.credentials.actions import add_credential
from providers.credentials.kinds import REFERENCES
from providers.credentials.sending import ask_about_proof
from providers.models import Credential, Provider, ProviderMembership, Reference
from providers.models.reference import REFERENCE_LASTS, WANTED
from providers.references.links import link_to, state_of
from providers.references.rules import MOST_ASKED_WITHIN, State, WhyNot, why_not
from registry.audit.actions import record
from registry.mail.actions import queue
from registry.models import Council, User


class NotAskedError(Exception):
    """This customer is not asked; `why` says what stands against it."""

    def __init__(self, why: WhyNot) -> None:
        self.why = why
        super().__init__(why.value)


class TooLateError(Exception):
    """The question has been answered, taken back or forgotten meanwhile; `state` says which."""

    def __init__(self, state: State) -> None:
        self.state = state
        super().__init__(state.value)


@transaction.atomic
def ask(*, provider: Provider, name: str, email: str, by: User) -> Reference:
    """Write to a customer whom the provider has asked first. Raises NotAskedError."""
    Provider.every.select_for_update().get(pk=provider.pk)
    now = timezone.now()
    mine = Reference.objects.filter(provider=provider)
    against = why_not(
        email=email,
        own=_own_addresses(provider),
        asked_now=[reference.customer_email for reference in standing(provider, now)],
        wanted=WANTED,
        asked_lately=mine.filter(asked_at__gt=now - MOST_ASKED_WITHIN).count(),
    )
    if against is not None:
        raise NotAskedError(against)
    asked = Reference.objects.create(
        provider=provider, customer_name=name.strip(), customer_email=email.strip(), asked_at=now, asked_by=by
    )
    _write_to_customer(asked)
    record("reference.asked", by=by, target=asked, provider_id=provider.pk)
    return asked


@transaction.atomic
def withdraw(*, reference: Reference, by: User) -> None:
    """The provider needs it no more; who was asked is forgotten at once. Harmless once it is over."""
    mine = _locked(reference)
    now = timezone.now()
    if state_of(mine, now) is not State.ASKED:
        return
    mine.withdrawn_at = now
    forget(mine, now)
    record("reference.withdrawn", by=by, target=mine, provider_id=mine.provider_id)


@transaction.atomic
def answer(*, reference: Reference, known_for: str, words: str, would_ask_again: bool) -> None:
    """What the customer says. With the last one that is wanted, the claim is made and waits for a check."""
    mine = _open(reference)
    mine.answered_at = timezone.now()
    mine.known_for, mine.words, mine.would_ask_again = known_for, words.strip(), would_ask_again
    mine.save()
    record("reference.answered", by=None, target=mine, provider_id=mine.provider_id)
    _claim_if_enough(mine.provider)


@transaction.atomic
def decline(*, reference: Reference) -> None:
    """They would rather not: nobody writes to them again, and who they are is forgotten at once."""
    mine = _open(reference)
    mine.declined_at = timezone.now()
    forget(mine, mine.declined_at)
    record("reference.declined", by=None, target=mine, provider_id=mine.provider_id)


@transaction.atomic
def remove_words(*, reference: Reference, council: Council, by: User) -> None:
    """A safeguarding concern was written there: once it is handed over, the words go (rule 16)."""
    mine = _locked(reference)
    if mine.purged_at is None:
        forget(mine, timezone.now())
        record("reference.words_removed", by=by, target=mine, council=council, provider_id=mine.provider_id)


def forget(reference: Reference, now: datetime.datetime) -> None:
    """Who it was and what they wrote goes; that somebody was asked, and answered, stays."""
    reference.customer_name = reference.customer_email = reference.words = ""
    reference.purged_at = now
    reference.save()


def standing(provider: Provider, now: datetime.datetime) -> list[Reference]:
    """Those that count towards the number wanted: asked and not over, or answered and not yet put away."""
    kept = Reference.objects.filter(provider=provider, purged_at__isnull=True)
    return [reference for reference in kept if state_of(reference, now) in (State.ASKED, State.ANSWERED)]


def _claim_if_enough(provider: Provider) -> None:
    """References are claimed by nobody's hand: they are there when enough customers have answered."""
    answered = Reference.objects.filter(provider=provider, answered_at__isnull=False, purged_at__isnull=True)
    if answered.count() < WANTED:
        return
    before = Credential.every.filter(provider=provider, kind=REFERENCES, replaced_at__isnull=True)
    add_credential(
        provider=provider,
        kind=REFERENCES,
        starts_on=timezone.localdate(),
        level=str(answered.count()),
        renews=before.order_by("-created_at").first(),
        by=None,
    )
    ask_about_proof(provider, by=None)


def _own_addresses(provider: Provider) -> list[str]:
    people = ProviderMembership.objects.current().filter(provider=provider)
    return [provider.email, *people.values_list("user__email", flat=True)]


def _write_to_customer(reference: Reference) -> None:
    words = {
        "reference": reference,
        "provider": reference.provider,
        "council": reference.provider.home_council,
        "link": link_to(reference),
        "until": reference.asked_at + REFERENCE_LASTS,
    }
    subject = _("%(provider)s asks you for a reference") % {"provider": reference.provider.name}
    queue(to=reference.customer_email, subject=subject, body=render_to_string("mail/reference_asked.txt", words))


def _open(reference: Reference) -> Reference:
    mine = _locked(reference)
    became = state_of(mine, timezone.now())
    if became is not State.ASKED:
        raise TooLateError(became)
    return mine


def _locked(reference: Reference) -> Reference:
    # The provider first, as in asking: two last answers at once make one claim, and never none.
    Provider.every.select_for_update().get(pk=reference.provider_id)
    return Reference.objects.select_for_update(of=("self",)).select_related("provider").get(pk=reference.pk)
