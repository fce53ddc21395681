"""Every write of joining: a draft's steps and files, and the one sending that turns them into rows."""

from __future__ import annotations

import datetime
import uuid

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from providers.credentials.evidence import MOST_FILES, Cleaned
from providers.credentials.sending import ask_council
from providers.credentials.storage import drop, put_away
from providers.joining.changes import propose, was_published
from providers.joining.flow import Walk
from providers.joining.meanwhile import was_saved_by_another
from providers.joining.offered import ADDED, Offered, added_by, mark_of, services_of
from providers.joining.proof import write_proof
from providers.joining.rows import move_base, write_provider, write_service
from providers.joining.said import BASE, OF_SERVICE, Facts, slug_of
from providers.joining.settling import settle
from providers.joining.steps import PROOFS
from providers.listings import actions as listings
from providers.models import (
    Credential,
    Draft,
    DraftFile,
    DraftStep,
    FieldChange,
    Provider,
    ProviderMembership,
    Service,
    Submission,
)
from providers.models.field_change import ChangeOutcome
from providers.models.provider_membership import ProviderRole
from providers.models.submission import Decision
from registry.audit.actions import record
from registry.mail.actions import queue
from registry.models import Council, User

MOST_SERVICES = 20


class CannotBeSent(Exception):
    """A step is not done, or the council of the base takes no registrations: the pages say which."""


class NoRoomLeft(Exception):
    """A certificate has as many pages as it may have."""


class LastServiceError(Exception):
    """Who takes off the last service leaves the site; that is another page."""


class SavedMeanwhileError(Exception):
    """Somebody else saved the step, or sent it, while this person had its page open."""


class TooManyServices(Exception):
    """More than any small business does, and more than a task list can show."""


@transaction.atomic
def start_draft(*, by: User, provider: Provider | None = None) -> Draft:
    """The draft of a new registration, or of a change to a provider; there is at most one of each."""
    if provider is None:
        draft, is_new = Draft.objects.get_or_create(user=by, provider__isnull=True)
    else:
        draft, is_new = Draft.objects.get_or_create(provider=provider, defaults={"user": by})
    if is_new:
        record("draft.started", by=by, target=draft, provider_id=draft.provider_id)
    return draft


@transaction.atomic
def save_step(
    *, draft: Draft, step: str, facts: Facts, by: User, read_at: datetime.datetime | None = None
) -> DraftStep:
    """Keep one step's answers, in place of what it had before.

    `read_at` is when the page was opened. Where somebody else said something different since, nothing is saved and
    SavedMeanwhileError is raised: whoever presses again has seen both.
    """
    draft = Draft.objects.select_for_update(of=("self",)).select_related("provider").get(pk=draft.pk)
    if read_at and was_saved_by_another(draft, step, facts, by, read_at):
        raise SavedMeanwhileError
    saved, _is_new = DraftStep.objects.update_or_create(
        draft=draft, step=step, defaults={"answers": facts, "saved_at": timezone.now(), "saved_by": by}
    )
    _touch(draft)
    record("draft.saved", by=by, target=draft, provider_id=draft.provider_id, fields=[step])
    return saved


@transaction.atomic
def add_service(*, draft: Draft, by: User) -> str:
    """One more service to say something about; its mark. One that was added and left empty is not added again."""
    draft = Draft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
    added = added_by(draft)
    begun = set(draft.steps.values_list("step", flat=True))
    for pk in added:
        if not any(slug.endswith(f"-{mark_of(pk)}") for slug in begun):
            return mark_of(pk)
    if len(services_of(draft, draft.provider)) >= MOST_SERVICES:
        raise TooManyServices
    new = uuid.uuid4()
    _keep_added(draft, [*added, new])
    _touch(draft)
    record("draft.service_added", by=by, target=draft, provider_id=draft.provider_id)
    return mark_of(new)


