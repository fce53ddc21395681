"""Writing to the field, once: every provider that could do a lot somewhere in its area, whatever it does not yet meet.

To leave out those who lack something would keep them from answering (rule 7). Killed at any moment and run again it
goes on where it was: the row that says a provider was written to goes in with its mails.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_tasks_db.models import DBTaskResult

from commissioning.models import NoOpportunityMail, Opportunity, OpportunityLetter
from commissioning.opportunities import letters
from commissioning.opportunities.tasks import write_to_field
from commissioning.sourcing.field import Standing, assess_lot
from commissioning.sourcing.rules import About, Finding, Fit, Why
from commissioning.sourcing.sentences import name_of, sentence
from providers.credentials.letters import PEOPLE_WHO_EDIT
from providers.credentials.wording import day
from providers.models import Provider, ProviderMembership
from registry.models import User


def write_to_all(opportunity_id: int) -> int:
    """Write to all who were not written to before; returns to how many. It may run twice, and at once."""
    opportunity = to_be_told().filter(pk=opportunity_id).select_related("requirement", "council").first()
    if opportunity is None:
        return 0
    written = sum(
        write_once(opportunity, provider_id, lots)
        for provider_id, lots in sorted(field_of(opportunity, timezone.localdate()).items())
    )
    Opportunity.objects.filter(pk=opportunity.pk, field_told_at__isnull=True).update(field_told_at=timezone.now())
    return written


def to_be_told() -> Any:
    """Those that nobody finished writing about, while there is still time to answer."""
    return Opportunity.objects.open_at(timezone.now()).filter(field_told_at__isnull=True)


def put_back() -> int:
    """Ask again for what a killed worker left unfinished. Returns how many; what waits in the queue is left there."""
    waiting = DBTaskResult.objects.ready().filter(task_path=write_to_field.module_path)
    asked = {arguments["args"][0] for arguments in waiting.values_list("args_kwargs", flat=True)}
    left = set(to_be_told().values_list("pk", flat=True)) - asked
    for opportunity_id in sorted(left):
        write_to_field.enqueue(opportunity_id)
    return len(left)


def field_of(opportunity: Opportunity, today: datetime.date) -> dict[Any, list[dict[str, Any]]]:
    """The providers in the field of any lot, by id, each with how it stands to which lots."""
    found: dict[Any, list[dict[str, Any]]] = {}
    for lot in opportunity.requirement.lots.select_related("category", "requirement__council"):
        for standing in assess_lot(lot, today).standings:
            lots = found.setdefault(standing.listing.provider_id, [])
            if not any(row["title"] == lot.title for row in lots):
                lots.append(stands(lot.title, standing, opportunity))
    return found


def stands(title: str, standing: Standing, opportunity: Opportunity) -> dict[str, Any]:
    requirement, assessment = opportunity.requirement, standing.assessment
    ends = [words for one in assessment.findings if (words := ends_before(one, requirement.ends_on))]
    return {
        "title": title,
        "meets": [sentence(one) for one in assessment.of(Fit.FITS)],
        "lacks": [sentence(one) for one in assessment.of(Fit.NOT_YET)],
        "unknown": [sentence(one) for one in assessment.of(Fit.NOT_KNOWN)],
        "ends": ends,
    }


def ends_before(finding: Finding, last_day: datetime.date) -> str:
    """What is held and runs out before the work does: it keeps nobody from fitting, and is good to know early."""
    is_held = finding.about is About.CREDENTIAL and finding.why in (Why.MET, Why.RENEW_FIRST)
    if not is_held or finding.day is None or finding.day >= last_day:
        return ""
    return early_words(finding, last_day)


def early_words(finding: Finding, last_day: datetime.date) -> str:
    assert finding.day is not None
    days = (last_day - finding.day).days
    weeks = days // 7
    if weeks:
        early = ngettext("%(n)d week", "%(n)d weeks", weeks) % {"n": weeks}
    else:
        early = ngettext("%(n)d day", "%(n)d days", days) % {"n": days}
    return _("%(what)s: ends on %(day)s, %(early)s before the work does") % {
        "what": name_of(finding.kind),
        "day": day(finding.day),
        "early": early,
    }


@transaction.atomic
def write_once(opportunity: Opportunity, provider_id: Any, lots: Sequence[dict[str, Any]]) -> bool:
    """The row is the claim: two workers that meet here wait for each other, and the second finds it taken."""
    letter, is_new = OpportunityLetter.objects.get_or_create(opportunity=opportunity, provider_id=provider_id)
    if not is_new:
        return False
    people = who_is_told(provider_id)
    for user in people:
        letters.write_to_one_of_field(opportunity, letter.provider, user, lots)
    return bool(people)


def who_is_told(provider_id: Any) -> list[User]:
    """Those who may answer for it and have not said that they want no such mail."""
    quiet = NoOpportunityMail.objects.filter(provider=OuterRef("provider"), user=OuterRef("user"))
    places = ProviderMembership.objects.current().filter(PEOPLE_WHO_EDIT, ~Exists(quiet), provider=provider_id)
    places = places.filter(provider__in=Provider.listed.all()).select_related("user").order_by("user_id")
    return [place.user for place in places]
