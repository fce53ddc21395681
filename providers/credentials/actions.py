"""Every write about credentials: what is claimed, its proof, who looked at it."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from providers.access import is_looked_at_by
from providers.credentials.changes import tell
from providers.credentials.evidence import Cleaned
from providers.credentials.kinds import KINDS
from providers.credentials.letters import write_to_provider
from providers.credentials.policy import renewal_months
from providers.credentials.relying import relies_on_others, to_rely_on
from providers.credentials.rules import last_day
from providers.credentials.storage import discard, drop, put_away
from providers.models import Check, CheckPolicy, Credential, DbsRecord, DraftFile, Evidence, Provider
from providers.models.check import CheckOutcome, Means
from providers.models.credential import Holder
from registry.access.getters import councils_where
from registry.access.permissions import Permission
from registry.audit.actions import record
from registry.models import Council, User


@transaction.atomic
def add_credential(
    *,
    provider: Provider,
    kind: str,
    starts_on: datetime.date,
    by: User | None,
    ends_on: datetime.date | None = None,
    held_by: int | None = None,
    issuer: str = "",
    reference: str = "",
    amount_pence: int | None = None,
    cover_per: str = "",
    level: str = "",
    edition: int | None = None,
    standards: Sequence[int] = (),
    renews: Credential | None = None,
) -> Credential:
    """A claim that something is held. An older one stays as it is until a council has seen the new one (rule 6).

    Where the paper carries no last day, the council's renewal time gives one.
    """
    known = KINDS[kind]
    credential = Credential.every.create(
        provider=provider,
        kind=kind,
        holder=known.holder,
        held_by=(held_by or 1) if known.holder == Holder.WORKERS else None,
        issuer=issuer,
        reference=reference,
        amount_pence=amount_pence if known.has_amount else None,
        cover_per=cover_per if known.asks("cover_per") else "",
        level=level,
        edition=edition if known.asks("standards") else None,
        standards=list(standards) if known.asks("standards") else [],
        starts_on=starts_on,
        ends_on=ends_on or worked_out_end(provider, kind, starts_on),
        renews=renews,
    )
    _record("credential.added", by, credential, provider)
    return credential


def worked_out_end(provider: Provider, kind: str, starts_on: datetime.date) -> datetime.date | None:
    """The last day that the council's renewal time gives to a paper that shows none."""
    months = renewal_months(provider.home_council_id, kind)
    return last_day(starts_on, months) if months else None


@transaction.atomic
def withdraw_credential(*, credential: Credential, by: User | None) -> None:
    """The provider no longer claims it, or said it wrongly and says it anew."""
    credential.replaced_at = timezone.now()
    credential.save(update_fields=["replaced_at"])
    _record("credential.withdrawn", by, credential, credential.provider)
    tell(credential.provider_id)
    if credential.checks.exists():
        return
    # Nobody looked at it and nobody will: there is no reason to keep the file.
    for evidence in Evidence.objects.filter(credential=credential, purged_at__isnull=True):
        discard(evidence, now=timezone.now())


@transaction.atomic
def attach_evidence(*, credential: Credential, upload: Cleaned, by: User | None, page: int = 1) -> Evidence:
    """Keep one page as proof of a credential. Raises `storage.NotStored` where there is no room for it."""
    evidence = Evidence(credential=credential, page=page, uploaded_by=by)
    put_away(upload, evidence)
    _record("evidence.added", by, evidence, credential.provider)
    return evidence


@transaction.atomic
def record_check(
    *,
    credential: Credential,
    council: Council,
    by: User,
    outcome: str,
    means: str,
    seen_on: datetime.date,
    note: str = "",
) -> Check:
    """That somebody of a council looked at a credential, how, on what day, and whether it was what it says.

    A second press of the button records nothing more.
    """
    _refuse_unless_checker(by, council, credential.provider)
    Credential.every.select_for_update().get(pk=credential.pk)
    said = {"council": council, "by": by, "outcome": outcome, "means": means, "seen_on": seen_on, "note": note}
    newest = Check.objects.filter(credential=credential).order_by("-recorded_at").first()
    if newest and all(getattr(newest, name) == value for name, value in said.items()):
        return newest
    check = Check.objects.create(credential=credential, **said)
    if outcome == CheckOutcome.SEEN:
        _replace_older(credential, check.recorded_at)
    else:
        _bring_back_older(credential)
    _record(f"credential.{outcome}", by, credential, credential.provider, council)
    tell(credential.provider_id)
    return check


