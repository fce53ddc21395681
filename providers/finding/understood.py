"""What somebody's words were taken to mean, each as something to switch off, and back on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from providers.finding.asked import Asked
from providers.listings import facets
from providers.listings.asking import need_of
from providers.listings.filters import ListingFilter
from providers.meaning.needs import Meaning, Need

COMING = {"female": gettext_lazy("a woman to come"), "male": gettext_lazy("a man to come")}


def _small(label: str) -> str:
    """Inside a sentence: "Cooking at home" is "cooking at home", and "NHS" stays."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


WORDED: dict[str, Callable[[str], str]] = {
    "category": lambda code: _small(facets.label("category", code)),
    "client_group": lambda code: _("for %(whom)s") % {"whom": _small(facets.label("client_group", code))},
    "day": lambda code: _("on %(day)s") % {"day": facets.label("day", code)},
    "language": lambda code: _("in %(language)s") % {"language": code.title()},
    "without": lambda code: _("not %(what)s") % {"what": _small(facets.label("category", code))},
    "who": lambda code: str(COMING.get(code, code)),
    "place": lambda code: _("in %(place)s") % {"place": code},
}


@dataclass(frozen=True)
class Chip:
    """One meaning, or one choice, and the address without it (or with it again)."""

    label: str
    address: str


def worded(meaning: Meaning) -> str:
    say = WORDED.get(meaning.kind)
    return say(meaning.code) if say else meaning.code.replace("_", " ").title()


def meant(need: Need, asked: Asked) -> list[Chip]:
    return [Chip(worded(meaning), asked.adding("off", meaning.name)) for meaning in need.meanings]


def switched_off(asked_for: ListingFilter, asked: Asked) -> list[Chip]:
    """What the words mean too, and the reader said they do not."""
    off = asked_for.form.cleaned_data["off"]
    if not off or asked_for.form.cleaned_data["as_typed"]:
        return []
    everything = need_of(asked_for.form.cleaned_data["need"])
    return [
        Chip(worded(meaning), asked.taking("off", meaning.name))
        for meaning in everything.meanings
        if meaning.name in off
    ]
