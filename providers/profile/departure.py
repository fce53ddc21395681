"""A provider leaves as a business: it is gone from the public at once, and everything personal is gone for good.

Rows that others point at stay, with nothing in them: the audit names the provider by its id, a shortlist and a locked
summary name its services by theirs. That a council saw a paper, on what day and how, is the council's own record; it
stays for six years without the name and without the paper (`providers.profile.retention`).
"""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Callable

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from providers.credentials.storage import discard
from providers.joining.actions import delete_draft
from providers.listings.actions import unlist_provider
from providers.models import (
    AnswerTime,
    Availability,
    Check,
    Confirmation,
    Correction,
    CouncilListing,
    Coverage,
    Credential,
    DbsRecord,
    Draft,
    Enquiry,
    Evidence,
    FieldChange,
    Identifier,
    ImportedRow,
    PartnerWish,
    PassportLink,
    PriceExtra,
    Provider,
    ProviderClaim,
    ProviderInvitation,
    ProviderMembership,
    Recommendation,
    RecommendationInvitation,
    Reference,
    Service,
    Submission,
    TwinAnswer,
    Version,
    WeeklyFigure,
    WeeklyHours,
)
from providers.models.provider import LegalForm
from providers.models.service import RegulatoryBasis
from providers.teams.departure import leave_teams
from registry.audit.actions import record
from registry.mail.actions import queue
from registry.models import OutgoingMail, User

# No name at all would break the pages of a council that looked at it once.
NAME = "A provider that has left"
SERVICE = "A service that has ended"
REASON = "Taken away when the provider left."

# What is of use to nobody once the provider is gone.
GOES_WHOLE: list[type[models.Model]] = [
    FieldChange,
    Version,
    DbsRecord,
    Reference,
    Identifier,
    PassportLink,
    WeeklyFigure,
    ProviderInvitation,
    ProviderClaim,
    TwinAnswer,
    Confirmation,
    Enquiry,
    AnswerTime,
    # With the provider's replies.
    Recommendation,
    RecommendationInvitation,
    Correction,
    ImportedRow,
    PartnerWish,
]
GOES_WITH_A_SERVICE: list[type[models.Model]] = [Coverage, Availability, WeeklyHours, PriceExtra]

# What a floor above does when a provider leaves, inside the same transaction, while it still stands in its teams.
DepartureStep = Callable[[Provider, User, datetime.datetime], None]
_steps: list[DepartureStep] = []


def add_departure_step(step: DepartureStep) -> None:
    _steps.append(step)


@transaction.atomic
def leave_as_business(*, provider: Provider, by: User, now: datetime.datetime) -> None:
    """Take it from the public's sight, blank it, destroy its files. A second press finds nothing to do."""
    held = Provider.every.select_for_update(of=("self",)).get(pk=provider.pk)
    if held.left_at is not None:
        return
    if held.listed_at is not None:
        unlist_provider(provider=held, by=by)
    for step in _steps:
        step(held, by, now)
    people = list(ProviderMembership.objects.current().filter(provider=held).select_related("user"))
    _forget_mail(held, people, now)
    _end_what_runs(held, people, by, now)
    _destroy_files(held, by, now)
    for kind in GOES_WHOLE:
        kind._default_manager.filter(provider=held).delete()
    _blank_services(held, now)
    _blank_checked_papers(held)
    _blank_provider(held, now)
    leave_teams(provider=held, now=now)
    record("provider.left", by=by, target=held, council=held.home_council_id, provider_id=held.pk)
    _say_goodbye(people)


def _end_what_runs(provider: Provider, people: list[ProviderMembership], by: User, now: datetime.datetime) -> None:
    """Nobody runs it, no council lists it, nothing waits for a decision."""
    for membership in people:
        ProviderMembership.objects.filter(pk=membership.pk).update(ended_at=now)
        record("provider.membership_ended", by=by, target=membership, provider_id=provider.pk)
    CouncilListing.objects.filter(provider=provider, ended_at__isnull=True).update(ended_at=now, ended_by=by)
    CouncilListing.objects.filter(provider=provider).update(reason="")
    for waiting in Submission.objects.waiting().filter(provider=provider):
        record("submission.taken_back", by=by, target=waiting, council=waiting.council_id, provider_id=provider.pk)
        waiting.delete()
    decided = Submission.objects.filter(provider=provider)
    decided.update(answer="")
    # The database keeps a reason beside every "sent back"; what it said is not kept.
    decided.exclude(reason="").update(reason=REASON)


