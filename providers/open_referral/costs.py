"""What a service costs and who can pay, from its cost options, fees and funding. Pure."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from providers.open_referral.plain import Row, number, over, rows, text

NOTE_AT_MOST = 200
MOST_PENCE = 100_000_00

UNITS = tuple(
    (re.compile(pattern, re.I), unit)
    for pattern, unit in (
        (r"\bhalf[ -](?:an[ -])?hour|\b\d+ ?(?:hours|minutes|mins)\b", ""),
        (r"\bhour|\bhrs?\b|\bp/?h\b", "hour"),
        (r"\bnight|\bsleep[ -]?in", "night"),
        (r"\bvisit", "visit"),
        (r"\bsession|\bclass\b", "session"),
        (r"\bmeal", "meal"),
        (r"\bmile", "mile"),
        (r"\bweek\b|\bweekly|\bp/?w\b", "week"),
        (r"\bday\b|\bdaily", "day"),
    )
)
OTHER_TIMES = tuple(
    (re.compile(pattern, re.I), extra_for)
    for pattern, extra_for in (
        (r"\bbank holiday", "bank_holiday"),
        (r"\bweekend|\bsaturday|\bsunday", "weekend"),
        (r"\bevening|\bat night", "evening"),
        (r"\btravel|\bmileage", "mileage"),
        (r"\bsecond person", "second_person"),
    )
)
FUNDED_BY = tuple(
    (re.compile(pattern, re.I), payer)
    for pattern, payer in (
        (r"direct payment", "direct_payment"),
        (r"individual service fund|\bISF\b", "isf"),
        (r"health budget|continuing health|\bCHC\b", "health_budget"),
        (r"self[- ]fund|private|the person or their family", "private"),
        (r"\bcouncil\b|local authority", "council"),
    )
)


@dataclass(frozen=True)
class Costs:
    """Money is whole pence. `extras` are (when, pence, unit)."""

    pence: int | None
    unit: str
    note: str
    extras: tuple[tuple[str, int, str], ...]
    payers: tuple[str, ...]


def costs_of(row: Row, today: datetime.date) -> Costs:
    """The first price with a unit is the usual one; what does not fit a price and a unit is kept in words."""
    usual: tuple[int, str] | None = None
    extras: dict[str, tuple[int, str]] = {}
    notes: list[str] = []
    for option in rows(row, "cost_options"):
        if over(option, today):
            continue
        priced, when = _priced(option), _when(option)
        if priced and when and when not in extras:
            extras[when] = priced
        elif priced and usual is None and not when:
            usual = priced
        elif words := _in_words(option):
            notes.append(words)
    fees = text(row, "fees") or text(row, "fees_description")
    note = "; ".join(dict.fromkeys(filter(None, [*notes, fees])))
    return Costs(
        pence=usual[0] if usual else None,
        unit=usual[1] if usual else "",
        note=_cut(note),
        extras=tuple((when, *priced) for when, priced in extras.items()),
        payers=tuple(_payers(row)),
    )


def _priced(option: Row) -> tuple[int, str] | None:
    pounds, unit = number(option, "amount"), _unit(option)
    if pounds is None or not unit or text(option, "currency").upper() not in ("", "GBP"):
        return None
    pence = round(pounds * 100)
    return (pence, unit) if 0 <= pence <= MOST_PENCE else None


def _unit(option: Row) -> str:
    for words in (text(option, "amount_description"), text(option, "option")):
        for pattern, unit in UNITS:
            if pattern.search(words):
                return unit
    return ""


def _when(option: Row) -> str:
    return next((when for pattern, when in OTHER_TIMES if pattern.search(text(option, "option"))), "")


def _in_words(option: Row) -> str:
    pounds = number(option, "amount")
    currency = text(option, "currency").upper()
    amount = "" if pounds is None else f"£{pounds:.2f}" if currency in ("", "GBP") else f"{pounds:.2f} {currency}"
    return " ".join(filter(None, [text(option, "option"), amount, text(option, "amount_description")]))


def _cut(note: str) -> str:
    """At a word, so that no amount is ever cut in two."""
    return note if len(note) <= NOTE_AT_MOST else note[: NOTE_AT_MOST - 1].rsplit(" ", 1)[0][: NOTE_AT_MOST - 1] + "…"


def _payers(row: Row) -> list[str]:
    sources = [text(funding, "source") for funding in rows(row, "funding")]
    return [payer for pattern, payer in FUNDED_BY if any(pattern.search(source) for source in sources)]
