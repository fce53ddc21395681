from __future__ import annotations

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from providers.joining.forms.base import StepForm, YesNoField, missing, radios, without
from providers.joining.rules import asks_members
from providers.models.provider import LegalForm
from registry.pages.fields import NameField

PHONE = re.compile(r"^\+?[0-9 ()\-]{10,20}$")


class PhoneField(forms.CharField):
    widget = forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "class": "govuk-input--width-20"})

    def clean(self, value: str) -> str:
        written: str = super().clean(value)
        digits = sum(letter.isdigit() for letter in written)
        if written and not (PHONE.match(written) and 10 <= digits <= 13):
            raise forms.ValidationError(_("Type a full phone number, like 07700 900 123"))
        return written


class YouForm(StepForm):
    name = NameField(
        label=_("What name do you trade under?"),
        help_text=_("Families will see this. It can be your own name. For example: Rosie's Home Help"),
        max_length=120,
        error_messages=missing(_("Type the name you trade under")),
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    legal_form = radios(
        without(LegalForm, "unknown"),
        label=_("What kind of business is it?"),
        help_text=_("If you work for yourself and have not set up a company, you are a sole trader."),
        error_messages=missing(_("Choose what kind of business it is")),
    )
    phone = PhoneField(
        label=_("Phone number for families"),
        help_text=_("Everyone can see this number. For example: 07700 900 123"),
        max_length=30,
        error_messages=missing(_("Type a phone number that families can call")),
    )
    email = forms.EmailField(
        label=_("Email address for families"),
        help_text=_("Everyone can see this address. It can be different from the one you sign in with."),
        required=False,
        error_messages={"invalid": _("Type an email address like name@example.com")},
    )
    prefers_calls = forms.BooleanField(label=_("I would rather get a call than an email"), required=False)


class SizeForm(StepForm):
    people = forms.IntegerField(
        label=_("How many people do the work?"),
        help_text=_("Count yourself. If it is only you, type 1."),
        min_value=1,
        max_value=5000,
        error_messages={
            "required": _("Type how many people do the work. If it is only you, type 1"),
            "invalid": _("Type a whole number, like 1 or 4"),
            "min_value": _("Count yourself: type 1 or more"),
            "max_value": _("Type a smaller number. This site is for small businesses"),
        },
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-3"}),
    )
    employs_anyone = YesNoField(
        label=_("Do you employ anyone?"),
        help_text=_("You employ someone if you pay them wages. People who are self-employed do not count."),
        error_messages=missing(_("Say if you employ anyone")),
    )
    run_by_members = YesNoField(
        label=_("Is the business owned and run by its members?"),
        help_text=_("For example, in a co-op each member has one vote."),
        error_messages=missing(_("Say if the business is run by its members")),
    )

    def shape(self) -> None:
        if not asks_members(self.said.legal_form):
            del self.fields["run_by_members"]
