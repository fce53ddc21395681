"""Invents one service: its words, price, payers, basis, reach and times. Pure."""

from __future__ import annotations

import random
from collections.abc import Mapping

from providers.demonstration.banks import Trade
from providers.demonstration.invented import (
    InventedAvailability,
    InventedCoverage,
    InventedService,
    Spot,
    Standing,
)
from providers.demonstration.naming import Person
from providers.demonstration.texts import Writer
from providers.meaning import matching
from providers.meaning.stems import stems_of
from providers.meaning.vocabulary import vocabulary

METRES_IN_A_MILE = 1609.344
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
# What a price is rounded to, in pence.
STEPS = {"hour": 50, "visit": 50, "session": 50, "meal": 25, "mile": 5, "day": 500, "night": 500}
PRICE_NOTES = (
    "Evenings and weekends £2 more",
    "Mileage at 45p after the first five miles",
    "First visit free",
    "Less if two neighbours share",
    "Bank holidays time and a half",
    "Sliding scale: ask",
    "Materials included",
)
# A community hall or a workshop, as people name them.
PLACES = ("village hall", "church rooms", "scout hut", "community centre", "old school", "Methodist hall")
GROUPS_OF_COUNCILS = {
    "E06000022": ("E06000022", "E06000054", "E06000066"),
    "E06000054": ("E06000054", "E06000022"),
    "E06000066": ("E06000066", "E06000022"),
}


