"""What a carer has said so far: the answers of the steps, and what follows from several of them together."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from providers.joining.rules import is_regulated, needs_checkers_reason
from providers.models import Category
from providers.models.service import Delivery
from registry.models import Council
from registry.places.lookup import Place, look_up

Facts = dict[str, Any]
Answers = dict[str, Facts]


class Said:
    """Answers by step. What is worked out (the council, the nation) is never stored, so it cannot go stale."""

    def __init__(self, answers: Answers) -> None:
        self.answers = answers

    def get(self, step: str, name: str, default: Any = None) -> Any:
        return self.answers.get(step, {}).get(name, default)

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
    def needs_checkers_reason(self) -> bool:
        basis = self.get("personal-care", "regulatory_basis", "")
        return bool(basis) and needs_checkers_reason(regulations=self.regulations, people=self.people, basis=basis)

    @cached_property
    def place(self) -> Place | None:
        """The base on the map. The postcode was found good when it was saved."""
        found = look_up(self.get("where", "base_postcode", ""))
        return found if isinstance(found, Place) else None

    @property
    def council(self) -> Council | None:
        """The council that will check it: the one of the base."""
        return self.place.council if self.place else None

    @property
    def nation(self) -> str:
        return self.council.nation if self.council else ""
