from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class AnswerForm(forms.Form):
    """What goes with a sending: an answer to the council's reason, and whether a new listing is open data."""

    answer = forms.CharField(
        label=_("Is there something you want to tell the council?"),
        help_text=_("For example: I have added the new insurance certificate. The old one ended in March."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    stay_out = forms.BooleanField(label=_("Keep my listing out of the open feed"), required=False)

    def __init__(self, data: Any = None, *, wanted: bool, is_new: bool) -> None:
        super().__init__(data, label_suffix="")
        if not wanted:
            del self.fields["answer"]
        # Later it is a switch on their own page, and no part of what a council looks at.
        if not is_new:
            del self.fields["stay_out"]
