from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from providers.identifiers.rules import regulators_number
from providers.identifiers.wording import regulator_fault
from providers.joining.forms.base import StepForm, Words, missing, radios
from providers.joining.rules import GROUNDS, OFSTED, Grounds, grounds
from providers.joining.said import Facts
from registry.pages.fields import Hinted

BASES: dict[str, tuple[Words, Words]] = {
    "registered": (_("I am registered with %(regulator)s"), _("You have a number from them.")),
    "individual": (
        _("I work for the person directly"),
        _(
            "They, or someone acting for them, choose you and tell you what to do. "
            "No agency or business stands in between."
        ),
    ),
    "introducer": (
        _("I introduce carers to people"),
        _("After that, the person and the carer decide everything. You do not manage the care."),
    ),
    "exempt": (
        _("I do not have to be registered"),
        _("For example: you look after children of 8 and over, or only in their own home."),
    ),
    "will_register": (_("I am applying to be registered"), _("You have sent your form, or are about to.")),
    "not_sure": (
        _("I am not sure"),
        _("That is all right. The council will talk it through with you before you are listed."),
    ),
}


# What a number looks like, of the regulators whose form we know.
HINTS: dict[str, Words] = {
    GROUNDS["England"].regulator: _(
        "Only if you are registered. Use the location ID on your CQC certificate. For example: 1-1234567890"
    ),
    GROUNDS["Scotland"].regulator: _(
        "Only if you are registered. It is on your certificate of registration. For example: CS2012345678"
    ),
    OFSTED.regulator: _(
        "Only if you are registered. It is called a URN and is on your certificate. For example: EY123456"
    ),
}


class CareForm(StepForm):
    regulatory_basis = radios(
        [],
        label=_("How do you give personal care?"),
        error_messages=missing(_("Choose the one that fits. “I am not sure” is fine")),
    )
    registration_number = forms.CharField(
        label=_("What is your registration number?"),
        help_text=_("Only if you are registered. It is on your certificate of registration."),
        max_length=40,
        required=False,
    )

    @property
    def grounds(self) -> Grounds:
        return grounds(self.said.nation, self.said.regulations)

    @property
    def is_childcare(self) -> bool:
        return self.grounds is OFSTED

    def shape(self) -> None:
        regulator = self.grounds.regulator or _("the regulator")
        field = self.fields["regulatory_basis"]
        assert isinstance(field, forms.ChoiceField)
        if self.is_childcare:
            field.label = _("Are you registered with Ofsted?")
        if hint := HINTS.get(self.grounds.regulator):
            self.fields["registration_number"].help_text = str(hint)
        field.choices = [
            (basis, Hinted(str(BASES[basis][0]) % {"regulator": regulator}, BASES[basis][1]))
            for basis in self.grounds.bases
        ]

    @classmethod
    def applies(cls, name: str, facts: Facts) -> bool:
        return name != "registration_number" or facts.get("regulatory_basis") == "registered"

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("regulatory_basis") != "registered":
            said["registration_number"] = ""
        elif not said.get("registration_number"):
            self.add_error("registration_number", _("Type the number that the regulator gave you"))
        else:
            self._mend_number(said)
        return said

    def _mend_number(self, said: dict[str, Any]) -> None:
        regulator = self.grounds.regulator
        said["registration_number"] = regulators_number(regulator, said["registration_number"])
        if not said["registration_number"]:
            self.add_error("registration_number", str(regulator_fault(regulator)))
