"""The form that is filled in hundreds of times: two keys for the usual answer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from providers.credentials.wording import day
from providers.models import Check
from providers.models.check import CheckOutcome, Means
from providers.moderation.batch_actions import RELY, SKIP, Found
from providers.moderation.forms import not_in_future
from registry.pages.fields import DateField


class FocusedRadioSelect(forms.RadioSelect):
    """The page opens on its first choice: Space takes it, the arrows another one, Enter sends."""

    def create_option(
        self, name: str, value: Any, label: Any, selected: Any, index: int, *args: Any, **more: Any
    ) -> Any:
        option = super().create_option(name, value, label, selected, index, *args, **more)
        option["attrs"]["autofocus"] = index == 0
        return option


class BatchForm(forms.Form):
    """How and when are filled in with what is usual, so that most answers are one choice."""

    outcome = forms.ChoiceField(
        label=_("What did you find?"),
        widget=FocusedRadioSelect,
        error_messages={"required": _("Say what you found, or skip it")},
    )
    means = forms.ChoiceField(
        label=_("How did you check?"),
        choices=[choice for choice in Means.choices if choice[0] != Means.RELIED],
        initial=Means.COPY,
    )
    seen_on = DateField(what=_("date you looked"), label=_("When did you look?"), validators=[not_in_future])
    note = forms.CharField(
        label=_("Note"),
        help_text=_("For your council's own staff. For example: rang the insurer, they confirmed the dates."),
        required=False,
        max_length=500,
    )

    def __init__(self, *args: Any, origin: Check | None, may_skip: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: list[tuple[str, Any]] = [
            (CheckOutcome.SEEN, _("Seen: it is what they say it is")),
            (CheckOutcome.NOT_ACCEPTED, _("Not accepted: it does not show what they say")),
        ]
        if origin is not None:
            words = {"council": origin.council.full_name, "day": day(origin.seen_on)}
            choices.insert(0, (RELY, _("Rely on %(council)s, who saw it on %(day)s") % words))
        if may_skip:
            choices.append((SKIP, _("Skip: leave it for later")))
        field = self.fields["outcome"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def found(self) -> Found:
        return Found(**self.cleaned_data)
