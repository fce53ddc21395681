from __future__ import annotations

from dataclasses import replace

from django import forms
from django.utils.translation import gettext_lazy as _

from commissioning.coops.task import Task
from registry.pages.fields import MoneyField

MOST_PARTNERS = 10
MOST_STAND_INS = 3
OBJECTIVES = [
    ("smallest", _("The smallest team")),
    ("cheapest", _("The cheapest team")),
    ("most_local", _("The most local team: the shortest way to an hour’s work")),
    ("most_resilient", _("The most resilient team: the least is lost when anyone leaves")),
]


class CoopForm(forms.Form):
    """What the team should be best at, and what it has to keep to. Sent as an address, so that it can be passed on."""

    objective = forms.ChoiceField(
        label=_("What should the team be best at?"),
        choices=OBJECTIVES,
        widget=forms.RadioSelect,
        initial="smallest",
        error_messages={"required": _("Choose what the team should be best at"), "invalid_choice": _("Choose one")},
    )
    most_partners = forms.IntegerField(
        label=_("Partners in the team, at most"),
        min_value=1,
        max_value=MOST_PARTNERS,
        initial=4,
        error_messages=dict.fromkeys(
            ["required", "invalid", "min_value", "max_value"], _("Enter how many partners at most, from 1 to 10")
        ),
    )
    stand_ins = forms.IntegerField(
        label=_("Others who could step in"),
        help_text=_("For each time of each lot, how many more in the team could come. 0 is a good beginning."),
        min_value=0,
        max_value=MOST_STAND_INS,
        initial=0,
        error_messages=dict.fromkeys(
            ["required", "invalid", "min_value", "max_value"], _("Enter how many could step in, from 0 to 3")
        ),
    )
    price_cap = MoneyField(
        label=_("Price an hour, at most"),
        what=_("price an hour"),
        help_text=_("Leave empty for no limit. Who states no price by the hour is left out where there is one."),
        minimum=1,
        required=False,
    )

    def applied_to(self, task: Task) -> Task:
        """The task with what was asked. Every lot has the same cap and as many to step in."""
        asked = self.cleaned_data
        lots = {cell.lot for cell in task.cells}
        return replace(
            task,
            objective=asked["objective"],
            most_partners=asked["most_partners"],
            stand_ins=dict.fromkeys(lots, asked["stand_ins"]) if asked["stand_ins"] else {},
            price_caps=dict.fromkeys(lots, asked["price_cap"]) if asked["price_cap"] else {},
        )