class CannotRelyError(Exception):
    """The council looks for itself by its own policy, or what it would rely on no longer stands."""


@transaction.atomic
def rely_on(*, check: Check, council: Council, by: User) -> Check:
    """That a council takes another one's check for its own. A second press records nothing more.

    What is relied on is always the check of those who looked: a chain ends at its origin, whose day it keeps. So it
    never outlives what it leans on; and it is recorded only while that is the last word on the credential.
    """
    credential = Credential.every.select_for_update().get(pk=check.credential_id)
    _refuse_unless_checker(by, council, credential.provider)
    origin = check.relies_on or check
    checks = list(Check.objects.filter(credential=credential))
    newest = next((one for one in checks if one.council_id == council.pk), None)
    if newest and newest.relies_on_id == origin.pk and checks[0].outcome == CheckOutcome.SEEN:
        return newest
    if not relies_on_others(council.pk) or to_rely_on(checks, council.pk) != origin:
        raise CannotRelyError
    said = {"outcome": CheckOutcome.SEEN, "means": Means.RELIED, "seen_on": origin.seen_on}
    made = Check.objects.create(credential=credential, council=council, by=by, relies_on=origin, **said)
    _record("credential.relied", by, credential, credential.provider, council)
    return made


@transaction.atomic
def take_back(*, check: Check, by: User) -> Check:
    """That a check was a slip of the hand: a new row answers it, dated and signed, and nothing is deleted.

    Only who recorded it may, and only while nobody has looked since.
    """
    credential = Credential.every.select_for_update().get(pk=check.credential_id)
    _refuse_unless_checker(by, check.council, credential.provider)
    newest = Check.objects.filter(credential=credential).first()
    if check.by_id != by.pk or newest != check or check.outcome == CheckOutcome.TAKEN_BACK:
        raise PermissionDenied(Permission.CHECK_PROVIDERS.value)
    return record_check(
        credential=credential,
        council=check.council,
        by=by,
        outcome=CheckOutcome.TAKEN_BACK,
        means=(check.relies_on or check).means,
        seen_on=timezone.localdate(),
    )


@transaction.atomic
def record_dbs(
    *,
    provider: Provider,
    council: Council,
    by: User,
    level: str,
    issued_on: datetime.date,
    seen_on: datetime.date,
    means: str,
    person_number: int = 1,
    last_four: str = "",
    on_update_service: bool = False,
) -> DbsRecord:
    """That a DBS certificate was seen: nothing of what was on it (rule 1). Nobody else learns of it before a yes.

    A second press of the button records nothing more.
    """
    _refuse_unless_checker(by, council, provider)
    Provider.every.select_for_update().get(pk=provider.pk)
    dbs, is_new = DbsRecord.objects.get_or_create(
        provider=provider,
        seen_for=council,
        seen_by=by,
        level=level,
        issued_on=issued_on,
        seen_on=seen_on,
        means=means,
        person_number=person_number,
        last_four=last_four,
        on_update_service=on_update_service,
    )
    if is_new:
        _record("dbs.seen", by, dbs, provider, council)
    return dbs


@transaction.atomic
def answer_about_dbs(*, dbs: DbsRecord, by: User, publicly: bool, with_councils: bool) -> None:
    """The provider's own yes or no, each with its moment; a no takes effect at once."""
    now = timezone.now()
    dbs.shown_publicly_since = (dbs.shown_publicly_since or now) if publicly else None
    dbs.shared_with_councils_since = (dbs.shared_with_councils_since or now) if with_councils else None
    dbs.save(update_fields=["shown_publicly_since", "shared_with_councils_since"])
    fields = ["shown_publicly_since", "shared_with_councils_since"]
    record("dbs.answered", by=by, target=dbs, provider_id=dbs.provider_id, fields=fields)
    tell(dbs.provider_id)