@transaction.atomic
def take_off_service(*, draft: Draft, mark: str, by: User, now: datetime.datetime) -> None:
    """The provider does not do this any more. Never sent: it disappears. On record: it leaves the search at once.

    Of two people who each take off one of two, the second waits here and is then told that it is the last.
    """
    draft = Draft.objects.select_for_update(of=("self",)).select_related("provider").get(pk=draft.pk)
    walk = Walk(draft, draft.provider)
    offered = next((offered for offered in walk.services if offered.mark == mark), None)
    if offered is None:
        return
    if not walk.may_take_off(mark):
        raise LastServiceError
    _hand_on_base(draft, walk, mark, by)
    if offered.row is not None:
        _withdraw_changes(offered.row, now)
        # Before the provider is locked: whoever decides takes the sending first, too.
        settle(provider=offered.row.provider, by=by)
        listings.take_off_service(service=offered.row, by=by, now=now)
    _forget_service(draft, walk, offered)
    _touch(draft)
    if offered.row is None:
        record("draft.service_removed", by=by, target=draft, provider_id=draft.provider_id)


@transaction.atomic
def keep_file(*, draft: Draft, step: str, upload: Cleaned, by: User) -> DraftFile:
    """Store one page of a certificate, after those that are there. Raises NoRoomLeft, or NotStored."""
    Draft.objects.select_for_update().get(pk=draft.pk)
    there = list(draft.files.filter(step=step).exclude(file="").values_list("page", flat=True))
    if len(there) >= MOST_FILES:
        raise NoRoomLeft
    kept = DraftFile(draft=draft, step=step, page=max(there, default=0) + 1, shown_name=upload.name)
    put_away(upload, kept)
    _touch(draft)
    record("draft.file_added", by=by, target=draft, provider_id=draft.provider_id, fields=[step])
    return kept


@transaction.atomic
def move_file_up(*, kept: DraftFile, by: User) -> None:
    """Put a page one place nearer to the front; the first stays where it is."""
    Draft.objects.select_for_update().get(pk=kept.draft_id)
    kept.refresh_from_db()
    before = kept.draft.files.filter(step=kept.step, page__lt=kept.page).exclude(file="").order_by("page").last()
    if before is None:
        return
    before.page, kept.page = kept.page, before.page
    for moved in (before, kept):
        moved.save(update_fields=["page"])
    _touch(kept.draft)
    record("draft.file_moved", by=by, target=kept.draft, provider_id=kept.draft.provider_id, fields=[kept.step])


@transaction.atomic
def remove_file(*, kept: DraftFile, by: User) -> None:
    record("draft.file_removed", by=by, target=kept.draft, provider_id=kept.draft.provider_id, fields=[kept.step])
    _touch(kept.draft)
    drop(kept)


@transaction.atomic
def delete_draft(*, draft: Draft, by: User | None) -> None:
    """End a draft with its files; what was sent from it is on record and stays."""
    record("draft.deleted", by=by, target=draft, provider_id=draft.provider_id)
    for kept in draft.files.all():
        drop(kept)
    draft.delete()


@transaction.atomic
def send_draft(*, draft: Draft, by: User, answer: str = "", stay_out_of_feed: bool = False) -> Submission | None:
    """Turn what was saved into rows, or into changes of a listed provider, and ask the council to look.

    Sending twice is harmless: the second one waits for the first, finds nothing new and gets the same submission.
    A change sent while another waits joins it. The approved version stays as it is (rule 6). None where nothing waits
    for anybody: what harms nobody is live already. Raises CannotBeSent.
    """
    draft = Draft.objects.select_for_update(of=("self",)).select_related("provider").get(pk=draft.pk)
    walk = Walk(draft, draft.provider)
    newest = Submission.objects.filter(provider=draft.provider).last() if draft.provider else None
    changed = walk.changed
    if newest and not changed and not (answer and newest.decision == Decision.SENT_BACK):
        return newest
    council = walk.said.council
    if not walk.is_complete or walk.obstacles or council is None:
        raise CannotBeSent
    if draft.provider is not None and was_published(draft.provider):
        provider, must_ask = _propose(draft.provider, walk, by)
    else:
        provider, must_ask = _write_rows(walk, council, by), True
    submission = ask_council(provider, council, by, answer) if must_ask or answer else None
    if stay_out_of_feed:
        listings.leave_open_feed(provider=provider, by=by, now=timezone.now())
    record("provider.sent", by=by, target=provider, council=council, provider_id=provider.pk, fields=changed)
    _clear(draft, provider)
    if submission is None:
        settle(provider=provider, by=by)
    else:
        _say_we_have_it(provider, council, by)
    return submission


