"""Customers who write, in few words."""

import time

from providers.recommending.actions import invite, make_cards, write
from providers.recommending.deciding import show
from registry.access.opened import stamp

WELL = "She came every Tuesday, on time."
BADLY = "Twice nobody came, and nobody rang."
SAID = {"known_for": "years", "went_well": WELL, "went_badly": BADLY, "signed_as": "Mary J."}


def typed(seconds=60, **changes):
    page = {"opened": stamp(time.time() - seconds), "is_customer": "on", "was_not_paid": "on"}
    return {**page, **SAID, **changes}


def invited(provider, by, email="mary@home.example"):
    return invite(provider=provider, email=email, by=by)


def card_of(provider, by):
    return make_cards(provider=provider, number=1, by=by)[0]


def written(provider, by, email="mary@home.example", **changes):
    return write(invitation=invited(provider, by, email), **{"email": "", **SAID, **changes})


def shown(provider, by, checker, email="mary@home.example", **changes):
    said = written(provider, by, email, **changes)
    show(recommendation=said, by=checker)
    return said
