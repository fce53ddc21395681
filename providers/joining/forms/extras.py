from __future__ import annotations

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from providers.joining.forms.base import StepForm, Words
from providers.models.price_extra import ExtraFor
from providers.models.service import PriceUnit
from registry.pages.fields import MoneyField

# As long as visits are; another length that is on record stands among them.
MINUTES = (15, 30, 45, 60, 90, 120, 180, 240)


def visit_lengths(*also: int) -> list[tuple[str, Words]]:
    lengths = sorted({*MINUTES, *also})
    return [("", _("No shortest visit")), *((str(minutes), _length(minutes)) for minutes in lengths)]


def _length(minutes: int) -> str:
    if minutes % 60 == 0 and minutes > 60:
        return _now("%(hours)d hours") % {"hours": minutes // 60}
    return _now("1 hour") if minutes == 60 else _now("%(minutes)d minutes") % {"minutes": minutes}


def price(question: Words, example: Words = "") -> MoneyField:
    example = example or _("For example: 22.50")
    return MoneyField(label=question, help_text=example, what=_("price"), maximum=10_000_000, required=False)


class ExtrasForm(StepForm):
    """The whole price at another time, in the unit of the usual one; travel is always by the mile."""

    intro = _("Fill in only what differs from your usual price. Type the whole price, not what you add to it.")
    mark_optional = False

    weekend = price(_("What do you charge at weekends?"))
    bank_holiday = price(_("What do you charge on bank holidays?"))
    evening = price(_("What do you charge in the evening or at night?"))
    second_person = price(_("What do you charge for helping two people together, like a couple?"))
    mileage = price(_("What do you charge for travel, for each mile?"), _("For example: 0.45"))
    minimum_minutes = forms.TypedChoiceField(
        label=_("What is your shortest visit?"),
        choices=visit_lengths,
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )

    def shape(self) -> None:
        unit = self.said.get("customers", "price_unit")
        if unit == PriceUnit.MILE:
            del self.fields[ExtraFor.MILEAGE]
        if unit:
            words = _now("The price %(unit)s. For example: 22.50") % {"unit": PriceUnit(unit).label}
            for extra in set(ExtraFor.values) - {ExtraFor.MILEAGE}:
                self.fields[extra].help_text = words
        if known := self.initial.get("minimum_minutes"):
            field = self.fields["minimum_minutes"]
            assert isinstance(field, forms.ChoiceField)
            field.choices = visit_lengths(known)
