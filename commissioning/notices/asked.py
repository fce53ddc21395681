from __future__ import annotations

from django import forms

from providers.open_referral.feed_asked import Moment

PER_PAGE, MOST_PER_PAGE = 50, 100


class Asked(forms.Form):
    """What both lists take."""

    page = forms.IntegerField(min_value=1, required=False)
    per_page = forms.IntegerField(min_value=1, required=False)
    modified_after = Moment(required=False)

    def clean_page(self) -> int:
        return self.cleaned_data["page"] or 1

    def clean_per_page(self) -> int:
        return min(self.cleaned_data["per_page"] or PER_PAGE, MOST_PER_PAGE)
