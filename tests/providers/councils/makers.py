"""Providers on the lists of councils, in few words."""

from django.utils import timezone

from providers.councils.actions import ask, list_with
from tests.cast import make_staff
from tests.providers.listings.makers import comes_from, listed, make_provider, make_service
from tests.providers.moderation.makers import make_owner


def on_the_list(council, name="Lunch with Ana", **fields):
    """A provider with one service, published by its home council, and its owner."""
    provider = make_provider(council, name, **fields)
    comes_from(make_service(provider))
    listed(provider)
    list_with(provider=provider, council=council, by=None, now=timezone.now())
    return provider, make_owner(provider, f"owner@{provider.slug}.example")


def asked(provider, council, owner):
    return ask(provider=provider, council=council, by=owner, now=timezone.now())


def make_checker(council, email="checker@other.example"):
    return make_staff(email, "Oz Checker", council, "checker")
