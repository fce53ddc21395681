"""One short page for a claim of any kind: its questions follow from the kind's data."""

from __future__ import annotations

import datetime
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from providers.credentials.forms import PagesField
from providers.credentials.kinds import LONGEST_LEVEL, STANDARDS, Kind, Question
from providers.credentials.wording import money
from providers.models import Credential
from providers.models.credential import CoverPer, Edition
from registry.pages.fields import DateField, Hinted, MoneyField

ALL_OF_IT, SOME_OF_IT = "all", "some"
LARGE = {"m": 1_000_000, "million": 1_000_000, "k": 1_000}


class CoverField(MoneyField):
    """A sum insured, as policies write it: 5,000,000 or £5 million or 5m. Whole pence."""

    def to_python(self, value: Any) -> int | None:
        match = re.fullmatch(r"£?\s*([0-9]{1,4}(?:\.[0-9]{1,2})?)\s*(m|million|k)", str(value or "").strip().lower())
        if match is None:
            return self._in_figures(value)
        return round(float(match[1]) * LARGE[match[2]]) * 100

    def _in_figures(self, value: Any) -> int | None:
        try:
            return super().to_python(value)
        except ValidationError as fault:
            # An example of pounds and pence would only mislead.
            raise ValidationError(_("Type how much it covers as a number, like 5,000,000 or 5 million")) from fault


def too_little(kind: Kind, pence: int | None) -> ValidationError | None:
    """Why a sum is below what the law asks of this kind of cover."""
    if kind.minimum_pence is None or pence is None or pence >= kind.minimum_pence:
        return None
    least = {"amount": money(kind.minimum_pence)}
    return ValidationError(_("The law asks for %(amount)s or more. Look at the certificate again") % least)


class ClaimForm(forms.Form):
    """What somebody says of a credential of one kind, and the pages that prove it.

    `people` do the work (None: not known); `months` are those of the council for what shows no last day.
    """

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        kind: Kind,
        people: int | None,
        council: str,
        months: int | None,
        today: datetime.date,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, files, initial=initial, label_suffix="")
        self.kind, self.people, self.today = kind, people, today
        self._ask_which()
        self._ask_who()
        self._ask_days(council, months)
        pages = PagesField(label=_("Photos or PDF"), required=False)
        pages.help_text = f"{kind.evidence} {pages.help_text}"
        self.fields["pages"] = pages

    def _ask_which(self) -> None:
        kind = self.kind
        if kind.names_itself:
            self.fields["level"] = self._words("level", LONGEST_LEVEL)
        elif kind.asks("level"):
            self.fields["level"] = self._radios("level", [(level, _(level)) for level in kind.levels])
        if kind.asks("standards"):
            self.fields["edition"] = forms.TypedChoiceField(
                label=_("Which Care Certificate is it?"),
                help_text=_("It is the 2025 one if it has standard 16, about learning disability and autism."),
                choices=list(reversed(Edition.choices)),
                coerce=int,
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose which Care Certificate it is")},
            )
            self.fields["whole"] = forms.ChoiceField(
                label=_("How much of it is signed off?"),
                choices=[(ALL_OF_IT, _("All the standards")), (SOME_OF_IT, Hinted(_("Some"), _("Tick them below")))],
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose how much of it is signed off")},
            )
            self.fields["standards"] = forms.TypedMultipleChoiceField(
                label=_("Which standards are signed off?"),
                help_text=_("Leave this empty if it is all of them."),
                choices=standard_choices(),
                coerce=int,
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )

    def _ask_who(self) -> None:
        if self.kind.asks("held_by") and self.people != 1:
            self.fields["held_by"] = forms.IntegerField(
                label=self._question("held_by").label,
                help_text=self._question("held_by").hint,
                min_value=1,
                max_value=self.people,
                widget=forms.NumberInput(attrs={"class": "govuk-input--width-3"}),
                error_messages={
                    "required": self._question("held_by").missing,
                    "invalid": _("Type a whole number, like 2"),
                    "min_value": _("Type 1 or more"),
                    "max_value": _("You said that %(limit_value)s people do the work"),
                },
            )
        for name, longest in (("issuer", 120), ("reference", 60)):
            if name in self.kind.must | self.kind.may:
                self.fields[name] = self._words(name, longest)
        if self.kind.has_amount:
            question = self._question("amount")
            self.fields["amount_pence"] = CoverField(
                label=question.label,
                help_text=question.hint,
                what=_("cover"),
                minimum=100,
                error_messages={"required": question.missing},
            )
        if self.kind.asks("cover_per"):
            self.fields["cover_per"] = self._radios("cover_per", CoverPer.choices)

    def _ask_days(self, council: str, months: int | None) -> None:
        start = self._question("start")
        self.fields["starts_on"] = DateField(label=start.label, help_text=start.hint, what=_("date"))
        if not self.kind.asks("end"):
            return
        end = self._question("end")
        hint = end.hint
        if months and not self.kind.runs_out:
            hint = f"{hint} {when_left_empty(council, months)}"
        self.fields["ends_on"] = DateField(
            label=end.label, help_text=hint, what=_("last day"), required=self.kind.runs_out
        )

    def _question(self, name: str) -> Question:
        return self.kind.questions[name]

    def _words(self, name: str, longest: int) -> forms.CharField:
        question = self._question(name)
        room = _("Write it shorter: there is room for %(limit_value)d letters, and you have used %(show_value)d")
        return forms.CharField(
            label=question.label,
            help_text=question.hint,
            max_length=longest,
            required=name in self.kind.must,
            error_messages={"required": question.missing, "max_length": room},
        )

    def _radios(self, name: str, choices: Any) -> forms.ChoiceField:
        question = self._question(name)
        return forms.ChoiceField(
            label=question.label,
            help_text=question.hint,
            choices=choices,
            widget=forms.RadioSelect,
            required=name in self.kind.must,
            error_messages={"required": question.missing},
        )

    def clean_amount_pence(self) -> int:
        pence: int = self.cleaned_data["amount_pence"]
        fault = too_little(self.kind, pence)
        if fault:
            raise fault
        return pence

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        self._check_days(said)
        if "standards" in self.fields:
            self._check_standards(said)
        if self.errors and said.get("pages"):
            # A browser does not send a file a second time by itself, and must not seem to.
            self.add_error("pages", _("Choose the files again: they were not kept, as something here needs mending"))
        return said

    def _check_days(self, said: dict[str, Any]) -> None:
        start, end = said.get("starts_on"), said.get("ends_on")
        if start and start > self.today and not self.kind.runs_out:
            self.add_error("starts_on", _("The date must be today or before"))
        if start and end and end < start:
            self.add_error("ends_on", _("The last day must be after the first date"))
        elif end and end < self.today:
            self.add_error("ends_on", _("This one has ended. Type the dates of the one that holds now"))

    def _check_standards(self, said: dict[str, Any]) -> None:
        edition, ticked = said.get("edition"), said.get("standards")
        if said.get("whole") == SOME_OF_IT and not ticked and "standards" not in self.errors:
            self.add_error("standards", _("Tick the standards that are signed off"))
        if edition and ticked and max(ticked) > len(STANDARDS[edition]):
            self.add_error("standards", _("The 2015 Care Certificate has no standard 16"))

    def facts(self) -> dict[str, Any]:
        """What the actions take: the fields of a credential."""
        said = {name: value for name, value in self.cleaned_data.items() if name not in ("pages", "whole")}
        if self.kind.asks("held_by"):
            said.setdefault("held_by", 1)
        if self.cleaned_data.get("whole") == ALL_OF_IT:
            said["standards"] = [standard.number for standard in STANDARDS[said["edition"]]]
        return said


