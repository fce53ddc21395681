"""Writes from a provider's own pages: a claim with its proof, renewing one, saying one anew."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from providers.credentials.actions import add_credential, attach_evidence, withdraw_credential
from providers.credentials.evidence import Cleaned
from providers.credentials.sending import ask_about_proof
from providers.models import Credential, Evidence, Provider
from registry.models import User


@transaction.atomic
def claim(
    *,
    provider: Provider,
    by: User,
    kind: str,
    facts: dict[str, Any],
    pages: Sequence[Cleaned],
    renews: Credential | None = None,
) -> Credential:
    """A claim with its proof, from the provider's own pages; the council is asked to look.

    A second press of the button claims nothing more.
    """
    Provider.every.select_for_update().get(pk=provider.pk)
    open_claims = Credential.every.filter(provider=provider, kind=kind, replaced_at=None, checks=None, renews=renews)
    for earlier in open_claims:
        if _says(earlier, facts):
            return earlier
    made = add_credential(provider=provider, kind=kind, by=by, renews=renews, **facts)
    _attach(made, pages, by)
    ask_about_proof(provider, by)
    return made


def _attach(credential: Credential, pages: Sequence[Cleaned], by: User) -> None:
    for number, page in enumerate(pages, start=1):
        attach_evidence(credential=credential, upload=page, by=by, page=number)


class AlreadyCheckedError(Exception):
    """A council has looked at it meanwhile: what it saw may not change under its check."""


@transaction.atomic
def correct_credential(
    *, credential: Credential, by: User, facts: dict[str, Any], pages: Sequence[Cleaned]
) -> Credential:
    """Say it anew. The proof that was sent goes along, unless there is new proof. Raises AlreadyCheckedError."""
    old = Credential.every.select_for_update(of=("self",)).select_related("provider").get(pk=credential.pk)
    if old.replaced_at is not None or old.checks.exists():
        raise AlreadyCheckedError
    made = add_credential(provider=old.provider, kind=old.kind, by=by, renews=old.renews, **facts)
    if not pages:
        Evidence.objects.filter(credential=old).update(credential=made)
    _attach(made, pages, by)
    withdraw_credential(credential=old, by=by)
    ask_about_proof(old.provider, by)
    return made


def _says(credential: Credential, facts: dict[str, Any]) -> bool:
    """Whether a claim says just this; a last day that was left empty has been worked out."""
    same = {name: value for name, value in facts.items() if not (name == "ends_on" and value is None)}
    return all(getattr(credential, name) == value for name, value in same.items())
