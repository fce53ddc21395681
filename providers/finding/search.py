"""One search by a family: what was asked, what it was taken to mean, what was found, and what to try if nothing was."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.core.paginator import Page, Paginator
from django.forms import Form
from django.http import QueryDict

from providers.finding import wording
from providers.finding.danger import tells_of_danger
from providers.finding.results import Result, results, with_versions
from providers.listings.filters import ListingFilter
from providers.meaning.needs import Need
from providers.models import Listing
from providers.models.availability import Day
from providers.models.listing import ListingQuerySet
from registry.models import Council
from registry.places.lookup import Place

A_PAGE = 20
FURTHER_OFF = 5
# Beyond this, ringing to ask whether they would come is a waste of two people's time.
ASK_WITHIN_METRES = 80_000
# What stands in the address of a search; anything else there is not one.
ASKED = ("need", "postcode", "category", "payer", "day", "space", "as_typed")


@dataclass
class Search:
    data: QueryDict
    today: datetime.date

    @cached_property
    def is_asked(self) -> bool:
        return any(name in self.data for name in ASKED)

    @cached_property
    def _filter(self) -> ListingFilter:
        asked = ListingFilter(self.data if self.is_asked else None, Listing.listed.all())
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

    @property
    def place(self) -> Place:
        place = self._filter.place
        assert place is not None, "only an answered search has a place"
        return place

    @property
    def council(self) -> Council | None:
        return self.place.council

    @cached_property
    def need(self) -> Need:
        return self._filter.understood

    @property
    def tells_of_danger(self) -> bool:
        return tells_of_danger(self.form.cleaned_data["need"])

    @cached_property
    def asks_what_may_be_unsaid(self) -> bool:
        """Whether a day or a payer was asked for, which a service that has not said so may still fit."""
        return bool(self.need.days or self.data.get("day") or self.data.get("payer"))

    @cached_property
    def understood(self) -> list[str]:
        return wording.category_names(self.need.categories)

    @cached_property
    def understood_days(self) -> list[str]:
        return [str(Day(day).label) for day in self.need.days]

    @cached_property
    def has_choices(self) -> bool:
        """Whether anything but the need and the postcode was asked, so that the page shows it open."""
        return any(self.data.get(name) for name in ASKED[2:])

    @cached_property
    def page(self) -> Page[Listing]:
        found = with_versions(self._filter.qs.saying_why(self.place))
        return Paginator(found, A_PAGE).get_page(self.data.get("page"))

    @cached_property
    def results(self) -> list[Result]:
        return results(list(self.page), self.place, self.today)

    @cached_property
    def further_off(self) -> list[Result]:
        """When nothing reaches the place: the nearest that do the same, for someone to ring and ask."""
        same_help: ListingQuerySet = self._without("postcode").qs
        near_enough_to_ask = same_help.based_within(ASK_WITHIN_METRES, self.place)
        nearest = with_versions(near_enough_to_ask.nearest_first(self.place).saying_why(self.place))
        return results(list(nearest[:FURTHER_OFF]), self.place, self.today)

    @cached_property
    def any_help_here(self) -> int:
        """How many services of any kind reach the place."""
        total: int = Listing.listed.reaching(self.place).count()
        return total

    def _without(self, name: str) -> ListingFilter:
        kept: Mapping[str, object] = {key: value for key, value in self.data.items() if key != name}
        return ListingFilter(kept, Listing.listed.all())
