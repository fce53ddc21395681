"""A listed provider's edits as changes of single facts: what is approved stays up until somebody says yes (rule 6)."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from providers.joining import facts
from providers.joining.answers import recorded
from providers.joining.facts import Difference, Fields
from providers.joining.flow import Walk
from providers.joining.offered import Offered, recorded_services
from providers.joining.rows import move_base, write_provider, write_service
from providers.joining.said import BASE, OF_SERVICE, Answers, Said, slug_of
from providers.joining.steps import PROOFS, STEPS
from providers.joining.waiting import overlaid
from providers.listings.actions import list_provider
from providers.models import FieldChange, Provider, Service, Submission, Version
from providers.models.field_change import ChangeOutcome
from providers.models.moderation_policy import moderation_policy_of
from registry.audit.actions import record
from registry.models import User

Key = tuple[object, str, str]
OF_PROVIDER = {step.part for step in STEPS if not step.is_of_service and step.part not in PROOFS}


@dataclass(frozen=True)
class Wish:
    """A fact that is to be said differently, of one service, or of the provider where `service` is None."""

    service: Service | None
    difference: Difference

    @property
    def key(self) -> Key:
        return self.service.pk if self.service else None, self.difference.part, self.difference.fact


def was_published(provider: Provider | None) -> bool:
    """Whether a council has ever let the public see it: from then on rows are what is approved, also while it is
    taken down."""
    return provider is not None and Version.objects.filter(provider=provider).exists()


@transaction.atomic
def propose(*, provider: Provider, walk: Walk, by: User, now: datetime.datetime) -> bool:
    """Compare what is approved with what is said now, and keep the differences; whether anything waits for a yes.

    The provider must be locked. A second edit of a waiting fact replaces the first, saying what is approved again
    takes it back, and what harms nobody goes live at once.
    """
    _write_unseen(provider, walk)
    wishes = {wish.key: wish for wish in _wishes(provider, walk)}
    waiting = {_key(change): change for change in FieldChange.objects.waiting().filter(provider=provider)}
    stays = {key for key, wish in wishes.items() if key in waiting and _says(waiting[key], wish)}
    _withdraw([change for key, change in waiting.items() if key not in stays], by, now)
    new = [wish for key, wish in wishes.items() if key not in stays]
    changes = FieldChange.objects.bulk_create([_change(wish, provider, by, now) for wish in new])
    harmless = [change for change in changes if _is_harmless(change, provider)]
    if harmless:
        _make_at_once(harmless, provider, by, now)
    for change in changes:
        if change.decided_at is None:
            _record("change.proposed", change, by)
    return FieldChange.objects.waiting().filter(provider=provider).exists()


@transaction.atomic
def say_at_once(*, service: Service, by: User, now: datetime.datetime, when: Fields) -> bool:
    """Change of an approved service what harms nobody (space, hours free); whether anything is said differently.

    Nothing else that waits or lies in a draft goes along. ValueError for a fact that a council has to read.
    """
    # The submission first and then the provider, as a sending takes them.
    list(Submission.objects.waiting().select_for_update(of=("self",)).filter(provider=service.provider_id))
    provider = Provider.every.select_for_update().get(pk=service.provider_id)
    mark = next(offered.mark for offered in recorded_services(provider) if offered.pk == service.pk)
    approved = recorded(provider).get(slug_of("when", mark), {})
    found = facts.differences({"when": approved}, {"when": approved | when})
    if any(each.fact not in facts.HARMLESS for each in found):
        raise ValueError("A council has to read this first")
    changes = FieldChange.objects.bulk_create(
        [_change(Wish(service, each), provider, by, now) for each in found],
    )
    if changes:
        _make_at_once(changes, provider, by, now)
    return bool(changes)


def apply(*, provider: Provider, changes: Sequence[FieldChange], now: datetime.datetime) -> None:
    """Write these changes into the rows, and nothing else that waits. The provider must be locked."""
    marked = {offered.pk: offered for offered in recorded_services(provider)}
    answers = overlaid(recorded(provider), provider, [change for change in changes if change.fact != facts.NEW])
    said = Said(answers, [offered.mark for offered in marked.values()])
    moves = any(change.fact == facts.BASE for change in changes)
    council = (said.council if moves else None) or provider.home_council
    parts = {change.part for change in changes if change.part not in OF_SERVICE}
    before = provider.base_postcode
    write_provider(provider, said, council, parts | ({slug_of("where", said.leading)} if moves else set()))
    if moves and said.place:
        move_base(provider, before, said.place)
    for pk, offered in marked.items():
        _apply_to_service(provider, offered, said, [change for change in changes if change.service_id == pk], now)


def publish_again(*, provider: Provider, by: User | None, now: datetime.datetime) -> None:
    """A new version of what is approved now. One that was taken down is not shown by a change: it is put back."""
    if provider.listed_at is not None and provider.suspended_at is None:
        list_provider(provider=provider, by=by, now=now)


def withdraw_all(*, provider: Provider, by: User, now: datetime.datetime) -> None:
    """Nobody is left to whom it matters."""
    _withdraw(FieldChange.objects.waiting().filter(provider=provider), by, now)


def current(provider: Provider, changes: Iterable[FieldChange]) -> dict[object, Fields]:
    """What is approved today of the facts of these changes, by change."""
    answers = recorded(provider)
    marks = {offered.pk: offered.mark for offered in recorded_services(provider)}
    leading = next(iter(marks.values()), "")
    found: dict[object, Fields] = {}
    for change in changes:
        mark = marks.get(change.service_id, leading)
        here = {field: answers.get(slug_of(facts.part_of(field, change.part), mark), {}) for field in change.will_be}
        found[change.pk] = {} if change.fact == facts.NEW else {name: here[name].get(name) for name in here}
    return found


def fingerprint(changes: Iterable[FieldChange], approved: dict[object, Fields]) -> str:
    """Moves with every word of what waits and of what it would replace, so that nothing is decided unseen."""
    seen = sorted((str(change.pk), change.will_be, approved[change.pk]) for change in changes)
    return hashlib.sha256(json.dumps(seen, sort_keys=True).encode()).hexdigest()[:32]


def approved_price(service_id: UUID | None, row: Fields) -> Fields:
    """The price that a person last said yes to: that of the row, less the steps that went live by themselves since."""
    decided = FieldChange.objects.filter(service=service_id, fact=facts.PRICE).order_by("-decided_at")
    for change in decided.filter(outcome__in=[ChangeOutcome.AT_ONCE, ChangeOutcome.ACCEPTED]):
        if change.outcome == ChangeOutcome.ACCEPTED:
            break
        row = change.was
    return row


def _wishes(provider: Provider, walk: Walk) -> Iterable[Wish]:
    approved = recorded(provider)
    said = {step.slug: walk.said.answers[step.slug] for step in walk.steps if step.slug in walk.said.answers}
    yield from (Wish(None, each) for each in facts.differences(*(_of_provider(all_) for all_ in (approved, said))))
    for offered in walk.services:
        if offered.row is None or offered.row.approved_at is None:
            continue
        before, after = (_of_service(all_, offered.mark) for all_ in (approved, said))
        for each in facts.differences(before, after):
            yield Wish(None if each.fact == facts.BASE else offered.row, each)
    yield from _new_services(provider, walk, said)


def _write_unseen(provider: Provider, walk: Walk) -> None:
    """Services that no council has seen have no approved rows to guard; they set out from the approved base."""
    approved = recorded(provider).get(slug_of("where", walk.said.leading), {})
    where = slug_of("where", walk.said.leading)
    base = {name: approved.get(name) for name in BASE}
    answers = walk.said.answers | {where: walk.said.answers.get(where, {}) | base}
    said = Said(answers, walk.said.marks)
    for offered in walk.services:
        if offered.row is None or offered.row.approved_at is None:
            parts = {step.part for step in walk.steps if step.is_of_service and step.mark == offered.mark}
            write_service(provider, offered, said.of(offered.mark), parts)


def _new_services(provider: Provider, walk: Walk, said: Answers) -> Iterable[Wish]:
    """Each waits whole, as one change; one that was refused waits again only when something else is said of it."""
    unseen = Service.every.offered().filter(provider=provider, approved_at__isnull=True)
    marks = {offered.pk: offered.mark for offered in walk.services}
    for service in unseen:
        wish = Wish(service, Difference("service", facts.NEW, {}, facts.flat(_of_service(said, marks[service.pk]))))
        newest = FieldChange.objects.filter(service=service, fact=facts.NEW).last()
        if not (newest and newest.outcome == ChangeOutcome.REFUSED and _says(newest, wish)):
            yield wish


def _of_provider(answers: Answers) -> Answers:
    return {part: said for part, said in answers.items() if part in OF_PROVIDER}


def _of_service(answers: Answers, mark: str) -> Answers:
    slugs = {part: slug_of(part, mark) for part in OF_SERVICE}
    return {part: answers[slug] for part, slug in slugs.items() if slug in answers}


def _says(change: FieldChange, wish: Wish) -> bool:
    return facts.same(change.will_be, wish.difference.will_be)


def _key(change: FieldChange) -> Key:
    return change.service_id, change.part, change.fact


def _change(wish: Wish, provider: Provider, by: User, now: datetime.datetime) -> FieldChange:
    facts_of_it = {"part": wish.difference.part, "fact": wish.difference.fact}
    said = {"was": wish.difference.was, "will_be": wish.difference.will_be}
    return FieldChange(provider=provider, service=wish.service, made_at=now, made_by=by, **facts_of_it, **said)


def _is_harmless(change: FieldChange, provider: Provider) -> bool:
    if change.fact == facts.PRICE:
        percent = moderation_policy_of(provider.home_council_id).price_change_percent
        approved = approved_price(change.service_id, change.was)
        return facts.within_band(approved=approved, wanted=change.will_be, percent=percent)
    return change.fact in facts.HARMLESS


def _make_at_once(changes: Sequence[FieldChange], provider: Provider, by: User, now: datetime.datetime) -> None:
    apply(provider=provider, changes=changes, now=now)
    for change in changes:
        change.outcome, change.decided_at = ChangeOutcome.AT_ONCE, now
        change.save(update_fields=["outcome", "decided_at"])
        _record("change.at_once", change, by)
    # Nobody approved this version: it is the site that let it out.
    publish_again(provider=provider, by=None, now=now)


def _withdraw(changes: Iterable[FieldChange], by: User, now: datetime.datetime) -> None:
    for change in changes:
        change.outcome, change.decided_at = ChangeOutcome.WITHDRAWN, now
        change.save(update_fields=["outcome", "decided_at"])
        _record("change.withdrawn", change, by)


def _apply_to_service(
    provider: Provider, offered: Offered, said: Said, changes: Sequence[FieldChange], now: datetime.datetime
) -> None:
    if not changes or offered.row is None:
        return
    parts = {change.part for change in changes if change.fact != facts.NEW}
    if any(change.fact == "kinds" for change in changes):
        parts.add("personal-care")
    if parts:
        write_service(provider, offered, said.of(offered.mark), parts)
    if any(change.fact == facts.NEW for change in changes):
        offered.row.approved_at = now
        offered.row.save(update_fields=["approved_at"])


def _record(verb: str, change: FieldChange, by: User) -> None:
    council, provider_id = change.provider.home_council_id, change.provider_id
    record(verb, by=by, target=change, council=council, provider_id=provider_id, fields=[change.fact])
