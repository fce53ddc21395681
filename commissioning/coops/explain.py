"""A team in words: what was proved, why these, what each brings, what breaks when one leaves; or why there is none.

Everything is reckoned anew for each request and nothing is kept. The searches are limited by nodes and never by the
clock, so the same facts give the same answer, a stopped search included: there is nothing that a second reading could
contradict, a GET writes nothing (rule 17), and no copy of the register's facts has to be forgotten later.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commissioning.coops.diagnosis import Mending, cheapest_change, conflict, left_bare, next_best
from commissioning.coops.gather import Gathered, LeftOut, Named
from commissioning.coops.optimiser import NotDecidedError, best_team, value_of
from commissioning.coops.task import Found, Partner, Task
from commissioning.coops.wording import (
    ask_words,
    cell_words,
    change_words,
    hours_by_cell,
    hours_words,
    in_order,
    miles_words,
    price_words,
)

# What one page may take: for the team itself, and for each of the questions asked about it.
NODES_OF_A_PAGE = 60
NODES_OF_A_QUESTION = 20
# Few enough to say so: who else could come at such a time.
RARE = 2


@dataclass(frozen=True)
class ShownPartner:
    name: str
    slug: str
    facts: tuple[str, ...]
    brings: tuple[str, ...]
    rare: tuple[str, ...]
    bare: tuple[str, ...]


@dataclass(frozen=True)
class ShownTeam:
    """`rows` are cells with the hours of each partner, in the order of `partners`."""

    headline: str
    proof: str
    proved: bool
    why: str
    partners: tuple[ShownPartner, ...]
    rows: tuple[tuple[str, tuple[str, ...], str], ...]
    next_best: str


@dataclass(frozen=True)
class ShownNone:
    because: tuple[str, ...]
    is_least: bool
    changes: tuple[str, ...]
    is_least_change: bool
    others: int


@dataclass(frozen=True)
class Answer:
    """One of the three: a team, none, or a search that was stopped before it knew."""

    team: ShownTeam | None = None
    none: ShownNone | None = None


def answer_for(gathered: Gathered, task: Task) -> Answer:
    try:
        found = best_team(task, node_limit=NODES_OF_A_PAGE)
    except NotDecidedError:
        return Answer()
    if found is None:
        return Answer(none=shown_none(task))
    return Answer(team=shown_team(gathered, task, found))


def shown_team(gathered: Gathered, task: Task, found: Found) -> ShownTeam:
    partners = {partner.key: partner for partner in task.partners}
    team = sorted(found.team, key=lambda key: (gathered.names[key].name.casefold(), key))
    given = [index for index in range(len(task.cells)) if task.cells[index].minutes]
    rows = tuple(
        (
            cell_words(task.cells[index]),
            tuple(cell_hours(found, key, index) for key in team),
            hours_words(task.cells[index].minutes),
        )
        for index in in_order(task, given)
    )
    return ShownTeam(
        headline=headline(task, found),
        proof=proof_words(task, found),
        proved=found.proved,
        why=why_words(task, found),
        partners=tuple(shown_partner(task, found, partners[key], gathered.names[key]) for key in team),
        rows=rows,
        next_best=next_best_words(gathered, task, found),
    )


def cell_hours(found: Found, key: str, cell: int) -> str:
    minutes = found.shares.get((key, cell), 0)
    return hours_words(minutes) if minutes else "–"


def headline(task: Task, found: Found) -> str:
    size = ngettext("A team of %(n)d", "A team of %(n)d", len(found.team)) % {"n": len(found.team)}
    return f"{size}: {value_words(task, found.value)}" if task.objective != "smallest" else size


def value_words(task: Task, value: float) -> str:
    """The objective's value with its unit."""
    if task.objective == "cheapest":
        return _("%(price)s a week") % {"price": price_words(value)}
    if task.objective == "most_local":
        return _("an hour’s work is %(miles)s away on average") % {"miles": miles_words(value)}
    if task.objective == "most_resilient":
        return _("nobody carries more than %(hours)s a week") % {"hours": hours_words(round(value))}
    return ngettext("%(n)d partner", "%(n)d partners", round(value)) % {"n": round(value)}


PROVED: dict[str, Callable[[], str]] = {
    "smallest": lambda: _("Proved: no smaller team covers every hour."),
    "cheapest": lambda: _("Proved the cheapest: no team covers every hour for less."),
    "most_local": lambda: _("Proved the most local: in no team is the way to an hour’s work shorter."),
    "most_resilient": lambda: _("Proved the most resilient: in every team somebody carries at least as much."),
}


