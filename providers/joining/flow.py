"""Which steps are shown, which are done, which is next; and where each has its address."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import Http404
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from providers.joining.addresses import JOINING, Addresses
from providers.joining.answers import KINDS_OF_STEP, answers_of, current_credential, kept_evidence
from providers.joining.forms.base import StepForm
from providers.joining.meter import Answered, Meter, measure
from providers.joining.offered import Offered, may_take_off, services_of
from providers.joining.said import Facts, Said, slug_of
from providers.joining.steps import PROOFS, Step, steps_for
from providers.models import Draft, DraftFile, Provider, Submission
from providers.models.submission import Decision


@dataclass(frozen=True)
class Task:
    step: Step
    address: str
    is_done: bool
    is_changed: bool


@dataclass(frozen=True)
class Section:
    """A part of the task list; of a service, with the address where it is taken off."""

    title: str | Promise
    tasks: list[Task]
    take_off: str = ""


# The draft's row of what a council knew. It is no step: nobody is asked for it.
KNOWN = "known"
YOU, PROOF = _lazy("You"), _lazy("Proof")


class Walk:
    """One person's way through the steps: a new registration, or a change to a provider they may edit.

    Reading changes nothing: there may be no draft yet, and then there is nothing saved.
    """

    # For whom somebody else writes this down, if anybody does.
    for_email = ""

    def __init__(self, draft: Draft | None, provider: Provider | None, *, addresses: Addresses = JOINING) -> None:
        self.draft = draft
        self.provider = provider
        self.addresses = addresses

    @cached_property
    def services(self) -> list[Offered]:
        return services_of(self.draft, self.provider)

    @cached_property
    def said(self) -> Said:
        return Said(answers_of(self.draft, self.provider), [offered.mark for offered in self.services])

    @cached_property
    def all_steps(self) -> list[Step]:
        """Those that do not apply included."""
        return steps_for([offered.mark for offered in self.services])

    @cached_property
    def steps(self) -> list[Step]:
        said = {offered.mark: self.said.of(offered.mark) for offered in self.services}
        return [step for step in self.all_steps if step.shown(said[step.mark] if step.is_of_service else self.said)]

    def said_in(self, step: Step) -> Said:
        """What was said, read as a step reads it: that of a service means its own service."""
        return self.said.of(step.mark) if step.is_of_service else self.said

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

    def any_step(self, slug: str) -> Step:
        """The step of this address, asked of this person or not; also one of a service that was taken off."""
        for step in self.all_steps:
            if step.slug == slug:
                return step
        for step in steps_for([slug[-8:]]):
            if step.slug == slug:
                return step
        raise Http404("No such step")

    def is_asked(self, step: Step) -> bool:
        return step in self.steps

    def is_done(self, step: Step) -> bool:
        said = self.said_in(step)
        is_wrong_now = {"where": said.lacks_place, "when": said.has_too_many_hours}
        return step.slug in self.said.answers and not is_wrong_now.get(step.part, False)

    @property
    def needed(self) -> list[Step]:
        return [step for step in self.steps if not step.optional]

    @property
    def undone(self) -> list[Step]:
        return [step for step in self.needed if not self.is_done(step)]

    @property
    def is_complete(self) -> bool:
        return bool(self.services) and not self.undone

    @property
    def tasks(self) -> list[Task]:
        return [self._task(step) for step in self.steps]

    def _task(self, step: Step) -> Task:
        return Task(step, self.address_of(step.slug), self.is_done(step), step.slug in self.changed)

    @property
    def sections(self) -> list[Section]:
        """The task list: the person, each service by its name, the proof."""
        slugs = [step.part for step in self.steps if not step.is_of_service]
        of_all = [step for step in self.steps if not step.is_of_service]
        proof = next((number for number, part in enumerate(slugs) if part in PROOFS), len(slugs))
        services = [self._section_of(offered) for offered in self.services]
        you, shown = ([self._task(step) for step in part] for part in (of_all[:proof], of_all[proof:]))
        return [Section(YOU, you), *services, Section(PROOF, shown)]

    def _section_of(self, offered: Offered) -> Section:
        tasks = [self._task(step) for step in self.steps if step.is_of_service and step.mark == offered.mark]
        take_off = self.take_off_address(offered.mark) if self.may_take_off(offered.mark) else ""
        return Section(self.name_of(offered.mark), tasks, take_off)

    def name_of(self, mark: str) -> str:
        """The name of a service, or what stands for it as long as it has none."""
        name = self.said.of(mark).get("service", "name")
        return str(name or (_("What you do") if len(self.services) == 1 else _("A service without a name yet")))

    def service_of(self, step: Step) -> str:
        """Whose step it is, in a word, where there are several services."""
        return self.name_of(step.mark) if step.is_of_service and len(self.services) > 1 else ""

    def service_at(self, slug: str) -> Offered | None:
        """The service whose first step has this address."""
        return next((offered for offered in self.services if slug_of("service", offered.mark) == slug), None)

    def may_take_off(self, mark: str) -> bool:
        return may_take_off(self.services, mark)

    @property
    def needs_checkers_reason(self) -> bool:
        return any(self.said.of(offered.mark).needs_checkers_reason for offered in self.services)

    @property
    def next_address(self) -> str:
        """The first step that is not done, or the check of all answers."""
        return self.address_of(self.undone[0].slug) if self.undone else self.check_address

    def after(self, saved: str) -> str:
        """Where to go once a step is saved: the next undone one, from there on and then from the top."""
        order = [step.slug for step in self.all_steps]
        following = [step for step in self.undone if order.index(step.slug) > order.index(saved)]
        return self.address_of(following[0].slug) if following else self.next_address

    def form(self, step: Step, *, today: datetime.date, data: Any = None, files: Any = None) -> StepForm:
        said = self.said_in(step)
        facts = said.facts(step.part) or self.alike(step) or self.known(step)
        return step.form(data, files, said=said, initial=facts, today=today)

    def alike(self, step: Step) -> Facts:
        """What a further service begins with, until it is said otherwise: the answers of the first."""
        if not step.is_of_service or step.slug in self.said.answers or self.said_in(step).is_leading:
            return {}
        return step.form.carry(self.said.facts(step.part), self.said_in(step))

    def known(self, step: Step) -> Facts:
        """What a council filled in before the person came: shown in the form, and nobody's word until it is saved."""
        facts: Facts = self.said.answers.get(KNOWN, {}).get(step.slug, {})
        return facts

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
    def meter(self) -> Meter | None:
        """What a better listing would say; not before anything was said, when all of it would."""
        begun = {step.mark for step in self.steps if step.is_of_service and not step.optional and self.is_done(step)}
        if not begun:
            return None
        open_steps = [step for step in self.steps if self.is_done(step) or (step.optional and step.mark in begun)]
        return measure(self._answered(step) for step in open_steps)

    def _answered(self, step: Step) -> Answered:
        has_papers = bool(self.files(step.slug)) or self.sent_on(step.slug) is not None
        facts = self.said_in(step).facts(step.part)
        return Answered(step.part, facts, self.address_of(step.slug), self.service_of(step), has_papers)

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
        return self.addresses.of("steps")

    @property
    def check_address(self) -> str:
        return self.addresses.of("check")

    @property
    def link_address(self) -> str:
        return self.addresses.of("send_link")

    @property
    def preview_address(self) -> str:
        """Of the page that finding draws, which stands above joining."""
        return self.addresses.of("preview")

    @property
    def where_address(self) -> str:
        """Where the base is asked for."""
        return self.address_of(slug_of("where", self.said.leading))

    def address_of(self, slug: str) -> str:
        return self.addresses.of("step", slug)

    @property
    def add_service_address(self) -> str:
        return self.addresses.of("add_service")

    def take_off_address(self, mark: str) -> str:
        return self.addresses.of("take_off_service", slug_of("service", mark))
