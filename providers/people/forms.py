from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from providers.models import ProviderMembership
from providers.models.provider_membership import ProviderRole
from registry.accounts.forms import EMAIL_ERRORS
from registry.pages.fields import Hinted

# In the order in which most people need them.
ROLES = [
    (ProviderRole.EDITOR.value, Hinted(_("Editor"), _("Changes what the listing says. Cannot let anybody in or out."))),
    (ProviderRole.READER.value, Hinted(_("Reader"), _("Reads everything, also what is private. Changes nothing."))),
    (ProviderRole.OWNER.value, Hinted(_("Owner"), _("Changes everything, and decides who else may."))),
]
STAYS, LEAVES = "editor", "leave"


class RoleForm(forms.Form):
    role = forms.ChoiceField(
        label=_("What may they do?"),
        choices=ROLES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what they may do")},
    )

    def chosen_role(self) -> ProviderRole:
        return ProviderRole(self.cleaned_data["role"])


class InviteForm(RoleForm):
    email = forms.EmailField(
        label=_("Their email address"),
        help_text=_("We send them a link. They sign in with this address and say yes. For example: sam@example.com"),
        error_messages=EMAIL_ERRORS | {"required": _("Type their email address")},
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    field_order = ["email", "role"]


class HandOverForm(forms.Form):
    """`others` are those who help today and do not own it."""

    to = forms.TypedChoiceField(
        label=_("Who takes it over?"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who takes it over")},
    )
    then = forms.ChoiceField(
        label=_("What about you?"),
        choices=[(STAYS, _("I stay as an editor")), (LEAVES, _("I leave this listing"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose if you stay or leave")},
    )

    def __init__(self, data: Any = None, *, others: Sequence[ProviderMembership]) -> None:
        super().__init__(data)
        self.others = {membership.pk: membership for membership in others}
        field = self.fields["to"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [(key, str(membership.user)) for key, membership in self.others.items()]

    def chosen(self) -> ProviderMembership:
        return self.others[self.cleaned_data["to"]]

    @property
    def stays(self) -> bool:
        return bool(self.cleaned_data["then"] == STAYS)