def proof_words(task: Task, found: Found) -> str:
    if found.proved:
        return PROVED[task.objective]()
    # Rounded up: it may be further from the best than it is, never nearer.
    part = int(-(-100 * found.gap // 1))
    return _(
        "Within %(part)d%% of the best possible. The search was stopped at its limit of work, not of time: "
        "on the same facts it gives the same team again."
    ) % {"part": part}


def why_words(task: Task, found: Found) -> str:
    """What decided between this team and others that are as good."""
    if len(found.team) == 1:
        return _("One provider covers every hour alone.")
    if task.objective == "smallest":
        return _("Of teams of this size it is the cheapest that was found, and then the nearest.")
    return _("Of teams that are as good in this, smaller ones were put first.")


def shown_partner(task: Task, found: Found, partner: Partner, named: Named) -> ShownPartner:
    minutes = {cell: given for (key, cell), given in found.shares.items() if key == partner.key}
    bare = left_bare(task, found, partner.key)
    return ShownPartner(
        name=named.name,
        slug=named.slug,
        facts=tuple(facts_of(task, partner, minutes)),
        brings=tuple(hours_by_cell(task, minutes)),
        rare=tuple(rare_words(task, partner, cell) for cell in in_order(task, minutes) if is_rare(task, cell)),
        bare=tuple(hours_by_cell(task, bare)),
    )


def facts_of(task: Task, partner: Partner, minutes: dict[int, int]) -> list[str]:
    """Its hours of those it has free, its price and its way, for the lots it works in."""
    given = {"given": hours_words(sum(minutes.values())), "free": hours_words(partner.minutes_free)}
    lots = sorted({task.cells[cell].lot for cell in minutes})
    facts = [_("%(given)s a week, of %(free)s free") % given]
    prices = sorted({price for lot in lots if (price := partner.price(lot)) is not None})
    ways = [partner.metres[lot] for lot in lots if lot in partner.metres]
    facts += [_("%(price)s an hour") % {"price": price_words(price)} for price in prices]
    if lots and not prices:
        facts.append(_("Price by the hour: not known"))
    if ways:
        facts.append(_("%(miles)s from the middle of the area") % {"miles": miles_words(min(ways))})
    return facts


def able(task: Task, cell: int) -> int:
    return sum(
        bool(task.most_minutes(partner, cell)) and task.may_give(partner, task.cells[cell].lot)
        for partner in task.partners
    )


def is_rare(task: Task, cell: int) -> bool:
    return able(task, cell) <= RARE


def rare_words(task: Task, partner: Partner, cell: int) -> str:
    others = able(task, cell) - 1
    if others == 0:
        return _("Nobody else could come: %(when)s") % {"when": cell_words(task.cells[cell])}
    return ngettext("Only %(n)d other could come: %(when)s", "Only %(n)d others could come: %(when)s", others) % {
        "n": others,
        "when": cell_words(task.cells[cell]),
    }


def next_best_words(gathered: Gathered, task: Task, found: Found) -> str:
    """The team that would stand here if not all of these said yes."""
    try:
        other = next_best(task, found, node_limit=NODES_OF_A_QUESTION)
    except NotDecidedError:
        return _("Whether there is another team was not settled within the limit of work.")
    if other is None:
        return _("There is no other team: without all of these, not everything that is asked can be covered.")
    names = ", ".join(sorted((gathered.names[key].name for key in other.team), key=str.casefold))
    words = {"names": names, "value": value_words(task, other.value), "cost": cost_words(task, other)}
    if other.proved:
        return _("The next best team: %(names)s (%(value)s%(cost)s).") % words
    return _("Another team, perhaps not the very next: %(names)s (%(value)s%(cost)s).") % words


def cost_words(task: Task, found: Found) -> str:
    """What a week costs, beside another objective; nothing where a price is not known."""
    partners = {partner.key: partner for partner in task.partners}
    prices = [partners[key].price(task.cells[cell].lot) for key, cell in found.shares]
    if task.objective == "cheapest" or not prices or None in prices:
        return ""
    pence = value_of(task, "cheapest", frozenset(found.team), found.shares)
    return _(", %(price)s a week") % {"price": price_words(pence)}


def shown_none(task: Task) -> ShownNone:
    """One set of hours and conditions that leaves no team, and the least change that lets one exist."""
    because = conflict(task, node_limit=NODES_OF_A_QUESTION)
    mending = mending_of(task)
    return ShownNone(
        because=tuple(ask_words(task, ask) for ask in because.asks),
        is_least=because.is_least,
        changes=tuple(change_words(task, change) for change in mending.changes),
        is_least_change=mending.is_least,
        others=len(task.partners),
    )


def mending_of(task: Task) -> Mending:
    """Nothing where the search was stopped before it found any change."""
    try:
        return cheapest_change(task, node_limit=NODES_OF_A_QUESTION) or Mending(())
    except NotDecidedError:
        return Mending(())


def left_out_words(left: LeftOut) -> str:
    """Why these are not reckoned with in a lot, with how many they are."""
    number = len(left.names)
    words = {
        "basis": ngettext(
            "%(n)d is not known to be registered with the regulator, nor to be by the start",
            "%(n)d are not known to be registered with the regulator, nor to be by the start",
            number,
        ),
        "space": ngettext("%(n)d has no room", "%(n)d have no room", number),
        "hours": ngettext("%(n)d says of no hours that are free", "%(n)d say of no hours that are free", number),
        "times": ngettext(
            "%(n)d does not say that it works at any of these times",
            "%(n)d do not say that they work at any of these times",
            number,
        ),
    }[left.why]
    return _("Lot %(lot)d: %(why)s") % {"lot": left.lot, "why": words % {"n": number}}
