"""A requirement published, and answers to it, through the actions that pages use."""

import datetime

from django.utils import timezone

from commissioning.models import Opportunity
from commissioning.models.opportunity import PublicationKind
from commissioning.opportunities import actions, interest_actions
from commissioning.opportunities.actions import Way
from commissioning.opportunities.written import facts_of
from commissioning.requirements.actions import change_requirement

A_WEEK = datetime.timedelta(days=7)
SOUNDING = Way(PublicationKind.SOUNDING)
UNSEALED = Way(PublicationKind.SOUNDING, is_sealed=False)


def give_times(by, requirement, until=A_WEEK):
    now = timezone.now()
    facts = {"questions_until": now + until / 2, "closes_at": now + until}
    return change_requirement(by=by, requirement=requirement, facts=facts)


def publish(by, requirement, way=SOUNDING, until=A_WEEK):
    return actions.publish(by=by, requirement=give_times(by, requirement, until), way=way, now=timezone.now())


def lot_ids(opportunity):
    return [lot["id"] for lot in facts_of(opportunity)["lots"]]


def write(by, opportunity, provider, team=None, hours=4, lots=None, **facts):
    """An answer with a lot and its hours, not sent."""
    interest = interest_actions.begin(by=by, opportunity=opportunity, provider=provider, team=team)
    chosen = lots or lot_ids(opportunity)[:1]
    given = {"lots": chosen, "hours": {str(lot): {provider.pk.hex: hours} for lot in chosen}}
    return interest_actions.save_step(by=by, interest=interest, facts={**given, **facts})


def speak_up(by, opportunity, provider, **facts):
    return interest_actions.send(by=by, interest=write(by, opportunity, provider, **facts))


def close(opportunity, ago=datetime.timedelta(minutes=1)):
    """The closing moment has come: by the database's clock, which no test moves."""
    now = timezone.now()
    Opportunity.objects.filter(pk=opportunity.pk).update(questions_until=None, closes_at=now - ago)
    opportunity.refresh_from_db()
    return opportunity
