"""Form fields after GOV.UK's patterns: a date in three boxes, money with a pound sign, choices with a hint."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from registry.names import readable

Words = str | Promise
DateParts = tuple[str, str, str]

DATE_PARTS = ("day", "month", "year")
PART_WORDS = {"day": _("Day"), "month": _("Month"), "year": _("Year")}
MISSING_PART = {
    "day": _("%(what)s must include a day"),
    "month": _("%(what)s must include a month"),
    "year": _("%(what)s must include a year"),
}
# As people type them; the first three letters are enough.
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


class NameField(forms.CharField):
    """A name that others read in lists and mails: one that cannot be seen counts as none at all."""

    def to_python(self, value: Any) -> str:
        return readable(super().to_python(value) or "")


@dataclass(frozen=True)
class Hinted:
    """The label of a radio or checkbox, with a hint under it: `("sole_trader", Hinted(_("Just me"), _("...")))`."""

    label: Words
    hint: Words

    def __str__(self) -> str:
        return str(self.label)


class DateInput(forms.Widget):
    """Day, month and year as people write them; posted as NAME_day, NAME_month and NAME_year."""

    template_name = "components/date_input.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.faulty: tuple[str, ...] = ()

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        return f"{id_}_day"

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> DateParts:
        day, month, year = (str(data.get(f"{name}_{part}", "")).strip() for part in DATE_PARTS)
        return day, month, year

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return not any(f"{name}_{part}" in data for part in DATE_PARTS)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, None, attrs)
        identity = context["widget"]["attrs"].get("id", f"id_{name}")
        context["widget"]["parts"] = [
            {
                "name": f"{name}_{part}",
                "id": f"{identity}_{part}",
                "words": PART_WORDS[part],
                "width": 4 if part == "year" else 2,
                "value": written,
                "is_faulty": part in self.faulty,
            }
            for part, written in zip(DATE_PARTS, as_parts(value), strict=True)
        ]
        return context


def as_parts(value: Any) -> DateParts:
    """The three boxes of a date, of one written 2026-03-01 (as drafts keep it), or of what was typed."""
    if isinstance(value, str) and value:
        value = datetime.date.fromisoformat(value)
    if isinstance(value, datetime.date):
        return str(value.day), str(value.month), str(value.year)
    return value or ("", "", "")


class DateField(forms.Field):
    """A date in three boxes. `what` names it in errors: "Insurance start date must include a year"."""

    widget = DateInput

    def __init__(self, *, what: Words, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.what = what

    def to_python(self, value: Any) -> datetime.date | None:
        if value is None or isinstance(value, datetime.date):
            return value
        parts: DateParts = as_parts(value)
        missing = tuple(part for part, written in zip(DATE_PARTS, parts, strict=True) if not written)
        if len(missing) == len(DATE_PARTS):
            return None
        if missing:
            raise self.fault(MISSING_PART[missing[0]], missing)
        return self.assemble(*parts)

    def validate(self, value: datetime.date | None) -> None:
        if self.required and value is None:
            raise self.fault(_("Enter the %(what)s"), DATE_PARTS, capital=False)

    def assemble(self, day: str, month: str, year: str) -> datetime.date:
        if not re.fullmatch(r"[0-9]{4}", year):
            raise self.fault(_("%(what)s must have a year of 4 numbers, like 2026"), ("year",))
        try:
            return datetime.date(int(year), month_number(month), int(day))
        except (ValueError, OverflowError):
            raise self.fault(_("%(what)s must be a real date, like 27 3 2026"), DATE_PARTS) from None

    def fault(self, words: Words, parts: tuple[str, ...], *, capital: bool = True) -> ValidationError:
        # Another control than the three boxes has no boxes to mark.
        self.widget.faulty = parts
        return ValidationError(str(words), params={"what": capfirst(str(self.what)) if capital else self.what})


def month_number(written: str) -> int:
    """The number of a month written as a number or a name; ValueError when it is neither."""
    if written[:3].lower() in MONTHS:
        return MONTHS.index(written[:3].lower()) + 1
    return int(written)


class MoneyInput(forms.TextInput):
    template_name = "components/money_input.html"


class MoneyField(forms.Field):
    """Pounds and pence as people write them (12.50, £1,200), cleaned to a whole number of pence."""

    widget = MoneyInput

    def __init__(
        self,
        *,
        what: Words,
        minimum: int = 0,
        maximum: int = 100_000_000_000,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.what = what
        self.minimum = minimum
        self.maximum = maximum

    def prepare_value(self, value: Any) -> Any:
        return pounds(value) if isinstance(value, int) else value

    def to_python(self, value: Any) -> int | None:
        if value is None or isinstance(value, int):
            return value
        written = re.sub(r"[£,\s]", "", str(value))
        if not written:
            return None
        match = re.fullmatch(r"(-?[0-9]{1,12})(?:\.([0-9]{1,2}))?", written, re.ASCII)
        if match is None:
            raise self.fault(_("%(what)s must be an amount of money, like 12 or 12.50"))
        sign = -1 if written.startswith("-") else 1
        return int(match[1]) * 100 + sign * int((match[2] or "0").ljust(2, "0"))

    def validate(self, value: int | None) -> None:
        if value is None:
            if self.required:
                raise ValidationError(_("Enter the %(what)s"), params={"what": self.what})
        elif value < self.minimum:
            raise self.fault(_("%(what)s must be £%(limit)s or more"), limit=pounds(self.minimum))
        elif value > self.maximum:
            raise self.fault(_("%(what)s must be £%(limit)s or less"), limit=pounds(self.maximum))

    def fault(self, words: Words, **params: str) -> ValidationError:
        return ValidationError(str(words), params={"what": capfirst(str(self.what)), **params})


def pounds(pence: int) -> str:
    """1250 as "12.50", 1200 as "12"."""
    whole, rest = divmod(abs(pence), 100)
    return f"{'-' if pence < 0 else ''}{whole}" + (f".{rest:02}" if rest else "")
