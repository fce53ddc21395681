"""What can be asked of the search: declared once, for the page, for commissioners and for the API."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field

from providers.listings import facets
from providers.listings.asking import need_of
from providers.listings.search import Question
from providers.meaning.needs import Need
from providers.models import Listing
from registry.places.forms import PostcodeField
from registry.places.lookup import Place

NEED_AT_MOST = 200
# More of one facet than a person ticks; each is compared with the choices there are, so it need not be many.
CHOSEN_AT_MOST = 40
WORD_AT_MOST = 40
# Addresses of before there were several kinds of space to choose.
AS_BEFORE = {"space": {"on": "now", "true": "now", "True": "now"}}


class FacetField(forms.TypedMultipleChoiceField):
    """Several values of one facet. What is wrong is said without saying back what was typed."""

    default_error_messages = {
        "invalid_choice": _("Choose only from what is listed here"),
        "too_many": _("Choose fewer of these"),
    }

    def __init__(self, *, facet: str, **kwargs: Any) -> None:
        self.facet = facet
        kwargs.setdefault("widget", forms.CheckboxSelectMultiple)
        super().__init__(choices=choices_of(facet), **kwargs)

    def to_python(self, value: Any) -> list[str]:
        """Each once, in the order in which they came; an empty one is no choice."""
        meant = AS_BEFORE.get(self.facet, {})
        chosen = list(dict.fromkeys(meant.get(one, one) for one in super().to_python(value) if one))
        if len(chosen) > CHOSEN_AT_MOST:
            raise ValidationError(self.error_messages["too_many"], code="too_many")
        return chosen

    def valid_value(self, value: Any) -> bool:
        return is_language(value) if self.facet == "language" else super().valid_value(value)


def is_language(said: str) -> bool:
    """Any word or two: a language that nobody offers is no mistake, only not found."""
    return len(said) <= WORD_AT_MOST and said == said.casefold() and said.replace(" ", "").replace("-", "").isalpha()


def choices_of(facet: str) -> Callable[[], list[tuple[str, Any]]]:
    """Asked for anew with each form: the languages that somebody offers are known once somebody does."""
    return lambda: facets.choices(facet)


class OffField(forms.Field):
    """Meanings that the reader switched off, such as "category:meals". What was never meant cannot be switched off."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: Any) -> frozenset[str]:
        names = (name for name in value or () if len(name) <= 2 * WORD_AT_MOST and name.isprintable())
        return frozenset(list(names)[:CHOSEN_AT_MOST])


@extend_schema_field(OpenApiTypes.STR)
class PlaceFilter(django_filters.Filter):
    field_class = PostcodeField


class FacetFilter(django_filters.MultipleChoiceFilter):
    """OR inside a facet, AND between facets; asked again and again: `day=mon&day=tue`."""

    field_class = FacetField

    def __init__(self, facet: str) -> None:
        super().__init__(facet=facet, label=facets.LABELS[facet], method="is_asked_by_the_question")


class OffFilter(django_filters.Filter):
    field_class = OffField


class SearchForm(forms.Form):
    # Every field but the postcode may be left out; to say so at each of them would only be noise.
    mark_optional = False


class ListingFilter(django_filters.FilterSet):
    """Services that reach a place and meet a need. Ask for its `question`: no queryset is filtered here."""

    need = django_filters.CharFilter(
        label=_("What help is needed?"),
        help_text=_("In your own words, like “someone to cook lunch on Tuesdays”"),
        max_length=NEED_AT_MOST,
        method="is_asked_by_the_question",
    )
    postcode = PlaceFilter(
        label=_("Postcode where it is needed"),
        help_text=_("All or the first half of it, like BA1 1LZ or BA1"),
        method="is_asked_by_the_question",
    )
    as_typed = django_filters.BooleanFilter(
        label=_("Look for exactly the words I typed"),
        widget=forms.CheckboxInput,
        method="is_asked_by_the_question",
    )
    off = OffFilter(
        label=_("What my words do not mean, like category:meals"),
        method="is_asked_by_the_question",
    )
    category = FacetFilter("category")
    day = FacetFilter("day")
    space = FacetFilter("space")
    payer = FacetFilter("payer")
    price = FacetFilter("price")
    client_group = FacetFilter("client_group")
    check = FacetFilter("check")
    language = FacetFilter("language")
    accessibility = FacetFilter("accessibility")
    delivery = FacetFilter("delivery")
    legal_form = FacetFilter("legal_form")

    class Meta:
        model = Listing
        fields: list[str] = []
        form = SearchForm

    @property
    def place(self) -> Place | None:
        place: Place | None = self.form.cleaned_data["postcode"]
        return place

    @property
    def chosen(self) -> dict[str, tuple[str, ...]]:
        """What was ticked, by facet; facets in which nothing was are left out."""
        asked = self.form.cleaned_data
        return {name: tuple(asked[name]) for name in facets.NAMES if asked[name]}

    @property
    def understood(self) -> Need:
        """What the words mean, less what the reader switched off; the very words, where that was asked for."""
        asked = self.form.cleaned_data
        text = asked["need"]
        if not text:
            return Need.nothing()
        return Need.as_typed(text) if asked["as_typed"] else need_of(text, asked["off"])

    def question(self, today: datetime.date, **more: Any) -> Question:
        """`more` is what only some may ask: `in_open_feed`, `area`, `within`. The form must be valid."""
        asked: Mapping[str, Any] = {"need": self.understood, "spot": self.place, "chosen": self.chosen}
        return Question(today=today, **{**asked, **more})

    def is_asked_by_the_question(self, listings: QuerySet[Listing], name: str, value: Any) -> QuerySet[Listing]:
        """Nothing is left out here: `question` carries the value to the search."""
        return listings
