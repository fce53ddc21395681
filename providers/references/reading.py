"""What there is to read: for the checkers the answers, for the provider that there is one."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from providers.credentials.kinds import REFERENCES
from providers.models import Credential, Provider, Reference
from providers.models.reference import REFERENCE_LASTS
from providers.references.links import state_of
from providers.references.rules import State

WORDS: dict[State, str | Promise] = {
    State.ASKED: _("Waiting for an answer"),
    State.ANSWERED: _("Answered"),
    State.DECLINED: _("Would rather not say anything"),
    State.WITHDRAWN: _("You took it back"),
    State.EXPIRED: _("No answer came"),
}
COLOURS = {State.ASKED: "blue", State.ANSWERED: "green"}


@dataclass(frozen=True)
class Asked:
    """One customer as the provider sees it: never what was written."""

    reference: Reference
    state: State
    words: str | Promise
    colour: str
    until: datetime.datetime

    @property
    def is_open(self) -> bool:
        return self.state is State.ASKED


def asked_by(provider: Provider, now: datetime.datetime) -> list[Asked]:
    references = Reference.objects.filter(provider=provider).order_by("-asked_at")
    return [_asked(reference, now) for reference in references]


def answers_to(credential: Credential) -> list[Reference]:
    """For those who check a claim of references: what the customers wrote, as long as it is kept."""
    if credential.kind != REFERENCES:
        return []
    answered = Reference.objects.filter(provider=credential.provider_id, answered_at__lte=credential.created_at)
    return list(answered.filter(purged_at__isnull=True).order_by("answered_at"))


def _asked(reference: Reference, now: datetime.datetime) -> Asked:
    became = state_of(reference, now)
    until = reference.asked_at + REFERENCE_LASTS
    return Asked(reference, became, WORDS[became], COLOURS.get(became, "grey"), until)
