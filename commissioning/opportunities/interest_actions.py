"""The provider's side: beginning an answer, saving a step, a member's yes, sending, taking back."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Mapping
from typing import Any

import rfc8785
from django.db import transaction
from django.utils import timezone

from commissioning.models import Interest, InterestYes, Opportunity
from commissioning.opportunities import letters, rules
from commissioning.opportunities.moments import held_open
from commissioning.opportunities.rules import Stage, Unsent
from commissioning.opportunities.written import answer_of, facts_of
from providers.models import Provider, Team, TeamMember
from registry.audit.actions import record
from registry.models import User


class ClosedError(Exception):
    """The closing moment has come, or the council has stopped it. What was written stays to be read."""


class UnsentError(Exception):
    """Something is lacking; `what` says what."""

    def __init__(self, what: list[Unsent]) -> None:
        self.what = what
        super().__init__(", ".join(what))


@transaction.atomic
def begin(*, by: User, opportunity: Opportunity, provider: Provider, team: Team | None) -> Interest:
    """An empty answer, or the one that was begun before."""
    refuse_if_closed(opportunity)
    interest, made = Interest.objects.get_or_create(
        opportunity=opportunity, provider=provider, team=team, defaults={"begun_by": by}
    )
    if made:
        record("interest.begun", by=by, target=interest, provider_id=provider.pk)
    return interest


@transaction.atomic
def save_step(*, by: User, interest: Interest, facts: Mapping[str, Any]) -> Interest:
    """Write a step on the draft. What was sent before stands until it is sent again."""
    held = _held(interest)
    refuse_if_closed(held.opportunity)
    changed = [name for name, value in facts.items() if held.draft.get(name) != value]
    if changed:
        held.draft = {**held.draft, **facts}
        held.changed_at = timezone.now()
        held.save(update_fields=["draft", "changed_at"])
        record("interest.written", by=by, target=held, provider_id=held.provider_id, fields=changed)
    return held


def refuse_if_closed(opportunity: Opportunity) -> datetime.datetime:
    """The database's moment, if it is before the closing one."""
    moments, now = held_open(opportunity)
    if rules.stage(moments, now) is not Stage.OPEN:
        raise ClosedError
    return now


def members_of(interest: Interest) -> list[Provider]:
    """Who answers: the provider alone, or all who are in the team today, the lead first."""
    if interest.team_id is None:
        return [interest.provider]
    places = TeamMember.objects.current().filter(team=interest.team_id).select_related("provider")
    members = [place.provider for place in places]
    return sorted(members, key=lambda one: (one.pk != interest.provider_id, one.name.casefold(), one.pk))


def digest_of(interest: Interest, members: list[Provider]) -> str:
    """What a yes is said to: every word of the draft, and who is in the team."""
    agreed = {"draft": interest.draft, "members": sorted(one.pk.hex for one in members)}
    return hashlib.sha256(rfc8785.dumps(agreed)).hexdigest()


def without_yes(interest: Interest, members: list[Provider]) -> list[Provider]:
    """The partners who have not said yes to the answer as it stands. The lead says it by sending."""
    said = InterestYes.objects.filter(interest=interest, digest=digest_of(interest, members))
    agreed = set(said.values_list("provider_id", flat=True))
    return [one for one in members if one.pk != interest.provider_id and one.pk not in agreed]


@transaction.atomic
def ask_partners(*, by: User, interest: Interest) -> list[Provider]:
    """Write to the partners whose yes is lacking. The same words are not sent to be agreed to twice in a row."""
    held = _held(interest)
    refuse_if_closed(held.opportunity)
    lacking = without_yes(held, members_of(held))
    for partner in lacking:
        letters.ask_for_yes(held, partner)
    record("interest.partners_asked", by=by, target=held, provider_id=held.provider_id)
    return lacking


@transaction.atomic
def agree(*, by: User, interest: Interest, provider: Provider, digest: str) -> bool:
    """A partner's yes to the answer that it read. False where another word has come into it since."""
    held = _held(interest)
    refuse_if_closed(held.opportunity)
    members = members_of(held)
    if provider not in members or digest != digest_of(held, members):
        return False
    yes, made = InterestYes.objects.get_or_create(
        interest=held, provider=provider, defaults={"digest": digest, "said_by": by}
    )
    if not made and yes.digest != digest:
        yes.digest, yes.said_by, yes.said_at = digest, by, timezone.now()
        yes.save()
        made = True
    if made:
        record("interest.agreed", by=by, target=held, provider_id=provider.pk)
    return True


@transaction.atomic
def take_back_yes(*, by: User, interest: Interest, provider: Provider) -> None:
    """Nobody answers against their will: with the yes goes what was sent in their name, until it closes."""
    held = _held(interest)
    now = refuse_if_closed(held.opportunity)
    gone, _rows = InterestYes.objects.filter(interest=held, provider=provider).delete()
    if not gone:
        return
    record("interest.yes_taken_back", by=by, target=held, provider_id=provider.pk)
    if held.sent_at is not None:
        _withdraw(held, by, now)


@transaction.atomic
def send(*, by: User, interest: Interest) -> Interest:
    """Give the answer to the council. Whether it comes in time is the database's to say, at the end of the writing."""
    held = _held(interest)
    members = members_of(held)
    facts = facts_of(held.opportunity)
    lacking = rules.lacks_to_send(held.draft, facts["lots"], members_without_yes=len(without_yes(held, members)))
    answer = None if lacking else answer_of(held, members, facts, timezone.localdate())
    now = refuse_if_closed(held.opportunity)
    if answer is None:
        raise UnsentError(lacking)
    is_same = held.answer is not None and {**held.answer, "drawn_on": ""} == {**answer, "drawn_on": ""}
    if is_same:
        return held
    held.answer, held.sent_at, held.sent_by, held.withdrawn_at = answer, now, by, None
    held.save(update_fields=["answer", "sent_at", "sent_by", "withdrawn_at"])
    for member in members:
        record("interest.sent", by=by, target=held, provider_id=member.pk)
        letters.confirm_sent(held, member)
    return held


@transaction.atomic
def withdraw(*, by: User, interest: Interest) -> None:
    """Take back what was sent. The draft stays, and can be sent again until it closes."""
    held = _held(interest)
    now = refuse_if_closed(held.opportunity)
    if held.sent_at is not None:
        _withdraw(held, by, now)


def _withdraw(held: Interest, by: User, now: datetime.datetime) -> None:
    held.answer, held.sent_at, held.sent_by, held.withdrawn_at = None, None, None, now
    held.save(update_fields=["answer", "sent_at", "sent_by", "withdrawn_at"])
    record("interest.withdrawn", by=by, target=held, provider_id=held.provider_id)


def _held(interest: Interest) -> Interest:
    rows = Interest.objects.select_for_update(of=("self",))
    return rows.select_related("opportunity__requirement", "provider", "team").get(pk=interest.pk)
