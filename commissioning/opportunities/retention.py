"""When what was published, and who spoke up, is ended; and what becomes of it when a provider leaves."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from commissioning.models import (
    Interest,
    InterestYes,
    LotOutcome,
    NoOpportunityMail,
    Opportunity,
    OpportunityLetter,
    OpportunityQuestion,
)
from commissioning.opportunities.access import interests_of
from providers.models import Provider, ProviderMembership
from registry.audit.actions import record
from registry.models import User
from registry.site import RetentionRule

# As long as a summary: six years in which a contract can be sued on, and one to hear of it.
KEPT = datetime.timedelta(days=7 * 365 + 2)
UNSENT_KEPT = datetime.timedelta(days=90)


def purge_opportunities(today: datetime.date) -> int:
    past = Opportunity.objects.filter(requirement__ends_on__lt=today - KEPT)
    return sum(end(opportunity) for opportunity in past)


@transaction.atomic
def end(opportunity: Opportunity) -> bool:
    """The whole of it, with every answer. The awards first: they hold on to the answers that won."""
    LotOutcome.objects.filter(opportunity=opportunity).delete()
    record("opportunity.ended", by=None, target=opportunity, council=opportunity.council_id)
    opportunity.delete()
    return True


def purge_unsent(today: datetime.date) -> int:
    over = Interest.objects.filter(sent_at__isnull=True, opportunity__closes_at__date__lt=today - UNSENT_KEPT)
    return over.delete()[0]


def purge_mail_choices(today: datetime.date) -> int:
    """Of those who no longer help to run the provider."""
    place = ProviderMembership.objects.current().filter(provider=OuterRef("provider"), user=OuterRef("user"))
    return NoOpportunityMail.objects.filter(~Exists(place)).delete()[0]


def leave_opportunities(provider: Provider, by: User, now: datetime.datetime) -> None:
    """An answer that may still change goes with its provider. One that was sent stays the council's record.

    Who spoke up, for which lot and what came of it: that stays, for as long as the council keeps it. What was written
    in it, and how to reach them, goes.
    """
    mine = interests_of(provider)
    still_open = Q(opportunity__closes_at__gt=now, opportunity__stopped_at__isnull=True)
    for interest in mine.filter(Q(sent_at__isnull=True) | still_open, awards__isnull=True):
        _leave_open(interest, provider, by, now)
    for interest in mine.filter(sent_at__isnull=False):
        interest.answer = without_words(interest.answer, provider)
        interest.draft = {}
        interest.save(update_fields=["answer", "draft"])
    InterestYes.objects.filter(provider=provider).delete()
    OpportunityLetter.objects.filter(provider=provider).delete()
    NoOpportunityMail.objects.filter(provider=provider).delete()
    OpportunityQuestion.objects.filter(provider=provider).update(provider=None)


def _leave_open(interest: Interest, provider: Provider, by: User, now: datetime.datetime) -> None:
    """Its own goes whole; its team's is taken back, since one of those in whose name it was sent is gone."""
    if interest.provider_id == provider.pk:
        interest.delete()
    elif interest.sent_at is not None:
        interest.answer, interest.sent_at, interest.sent_by, interest.withdrawn_at = None, None, None, now
        interest.save(update_fields=["answer", "sent_at", "sent_by", "withdrawn_at"])
        record("interest.withdrawn", by=by, target=interest, provider_id=interest.provider_id)


def without_words(answer: dict[str, Any] | None, provider: Provider) -> dict[str, Any]:
    """The answer without what was written in it, and without how to reach the one that left."""
    kept = dict(answer or {})
    kept["remarks"] = ""
    kept["questions"] = [{**one, "answer": ""} for one in kept.get("questions", [])]
    kept["members"] = [
        {**one, "phone": "", "email": ""} if one["id"] == provider.pk.hex else one for one in kept.get("members", [])
    ]
    return kept


RULES = [
    RetentionRule(
        "opportunities",
        _("What a council published, who spoke up and what they wrote, and what came of it"),
        _("7 years after the last day of what was needed. When a provider leaves, what it wrote goes at once."),
        _("A provider, an auditor or a court may ask how a council chose, and whether all were treated alike."),
        purge_opportunities,
    ),
    RetentionRule(
        "unsent_answers",
        _("An answer to a council that was begun and never sent"),
        _("90 days after answers closed"),
        _("So that you can still read what you had written."),
        purge_unsent,
    ),
    RetentionRule(
        "opportunity_mail",
        _("That somebody wants no mail about work for councils"),
        _("Until they want it again, or no longer help to run the provider"),
        _("So that no such mail is sent to them."),
        purge_mail_choices,
    ),
]
