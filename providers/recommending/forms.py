from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from providers.models.recommendation import NotShownBecause, PublicDecision
from providers.models.reference import KnownFor
from providers.recommending.rules import MOST_CARDS
from registry.access.opened import OpenForm

TOO_LONG = _("Write it shorter: there is room for %(limit_value)d letters, and you have used %(show_value)d")


class InviteForm(forms.Form):
    email = forms.EmailField(
        label=_("What is your customer’s e-mail address?"),
        help_text=_("We use it for this and for nothing else. For example: mary@home.example"),
        error_messages={
            "required": _("Type their e-mail address"),
            "invalid": _("Type an e-mail address, like mary@home.example"),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    has_asked = forms.BooleanField(
        label=_("I have asked them, and they said that you may write to them. I give them nothing for it"),
        error_messages={"required": _("Ask them first, and tick this when they have said yes")},
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, label_suffix="")


class CardsForm(forms.Form):
    number = forms.IntegerField(
        label=_("How many cards?"),
        help_text=_("For example: 6"),
        min_value=1,
        max_value=MOST_CARDS,
        error_messages={
            "required": _("Type how many cards you need"),
            "invalid": _("Type a number, like 6"),
            "min_value": _("Type a number from 1 to 20"),
            "max_value": _("Type a number from 1 to 20"),
        },
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-2"}),
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, label_suffix="")


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("The code on your card"),
        help_text=_("For example: bcdf-ghjk-mnpq"),
        max_length=40,
        error_messages={"required": _("Type the code on your card"), "max_length": TOO_LONG},
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "govuk-input--width-20"}),
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, label_suffix="")


class WriteForm(OpenForm):
    """What a customer says, in plain text: no stars and no score."""

    known_for = forms.ChoiceField(
        label=_("How long have they helped you, or somebody you look after?"),
        choices=KnownFor.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how long")},
    )
    went_well = forms.CharField(
        label=_("What went well?"),
        help_text=_("For example: She came every Tuesday, on time, and cooked what Mum likes."),
        required=False,
        max_length=1000,
        error_messages={"max_length": TOO_LONG},
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    went_badly = forms.CharField(
        label=_("What did not go well?"),
        help_text=_("Just as welcome. For example: Twice nobody came, and nobody rang."),
        required=False,
        max_length=1000,
        error_messages={"max_length": TOO_LONG},
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    signed_as = forms.CharField(
        label=_("How should we sign it?"),
        help_text=_("A first name and a letter, or who you are. For example: Mary J., or: A daughter in BA2"),
        max_length=60,
        error_messages={"required": _("Type how we should sign it"), "max_length": TOO_LONG},
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_(
            "Not shown, and not given to them. We tell you what becomes of it, and send a link to take it back. For "
            "example: mary@home.example"
        ),
        error_messages={
            "required": _("Type your e-mail address"),
            "invalid": _("Type an e-mail address, like mary@home.example"),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    is_customer = forms.BooleanField(
        label=_("They helped me, or somebody I look after. I do not work for them and am not of their family"),
        error_messages={"required": _("Tick this if it is so. If it is not, please do not write here")},
    )
    was_not_paid = forms.BooleanField(
        label=_("Nobody gave me or promised me anything for this"),
        error_messages={"required": _("Tick this if it is so. If it is not, please do not write here")},
    )

    def __init__(self, data: Any = None, *, has_address: bool) -> None:
        """`has_address`: the invitation came by mail, so where to write to is known."""
        super().__init__(data)
        if has_address:
            del self.fields["email"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if (
            not cleaned.get("went_well")
            and not cleaned.get("went_badly")
            and not self.errors.keys() & {"went_well", "went_badly"}
        ):
            self.add_error("went_well", _("Write what went well, or what did not"))
        return cleaned

    def said(self) -> dict[str, str]:
        names = ("known_for", "went_well", "went_badly", "signed_as")
        return {
            "email": "",
            **{name: self.cleaned_data[name] for name in (*names, "email") if name in self.cleaned_data},
        }


class ReplyForm(forms.Form):
    words = forms.CharField(
        label=_("Your reply"),
        help_text=_("For example: Thank you. I am sorry about those two Tuesdays: I was ill, and now ring if I am."),
        max_length=1000,
        error_messages={"required": _("Write your reply"), "max_length": TOO_LONG},
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, label_suffix="")


class DecideForm(forms.Form):
    """Show it, or say which of the published reasons stands against it."""

    outcome = forms.ChoiceField(
        label=_("May it be shown?"),
        choices=[(PublicDecision.SHOWN, _("Yes, show it")), (PublicDecision.REFUSED, _("No"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose yes or no")},
    )
    reason = forms.ChoiceField(
        label=_("If not: why?"),
        help_text=_("They are told this reason. That it is bad for the provider is none."),
        # A worry about safety goes another way: it is handed over, and the words go.
        choices=[choice for choice in NotShownBecause.choices if choice[0] != NotShownBecause.SAFEGUARDING],
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, label_suffix="")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("outcome") == PublicDecision.REFUSED and not cleaned.get("reason"):
            self.add_error("reason", _("Choose why it is not shown"))
        return cleaned
