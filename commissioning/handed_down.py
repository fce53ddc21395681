"""What commissioning hands down to the site when it starts: its link, its panel, its sentences, what it keeps."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from commissioning.models import (
    Condition,
    Lot,
    Question,
    Requirement,
    ShortlistEntry,
    Summary,
)
from commissioning.opportunities import handed_down as opportunities
from commissioning.sourcing.search import handed_down as search
from commissioning.sourcing.sentences import name_of
from commissioning.summaries.actions import end_what_is_past_its_time
from commissioning.summaries.papers import put_back_overdue
from registry import site
from registry.access.getters import councils_where
from registry.access.permissions import Permission
from registry.audit import sentences, targets


def register() -> None:
    opportunities.hand_down()
    search.hand_down()
    site.add_header_link(site.HeaderLink(_("Requirements"), "requirement_list", may_see, order=40))
    site.add_footer_link(site.FooterLink(_("Check a summary"), "check_summary"))
    site.add_home_panel(site.HomePanel("commissioning/home_panel.html", panel, order=40))
    site.add_retention_rule(
        site.RetentionRule(
            name="summaries",
            what=_("Locked procurement summaries, with their words and their PDFs"),
            how_long=_(
                "7 years after the last day of what was needed. Reference, fingerprint and digests of the PDFs stay."
            ),
            why=_("An auditor, a court or a provider may ask how a council chose."),
            purge=end_what_is_past_its_time,
        )
    )
    site.add_due_job("put back overdue papers of summaries", put_back_overdue)
    targets.register(
        {
            "commissioning.requirement": titles_of_requirements,
            "commissioning.summary": titles_of_summaries,
            "commissioning.lot": titles_of_lots,
            "commissioning.condition": names_of_conditions,
            "commissioning.question": titles_of_questions,
            "commissioning.shortlistentry": titles_of_entries,
        }
    )
    sentences.register(
        {
            "requirement.started": _("Started a requirement"),
            "requirement.changed": _("Changed a requirement"),
            "requirement.lot_added": _("Added a lot"),
            "requirement.lot_changed": _("Changed a lot"),
            "requirement.lot_removed": _("Removed a lot"),
            "requirement.lot_split": _("Made a lot into several"),
            "requirement.times_changed": _("Changed when the hours of a lot are wanted"),
            "requirement.question_set": _("Wrote a question for everyone who answers"),
            "requirement.question_removed": _("Removed a question"),
            "requirement.condition_set": _("Asked for something of suppliers"),
            "requirement.condition_removed": _("Stopped asking for something"),
            "shortlist.added": _("Put a service on the shortlist of a lot"),
            "shortlist.removed": _("Took a service off the shortlist of a lot"),
            "summary.locked": _("Locked a procurement summary"),
            "summary.ended": _("Ended a summary that was past its time"),
        }
    )


def titles_of_requirements(ids: set[str]) -> dict[str, str]:
    return {str(key): title for key, title in Requirement.objects.filter(pk__in=ids).values_list("pk", "title")}


def titles_of_summaries(ids: set[str]) -> dict[str, str]:
    rows = Summary.objects.filter(pk__in=ids).values_list("pk", "requirement__title")
    return {str(key): title for key, title in rows}


def titles_of_lots(ids: set[str]) -> dict[str, str]:
    rows = Lot.objects.filter(pk__in=ids).values_list("pk", "title", "requirement__title")
    return {str(key): f"{requirement}, {title}" for key, title, requirement in rows}


def titles_of_questions(ids: set[str]) -> dict[str, str]:
    rows = Question.objects.filter(pk__in=ids).values_list("pk", "number", "requirement__title")
    words = _("%(title)s, question %(number)d")
    return {str(key): words % {"title": title, "number": number} for key, number, title in rows}


def names_of_conditions(ids: set[str]) -> dict[str, str]:
    rows = Condition.objects.filter(pk__in=ids).values_list("pk", "kind", "requirement__title")
    return {str(key): f"{title}, {name_of(kind)}" for key, kind, title in rows}


def titles_of_entries(ids: set[str]) -> dict[str, str]:
    rows = ShortlistEntry.objects.filter(pk__in=ids).values_list("pk", "lot__title", "service__provider__name")
    return {str(key): f"{lot}, {provider}" for key, lot, provider in rows}


def may_see(request: HttpRequest) -> bool:
    return councils_where(request.user, Permission.SEE_REQUIREMENTS).exists()


def panel(request: HttpRequest) -> dict[str, Any] | None:
    """The requirements being written in the person's councils; nothing for people of no council."""
    councils = councils_where(request.user, Permission.SEE_REQUIREMENTS)
    if not councils:
        return None
    open_ones = Requirement.objects.filter(council__in=councils, summary__isnull=True).order_by("-created_at")
    return {"requirements": open_ones[:5]}
