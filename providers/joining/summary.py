"""Every answer in words, with the address of the question: "check your answers"."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from providers.credentials.wording import day, money
from providers.joining.flow import Walk
from providers.joining.forms.base import StepForm, WordedField, YesNoField
from providers.joining.steps import Step
from providers.models import DraftFile
from registry.pages.fields import DateField, MoneyField
from registry.templatetags.govuk import first_control

Words = str | Promise


@dataclass(frozen=True)
class Row:
    question: Words
    words: Words
    address: str
    files: tuple[DraftFile, ...] = ()


@dataclass(frozen=True)
class Proof:
    """The certificates of a step: those that go with this sending, and the day an earlier one went."""

    files: tuple[DraftFile, ...]
    sent_on: datetime.date | None

    @property
    def words(self) -> str:
        if self.files:
            return ""
        return _("Sent on %(day)s") % {"day": day(self.sent_on)} if self.sent_on else _("None yet")


@dataclass(frozen=True)
class Section:
    step: Step
    address: str
    rows: list[Row]
    service: str = ""


def sections(walk: Walk, today: datetime.date) -> list[Section]:
    """One for each step that is shown and done."""
    return [_section(walk, step, today) for step in walk.steps if walk.is_done(step)]


def _section(walk: Walk, step: Step, today: datetime.date) -> Section:
    facts = walk.said_in(step).facts(step.part)
    address = walk.address_of(step.slug)
    form = walk.form(step, today=today)
    fields = [field for field in form if step.form.applies(field.name, facts)]
    proof = Proof(tuple(walk.files(step.slug)), walk.sent_on(step.slug))
    rows = [_row(form, field, facts, address, proof) for field in fields]
    return Section(step, address, rows, walk.service_of(step))


def _row(form: StepForm, field: BoundField, facts: dict[str, Any], address: str, proof: Proof) -> Row:
    link = f"{address}#{first_control(field)}"
    if isinstance(field.field, forms.FileField):
        return Row(field.label, proof.words, link, proof.files)
    return Row(field.label, words_of(form, field, facts), link)


def words_of(form: StepForm, field: BoundField, facts: dict[str, Any]) -> str:
    """An answer as people read it, or what follows from having left it empty."""
    value = form.answer(field.name, facts)
    follows = form.worked_out(field.name, facts) if value is None else ""
    return follows or in_words(field.field, value)


def in_words(field: forms.Field, value: Any) -> str:
    if value is None or value == "" or value == []:
        return _("Not given")
    if isinstance(field, WordedField):
        return field.in_words(value)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(field, MoneyField):
        return money(value)
    if isinstance(field, DateField):
        return day(datetime.date.fromisoformat(value))
    if isinstance(field, forms.ChoiceField) and not isinstance(field, YesNoField):
        return _chosen(field, value)
    return ", ".join(value) if isinstance(value, list) else str(value)


def _chosen(field: forms.ChoiceField, value: Any) -> str:
    chosen = {str(one) for one in (value if isinstance(value, list) else [value])}
    return ", ".join(label for code, label in _flat(field.choices) if code in chosen)


def _flat(choices: Any) -> list[tuple[str, str]]:
    """Choices without their groups."""
    flat: list[tuple[str, str]] = []
    for code, label in choices:
        flat.extend(_flat(label) if isinstance(label, list) else [(str(code), str(label))])
    return flat
