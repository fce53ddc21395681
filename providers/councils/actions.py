"""On which councils' lists a provider stands: asked, listed, ended, each dated and signed."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from providers.credentials.letters import write_to_provider
from providers.listings.actions import unlist_provider
from providers.models import CouncilListing, Provider, Submission
from registry.access.getters import councils_where
from registry.access.permissions import Permission
from registry.audit.actions import record
from registry.models import Council, User


class CannotAskError(Exception):
    """The provider is not shown today, or the council takes none."""


class HomeNeededError(Exception):
    """It leaves its home council and stays with several: it has to say which is its home from now on."""


class AlreadyEndedError(Exception):
    """Somebody else was quicker, or the provider took its asking back."""


@transaction.atomic
def ask(*, provider: Provider, council: Council, by: User, now: datetime.datetime) -> CouncilListing:
    """Ask another council to list the provider too. A second press finds the first one's row."""
    mine = Provider.every.select_for_update().get(pk=provider.pk)
    known = CouncilListing.objects.filter(provider=mine, council=council, ended_at__isnull=True).first()
    if known is not None:
        return known
    if not council.is_on or not Provider.listed.filter(pk=mine.pk).exists():
        raise CannotAskError
    listing = CouncilListing.objects.create(provider=mine, council=council, asked_at=now, asked_by=by)
    _record("provider.asked_council", by, listing)
    return listing


@transaction.atomic
def return_to(*, provider: Provider, council: Council, by: User, now: datetime.datetime) -> Submission:
    """Come back after leaving the last list: a council looks at everything again before families see it."""
    mine = Provider.every.select_for_update().get(pk=provider.pk)
    waiting = Submission.objects.waiting().filter(provider=mine).first()
    if waiting is not None:
        return waiting
    if not council.is_on or not may_return(mine):
        raise CannotAskError
    _make_home(mine, council)
    submission = Submission.objects.create(provider=mine, council=council, sent_at=now, sent_by=by)
    record("provider.sent", by=by, target=mine, council=council, provider_id=mine.pk)
    return submission


def may_return(provider: Provider) -> bool:
    """It was published once, and is on nobody's list now; who was taken down by a council stays down."""
    was_there = provider.versions.exists() and provider.listed_at is None
    return (
        was_there and provider.suspended_at is None and not CouncilListing.objects.current().filter(provider=provider)
    )


@transaction.atomic
def list_with(*, provider: Provider, council: Council, by: User | None, now: datetime.datetime) -> CouncilListing:
    """Put the provider on a council's list, asked or not; who stands there already stays since when it did."""
    listing = (
        CouncilListing.objects.select_for_update()
        .filter(provider=provider, council=council, ended_at__isnull=True)
        .first()
    ) or CouncilListing(provider=provider, council=council, asked_at=now)
    if listing.listed_at is None:
        listing.listed_at, listing.listed_by = now, by
        listing.save()
        _record("provider.listed_with", by, listing)
    return listing


@transaction.atomic
def accept(*, listing: CouncilListing, by: User, now: datetime.datetime) -> CouncilListing:
    """The council that was asked lists the provider too, and tells it so."""
    asked = _take(listing, by)
    is_new = asked.listed_at is None
    listed = list_with(provider=asked.provider, council=asked.council, by=by, now=now)
    if is_new:
        words = {"council": asked.council.full_name, "page": f"{settings.SITE_URL}/providers/{asked.provider.slug}/"}
        write_to_provider(
            asked.provider,
            subject=_("%(council)s lists you too") % words,
            body=_(
                "You asked %(council)s to list you, and it does from today. Your page says so:\n%(page)s\n\n"
                "There is nothing that you have to do. What you say and what you prove stay in one place."
            )
            % words,
        )
    return listed


