from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from commissioning.sourcing.search.asked import OUTCODES_AT_MOST
from commissioning.sourcing.search.places import read_postcodes

TOLD_AT_MOST = 10
STRANGE = ngettext_lazy(
    "We do not know this postcode: %(some)s. Mend it, or take it out",
    "We do not know these %(number)d postcodes: %(some)s. Mend them, or take them out",
    "number",
)


class PostcodesForm(forms.Form):
    """Postcodes as somebody has them in a list. They are sent, read and forgotten; their first halves go on."""

    postcodes = forms.CharField(
        label=_("Postcodes"),
        help_text=_("One on each line, or with commas between. For example, BA1 1LZ, BA2 3AA, BS31"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "autocomplete": "off"}),
        error_messages={"required": _("Enter postcodes, like BA1 1LZ")},
    )

    def clean_postcodes(self) -> tuple[str, ...]:
        pasted = read_postcodes(self.cleaned_data["postcodes"])
        if pasted.strange:
            some = ", ".join(pasted.strange[:TOLD_AT_MOST])
            told: dict[str, Any] = {"number": len(pasted.strange), "some": some}
            raise ValidationError(STRANGE, params=told)
        if len(pasted.outcodes) > OUTCODES_AT_MOST:
            most = {"most": OUTCODES_AT_MOST}
            raise ValidationError(_("These lie in more than %(most)s districts. Choose councils instead"), params=most)
        return pasted.outcodes
