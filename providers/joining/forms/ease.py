from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from providers.joining.forms.base import StepForm, boxes
from providers.joining.rules import accessibility_for
from providers.models.service import Accessibility


class EaseForm(StepForm):
    """What makes a service easy to use: of the place only where people come to one."""

    intro = _("Some families look for these first. Tick only what is there every time.")
    mark_optional = False

    accessibility = boxes(
        Accessibility.choices,
        label=_("Which of these do you have?"),
        help_text=_("If none fits, leave them all empty."),
        required=False,
    )

    def shape(self) -> None:
        field = self.fields["accessibility"]
        assert isinstance(field, forms.MultipleChoiceField)
        sensible = accessibility_for(self.said.get("service", "delivery", []))
        field.choices = [(value, label) for value, label in Accessibility.choices if value in sensible]
