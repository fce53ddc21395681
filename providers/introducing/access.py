"""Claims and drafts come only through these getters: not yours is 404, yours but not allowed is 403."""

from __future__ import annotations

import uuid

from django.core.exceptions import PermissionDenied
from django.db.models import F, QuerySet
from django.http import Http404

from providers.introducing.duplicates import Twin, described, twins_of, unanswered
from providers.joining.access import get_walk
from providers.joining.flow import Walk
from providers.models import Draft, Provider, ProviderClaim, ProviderMembership
from registry.access.getters import councils_of, councils_where
from registry.access.permissions import Permission
from registry.models import Council, User


def get_registration(user: User) -> tuple[Walk, Draft] | None:
    """What the person is registering now: nothing of what was sent is asked about again."""
    walk = get_walk(user)
    return (walk, walk.draft) if walk.draft is not None and walk.provider is None else None


def to_ask(walk: Walk, draft: Draft, user: User) -> list[Twin]:
    return unanswered(draft, walk.said, user)


def said_yes_to(walk: Walk, draft: Draft, user: User) -> list[Twin]:
    """Those the person said are theirs, as far as they may still know of them."""
    ids = set(draft.twin_answers.filter(is_us=True).values_list("provider", flat=True))
    return [twin for twin in twins_of(described(walk.said), user) if twin.provider.pk in ids] if ids else []


def get_twin(user: User, provider_id: uuid.UUID) -> tuple[Walk, Draft, Provider]:
    """A listing that looks like what this person registers. Others do not exist here, so that nobody can probe."""
    if found := get_registration(user):
        walk, draft = found
        known = [*to_ask(walk, draft, user), *said_yes_to(walk, draft, user)]
        for twin in known:
            if twin.provider.pk == provider_id and not twin.is_mine:
                return walk, draft, twin.provider
    raise Http404("Nothing that looks like what this person registers")


def get_claim(user: User, claim_id: uuid.UUID) -> ProviderClaim:
    """A claim that waits for the council of a checker."""
    claims = ProviderClaim.objects.select_related("provider", "user", "council")
    claim = claims.filter(pk=claim_id, council__in=councils_of(user)).first()
    if claim is None:
        raise Http404("No such claim for this person")
    if not councils_where(user, Permission.CHECK_PROVIDERS).filter(pk=claim.council_id).exists():
        raise PermissionDenied(Permission.CHECK_PROVIDERS.value)
    return claim


def claims_of(councils: QuerySet[Council]) -> QuerySet[ProviderClaim]:
    """What waits first, the longest waiting at the top; then what was decided last."""
    claims = ProviderClaim.objects.filter(council__in=councils).select_related("provider", "user", "council")
    return claims.order_by(F("decided_at").desc(nulls_first=True), "claimed_at")


def people_today(provider: Provider) -> QuerySet[ProviderMembership]:
    return ProviderMembership.objects.current().filter(provider=provider).select_related("user").order_by("started_at")


def get_introduction(user: User, draft_id: uuid.UUID) -> Draft:
    """What a council of this person began and nobody has taken over: from then on it is none of the council's."""
    begun = Draft.objects.filter(user=None, provider=None, begun_for__in=councils_of(user)).select_related("begun_for")
    draft = begun.filter(pk=draft_id).first()
    if draft is None:
        raise Http404("No such registration for this person")
    if not councils_where(user, Permission.INTRODUCE_PROVIDERS).filter(pk=draft.begun_for_id).exists():
        raise PermissionDenied(Permission.INTRODUCE_PROVIDERS.value)
    return draft


def introductions_of(councils: QuerySet[Council]) -> QuerySet[Draft]:
    """The newest first; nothing of what stands in them, for most are somebody's own by now."""
    begun = Draft.objects.filter(begun_for__in=councils).exclude(for_email="")
    return begun.select_related("begun_for", "begun_by").order_by("-started_at", "pk")
