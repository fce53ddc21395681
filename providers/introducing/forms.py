from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from providers.introducing.duplicates import Twin
from providers.joining.forms.base import without
from providers.joining.forms.you import PhoneField
from providers.joining.said import Answers
from providers.models.provider import LegalForm
from registry.accounts.forms import EMAIL_ERRORS
from registry.models import Council
from registry.pages.fields import Hinted, NameField
from registry.places.forms import PostcodeField

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


class IntroduceForm(forms.Form):
    """For whom a registration is begun; the council only where there is a choice."""

    council = forms.ModelChoiceField(
        label=_("For which council?"),
        queryset=Council.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": _("Choose the council")},
    )
    email = forms.EmailField(
        label=_("Their email address"),
        help_text=_("For example: rosie@example.com"),
        max_length=254,
        error_messages=EMAIL_ERRORS | {"required": _("Type their email address")},
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    name = NameField(
        label=_("The name they trade under"),
        help_text=_("For example: Rosie's Home Help"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, data: Any = None, *, councils: QuerySet[Council]) -> None:
        super().__init__(data)
        self.councils = list(councils.defer("boundary"))
        field = self.fields["council"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = councils
        if len(self.councils) == 1:
            del self.fields["council"]

    def chosen_council(self) -> Council:
        council: Council = self.cleaned_data["council"] if "council" in self.fields else self.councils[0]
        return council

    def known(self) -> Answers:
        """What was filled in, as the answers of the steps where the person finds it again."""
        said = self.cleaned_data
        place = said.get("postcode")
        steps: Answers = {
            "you": {"name": said["name"], "phone": said.get("phone"), "legal_form": said.get("legal_form")},
            "service": {"name": said.get("what")},
            "where": {"base_postcode": place.written if place else ""},
        }
        filled = {step: {name: value for name, value in facts.items() if value} for step, facts in steps.items()}
        return {step: facts for step, facts in filled.items() if facts}


class InviteForm(IntroduceForm):
    phone = PhoneField(label=_("Phone number"), help_text=_("For example: 07700 900 123"), required=False)
    legal_form = forms.ChoiceField(
        label=_("What kind of business is it?"),
        choices=[("", _("I do not know")), *without(LegalForm, "unknown")],
        required=False,
    )
    what = forms.CharField(
        label=_("What do they do, in a few words?"),
        help_text=_("For example: Lunch and company at home"),
        max_length=120,
        required=False,
    )
    postcode = PostcodeField(
        label=_("Their postcode"),
        help_text=_("Where they set out from. For example: BA1 1LZ"),
        required=False,
    )
