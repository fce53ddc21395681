from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from providers.enquiring.actions import Asked
from providers.models import Service
from providers.models.enquiry import AnswerBy
from registry.access.opened import OpenForm

TOO_LONG = _("Write it shorter: there is room for %(limit_value)d letters, and you have used %(show_value)d")


class AskForm(OpenForm):
    """What somebody wants to know of a provider. No address, no diagnosis, no date of birth is asked for."""

    service = forms.ChoiceField(label=_("What is it about?"), required=False, choices=[])
    help_wanted = forms.CharField(
        label=_("What help do you need?"),
        help_text=_(
            "For example: Somebody to cook lunch for my mum and eat with her. Please leave out names, ages, illnesses "
            "and medicines: you can tell them when you talk."
        ),
        max_length=1000,
        error_messages={"required": _("Write what help you need"), "max_length": TOO_LONG},
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    days_wanted = forms.CharField(
        label=_("Which days or times would suit?"),
        help_text=_("For example: Tuesdays and Thursdays around noon, from next month"),
        required=False,
        max_length=200,
        error_messages={"max_length": TOO_LONG},
    )
    area = forms.CharField(
        label=_("Roughly where?"),
        help_text=_("A village, a part of town or the first half of a postcode is enough. For example: Larkhall, BA1"),
        required=False,
        max_length=60,
        error_messages={"max_length": TOO_LONG},
    )
    name = forms.CharField(
        label=_("What may they call you?"),
        help_text=_("For example: Sarah"),
        max_length=60,
        error_messages={"required": _("Type a name they may call you by"), "max_length": TOO_LONG},
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    answer_by = forms.ChoiceField(
        label=_("How would you like your answer?"),
        choices=AnswerBy.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose e-mail or phone")},
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_(
            "Needed for an answer by e-mail. We send you a link to see what you wrote and take it back. For example: "
            "sarah@home.example"
        ),
        required=False,
        error_messages={"invalid": _("Type an e-mail address, like sarah@home.example")},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    phone = forms.CharField(
        label=_("Your phone number"),
        help_text=_("Needed for an answer by phone; they see it then. For example: 07700 900123"),
        required=False,
        max_length=30,
        error_messages={"max_length": TOO_LONG},
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    may_write = forms.BooleanField(
        label=_("They may write straight to my e-mail address"),
        help_text=_("Without a tick here they answer on our page and we pass it on. They do not learn your address."),
        required=False,
    )

    def __init__(self, data: Any, services: list[tuple[str, str]], about: str = "") -> None:
        """`services`: id and name of each that is listed; `about`: the one that somebody came from."""
        super().__init__(data, initial={"service": about if about in dict(services) else ""})
        field = self.fields["service"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Not sure, or all of it")), *services]
        if len(services) < 2:
            del self.fields["service"]

    def clean_phone(self) -> str:
        phone = str(self.cleaned_data["phone"]).strip()
        if phone and sum(letter.isdigit() for letter in phone) < 10:
            raise forms.ValidationError(_("Type the whole phone number, with the area code, like 01225 123456"))
        return phone

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        by = cleaned.get("answer_by")
        if by == AnswerBy.EMAIL and not cleaned.get("email") and "email" not in self.errors:
            self.add_error("email", _("Type your e-mail address, or choose an answer by phone"))
        if by == AnswerBy.PHONE and not cleaned.get("phone") and "phone" not in self.errors:
            self.add_error("phone", _("Type your phone number, or choose an answer by e-mail"))
        return cleaned

    def asked(self) -> Asked:
        typed = dict(self.cleaned_data)
        service = typed.pop("service", "")
        by_phone = typed["answer_by"] == AnswerBy.PHONE
        # A number that is not needed is not kept; nobody writes to who would rather be rung.
        typed |= {"may_write": False} if by_phone else {"phone": ""}
        return Asked(**typed, service=Service.every.get(pk=service) if service else None)


class AnswerForm(forms.Form):
    words = forms.CharField(
        label=_("Your answer"),
        help_text=_("For example: Yes, I have room on Tuesdays. May I come by to meet you both? My number is …"),
        max_length=2000,
        error_messages={"required": _("Write your answer"), "max_length": TOO_LONG},
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, label_suffix="")