def _propose(provider: Provider, walk: Walk, by: User) -> tuple[Provider, bool]:
    """A listed provider's edit; whether a council has to look at any of it."""
    # The submission first and then the provider, as a checker's decision takes them.
    list(Submission.objects.waiting().select_for_update(of=("self",)).filter(provider=provider))
    provider = Provider.every.select_for_update().get(pk=provider.pk)
    claimed = Credential.every.filter(provider=provider)
    before = set(claimed.values_list("pk", flat=True))
    _write_proofs(provider, walk, by)
    waits = propose(provider=provider, walk=walk, by=by, now=timezone.now())
    return provider, waits or claimed.exclude(pk__in=before).exists()


def _write_rows(walk: Walk, council: Council, by: User) -> Provider:
    changed = walk.changed
    base_before = walk.provider.base_postcode if walk.provider else ""
    provider = write_provider(walk.provider, walk.said, council, changed)
    if walk.provider is None:
        ProviderMembership.objects.create(user=by, provider=provider, role=ProviderRole.OWNER)
    if walk.said.place and provider.base_postcode != base_before:
        move_base(provider, base_before, walk.said.place)
    for offered in walk.services:
        parts = {step.part for step in walk.all_steps if step.mark == offered.mark and step.slug in changed}
        write_service(provider, offered, walk.said.of(offered.mark), parts)
    _write_proofs(provider, walk, by)
    return provider


def _write_proofs(provider: Provider, walk: Walk, by: User) -> None:
    shown = {step.slug for step in walk.steps}
    for step in PROOFS:
        if step in walk.changed or step not in shown:
            facts = walk.said.answers.get(step, {}) if step in shown else {}
            write_proof(provider, step, facts, walk.files(step), people=walk.said.people, by=by)


def _clear(draft: Draft, provider: Provider) -> None:
    """The rows now say what the draft said; it stays, bound to its provider, for the next change."""
    for kept in draft.files.all():
        drop(kept)
    draft.steps.all().delete()
    draft.provider = provider
    draft.touched_at = timezone.now()
    draft.save(update_fields=["provider", "touched_at"])


def _say_we_have_it(provider: Provider, council: Council, by: User) -> None:
    address = settings.SITE_URL + reverse("my_provider", args=[provider.slug])
    words = {"provider": provider, "council": council, "address": address}
    queue(
        to=by.email,
        subject=_("We have your registration"),
        body=render_to_string("mail/registration_received.txt", words),
    )


def _withdraw_changes(service: Service, now: datetime.datetime) -> None:
    """What waits for a council's yes about a service that is gone needs no yes any more."""
    waiting = FieldChange.objects.waiting().filter(service=service)
    waiting.update(decided_at=now, outcome=ChangeOutcome.WITHDRAWN)


def _keep_added(draft: Draft, added: list[uuid.UUID]) -> None:
    if added:
        answers = {"added": [str(pk) for pk in added]}
        DraftStep.objects.update_or_create(
            draft=draft, step=ADDED, defaults={"answers": answers, "saved_at": timezone.now()}
        )
    else:
        draft.steps.filter(step=ADDED).delete()


def _hand_on_base(draft: Draft, walk: Walk, mark: str, by: User) -> None:
    """The postcode was said with the service that goes: the next one keeps it, so that nobody says it twice."""
    said = walk.said.of(mark)
    heir = next(offered.mark for offered in walk.services if offered.mark != mark)
    unsent = draft.steps.filter(step=slug_of("where", mark)).first()
    if not said.is_leading or unsent is None:
        return
    base = {name: unsent.answers[name] for name in BASE}
    # Where nothing was said of the next one yet, it begins with all that was said of this one.
    facts = (said.of(heir).facts("where") or unsent.answers) | base
    defaults = {"answers": facts, "saved_at": timezone.now(), "saved_by": by}
    DraftStep.objects.update_or_create(draft=draft, step=slug_of("where", heir), defaults=defaults)


def _forget_service(draft: Draft, walk: Walk, gone: Offered) -> None:
    """What the draft says of it. Where the first was never sent, the next one takes its plain addresses."""
    draft.steps.filter(step__in=[slug_of(part, gone.mark) for part in OF_SERVICE]).delete()
    added = [pk for pk in added_by(draft) if pk != gone.pk]
    if gone.row is None and gone.pk is None:
        first, *added = added
        for part in OF_SERVICE:
            draft.steps.filter(step=slug_of(part, mark_of(first))).update(step=part)
    _keep_added(draft, added)


def _touch(draft: Draft) -> None:
    draft.touched_at = timezone.now()
    draft.save(update_fields=["touched_at"])
