from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from commissioning.models import Interest, Opportunity, OpportunityQuestion
from commissioning.models.lot_outcome import LotOutcome, OutcomeKind
from commissioning.models.opportunity import PublicationKind
from commissioning.opportunities.actions import Way
from commissioning.opportunities.outcome_actions import Outcome
from commissioning.opportunities.rules import words_in
from commissioning.opportunities.written import name_of
from providers.models import Category, Provider, Team
from registry.access.opened import OpenForm
from registry.models import Council
from registry.pages.fields import DateField, Hinted, MoneyField


def formal_fields() -> dict[str, forms.Field]:
    return {
        "formal_url": forms.URLField(
            label=_("Where the formal tender runs, if there is a page already"),
            max_length=500,
            required=False,
            assume_scheme="https",
            error_messages={"invalid": _("Enter a web address, such as https://www.find-tender.service.gov.uk/")},
            help_text=_("You can add it later."),
        ),
        "formal_note": forms.CharField(
            label=_("Where and when the formal notice is to be"),
            max_length=300,
            required=False,
            help_text=_("For example, “On Find a Tender, in the first week of May”"),
        ),
    }


class PublishForm(forms.Form):
    """What kind of publication it is, and whether answers are sealed."""

    kind = forms.ChoiceField(
        label=_("What are you publishing?"),
        choices=[
            (
                PublicationKind.SOUNDING,
                Hinted(PublicationKind.SOUNDING.label, _("You ask who could do it, and what stands in their way.")),
            ),
            (
                PublicationKind.COMING,
                Hinted(PublicationKind.COMING.label, _("You say early what is coming, and who would be ready for it.")),
            ),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you are publishing")},
    )
    is_sealed = forms.BooleanField(
        label=_("Keep answers sealed until it closes"),
        required=False,
        initial=True,
        help_text=_("Then nobody at the council can read an answer while others are still writing theirs."),
    )
    formal_url = formal_fields()["formal_url"]
    formal_note = formal_fields()["formal_note"]

    def way(self) -> Way:
        return Way(**self.cleaned_data)


class FormalRouteForm(forms.Form):
    formal_url = formal_fields()["formal_url"]
    formal_note = formal_fields()["formal_note"]

    @classmethod
    def initial_of(cls, opportunity: Opportunity) -> dict[str, str]:
        return {"formal_url": opportunity.formal_url, "formal_note": opportunity.formal_note}


class ChangeForm(forms.Form):
    note = forms.CharField(
        label=_("What changed, and why?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say what changed, and why")},
        help_text=_("For example, “We ask for £2 million of cover and no longer for £5 million: three of you asked.”"),
    )


class FilterForm(forms.Form):
    """Nothing in it is required, and nonsense shows everything: it is an address that people share."""

    council = forms.ModelChoiceField(
        label=_("Council"), queryset=Council.objects.none(), required=False, empty_label=_("All councils")
    )
    kind = forms.ModelChoiceField(
        label=_("Kind of help"), queryset=Category.objects.none(), required=False, empty_label=_("All kinds")
    )
    over = forms.BooleanField(label=_("Also show those that have closed"), required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data, label_suffix="")
        council, kind = self.fields["council"], self.fields["kind"]
        assert isinstance(council, forms.ModelChoiceField)
        assert isinstance(kind, forms.ModelChoiceField)
        published = Opportunity.objects.all()
        council.queryset = Council.objects.filter(opportunities__in=published).defer("boundary").distinct()
        kinds = published.values("requirement__lots__category")
        kind.queryset = Category.objects.filter(pk__in=kinds).order_by("name")

    def chosen(self) -> dict[str, Any]:
        self.is_valid()
        return {name: self.cleaned_data.get(name) for name in self.fields}


class AskForm(OpenForm):
    """A question to the council, by one of the providers that the person may write for."""

    provider = forms.ChoiceField(label=_("Who asks?"), widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("Your question"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write your question")},
        help_text=_(
            "For example, “Can the lunches be cooked in our own kitchen?” Do not write your name or a customer’s."
        ),
    )

    def __init__(self, data: Any = None, *, providers: list[Provider]) -> None:
        super().__init__(data, initial={"provider": str(providers[0].pk)})
        self.providers = {str(one.pk): one for one in providers}
        field = self.fields["provider"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(key, one.name) for key, one in self.providers.items()]

    @property
    def asker(self) -> Provider:
        return self.providers[self.cleaned_data["provider"]]


class SpeakUpForm(forms.Form):
    """For whom: a provider alone, or a team that it leads."""

    speaker = forms.ChoiceField(
        label=_("Who is answering?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who is answering")},
    )

    def __init__(self, data: Any = None, *, speakers: list[tuple[Provider, Team | None]]) -> None:
        self.speakers = {f"{one.pk.hex}-{team.pk.hex if team else 'alone'}": (one, team) for one, team in speakers}
        super().__init__(data, label_suffix="", initial={"speaker": next(iter(self.speakers))})
        field = self.fields["speaker"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(key, speaker_words(*who)) for key, who in self.speakers.items()]

    @property
    def chosen(self) -> tuple[Provider, Team | None]:
        return self.speakers[self.cleaned_data["speaker"]]


def speaker_words(provider: Provider, team: Team | None) -> Any:
    if team is None:
        return _("%(name)s, alone") % {"name": provider.name}
    return _("%(team)s, the team that %(name)s leads") % {"team": team.name, "name": provider.name}


