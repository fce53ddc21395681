from __future__ import annotations

from django import forms

from providers.listings.filters import CHOSEN_AT_MOST
from providers.listings.gaps import is_known
from registry.models import District


class CategoriesField(forms.Field):
    """Codes of our own vocabulary; others are dropped, since our own page sends none."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: list[str] | None) -> list[str]:
        return [code for code in (value or [])[:CHOSEN_AT_MOST] if is_known(code)]


class NobodyFoundForm(forms.Form):
    """All that is told of a search that found nobody. There is no field for anything else."""

    category = CategoriesField(required=False)
    district = forms.ModelChoiceField(District.objects.all())