def _destroy_files(provider: Provider, by: User, now: datetime.datetime) -> None:
    meant_for_it = Q(provider__isnull=True, for_email__iexact=provider.email) & ~Q(for_email="")
    for draft in Draft.objects.filter(Q(provider=provider) | meant_for_it):
        delete_draft(draft=draft, by=by)
    for evidence in Evidence.objects.filter(credential__provider=provider, purged_at__isnull=True):
        discard(evidence, now=now)


def _blank_services(provider: Provider, now: datetime.datetime) -> None:
    services = Service.every.filter(provider=provider)
    for kind in GOES_WITH_A_SERVICE:
        kind._default_manager.filter(service__in=services).delete()
    Service.categories.through.objects.filter(service__in=services).delete()
    services.filter(ended_at__isnull=True).update(ended_at=now)
    services.update(
        name=SERVICE,
        description="",
        client_groups=[],
        delivery=[],
        languages=[],
        payers=[],
        accessibility=[],
        source_says=[],
        price_pence=None,
        price_unit="",
        price_note="",
        minimum_minutes=None,
        regulatory_basis=RegulatoryBasis.NOT_KNOWN,
        regulator="",
        registration_number="",
    )


def _blank_checked_papers(provider: Provider) -> None:
    """What a council has looked at stays as its record: kind, dates, sum. What nobody looked at goes."""
    papers = Credential.every.filter(provider=provider)
    papers.filter(checks__isnull=True).delete()
    papers.update(issuer="", reference="")
    Check.objects.filter(credential__provider=provider).update(note="")


def _blank_provider(provider: Provider, now: datetime.datetime) -> None:
    """The source of an imported record and its number there stay: without them the next import would bring it back."""
    Provider.every.filter(pk=provider.pk).update(
        left_at=now,
        slug=f"left-{uuid.uuid4().hex}",
        name=NAME,
        legal_form=LegalForm.UNKNOWN,
        people=None,
        employs_anyone=None,
        run_by_members=None,
        about="",
        phone="",
        email="",
        website="",
        prefers_calls=False,
        base_postcode="",
        town="",
    )


def _forget_mail(provider: Provider, people: list[ProviderMembership], now: datetime.datetime) -> None:
    """What was sent is blanked where it tells of the provider; what waits to go out for it is not sent."""
    told = Q(body__contains=f"/{provider.slug}/") | Q(body__contains=provider.name) | Q(subject__contains=provider.name)
    addressed = Q(to__in=[membership.user.email for membership in people])
    addressed |= Q(to__in=Reference.objects.filter(provider=provider).values("customer_email"))
    addressed |= Q(to__in=Enquiry.objects.filter(provider=provider).values("email"))
    addressed |= Q(to__in=RecommendationInvitation.objects.filter(provider=provider).values("email"))
    addressed |= Q(to__in=Recommendation.objects.filter(provider=provider).values("email"))
    addressed |= Q(to__in=ProviderInvitation.objects.filter(provider=provider).values("email"))
    # A name may be a word like any other: beside its slug, it tells of this provider only to those who know it.
    ours = (addressed & told) | Q(body__contains=f"/{provider.slug}/")
    if provider.email:
        ours |= Q(to__iexact=provider.email)
        told |= Q(to__iexact=provider.email) | Q(body__icontains=provider.email)
    kept = OutgoingMail.objects.exclude(to="")
    kept.filter(ours, sent_at__isnull=True, given_up_at__isnull=True).update(given_up_at=now)
    over = Q(sent_at__isnull=False) | Q(given_up_at__isnull=False)
    kept.filter(told, over).update(to="", subject="", body="", reply_to="")


def _say_goodbye(people: list[ProviderMembership]) -> None:
    for membership in people:
        queue(
            to=membership.user.email,
            subject=_("A listing that you helped to run has ended"),
            body=_(
                "The listing has been taken away for good. Families cannot see it, and what it said, its files and its "
                "contact details are deleted.\n\n"
                "Your own account stays. You can close it on the page of your account, or list what you do again."
            ),
        )


def purge_left(today: datetime.date, kept: datetime.timedelta) -> int:
    """End what was kept of those that left longer ago than `kept`: checks, papers, listings, decisions."""
    gone = Q(provider__left_at__date__lt=today - kept)
    papers = Credential.every.filter(gone)
    # One that relies on another keeps it from going, so these go first.
    ended = Check.objects.filter(credential__in=papers, relies_on__isnull=False).delete()[0]
    ended += papers.delete()[0]
    ended += Submission.objects.filter(gone).delete()[0]
    return ended + CouncilListing.objects.filter(gone).delete()[0]
