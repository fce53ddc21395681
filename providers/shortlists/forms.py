from __future__ import annotations

from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from providers.models import Listing
from providers.models.kept_service import NOTE_LETTERS


class KeepForm(forms.Form):
    """The button: which service. One that is not listed any more cannot be kept."""

    service = forms.UUIDField()

    def clean_service(self) -> UUID:
        key: UUID = self.cleaned_data["service"]
        if not Listing.listed.filter(service=key).exists():
            raise forms.ValidationError(_("This service is not on the register any more."))
        return key


class NoteForm(forms.Form):
    note = forms.CharField(
        label=_("Your note"),
        help_text=_(
            "For example, “Rang on Monday, can start in May”. Please write nothing about anybody’s health. "
            "Anybody you send the list to can read it."
        ),
        max_length=NOTE_LETTERS,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"max_length": _("Make your note shorter: it can have %(limit_value)d letters at most")},
    )


class SendForm(forms.Form):
    email = forms.EmailField(
        label=_("Their e-mail address"),
        help_text=_("For example, ana@example.org. We send one message with the link, and then forget the address."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        error_messages={
            "required": _("Enter the e-mail address to send the list to"),
            "invalid": _("Enter an e-mail address such as ana@example.org"),
        },
    )
