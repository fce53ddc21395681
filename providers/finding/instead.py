"""Where nobody was found: the same search with less asked, each with how many it would find. Never a dead end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from providers.finding.asked import WORDS, Asked
from providers.finding.understood import worded
from providers.listings import facets
from providers.listings.search import Answer, Question, ask
from providers.meaning.needs import Need

# Each costs a question to the database.
TRIED_AT_MOST = 8
# Beyond this, ringing to ask whether they would come is a waste of two people's time.
ASK_WITHIN_METRES = 80_000
FURTHER_OFF = 5


@dataclass(frozen=True)
class Instead:
    label: str
    address: str
    total: int


def with_less(question: Question, asked: Asked) -> list[Instead]:
    """Those that find somebody, most first."""
    tried = [
        Instead(label, address, ask(less, stop=0, facets=()).total)
        for (label, address, less), _tried in zip(_less(question, asked), range(TRIED_AT_MOST), strict=False)
    ]
    return sorted((one for one in tried if one.total), key=lambda one: -one.total)


def _less(question: Question, asked: Asked) -> Iterator[tuple[str, str, Question]]:
    need, chosen = question.need, question.chosen
    if need.text and chosen:
        yield _("Without any of your choices"), asked.only(*WORDS), replace(question, chosen={})
    if need.text or chosen:
        yield _("Any kind of help"), asked.only("postcode"), replace(question, need=Need.nothing(), chosen={})
    for name, values in chosen.items():
        rest = {other: kept for other, kept in chosen.items() if other != name}
        labels = ", ".join(facets.label(name, value) for value in values)
        said = _("Without “%(choice)s”") % {"choice": f"{facets.LABELS[name]}: {labels}"}
        yield said, asked.without(name), replace(question, chosen=rest)
    if len(need.meanings) > 1:
        for meaning in need.meanings:
            kept = tuple(other for other in need.meanings if other != meaning)
            said = _("Without “%(meaning)s”") % {"meaning": worded(meaning)}
            less = replace(question, need=replace(need, meanings=kept))
            yield said, asked.adding("off", meaning.name), less


def further_off(question: Question) -> Answer:
    """The nearest that do the same, for someone to ring and ask."""
    return ask(replace(question, within=ASK_WITHIN_METRES), stop=FURTHER_OFF, facets=())
