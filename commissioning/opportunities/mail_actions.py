"""Whether a person wants mail about opportunities for one of their providers. They do until they say no."""

from __future__ import annotations

from django.db import transaction

from commissioning.models import NoOpportunityMail
from providers.models import Provider
from registry.audit.actions import record
from registry.models import User


def wants_mail(user: User, provider: Provider) -> bool:
    return not NoOpportunityMail.objects.filter(user=user, provider=provider).exists()


@transaction.atomic
def switch_mail(*, by: User, provider: Provider, is_on: bool) -> None:
    mine = NoOpportunityMail.objects.filter(user=by, provider=provider)
    if is_on:
        changed = mine.delete()[0] > 0
    else:
        _row, changed = NoOpportunityMail.objects.get_or_create(user=by, provider=provider)
    if changed:
        verb = "opportunity.mail_on" if is_on else "opportunity.mail_off"
        record(verb, by=by, target=provider, provider_id=provider.pk)
