"""What changed between two states of a listing, both read as groups of labelled rows. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    label: str
    text: str


@dataclass(frozen=True)
class Group:
    """`key` stays the same while the heading may change: a service keeps its id when it is renamed."""

    key: str
    heading: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Change:
    """One row that reads differently. Empty `was`: it is new; empty `will_be`: it goes."""

    heading: str
    label: str
    was: str
    will_be: str


def compare(before: Sequence[Group], after: Sequence[Group]) -> list[Change]:
    """Every row that differs, in the order of the new state, then what is gone with its whole group."""
    old = {group.key: group for group in before}
    new = {group.key for group in after}
    changes = [change for group in after for change in _in_group(old.get(group.key), group, group.heading)]
    gone = [change for group in before if group.key not in new for change in _in_group(group, None, group.heading)]
    return changes + gone


def _in_group(before: Group | None, after: Group | None, heading: str) -> list[Change]:
    was = {row.label: row.text for row in before.rows} if before else {}
    will_be = {row.label: row.text for row in after.rows} if after else {}
    return [
        Change(heading, label, was.get(label, ""), will_be.get(label, ""))
        for label in {**will_be, **was}
        if was.get(label, "") != will_be.get(label, "")
    ]
