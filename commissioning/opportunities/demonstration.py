"""A requirement of the demonstration that is published: a question answered, and one answer of Maggie's sent."""

from __future__ import annotations

import datetime
import uuid

from django.utils import timezone

from commissioning.models import Opportunity, Requirement
from commissioning.models.opportunity import PublicationKind
from commissioning.opportunities import actions, interest_actions
from commissioning.opportunities.actions import Way
from commissioning.opportunities.written import facts_of
from commissioning.requirements.actions import change_requirement, save_question
from providers.models import Provider
from registry.models import User

OPEN_FOR = datetime.timedelta(days=28)
QUESTION = "Can one of us start at eight and not at seven?"
ANSWER = "Yes. Say so in your answer. The times are what people asked for, and many would be glad of eight."
# The number of the question's page, the same each time: seeding twice asks once.
PRESS = uuid.UUID("0f2a6c1e-6a0e-4c39-9a39-6d8f3c1b7a51")


def is_published(reference: str) -> bool:
    return Opportunity.objects.filter(requirement__reference=reference).exists()


def publish_invented(requirement: Requirement, by: User, today: datetime.date) -> Opportunity:
    """Through the actions that pages use; every step can be repeated."""
    now = timezone.now()
    facts = {
        "questions_until": now + OPEN_FOR / 2,
        "closes_at": now + OPEN_FOR,
        "decided_on": today + 2 * OPEN_FOR,
        "price_weight": 40,
    }
    change_requirement(by=by, requirement=requirement, facts=facts)
    asked = {"text": "How would you begin with somebody new?", "weight": 60, "most_words": 200}
    save_question(by=by, requirement=requirement, number=1, facts=asked)
    opportunity = actions.publish(
        by=by, requirement=requirement, way=Way(PublicationKind.SOUNDING, is_sealed=False), now=now
    )
    owner = User.objects.filter(email="provider@demo.nearhand.example").first()
    maggies = Provider.listed.filter(memberships__user=owner, memberships__ended_at__isnull=True).order_by("name")
    if owner and (provider := maggies.first()):
        take_part(opportunity, provider, owner, by)
    return opportunity


def take_part(opportunity: Opportunity, provider: Provider, owner: User, by: User) -> None:
    question = actions.ask(by=owner, provider=provider, opportunity=opportunity, text=QUESTION, press=PRESS)
    actions.answer(by=by, question=question, shown=QUESTION, words=ANSWER)
    interest = interest_actions.begin(by=owner, opportunity=opportunity, provider=provider, team=None)
    lot = facts_of(opportunity)["lots"][0]
    written = {
        "lots": [lot["id"]],
        "hours": {str(lot["id"]): {provider.pk.hex: 6}},
        "answers": {
            "1": "I visit once with the family first, and stay for a cup of tea. We write down what they like."
        },
        "remarks": "A start at eight would let two more of us take part.",
    }
    interest_actions.save_step(by=owner, interest=interest, facts=written)
    interest_actions.send(by=owner, interest=interest)
