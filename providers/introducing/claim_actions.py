"""Every write that follows "Is this you?": the answers, asking the owners, and claims to a council."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from providers.introducing.duplicates import described, twins_of
from providers.joining.actions import delete_draft
from providers.joining.flow import Walk
from providers.models import Draft, Provider, ProviderClaim, ProviderMembership, TwinAnswer
from providers.models.provider_membership import ProviderRole
from registry.access.getters import councils_where
from registry.access.permissions import Permission
from registry.audit.actions import record
from registry.mail.actions import queue
from registry.models import User


@transaction.atomic
def say_no(*, draft: Draft, providers: Iterable[Provider], by: User) -> None:
    """ "Another business": not asked again. A claim that was open is taken back with it."""
    for provider in providers:
        _answer(draft, provider, is_us=False)
        record("twin.denied", by=by, target=draft, provider_id=provider.pk)
        open_claim = ProviderClaim.objects.filter(provider=provider, user=by, decided_at=None)
        if open_claim.delete()[0]:
            record("provider.claim_withdrawn", by=by, target=draft, provider_id=provider.pk)


@transaction.atomic
def go_to_own(*, draft: Draft, provider: Provider, by: User) -> None:
    """They run it already: what they began a second time is deleted."""
    record("twin.owned", by=by, target=draft, provider_id=provider.pk)
    delete_draft(draft=draft, by=by)


@transaction.atomic
def ask_owners(*, draft: Draft, provider: Provider, by: User) -> None:
    """Tell those who decide who asks to be let in. Once for a draft; who asks learns nothing about them."""
    if not _answer(draft, provider, is_us=True):
        return
    words = {
        "who": by,
        "email": by.email,
        "provider": provider,
        "link": settings.SITE_URL + reverse("invite_to_provider", args=[provider.slug]),
    }
    body = render_to_string("mail/asks_to_be_added.txt", words)
    for address in _owners(provider):
        queue(to=address, subject=_("Somebody asks to help run %(name)s") % {"name": provider.name}, body=body)
    record("twin.asked_owners", by=by, target=draft, provider_id=provider.pk)


@transaction.atomic
def claim(*, draft: Draft, provider: Provider, words: str, by: User) -> ProviderClaim:
    """Ask the council of a listing to believe that it is theirs. A second time changes nothing."""
    _answer(draft, provider, is_us=True)
    made, is_new = ProviderClaim.objects.get_or_create(
        provider=provider, user=by, decided_at=None, defaults={"council": provider.home_council, "words": words}
    )
    if is_new:
        record("provider.claimed", by=by, target=made, council=made.council_id, provider_id=provider.pk)
    return made


@transaction.atomic
def grant(*, claim: ProviderClaim, by: User) -> ProviderClaim:
    """Make the person an owner. What they had begun to write becomes a change to the listing, so nothing is lost."""
    mine = _decide(claim, by, granted=True)
    if mine.provider.left_at is not None:
        return mine
    membership, is_new = ProviderMembership.objects.get_or_create(
        user=mine.user, provider=mine.provider, ended_at=None, defaults={"role": ProviderRole.OWNER}
    )
    if not is_new and membership.role != ProviderRole.OWNER:
        ProviderMembership.objects.filter(pk=membership.pk).update(role=ProviderRole.OWNER)
    _carry_over(mine)
    link = settings.SITE_URL + reverse("my_provider", args=[mine.provider.slug])
    _write(mine, "mail/claim_granted.txt", _("%(name)s is yours to run") % {"name": mine.provider.name}, link=link)
    for address in set(_owners(mine.provider)) - {mine.user.email}:
        words = {"claim": mine, "who": mine.user, "link": link}
        subject = _("%(name)s has another owner") % {"name": mine.provider.name}
        queue(to=address, subject=subject, body=render_to_string("mail/another_owner.txt", words))
    return mine


@transaction.atomic
def refuse(*, claim: ProviderClaim, reason: str, by: User) -> ProviderClaim:
    """Say no. The reason goes to the person and is kept nowhere else."""
    mine = _decide(claim, by, granted=False)
    _write(mine, "mail/claim_refused.txt", _("About the listing that you said is yours"), reason=reason)
    return mine


class AlreadyDecidedError(Exception):
    """Another checker was quicker, or the person took the claim back."""


def forget_claims(user: User, by: User) -> None:
    """When an account is closed: what it still claimed goes, and its words about what was decided."""
    for still_open in ProviderClaim.objects.filter(user=user, decided_at=None):
        record("provider.claim_withdrawn", by=by, target=still_open, provider_id=still_open.provider_id)
        still_open.delete()
    ProviderClaim.objects.filter(user=user).update(words="")


def _answer(draft: Draft, provider: Provider, *, is_us: bool) -> bool:
    """Whether this is a new answer."""
    answer, is_new = TwinAnswer.objects.get_or_create(draft=draft, provider=provider, defaults={"is_us": is_us})
    if not is_new and answer.is_us != is_us:
        TwinAnswer.objects.filter(pk=answer.pk).update(is_us=is_us, answered_at=timezone.now())
    return is_new or answer.is_us != is_us


def _decide(claim: ProviderClaim, by: User, *, granted: bool) -> ProviderClaim:
    if not councils_where(by, Permission.CHECK_PROVIDERS).filter(pk=claim.council_id).exists():
        raise PermissionDenied(Permission.CHECK_PROVIDERS.value)
    mine = ProviderClaim.objects.select_for_update().filter(pk=claim.pk, decided_at=None).first()
    if mine is None:
        raise AlreadyDecidedError
    mine.decided_at, mine.decided_by, mine.granted = timezone.now(), by, granted
    mine.save(update_fields=["decided_at", "decided_by", "granted"])
    verb = "provider.claim_granted" if granted else "provider.claim_refused"
    record(verb, by=by, target=mine, council=mine.council_id, provider_id=mine.provider_id)
    return mine


def _carry_over(claim: ProviderClaim) -> None:
    """Bind the registration that led to the claim to the listing, unless a change to it is being written already."""
    draft = Draft.objects.filter(user=claim.user, provider=None, twin_answers__provider=claim.provider).first()
    if draft is None or Draft.objects.filter(provider=claim.provider).exists():
        return
    like = twins_of(described(Walk(draft, None).said), claim.user)
    if any(twin.provider == claim.provider for twin in like):
        draft.provider = claim.provider
        draft.save(update_fields=["provider"])


def _owners(provider: Provider) -> list[str]:
    owners = ProviderMembership.objects.current().filter(provider=provider, role=ProviderRole.OWNER)
    return sorted(owners.filter(user__is_active=True).values_list("user__email", flat=True))


def _write(claim: ProviderClaim, template: str, subject: str, **words: str) -> None:
    body = render_to_string(template, {"claim": claim, "provider": claim.provider, "council": claim.council} | words)
    queue(to=claim.user.email, subject=subject, body=body)
