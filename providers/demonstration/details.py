"""What the more careful ones also say: exact hours, prices at other times, accessibility. Pure.

No register numbers: a number that looks right may be somebody's.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

from providers.demonstration.invented import InventedService
from providers.joining.rules import accessibility_for

Spans = list[tuple[int, int]]
# Minutes after midnight. A morning and an afternoon run into one another.
SPANS = {"morning": (540, 780), "afternoon": (780, 1020), "evening": (1080, 1260)}
WEEKEND = {"sat", "sun"}
SIGNED = {"British Sign Language", "Makaton"}


@dataclass(frozen=True)
class Details:
    """`extras` are what for, pence and unit; `hours` are spans by day."""

    accessibility: list[str]
    extras: list[tuple[str, int, str]]
    hours: dict[str, Spans]


def details(offered: InventedService) -> Details:
    # Drawn from its own words, so that one more detail never moves what the next provider is.
    rng = random.Random(f"{offered.name} {offered.description}")
    return Details(_accessibility(offered, rng), _extras(offered, rng), _hours(offered, rng))


def _accessibility(offered: InventedService, rng: random.Random) -> list[str]:
    sensible = sorted(accessibility_for(offered.delivery) - {"sign_language"})
    said = rng.sample(sensible, rng.randint(1, min(4, len(sensible)))) if rng.random() < 0.5 else []
    return said + (["sign_language"] if SIGNED & set(offered.languages) else [])


def _extras(offered: InventedService, rng: random.Random) -> list[tuple[str, int, str]]:
    """None beside a note about the price, which may say the same in other words."""
    if offered.price_note or not offered.price_pence or offered.price_unit in ("meal", "mile", "night"):
        return []
    shares = (
        ("weekend", 1.2, 0.4 if WEEKEND & set(offered.availability.days) else 0.0),
        ("evening", 1.15, 0.3 if "evening" in offered.availability.parts else 0.0),
        ("bank_holiday", 1.5, 0.3),
        ("second_person", 1.25, 0.15 if offered.price_unit in ("hour", "visit") else 0.0),
    )
    extras = [
        (what, round(offered.price_pence * times / 50) * 50, offered.price_unit)
        for what, times, share in shares
        if rng.random() < share
    ]
    travels = {"at_home", "out_and_about"} & set(offered.delivery)
    return extras + ([("mileage", 45, "mile")] if travels and rng.random() < 0.2 else [])


def _hours(offered: InventedService, rng: random.Random) -> dict[str, Spans]:
    parts = [SPANS[part] for part in ("morning", "afternoon", "evening") if part in offered.availability.parts]
    if not parts or rng.random() > 0.45:
        return {}
    spans: Spans = []
    for start, end in parts:
        if spans and spans[-1][1] == start:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return dict.fromkeys(offered.availability.days, spans)
