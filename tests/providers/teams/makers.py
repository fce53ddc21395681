"""Businesses that could work together, and teams of them; made through the product's own actions."""

import datetime

from django.utils import timezone

from providers.models import Category, Provider, ProviderMembership, TeamMember
from providers.models.provider_membership import ProviderRole
from providers.models.team import TeamForm
from providers.teams import actions, asking_actions, plan_actions
from registry.models import User
from tests.providers.listings.makers import comes_from, has_space, listed, make_provider, make_service


def business(council, name, *, kinds=("cooking",), days=("mon", "tue"), hours=10, **fields):
    """A listed provider in Bath with one service, confirmed today, and somebody who owns it."""
    provider = make_provider(council, name, **{"base_postcode": "BA1 1LZ", **fields})
    owner = User.objects.create_user(f"{provider.slug.replace('-', '.')}@team.example", name)
    ProviderMembership.objects.create(user=owner, provider=provider, role=ProviderRole.OWNER)
    service = make_service(provider, f"{name} at home", Category.objects.filter(pk__in=kinds))
    comes_from(service)
    has_space(service, days=days, hours_free=hours, confirmed_on=timezone.localdate())
    listed(provider)
    return Provider.every.get(pk=provider.pk)


def owner_of(provider):
    return User.objects.get(provider_memberships__provider=provider, provider_memberships__role=ProviderRole.OWNER)


def started(provider, name="Larkhall Helpers", purpose="Help at home in Larkhall, every day"):
    return actions.start(provider=provider, name=name, purpose=purpose, by=owner_of(provider))


def asked(place, other):
    """`other` is written to, with the yes of everybody in the team."""
    newcomer = asking_actions.ask(place=place, other=other, by=owner_of(place.provider))
    for member in TeamMember.objects.current().filter(team=place.team):
        asking_actions.agree(place=member, newcomer=newcomer, by=owner_of(member.provider))
    newcomer.refresh_from_db()
    return newcomer


def joined(place, other):
    newcomer = asked(place, other)
    asking_actions.accept(place=newcomer, by=owner_of(other))
    newcomer.refresh_from_db()
    return newcomer


def agreed(lead, form=TeamForm.CONSORTIUM):
    """All members say yes to this lead."""
    plan_actions.ask(place=lead, lead=lead, form=form, by=owner_of(lead.provider))
    for member in TeamMember.objects.current().filter(team=lead.team).exclude(pk=lead.pk):
        plan = lead.team.plans.asked().first()
        plan_actions.agree(place=member, plan=plan, by=owner_of(member.provider))
    lead.refresh_from_db()
    lead.team.refresh_from_db()


def standing(*providers):
    """A complete team of these, led by the first. Gives their places."""
    first = started(providers[0])
    places = [first, *(joined(first, other) for other in providers[1:])]
    agreed(first)
    return [TeamMember.objects.select_related("team", "provider").get(pk=place.pk) for place in places]


def later(moment, days):
    return moment + datetime.timedelta(days=days)
