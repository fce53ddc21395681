"""What one council lets happen without its yes."""

from __future__ import annotations

from django.db import transaction

from providers.models import ModerationPolicy
from registry.audit.actions import record
from registry.models import Council, User


@transaction.atomic
def set_moderation_policy(
    *, council: Council, by: User, price_change_percent: int, relies_on_other_councils: bool
) -> ModerationPolicy:
    """From now on; what already went live, or waits, is left as it is."""
    facts = {"price_change_percent": price_change_percent, "relies_on_other_councils": relies_on_other_councils}
    policy, _is_new = ModerationPolicy.objects.update_or_create(council=council, defaults=facts)
    record("council.changes_at_once", by=by, target=council, council=council, fields=list(facts))
    return policy
