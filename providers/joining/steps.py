"""The steps of a registration, declared: each has its own address and its own saved draft."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from providers.credentials.rules import employers_liability_applies
from providers.joining.forms.base import StepForm
from providers.joining.forms.care import CareForm
from providers.joining.forms.ease import EaseForm
from providers.joining.forms.extras import ExtrasForm
from providers.joining.forms.hours import HoursForm
from providers.joining.forms.numbers import NumbersForm
from providers.joining.forms.proof import EmployersInsuranceForm, InsuranceForm, TrainingForm
from providers.joining.forms.service import CustomersForm, ServiceForm
from providers.joining.forms.when import WhenForm
from providers.joining.forms.where import WhereForm
from providers.joining.forms.you import SizeForm, YouForm
from providers.joining.said import OF_SERVICE, Said, slug_of


def always(said: Said) -> bool:
    return True


@dataclass(frozen=True)
class Step:
    """`shown` says whether to ask at all: what does not apply to a person is never asked of them.

    An `optional` step makes a listing better and is never in the way: no "next" leads to it, and nobody has to do it.
    `mark` says whose it is, of a provider with several services.
    """

    part: str
    title: str | Promise
    form: type[StepForm]
    template: str = "joining/step.html"
    shown: Callable[[Said], bool] = always
    optional: bool = False
    mark: str = ""

    @property
    def slug(self) -> str:
        return slug_of(self.part, self.mark)

    @property
    def is_of_service(self) -> bool:
        return self.part in OF_SERVICE


STEPS = [
    Step("you", _("Who you are"), YouForm),
    Step("size", _("How many of you there are"), SizeForm),
    Step("service", _("What you do"), ServiceForm),
    Step("customers", _("Who it is for, and the price"), CustomersForm),
    Step("where", _("Where you go"), WhereForm),
    Step("when", _("When you work"), WhenForm),
    Step("hours", _("Your exact hours"), HoursForm, optional=True),
    Step("extras", _("Other prices"), ExtrasForm, optional=True),
    Step("ease", _("Accessibility"), EaseForm, optional=True),
    Step(
        "personal-care", _("Personal care or childcare"), CareForm, "joining/care.html", lambda said: said.is_regulated
    ),
    Step("numbers", _("Numbers you may have"), NumbersForm, optional=True),
    Step("insurance", _("Public liability insurance"), InsuranceForm, "joining/proof.html"),
    Step(
        "employers-insurance",
        _("Employers' liability insurance"),
        EmployersInsuranceForm,
        "joining/proof.html",
        # Rule 4: it follows from employing somebody, never from the legal form.
        lambda said: employers_liability_applies(employs_anyone=said.employs_anyone) is True,
    ),
    Step("training", _("Training"), TrainingForm, "joining/proof.html"),
]
PROOFS = ("insurance", "employers-insurance", "training")


def steps_for(marks: Sequence[str]) -> list[Step]:
    """Every step there is for a provider with these services: those of each service stand together."""
    ours = [step for step in STEPS if step.is_of_service]
    first = STEPS.index(ours[0])
    before = [step for step in STEPS[:first] if not step.is_of_service]
    after = [step for step in STEPS[first:] if not step.is_of_service]
    return before + [replace(step, mark=mark) for mark in marks for step in ours] + after
