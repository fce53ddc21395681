"""Which steps are shown, which are done, which is next; and where each has its address."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from providers.joining.answers import KINDS_OF_STEP, answers_of, current_credential, kept_evidence
from providers.joining.forms.base import StepForm
from providers.joining.said import Said
from providers.joining.steps import STEPS, Step
from providers.models import Draft, DraftFile, Provider, Submission
from providers.models.submission import Decision


@dataclass(frozen=True)
class Task:
    step: Step
    address: str
    is_done: bool
    is_changed: bool


class Walk:
    """One person's way through the steps: a new registration, or a change to a provider they may edit.

    Reading changes nothing: there may be no draft yet, and then there is nothing saved.
    """

    def __init__(self, draft: Draft | None, provider: Provider | None, *, by_name: bool = False) -> None:
        self.draft = draft
        self.provider = provider
        # Whether the addresses name the provider (/my/rosie/steps/) or are those of joining (/join/steps/).
        self.by_name = by_name

    @cached_property
    def said(self) -> Said:
        return Said(answers_of(self.draft, self.provider))

    @cached_property
    def steps(self) -> list[Step]:
        return [step for step in STEPS if step.shown(self.said)]

    @cached_property
    def newest(self) -> Submission | None:
        """The last sending, and what became of it."""
        return (
            Submission.objects.select_related("council").filter(provider=self.provider).last()
            if self.provider
            else None
        )

    @property
    def is_sent_back(self) -> bool:
        return self.newest is not None and self.newest.decision == Decision.SENT_BACK

    @cached_property
    def changed(self) -> set[str]:
        """Steps saved, or with a new certificate, and not sent yet."""
        if self.draft is None:
            return set()
        saved, papers = self.draft.steps, self.draft.files.exclude(file="")
        return {*saved.values_list("step", flat=True), *papers.values_list("step", flat=True)}

    def step(self, slug: str) -> Step:
        for step in self.steps:
            if step.slug == slug:
                return step
        raise Http404("No such step for this person")

    def is_done(self, step: Step) -> bool:
        return step.slug in self.said.answers and not (step.slug == "where" and self.said.lacks_place)

    @property
    def undone(self) -> list[Step]:
        return [step for step in self.steps if not self.is_done(step)]

    @property
    def is_complete(self) -> bool:
        return not self.undone

    @property
    def tasks(self) -> list[Task]:
        return [
            Task(step, self.address_of(step.slug), self.is_done(step), step.slug in self.changed) for step in self.steps
        ]

    @property
    def next_address(self) -> str:
        """The first step that is not done, or the check of all answers."""
        return self.address_of(self.undone[0].slug) if self.undone else self.check_address

    def after(self, saved: str) -> str:
        """Where to go once a step is saved: the next undone one, from there on and then from the top."""
        order = [step.slug for step in STEPS]
        following = [step for step in self.undone if order.index(step.slug) > order.index(saved)]
        return self.address_of(following[0].slug) if following else self.next_address

    def form(self, step: Step, *, today: datetime.date, data: Any = None, files: Any = None) -> StepForm:
        facts = self.said.answers.get(step.slug)
        return step.form(data, files, said=self.said, initial=facts, today=today)

    def files(self, step: str) -> list[DraftFile]:
        return list(self.draft.files.filter(step=step).exclude(file="").order_by("page")) if self.draft else []

    def refused_files(self, step: str) -> list[DraftFile]:
        """What the virus scanner refused: destroyed, and still told of until the person takes note."""
        return list(self.draft.files.filter(step=step, file="")) if self.draft else []

    def sent_on(self, step: str) -> datetime.date | None:
        """When the certificate on record was sent: a sent one has left the draft, and nobody sends it twice."""
        if self.provider is None or step not in KINDS_OF_STEP:
            return None
        kept = kept_evidence(current_credential(self.provider, step)).last()
        return timezone.localdate(kept.uploaded_at) if kept else None

    @cached_property
    def obstacles(self) -> list[str | Promise]:
        """Why this cannot be sent for now, though nothing typed is wrong. What was saved is kept."""
        council, place = self.said.council, self.said.place
        if place is None:
            return []
        if council is None or not council.is_on:
            name = council.full_name if council else _("The council there")
            return [
                _("%(council)s does not use Nearhand yet, so nobody there can check what you send.") % {"council": name}
            ]
        if (self.said.people or 1) > council.size_limit:
            words = {"council": council.full_name, "limit": council.size_limit}
            return [_("%(council)s lists businesses of up to %(limit)s people on Nearhand.") % words]
        return []

    @property
    def list_address(self) -> str:
        return self._address("steps")

    @property
    def check_address(self) -> str:
        return self._address("check")

    @property
    def where_address(self) -> str:
        return self.address_of("where")

    def address_of(self, slug: str) -> str:
        return self._address("step", slug)

    def _address(self, name: str, *parts: str) -> str:
        if self.by_name and self.provider:
            return reverse(f"my_{name}", args=[self.provider.slug, *parts])
        return reverse(f"join_{name}", args=parts)
