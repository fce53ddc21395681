from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from providers.identifiers import rules
from providers.identifiers.wording import ASKING
from providers.joining.forms.base import StepForm


class NumberField(forms.CharField):
    """A number on a public register, cleaned to the way in which the register writes it."""

    def __init__(self, scheme: str) -> None:
        self.scheme = scheme
        words: dict[str, Any] = {"label": ASKING[scheme].question, "help_text": ASKING[scheme].hint}
        widget = forms.TextInput(attrs={"class": "govuk-input--width-20", "spellcheck": "false"})
        super().__init__(max_length=40, required=False, widget=widget, **words)

    def clean(self, value: str) -> str:
        typed: str = super().clean(value)
        number = rules.mended(self.scheme, typed) if typed else ""
        if typed and not number:
            raise forms.ValidationError(str(ASKING[self.scheme].fault))
        return number


class NumbersForm(StepForm):
    """Only the numbers that this kind of business can have; nobody has to have one to be listed."""

    intro = _(
        "These help a council to look you up, so it has less to ask you. Everyone can see them. "
        "Leave empty what you do not have."
    )
    mark_optional = False

    company = NumberField(rules.COMPANY)
    mutuals = NumberField(rules.MUTUALS)
    charity = NumberField(rules.CHARITY)
    cqc_provider = NumberField(rules.CQC_PROVIDER)
    ico = NumberField(rules.ICO)
    ppon = NumberField(rules.PPON)

    def shape(self) -> None:
        said = self.said
        asked = rules.asked(legal_form=said.legal_form, nation=said.nation, is_care=said.may_have_cqc)
        for scheme in set(self.fields) - set(asked):
            del self.fields[scheme]
