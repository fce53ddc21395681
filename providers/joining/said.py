"""What a carer has said so far: the answers of the steps, and what follows from several of them together."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from providers.joining.rules import CARE, is_regulated, needs_checkers_reason
from providers.models import Category
from providers.models.service import Delivery
from registry.models import Council
from registry.places.lookup import Place, look_up

Facts = dict[str, Any]
Answers = dict[str, Facts]
# What is asked of each service by itself; everything else is asked once.
OF_SERVICE = frozenset({"service", "customers", "where", "when", "personal-care", "hours", "extras", "ease"})
HOURS_IN_A_WEEK = 168
# As many as any council lists, until it is said how many there are.
MOST_PEOPLE = 9
# Asked once, with the first service: where the provider sets out from.
BASE = ("base_postcode", "town")


def slug_of(part: str, mark: str) -> str:
    """The address of a part of a service: "where", or "where-1a2b3c4d" of a further one."""
    return f"{part}-{mark}" if mark and part in OF_SERVICE else part


class Said:
    """Answers by step, read as those of one service: `get("when", "days")` asks for the days of that one.

    What is worked out (the council, the nation) is never stored, so it cannot go stale.
    """

    def __init__(self, answers: Answers, marks: Sequence[str] = ("",), mark: str | None = None) -> None:
        self.answers = answers
        self.marks = marks
        self.leading = marks[0] if marks else ""
        self.mark = self.leading if mark is None else mark

    def of(self, mark: str) -> Said:
        """The same answers, read as those of another service."""
        return self if mark == self.mark else Said(self.answers, self.marks, mark)

    @property
    def is_leading(self) -> bool:
        """Whether this is the service with which the provider says where it is based."""
        return self.mark == self.leading

    def facts(self, part: str) -> Facts:
        return self.answers.get(slug_of(part, self.mark), {})

    def get(self, part: str, name: str, default: Any = None) -> Any:
        return self.facts(part).get(name, default)

    @property
    def people(self) -> int | None:
        people: int | None = self.get("size", "people")
        return people

    @property
    def employs_anyone(self) -> bool | None:
        employs: bool | None = self.get("size", "employs_anyone")
        return employs

    @property
    def people_come(self) -> bool | None:
        """Whether anything is done at the provider's own place; None until that is said."""
        delivery = self.get("service", "delivery")
        return None if delivery is None else Delivery.AT_OURS in delivery

    @property
    def lacks_place(self) -> bool:
        """People come to them, and nobody is told where: said after the step that asks for it."""
        return self.people_come is True and not self.get("where", "place")

    @property
    def has_too_many_hours(self) -> bool:
        """More hours free than there are: it may only show once they say how many people there are."""
        return (self.get("when", "hours_free") or 0) > HOURS_IN_A_WEEK * (self.people or MOST_PEOPLE)

    @property
    def legal_form(self) -> str:
        return str(self.get("you", "legal_form", ""))

    @cached_property
    def regulations(self) -> set[str]:
        codes = self.get("service", "categories", [])
        return set(Category.objects.filter(pk__in=codes).values_list("regulation", flat=True)) if codes else set()

    @property
    def is_regulated(self) -> bool:
        return is_regulated(self.regulations)

    @property
    def may_have_cqc(self) -> bool:
        """Whether any service is care for which they are registered, or have not said on what ground they give it."""
        services = [self.of(mark) for mark in self.marks]
        return any(
            CARE & one.regulations and one.get("personal-care", "regulatory_basis", "registered") == "registered"
            for one in services
        )

    @property
    def needs_checkers_reason(self) -> bool:
        basis = self.get("personal-care", "regulatory_basis", "")
        return bool(basis) and needs_checkers_reason(regulations=self.regulations, people=self.people, basis=basis)

    @property
    def base(self) -> Facts:
        """Postcode and town, asked once: the first service's "where" holds them for all of them."""
        return self.answers.get(slug_of("where", self.leading), {})

    @cached_property
    def place(self) -> Place | None:
        """The base on the map. The postcode was found good when it was saved."""
        found = look_up(self.base.get("base_postcode", ""))
        return found if isinstance(found, Place) else None

    @property
    def council(self) -> Council | None:
        """The council that will check it: the one of the base."""
        return self.place.council if self.place else None

    @property
    def nation(self) -> str:
        return self.council.nation if self.council else ""
