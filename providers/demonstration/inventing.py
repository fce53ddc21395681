"""Invents providers: the same seed and the same places give the same providers, on any machine. Pure.

Shares are what small programmes report: mostly people alone, about £17.50 an hour, mostly paid by people themselves.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

from providers.demonstration.banks import Trade, trades
from providers.demonstration.invented import InventedProvider, InventedService, Spot, Standing
from providers.demonstration.naming import Namer, Person, invent_person
from providers.demonstration.offering import Offering
from providers.demonstration.texts import Writer

SEED = 20_26_11
# Legal form, share, fewest and most people, whether it employs and whether its members run it.
LEGAL_FORMS: tuple[tuple[str, int, int, int, float, bool], ...] = (
    ("sole_trader", 74, 1, 1, 0.0, False),
    ("sole_trader", 5, 2, 4, 1.0, False),
    ("partnership", 7, 2, 3, 0.2, False),
    ("co_operative", 4, 3, 9, 0.6, True),
    ("cic", 4, 2, 9, 0.8, False),
    ("company", 3, 1, 9, 0.9, False),
    ("charity", 2, 2, 8, 0.8, False),
    ("community_benefit", 1, 3, 9, 0.7, True),
    ("unincorporated", 2, 3, 8, 0.0, True),
)
# Work that nobody does alone from home: a club needs a kitchen crew.
MOSTLY_GROUPS = {"clubs", "sheds", "days", "inclusive"}
WAITING_IN_EACH_COUNCIL = 25
CHANGING_IN_EACH_COUNCIL = 4
SENT_BACK_IN_EACH_COUNCIL = 4
# Two businesses that visitors of the demonstration sign in as: council, trade, owner, name.
LEADS = (
    ("E06000022", "cooking", Person("Maggie", "Tovey", ""), "Tuesday Kitchen"),
    ("E06000054", "companions", Person("Ruth", "Adeyemi", ""), "The Other Chair"),
)


def invent_providers(spots: Sequence[Spot], seed: int = SEED) -> list[InventedProvider]:
    """One provider for each spot."""
    return _Inventor(random.Random(seed), spots).invent()


class _Inventor:
    def __init__(self, rng: random.Random, spots: Sequence[Spot]) -> None:
        self._rng = rng
        self._spots = spots
        self._namer = Namer(rng, len(spots))
        self._writer = Writer(rng)
        self._offering = Offering(rng, self._writer)

    def invent(self) -> list[InventedProvider]:
        leads = self._lead_places()
        for _council, _trade, _person, name in LEADS:
            self._namer.keep(name)
        standings = self._standings(set(leads))
        dealt = self._trades()
        return [
            self._provider(spot, dealt[number], standings[number], leads.get(number))
            for number, spot in enumerate(self._spots)
        ]

    def _lead_places(self) -> dict[int, tuple[Person, Trade, str]]:
        by_code = {trade.code: trade for trade in trades()}
        leads = {}
        for council, trade, person, name in LEADS:
            number = next((n for n, s in enumerate(self._spots) if s.council == council and n not in leads), None)
            if number is not None:
                leads[number] = (person, by_code[trade], name)
        return leads

    def _trades(self) -> list[Trade]:
        """Every trade in its proportion, then shuffled: small demonstrations too have many kinds."""
        total = sum(trade.weight for trade in trades())
        count = len(self._spots)
        dealt = [trade for trade in trades() for _ in range(trade.weight * count // total)]
        dealt += self._rng.choices(trades(), [trade.weight for trade in trades()], k=count - len(dealt))
        self._rng.shuffle(dealt)
        return dealt

    def _standings(self, leads: set[int]) -> list[Standing]:
        """Most are listed; in each council some wait, some wait with a change, some were sent back."""
        standings = [Standing.LISTED] * len(self._spots)
        for council in sorted({spot.council for spot in self._spots}):
            here = [n for n, spot in enumerate(self._spots) if spot.council == council and n not in leads]
            self._rng.shuffle(here)
            most = len(here) // 6
            new = min(WAITING_IN_EACH_COUNCIL - CHANGING_IN_EACH_COUNCIL, most)
            for standing, how_many in (
                (Standing.NEW, new),
                (Standing.CHANGING, min(CHANGING_IN_EACH_COUNCIL, most)),
                (Standing.SENT_BACK, min(SENT_BACK_IN_EACH_COUNCIL, most)),
            ):
                for _ in range(how_many):
                    standings[here.pop()] = standing
        return standings

    def _provider(
        self, spot: Spot, trade: Trade, standing: Standing, lead: tuple[Person, Trade, str] | None
    ) -> InventedProvider:
        rng = self._rng
        person = lead[0] if lead else invent_person(rng)
        trade = lead[1] if lead else trade
        form, people, employs, by_members = ("sole_trader", 1, False, False) if lead else self._legal_form(trade)
        facts = {"first": person.first, "last": person.last, "town": spot.town, "near": spot.near}
        name = lead[2] if lead else self._namer.business(trade, facts)
        facts |= {"name": name, "people": _in_words(people)}
        slug = self._namer.slug(name)
        said = set[str]()
        about = self._writer.about(trade, facts, people=people, said=said)
        return InventedProvider(
            slug=slug,
            name=name,
            owner=person,
            trade=trade,
            legal_form=form,
            people=people,
            employs_anyone=employs,
            run_by_members=by_members,
            about=about,
            phone=self._namer.phone(),
            email=f"{rng.choice(['hello', 'post', person.first.lower()])}@{slug}.example".replace("'", ""),
            website=f"https://www.{slug}.example/" if rng.random() < (0.6 if people > 1 else 0.2) else "",
            prefers_calls=rng.random() < 0.4,
            spot=spot,
            standing=standing,
            sent_days_ago=rng.randint(1, 12) if standing == Standing.NEW else rng.randint(20, 700),
            decided_after_days=rng.randint(0, 11),
            services=self._services(trade, facts, spot, form, people, standing, person, said),
        )

    def _services(
        self,
        trade: Trade,
        facts: dict[str, str],
        spot: Spot,
        form: str,
        people: int,
        standing: Standing,
        person: Person,
        said: set[str],
    ) -> tuple[InventedService, ...]:
        how_many = self._rng.choices((1, 2, 3), (72, 24, 4))[0]
        tried = [trade, *self._other_trades(trade)][:how_many]
        return tuple(self._offering.service(each, facts, spot, form, people, standing, person, said) for each in tried)

    def _other_trades(self, trade: Trade) -> list[Trade]:
        """What else the same people may do: near in kind, and never one thing twice."""
        others = [other for other in trades() if other.code != trade.code and set(other.groups) & set(trade.groups)]
        others = [other for other in others if other.unit == trade.unit and other.childcare == trade.childcare]
        weights = [other.weight for other in others]
        picked = dict.fromkeys(self._rng.choices(others, weights, k=4)) if others else {}
        return list(picked)

    def _legal_form(self, trade: Trade) -> tuple[str, int, bool, bool]:
        rng = self._rng
        choices = [row for row in LEGAL_FORMS if not (trade.code in MOSTLY_GROUPS and row[3] == 1)]
        if trade.code in MOSTLY_GROUPS and rng.random() < 0.2:
            choices = list(LEGAL_FORMS[:1])
        form, _share, fewest, most, employs, by_members = rng.choices(choices, [row[1] for row in choices])[0]
        people = min(rng.randint(fewest, most) for _ in range(2))
        return form, people, people > 1 and rng.random() < employs, by_members


def _in_words(number: int) -> str:
    return ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")[number]
