from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from providers.joining.forms.base import StepForm, boxes, missing, radios, without
from providers.joining.said import HOURS_IN_A_WEEK, MOST_PEOPLE, Facts
from providers.models.availability import Day, PartOfDay, Space
from registry.pages.fields import DateField


class WhenForm(StepForm):
    carried = ("days", "parts")

    days = boxes(
        Day.choices,
        label=_("Which days do you work?"),
        error_messages=missing(_("Tick at least one day")),
    )
    parts = boxes(
        PartOfDay.choices,
        label=_("What times of day?"),
        error_messages=missing(_("Tick at least one time of day")),
    )
    space = radios(
        without(Space, "not_known"),
        label=_("Do you have space for someone new?"),
        error_messages=missing(_("Say if you have space for someone new")),
    )
    away_until = DateField(
        label=_("If you are away, when are you back?"),
        help_text=_("Only if you chose “Away until a date”. For example: 27 3 2027"),
        what=_("date you are back"),
        required=False,
    )
    hours_free = forms.IntegerField(
        label=_("About how many hours a week do you have free?"),
        help_text=_("For new people, all together. A guess is fine. For example: 6"),
        min_value=0,
        required=False,
        error_messages={
            "invalid": _("Type a whole number of hours, like 6"),
            "min_value": _("Type 0 or more"),
        },
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-3"}),
    )

    @classmethod
    def applies(cls, name: str, facts: Facts) -> bool:
        return name != "away_until" or facts.get("space") == Space.AWAY

    def clean_hours_free(self) -> int | None:
        hours: int | None = self.cleaned_data["hours_free"]
        people = self.said.people or MOST_PEOPLE
        if hours is not None and hours > HOURS_IN_A_WEEK * people:
            words = ngettext(
                "A week has 168 hours, so one person cannot have more than that free. Type fewer hours",
                "A week has 168 hours for each of you. For %(people)d people, type %(most)d hours or fewer",
                people,
            )
            raise forms.ValidationError(words % {"people": people, "most": HOURS_IN_A_WEEK * people})
        return hours

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("space") != Space.AWAY:
            said["away_until"] = None
        elif "away_until" not in self.errors:
            self._check_return(said)
        return said

    def _check_return(self, said: dict[str, Any]) -> None:
        back = said.get("away_until")
        if back is None:
            self.add_error("away_until", _("Type the date you are back"))
        elif back <= self.today:
            self.add_error("away_until", _("The date you are back must be after today"))