@transaction.atomic
def say_no(*, listing: CouncilListing, by: User, reason: str, now: datetime.datetime) -> CouncilListing:
    """Not on this council's list, or no longer, with a reason that the provider reads. Other lists stay as they are."""
    theirs = _take(listing, by)
    if theirs.listed_at is not None and theirs.council_id == theirs.provider.home_council_id:
        # The home council takes the page itself down, with the warning that goes with it.
        raise PermissionDenied(Permission.CHECK_PROVIDERS.value)
    theirs.ended_at, theirs.ended_by, theirs.reason = now, by, reason.strip()
    theirs.save(update_fields=["ended_at", "ended_by", "reason"])
    _record("provider.refused_by_council", by, theirs, ["reason"])
    own_page = settings.SITE_URL + reverse("my_councils", args=[theirs.provider.slug])
    write_to_provider(
        theirs.provider,
        subject=_("An answer from %(council)s") % {"council": theirs.council.full_name},
        body=_(
            "%(council)s does not have you on its list:\n\n%(reason)s\n\nNothing else changes. You can mend it and "
            "ask again:\n%(page)s"
        )
        % {"council": theirs.council.full_name, "reason": theirs.reason, "page": own_page},
    )
    return theirs


@transaction.atomic
def leave(
    *, provider: Provider, council: Council, by: User, now: datetime.datetime, new_home: Council | None = None
) -> None:
    """Leave a council's list, or take back what was asked of it. With the last list the page comes down."""
    mine = Provider.every.select_for_update().get(pk=provider.pk)
    rows = CouncilListing.objects.select_for_update().filter(provider=mine, ended_at__isnull=True)
    row = rows.filter(council=council).first()
    if row is None:
        return
    others = [other.council_id for other in rows.current() if other.council_id != council.pk]
    if row.listed_at is not None and others and mine.home_council_id == council.pk:
        _move_home(mine, council, _chosen(others, new_home))
    row.ended_at, row.ended_by = now, by
    row.save(update_fields=["ended_at", "ended_by"])
    _record("provider.left_council", by, row)
    if row.listed_at is not None and not others:
        _take_down(mine, by, now)


@transaction.atomic
def end_all(*, provider: Provider, by: User | None, now: datetime.datetime) -> None:
    """The provider leaves altogether: it is on no list any more."""
    for row in CouncilListing.objects.select_for_update().filter(provider=provider, ended_at__isnull=True):
        row.ended_at, row.ended_by = now, by
        row.save(update_fields=["ended_at", "ended_by"])
        _record("provider.left_council", by, row)


def _chosen(others: list[str], new_home: Council | None) -> Council:
    if len(others) == 1:
        return Council.objects.get(pk=others[0])
    if new_home is None or new_home.pk not in others:
        raise HomeNeededError
    return new_home


def _move_home(provider: Provider, left: Council, council: Council) -> None:
    """What waits for the old home's decision goes along: nobody is left there to decide it."""
    _make_home(provider, council)
    Submission.objects.waiting().filter(provider=provider, council=left).update(
        council=council, taken_at=None, taken_by=None
    )


def _make_home(provider: Provider, council: Council) -> None:
    provider.home_council = council
    provider.save(update_fields=["home_council"])


def _take_down(provider: Provider, by: User, now: datetime.datetime) -> None:
    """Nobody is left who would answer for the page, or to decide what was sent or asked."""
    if provider.listed_at is not None:
        unlist_provider(provider=provider, by=by)
    end_all(provider=provider, by=by, now=now)
    for waiting in Submission.objects.waiting().select_for_update().filter(provider=provider):
        record("submission.taken_back", by=by, target=waiting, council=waiting.council_id, provider_id=provider.pk)
        waiting.delete()


def _take(listing: CouncilListing, by: User) -> CouncilListing:
    """The row, locked, for a checker of its council; of two who press at once, the second sees who was first."""
    if not councils_where(by, Permission.CHECK_PROVIDERS).filter(pk=listing.council_id).exists():
        raise PermissionDenied(Permission.CHECK_PROVIDERS.value)
    taken = CouncilListing.objects.select_for_update().get(pk=listing.pk)
    if taken.ended_at is not None:
        raise AlreadyEndedError
    return taken


def _record(verb: str, by: User | None, listing: CouncilListing, fields: list[str] | None = None) -> None:
    record(
        verb,
        by=by,
        target=listing,
        council=listing.council_id,
        provider_id=listing.provider_id,
        fields=fields or [],
    )