class AnswerForm(forms.Form):
    """The council's answer. The question can be put so that it does not tell who asked."""

    shown = forms.CharField(
        label=_("The question, as everybody reads it"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Enter the question")},
        help_text=_("Take out what would tell who asked, and anything about a person. Leave the sense as it is."),
    )
    words = forms.CharField(
        label=_("Your answer"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Write the answer")},
        help_text=_("Everybody reads it. For example, “Yes, in your own kitchen, if it has a food hygiene rating.”"),
    )

    @classmethod
    def initial_of(cls, question: OpportunityQuestion) -> dict[str, str]:
        return {"shown": question.shown or question.text, "words": question.answer}


class FeedbackForm(forms.Form):
    words = forms.CharField(
        label=_("What you tell them about their answer"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Write what you tell them")},
        help_text=_(
            "What was good, what would make the next one better. For example, “Your plan for weekends was the clearest "
            "of all. Next time, say who steps in when one of you is ill.”"
        ),
    )


class StopForm(forms.Form):
    why = forms.CharField(
        label=_("Why? Everybody reads this"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why")},
        help_text=_("For example, “The day centre stays open, so the lunches are not needed.”"),
    )


MICRO_CHOICES = [("", _("Not known")), ("yes", _("Fewer than ten")), ("no", _("Ten or more"))]
ELSEWHERE = "elsewhere"


class OutcomeForm(forms.Form):
    """What came of one lot. Only an award has a supplier and a value."""

    kind = forms.ChoiceField(
        label=_("What came of it?"),
        choices=OutcomeKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what came of it")},
    )
    decided_on = DateField(label=_("Decided on"), what=_("day it was decided"), help_text=_("For example, 27 3 2027"))
    awarded_to = forms.ChoiceField(label=_("If awarded: to whom?"), required=False)
    supplier = forms.CharField(
        label=_("If awarded to somebody who did not speak up here: their name"), max_length=200, required=False
    )
    size = forms.ChoiceField(label=_("And how many people they are"), choices=MICRO_CHOICES, required=False)
    value_pence = MoneyField(
        label=_("If awarded: the value"),
        what=_("value"),
        minimum=100,
        required=False,
        help_text=_("For the whole time, including VAT"),
    )
    why = forms.CharField(
        label=_("Why, in a sentence for everybody"),
        max_length=500,
        required=False,
        help_text=_("For example, “They could come on all seven days.” Write nothing about those not chosen."),
    )

    def __init__(self, *args: Any, sent: list[Interest], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sent = {str(one.pk): one for one in sent}
        field = self.fields["awarded_to"]
        assert isinstance(field, forms.ChoiceField)
        named = [(key, name_of(one.answer or {})) for key, one in self.sent.items()]
        field.choices = [("", _("Choose one")), *named, (ELSEWHERE, _("Somebody else"))]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("kind") == OutcomeKind.AWARDED:
            self._clean_award(cleaned)
        return cleaned

    def _clean_award(self, cleaned: dict[str, Any]) -> None:
        to = cleaned.get("awarded_to")
        if not to and "awarded_to" not in self.errors:
            self.add_error("awarded_to", _("Choose to whom it was awarded"))
        if to == ELSEWHERE and not cleaned.get("supplier"):
            self.add_error("supplier", _("Enter the name of who it was awarded to"))
        if cleaned.get("value_pence") is None and "value_pence" not in self.errors:
            self.add_error("value_pence", _("Enter the value"))

    def outcome(self) -> Outcome:
        typed = self.cleaned_data
        common = {"kind": typed["kind"], "decided_on": typed["decided_on"], "why": typed["why"]}
        if typed["kind"] != OutcomeKind.AWARDED:
            return Outcome(**common)
        interest = self.sent.get(typed["awarded_to"])
        if interest is None:
            is_micro = {"yes": True, "no": False}.get(typed["size"])
            return Outcome(**common, supplier=typed["supplier"], is_micro=is_micro, value_pence=typed["value_pence"])
        answer = interest.answer or {}
        return Outcome(
            **common,
            interest=interest,
            supplier=supplier_words(answer),
            is_micro=is_micro_team(answer),
            value_pence=typed["value_pence"],
        )

    @classmethod
    def initial_of(cls, outcome: LotOutcome | None) -> dict[str, Any]:
        if outcome is None:
            return {}
        names = ["kind", "decided_on", "value_pence", "why"]
        size = {True: "yes", False: "no"}.get(outcome.is_micro, "") if outcome.is_micro is not None else ""
        known = {name: getattr(outcome, name) for name in names}
        if outcome.interest_id:
            return {**known, "awarded_to": str(outcome.interest_id)}
        elsewhere = ELSEWHERE if outcome.supplier else ""
        return {**known, "awarded_to": elsewhere, "supplier": outcome.supplier, "size": size}


MICRO = 9


def supplier_words(answer: dict[str, Any]) -> str:
    """A team with those who are in it: an award names everybody who does the work."""
    names = ", ".join(member["name"] for member in answer["members"])
    return f"{answer['team']} ({names})"[:200] if answer["team"] else names[:200]


def is_micro_team(answer: dict[str, Any]) -> bool | None:
    """Whether each of those who answered is a micro-provider; None where the register does not say it of one."""
    sizes = [member["people"] for member in answer["members"]]
    if any(size is not None and size > MICRO for size in sizes):
        return False
    return None if None in sizes else True


class WordLimit:
    """A validator that counts words, as the council asked."""

    def __init__(self, most: int) -> None:
        self.most = most

    def __call__(self, text: str) -> None:
        if (number := words_in(text)) > self.most:
            raise forms.ValidationError(
                _("Use at most %(most)d words. You have written %(number)d.") % {"most": self.most, "number": number}
            )
