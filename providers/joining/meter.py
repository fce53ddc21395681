"""What would make a listing better, and why families care: read from what was said. It never stands in the way."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from providers.joining.said import Facts

Words = str | Promise
# Shorter than this, a description says what somebody does and not who they are.
FEW_LETTERS = 120


@dataclass(frozen=True)
class Wish:
    """One thing a better listing has; `met` reads the answers of the step where it is said."""

    part: str
    words: Words
    why: Words
    met: Callable[[Facts], bool]


@dataclass(frozen=True)
class Missing:
    wish: Wish
    address: str
    service: str


@dataclass(frozen=True)
class Meter:
    met: int
    of: int
    missing: list[Missing]


@dataclass(frozen=True)
class Answered:
    """A step that is open to this person, and what was said there; `papers` of its certificate are here."""

    part: str
    facts: Facts
    address: str
    service: str = ""
    has_papers: bool = False


def has(facts: Facts) -> bool:
    return facts.get("has") == "yes"


WISHES = (
    Wish(
        "customers",
        _("Say what you charge"),
        _("Families look for a price first."),
        lambda said: said.get("price_pence") is not None,
    ),
    Wish(
        "service",
        _("Write a little more about what you do"),
        _("Families read this to find out who will come to the door."),
        lambda said: len(said.get("description") or "") >= FEW_LETTERS,
    ),
    Wish(
        "when",
        _("Say how many hours you have free"),
        _("Families then know if there is room for them."),
        lambda said: said.get("hours_free") is not None,
    ),
    Wish(
        "hours",
        _("Give your exact hours"),
        _("“Mornings” may mean 7 or 11. Families plan their day by it."),
        lambda said: bool(said.get("weekly_hours")),
    ),
    Wish(
        "extras",
        _("Say what weekends and evenings cost"),
        _("Nobody likes to find out from the bill."),
        lambda said: any(value is not None for value in said.values()),
    ),
    Wish(
        "ease",
        _("Say what makes it easy to use"),
        _("Some people can only come where there is no step, or need large print."),
        lambda said: bool(said.get("accessibility")),
    ),
    Wish(
        "you",
        _("Add an email address for families"),
        _("Many look at night, and some people cannot use the phone."),
        lambda said: bool(said.get("email")),
    ),
    Wish("insurance", _("Add your insurance"), _("Families and councils ask for it before anything else."), has),
    Wish("training", _("Add a training"), _("It shows families that you know what you do."), has),
)
PAPERS = Wish(
    "",
    _("Add a photo of the certificate"),
    _("The council can only say it saw what it has seen."),
    lambda said: bool(said.get("papers")),
)


def measure(answered: Iterable[Answered]) -> Meter:
    """How much of what families look for is there, and the rest in the order of the list above."""
    steps = list(answered)
    asked = [(wish, step) for wish in WISHES for step in steps if step.part == wish.part]
    asked += [(PAPERS, step) for step in steps if has(step.facts)]
    missing = [
        Missing(wish, step.address, step.service)
        for wish, step in asked
        if not wish.met(step.facts | {"papers": step.has_papers} if wish is PAPERS else step.facts)
    ]
    return Meter(len(asked) - len(missing), len(asked), missing)
