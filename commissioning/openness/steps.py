"""The next steps of a condition: asking a little less, and a little more. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from commissioning.sourcing.rules import ALL_LOTS, AUDITED_ACCOUNTS, TURNOVER, YEARS_TRADING, Asked

# Nothing that the register holds tells one sum or number of these from another: there is only asking and not asking.
NOTHING_TO_TELL_BY = frozenset({AUDITED_ACCOUNTS, YEARS_TRADING, TURNOVER})
# The sums that insurers sell, in pence.
SUMS = tuple(pounds * 100 for pounds in (250_000, 500_000, 1_000_000, 2_000_000, 5_000_000, 10_000_000, 20_000_000))
NUMBERS_BELOW = 3


def softer(asked: Asked, floors: Mapping[str, int]) -> list[Asked]:
    """The same condition asking less, from the mildest: by the start and not before, then the sums and numbers below.

    `floors`: the least sum of a kind that makes sense, in pence, where there is one.
    """
    if asked.kind in NOTHING_TO_TELL_BY or asked.kind == ALL_LOTS:
        return []
    start = Asked(asked.kind, asked.amount_pence, by_start=True, number=asked.number)
    later = [] if asked.by_start else [start]
    lower = []
    if asked.amount_pence is not None:
        floor, most = floors.get(asked.kind, 0), asked.amount_pence
        lower = [{"amount_pence": pence} for pence in reversed(SUMS) if floor <= pence < most]
    elif asked.number is not None:
        lower = [{"number": number} for number in range(asked.number - 1, 0, -1)][:NUMBERS_BELOW]
    kept = [Asked(asked.kind, by_start=asked.by_start, **less) for less in lower]
    both = [replace(kept[0], by_start=True)] if later and kept else []
    return [*later, *kept, *both]


def harder(asked: Asked) -> list[Asked]:
    """The next sum or number up, at the same moment; nothing where there is none."""
    if asked.kind in NOTHING_TO_TELL_BY:
        return []
    if asked.amount_pence is not None:
        above = [pence for pence in SUMS if pence > asked.amount_pence][:1]
        return [Asked(asked.kind, pence, by_start=asked.by_start) for pence in above]
    if asked.number is not None:
        return [Asked(asked.kind, by_start=asked.by_start, number=asked.number + 1)]
    return []
