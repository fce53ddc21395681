"""The mails of an opportunity: to the field, to those who take part, to the council. None names another bidder."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from commissioning.models import Interest, Opportunity, OpportunityQuestion, OpportunityVersion
from commissioning.opportunities import links
from providers.credentials.letters import write_to_provider
from providers.models import Provider, TeamMember
from registry.mail.actions import queue
from registry.models import OutgoingMail, User


def formal_route_note() -> str:
    return _("The council has said where and when the formal tender runs.")


def taking_part(opportunity: Opportunity) -> list[Provider]:
    """Whoever has begun an answer or sent one, partners included, each once."""
    interests = Interest.objects.filter(opportunity=opportunity)
    leads = Provider.every.filter(pk__in=interests.values("provider"))
    places = TeamMember.objects.current().filter(team__in=interests.filter(team__isnull=False).values("team"))
    partners = Provider.every.filter(pk__in=places.values("provider"))
    return list((leads | partners).filter(left_at__isnull=True).distinct().order_by("pk"))


def write_to_each(opportunity: Opportunity, whom: Iterable[Provider], subject: str, words: dict[str, Any]) -> None:
    template = words.pop("template")
    body = render_to_string(template, {**words, "opportunity": opportunity, "link": links.public(opportunity)})
    for provider in whom:
        write_to_provider(provider, subject=subject % {"title": opportunity.requirement.title}, body=body.strip())


def tell_of_change(opportunity: Opportunity, version: OpportunityVersion) -> None:
    words = {"template": "mail/opportunity_changed.txt", "version": version}
    write_to_each(opportunity, taking_part(opportunity), _("Changed: %(title)s"), words)


def tell_of_question(opportunity: Opportunity) -> None:
    """To whoever published it. The mail does not say who asked, and does not hold the question."""
    body = _(
        "A provider has asked a question about “%(title)s”. Question and answer will be for all to read; who asked is "
        "not shown to anybody, you included.\n\nAnswer it here:\n%(link)s\n\nNearhand\n"
    )
    title = opportunity.requirement.title
    words = {"title": title, "link": links.council_page(opportunity)}
    queue(
        to=opportunity.published_by.email, subject=_("A question about %(title)s") % {"title": title}, body=body % words
    )


def tell_of_answer(opportunity: Opportunity, question: OpportunityQuestion) -> None:
    whom = {provider.pk: provider for provider in taking_part(opportunity)}
    if question.provider:
        whom[question.provider.pk] = question.provider
    words = {"template": "mail/opportunity_answered.txt", "question": question}
    write_to_each(opportunity, whom.values(), _("A question is answered: %(title)s"), words)


def ask_for_yes(interest: Interest, partner: Provider) -> None:
    body = render_to_string(
        "mail/interest_asks_for_yes.txt",
        {"interest": interest, "partner": partner, "link": links.own(interest, partner)},
    )
    subject = _("Please read and say yes: the answer of %(team)s") % {"team": interest.team}
    write_to_provider(partner, subject=subject, body=body.strip())


def confirm_sent(interest: Interest, member: Provider) -> None:
    opportunity = interest.opportunity
    body = render_to_string(
        "mail/interest_sent.txt",
        {"interest": interest, "opportunity": opportunity, "link": links.own(interest, member)},
    )
    subject = _("Sent: your answer about %(title)s") % {"title": opportunity.requirement.title}
    write_to_provider(member, subject=subject, body=body.strip())


def tell_outcome(interest: Interest, member: Provider, outcome: Sequence[str]) -> None:
    """What came of it and what the council says of their own answer. Nobody else's answer is in it."""
    words = {
        "interest": interest,
        "opportunity": interest.opportunity,
        "outcome": outcome,
        "link": links.own(interest, member),
    }
    subject = _("What came of %(title)s") % {"title": interest.opportunity.requirement.title}
    write_to_provider(member, subject=subject, body=render_to_string("mail/opportunity_outcome.txt", words).strip())


def write_to_one_of_field(
    opportunity: Opportunity, provider: Provider, user: User, lots: Sequence[dict[str, Any]]
) -> OutgoingMail:
    """Why they fit and what they lack, lot by lot, and the link that ends such mails for this person."""
    words = {
        "opportunity": opportunity,
        "provider": provider,
        "lots": lots,
        "link": links.public(opportunity),
        "no_mail": links.no_mail(provider, user),
    }
    subject = _("Work you may be able to do: %(title)s") % {"title": opportunity.requirement.title}
    return queue(to=user.email, subject=subject, body=render_to_string("mail/opportunity_for_you.txt", words).strip())
