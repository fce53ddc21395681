"""The feed's parameters, each with what it takes. Nonsense is refused in words; what is not ours is passed over."""

from __future__ import annotations

import datetime
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from providers.models.availability import Day
from registry.places.forms import PostcodeField

PER_PAGE, MOST_PER_PAGE, MOST_MINIMAL = 50, 100, 10_000
MOST_TERMS = 50
SEARCH_AT_MOST = 1000
FURTHEST = 2_000_000
WRITTEN_AT_MOST = 60
EARLIEST = datetime.datetime(1900, 1, 1, tzinfo=datetime.UTC)
LATEST = datetime.datetime(9000, 1, 1, tzinfo=datetime.UTC)
CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?Z?")
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.I)
DAYS = {code: code for code in Day.values}
DAYS |= {code[:2]: code for code in Day.values}
DAYS |= {str(label).lower(): code for code, label in Day.choices}


class YesOrNo(forms.Field):
    """true or false, as JSON writes them; left out is false."""

    def to_python(self, value: Any) -> bool:
        written = str(value or "false").lower()
        if written not in ("true", "false"):
            raise ValidationError(_("Write true or false."))
        return written == "true"


class Moment(forms.Field):
    """A moment of ISO 8601, or a day for its first one. Without an offset it is UTC."""

    def to_python(self, value: Any) -> datetime.datetime | None:
        # "+" stands for a blank in an address, and is often left unescaped. Nothing here is as short as a leap second.
        written = re.sub(r" (\d\d:?\d\d)$", r"+\1", str(value or ""))[:WRITTEN_AT_MOST].replace(":60", ":59")
        return _moment(written) if written else None


def _moment(written: str) -> datetime.datetime:
    try:
        found = parse_datetime(written)
    except ValueError:
        found = None
    if found is None:
        raise ValidationError(_("Write a moment like 2026-03-03T09:30:00Z, or a day like 2026-03-03."))
    # Further off than anything here, and near enough to be reckoned with in every zone.
    if not EARLIEST.year < found.year < LATEST.year:
        return EARLIEST if found.year <= EARLIEST.year else LATEST
    # PostgreSQL knows no offsets as wide as ISO 8601 can write them.
    return found.astimezone(datetime.UTC) if timezone.is_aware(found) else found.replace(tzinfo=datetime.UTC)


class ClockTime(forms.Field):
    """HH:MM by the clock in the United Kingdom; minutes after midnight."""

    def to_python(self, value: Any) -> int | None:
        written = str(value or "")
        if not written:
            return None
        if not CLOCK.fullmatch(written):
            raise ValidationError(_("Write a time like 09:30."))
        return int(written[:2]) * 60 + int(written[3:5])


class DayOfWeek(forms.CharField):
    def to_python(self, value: Any) -> str:
        written = str(super().to_python(value)).lower()
        if written and written not in DAYS:
            raise ValidationError(_("Write a day like MO, mon or Monday."))
        return DAYS.get(written, "")


class Ids(forms.Field):
    """One id or several, repeated or with commas between."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: Any) -> tuple[str, ...]:
        written = [one.strip() for given in value or [] for one in str(given).split(",") if one.strip()]
        if len(written) > MOST_TERMS:
            raise ValidationError(_("Give at most %(most)d ids.") % {"most": MOST_TERMS})
        return tuple(dict.fromkeys(_id(one) for one in written))


class Id(forms.CharField):
    def to_python(self, value: Any) -> str:
        written = super().to_python(value)
        return _id(written) if written else ""


def _id(written: str) -> str:
    if not UUID.fullmatch(written):
        raise ValidationError(_("An id is a UUID, like 5b1e9a52-7f0c-4d43-9c56-0f6a8e2b7d11."))
    return written.lower()


class Paged(forms.Form):
    """What every list takes."""

    page = forms.IntegerField(min_value=1, required=False)
    per_page = forms.IntegerField(min_value=1, required=False)
    format = forms.ChoiceField(choices=[("json", "json"), ("ndjson", "ndjson")], required=False)

    def clean_page(self) -> int:
        return self.cleaned_data["page"] or 1

    def clean_per_page(self) -> int:
        return min(self.cleaned_data["per_page"] or PER_PAGE, MOST_PER_PAGE)


class Terms(Paged):
    taxonomy_id = Id(required=False)
    parent_id = Id(required=False)
    top_only = YesOrNo(required=False)


class Organizations(Paged):
    modified_after = Moment(required=False)
    full_service = YesOrNo(required=False)
    full = YesOrNo(required=False)


class OneOrganization(forms.Form):
    full_service = YesOrNo(required=False)
    full = YesOrNo(required=False)


class Services(Paged):
    """Of services, and of services at locations. All of them narrow (AND)."""

    search = forms.CharField(max_length=SEARCH_AT_MOST, required=False)
    text = forms.CharField(max_length=SEARCH_AT_MOST, required=False)
    taxonomy_term_id = Ids(required=False)
    taxonomy_id = Ids(required=False)
    minimum_age = forms.FloatField(min_value=0, max_value=150, required=False)
    maximum_age = forms.FloatField(min_value=0, max_value=150, required=False)
    start_time = ClockTime(required=False)
    end_time = ClockTime(required=False)
    day = DayOfWeek(max_length=20, required=False)
    postcode = PostcodeField(max_length=20, required=False)
    proximity = forms.FloatField(min_value=0, max_value=FURTHEST, required=False)
    modified_after = Moment(required=False)
    organization_id = Id(max_length=40, required=False)
    minimal = YesOrNo(required=False)
    full = YesOrNo(required=False)

    def clean_per_page(self) -> int:
        asked = self.cleaned_data["per_page"]
        if str(self.data.get("minimal")).lower() == "true":
            return min(asked or MOST_MINIMAL, MOST_MINIMAL)
        return min(asked or PER_PAGE, MOST_PER_PAGE)

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or self.cleaned_data
        words = dict.fromkeys(filter(None, (told.get("search"), told.get("text"))))
        return told | {"search": " ".join(words)}
