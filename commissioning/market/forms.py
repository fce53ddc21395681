from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext_lazy as _

from providers.credentials.policy import EMPLOYERS_LIABILITY, Policy


class AskedForm(forms.Form):
    """What would be asked for, of all that the council asks for: to see what a page says without some of it."""

    mark_optional = False

    asked = forms.MultipleChoiceField(
        label=_("What you ask for"),
        help_text=_("Take a tick away to see who could do the work if you did not ask for that. It changes nothing."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    # A form with no tick at all asks for nothing, which is not the same as no form.
    chosen = forms.CharField(widget=forms.HiddenInput, initial="1")

    def __init__(self, data: Any, *, policies: Mapping[str, Policy]) -> None:
        self.policies = policies
        self.choices = {code: one.name for code, one in policies.items() if code != EMPLOYERS_LIABILITY}
        super().__init__(data if "chosen" in data else {"asked": list(self.choices), "chosen": "1"})
        self.fields["asked"].choices = list(self.choices.items())  # type: ignore[attr-defined]

    def kept(self) -> dict[str, Policy]:
        """All of it where the choice makes no sense, and always what follows from no choice (rule 4)."""
        codes = self.cleaned_data["asked"] if self.is_valid() else list(self.choices)
        return {code: one for code, one in self.policies.items() if code in codes or code not in self.choices}

    def address(self) -> str:
        """The choice as the end of an address: empty where everything is asked for."""
        kept = [code for code in self.kept() if code in self.choices]
        return "" if len(kept) == len(self.choices) else "?" + urlencode({"chosen": "1", "asked": kept}, doseq=True)
