from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

DAYS = {7: _("7 days"), 30: _("30 days"), 90: _("90 days")}
USUAL_DAYS = 30


class LinkForm(forms.Form):
    made_for = forms.CharField(
        label=_("Who is it for?"),
        help_text=_("So that you know which link is which. Only you see it. For example, “Mrs Hill’s care manager”."),
        max_length=120,
        required=False,
    )
    days = forms.TypedChoiceField(
        label=_("How long should it work?"),
        choices=list(DAYS.items()),
        coerce=int,
        initial=USUAL_DAYS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how long the link should work")},
    )
