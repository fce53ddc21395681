"""Every write about a person's own account."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.db import transaction

from registry.audit.actions import record
from registry.models import User


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
