"""A registration that a council writes down on the phone: the steps of joining, at the council's own addresses."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms

from providers.introducing.duplicates import Twin, described, twins_of
from providers.joining.addresses import Addresses
from providers.joining.flow import KNOWN, Walk
from providers.joining.forms.base import StepForm
from providers.joining.said import Said
from providers.joining.steps import Step
from providers.models import Draft


class PhoneWalk(Walk):
    """Nobody shows a certificate on the phone: the person adds pages of it when they confirm."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(draft, None, addresses=Addresses("phone", (str(draft.pk),)))
        self.for_email = draft.for_email

    def form(self, step: Step, *, today: datetime.date, data: Any = None, files: Any = None) -> StepForm:
        form = super().form(step, today=today, data=data, files=files)
        for name in [name for name, field in form.fields.items() if isinstance(field, forms.FileField)]:
            del form.fields[name]
        return form


def known_twins(draft: Draft) -> list[Twin]:
    """The listings that this may be already, by what was written down or known; as the public may know of them."""
    said = PhoneWalk(draft).said
    known = said.answers.get(KNOWN, {})
    return twins_of(described(Said({**known, **said.answers})), None)
