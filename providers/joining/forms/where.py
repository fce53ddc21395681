from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from providers.joining.forms.base import GroupedCheckboxes, StepForm, missing
from providers.joining.said import Facts, Said
from registry.models import Council, District
from registry.places.forms import PostcodeField
from registry.places.lookup import Place, look_up

METRES_IN_A_MILE = 1609.344
FURTHEST_MILES = 60
# Past this many councils the list would be no help on a phone: only those around the base are then offered.
MOST_COUNCILS = 12


def areas_around(place: Place | None) -> list[Any]:
    """Councils that use the site, each whole or by its districts, as choices: `council:CODE`, `district:CODE`."""
    councils = Council.objects.switched_on().prefetch_related("districts")
    if place and place.council and councils.count() > MOST_COUNCILS:
        councils = councils.filter(Q(pk=place.council.pk) | Q(borders=place.council)).distinct()
    return [(council.name, _parts(council)) for council in councils]


def _parts(council: Council) -> list[tuple[str, str]]:
    whole = (f"council:{council.pk}", str(_("Anywhere in %(area)s") % {"area": council.name}))
    districts = list(council.districts.all())
    # Where council and district are the same place, it would be the same tick twice.
    return [whole, *((f"district:{part.pk}", part.name) for part in districts if len(districts) > 1)]


class WhereForm(StepForm):
    carried = ("miles", "areas", "place", "place_postcode")

    base_postcode = PostcodeField(
        label=_("What is your postcode?"),
        help_text=_("Where you set out from. We show only the first half, like BA1, and never your address."),
    )
    town = forms.CharField(
        label=_("Which town or village is that?"),
        help_text=_("Families will see this. For example: Larkhall, Bath"),
        max_length=80,
        error_messages=missing(_("Type the town or village you are based in")),
    )
    miles = forms.IntegerField(
        label=_("How many miles will you travel?"),
        help_text=_("From your postcode to someone's home, one way. Leave it empty if people come to you."),
        min_value=1,
        max_value=FURTHEST_MILES,
        required=False,
        error_messages={
            "invalid": _("Type a whole number of miles, like 5"),
            "min_value": _("Type 1 mile or more, or leave it empty"),
            "max_value": _("Type 60 miles or fewer. For more, tick whole areas instead"),
        },
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-3"}),
    )
    areas = forms.MultipleChoiceField(
        label=_("Are there whole areas that you cover?"),
        help_text=_("Only tick these if you would really go anywhere in them. You can tick several."),
        widget=GroupedCheckboxes,
        required=False,
        error_messages={"invalid_choice": _("One of the areas is not on our list any more. Tick the areas again")},
    )
    place = forms.CharField(
        label=_("If people come to you, where is that?"),
        help_text=_("The name of the place. Everyone can see this. For example: Widcombe Social Club"),
        max_length=120,
        required=False,
        error_messages=missing(_("Type what the place is called, so that families know where to come")),
    )
    place_postcode = PostcodeField(
        label=_("What is the postcode of that place?"),
        help_text=_("Only if it is not the postcode you set out from."),
        required=False,
    )

    @classmethod
    def carry(cls, facts: Facts, said: Said) -> Facts:
        carried = super().carry(facts, said)
        return carried if said.people_come else {name: carried[name] for name in carried if "place" not in name}

    @classmethod
    def applies(cls, name: str, facts: Facts) -> bool:
        return name != "place_postcode" or bool(facts.get("place"))

    def shape(self) -> None:
        typed = look_up(str(self.data.get("base_postcode", ""))) if self.is_bound else self.said.place
        field = self.fields["areas"]
        assert isinstance(field, forms.MultipleChoiceField)
        if not self.said.is_leading:
            # Said once, with the first service: all of them set out from there.
            del self.fields["base_postcode"], self.fields["town"]
            typed = self.said.place
        field.choices = areas_around(typed if isinstance(typed, Place) else None)
        if self.said.people_come is False and not self.initial.get("place"):
            del self.fields["place"], self.fields["place_postcode"]
        else:
            self.fields["place"].required = self.said.people_come is True

    def clean_base_postcode(self) -> Place:
        place: Place = self.cleaned_data["base_postcode"]
        if place.is_outcode:
            raise forms.ValidationError(_("Type the whole postcode, like BA1 1LZ. We never show the second half."))
        return place

    def clean_areas(self) -> list[str]:
        """A district says nothing more beside the whole council that it lies in."""
        chosen: list[str] = self.cleaned_data["areas"]
        whole = [code.removeprefix("council:") for code in chosen if code.startswith("council:")]
        inside = set(District.objects.filter(council__in=whole).values_list("pk", flat=True))
        return [code for code in chosen if code.removeprefix("district:") not in inside or code.startswith("council:")]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        ways = [said.get("miles"), said.get("areas"), said.get("place")]
        if not any(ways) and not {"miles", "areas", "place"} & set(self.errors):
            self.add_error("miles", _("Say how many miles you travel, or tick a whole area"))
        return said
