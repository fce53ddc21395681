"""One search by a family: what was asked, what it was taken to mean, what was found, and what to try if nothing was."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cached_property

from django.core.paginator import Page, Paginator
from django.forms import Form
from django.http import QueryDict

from providers.finding import choices, instead, understood
from providers.finding.asked import ASKED, WORDS, Asked
from providers.finding.choices import Facet
from providers.finding.danger import tells_of_danger
from providers.finding.instead import Instead
from providers.finding.results import Result, results, rows_of
from providers.finding.understood import Chip
from providers.listings import facets
from providers.listings.filters import ListingFilter
from providers.listings.search import FURTHEST_START, Answer, Question, ask
from providers.meaning.needs import Need
from registry.models import Council
from registry.places.lookup import Place

A_PAGE = 20
LAST_PAGE = FURTHEST_START // A_PAGE


@dataclass
class Search:
    data: QueryDict
    today: datetime.date

    @cached_property
    def is_asked(self) -> bool:
        return any(name in self.data for name in ASKED)

    @cached_property
    def _filter(self) -> ListingFilter:
        asked = ListingFilter(self.data if self.is_asked else None)
        # A family's search is about a door: without one there is nothing to be near to.
        asked.form.fields["postcode"].required = True
        return asked

    @property
    def form(self) -> Form:
        form: Form = self._filter.form
        return form

    @cached_property
    def is_answered(self) -> bool:
        return self.is_asked and self.form.is_valid()

    @cached_property
    def address(self) -> Asked:
        return Asked(self.data)

    @property
    def place(self) -> Place:
        place = self._filter.place
        assert place is not None, "only an answered search has a place"
        return place

    @property
    def council(self) -> Council | None:
        return self.place.council

    @cached_property
    def question(self) -> Question:
        return self._filter.question(self.today)

    @property
    def need(self) -> Need:
        return self.question.need

    @property
    def names(self) -> str:
        """Of the words, those that are somebody's name."""
        return " ".join(self.need.named)

    @property
    def is_as_typed(self) -> bool:
        asked = getattr(self.form, "cleaned_data", {})
        return bool(asked.get("as_typed") and self.data.get("need"))

    @property
    def tells_of_danger(self) -> bool:
        return tells_of_danger(self.form.cleaned_data["need"])

    @cached_property
    def asks_what_may_be_unsaid(self) -> bool:
        """Whether a day or a payer was asked for, which a service that has not said so may still fit."""
        return bool(self.need.days or any(self.question.chosen.get(name) for name in facets.UNSAID_FITS))

    @cached_property
    def meant(self) -> list[Chip]:
        return understood.meant(self.need, self.address)

    @cached_property
    def switched_off(self) -> list[Chip]:
        return understood.switched_off(self._filter, self.address)

    @cached_property
    def tags(self) -> list[Chip]:
        return choices.tags(self.question.chosen, self.address)

    @property
    def without_choices(self) -> str:
        return self.address.only(*WORDS)

    @cached_property
    def facets(self) -> list[Facet]:
        """With counts where it is answered; where it is not, what was chosen, so that it is not lost."""
        if self.is_answered:
            return choices.facets_of(self._answer.facets, self.question.chosen)
        return choices.facets_of(None, self._as_sent)

    @property
    def _as_sent(self) -> dict[str, tuple[str, ...]]:
        asked = getattr(self.form, "cleaned_data", {})
        return {name: tuple(asked[name]) for name in facets.NAMES if asked.get(name)}

    @cached_property
    def kept(self) -> list[tuple[str, str]]:
        """What has no control on the page, and goes along with the next question."""
        return self.address.pairs(["off"])

    @cached_property
    def _number(self) -> int:
        """The page that is asked for: nonsense is the first, and what is past the end is the last."""
        try:
            number = int(self.data.get("page", "1"))
        except ValueError:
            return 1
        return min(max(number, 1), LAST_PAGE)

    @cached_property
    def _answer(self) -> Answer:
        start = (self._number - 1) * A_PAGE
        answer = ask(self.question, start=start, stop=start + A_PAGE)
        if answer.hits or not answer.total:
            return answer
        last = (min(answer.total, FURTHEST_START) - 1) // A_PAGE * A_PAGE
        return ask(self.question, start=last, stop=last + A_PAGE)

    @property
    def total(self) -> int:
        return self._answer.total

    @property
    def is_more(self) -> bool:
        """Whether there are more than were counted: somewhere that thousands reach, and nothing narrows them."""
        return not self._answer.total_is_exact

    @cached_property
    def page(self) -> Page[int]:
        """The page of numbers: who is on it stands in `results`."""
        return Paginator(range(min(self.total, FURTHEST_START)), A_PAGE).get_page(self._number)

    @cached_property
    def results(self) -> list[Result]:
        return results(rows_of(self._answer.hits), self.place, self.today)

    @cached_property
    def further_off(self) -> list[Result]:
        """When nothing reaches the place: the nearest that do the same, for someone to ring and ask."""
        return results(rows_of(instead.further_off(self.question).hits), self.place, self.today)

    @cached_property
    def with_less(self) -> list[Instead]:
        return instead.with_less(self.question, self.address)

    @cached_property
    def missing(self) -> list[str]:
        """The kinds of help that nobody was found for: what was chosen, else what the words were taken to mean."""
        return [*(self.question.chosen.get("category") or self.need.categories)][: instead.TRIED_AT_MOST]
