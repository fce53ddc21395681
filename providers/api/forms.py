from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import ValidationError

from providers.api.rules import LASTS


class KeyForm(forms.Form):
    name = forms.CharField(
        label=_("What will use this key?"),
        help_text=_("A word for yourself, to know it by later. For example: our website"),
        max_length=60,
        error_messages={"required": _("Say what will use this key, like: our website")},
    )
    days = forms.TypedChoiceField(
        label=_("For how long is it good?"),
        coerce=int,
        choices=[(days, label) for days, label in zip(LASTS, (_("30 days"), _("90 days"), _("A year")), strict=True)],
        widget=forms.RadioSelect,
        initial=90,
        error_messages={"required": _("Say for how long the key is good")},
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)


class ProvidersForm(forms.Form):
    council = forms.RegexField(r"^[A-Z][0-9]{8}\Z", required=False)
    after = forms.UUIDField(required=False)
    per_page = forms.IntegerField(min_value=1, max_value=100, required=False)

    def clean(self) -> dict[str, Any]:
        """A program that sends an empty value has lost one."""
        for name in self.fields:
            if name in self.data and not str(self.data[name]).strip() and name not in self.errors:
                self.add_error(name, _("Leave it out, or give a value"))
        return self.cleaned_data


def cleaned(form: forms.Form) -> dict[str, Any]:
    """What was asked, or a 400 that names each part that cannot be used."""
    if not form.is_valid():
        raise ValidationError({name: [str(words) for words in wrong] for name, wrong in form.errors.items()})
    return form.cleaned_data
