from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from providers.introducing.duplicates import Twin
from registry.pages.fields import Hinted

NONE = "none"


class IsThisYouForm(forms.Form):
    """One question about up to three listings."""

    which = forms.ChoiceField(
        label=_("Is one of these your business?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the one that is yours, or say that none of them is")},
    )

    def __init__(self, data: Any = None, *, twins: Sequence[Twin]) -> None:
        super().__init__(data)
        self.twins = {str(twin.provider.pk): twin for twin in twins}
        field = self.fields["which"]
        assert isinstance(field, forms.ChoiceField)
        none = (NONE, Hinted(_("No, mine is another business"), _("You go on, and we do not ask again.")))
        field.choices = [*((key, _choice(twin)) for key, twin in self.twins.items()), none]

    def chosen(self) -> Twin | None:
        return self.twins.get(self.cleaned_data["which"])


def _choice(twin: Twin) -> Hinted:
    label = format_lazy(_("Yes: {title}"), title=twin.title) if twin.is_shown else twin.title
    if twin.is_mine:
        return Hinted(label, _("You already run it. We take you there, and delete what you began here."))
    if twin.has_people:
        return Hinted(label, _("If it is yours: we ask them to add you, and tell them your name and email address."))
    return Hinted(label, _("If it is yours: tell the council how it can know. It can then let you run it."))


class ClaimForm(forms.Form):
    words = forms.CharField(
        label=_("How can the council tell that it is yours?"),
        help_text=_("For example: I am Rosie. The phone number on the listing is mine, so you can call me on it."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": _("Say in a few words how the council can tell"),
            "max_length": _("Write it shorter: there is room for 500 letters"),
        },
    )


class DecideForm(forms.Form):
    """A claim: yes, or no with a reason."""

    decision = forms.ChoiceField(
        label=_("Is it theirs?"),
        choices=[
            ("grant", Hinted(_("Yes"), _("They become an owner of the listing and can change everything in it."))),
            ("refuse", Hinted(_("No"), _("The listing stays as it is. We send them your reason."))),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether it is theirs")},
    )
    reason = forms.CharField(
        label=_("If not: what do you want to tell them?"),
        help_text=_("For example: Nobody answers at the number on the listing. Please call us on 01225 394570."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("decision") == "refuse" and not said.get("reason"):
            self.add_error("reason", _("Say why, so that they know what to do"))
        return said
