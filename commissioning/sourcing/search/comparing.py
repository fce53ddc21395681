"""Services side by side: the same facts of each, line by line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from commissioning.sourcing.search.shown import FieldRow

AT_MOST = 6
Cell = list[str]

LINES: list[tuple[Any, Callable[[FieldRow], Cell]]] = [
    (_("Legal form"), lambda row: [row.legal_form]),
    (_("People"), lambda row: [row.size]),
    (_("Run by its members"), lambda row: [row.members]),
    (_("Base"), lambda row: [row.base]),
    (_("Where they go"), lambda row: row.result.why),
    (_("When"), lambda row: [row.result.when]),
    (_("Hours free"), lambda row: [row.hours]),
    (_("Space"), lambda row: [row.result.space]),
    (_("Price"), lambda row: [row.result.price, *row.result.other_prices]),
    (_("Who can pay"), lambda row: row.result.payers),
    (_("Registration"), lambda row: [row.result.regulation]),
    (_("Seen by a council"), lambda row: row.result.checks.current or [now_("Nothing yet")]),
    (_("Said to be held, seen by no council"), lambda row: row.unseen or [now_("Nothing")]),
    (_("Last confirmed"), lambda row: [row.confirmed]),
]


def side_by_side(rows: Sequence[FieldRow]) -> list[tuple[Any, list[Cell]]]:
    """Each line with a cell for each service; what is not said is not known."""
    return [(label, [list(filter(None, of(row))) or [now_("Not known")] for row in rows]) for label, of in LINES]
