"""From answers about insurance and training to credentials: what was checked and has not changed is left alone."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from providers.credentials.actions import add_credential, attach_evidence, withdraw_credential
from providers.credentials.evidence import kept_as_it_is
from providers.joining.answers import KINDS_OF_STEP, YES, current_credential, kept_evidence
from providers.joining.said import Facts
from providers.models import Credential, DraftFile, Evidence, Provider
from providers.models.check import CheckOutcome
from registry.models import User

COMPARED = ("issuer", "reference", "amount_pence", "held_by")


def write_proof(
    provider: Provider, step: str, facts: Facts, files: Sequence[DraftFile], *, people: int | None, by: User
) -> None:
    """Claim what the answers say is held. A claim that a council has seen holds until it has seen the new one."""
    current = current_credential(provider, step)
    if facts.get("has") != YES:
        if current:
            withdraw_credential(credential=current, by=by)
        return
    wanted = _wanted(step, facts, people)
    if current and not files and _is_same(current, wanted):
        return
    was_seen = current is not None and current.checks.filter(outcome=CheckOutcome.SEEN).exists()
    renews = (current if was_seen else current.renews) if current and current.kind == wanted["kind"] else None
    claimed = add_credential(provider=provider, by=by, renews=renews, **wanted)
    _prove(claimed, files, current, by)
    if current and not was_seen:
        withdraw_credential(credential=current, by=by)


def _wanted(step: str, facts: Facts, people: int | None) -> Facts:
    is_training = len(KINDS_OF_STEP[step]) > 1
    return {
        "kind": facts["kind"] if is_training else KINDS_OF_STEP[step][0],
        "held_by": min(facts.get("held_by") or 1, people or 1) if is_training else None,
        "issuer": facts["issuer"],
        "reference": facts.get("reference") or "",
        "amount_pence": facts.get("amount_pence"),
        "starts_on": datetime.date.fromisoformat(facts["starts_on"]),
        "ends_on": datetime.date.fromisoformat(facts["ends_on"]) if facts["ends_on"] else None,
    }


def _is_same(current: Credential, wanted: Facts) -> bool:
    # An empty last day is filled in from the council's renewal time when a claim is made.
    same_end = wanted["ends_on"] in (None, current.ends_on)
    same = all(getattr(current, name) == wanted[name] for name in ("kind", "starts_on", *COMPARED))
    return same and same_end


def _prove(claimed: Credential, files: Sequence[DraftFile], current: Credential | None, by: User) -> None:
    """With the new certificate; without one, with the one that was already sent, so that nobody sends it twice."""
    sources: Sequence[DraftFile | Evidence] = files or list(kept_evidence(current))
    for page, source in enumerate(sources, start=1):
        attach_evidence(credential=claimed, upload=kept_as_it_is(source), by=by, page=page)
