from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class LeaveForm(forms.Form):
    sure = forms.BooleanField(
        label=_("Yes, take our listing away for good"),
        error_messages={"required": _("Tick the box if you want to take your listing away")},
    )
