from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from commissioning.models import Lot, Requirement
from commissioning.models.requirement import REFERENCE_LETTERS, Barrier, Buyer
from providers.models import Category
from registry.models import Council, Outcode
from registry.pages.fields import DateField, MoneyField
from registry.places.queries import outcodes_of


def whole_number(words: Any) -> dict[str, Any]:
    """One sentence for everything that can be wrong with a number between two limits."""
    return dict.fromkeys(["required", "invalid", "min_value", "max_value"], words)


ABOUT_FIELDS = ["title", "need", "starts_on", "ends_on", "extension_months", "value_pence", "buyer", "payment_days"]


class AboutForm(forms.Form):
    """What is needed, when, for how much, and who buys."""

    title = forms.CharField(
        label=_("Title"),
        max_length=120,
        error_messages={"required": _("Enter a title")},
        help_text=_("As providers would say it. For example, “Lunch and company in Radstock and Midsomer Norton”."),
    )
    need = forms.CharField(
        label=_("What is needed, and what should come of it"),
        max_length=3000,
        error_messages={"required": _("Write what is needed")},
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Do not write about a person: no names, addresses or details of anybody’s health."),
    )
    starts_on = DateField(label=_("First day"), what=_("first day"), help_text=_("For example, 1 4 2027"))
    ends_on = DateField(label=_("Last day"), what=_("last day"), help_text=_("Leave out any extension"))
    extension_months = forms.IntegerField(
        label=_("How many months may it be extended by?"),
        min_value=0,
        max_value=120,
        required=False,
        error_messages=whole_number(_("Enter the months it may be extended by, from 0 to 120")),
        help_text=_("Leave empty if it may not be. The value below counts every month of it."),
    )
    value_pence = MoneyField(
        label=_("Estimated value"),
        what=_("estimated value"),
        minimum=100,
        help_text=_("For the whole time, including VAT and any extension"),
    )
    buyer = forms.ChoiceField(
        label=_("Who buys?"),
        choices=Buyer.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who buys")},
    )
    payment_days = forms.IntegerField(
        label=_("Days to pay an invoice"),
        min_value=1,
        max_value=30,
        initial=30,
        error_messages=whole_number(_("Enter the days to pay an invoice, from 1 to 30")),
        help_text=_("30 at most. A small business lives on being paid sooner."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        cleaned["extension_months"] = cleaned.get("extension_months") or 0
        if first and last and last < first:
            self.add_error("ends_on", _("Last day must be on or after the first day"))
        return cleaned

    @classmethod
    def initial_of(cls, requirement: Requirement) -> dict[str, Any]:
        return {name: getattr(requirement, name) for name in ABOUT_FIELDS}


class StartForm(AboutForm):
    """The same, with the council it is for and the reference that makes a second press harmless."""

    reference = forms.RegexField(regex=f"^[{REFERENCE_LETTERS}]{{8}}$", widget=forms.HiddenInput)
    council = forms.ModelChoiceField(label=_("Council"), queryset=Council.objects.none(), empty_label=None)
    field_order = ["council", *ABOUT_FIELDS]

    def __init__(self, *args: Any, councils: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["council"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = councils


class LotForm(forms.Form):
    """One part that can be supplied alone."""

    number = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=50)
    title = forms.CharField(
        label=_("Title"),
        max_length=120,
        error_messages={"required": _("Enter a title for the lot")},
        help_text=_("For example, “Cooked lunches, Monday to Friday”"),
    )
    category = forms.ModelChoiceField(
        label=_("What kind of service?"),
        queryset=Category.objects.terms(),
        empty_label=_("Choose one"),
        error_messages={"required": _("Choose the kind of service")},
    )
    hours_per_week = forms.IntegerField(
        label=_("Hours a week"),
        min_value=1,
        max_value=10_000,
        required=False,
        error_messages=whole_number(_("Enter the hours a week as a whole number, 1 or more")),
        help_text=_("Leave empty where it is not by the hour, such as places in a care home."),
    )
    outcodes = forms.MultipleChoiceField(
        label=_("Where?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Choose postcode districts, or none for the whole council. More can answer for a small area."),
    )

    def __init__(self, *args: Any, council: Council, has_times: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if has_times:
            # They follow from the times, so that nobody says them twice.
            del self.fields["hours_per_week"]
        outcodes, category = self.fields["outcodes"], self.fields["category"]
        assert isinstance(outcodes, forms.MultipleChoiceField)
        assert isinstance(category, forms.ModelChoiceField)
        outcodes.choices = [(outcode.code, outcode.code) for outcode in in_order(outcodes_of(council))]
        category.choices = grouped_categories()

    @classmethod
    def initial_of(cls, lot: Lot) -> dict[str, Any]:
        names = ["number", "title", "category", "hours_per_week", "outcodes"]
        return {name: getattr(lot, name) for name in names}


def in_order(outcodes: Iterable[Outcode]) -> list[Outcode]:
    """BA2 before BA11, as people count."""
    return sorted(outcodes, key=lambda outcode: (outcode.code.rstrip("0123456789"), len(outcode.code), outcode.code))


def grouped_categories() -> list[tuple[Any, Any]]:
    """The terms of the vocabulary under their groups."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for term in Category.objects.terms().select_related("parent").order_by("parent__position", "position"):
        groups.setdefault(term.parent.name if term.parent else "", []).append((term.pk, term.name))
    return [("", _("Choose one")), *groups.items()]


class OpennessForm(forms.Form):
    """What was thought about so that small suppliers can answer."""

    barriers = forms.MultipleChoiceField(
        label=_("Which barriers did you find, and lower?"),
        choices=Barrier.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    barriers_note = forms.CharField(
        label=_("What did you do about them?"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    lots_note = forms.CharField(
        label=_("If there is only one lot, why?"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    @classmethod
    def initial_of(cls, requirement: Requirement) -> dict[str, Any]:
        return {name: getattr(requirement, name) for name in ["barriers", "barriers_note", "lots_note"]}
