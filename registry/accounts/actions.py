"""Every write about a person's own account."""

from __future__ import annotations

import uuid

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from registry.accounts.council_actions import end_membership
from registry.accounts.rules import Refused
from registry.audit.actions import record
from registry.models import CouncilInvitation, User
from registry.site import leaving_steps


@transaction.atomic
def arrive(*, email: str) -> User | None:
    """The account of the person who has just proved to hold this address, made if there is none.

    None when the account of this address has been closed to its holder.
    """
    email = email.lower()
    address = EmailAddress.objects.filter(email=email, verified=True).select_related("user").first()
    user: User | None = address.user if address else User.objects.filter(email__iexact=email).first()
    if user is None:
        user, made = User.objects.get_or_create(email=email)
        if made:
            user.set_unusable_password()
            user.save(update_fields=["password"])
            record("account.made", by=user, target=user)
    if not user.is_active:
        return None
    if address is None:
        hold_address(user=user, email=email)
    return user


def hold_address(*, user: User, email: str) -> None:
    """Note that the address is the person's own, proved by a code or vouched for by the site's keeper."""
    EmailAddress.objects.update_or_create(user=user, email=email, defaults={"verified": True, "primary": True})


@transaction.atomic
def rename(*, user: User, name: str, by: User) -> None:
    if user.name == name:
        return
    User.objects.filter(pk=user.pk).update(name=name)
    record("account.renamed", by=by, target=user, fields=["name"])


@transaction.atomic
def leave(*, user: User, by: User) -> None:
    """Close a person's account and blank their own row, so that the audit, which names them by id, never changes.

    The address is replaced and not emptied, because the database keeps addresses unique; it leads nowhere (RFC 2606).
    """
    left = timezone.now()
    for membership in user.council_memberships.filter(ended_at=None):
        end_membership(membership=membership, by=by)
    for step in leaving_steps():
        step(user, by)
    sign_out_everywhere(user)
    Authenticator.objects.filter(user=user).delete()
    EmailAddress.objects.filter(user=user).delete()
    CouncilInvitation.objects.filter(email__iexact=user.email).update(email="")
    user.email = f"{uuid.uuid4().hex}@left.invalid"
    user.name, user.is_active, user.is_operator, user.left_at = "", False, False, left
    user.last_login = None
    user.set_unusable_password()
    user.save()
    record("account.left", by=by, target=user)


def sign_out_everywhere(user: User) -> None:
    """Delete every session of the person. Sessions name their holder only inside, so all are looked through."""
    mine = [
        session.pk for session in Session.objects.iterator() if session.get_decoded().get(SESSION_KEY) == str(user.pk)
    ]
    Session.objects.filter(pk__in=mine).delete()


@transaction.atomic
def make_operator(*, email: str, by: User | None) -> User:
    """Let the holder of an address look after the whole site, making the account if there is none."""
    user = arrive(email=email)
    if user is None:
        raise Refused(gettext("The account of this address is closed."))
    if not user.is_operator:
        User.objects.filter(pk=user.pk).update(is_operator=True)
        record("operator.made", by=by, target=user)
    user.is_operator = True
    return user
