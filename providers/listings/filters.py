"""What can be asked of the search: declared once, for the page and for the API."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field

from providers.listings.freshness import oldest_good
from providers.meaning.needs import Need, understand
from providers.meaning.vocabulary import vocabulary
from providers.models import Listing
from providers.models.availability import Day, Space
from providers.models.listing import ListingQuerySet
from providers.models.service import Payer
from registry.places.forms import PostcodeField
from registry.places.lookup import Place

NEED_AT_MOST = 200


@extend_schema_field(OpenApiTypes.STR)
class PlaceFilter(django_filters.Filter):
    field_class = PostcodeField


@extend_schema_field(OpenApiTypes.STR)
class CategoryFilter(django_filters.ChoiceFilter):
    """Groups and terms of the vocabulary, by code."""


def category_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Groups with their terms; choosing a group's first line means all of it."""
    return [
        (group.name, [(group.code, _("All of: %(name)s") % {"name": group.name}), *((t.code, t.name) for t in terms)])
        for group, terms in vocabulary().groups()
    ]


def codes_of(chosen: str) -> tuple[str, ...]:
    """The codes that services carry: a group stands for its terms."""
    groups = {group.code: tuple(term.code for term in terms) for group, terms in vocabulary().groups()}
    return groups.get(chosen, (chosen,))


class SearchForm(forms.Form):
    # Every field but the postcode may be left out; to say so at each of them would only be noise.
    mark_optional = False


class ListingFilter(django_filters.FilterSet):
    """Services that reach a place and meet a need. What a service has not said never shuts it out."""

    need = django_filters.CharFilter(
        label=_("What help is needed?"),
        help_text=_("In your own words, like “someone to cook lunch on Tuesdays”"),
        max_length=NEED_AT_MOST,
        method="offering",
    )
    postcode = PlaceFilter(
        label=_("Postcode where it is needed"),
        help_text=_("All or the first half of it, like BA1 1LZ or BA1"),
        method="reaching",
    )
    category = CategoryFilter(
        label=_("Kind of help"),
        help_text=_("Choosing one here is used instead of what your own words mean to us"),
        choices=category_choices,
        empty_label=_("Go by my own words"),
        method="of_category",
    )
    payer = django_filters.ChoiceFilter(
        label=_("Who will pay"), choices=Payer.choices, empty_label=_("Any"), method="paid_by"
    )
    day = django_filters.ChoiceFilter(label=_("Day"), choices=Day.choices, empty_label=_("Any day"), method="on_day")
    space = django_filters.BooleanFilter(
        label=_("Only those with space now"), widget=forms.CheckboxInput, method="with_space"
    )
    as_typed = django_filters.BooleanFilter(
        label=_("Look for exactly the words I typed"), widget=forms.CheckboxInput, method="kept_for_the_need"
    )

    class Meta:
        model = Listing
        fields: list[str] = []
        form = SearchForm

    @property
    def understood(self) -> Need:
        """What the words were taken to mean; nothing, where the person chose a category or said "as typed"."""
        asked = self.form.cleaned_data
        text, chosen = asked["need"], asked["category"]
        if chosen:
            return Need.of(codes_of(chosen))
        return Need.as_typed(text) if asked["as_typed"] else understand(text)

    @property
    def place(self) -> Place | None:
        place: Place | None = self.form.cleaned_data["postcode"]
        return place

    def reaching(self, listings: ListingQuerySet, name: str, place: Place) -> ListingQuerySet:
        return listings.reaching(place).confirmed_first(place, oldest_good(timezone.localdate()))

    def offering(self, listings: ListingQuerySet, name: str, text: str) -> ListingQuerySet:
        if self.form.cleaned_data["category"]:
            return listings
        need = self.understood
        return _on_days(listings.offering(need), need.days)

    def of_category(self, listings: ListingQuerySet, name: str, chosen: str) -> ListingQuerySet:
        return listings.offering(self.understood)

    def paid_by(self, listings: ListingQuerySet, name: str, payer: str) -> ListingQuerySet:
        return listings.filter(Q(payers__contains=[payer]) | Q(payers=[]))

    def on_day(self, listings: ListingQuerySet, name: str, day: str) -> ListingQuerySet:
        return _on_days(listings, (day,))

    def with_space(self, listings: ListingQuerySet, name: str, wanted: bool) -> ListingQuerySet:
        return listings.filter(space=Space.NOW) if wanted else listings

    def kept_for_the_need(self, listings: ListingQuerySet, name: str, wanted: Any) -> ListingQuerySet:
        """Changes how `need` is read, and keeps no service out by itself."""
        return listings


def _on_days(listings: ListingQuerySet, days: tuple[str, ...]) -> ListingQuerySet:
    return listings.filter(Q(days__overlap=list(days)) | Q(days=[])) if days else listings
