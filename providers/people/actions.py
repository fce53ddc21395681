"""Every write about who runs a provider."""

from __future__ import annotations

import datetime
import uuid

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from providers.models import Provider, ProviderInvitation, ProviderMembership
from providers.models.provider_invitation import INVITATION_LASTS
from providers.models.provider_membership import ProviderRole
from providers.people.rules import is_last_owner
from registry.accounts.rules import InvitationState, Refused, invitation_state, same_address
from registry.audit.actions import record
from registry.mail.actions import queue
from registry.models import User


def state_of(invitation: ProviderInvitation, now: datetime.datetime) -> InvitationState:
    """A provider that has left takes nobody in: its invitations count as withdrawn."""
    return invitation_state(
        created_at=invitation.created_at,
        accepted_at=invitation.accepted_at,
        withdrawn_at=invitation.withdrawn_at or invitation.provider.left_at,
        lasts=INVITATION_LASTS,
        now=now,
    )


@transaction.atomic
def invite(*, provider: Provider, email: str, role: ProviderRole, by: User) -> ProviderInvitation:
    """Ask the holder of an address to help. An older open invitation to the same address is withdrawn."""
    email = email.strip().lower()
    if ProviderMembership.objects.current().filter(provider=provider, user__email__iexact=email).exists():
        raise Refused(_("%(email)s already helps to run this listing. You can change what they do.") % {"email": email})
    for older in ProviderInvitation.objects.open_at(timezone.now()).filter(provider=provider, email=email):
        withdraw(invitation=older, by=by)
    invitation = ProviderInvitation.objects.create(provider=provider, email=email, role=role, created_by=by)
    words = {
        "provider": provider,
        "who": by,
        "role": role,
        "link": settings.SITE_URL + reverse("provider_invitation", args=[invitation.pk]),
        "until": invitation.created_at + INVITATION_LASTS,
    }
    subject = _("Help to run %(provider)s on Nearhand") % {"provider": provider.name}
    queue(to=email, subject=subject, body=render_to_string("mail/provider_invitation.txt", words))
    record("provider.invited", by=by, target=invitation, provider_id=provider.pk)
    return invitation


@transaction.atomic
def withdraw(*, invitation: ProviderInvitation, by: User) -> None:
    """Take an invitation back. Harmless if it was used or withdrawn before."""
    still_open = ProviderInvitation.objects.filter(pk=invitation.pk, accepted_at=None, withdrawn_at=None)
    if still_open.update(withdrawn_at=timezone.now()):
        record("provider.invitation_withdrawn", by=by, target=invitation, provider_id=invitation.provider_id)


@transaction.atomic
def accept(*, invitation: ProviderInvitation, by: User) -> ProviderMembership:
    """Take the part offered, for the holder of the address alone. Accepting twice changes nothing."""
    _locked(invitation.provider_id)
    invitation = ProviderInvitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    if not same_address(invitation.email, by.email):
        raise Refused(_("This invitation was sent to another email address."))
    if (taken := membership_from(invitation, by)) is not None:
        return taken
    if state_of(invitation, timezone.now()) is not InvitationState.OPEN:
        raise Refused(_("This invitation can no longer be used."))
    ProviderInvitation.objects.filter(pk=invitation.pk).update(accepted_at=timezone.now(), accepted_by=by)
    membership, is_new = ProviderMembership.objects.get_or_create(
        user=by, provider=invitation.provider, ended_at=None, defaults={"role": invitation.role}
    )
    if is_new:
        record("provider.joined", by=by, target=membership, provider_id=invitation.provider_id)
    return membership


def membership_from(invitation: ProviderInvitation, user: User) -> ProviderMembership | None:
    """What this person got by the invitation and still has: whose part was ended cannot take it up again."""
    if invitation.accepted_by_id != user.pk:
        return None
    return ProviderMembership.objects.current().filter(user=user, provider=invitation.provider_id).first()


@transaction.atomic
def change_role(*, membership: ProviderMembership, role: ProviderRole, by: User) -> None:
    provider = _locked(membership.provider_id)
    if membership.role == role:
        return
    if role != ProviderRole.OWNER:
        _refuse_if_last_owner(provider, membership)
    if ProviderMembership.objects.current().filter(pk=membership.pk).update(role=role):
        record("provider.role_changed", by=by, target=membership, provider_id=provider.pk, fields=["role"])


@transaction.atomic
def end_membership(*, membership: ProviderMembership, by: User) -> None:
    """End a person's part, their own or another's: their way to pages, drafts and files is gone with it."""
    provider = _locked(membership.provider_id)
    _refuse_if_last_owner(provider, membership)
    _end(membership, by)


@transaction.atomic
def hand_over(*, provider: Provider, to: ProviderMembership, by: User, stays: bool) -> None:
    """The other person becomes an owner; `by` goes on as an editor, or leaves."""
    _locked(provider.pk)
    mine = ProviderMembership.objects.current().get(provider=provider, user=by)
    theirs = ProviderMembership.objects.current().filter(provider=provider, pk=to.pk).exclude(user=by)
    if not theirs.update(role=ProviderRole.OWNER):
        raise Refused(_("That person no longer helps to run this listing. Choose somebody else."))
    record("provider.handed_over", by=by, target=to, provider_id=provider.pk)
    if stays:
        ProviderMembership.objects.filter(pk=mine.pk).update(role=ProviderRole.EDITOR)
        record("provider.role_changed", by=by, target=mine, provider_id=provider.pk, fields=["role"])
    else:
        _end(mine, by)
    _tell_new_owner(provider, to.user, by)


def leave_none_without_owner(user: User, by: User) -> None:
    """Before an account is closed: a listing that others still edit must not be left with nobody to decide."""
    mine = ProviderMembership.objects.current().filter(user=user, provider__left_at=None).select_related("provider")
    for membership in mine:
        provider = _locked(membership.provider_id)
        others = ProviderMembership.objects.current().filter(provider=provider, role=ProviderRole.EDITOR)
        if others.exists():
            _refuse_if_last_owner(provider, membership)


def forget_invitations(user: User, by: User) -> None:
    """When an account is closed, its address goes from invitations too."""
    ProviderInvitation.objects.filter(email__iexact=user.email).update(email="")


def _end(membership: ProviderMembership, by: User) -> None:
    if ProviderMembership.objects.current().filter(pk=membership.pk).update(ended_at=timezone.now()):
        record("provider.membership_ended", by=by, target=membership, provider_id=membership.provider_id)


def _locked(provider_id: uuid.UUID) -> Provider:
    """Two owners who end each other at the same moment wait here for one another."""
    return Provider.every.select_for_update(of=("self",)).get(pk=provider_id)


def _refuse_if_last_owner(provider: Provider, membership: ProviderMembership) -> None:
    roles = dict(ProviderMembership.objects.current().filter(provider=provider).values_list("user", "role"))
    if is_last_owner(membership.user_id, roles):
        raise Refused(
            _("%(provider)s would have no owner left. Hand it over to somebody first.") % {"provider": provider.name}
        )


def _tell_new_owner(provider: Provider, owner: User, by: User) -> None:
    words = {
        "provider": provider,
        "who": by,
        "link": settings.SITE_URL + reverse("provider_people", args=[provider.slug]),
    }
    subject = _("You now own %(provider)s on Nearhand") % {"provider": provider.name}
    queue(to=owner.email, subject=subject, body=render_to_string("mail/provider_handed_over.txt", words))