@transaction.atomic
def destroy_as_dbs(*, evidence: Evidence, council: Council, by: User) -> None:
    """A DBS certificate came in as proof of something: it may not stay, not even until the purge (rule 1)."""
    provider = evidence.credential.provider
    _refuse_unless_checker(by, council, provider)
    copies, unsent = _copies_of(evidence)
    for kept in unsent:
        drop(kept)
    for copy in copies:
        discard(copy, now=timezone.now())
        _record("evidence.destroyed_as_dbs", by, copy, provider, council)
    write_to_provider(
        provider,
        subject=_("We destroyed a file that you sent"),
        body=_(
            "%(council)s opened a file that you sent and found a DBS certificate. We may not keep a copy of one, "
            "so the file has been destroyed. Nothing that was on it was written down.\n\n"
            "What to do: show the original to %(council)s in person or on a video call, or let them use the "
            "Update Service. They write down only that they saw it, and when.\n\n"
            "If the file was meant to prove something else, such as insurance or training, please send that "
            "certificate instead."
        )
        % {"council": council.full_name},
    )


@transaction.atomic
def set_policy(
    *,
    council: Council,
    by: User,
    kind: str,
    of_all: bool,
    only_of: Collection[str] = (),
    renewal_months: int | None,
    check_months: int | None = None,
) -> None:
    """What a council asks for: of everybody, of those who do certain things (`only_of`, categories), or of nobody.

    A new number of months counts from the next certificate on.
    """
    Council.objects.select_for_update().get(pk=council.pk)
    months = {"renewal_months": renewal_months, "check_months": check_months}
    row, _made = CheckPolicy.objects.update_or_create(
        council=council, kind=kind, category=None, defaults={"asked_for": of_all, **months}
    )
    CheckPolicy.objects.filter(council=council, kind=kind, category__isnull=False).delete()
    CheckPolicy.objects.bulk_create(
        CheckPolicy(council=council, kind=kind, category_id=code, asked_for=True, **months) for code in set(only_of)
    )
    record("council.asks_for", by=by, target=row, council=council, fields=["asked_for", "categories", *months])


def _copies_of(evidence: Evidence) -> tuple[list[Evidence], list[DraftFile]]:
    """The upload and its twins: a corrected claim takes the proof of the earlier one along; another may wait unsent.

    The same upload is written anew to the same bytes each time, so twins are found by their content.
    """
    provider, wanted = evidence.credential.provider_id, _content_of(evidence)
    like_it = {"size": evidence.size, "content_type": evidence.content_type}
    kept = Evidence.objects.filter(credential__provider=provider, purged_at__isnull=True, **like_it)
    unsent = DraftFile.objects.filter(draft__provider=provider, **like_it).exclude(file="")
    return (
        [other for other in kept if other.pk == evidence.pk or _content_of(other) == wanted],
        [other for other in unsent if _content_of(other) == wanted],
    )


def _content_of(stored: Evidence | DraftFile) -> bytes:
    try:
        with stored.file.open("rb") as opened:
            content: bytes = opened.read()
            return content
    except FileNotFoundError:
        return b""


def _replace_older(credential: Credential, now: datetime.datetime) -> None:
    """A renewal that a council has seen takes the place of what it renews, once it is in force itself."""
    if credential.starts_on > timezone.localdate():
        return
    older = credential.renews
    while older is not None and older.replaced_at is None:
        older.replaced_at = now
        older.save(update_fields=["replaced_at"])
        older = older.renews


def _bring_back_older(credential: Credential) -> None:
    """What this one had replaced holds again, now that it does not stand itself: to the moment, those and no others."""
    moments = Check.objects.filter(credential=credential, outcome=CheckOutcome.SEEN).values("recorded_at")
    Credential.every.filter(provider=credential.provider_id, kind=credential.kind, replaced_at__in=moments).exclude(
        pk=credential.pk
    ).update(replaced_at=None)


def _refuse_unless_checker(by: User, council: Council, provider: Provider) -> None:
    """A checker of that council, and a council that this provider has come to and not left."""
    if not is_looked_at_by(provider, councils_where(by, Permission.CHECK_PROVIDERS).filter(pk=council.pk)):
        raise PermissionDenied(Permission.CHECK_PROVIDERS.value)


def _record(
    verb: str,
    by: User | None,
    target: Credential | Evidence | DbsRecord,
    provider: Provider,
    council: Council | None = None,
) -> None:
    record(verb, by=by, target=target, council=council or provider.home_council_id, provider_id=provider.pk)
