"""The forms of the later steps: how it is bought, what is asked and weighed, when it closes, at what times."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from commissioning.models import Requirement
from commissioning.models.requirement import Reserved, Way
from commissioning.requirements.forms import whole_number
from providers.listings import hours
from providers.models.availability import Day
from registry.pages.fields import DateField

# Answers are written after a day's work, and a council's own staff answer the phone by day.
CLOSING_HOURS = [(hour, hours.time_in_words(hour * 60)) for hour in range(9, 21)]
QUESTIONS_CLOSE = datetime.time(17, 0)
MOST_HOURS_IN_A_WINDOW = 500


class WayForm(forms.Form):
    """How the council buys, and whether only some may answer."""

    way = forms.ChoiceField(
        label=_("How will the council buy?"),
        choices=Way.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how the council will buy")},
    )
    is_health_care = forms.BooleanField(
        label=_("It is health care that the regulator registers"),
        required=False,
        help_text=_("Nursing, for example. Help to wash and dress is social care."),
    )
    reserved_for = forms.ChoiceField(
        label=_("Who may answer?"),
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(["required", "invalid_choice"], _("Choose who may answer")),
        help_text=_("What the law lets a council choose follows from the value and from how it buys."),
    )

    def __init__(self, *args: Any, may_be_reserved: Callable[[str, bool], tuple[str, ...]], **kwargs: Any) -> None:
        """`may_be_reserved` says for whom, from how it is bought and whether it is health care."""
        super().__init__(*args, **kwargs)
        self.may_be_reserved = may_be_reserved
        offered = {value for way in Way.values for value in may_be_reserved(way, False)}
        reserved = self.fields["reserved_for"]
        assert isinstance(reserved, forms.ChoiceField)
        reserved.choices = [(value, label) for value, label in Reserved.choices if value in offered]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        way, reserved = cleaned.get("way"), cleaned.get("reserved_for")
        if way and reserved and reserved not in self.may_be_reserved(way, cleaned["is_health_care"]):
            self.add_error("reserved_for", _("The law does not let this be reserved when it is bought in this way"))
        return cleaned

    @classmethod
    def initial_of(cls, requirement: Requirement) -> dict[str, Any]:
        return {name: getattr(requirement, name) for name in ["way", "is_health_care", "reserved_for"]}


class TimetableForm(forms.Form):
    """Until when people may ask, until when they may answer, and by when it is decided."""

    questions_on = DateField(
        label=_("Last day for questions"),
        what=_("last day for questions"),
        required=False,
        help_text=_("Until 5pm on that day"),
    )
    closes_on = DateField(
        label=_("Last day for answers"),
        what=_("last day for answers"),
        required=False,
        help_text=_("Small providers write after a day’s work: four weeks or more let them answer."),
    )
    closes_hour = forms.TypedChoiceField(label=_("Answers close at"), choices=CLOSING_HOURS, coerce=int, initial=12)
    decided_on = DateField(
        label=_("Day by which it is decided"),
        what=_("day by which it is decided"),
        required=False,
    )

    def __init__(self, *args: Any, starts_on: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.starts_on = starts_on

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        asked, closes, decided = (cleaned.get(name) for name in ("questions_on", "closes_on", "decided_on"))
        if asked and closes and asked > closes:
            self.add_error("questions_on", _("Last day for questions must be on or before the last day for answers"))
        elif asked and closes == asked and cleaned.get("closes_hour", 24) < QUESTIONS_CLOSE.hour:
            self.add_error("questions_on", _("Questions end at 5pm: choose a day before the last day for answers"))
        if closes and decided and decided < closes:
            self.add_error("decided_on", _("Day by which it is decided must be on or after the last day for answers"))
        if decided and decided > self.starts_on:
            self.add_error("decided_on", _("Day by which it is decided must be on or before the first day of the work"))
        return cleaned

    def facts(self) -> dict[str, Any]:
        """As the requirement holds them: moments in our own time zone."""
        typed = self.cleaned_data
        closes = datetime.time(typed["closes_hour"], 0)
        return {
            "questions_until": moment(typed["questions_on"], QUESTIONS_CLOSE),
            "closes_at": moment(typed["closes_on"], closes),
            "decided_on": typed["decided_on"],
        }

    @classmethod
    def initial_of(cls, requirement: Requirement) -> dict[str, Any]:
        asked, closes = requirement.questions_until, requirement.closes_at
        return {
            "questions_on": timezone.localdate(asked) if asked else None,
            "closes_on": timezone.localdate(closes) if closes else None,
            "closes_hour": timezone.localtime(closes).hour if closes else 12,
            "decided_on": requirement.decided_on,
        }


def moment(day: datetime.date | None, clock: datetime.time) -> datetime.datetime | None:
    return timezone.make_aware(datetime.datetime.combine(day, clock)) if day else None


class QuestionForm(forms.Form):
    """One question that everybody who answers is asked."""

    number = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=50)
    text = forms.CharField(
        label=_("Question"),
        max_length=400,
        error_messages={"required": _("Enter the question")},
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One thing, in plain words. For example, “How would you get to know a person before you start?”"),
    )
    weight = forms.IntegerField(
        label=_("Share of the marks, in per cent"),
        min_value=0,
        max_value=100,
        error_messages=whole_number(_("Enter the share of the marks as a whole number from 0 to 100")),
    )
    most_words = forms.IntegerField(
        label=_("Most words of an answer"),
        min_value=20,
        max_value=2000,
        initial=300,
        error_messages=whole_number(_("Enter the most words of an answer, from 20 to 2,000")),
        help_text=_("300 words are a page of somebody’s evening."),
    )


class PriceWeightForm(forms.Form):
    price_weight = forms.IntegerField(
        label=_("Share of the marks that the price has, in per cent"),
        min_value=0,
        max_value=100,
        required=False,
        error_messages=whole_number(_("Enter the price’s share of the marks as a whole number from 0 to 100")),
        help_text=_("Leave empty if nothing is weighed."),
    )


class LotTimesForm(forms.Form):
    """One window of the day, on one or more days of the week, and how much work is in it on each."""

    days = forms.MultipleChoiceField(
        label=_("On which days?"),
        choices=Day.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one day")},
    )
    window = forms.CharField(
        label=_("Between when and when?"),
        max_length=40,
        error_messages={"required": _("Enter from when to when")},
        help_text=_("For example, “7am to 10am”. The wider it is, the more people can answer."),
    )
    hours_of_work = forms.DecimalField(
        label=_("How many hours of work on each of these days?"),
        min_value=0,
        max_value=MOST_HOURS_IN_A_WINDOW,
        decimal_places=2,
        error_messages={
            name: _("Enter the hours of work as a number, like 6 or 4.5")
            for name in ("required", "invalid", "min_value", "max_value", "max_decimal_places", "max_digits")
        },
        help_text=_("For all people together. Six hours between 7am and 10am is two people at once."),
    )

    def clean_window(self) -> tuple[int, int]:
        try:
            spans = hours.read(self.cleaned_data["window"])
        except hours.PastMidnight:
            raise forms.ValidationError(_("Hours that run past midnight are two: say each on its own day")) from None
        except (hours.NotHours, hours.TooManySpans):
            spans = []
        if len(spans) != 1:
            raise forms.ValidationError(_("Enter from when to when, like 7am to 10am"))
        return spans[0]

    def clean_hours_of_work(self) -> int:
        """In minutes, which is what is kept."""
        minutes: int = round(self.cleaned_data["hours_of_work"] * 60)
        if minutes < 1:
            raise forms.ValidationError(_("Enter the hours of work as a number, like 6 or 4.5"))
        return minutes
