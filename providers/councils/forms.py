from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from registry.models import Council


def _choice(council: Council) -> tuple[str, str]:
    return council.pk, council.full_name


class AskForm(forms.Form):
    """Which council to ask, by name: those near the provider's work stand first."""

    council = forms.ChoiceField(label=_("Which council?"), error_messages={"required": _("Choose a council")})

    def __init__(self, near: Sequence[Council], others: Sequence[Council], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = [(_("Where you work, and next to it"), near), (_("Other councils"), others)]
        named = [(words, [_choice(council) for council in councils]) for words, councils in groups if councils]
        field = self.fields["council"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Choose a council")), *named]


class LeaveForm(forms.Form):
    """Asks one thing, and only of a provider that leaves its home council and stays with several others."""

    def __init__(self, homes: Sequence[Council], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(homes) > 1:
            self.fields["new_home"] = forms.ChoiceField(
                label=_("Which council looks after your listing from now on?"),
                help_text=_("It checks what you change. Choose the one you work in most."),
                choices=[_choice(council) for council in homes],
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose the council that looks after your listing from now on")},
            )
