from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from providers.joining.forms.base import TOO_LONG, StepForm, WordedField, Words
from providers.joining.said import Facts
from providers.listings import hours
from providers.models.availability import Day

FAULTS: dict[type[Exception], Words] = {
    hours.NotHours: _("Type the hours for %(what)s like 9am to 5pm, or 9am to 1pm and 2pm to 5pm"),
    hours.PastMidnight: _(
        "The hours for %(what)s go past midnight. Stop at midnight, and type the rest on the next day"
    ),
    hours.TooManySpans: _("Type no more than two lots of hours for %(what)s, like 9am to 1pm and 2pm to 5pm"),
}


class HoursField(WordedField, forms.CharField):
    """Hours of a day as people write them, cleaned to spans of minutes after midnight."""

    def __init__(self, *, what: Words, **kwargs: Any) -> None:
        self.what = what
        widget = forms.TextInput(attrs={"class": "govuk-input--width-20", "spellcheck": "false"})
        too_long = {"max_length": TOO_LONG}
        super().__init__(max_length=80, required=False, error_messages=too_long, widget=widget, **kwargs)

    def clean(self, value: Any) -> list[list[int]]:
        typed: str = super().clean(value)
        try:
            return [list(span) for span in hours.read(typed)]
        except tuple(FAULTS) as fault:
            raise forms.ValidationError(str(FAULTS[type(fault)]), params={"what": self.what}) from fault

    def prepare_value(self, value: Any) -> Any:
        return hours.spans_in_words(value) if isinstance(value, list) else value

    def in_words(self, value: Any) -> str:
        return hours.spans_in_words(value)


class WeekField(WordedField, forms.Field):
    """The hours of a week as they are kept: spans by day. It is asked day by day."""

    def in_words(self, value: Any) -> str:
        return "\n".join(hours.week_in_words(value))


class HoursForm(StepForm):
    """One line for all days, and a line for each day that differs."""

    carried = ("weekly_hours",)
    intro = _("Say when people can have you. If your days are all the same, fill in the first line only.")
    mark_optional = False

    weekly_hours = WeekField(label=_("Hours"), required=False)

    def shape(self) -> None:
        del self.fields["weekly_hours"]
        days = self._days()
        if len(days) > 1:
            example = _("For example: 9am to 5pm, or 9am to 1pm and 2pm to 5pm")
            label = _("What are your hours on all your days?")
            self.fields["every_day"] = HoursField(label=label, help_text=example, what=_("all your days"))
        for day in days:
            self.fields[day] = HoursField(label=Day(day).label, what=Day(day).label)

    def _days(self) -> list[str]:
        chosen = self.said.get("when", "days") or Day.values
        return [day for day in Day.values if day in chosen]

    def prefilled(self, facts: Facts) -> Facts:
        days, known = self._days(), facts.get("weekly_hours") or {}
        if len(days) > 1 and known.get(days[0]) and all(known.get(day) == known[days[0]] for day in days):
            return {"every_day": known[days[0]]}
        return dict(known)

    def facts(self) -> Facts:
        usual = self.cleaned_data.get("every_day", [])
        told = {day: self.cleaned_data[day] or usual for day in self._days()}
        return {"weekly_hours": {day: spans for day, spans in told.items() if spans}}

    def answer(self, name: str, facts: Facts) -> Any:
        return (facts.get("weekly_hours") or {}).get(name)

    @classmethod
    def applies(cls, name: str, facts: Facts) -> bool:
        """What was typed for all days is told day by day."""
        return name != "every_day"
