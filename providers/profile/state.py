"""How a provider stands, in one plain sentence for those who run it. Derived from dates, never stored."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from providers.models import Draft, Provider, Submission
from providers.models.submission import Decision


class Stage(StrEnum):
    WRITTEN = "written"
    SENT = "sent"
    SENT_BACK = "sent_back"
    LISTED = "listed"
    SUSPENDED = "suspended"


@dataclass(frozen=True)
class State:
    """`is_public` and `stage` are apart: a listed provider may have a change waiting, or sent back (rule 6)."""

    stage: Stage
    is_public: bool
    newest: Submission | None
    has_unsent: bool


def state_of(provider: Provider) -> State:
    newest = Submission.objects.select_related("council").filter(provider=provider).last()
    draft = Draft.objects.filter(provider=provider).first()
    has_unsent = draft is not None and (draft.steps.exists() or draft.files.exists())
    is_public = provider.listed_at is not None and provider.suspended_at is None
    return State(_stage(provider, newest), is_public, newest, has_unsent)


def _stage(provider: Provider, newest: Submission | None) -> Stage:
    if provider.suspended_at is not None:
        return Stage.SUSPENDED
    if newest is not None and newest.decided_at is None:
        return Stage.SENT
    if newest is not None and newest.decision == Decision.SENT_BACK:
        return Stage.SENT_BACK
    return Stage.LISTED if provider.listed_at else Stage.WRITTEN
