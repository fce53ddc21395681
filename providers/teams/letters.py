"""What is written to those who own a provider about its teams. Nothing in it that is not public, or the team's own."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from providers.models import Provider, ProviderMembership, Team, TeamMember
from providers.models.provider_membership import ProviderRole
from registry.mail.actions import queue


def invite(newcomer: TeamMember, members: Iterable[TeamMember]) -> None:
    provider, team = newcomer.provider, newcomer.team
    words = {
        "team": team,
        "provider": provider,
        "names": [member.provider.name for member in members],
        "until": newcomer.open_until,
        "link": settings.SITE_URL + reverse("team_invitation", args=[provider.slug, newcomer.pk]),
        "no_more": settings.SITE_URL + reverse("my_teams", args=[provider.slug]),
    }
    subject = _("Would you work with others, as %(team)s?") % {"team": team.name}
    for address in owners_of(provider):
        queue(to=address, subject=subject, body=render_to_string("mail/team_invitation.txt", words))


def tell(to: Iterable[TeamMember], team: Team, subject: str, words: str) -> None:
    """News of a team, each with the way to its own page of it."""
    for place in to:
        link = settings.SITE_URL + reverse("team", args=[place.provider.slug, team.pk])
        _send(place.provider, subject, words, link)


def tell_outside(provider: Provider, subject: str, words: str) -> None:
    """The same to one that has no page of that team any more."""
    _send(provider, subject, words, settings.SITE_URL + reverse("my_teams", args=[provider.slug]))


def owners_of(provider: Provider) -> list[str]:
    """Those who decide for it. One that has left has none."""
    owners = ProviderMembership.objects.current().filter(provider=provider, role=ProviderRole.OWNER)
    return list(owners.order_by("pk").values_list("user__email", flat=True))


def _send(provider: Provider, subject: str, words: str, link: str) -> None:
    body = render_to_string("mail/team_news.txt", {"words": words, "link": link})
    for address in owners_of(provider):
        queue(to=address, subject=subject, body=body)
