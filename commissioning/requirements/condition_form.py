from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy as _

from commissioning.law.governing import Governing
from commissioning.models import Condition, Law, Lot, Requirement
from commissioning.models.condition import WITH_A_NUMBER, Beyond, ByWhen
from commissioning.openness.flags import limits
from commissioning.requirements.forms import whole_number
from providers.credentials.kinds import FAMILY_NAMES, KINDS
from registry.pages.fields import MoneyField

MOST_YEARS_OR_PEOPLE = 100


class OfWhomField(forms.ChoiceField):
    """Everyone, unless a lot is chosen: an empty answer is an answer, and no label calls it optional."""

    def clean(self, value: Any) -> Any:
        return super().clean(value) if value else ""


class ConditionForm(forms.Form):
    """Something asked of a supplier, in every lot or in one, and by when.

    `fixed` is the condition that is changed: what it asks for, and of which lot, stay. `is_saved` is false where the
    commissioner only wants to see what it would do: then no reason is asked for what the law limits.
    """

    kind = forms.ChoiceField(label=_("What do you ask for?"), error_messages={"required": _("Choose what you ask for")})
    lot = OfWhomField(label=_("Of whom?"))
    amount_pence = MoneyField(
        label=_("Least cover, or least turnover"),
        what=_("least cover or turnover"),
        minimum=100,
        required=False,
        help_text=_(
            "For insurance and turnover only. Each step up shuts somebody out: ask for no more than the risk needs."
        ),
    )
    number = forms.IntegerField(
        label=_("How many years, or people?"),
        min_value=1,
        max_value=MOST_YEARS_OR_PEOPLE,
        required=False,
        error_messages=whole_number(_("Enter years or people as a whole number from 1 to 100")),
        help_text=_("For accounts, years of trading and a least number of people only. For example, 2"),
    )
    by_when = forms.ChoiceField(
        label=_("By when?"),
        choices=ByWhen.choices,
        widget=forms.RadioSelect,
        initial=ByWhen.START,
        error_messages={"required": _("Choose by when")},
    )
    keep_reason = forms.CharField(
        label=_("If the law limits this, why do you ask for it?"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Your reason is printed in the summary. For example, “The hall’s own insurer asks everyone who cooks there "
            "for cover from the day they are chosen.”"
        ),
    )

    def __init__(
        self,
        *args: Any,
        requirement: Requirement,
        law: Governing,
        fixed: Condition | None = None,
        is_saved: bool = True,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.requirement, self.law, self.is_saved = requirement, law, is_saved
        self.lots = {str(lot.number): lot for lot in requirement.lots.all()}
        kind, lot = self.fields["kind"], self.fields["lot"]
        assert isinstance(kind, forms.ChoiceField)
        assert isinstance(lot, OfWhomField)
        several = len(self.lots) > 1
        kind.choices = grouped_kinds(several=several or fixed is not None)
        lot.choices = [
            ("", _("Everyone, in every lot")),
            *((number, lot_words(one)) for number, one in self.lots.items()),
        ]
        kind.disabled = lot.disabled = fixed is not None
        if not several and not (fixed and fixed.lot):
            del self.fields["lot"]
        self.limits: list[Law] = []

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "kind" in cleaned:
            self.clean_measure(cleaned["kind"])
        if cleaned.get("kind") == Beyond.ALL_LOTS and self.lot_of(cleaned):
            self.add_error("lot", _("One supplier for all lots is asked of everyone"))
        if not self.errors:
            self.limits = limits(self.condition(), self.law)
            if self.limits and self.is_saved and not cleaned.get("keep_reason"):
                self.add_error("keep_reason", _("Say why you ask for this although the law limits it"))
        return cleaned

    def clean_measure(self, kind: str) -> None:
        """A sum where one goes with it, a number where one does, and neither where nobody could say what it means."""
        known, pence, number = KINDS.get(kind), self.cleaned_data.get("amount_pence"), self.cleaned_data.get("number")
        takes_sum = kind == Beyond.TURNOVER or bool(known and known.has_amount)
        if pence is not None and not takes_sum:
            self.add_error("amount_pence", _("Leave this empty: this is not an insurance with a sum"))
        if kind == Beyond.TURNOVER and pence is None and "amount_pence" not in self.errors:
            self.add_error("amount_pence", _("Enter the least turnover"))
        if number is not None and kind not in WITH_A_NUMBER:
            self.add_error("number", _("Leave this empty: no number of years or people goes with this"))
        if kind in WITH_A_NUMBER and number is None and "number" not in self.errors:
            self.add_error("number", _("Enter how many years, or how many people"))

    def lot_of(self, cleaned: dict[str, Any]) -> Lot | None:
        return self.lots.get(cleaned.get("lot", ""))

    @property
    def facts(self) -> dict[str, Any]:
        """What is written of it; what it is and of which lot name it."""
        names = ["amount_pence", "number", "by_when"]
        reason = self.cleaned_data.get("keep_reason", "")
        return {**{name: self.cleaned_data[name] for name in names}, "keep_reason": reason}

    @property
    def lot_chosen(self) -> Lot | None:
        return self.lot_of(self.cleaned_data)

    def condition(self) -> Condition:
        """What was typed, not saved."""
        kind, lot = self.cleaned_data["kind"], self.lot_chosen
        return Condition(requirement=self.requirement, kind=kind, lot=lot, **self.facts)

    @classmethod
    def initial_of(cls, condition: Condition) -> dict[str, Any]:
        names = ["kind", "amount_pence", "number", "by_when", "keep_reason"]
        lot = str(condition.lot.number) if condition.lot else ""
        return {**{name: getattr(condition, name) for name in names}, "lot": lot}


def lot_words(lot: Lot) -> str:
    return translated("Lot %(number)d: %(title)s") % {"number": lot.number, "title": lot.title}


def grouped_kinds(*, several: bool) -> list[tuple[Any, Any]]:
    """What can be asked for, under its families; one supplier for all lots only where there are several."""
    groups: dict[str, list[tuple[str, str]]] = {}
    # What a provider names itself is a different thing with each of them: nobody can ask for it.
    for kind in (kind for kind in KINDS.values() if not kind.names_itself):
        groups.setdefault(str(FAMILY_NAMES[kind.family]), []).append((kind.code, str(kind.name)))
    beyond = [(kind.value, str(kind.label)) for kind in Beyond if several or kind != Beyond.ALL_LOTS]
    return [("", _("Choose one")), *groups.items(), (_("Of the business itself"), beyond)]