def when_left_empty(council: str, months: int) -> str:
    """What becomes of an empty last day: it is filled in, and never without a word."""
    words = ngettext(
        "If you leave it empty we fill it in: %(council)s asks for a new one after %(months)d month.",
        "If you leave it empty we fill it in: %(council)s asks for a new one after %(months)d months.",
        months,
    )
    return words % {"council": council, "months": months}


def standard_choices() -> list[tuple[int, Any]]:
    """The standards by number. Where the older edition has another title, it stands below."""
    older = {standard.number: standard.title for standard in STANDARDS[Edition.FIRST]}
    return [(standard.number, _one(standard.number, standard.title, older)) for standard in STANDARDS[Edition.SECOND]]


def _one(number: int, title: Any, older: dict[int, Any]) -> Any:
    name = f"{number}. {title}"
    if number not in older:
        return Hinted(name, _("Only in the 2025 Care Certificate"))
    before = older[number]
    return name if before == title else Hinted(name, _("In 2015: %(title)s") % {"title": before})


def said_before(credential: Credential) -> dict[str, Any]:
    """An earlier claim as the form shows it, for a correction."""
    said = {
        name: getattr(credential, name)
        for name in ("level", "edition", "standards", "held_by", "issuer", "reference", "amount_pence", "cover_per")
    }
    is_whole = credential.edition and len(credential.standards) == len(STANDARDS[credential.edition])
    whole = {"whole": ALL_OF_IT if is_whole else SOME_OF_IT, "standards": [] if is_whole else credential.standards}
    return said | whole | {"starts_on": credential.starts_on, "ends_on": credential.ends_on}


def to_renew(credential: Credential) -> dict[str, Any]:
    """The same for a renewal: who and how much stay, and the new one most often starts when the old one ends."""
    said = said_before(credential)
    follows = credential.ends_on + datetime.timedelta(days=1) if credential.ends_on else None
    is_cover = credential.amount_pence is not None
    # A policy number may stay; a date of training never does.
    return said | {"starts_on": follows if is_cover else None, "ends_on": None}
