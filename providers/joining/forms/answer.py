from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class AnswerForm(forms.Form):
    """What a provider says to the council's reason, when something was sent back."""

    answer = forms.CharField(
        label=_("Is there something you want to tell the council?"),
        help_text=_("For example: I have added the new insurance certificate. The old one ended in March."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, data: Any = None, *, wanted: bool) -> None:
        super().__init__(data, label_suffix="")
        if not wanted:
            del self.fields["answer"]
