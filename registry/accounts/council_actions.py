"""Every write about who works for a council and how it is set up."""

from __future__ import annotations

import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from registry.accounts.rules import InvitationState, Refused, invitation_state, same_address
from registry.audit.actions import record
from registry.mail.actions import queue
from registry.models import Council, CouncilInvitation, CouncilMembership, User
from registry.models.council_invitation import INVITATION_LASTS
from registry.models.council_membership import CouncilRole


def state_of(invitation: CouncilInvitation, now: datetime.datetime) -> InvitationState:
    return invitation_state(
        created_at=invitation.created_at,
        accepted_at=invitation.accepted_at,
        withdrawn_at=invitation.withdrawn_at,
        lasts=INVITATION_LASTS,
        now=now,
    )


@transaction.atomic
def invite(*, council: Council, email: str, role: CouncilRole, by: User) -> CouncilInvitation:
    """Ask the holder of an address to take a role. An older open invitation to the same is withdrawn."""
    email = email.strip().lower()
    older = CouncilInvitation.objects.open_at(timezone.now()).filter(council=council, email=email, role=role)
    for invitation in older:
        withdraw(invitation=invitation, by=by)
    invitation = CouncilInvitation.objects.create(council=council, email=email, role=role, created_by=by)
    words = {
        "council": council,
        "role": role.label.lower(),
        "link": settings.SITE_URL + reverse("invitation", args=[invitation.pk]),
        "until": invitation.created_at + INVITATION_LASTS,
    }
    subject = gettext("Join %(council)s on Nearhand") % {"council": council.name}
    queue(to=email, subject=subject, body=render_to_string("mail/council_invitation.txt", words))
    record("council.invited", by=by, target=invitation, council=council)
    return invitation


@transaction.atomic
def withdraw(*, invitation: CouncilInvitation, by: User) -> None:
    """Take an invitation back. Harmless if it was used or withdrawn before."""
    still_open = CouncilInvitation.objects.filter(pk=invitation.pk, accepted_at=None, withdrawn_at=None)
    if still_open.update(withdrawn_at=timezone.now()):
        record("council.invitation_withdrawn", by=by, target=invitation, council=invitation.council_id)


@transaction.atomic
def accept(*, invitation: CouncilInvitation, by: User) -> CouncilMembership:
    """Take the role, for the holder of the address alone. Accepting twice changes nothing."""
    invitation = CouncilInvitation.objects.select_for_update().get(pk=invitation.pk)
    if not same_address(invitation.email, by.email):
        raise Refused(gettext("This invitation was sent to another email address."))
    if (taken := membership_from(invitation, by)) is not None:
        return taken
    if state_of(invitation, timezone.now()) is not InvitationState.OPEN:
        raise Refused(gettext("This invitation can no longer be used."))
    CouncilInvitation.objects.filter(pk=invitation.pk).update(accepted_at=timezone.now(), accepted_by=by)
    return join(council=invitation.council, role=CouncilRole(invitation.role), user=by)


def membership_from(invitation: CouncilInvitation, user: User) -> CouncilMembership | None:
    """The role that this person took with the invitation and still has: whose role was ended cannot take it again."""
    mine = CouncilMembership.objects.current().filter(user=user, council=invitation.council_id, role=invitation.role)
    return mine.first() if invitation.accepted_by_id == user.pk else None


@transaction.atomic
def join(*, council: Council, role: CouncilRole, user: User) -> CouncilMembership:
    """Give a person a role in a council. Who has it already keeps it, and nothing is recorded."""
    membership, made = CouncilMembership.objects.get_or_create(user=user, council=council, role=role, ended_at=None)
    if made:
        record("council.joined", by=user, target=membership, council=council)
    return membership


def is_last_administrator(membership: CouncilMembership) -> bool:
    if membership.role != CouncilRole.ADMINISTRATOR:
        return False
    others = CouncilMembership.objects.current().filter(
        council_id=membership.council_id, role=CouncilRole.ADMINISTRATOR
    )
    return not others.exclude(user=membership.user_id).exists()


@transaction.atomic
def end_membership(*, membership: CouncilMembership, by: User) -> None:
    """End a person's role. The council's row is locked, so that two administrators cannot end each other at once."""
    Council.objects.select_for_update().get(pk=membership.council_id)
    if is_last_administrator(membership):
        raise Refused(
            gettext("%(council)s would have no administrator left. Invite another one first.")
            % {"council": membership.council.name}
        )
    if CouncilMembership.objects.current().filter(pk=membership.pk).update(ended_at=timezone.now()):
        record("council.membership_ended", by=by, target=membership, council=membership.council_id)


@transaction.atomic
def change_council(*, council: Council, changes: dict[str, Any], by: User | None) -> None:
    """Write the settings that really changed; nothing is written, nor recorded, when none did."""
    changed = [name for name, value in changes.items() if getattr(council, name) != value]
    if not changed:
        return
    Council.objects.filter(pk=council.pk).update(**{name: changes[name] for name in changed})
    record("council.changed", by=by, target=council, council=council, fields=changed)


@transaction.atomic
def switch_on_council(*, council: Council, today: datetime.date, by: User | None) -> None:
    """Open the registry of a council from `today`; `by` is None on the command line. Twice is harmless."""
    if Council.objects.filter(pk=council.pk, switched_on_on=None).update(switched_on_on=today):
        record("council.switched_on", by=by, target=council, council=council)


@transaction.atomic
def switch_off_council(*, council: Council, by: User) -> None:
    """Close the registry of a council: its people can no longer act in it, and nothing is deleted."""
    if Council.objects.switched_on().filter(pk=council.pk).update(switched_on_on=None):
        record("council.switched_off", by=by, target=council, council=council)
