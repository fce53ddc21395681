"""What the form templates need and Django's template language cannot say."""

from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BoundField, CheckboxInput
from django.forms.widgets import ChoiceWidget
from django.utils.functional import Promise

register = template.Library()

# The browser would stop these with words of its own, in one bubble at a time, or cut off what is pasted without a
# word. Our own errors name the field and say how to mend it.
LEFT_TO_THE_SERVER = {"required", "minlength", "maxlength", "min", "max", "step"}


@register.simple_tag
def widget_class(widget: dict[str, Any], base: str) -> str:
    """The class of a control: GOV.UK's own, its error form, then what the form asked for."""
    attrs = widget["attrs"]
    names = [base, *([f"{base}--error"] if "aria-invalid" in attrs else []), *attrs.get("class", "").split()]
    return " ".join(dict.fromkeys(names))


@register.filter
def other_attrs(widget: dict[str, Any]) -> list[tuple[str, Any]]:
    """A control's attributes, less its class and what the server judges."""
    return [(name, value) for name, value in widget["attrs"].items() if name not in LEFT_TO_THE_SERVER | {"class"}]


@register.filter
def is_whole(widget: dict[str, Any]) -> bool:
    """Whether a number control takes whole numbers: phones then show digits without a decimal point."""
    return str(widget["attrs"].get("step", "1")).isdigit()


@register.filter
def is_one_checkbox(field: BoundField) -> bool:
    return isinstance(field.field.widget, CheckboxInput)


@register.filter
def wants_optional(field: BoundField) -> bool:
    """Whether the label says "(optional)"; a form of filters sets `mark_optional = False`."""
    return not field.field.required and getattr(field.form, "mark_optional", True) and not is_one_checkbox(field)


@register.simple_tag
def first_control(field: BoundField) -> str:
    """The id of the control that takes the focus: the first radio, the day of a date, else the control itself."""
    widget = field.field.widget
    if isinstance(widget, ChoiceWidget) and widget.use_fieldset and len(field):
        return str(field[0].id_for_label)
    return field.id_for_label or field.auto_id


@register.simple_tag
def page_numbers(page: Page[Any]) -> list[int | str | Promise]:
    """The pages to offer: the first, the last, and those around this one."""
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))
