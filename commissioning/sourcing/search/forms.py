from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from commissioning.models import CouncilList
from commissioning.models.saved_search import Digest
from commissioning.sourcing.search.asked import OUTCODES_AT_MOST, ROWS
from commissioning.sourcing.search.places import read_postcodes
from providers.models import Service
from registry.models import Council
from registry.pages.fields import NameField

TOLD_AT_MOST = 10
# As many as a page can hold.
CHOSEN_AT_MOST = max(ROWS)
STRANGE = ngettext_lazy(
    "We do not know this postcode: %(some)s. Mend it, or take it out",
    "We do not know these %(number)d postcodes: %(some)s. Mend them, or take them out",
    "number",
)


class PostcodesForm(forms.Form):
    """Postcodes as somebody has them in a list. They are sent, read and forgotten; their first halves go on."""

    postcodes = forms.CharField(
        label=_("Postcodes"),
        help_text=_("One on each line, or with commas between. For example, BA1 1LZ, BA2 3AA, BS31"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "autocomplete": "off"}),
        error_messages={"required": _("Enter postcodes, like BA1 1LZ")},
    )

    def clean_postcodes(self) -> tuple[str, ...]:
        pasted = read_postcodes(self.cleaned_data["postcodes"])
        if pasted.strange:
            some = ", ".join(pasted.strange[:TOLD_AT_MOST])
            told: dict[str, Any] = {"number": len(pasted.strange), "some": some}
            raise ValidationError(STRANGE, params=told)
        if len(pasted.outcodes) > OUTCODES_AT_MOST:
            most = {"most": OUTCODES_AT_MOST}
            raise ValidationError(_("These lie in more than %(most)s districts. Choose councils instead"), params=most)
        return pasted.outcodes


class DigestForm(forms.Form):
    digest = forms.ChoiceField(
        label=_("Tell me by e-mail what is new or has changed"),
        choices=Digest.choices,
        widget=forms.RadioSelect,
        initial=Digest.WEEKLY,
        error_messages={"required": _("Choose whether we write to you"), "invalid_choice": _("Choose one of these")},
    )


class SaveForm(DigestForm):
    name = NameField(
        label=_("Name of the search"),
        max_length=80,
        help_text=_("For example, “Lunches around Radstock, from April”. Do not write a person’s name."),
        error_messages={"required": _("Enter a name for the search")},
    )
    field_order = ["name", "digest"]


class TickedField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # Django's own takes none at run time
    def clean(self, value: Any) -> Any:
        """In words of our own where what was sent is no id of anything."""
        try:
            return super().clean(value)
        except ValidationError as wrong:
            if wrong.code == "invalid":
                raise ValidationError(self.error_messages["invalid_list"], code="invalid_list") from wrong
            raise


class ChosenForm(forms.Form):
    """Services that were ticked on a page, of those that are listed today."""

    service = TickedField(
        queryset=Service.listed.select_related("provider"),
        error_messages={
            "required": _("Tick at least one service"),
            "invalid_choice": _("One of these is not listed any more. Search again"),
            "invalid_list": _("Tick services on the page"),
        },
    )

    def clean_service(self) -> Any:
        services = self.cleaned_data["service"]
        if len(services) > CHOSEN_AT_MOST:
            raise ValidationError(_("Tick fewer services, %(most)s at most"), params={"most": CHOSEN_AT_MOST})
        return services


class KeepForm(ChosenForm):
    """On which list: one that there is, or a new one by its name."""

    kept = forms.ModelChoiceField(
        queryset=CouncilList.objects.none(),
        required=False,
        error_messages={"invalid_choice": _("That list is not here any more")},
    )
    new_list = NameField(max_length=80, required=False)

    def __init__(self, data: Any, *, council: Council) -> None:
        super().__init__(data)
        kept = self.fields["kept"]
        assert isinstance(kept, forms.ModelChoiceField)
        kept.queryset = CouncilList.objects.filter(council=council)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not cleaned.get("new_list") and not cleaned.get("kept"):
            raise ValidationError(_("Choose a list, or enter a name for a new one"))
        return cleaned


class ListNameForm(forms.Form):
    name = NameField(
        label=_("Name of the list"),
        max_length=80,
        help_text=_("For example, “To ring about Saturday lunches”"),
        error_messages={"required": _("Enter a name for the list")},
    )


class NoteForm(forms.Form):
    words = forms.CharField(
        label=_("Your note"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "For example, “Rang on 3 March: could take two more people from June.” Nothing about anybody’s health, and "
            "no worry about somebody’s safety: that goes to your safeguarding team."
        ),
        error_messages={"required": _("Write your note")},
    )
