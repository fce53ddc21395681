"""The people of the demonstration: nobody real, on addresses and phone numbers that are kept free for inventions."""

from __future__ import annotations

import datetime

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from registry.accounts.actions import arrive, rename
from registry.accounts.council_actions import change_council, join, switch_on_council
from registry.models import Council, User
from registry.models.council_membership import CouncilRole

BATH, WILTSHIRE, SOMERSET = "E06000022", "E06000054", "E06000066"

DEMO_ROLES = {
    "provider": _("A care worker who runs a micro-enterprise"),
    "colleague": _("Someone at the same micro-enterprise who may only read"),
    "other-provider": _("A care worker at another micro-enterprise"),
    "commissioner": _("A commissioner of Bath and North East Somerset"),
    "other-commissioner": _("A commissioner of Wiltshire, the council next door"),
    "checker": _("A checker of Bath and North East Somerset"),
    "administrator": _("An administrator of Bath and North East Somerset"),
}

# Who they are, and what they do for which council.
PEOPLE: dict[str, tuple[str, str, CouncilRole | None]] = {
    "provider": ("Maggie Tovey", "", None),
    "colleague": ("Del Tovey", "", None),
    "other-provider": ("Ruth Adeyemi", "", None),
    "commissioner": ("Priya Nair", BATH, CouncilRole.COMMISSIONER),
    "other-commissioner": ("Tom Ashworth", WILTSHIRE, CouncilRole.COMMISSIONER),
    "checker": ("Ines Carvalho", BATH, CouncilRole.CHECKER),
    "administrator": ("Gareth Beddoes", BATH, CouncilRole.ADMINISTRATOR),
    "wiltshire-checker": ("Sheila Hobbs", WILTSHIRE, CouncilRole.CHECKER),
    "wiltshire-administrator": ("Martin Oyelaran", WILTSHIRE, CouncilRole.ADMINISTRATOR),
    "somerset-checker": ("Kath Lindqvist", SOMERSET, CouncilRole.CHECKER),
    "somerset-administrator": ("Amir Rahman", SOMERSET, CouncilRole.ADMINISTRATOR),
}

# 01632 960 is Ofcom's range for inventions; `.example` is kept free by RFC 2606.
CONTACTS = {
    BATH: {
        "adults_phone": "01632 960101",
        "adults_email": "adults@bath.demo.nearhand.example",
        "website": "https://bath.demo.nearhand.example/adults",
        "safeguarding_phone": "01632 960102",
        "safeguarding_url": "https://bath.demo.nearhand.example/safeguarding",
    },
    WILTSHIRE: {
        "adults_phone": "01632 960201",
        "adults_email": "adults@wiltshire.demo.nearhand.example",
        "website": "https://wiltshire.demo.nearhand.example/adults",
        "safeguarding_phone": "01632 960202",
        "safeguarding_url": "https://wiltshire.demo.nearhand.example/safeguarding",
    },
    SOMERSET: {
        "adults_phone": "01632 960301",
        "adults_email": "adults@somerset.demo.nearhand.example",
        "website": "https://somerset.demo.nearhand.example/adults",
        "safeguarding_phone": "01632 960302",
        "safeguarding_url": "https://somerset.demo.nearhand.example/safeguarding",
    },
}


def address_of(role: str) -> str:
    return f"{role}@demo.nearhand.example"


@transaction.atomic
def seed_people(*, today: datetime.date) -> int:
    """Make the three councils and everyone in them, or leave them as they are. Returns how many people there are."""
    users = {slug: make_person(slug, name) for slug, (name, _code, _role) in PEOPLE.items()}
    for code, contacts in CONTACTS.items():
        council = Council.objects.get(pk=code)
        switch_on_council(council=council, today=today, by=None)
        change_council(council=council, changes=dict(contacts), by=None)
    for slug, (_name, code, role) in PEOPLE.items():
        if role is not None:
            join(council=Council.objects.get(pk=code), role=role, user=users[slug])
    return len(users)


def make_person(slug: str, name: str) -> User:
    user = arrive(email=address_of(slug))
    assert user is not None, "nobody closes an account of the demonstration"
    rename(user=user, name=name, by=user)
    if not Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists():
        TOTP.activate(user, generate_totp_secret())
    return user
