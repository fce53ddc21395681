"""Insurance and training: what is held, by whom, to which day, and a picture of the paper."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from providers.credentials.claim_forms import CoverField, too_little
from providers.credentials.evidence import Cleaned
from providers.credentials.forms import PagesField
from providers.credentials.kinds import KINDS, kinds_of
from providers.credentials.policy import asked, policies_of, renewal_months, terms_of
from providers.credentials.rules import last_day
from providers.credentials.wording import day
from providers.joining.forms.base import StepForm, missing, radios
from providers.joining.said import Facts
from registry.pages.fields import DateField

YES, NOT_YET = "yes", "not_yet"


class ProofForm(StepForm):
    """`has` decides whether the rest is needed: nobody is stopped here for what they do not have yet."""

    needed: tuple[str, ...] = ()
    # "Optional" would be wrong beside a question that is needed once the answer to the first one is yes.
    mark_optional = False

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("has") == NOT_YET:
            return self._nothing_yet()
        for name in self.needed:
            if name in self.fields and said.get(name) in (None, "") and name not in self.errors:
                self.add_error(name, self.fields[name].error_messages["needed"])
        self.check_dates(said)
        return said

    @classmethod
    def applies(cls, name: str, facts: Facts) -> bool:
        return name == "has" or facts.get("has") != NOT_YET

    def good_pages(self) -> list[Cleaned]:
        """Uploads that can be kept, even where something else on the page is wrong."""
        pages: PagesField = self.fields["certificate"]  # type: ignore[assignment]
        return [] if self.cleaned_data.get("has") == NOT_YET else pages.good

    def check_dates(self, said: dict[str, Any]) -> None:
        raise NotImplementedError

    def _nothing_yet(self) -> dict[str, Any]:
        # What was half typed beside "not yet" is no claim, and no error either.
        self.errors.clear()
        return {name: NOT_YET if name == "has" else None for name in self.fields}


class InsuranceForm(ProofForm):
    has = radios(
        [(YES, _("Yes")), (NOT_YET, _("I do not have it yet"))],
        label=_("Do you have public liability insurance?"),
        help_text=_("It pays if someone is hurt, or something is broken, because of your work."),
        error_messages=missing(_("Say if you have this insurance")),
    )
    issuer = forms.CharField(
        label=_("Who is it with?"),
        help_text=_("The name of the insurer. For example: Markel"),
        max_length=120,
        required=False,
        error_messages={"needed": _("Type the name of the insurer")},
    )
    reference = forms.CharField(
        label=_("What is the policy number?"),
        help_text=_("It is on the certificate. We never show it to families."),
        max_length=60,
        required=False,
    )
    amount_pence = CoverField(
        label=_("How much does it cover?"),
        help_text=_("For example: 5,000,000 or 5 million"),
        what=_("cover"),
        minimum=100,
        required=False,
        error_messages={"needed": _("Type how much it covers, like 5 million")},
    )
    starts_on = DateField(
        label=_("When did it start?"),
        help_text=_("For example: 1 3 2026"),
        what=_("start date"),
        required=False,
        error_messages={"needed": _("Type the date it started")},
    )
    ends_on = DateField(
        label=_("What is its last day?"),
        help_text=_("For example: 28 2 2027"),
        what=_("last day"),
        required=False,
        error_messages={"needed": _("Type its last day. It is on the certificate")},
    )
    certificate = PagesField(label=_("Photos or PDF of the certificate"), required=False)

    kind = "public_liability"
    needed = ("issuer", "amount_pence", "starts_on", "ends_on")

    def check_dates(self, said: dict[str, Any]) -> None:
        start, end = said.get("starts_on"), said.get("ends_on")
        if fault := too_little(KINDS[self.kind], said.get("amount_pence")):
            self.add_error("amount_pence", fault)
        if end and start and end < start:
            self.add_error("ends_on", _("The last day must be after the start"))
        elif end and end < self.today:
            self.add_error(
                "ends_on",
                _("This insurance has ended. Type the dates of your new one, or choose “I do not have it yet”"),
            )


class EmployersInsuranceForm(InsuranceForm):
    kind = "employers_liability"

    def shape(self) -> None:
        self.fields["has"].label = _("Do you have employers' liability insurance?")
        self.fields["has"].help_text = _("The law asks for it when you employ someone: at least £5 million.")


class TrainingForm(ProofForm):
    has = radios(
        [(YES, _("Yes")), (NOT_YET, _("Not yet"))],
        label=_("Have you done any training that helps in this work?"),
        help_text=_("Tell us about one for now. You can add more later."),
        error_messages=missing(_("Say if you have done any training")),
    )
    kind = radios(
        [(kind.code, kind.name) for kind in kinds_of("training") if not kind.names_itself],
        label=_("What was it in?"),
        required=False,
        error_messages={"needed": _("Choose what the training was in")},
    )
    held_by = forms.IntegerField(
        label=_("How many of your people have done it?"),
        min_value=1,
        required=False,
        error_messages={
            "needed": _("Type how many of your people have done it"),
            "invalid": _("Type a whole number, like 2"),
            "min_value": _("Type 1 or more"),
        },
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-3"}),
    )
    issuer = forms.CharField(
        label=_("Who gave the training?"),
        help_text=_("For example: St John Ambulance"),
        max_length=120,
        required=False,
        error_messages={"needed": _("Type who gave the training")},
    )
    starts_on = DateField(
        label=_("When was it?"),
        help_text=_("The last day of the course. For example: 14 5 2026"),
        what=_("date of the training"),
        required=False,
        error_messages={"needed": _("Type the date of the training")},
    )
    ends_on = DateField(
        label=_("Does the certificate have an end date?"),
        help_text=_("If it has none, leave this empty. We then count from the training, as your council does."),
        what=_("end date"),
        required=False,
    )
    certificate = PagesField(label=_("Photos or PDF of the certificate"), required=False)

    needed = ("kind", "held_by", "issuer", "starts_on")

    def worked_out(self, name: str, facts: Facts) -> str:
        """The last day that the council's renewal time gives where the paper has none: nothing is filled in unsaid."""
        council, kind, done = self.said.council, facts.get("kind"), facts.get("starts_on")
        if name != "ends_on" or not (council and kind and done):
            return ""
        months = renewal_months(council.pk, kind)
        if months is None:
            return str(_("None on the certificate, and it needs none"))
        last = last_day(datetime.date.fromisoformat(done), months)
        words = _("None on the certificate. %(council)s asks for new training after a time, so we use %(day)s")
        return str(words % {"council": council.full_name, "day": day(last)})

    def shape(self) -> None:
        self._say_what_is_asked()
        if not self.initial.get("ends_on") and (words := self.worked_out("ends_on", dict(self.initial))):
            self.fields["ends_on"].help_text = f"{self.fields['ends_on'].help_text} {words}."
        if (self.said.people or 1) == 1:
            del self.fields["held_by"]
        else:
            self.fields["held_by"].help_text = _("There are %(people)s of you.") % {"people": self.said.people}

    def _say_what_is_asked(self) -> None:
        council, said = self.said.council, self.said
        if council is None:
            return
        codes = [code for mark in said.marks for code in said.of(mark).get("service", "categories", [])]
        wanted = asked(policies_of(council), terms_of(codes), employs_anyone=said.employs_anyone)
        names = [str(kind.name) for kind in kinds_of("training") if kind.code in wanted]
        if names:
            words = _("%(council)s asks for: %(training)s. You can be listed without.")
            self.fields["kind"].help_text = words % {"council": council.full_name, "training": ", ".join(names)}

    def check_dates(self, said: dict[str, Any]) -> None:
        done, end, held_by = said.get("starts_on"), said.get("ends_on"), said.get("held_by")
        if done and done > self.today:
            self.add_error("starts_on", _("The date of the training must be today or before"))
        if done and end and end < done:
            self.add_error("ends_on", _("The end date must be after the training"))
        elif end and end < self.today:
            self.add_error("ends_on", _("This certificate has ended. Choose other training, or “Not yet”"))
        if held_by and held_by > (self.said.people or 1):
            self.add_error("held_by", _("You said that %(people)s people do the work") % {"people": self.said.people})
