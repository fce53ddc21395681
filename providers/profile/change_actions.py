"""What a provider does about a refusal."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone

from providers.credentials.sending import ask_council
from providers.joining.answers import answers_of
from providers.joining.changes import current
from providers.joining.offered import recorded_services
from providers.joining.said import Said
from providers.models import FieldChange, Provider, Submission
from providers.profile.changes import may_answer
from registry.audit.actions import record
from registry.models import Council, User


class NotOpenError(Exception):
    """It was answered, or said differently, meanwhile."""


@transaction.atomic
def answer_refusal(*, change: FieldChange, by: User, words: str, now: datetime.datetime | None = None) -> Submission:
    """Say something to the council's reason. The same change waits again, with the reason and the answer beside it."""
    moment = now or timezone.now()
    provider = change.provider
    list(Submission.objects.waiting().select_for_update(of=("self",)).filter(provider=provider))
    Provider.every.select_for_update().get(pk=provider.pk)
    refused = FieldChange.objects.select_related("service", "provider").get(pk=change.pk)
    if not may_answer(refused):
        raise NotOpenError
    refused.answer, refused.answered_at = words.strip(), moment
    refused.save(update_fields=["answer", "answered_at"])
    again = FieldChange.objects.create(
        provider=provider,
        service=refused.service,
        part=refused.part,
        fact=refused.fact,
        was=current(provider, [refused])[refused.pk],
        will_be=refused.will_be,
        made_at=moment,
        made_by=by,
    )
    council = _council_of(provider)
    record("change.answered", by=by, target=again, council=council, provider_id=provider.pk, fields=[again.fact])
    return ask_council(provider, council, by, "")


def _council_of(provider: Provider) -> Council:
    """The one where they say that they are based, as with any other sending."""
    said = Said(answers_of(None, provider), [offered.mark for offered in recorded_services(provider)])
    return said.council or provider.home_council
