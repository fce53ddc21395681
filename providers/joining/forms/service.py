from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from providers.joining.forms.base import GroupedCheckboxes, StepForm, boxes, missing, radios
from providers.joining.said import Facts
from providers.meaning.likely import likely_categories
from providers.models import Category
from providers.models.service import ClientGroup, Delivery, Payer, PriceUnit
from registry.pages.fields import MoneyField

DESCRIPTION_EXAMPLE = _(
    "Write as you would tell a neighbour. For example: “I cook a fresh lunch in your kitchen and we eat together. "
    "I can do your shopping on the way. I have looked after my own dad, so I know how much a friendly face helps.”"
)


def grouped_categories() -> list[Any]:
    """The published vocabulary in its two levels, as choices."""
    terms: dict[str, list[tuple[str, str]]] = {}
    for term in Category.objects.terms():
        terms.setdefault(term.parent_id or "", []).append((term.pk, term.name))
    return [(group.name, terms[group.pk]) for group in Category.objects.groups() if group.pk in terms]


class ServiceForm(StepForm):
    name = forms.CharField(
        label=_("What do you call what you do?"),
        help_text=_("A few words. For example: Lunch and company at home"),
        max_length=120,
        error_messages=missing(_("Give what you do a short name")),
    )
    description = forms.CharField(
        label=_("Tell families about it"),
        help_text=DESCRIPTION_EXAMPLE,
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 7}),
        error_messages=missing(_("Write a few sentences about what you do")),
    )
    categories = forms.MultipleChoiceField(
        label=_("Which of these do you do?"),
        help_text=_("Open a heading and tick all that fit. Families find you by these."),
        choices=grouped_categories,
        widget=GroupedCheckboxes,
        error_messages=missing(_("Tick at least one thing that you do")),
    )
    delivery = boxes(
        Delivery.choices,
        label=_("Where do you do it?"),
        help_text=_("“Your home” is the home of the person you help."),
        error_messages=missing(_("Tick where you do it")),
    )

    def shape(self) -> None:
        """Whoever ticked nothing is first shown what their own words sound like; the ticks stay theirs."""
        ticked = self["categories"].data if self.is_bound else ["something"]
        written = [str(self[name].data or "") for name in ("name", "description")]
        likely = set(likely_categories(*written)) if not ticked else set()
        if likely:
            groups = [(name, [one for one in terms if one[0] not in likely]) for name, terms in grouped_categories()]
            first = [one for _name, terms in grouped_categories() for one in terms if one[0] in likely]
            field = self.fields["categories"]
            assert isinstance(field, forms.MultipleChoiceField)
            field.choices = [(_("Likely, from what you wrote"), first), *(group for group in groups if group[1])]
            field.widget.attrs["opens-first"] = True


class CustomersForm(StepForm):
    carried = ("client_groups", "languages", "payers")

    client_groups = boxes(
        ClientGroup.choices,
        label=_("Who do you help?"),
        help_text=_("Tick all that you have skill or experience with."),
        error_messages=missing(_("Tick at least one group of people")),
    )
    languages = forms.CharField(
        label=_("What languages do you speak?"),
        help_text=_("With commas between. For example: English, Polish, British Sign Language"),
        max_length=200,
        initial=_("English"),
        error_messages=missing(_("Type at least one language")),
    )
    price_pence = MoneyField(
        label=_("What do you charge?"),
        help_text=_("Families look for this first. If it is free, type 0. For example: 18.50"),
        what=_("price"),
        maximum=10_000_000,
        error_messages=missing(_("Type what you charge, or 0 if it is free")),
    )
    price_unit = radios(
        PriceUnit.choices,
        label=_("Is that for"),
        error_messages=missing(_("Choose what the price is for, like an hour")),
    )
    price_note = forms.CharField(
        label=_("Is there more to say about the price?"),
        help_text=_("For example: £2 more at weekends. First visit is free."),
        max_length=200,
        required=False,
    )
    payers = boxes(
        Payer.choices,
        label=_("Who can pay you?"),
        help_text=_("A direct payment is money that the council gives someone so that they can choose their own help."),
        error_messages=missing(_("Tick who can pay you")),
    )

    def clean_languages(self) -> list[str]:
        spoken = [language.strip()[:40] for language in self.cleaned_data["languages"].split(",")]
        return list(dict.fromkeys(language for language in spoken if language))

    def prefilled(self, facts: Facts) -> Facts:
        spoken = facts.get("languages")
        return facts | {"languages": ", ".join(spoken)} if spoken else facts
