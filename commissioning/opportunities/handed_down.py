"""What opportunities hand down: their link, their sentences, what is kept of them, what a provider takes along."""

from __future__ import annotations

from django.http import HttpRequest
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
from commissioning.opportunities import retention, telling
from providers.access import providers_of
from providers.own_data.parts import Part, add_parts
from providers.profile.departure import add_departure_step
from registry import site
from registry.audit import sentences, targets

SENTENCES = {
    "opportunity.published": _("Published a requirement for all to read"),
    "opportunity.changed": _("Published a change"),
    "opportunity.route_said": _("Said where the formal tender runs"),
    "opportunity.asked": _("Asked a council a question about what it published"),
    "opportunity.answered": _("Answered a provider’s question"),
    "opportunity.stopped": _("Stopped what was published"),
    "opportunity.told": _("Told all who spoke up what came of it"),
    "opportunity.ended": _("Ended what was published and is past its time"),
    "opportunity.mail_on": _("Wants mail about work for councils again"),
    "opportunity.mail_off": _("Wants no mail about work for councils"),
    "interest.begun": _("Began an answer to a council"),
    "interest.written": _("Wrote on an answer to a council"),
    "interest.partners_asked": _("Asked the partners to say yes to an answer"),
    "interest.agreed": _("Said yes to an answer of the team"),
    "interest.yes_taken_back": _("Took back a yes to an answer of the team"),
    "interest.sent": _("Sent an answer to a council"),
    "interest.withdrawn": _("Took back an answer to a council"),
    "interest.feedback_written": _("Wrote what they tell somebody who spoke up"),
    "outcome.recorded": _("Recorded what came of a lot"),
    "outcome.changed": _("Changed what came of a lot"),
}

# Before everybody is told, a council's word is not for anybody; afterwards it stands on the page of the answer.
NOT_TOLD = frozenset({"feedback", "feedback_at", "feedback_by"})
PARTS = [
    Part("council_answers", _("Your answers to councils: as written, and as sent"), Interest, "provider", NOT_TOLD),
    Part("council_yeses", _("When you said yes to an answer of your team"), InterestYes, "provider"),
    Part(
        "council_questions",
        _("What you asked councils, and the answer"),
        OpportunityQuestion,
        "provider",
        frozenset({"press"}),
    ),
    Part("council_letters", _("That you were written to about work for a council"), OpportunityLetter, "provider"),
    Part("no_council_mail", _("Who of you wants no mail about work for councils"), NoOpportunityMail, "provider"),
]


def hand_down() -> None:
    site.add_header_link(site.HeaderLink(_("Work for councils"), "opportunities", runs_a_provider, order=30))
    site.add_footer_link(site.FooterLink(_("Work that councils want to talk about"), "opportunities"))
    site.add_due_job("writing to the field", telling.put_back)
    for rule in retention.RULES:
        site.add_retention_rule(rule)
    add_departure_step(retention.leave_opportunities)
    add_parts(PARTS)
    sentences.register(SENTENCES)
    targets.register(
        {
            "commissioning.opportunity": titles_of_opportunities,
            "commissioning.interest": titles_of_interests,
            "commissioning.opportunityquestion": titles_of_questions,
            "commissioning.lotoutcome": titles_of_outcomes,
        }
    )


def runs_a_provider(request: HttpRequest) -> bool:
    return providers_of(request.user).exists()


def titles_of_opportunities(ids: set[str]) -> dict[str, str]:
    rows = Opportunity.objects.filter(pk__in=ids).values_list("pk", "requirement__title")
    return {str(key): title for key, title in rows}


def titles_of_interests(ids: set[str]) -> dict[str, str]:
    """What was answered, and not by whom: the line of a sealed answer must not open it."""
    rows = Interest.objects.filter(pk__in=ids).values_list("pk", "opportunity__requirement__title")
    return {str(key): title for key, title in rows}


def titles_of_questions(ids: set[str]) -> dict[str, str]:
    rows = OpportunityQuestion.objects.filter(pk__in=ids).values_list("pk", "opportunity__requirement__title")
    return {str(key): title for key, title in rows}


def titles_of_outcomes(ids: set[str]) -> dict[str, str]:
    rows = LotOutcome.objects.filter(pk__in=ids).values_list("pk", "opportunity__requirement__title")
    return {str(key): title for key, title in rows}
