from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from providers.moderation.change_actions import Answer
from providers.moderation.edit import Edit, Item
from providers.moderation.forms import LONGEST_REASON

YES, NO = "yes", "no"
TOO_LONG = _("The reason must be 2,000 characters or fewer")


class ChangesForm(forms.Form):
    """A yes or no, and a reason, for each change that waits. Pressing "accept all" answers every one with yes."""

    # What is not answered goes on waiting: the page says so once, and not beside every question.
    mark_optional = False

    def __init__(self, data: Any, edit: Edit) -> None:
        super().__init__(data, label_suffix="")
        self.items: Sequence[Item] = edit.items
        self.all_at_once = bool(data) and "all" in data
        for item in edit.items:
            key = item.change.pk.hex
            self.fields[f"answer-{key}"] = forms.ChoiceField(
                label=_("Your answer"),
                choices=[(YES, _("Accept")), (NO, _("Refuse"))],
                widget=forms.RadioSelect,
                required=False,
            )
            self.fields[f"reason-{key}"] = forms.CharField(
                label=_("If you refuse: why?"),
                help_text=_("They read this as you write it. For example: Please tell us who is registered."),
                max_length=LONGEST_REASON,
                widget=forms.Textarea(attrs={"rows": 2}),
                required=False,
                error_messages={"max_length": TOO_LONG},
            )
        if edit.must_say_why:
            self.fields["why"] = forms.CharField(
                label=_("Why can personal care by several people be shown without registration?"),
                help_text=_("Needed if you accept it. Kept with the decision; the provider can read it."),
                max_length=LONGEST_REASON,
                widget=forms.Textarea(attrs={"rows": 3}),
                required=False,
                error_messages={"max_length": TOO_LONG},
            )

    def rows(self) -> Iterator[tuple[Item, BoundField, BoundField]]:
        for item in self.items:
            key = item.change.pk.hex
            yield item, self[f"answer-{key}"], self[f"reason-{key}"]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if self.all_at_once:
            return said
        for item in self.items:
            key = item.change.pk.hex
            if said.get(f"answer-{key}") == NO and not (said.get(f"reason-{key}") or "").strip():
                self.add_error(f"reason-{key}", _("Say why, so that they know what to do"))
        if self.items and not any(said.get(f"answer-{item.change.pk.hex}") for item in self.items):
            first = self.items[0].change.pk.hex
            self.add_error(f"answer-{first}", _("Accept or refuse at least one change"))
        return said

    def answers(self) -> dict[UUID, Answer]:
        if self.all_at_once:
            return {item.change.pk: Answer(is_yes=True) for item in self.items}
        said = self.cleaned_data
        given = {item.change.pk: said[f"answer-{item.change.pk.hex}"] for item in self.items}
        return {
            pk: Answer(is_yes=answer == YES, reason=said[f"reason-{pk.hex}"]) for pk, answer in given.items() if answer
        }

    def ask_why(self) -> None:
        """What was accepted needs the reason that stood open."""
        self.add_error("why" if "why" in self.fields else None, _("Say why it can be shown without registration"))
