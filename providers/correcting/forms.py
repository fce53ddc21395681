from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from providers.models.correction import CorrectionAnswer, CorrectionOutcome, WhatIsWrong
from registry.access.opened import OpenForm

TOO_LONG = _("Write it shorter: there is room for %(limit_value)d letters, and you have used %(show_value)d")


class WrongForm(OpenForm):
    """What is wrong on a page, in a line or two. Not for a worry about somebody (rule 16)."""

    kind = forms.ChoiceField(
        label=_("What is wrong?"),
        choices=WhatIsWrong.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what is wrong")},
    )
    words = forms.CharField(
        label=_("What should it say?"),
        help_text=_(
            "For example: An hour costs £22 since May. Please name nobody, and write nothing about anybody’s health."
        ),
        max_length=500,
        error_messages={"required": _("Write a few words about what is wrong"), "max_length": TOO_LONG},
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    email = forms.EmailField(
        label=_("Your e-mail address, if you want to hear what became of it"),
        help_text=_("The provider does not see it. For example: mary@home.example"),
        required=False,
        error_messages={"invalid": _("Type an e-mail address, like mary@home.example")},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class AnswerForm(forms.Form):
    answer = forms.ChoiceField(
        label=_("What about it?"),
        choices=CorrectionAnswer.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one")},
    )
    words = forms.CharField(
        label=_("Anything your council should know?"),
        help_text=_("For example: £22 was last year’s price. It is £20 again."),
        required=False,
        max_length=500,
        error_messages={"max_length": TOO_LONG},
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, label_suffix="")


class CloseForm(forms.Form):
    outcome = forms.ChoiceField(
        label=_("What became of it?"),
        # A worry about safety goes another way: it is handed over, and the words go.
        choices=[choice for choice in CorrectionOutcome.choices if choice[0] != CorrectionOutcome.HANDED_OVER],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what became of it")},
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, label_suffix="")
