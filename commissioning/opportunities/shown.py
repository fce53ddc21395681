"""What was published, as people read it: plain words first, then the details."""

from __future__ import annotations

import datetime
from itertools import pairwise
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from commissioning.models import Opportunity, OpportunityVersion
from commissioning.models.opportunity import PublicationKind
from commissioning.opportunities import rules
from commissioning.opportunities.moments import moments
from commissioning.opportunities.outcomes import outcome_sentences
from commissioning.opportunities.rules import Stage
from commissioning.sourcing.sentences import money
from providers.credentials.wording import day

STAGE_WORDS = {
    Stage.OPEN: gettext_lazy("Open"),
    Stage.CLOSED: gettext_lazy("Closed"),
    Stage.STOPPED: gettext_lazy("Stopped"),
    Stage.TOLD: gettext_lazy("Decided"),
}
STAGE_COLOURS = {Stage.OPEN: "green", Stage.CLOSED: "grey", Stage.STOPPED: "red", Stage.TOLD: "blue"}

PART_WORDS = {
    "title": gettext_lazy("The title"),
    "need": gettext_lazy("What is needed"),
    "kind": gettext_lazy("The formal route"),
    "dates": gettext_lazy("The first or the last day, or an extension"),
    "value": gettext_lazy("The value, or how soon bills are paid"),
    "buyer": gettext_lazy("Who buys, or who alone may answer"),
    "lots": gettext_lazy("The lots"),
    "conditions": gettext_lazy("What is asked of everyone"),
    "questions": gettext_lazy("The questions, or what share of the marks each has"),
    "timetable": gettext_lazy("The timetable"),
}


def moment_words(moment: datetime.datetime | str | None) -> str:
    """ "3 March 2026, 17:00" in the time of this country."""
    if not moment:
        return ""
    if isinstance(moment, str):
        moment = datetime.datetime.fromisoformat(moment)
    return date_format(timezone.localtime(moment), "j F Y, H:i")


def day_words(written: str | None) -> str:
    return day(datetime.date.fromisoformat(written)) if written else ""


def part_words(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    return [str(PART_WORDS[part]) for part in rules.changed_parts(before, after)]


def page_of(opportunity: Opportunity, now: datetime.datetime) -> dict[str, Any]:
    """The context of the public page, and of what stands on the council's own."""
    versions = list(opportunity.versions.all())
    stage = rules.stage(moments(opportunity), now)
    return {
        "opportunity": opportunity,
        "reference": opportunity.requirement.reference,
        **published(versions[-1]),
        "changes": changes(versions),
        "stage": stage,
        "stage_words": STAGE_WORDS[stage],
        "stage_colour": STAGE_COLOURS[stage],
        "is_open": stage is Stage.OPEN,
        "takes_questions": rules.takes_questions(moments(opportunity), now),
        "answered": list(opportunity.asked.filter(answered_at__isnull=False)),
        "outcome": outcome_sentences(opportunity) if stage is Stage.TOLD else [],
    }


def changes(versions: list[OpportunityVersion]) -> list[dict[str, Any]]:
    """Every change, newest first, with the address of what stood before it."""
    found = []
    for before, after in pairwise(versions):
        found.append({"version": after, "before": before, "parts": part_words(before.facts, after.facts)})
    return found[::-1]


def published(version: OpportunityVersion) -> dict[str, Any]:
    """One version as it was published."""
    facts = version.facts
    everywhere = [one["words"] for one in facts["conditions"] if one["lot"] is None]
    return {
        "version": version,
        "facts": facts,
        "plain": plain_words(facts),
        "everywhere": everywhere,
        "lots": [
            {
                **lot,
                "hours": hours_words(lot["hours_per_week"]),
                "asked": [one["words"] for one in facts["conditions"] if one["lot"] == lot["id"]],
            }
            for lot in facts["lots"]
        ],
        "timetable": timetable(facts),
        "terms": term_rows(facts),
    }


def hours_words(hours: int | None) -> str:
    if hours is None:
        return _("Not by the hour")
    return ngettext("%(hours)d hour a week", "%(hours)d hours a week", hours) % {"hours": hours}


def plain_words(facts: dict[str, Any]) -> list[str]:
    """The whole in a few short sentences, for somebody who has never answered a council."""
    lots, council = facts["lots"], facts["council"]["name"]
    if facts["kind"] == PublicationKind.SOUNDING:
        first = _("%(council)s wants to hear from people who could do this work. Nothing is bought yet.")
    else:
        first = _("%(council)s will buy this work. This page tells you early. The formal tender runs somewhere else.")
    said = [first % {"council": council}]
    said.append(
        _("The work runs from %(first)s to %(last)s.")
        % {"first": day_words(facts["starts_on"]), "last": day_words(facts["ends_on"])}
    )
    if len(lots) > 1:
        said.append(
            _("It is in %(number)d parts. You can do one part, or more. You do not have to do it all.")
            % {"number": len(lots)}
        )
    said.append(_("You can answer on your own, or together with others as a team."))
    later = sum(one["by_start"] for one in facts["conditions"])
    if later:
        said.append(
            _("You do not need everything today. What is asked “by the start” can be in place by the first day.")
        )
    said.append(
        ngettext("Bills are paid within %(days)d day.", "Bills are paid within %(days)d days.", facts["payment_days"])
        % {"days": facts["payment_days"]}
    )
    said.append(_("Speak up before %(moment)s.") % {"moment": moment_words(facts["closes_at"])})
    return said


def timetable(facts: dict[str, Any]) -> list[dict[str, str]]:
    rows = [
        (_("Last moment for questions"), moment_words(facts["questions_until"])),
        (_("Last moment for answers"), moment_words(facts["closes_at"])),
        (_("Decided by"), day_words(facts["decided_on"])),
        (_("First day of the work"), day_words(facts["starts_on"])),
        (_("Last day of the work"), day_words(facts["ends_on"])),
    ]
    return [{"key": str(key), "value": value} for key, value in rows if value]


def term_rows(facts: dict[str, Any]) -> list[dict[str, str]]:
    extension = facts["extension_months"]
    rows = [
        (_("Council"), facts["council"]["name"]),
        (_("Reference"), facts["reference"]),
        (_("Who buys"), facts["buyer"]),
        (_("Who may answer"), facts["reserved_for"] or _("Everybody")),
        (_("Estimated value"), _("%(value)s, including VAT") % {"value": money(facts["value_pence"])}),
        (
            _("May be extended by"),
            extension and ngettext("%(n)d month", "%(n)d months", extension) % {"n": extension},
        ),
        (
            _("Bills are paid within"),
            ngettext("%(n)d day", "%(n)d days", facts["payment_days"]) % {"n": facts["payment_days"]},
        ),
        (_("Share of the marks for the price"), facts["price_weight"] and f"{facts['price_weight']} %"),
    ]
    return [{"key": str(key), "value": str(value)} for key, value in rows if value]


def address(opportunity: Opportunity) -> str:
    return reverse("opportunity", args=[opportunity.requirement.reference])
