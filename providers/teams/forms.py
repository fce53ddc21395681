from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from providers.meaning.vocabulary import vocabulary
from providers.models import TeamMember
from providers.models.availability import Day
from providers.models.partner_wish import Wish
from providers.models.team import TeamForm
from providers.teams.rules import Wanted
from providers.teams.wording import FORMS
from registry.pages.fields import Hinted, NameField

TOO_LONG = _("Write it shorter: there is room for %(limit_value)d letters, and you have used %(show_value)d")
HOURS_IN_A_WEEK = 168
HOURS_ERRORS = {
    "invalid": _("Type a number of hours, like 10"),
    "min_value": _("Type a number from 1 to %(limit_value)d"),
    "max_value": _("Type %(limit_value)d or less"),
}
NEW, SAME, WORK = "new", "same", "work"
YES, NO = "yes", "no"


class PlainForm(forms.Form):
    def __init__(self, data: Any = None, **given: Any) -> None:
        super().__init__(data, label_suffix="", **given)


class TeamDetailsForm(PlainForm):
    name = NameField(
        label=_("What do you call your team?"),
        help_text=_("For example: Larkhall Home Helps"),
        max_length=80,
        error_messages={"required": _("Type a name for your team"), "max_length": TOO_LONG},
    )
    purpose = NameField(
        label=_("What is it for? One sentence will do"),
        help_text=_("For example: Help at home in Larkhall, every day of the week"),
        max_length=300,
        error_messages={"required": _("Write what your team is for"), "max_length": TOO_LONG},
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class GivesForm(PlainForm):
    """What a member brings. Of kinds of help, only those that its listing names: that is what a council can look up."""

    kinds = forms.MultipleChoiceField(
        label=_("Kinds of help"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Choose only from what is listed here")},
    )
    hours = forms.IntegerField(
        label=_("How many hours a week?"),
        help_text=_("About how many you could give to the team. For example: 10"),
        required=False,
        min_value=1,
        max_value=9 * HOURS_IN_A_WEEK,
        error_messages=HOURS_ERRORS,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-4"}),
    )
    days = forms.MultipleChoiceField(
        label=_("On which days?"),
        required=False,
        choices=Day.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Choose only from what is listed here")},
    )

    def __init__(self, data: Any = None, *, listed: frozenset[str], **given: Any) -> None:
        super().__init__(data, **given)
        field = self.fields["kinds"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(term.code, term.name) for term in vocabulary().terms if term.code in listed]


class PlanForm(PlainForm):
    lead = forms.TypedChoiceField(
        label=_("Who leads the team?"),
        help_text=_("The one a council talks to. Everybody else still decides for themselves."),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who leads"), "invalid_choice": _("Choose somebody who is in the team")},
    )
    form = forms.ChoiceField(
        label=_("How do you work together?"),
        choices=[(form.value, Hinted(form.label, FORMS[form].means)) for form in TeamForm],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how you work together")},
    )

    def __init__(self, data: Any = None, *, members: Sequence[TeamMember], **given: Any) -> None:
        super().__init__(data, **given)
        self.members = {str(member.pk): member for member in members}
        field = self.fields["lead"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [(key, member.provider.name) for key, member in self.members.items()]

    def chosen(self) -> tuple[TeamMember, TeamForm]:
        return self.members[self.cleaned_data["lead"]], TeamForm(self.cleaned_data["form"])


class AnswerForm(PlainForm):
    answer = forms.ChoiceField(
        label=_("Do you want to join?"),
        choices=[(YES, _("Yes, we join")), (NO, _("No"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose yes or no")},
    )
    why = NameField(
        label=_("If not: would you like to say why?"),
        help_text=_("You do not have to. The team reads it. For example: We are full until the summer."),
        required=False,
        max_length=300,
        error_messages={"max_length": TOO_LONG},
    )

    @property
    def is_yes(self) -> bool:
        return bool(self.cleaned_data["answer"] == YES)


class WishForm(PlainForm):
    wish = forms.ChoiceField(
        label=_("Would you work with them?"),
        choices=[*Wish.choices, ("none", _("We have no wish either way"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one")},
    )

    def chosen(self) -> Wish | None:
        said = self.cleaned_data["wish"]
        return None if said == "none" else Wish(said)


class MayBeAskedForm(PlainForm):
    asked = forms.ChoiceField(
        label=_("May others ask you into a team?"),
        choices=[(YES, _("Yes, they may ask")), (NO, _("No, we would rather not be asked"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose yes or no")},
    )


class NamedForm(PlainForm):
    """A GET form: finds a listed provider by a part of its name."""

    name = NameField(
        label=_("Find somebody by name"),
        help_text=_("For example: Marek"),
        required=False,
        max_length=80,
        error_messages={"max_length": TOO_LONG},
    )


class PartnersForm(PlainForm):
    """A GET form: whom we look for. Nothing said looks for help that we do not do ourselves."""

    look = forms.ChoiceField(
        label=_("Who are you looking for?"),
        choices=[
            (NEW, _("Somebody who does what we do not do")),
            (SAME, _("Somebody who does the same, for more hours")),
            (WORK, _("Somebody to do a piece of work with. Say below what it needs")),
        ],
        initial=NEW,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Choose only from what is listed here")},
    )
    kinds = forms.MultipleChoiceField(
        label=_("Which help does it need?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Choose only from what is listed here")},
    )
    days = forms.MultipleChoiceField(
        label=_("On which days?"),
        required=False,
        choices=Day.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Choose only from what is listed here")},
    )
    hours = forms.IntegerField(
        label=_("How many hours a week, all together?"),
        help_text=_("For example: 30"),
        required=False,
        min_value=1,
        max_value=9 * HOURS_IN_A_WEEK,
        error_messages=HOURS_ERRORS,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-4"}),
    )

    def __init__(self, data: Any = None, **given: Any) -> None:
        super().__init__(data, **given)
        field = self.fields["kinds"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(term.code, term.name) for term in vocabulary().terms if not term.is_group]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        needs = any(cleaned.get(name) for name in ("kinds", "days", "hours"))
        if cleaned.get("look") == WORK and not needs and not self.errors:
            self.add_error("kinds", _("Say which help, which days or how many hours it needs"))
        return cleaned

    @property
    def looked_for(self) -> str:
        return str(self.cleaned_data.get("look") or NEW) if self.is_bound else NEW

    def wanted(self) -> Wanted:
        said = self.cleaned_data
        return Wanted(frozenset(said["kinds"]), said["hours"], frozenset(said["days"]))
