"""Hours, windows, money and ways of a team in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commissioning.coops.diagnosis import Ask
from commissioning.coops.relaxed import REACH, Change
from commissioning.coops.task import ANY_TIME, Cell, Task
from commissioning.sourcing.sentences import name_of
from commissioning.sourcing.shown import METRES_IN_A_MILE
from providers.credentials.wording import money
from providers.listings.hours import time_in_words
from providers.models.availability import Day


def hours_words(minutes: int) -> str:
    """6 hours; 45 minutes; 1 hour 30 minutes."""
    hours, rest = divmod(minutes, 60)
    said = [ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}] if hours else []
    if rest or not said:
        said.append(ngettext("%(n)d minute", "%(n)d minutes", rest) % {"n": rest})
    return " ".join(said)


def cell_words(cell: Cell) -> str:
    """Lot 2, Tuesday, 9am to midday."""
    if cell.day == ANY_TIME:
        return _("Lot %(lot)d, at any time") % {"lot": cell.lot}
    return _("Lot %(lot)d, %(day)s, %(starts)s to %(ends)s") % {
        "lot": cell.lot,
        "day": Day(cell.day).label,
        "starts": time_in_words(cell.starts),
        "ends": time_in_words(cell.ends),
    }


def hours_by_cell(task: Task, minutes: Mapping[int, int]) -> list[str]:
    """Each cell with its hours, in the order of lots and of the week."""
    return [f"{cell_words(task.cells[i])}: {hours_words(minutes[i])}" for i in in_order(task, minutes)]


def in_order(task: Task, cells: Iterable[int]) -> list[int]:
    week = ["", *Day.values]
    return sorted(cells, key=lambda i: (task.cells[i].lot, week.index(task.cells[i].day), task.cells[i].starts))


def miles_words(metres: float) -> str:
    """To whole miles, as everywhere: finer could find a home (rule 10)."""
    miles = round(metres / METRES_IN_A_MILE)
    if miles == 0:
        return _("less than a mile")
    return ngettext("%(miles)d mile", "%(miles)d miles", miles) % {"miles": miles}


def price_words(pence: float) -> str:
    return str(money(round(pence)))


def ask_words(task: Task, ask: Ask) -> str:
    """One thing that is asked for, as a line of a list."""
    if ask.what == "hours":
        cell = task.cells[ask.cell]
        return f"{cell_words(cell)}: {hours_words(cell.minutes)}"
    if ask.what == "partners":
        words = ngettext("at most %(n)d partner", "at most %(n)d partners", task.most_partners)
        return words % {"n": task.most_partners}
    if ask.what == "stand_ins":
        return _("lot %(lot)d: %(n)d more who could step in") % {"lot": ask.lot, "n": task.stand_ins[ask.lot]}
    if ask.what == "price":
        return _("at most %(price)s an hour") % {"price": price_words(max(task.price_caps.values()))}
    if ask.what == "travel":
        return _("the time it takes to get from one lot’s area to the next")
    return condition_words(ask.condition)


def condition_words(name: str) -> str:
    if name == REACH:
        return _("that each partner reaches the whole area of its lot")
    return name_of(name)


def change_words(task: Task, change: Change) -> str:
    """One change as something to do."""
    if change.what == "hours":
        words = {"cell": cell_words(task.cells[change.cell]), "hours": hours_words(change.amount)}
        return _("%(cell)s: ask for %(hours)s less") % words
    if change.what == "partners":
        words_of = ngettext(
            "let %(n)d more partner into the team", "let %(n)d more partners into the team", change.amount
        )
        return words_of % {"n": change.amount}
    if change.what == "stand_ins":
        return _("lot %(lot)d: ask for %(n)d fewer who could step in") % {"lot": change.lot, "n": change.amount}
    if change.what == "price":
        return _("pay up to %(price)s an hour more") % {"price": price_words(change.amount)}
    if change.condition == REACH:
        return _("let partners share out a lot by place, so that each need not reach all of it")
    return _("do without this condition: %(condition)s") % {"condition": name_of(change.condition)}
