"""The steps of an answer. Each is a page and a save of its own; what the register knows stands in them already."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commissioning.models import Interest
from commissioning.opportunities import rules
from commissioning.opportunities.drawn import Drawn, drawn, point_key
from commissioning.opportunities.forms import WordLimit
from commissioning.opportunities.interest_actions import members_of, without_yes
from commissioning.opportunities.shown import hours_words
from commissioning.opportunities.written import facts_of
from commissioning.sourcing.rules import Fit
from commissioning.sourcing.sentences import sentence
from providers.models import Provider
from registry.pages.fields import Hinted

MOST_HOURS = 2_000
REMARKS_WORDS = 300


class Answering:
    """An answer under way: what was published, who answers, and what the register says of each."""

    def __init__(self, interest: Interest, today: datetime.date) -> None:
        self.interest = interest
        self.today = today
        self.facts = facts_of(interest.opportunity)
        self.draft: Mapping[str, Any] = interest.draft

    @cached_property
    def members(self) -> list[Provider]:
        return members_of(self.interest)

    @cached_property
    def standings(self) -> dict[tuple[int, str], Drawn]:
        return drawn(self.members, self.facts["lots"], self.today)

    @property
    def chosen(self) -> list[dict[str, Any]]:
        wanted = set(self.draft.get("lots", []))
        return [lot for lot in self.facts["lots"] if lot["id"] in wanted]

    @property
    def by_the_hour(self) -> list[dict[str, Any]]:
        return [lot for lot in self.chosen if lot["hours_per_week"]]

    @cached_property
    def open_points(self) -> dict[str, str]:
        """What somebody of them does not meet yet, or is not known to, over all chosen lots: once each, in words."""
        points: dict[str, str] = {}
        for lot in self.chosen:
            for member in self.members:
                for finding in self.standings[lot["id"], member.pk.hex].open_points:
                    points.setdefault(point_key(member, finding), self._named(member, sentence(finding)))
        return points

    def _named(self, member: Provider, words: str) -> str:
        return f"{member.name}. {words}" if len(self.members) > 1 else words

    @cached_property
    def lacking_yes(self) -> list[Provider]:
        return without_yes(self.interest, self.members)

    @cached_property
    def lacks(self) -> list[rules.Unsent]:
        return rules.lacks_to_send(self.draft, self.facts["lots"], members_without_yes=len(self.lacking_yes))


class StepForm(forms.Form):
    """A step of an answer; `facts` is what goes onto the draft."""

    title: str | Promise = ""
    intro: str | Promise = ""

    def __init__(self, answering: Answering, data: Any = None) -> None:
        self.answering = answering
        super().__init__(data, label_suffix="", initial=self.initial_of(answering))
        self.build()

    def initial_of(self, answering: Answering) -> dict[str, Any]:
        return {}

    def build(self) -> None:
        """Add the fields that depend on what was published."""

    def facts(self) -> dict[str, Any]:
        raise NotImplementedError


class LotsStep(StepForm):
    title = gettext_lazy("Which parts could you do?")
    intro = gettext_lazy("Choose one or more. Nobody has to do it all.")

    lots = forms.MultipleChoiceField(
        label=gettext_lazy("Parts"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one part")},
    )

    def initial_of(self, answering: Answering) -> dict[str, Any]:
        """Ticked from the start: the lots of a kind that one of them does, all of whose area it reaches."""
        if "lots" in answering.draft:
            return {"lots": [str(lot) for lot in answering.draft["lots"]]}
        return {"lots": [str(key) for (key, _who), one in answering.standings.items() if is_theirs(one)]}

    def build(self) -> None:
        field = self.fields["lots"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(str(lot["id"]), self.described(lot)) for lot in self.answering.facts["lots"]]

    def described(self, lot: dict[str, Any]) -> Hinted:
        where = _("%(category)s. %(area)s. %(hours)s.")
        hint = where % {**lot, "hours": hours_words(lot["hours_per_week"])}
        title = _("Part %(number)d: %(title)s") % lot
        return Hinted(title, hint)

    def facts(self) -> dict[str, Any]:
        return {"lots": sorted(int(lot) for lot in self.cleaned_data["lots"])}


def is_theirs(standing: Drawn) -> bool:
    reach = standing.assessment.findings[0]
    return bool(standing.service) and reach.fit is Fit.FITS


class HoursStep(StepForm):
    title = gettext_lazy("How many hours a week?")
    intro = gettext_lazy("We have put in what your listing says. Change it if it is not right for this work.")

    def build(self) -> None:
        for lot in self.answering.by_the_hour:
            for member in self.answering.members:
                self.fields[hours_field(lot, member)] = self.field_for(lot, member)

    def field_for(self, lot: dict[str, Any], member: Provider) -> forms.IntegerField:
        words = {"lot": lot["title"], "name": member.name, "hours": hours_words(lot["hours_per_week"])}
        many = len(self.answering.members) > 1
        label = _("%(lot)s: hours a week from %(name)s") if many else _("%(lot)s: hours a week from you")
        wrong = _("Enter the hours a week as a whole number, from 0 to %(most)d") % {"most": MOST_HOURS}
        return forms.IntegerField(
            label=label % words,
            min_value=0,
            max_value=MOST_HOURS,
            required=False,
            initial=self.known_hours(lot, member),
            error_messages=dict.fromkeys(["invalid", "min_value", "max_value"], wrong),
            help_text=_("The whole part is %(hours)s. You can offer some of it.") % words,
        )

    def known_hours(self, lot: dict[str, Any], member: Provider) -> int | None:
        """What was written before; else the hours that the listing says are free, and no more than the lot wants."""
        written = rules.hours_of(self.answering.draft, lot["id"])
        if written:
            return written.get(member.pk.hex)
        free = self.answering.standings[lot["id"], member.pk.hex].hours_free
        return None if free is None else min(free, lot["hours_per_week"])

    def facts(self) -> dict[str, Any]:
        hours: dict[str, dict[str, int]] = {}
        for lot in self.answering.by_the_hour:
            typed = {one.pk.hex: self.cleaned_data[hours_field(lot, one)] for one in self.answering.members}
            hours[str(lot["id"])] = {key: number for key, number in typed.items() if number is not None}
        return {"hours": hours}


def hours_field(lot: dict[str, Any], member: Provider) -> str:
    return f"hours_{lot['id']}_{member.pk.hex}"


class ConditionsStep(StepForm):
    title = gettext_lazy("What is still missing")
    intro = gettext_lazy(
        "Tick what you have already, or will have by the first day of the work. You can speak up either way."
    )

    will = forms.MultipleChoiceField(
        label=gettext_lazy("We have this, or will have it by the start"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def initial_of(self, answering: Answering) -> dict[str, Any]:
        return {"will": answering.draft.get("will", [])}

    def build(self) -> None:
        field = self.fields["will"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = list(self.answering.open_points.items())

    def facts(self) -> dict[str, Any]:
        return {"will": sorted(self.cleaned_data["will"])}


class QuestionsStep(StepForm):
    title = gettext_lazy("The council’s questions")
    intro = gettext_lazy("A few plain sentences are enough. Write nothing about a person you care for.")

    def build(self) -> None:
        answers = self.answering.draft.get("answers", {})
        for one in self.answering.facts["questions"]:
            field = answer_field(one["text"], one["most_words"], answers.get(str(one["number"]), ""))
            field.help_text = _("At most %(most_words)d words. It carries %(weight)d %% of the marks.") % one
            self.fields[f"answer_{one['number']}"] = field
        label = _("Does anything in it keep you, or others like you, from doing this work?")
        remarks = answer_field(label, REMARKS_WORDS, self.answering.draft.get("remarks", ""))
        remarks.help_text = _(
            "The council can still change it. For example, “We could do it if the first visit were at 8 and not at 7.”"
        )
        self.fields["remarks"] = remarks

    def facts(self) -> dict[str, Any]:
        answers = {
            str(one["number"]): self.cleaned_data[f"answer_{one['number']}"]
            for one in self.answering.facts["questions"]
        }
        return {"answers": answers, "remarks": self.cleaned_data["remarks"]}


def answer_field(label: str, most_words: int, initial: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        initial=initial,
        # No word is longer than this on the average: a limit of bytes, so that nobody fills the table.
        max_length=most_words * 20,
        widget=forms.Textarea(attrs={"rows": 6}),
        validators=[WordLimit(most_words)],
    )


STEPS: dict[str, type[StepForm]] = {
    "lots": LotsStep,
    "hours": HoursStep,
    "conditions": ConditionsStep,
    "questions": QuestionsStep,
}


def needed(answering: Answering) -> list[str]:
    """The steps that have something to say: no hours where nothing is by the hour, no gaps where there are none."""
    with_content = {"hours": answering.by_the_hour, "conditions": answering.open_points}
    return [name for name in STEPS if with_content.get(name, True)]


def after(step: str, answering: Answering) -> str:
    """The step that follows, "" where the answer is ready to be looked over."""
    names = list(STEPS)
    later = [name for name in needed(answering) if names.index(name) > names.index(step)]
    return later[0] if later else ""
