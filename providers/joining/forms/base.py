"""One step's questions. Short, in plain words, each free text with an example answer."""

from __future__ import annotations

import datetime
from itertools import chain
from typing import Any

from django import forms
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from providers.joining.said import Facts, Said
from registry.places.lookup import Place

Words = str | Promise
# Instead of Django's "Ensure this value has at most 120 characters".
TOO_LONG = _("Write it shorter: there is room for %(limit_value)d letters, and you have used %(show_value)d")
YES_NO = [("yes", _("Yes")), ("no", _("No"))]


class StepForm(forms.Form):
    """A form that knows what the other steps said, and gives its answers as facts that JSON can hold.

    A second service is mostly given in the same places, at the same times, to the same people: `carried` names what
    its form takes over from the first, so that it is said once.
    """

    carried: tuple[str, ...] = ()
    # A sentence above the questions, where they need one.
    intro: Words = ""

    def __init__(
        self, data: Any = None, files: Any = None, *, said: Said, initial: Facts | None = None, today: datetime.date
    ) -> None:
        self.said = said
        self.today = today
        super().__init__(data, files, initial=self.prefilled(initial or {}), label_suffix="")
        for field in self.fields.values():
            field.error_messages.setdefault("max_length", TOO_LONG)
        self.shape()

    @classmethod
    def carry(cls, facts: Facts, said: Said) -> Facts:
        """Of the first service's answers, those that a further service, of which `said` tells, begins with."""
        return {name: facts[name] for name in cls.carried if facts.get(name)}

    def shape(self) -> None:
        """Leave out what need not be asked of this person, or put it in their words."""

    @classmethod
    def applies(cls, name: str, facts: Facts) -> bool:
        """Whether a question means anything to somebody who gave these answers; if not, nobody reads "not given"."""
        return True

    def worked_out(self, name: str, facts: Facts) -> str:
        """What follows where a question was left empty, in words; empty where nothing does."""
        return ""

    def prefilled(self, facts: Facts) -> Facts:
        """Stored facts as the fields want them."""
        return facts

    def facts(self) -> Facts:
        """The cleaned answers, ready to be stored. Files are kept apart."""
        return {
            name: _as_fact(value)
            for name, value in self.cleaned_data.items()
            if not isinstance(self.fields[name], forms.FileField)
        }

    def answer(self, name: str, facts: Facts) -> Any:
        """What was answered to a question, of the facts that this form gave."""
        return facts.get(name)


class WordedField:
    """A field that says an answer in words of its own."""

    def in_words(self, value: Any) -> str:
        raise NotImplementedError


def _as_fact(value: Any) -> Any:
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, Place):
        return value.written
    return value


class YesNoField(forms.TypedChoiceField):
    """Two radios; the cleaned value is a bool."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("error_messages", {"required": _("Choose yes or no")})
        super().__init__(choices=YES_NO, coerce=lambda value: value == "yes", widget=forms.RadioSelect, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value

    def valid_value(self, value: Any) -> bool:
        return value in ("yes", "no")


class GroupedCheckboxes(forms.CheckboxSelectMultiple):
    """Two levels: each group opens by itself, and stands open where something in it is ticked."""

    template_name = "joining/grouped_checkboxes.html"

    def optgroups(self, name: str, value: list[str], attrs: dict[str, Any] | None = None) -> list[Any]:
        groups = super().optgroups(name, value, attrs)
        # Numbered straight through, as a flat list would be: links to the first box then need not know of groups.
        for number, option in enumerate(chain.from_iterable(options for _group, options, _index in groups)):
            option["attrs"]["id"] = f"{(attrs or {}).get('id', name)}_{number}"
        return groups

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["groups"] = [
            {"name": group, "options": options, "is_open": any(option["selected"] for option in options)}
            for group, options, _index in context["widget"]["optgroups"]
        ]
        if self.attrs.get("opens-first"):
            context["groups"][0]["is_open"] = True
        return context


def radios(choices: Any, **kwargs: Any) -> forms.ChoiceField:
    return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **kwargs)


def boxes(choices: Any, **kwargs: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, **kwargs)


def missing(sentence: Words) -> dict[str, Any]:
    """The error for an empty answer, saying what to do."""
    return {"required": sentence}


def without(choices: type[models.TextChoices], *left_out: str) -> list[tuple[str, Words]]:
    return [(value, label) for value, label in choices.choices if value not in left_out]
