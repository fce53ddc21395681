"""What teams hand down to the site: audit sentences, a panel, what is kept and how long."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from providers.teams import retention
from providers.teams.panel import waiting_for
from registry import site
from registry.audit import sentences

SENTENCES = {
    "team.started": _("Started a team with other providers"),
    "team.changed": _("Changed what a team is called, or what it is for"),
    "team.named": _("Named a provider to be asked into a team"),
    "team.newcomer_agreed": _("Said yes to asking a provider into a team"),
    "team.invited": _("Was asked into a team, after all its members had said yes"),
    "team.taken_back": _("Said no to asking a provider into a team, or took it back"),
    "team.joined": _("Said yes to a team"),
    "team.declined": _("Said no to a team"),
    "team.plan_asked": _("Asked who is to lead a team, and in what form"),
    "team.plan_yes": _("Said yes to who leads a team, and its form"),
    "team.plan_refused": _("Said no to who is to lead a team, or its form"),
    "team.plan_agreed": _("All members agreed who leads a team, and its form"),
    "team.gives_changed": _("Changed what the provider gives to a team"),
    "team.left": _("Left a team"),
    "team.gone_on": _("Went on in a team without one that is not in public view"),
    "team.ended": _("Ended a team"),
    "partner.wish_changed": _("Changed a private note about working with another provider"),
    "partner.may_be_asked": _("Said that the provider may be asked into teams"),
    "partner.not_asked": _("Said that the provider would rather not be asked into teams"),
}


def hand_down() -> None:
    sentences.register(SENTENCES)
    site.add_home_panel(site.HomePanel("teams/home_panel.html", waiting_for, order=6))
    for rule in retention.RULES:
        site.add_retention_rule(rule)
