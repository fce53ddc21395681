"""What a council itself could do about each change, in plain words. A claim about the law is a dated row (rule 8)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from commissioning.law.governing import checked_words
from commissioning.market.conditions import Overall
from commissioning.market.rules import Change
from commissioning.market.shown import CHANGES
from commissioning.models import Law
from providers.credentials.kinds import name_of
from registry.models import Council
from registry.places.population import rounded

WHAT_THEY_LACK: dict[Change, str | Promise] = {
    Change.COVER: _("They lack only cover that you ask for: it has ended, is too little, or was never shown."),
    Change.TRAINING: _("They lack only training that you ask for, or not all of their people have it."),
    Change.REGISTRATION: _("They lack only a registration, which this work needs when the council itself buys it."),
    Change.PAPERS: _("They lack only a policy, a reference or another paper that you ask for."),
    Change.HOURS: _("They have all that you ask for, but no space: they are full, have a waiting list, or are away."),
    Change.KNOWING: _("Their pages do not say something that you ask for. Nobody may have asked them yet."),
    Change.REACH: _("They have all that you ask for, and space, but do not travel as far as this."),
}

WHAT_TO_DO: dict[Change, Sequence[str | Promise]] = {
    Change.COVER: (
        _("Ask for as much cover as the work needs, and no more."),
        _("Let it be in place by the start of the contract."),
        _("Tell them of group schemes, and remind them before a policy ends."),
    ),
    Change.TRAINING: (
        _("Give them places on the council’s own courses, in the evening and online too."),
        _("Accept training that another council has already checked."),
    ),
    Change.REGISTRATION: (
        _("Help with the application, and let “will be registered by the start” be an answer."),
        _("Let people who want this provider buy for themselves, with a direct payment, where the law allows it."),
        _("Let them answer in a team with one that is registered."),
    ),
    Change.PAPERS: (
        _("Give them a policy to fill in, instead of asking them to write one."),
        _("Ask only for papers that you read."),
    ),
    Change.HOURS: (
        _("Ask for smaller lots, and for hours that a full week leaves room for."),
        _("Introduce people who want to start to those who are full."),
        _("Ask them to bring their hours up to date: some have space and have not said so."),
    ),
    Change.KNOWING: (
        _("Ring them, or send them an invitation to look after their own page."),
        _("Ask only for what is not on a public register already."),
    ),
    Change.REACH: (
        _("Pay for time and miles on the road where few people live."),
        _("Put places that lie on one road into one lot."),
    ),
}

# The rows of the law that speak of it, where the nation has them.
LAW = {Change.COVER: "insurance", Change.REGISTRATION: "registration", Change.REACH: "lots", Change.HOURS: "lots"}


@dataclass(frozen=True)
class Advice:
    """One change, with all that a page says of it."""

    change: str | Promise
    found: Overall
    lack: str | Promise
    to_do: Sequence[str | Promise]
    law: Law | None

    @property
    def lacking(self) -> list[tuple[str, int]]:
        """Of the providers, how many lack what: where there is more than one thing to lack."""
        kinds = self.found.lacking
        return [(str(name_of(kind)), number) for kind, number in kinds] if len(kinds) > 1 else []

    @property
    def most(self) -> Most | None:
        """For which kind of help it does most; None where it brings nobody new into reach."""
        best = next(iter(self.found.gains), None)
        return Most(best.term.name, _about(best.residents), _about(best.disabled)) if best else None


@dataclass(frozen=True)
class Most:
    kind: str
    residents: str
    disabled: str


def _about(people: int) -> str:
    """To two figures: a census of 2021 cannot say more of today."""
    return f"{rounded(people):,}"


@dataclass(frozen=True)
class Advised:
    changes: list[Advice]
    law_checked: str


def advice(council: Council, found: Iterable[Overall], today: datetime.date) -> Advised:
    """In the same order. One query."""
    in_force = Law.objects.in_force(council.nation, today).filter(key__in=set(LAW.values())).order_by("starts_on")
    rows = {row.key: row for row in in_force}
    changes = [
        Advice(
            change=CHANGES[one.change],
            found=one,
            lack=WHAT_THEY_LACK[one.change],
            to_do=WHAT_TO_DO[one.change],
            law=rows.get(LAW.get(one.change, "")),
        )
        for one in found
    ]
    used = [one.law.checked_on for one in changes if one.law]
    return Advised(changes, checked_words(used) if used else "")
