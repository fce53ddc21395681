from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from registry.places.lookup import MESSAGES, Place, PlaceProblem, look_up


class PostcodeField(forms.CharField):
    """Typed however people type it; the cleaned value is a `Place`, or None when it is optional and left empty."""

    default_error_messages = {"required": MESSAGES[PlaceProblem.EMPTY]}

    def clean(self, value: Any) -> Place | None:
        typed: str = super().clean(value)
        if not typed:
            return None
        found = look_up(typed)
        if isinstance(found, PlaceProblem):
            raise ValidationError(found.message, code=found.value)
        return found

    def prepare_value(self, value: Any) -> Any:
        return value.written if isinstance(value, Place) else value

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "autocomplete": "postal-code", "spellcheck": "false"}
