"""What a council asks for, one kind at a time."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from providers.credentials.kinds import DBS_POLICY, KINDS
from providers.credentials.policy import EMPLOYERS_LIABILITY, Policy
from providers.models import Category
from registry.pages.fields import Hinted

ALL, SOME, NOBODY = "all", "some", "nobody"
LONGEST = 120


def months(label: Any, hint: Any) -> forms.IntegerField:
    said = _("Type a whole number of months from 1 to 120, like 12, or leave it empty")
    return forms.IntegerField(
        label=label,
        help_text=hint,
        required=False,
        min_value=1,
        max_value=LONGEST,
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), said),
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-3"}),
    )


class KindPolicyForm(forms.Form):
    """Of whom one kind is asked, when it is renewed, and for how long a check of it is good."""

    mark_optional = False

    who = forms.ChoiceField(
        label=_("Who do you ask for it?"),
        choices=[
            (ALL, _("Everybody")),
            (SOME, Hinted(_("Only those who do certain kinds of work"), _("Tick them below"))),
            (NOBODY, _("Nobody")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who you ask for it")},
    )
    categories = forms.ModelMultipleChoiceField(
        label=_("Which kinds of work?"),
        help_text=_("Leave this empty if you ask everybody, or nobody."),
        queryset=Category.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    renewal_months = months(
        _("Months until it is renewed"),
        _("For papers that show no last day. Counted from the date on them. Empty: it never runs out."),
    )
    check_months = months(
        _("Months until you look again"),
        _("For example: 24. Counted from the day somebody looked, whatever its last day. Empty: you do not."),
    )

    def __init__(self, data: Any = None, *, policy: Policy) -> None:
        self.policy = policy
        super().__init__(data, initial=_initial(policy), label_suffix="")
        groups = self.fields["categories"]
        assert isinstance(groups, forms.ModelMultipleChoiceField)
        groups.queryset = Category.objects.groups()
        for name in _not_asked(policy):
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("who") == SOME and not said.get("categories"):
            self.add_error("categories", _("Tick at least one kind of work"))
        return said

    def answers(self) -> dict[str, Any]:
        """What the action takes. A question that was not asked leaves things as they are."""
        said = self.cleaned_data
        who = said.get("who")
        return {
            "of_all": who == ALL if who else self.policy.of_all,
            "only_of": [group.pk for group in said["categories"]] if who == SOME else [],
            "renewal_months": said.get("renewal_months", self.policy.renewal_months),
            "check_months": said.get("check_months", self.policy.check_months),
        }


def _initial(policy: Policy) -> dict[str, Any]:
    who = ALL if policy.of_all else SOME if policy.only_of else NOBODY
    return {
        "who": who,
        "categories": policy.only_of,
        "renewal_months": policy.renewal_months,
        "check_months": policy.check_months,
    }


def _not_asked(policy: Policy) -> list[str]:
    kind = KINDS.get(policy.kind)
    left_out = []
    # Rule 4: it is asked of those who employ somebody, and that is no council's choice.
    if policy.kind == EMPLOYERS_LIABILITY:
        left_out += ["who", "categories"]
    # A DBS record is of use until its renewal; a paper that shows its last day says itself when that is.
    if policy.kind == DBS_POLICY:
        left_out += ["check_months"]
    if kind is not None and kind.runs_out:
        left_out += ["renewal_months"]
    return left_out