class Offering:
    def __init__(self, rng: random.Random, writer: Writer) -> None:
        self._rng = rng
        self._writer = writer
        self._hands_on = {term.code for term in vocabulary().terms if term.regulation == "personal_care"}

    def service(
        self,
        trade: Trade,
        facts: Mapping[str, str],
        spot: Spot,
        form: str,
        people: int,
        standing: Standing,
        person: Person,
        said: set[str],
    ) -> InventedService:
        rng = self._rng
        title = self._writer.title(trade, facts, people=people, said=said)
        categories = _meant(title, trade, rng.choice(trade.categories))
        basis, regulator, number = self._basis(trade, categories, form, people, standing)
        delivery = self._delivery(trade)
        return InventedService(
            name=title,
            description=self._writer.description(trade, facts, people=people, said=said),
            categories=categories,
            client_groups=self._some(trade.groups, 1, len(trade.groups)),
            delivery=delivery,
            languages=self._languages(person),
            payers=self._payers(basis),
            price_pence=self._price(trade, delivery),
            price_unit=trade.unit,
            price_note=rng.choice(PRICE_NOTES) if rng.random() < 0.3 else "",
            minimum_minutes=rng.choice(trade.minutes),
            basis=basis,
            regulator=regulator,
            registration_number=number,
            coverage=self._coverage(spot, delivery),
            availability=self._availability(trade),
        )

    def _some(self, choices: tuple[str, ...], fewest: int, most: int) -> tuple[str, ...]:
        """A few of them, in their own order."""
        picked = set(self._rng.sample(choices, self._rng.randint(fewest, most)))
        return tuple(choice for choice in choices if choice in picked)

    def _basis(
        self, trade: Trade, categories: tuple[str, ...], form: str, people: int, standing: Standing
    ) -> tuple[str, str, str]:
        """On what ground (rule 2): alone and directed by the person, or registered; unsure only before publishing."""
        rng = self._rng
        if trade.childcare and rng.random() < 0.4:
            # Ofsted's own numbers begin higher up, so this one is nobody's.
            return "registered", "Ofsted", f"EY{rng.randint(0, 9_999):06}"
        if trade.childcare and not self._hands_on & set(categories):
            unsure = standing == Standing.NEW and rng.random() < 0.5
            return "not_sure" if unsure else "exempt", "Ofsted", ""
        if not self._hands_on & set(categories):
            return "not_personal_care", "", ""
        if people == 1 and form == "sole_trader":
            unsure = standing == Standing.NEW and rng.random() < 0.3
            return ("not_sure" if unsure else "individual"), "", ""
        if form in ("cic", "company") and rng.random() < 0.15:
            return "introducer", "", ""
        if standing in (Standing.NEW, Standing.SENT_BACK) and rng.random() < 0.5:
            return "will_register", "", ""
        # The regulator's own numbers have no zeros in front, so this one is nobody's.
        return "registered", "CQC", f"1-00000{rng.randint(0, 99_999):05}"

    def _delivery(self, trade: Trade) -> tuple[str, ...]:
        first = self._rng.choice(trade.delivery)
        return tuple(way for way in trade.delivery if way == first or self._rng.random() < 0.35)

    def _languages(self, person: Person) -> tuple[str, ...]:
        rng = self._rng
        other = person.language if person.language and rng.random() < 0.7 else ""
        if not other and rng.random() < 0.07:
            other = rng.choice(("French", "Spanish", "German", "British Sign Language", "Makaton", "Italian"))
        return ("English", other) if other else ("English",)

    def _payers(self, basis: str) -> tuple[str, ...]:
        """The council buys personal care only from those who are registered (rule 3)."""
        rng = self._rng
        council = 0.7 if basis == "registered" else 0.0 if basis != "not_personal_care" else 0.35
        shares = (("private", 0.97), ("direct_payment", 0.78), ("isf", 0.3), ("council", council))
        chosen = [payer for payer, share in (*shares, ("health_budget", 0.12)) if rng.random() < share]
        return tuple(chosen) or ("private",)

    def _price(self, trade: Trade, delivery: tuple[str, ...]) -> int:
        low, high = trade.price
        if high > low * 3:
            # A seat in a class, or somebody coming to the house for you alone.
            low, high = (low, low * 2) if "at_ours" in delivery else ((low + high) // 2, high)
        step = STEPS[trade.unit]
        return round(self._rng.triangular(low, high - (high - low) * 0.2, low + (high - low) * 0.15) / step) * step

    def _coverage(self, spot: Spot, delivery: tuple[str, ...]) -> tuple[InventedCoverage, ...]:
        rng = self._rng
        rows = []
        if "at_ours" in delivery:
            rows.append(InventedCoverage("come_to_us", place=f"{rng.choice(PLACES).capitalize()}, {spot.town}"))
        if "remote" in delivery:
            rows.append(InventedCoverage("area", councils=GROUPS_OF_COUNCILS[spot.council]))
        elif {"at_home", "out_and_about"} & set(delivery):
            if rng.random() < 0.14:
                rows.append(InventedCoverage("area", councils=(spot.council,)))
            else:
                miles = rng.choice((3, 4, 5, 5, 6, 7, 8, 8, 10, 10, 12, 15, 20))
                rows.append(InventedCoverage("distance", metres=round(miles * METRES_IN_A_MILE)))
        return tuple(rows)

    def _availability(self, trade: Trade) -> InventedAvailability:
        rng = self._rng
        days = self._some(DAYS[:5], 1, 5)
        if rng.random() < 0.3:
            days += self._some(DAYS[5:], 1, 2)
        parts = ("night",) if trade.unit == "night" else self._some(("morning", "afternoon", "evening"), 1, 3)
        space = rng.choices(("now", "waiting", "full", "away", "not_known"), (56, 17, 15, 5, 7))[0]
        return InventedAvailability(
            days=days,
            parts=parts,
            space=space,
            away_for_days=rng.randint(6, 60) if space == "away" else None,
            hours_free=rng.randint(1, 6 * len(days)) if space == "now" else 0 if space == "full" else None,
            confirmed_days_ago=rng.randint(0, 85) if rng.random() < 0.82 else rng.randint(91, 240),
        )


def _meant(title: str, trade: Trade, others: tuple[str, ...]) -> tuple[str, ...]:
    """What a name promises comes first among the categories, where it is something that the trade does."""
    whole = {code for choice in trade.categories for code in choice}
    # By its words alone: hundreds of titles would take the sentence model a minute.
    named = matching.weighed(matching.scores(matching.mended(stems_of(title))), 1)
    promised = [code for code, _ in named if code in whole]
    return tuple(dict.fromkeys([*promised, *others]))
