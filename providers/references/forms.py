from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from providers.models.reference import KnownFor

LONGEST_WORDS = 1000
YES, NO = "yes", "no"
TOO_LONG = _("Write it shorter: there is room for %(limit_value)d letters, and you have used %(show_value)d")


class AskForm(forms.Form):
    """Whom the provider has asked, and may be written to."""

    customer_name = forms.CharField(
        label=_("What is your customer's name?"),
        help_text=_("For example: Mary Jones. Only your council sees it."),
        max_length=120,
        error_messages={"required": _("Type your customer's name"), "max_length": TOO_LONG},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    customer_email = forms.EmailField(
        label=_("What is their e-mail address?"),
        help_text=_("We use it for this and for nothing else. For example: mary@home.example"),
        error_messages={
            "required": _("Type their e-mail address"),
            "invalid": _("Type an e-mail address, like mary@home.example"),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    has_asked = forms.BooleanField(
        label=_("I have asked them, and they said that you may write to them"),
        error_messages={"required": _("Ask them first, and tick this when they have said yes")},
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, label_suffix="")


class AnswerForm(forms.Form):
    """Three short questions to a customer."""

    known_for = forms.ChoiceField(
        label=_("How long have they helped you or your family?"),
        choices=KnownFor.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how long")},
    )
    words = forms.CharField(
        label=_("How was it, in your own words?"),
        help_text=_("For example: He came every Tuesday, on time, and my mother looked forward to it."),
        max_length=LONGEST_WORDS,
        error_messages={"required": _("Write a few words about how it was"), "max_length": TOO_LONG},
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    would_ask_again = forms.TypedChoiceField(
        label=_("Would you ask them again?"),
        choices=[(YES, _("Yes")), (NO, _("No"))],
        coerce=lambda value: value == YES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose yes or no")},
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, label_suffix="")
