from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from providers.models.check import CheckOutcome, Means
from providers.models.dbs_record import DbsLevel, DbsMeans
from providers.moderation.purging import Text
from providers.moderation.queue import Age, Kind, State, Wanted, Whose
from registry.models import Council
from registry.pages.fields import DateField, Hinted

LONGEST_REASON = 2000


class QueueForm(forms.Form):
    """A GET form: nonsense in an address shows the waiting ones, never an error."""

    mark_optional = False
    words = forms.CharField(
        label=_("Name, town or first half of a postcode"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20"}),
    )
    state = forms.ChoiceField(label=_("Show"), choices=State.choices, required=False)
    kind = forms.ChoiceField(label=_("What it is"), choices=[("", _("Everything")), *Kind.choices], required=False)
    whose = forms.ChoiceField(label=_("Who is on it"), choices=[("", _("Anybody")), *Whose.choices], required=False)
    age = forms.ChoiceField(label=_("Sent"), choices=[("", _("At any time")), *Age.choices], required=False)
    council = forms.ChoiceField(label=_("Council"), required=False)

    def __init__(self, data: Any, councils: Sequence[Council]) -> None:
        super().__init__(data)
        if len(councils) > 1:
            listed = [(council.pk, council.name) for council in councils]
            cast(forms.ChoiceField, self.fields["council"]).choices = [("", _("All of yours")), *listed]
        else:
            del self.fields["council"]

    def wanted(self) -> Wanted:
        self.full_clean()
        said = self.cleaned_data
        return Wanted(
            state=State(said.get("state") or State.WAITING),
            **{name: said.get(name, "") for name in ("words", "kind", "whose", "age", "council")},
        )


def not_in_future(day: datetime.date) -> None:
    if day > timezone.localdate():
        raise ValidationError(_("The date must be today or earlier"))


class CheckForm(forms.Form):
    outcome = forms.ChoiceField(
        label=_("What did you find?"),
        choices=[
            (CheckOutcome.SEEN, _("Seen: it is what they say it is")),
            (CheckOutcome.NOT_ACCEPTED, _("Not accepted: it is something else, or does not show what they say")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say what you found")},
    )
    means = forms.ChoiceField(
        label=_("How did you check?"),
        choices=[choice for choice in Means.choices if choice[0] != Means.RELIED],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say how you checked")},
    )
    seen_on = DateField(what=_("date you looked"), label=_("When did you look?"), validators=[not_in_future])
    note = forms.CharField(
        label=_("Note"),
        help_text=_("For your council's own staff. Families and the provider do not see it."),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class DbsForm(forms.Form):
    """There is no field here for what was on the certificate, and none may be added (rule 1)."""

    level = forms.ChoiceField(
        label=_("Level"),
        choices=DbsLevel.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the level")},
    )
    issued_on = DateField(what=_("date of issue"), label=_("Date of issue"), validators=[not_in_future])
    means = forms.ChoiceField(
        label=_("How did you see it?"),
        choices=DbsMeans.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say how you saw it")},
    )
    seen_on = DateField(what=_("date you saw it"), label=_("When did you see it?"), validators=[not_in_future])
    person_number = forms.IntegerField(
        label=_("Which of the people is it about?"),
        help_text=_("1 for the owner, 2 for the next, and so on. Never a name."),
        min_value=1,
        max_value=50,
        initial=1,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-2"}),
        error_messages={"required": _("Say which of the people it is about: 1 for the owner")},
    )
    last_four = forms.RegexField(
        label=_("Last four digits of the certificate number"),
        regex=r"^[0-9]{1,4}$",
        required=False,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-4", "inputmode": "numeric"}),
        error_messages={"invalid": _("Enter the last four digits and no more, like 0427, or leave it empty")},
    )
    on_update_service = forms.BooleanField(label=_("It is on the Update Service"), required=False)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        issued_on, seen_on = said.get("issued_on"), said.get("seen_on")
        if issued_on and seen_on and seen_on < issued_on:
            self.add_error("seen_on", _("The date you saw it cannot be before its date of issue"))
        return said


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("What do they need to do?"),
        help_text=_("They read this as you write it. Say plainly what to change or send. Name no other person."),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={
            "required": _("Say what they need to do"),
            "max_length": _("The reason must be 2,000 characters or fewer"),
        },
    )


class PublishForm(forms.Form):
    def __init__(self, *args: Any, must_say_why: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if must_say_why:
            self.fields["reason"] = forms.CharField(
                label=_("Why can it be published without registration?"),
                help_text=_("Kept with the decision. The provider can read it."),
                max_length=LONGEST_REASON,
                widget=forms.Textarea(attrs={"rows": 4}),
                error_messages={
                    "required": _("Say why it can be published without registration"),
                    "max_length": _("The reason must be 2,000 characters or fewer"),
                },
            )


class PurgeForm(forms.Form):
    texts = forms.MultipleChoiceField(
        label=_("Which words are to go?"),
        help_text=_("Once it is handed over, take the words out of here. They cannot come back."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick the words that are to go")},
    )

    def __init__(self, data: Any, texts: Sequence[Text]) -> None:
        super().__init__(data, label_suffix="")
        field = cast(forms.MultipleChoiceField, self.fields["texts"])
        field.choices = [(text.key, Hinted(text.label, text.words)) for text in texts]


class ModerationPolicyForm(forms.Form):
    price_change_percent = forms.IntegerField(
        label=_("By how much may a price change without a check?"),
        help_text=_(
            "In percent of the price that a checker last approved, up or down. With 10, a price of £20 may be "
            "changed at once to anything from £18 to £22. With 0, every price waits for you."
        ),
        min_value=0,
        max_value=100,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-3"}),
        error_messages={
            "required": _("Type a whole number from 0 to 100"),
            "invalid": _("Type a whole number from 0 to 100"),
            "min_value": _("Type a whole number from 0 to 100"),
            "max_value": _("Type a whole number from 0 to 100"),
        },
    )
    relies_on_other_councils = forms.BooleanField(
        label=_("We rely on what other councils have seen"),
        help_text=_("A certificate that another council saw then counts as seen here. You can always look again."),
        required=False,
    )
