"""Providers come only through these getters: not yours is 404, yours but not allowed is 403."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from providers.models import CouncilListing, Credential, Evidence, Provider, ProviderMembership, Submission
from providers.models.provider_membership import ProviderRole
from registry.access.getters import councils_of, councils_where, get_council
from registry.access.permissions import Permission, Role
from registry.models import Council, User

PROVIDER_ROLES = {
    ProviderRole.OWNER: Role(
        "owner",
        _("Runs the provider and decides who else may."),
        frozenset(
            {
                Permission.SEE_PROVIDER,
                Permission.EDIT_PROVIDER,
                Permission.MANAGE_PROVIDER_PEOPLE,
                Permission.ANSWER_FOR_PROVIDER,
                Permission.TEAM_UP,
            }
        ),
    ),
    ProviderRole.EDITOR: Role(
        "editor",
        _("Changes what the provider says."),
        frozenset({Permission.SEE_PROVIDER, Permission.EDIT_PROVIDER}),
    ),
    ProviderRole.READER: Role("reader", _("Reads, and changes nothing."), frozenset({Permission.SEE_PROVIDER})),
}


def providers_of(user: User | AnonymousUser) -> QuerySet[Provider]:
    if not isinstance(user, User):
        return Provider.every.none()
    mine = ProviderMembership.objects.current().filter(user=user)
    return Provider.every.filter(pk__in=mine.values("provider"), left_at__isnull=True)


def get_provider(user: User | AnonymousUser, slug: str, permission: Permission) -> Provider:
    """The provider with this slug, if the person helps to run it and may do this there."""
    provider = providers_of(user).filter(slug=slug).first()
    if provider is None:
        raise Http404("No such provider for this person")
    membership = ProviderMembership.objects.current().get(user=user.pk, provider=provider)
    if permission not in PROVIDER_ROLES[ProviderRole(membership.role)].permissions:
        raise PermissionDenied(permission.value)
    return provider


def may(user: User | AnonymousUser, provider: Provider, permission: Permission) -> bool:
    """For what a page offers; what it does goes through `get_provider`."""
    mine = ProviderMembership.objects.current().filter(user=user.pk, provider=provider).first()
    return mine is not None and permission in PROVIDER_ROLES[ProviderRole(mine.role)].permissions


def submissions_of(councils: QuerySet[Council]) -> QuerySet[Submission]:
    """What was sent to these councils. One that a provider has left, or moved away from, reads no more of it.

    Of a business that is gone, nothing personal is left to read.
    """
    theirs = Q(decided_at__isnull=True) | Q(provider__in=looked_at_by(councils)) | Q(provider__left_at__isnull=False)
    return Submission.objects.filter(theirs, council__in=councils)


def get_submission(user: User | AnonymousUser, submission_id: str, permission: Permission) -> Submission:
    """A submission to a council in which the person has a role that carries the permission."""
    submissions = submissions_of(councils_of(user)).select_related("provider", "council")
    submission = submissions.filter(pk=submission_id).first()
    if submission is None:
        raise Http404("No such submission for this person")
    if not councils_where(user, permission).filter(pk=submission.council_id).exists():
        raise PermissionDenied(permission.value)
    return submission


def looked_at_by(councils: QuerySet[Council]) -> QuerySet[Provider]:
    """The providers whose papers these councils may look at: on their list, asked to be, sent, or at home there.

    Its home council is the one to which a provider came first; once it has left that list, this ends too.
    """
    mine = {"provider": OuterRef("pk"), "council__in": councils}
    on_list_or_asked = CouncilListing.objects.filter(**mine, ended_at__isnull=True)
    sent = Submission.objects.waiting().filter(**mine)
    left = CouncilListing.objects.filter(
        provider=OuterRef("pk"), council=OuterRef("home_council"), ended_at__isnull=False
    )
    at_home = Q(home_council__in=councils) & ~Q(Exists(left))
    return Provider.every.filter(Exists(on_list_or_asked) | Exists(sent) | at_home, left_at__isnull=True)


def is_looked_at_by(provider: Provider, councils: QuerySet[Council]) -> bool:
    return looked_at_by(councils).filter(pk=provider.pk).exists()


def get_credential_of(user: User | AnonymousUser, code: str, credential_id: str) -> tuple[Council, Credential]:
    """A credential that a council looks at, for a checker of that council."""
    council = get_council(user, code, Permission.CHECK_PROVIDERS)
    mine = Credential.every.filter(provider__in=looked_at_by(Council.objects.filter(pk=council.pk)))
    credential = mine.select_related("provider").filter(pk=credential_id).first()
    if credential is None:
        raise Http404("Not for this council to look at")
    return council, credential


def get_council_listing(user: User | AnonymousUser, listing_id: str, permission: Permission) -> CouncilListing:
    """What a provider asked of a council, or the place it has on its list, for the staff of that council."""
    rows = CouncilListing.objects.select_related("provider", "council").filter(ended_at__isnull=True)
    listing = rows.filter(pk=listing_id, council__in=councils_of(user)).first()
    if listing is None:
        raise Http404("Nothing was asked of a council of this person")
    if not councils_where(user, permission).filter(pk=listing.council_id).exists():
        raise PermissionDenied(permission.value)
    return listing


def get_evidence(user: User | AnonymousUser, evidence_id: str) -> Evidence:
    """A stored certificate, for those who run its provider and the checkers of the councils that look at it."""
    evidence = Evidence.objects.select_related("credential__provider").filter(pk=evidence_id).first()
    if evidence is None or evidence.purged_at is not None:
        raise Http404("No such evidence")
    provider = evidence.credential.provider
    if providers_of(user).filter(pk=provider.pk).exists():
        return evidence
    if is_looked_at_by(provider, councils_where(user, Permission.CHECK_PROVIDERS)):
        return evidence
    if is_looked_at_by(provider, councils_of(user)):
        raise PermissionDenied(Permission.CHECK_PROVIDERS.value)
    raise Http404("No such evidence for this person")


def spoken_for_by(councils: QuerySet[Council]) -> QuerySet[Provider]:
    """The providers about whom these councils decide what the public may say: at home there, or on their list today.

    A council that is only asked to list somebody has no say in that yet.
    """
    on_list = CouncilListing.objects.current().filter(provider=OuterRef("pk"), council__in=councils)
    left = CouncilListing.objects.filter(
        provider=OuterRef("pk"), council=OuterRef("home_council"), ended_at__isnull=False
    )
    at_home = Q(home_council__in=councils) & ~Q(Exists(left))
    return Provider.every.filter(Exists(on_list) | at_home, left_at__isnull=True)


def council_that_decides(user: User | AnonymousUser, provider: Provider) -> Council:
    """The council for which this person decides what is said of the provider in public; its home council first."""
    known = spoken_for_by(councils_of(user)).filter(pk=provider.pk)
    if not known.exists():
        raise Http404("No provider of a council of this person")
    mine = councils_where(user, Permission.CHECK_PROVIDERS).defer("boundary")
    deciding = [
        council for council in mine if spoken_for_by(Council.objects.filter(pk=council.pk)).filter(pk=provider.pk)
    ]
    if not deciding:
        raise PermissionDenied(Permission.CHECK_PROVIDERS.value)
    return next((council for council in deciding if council.pk == provider.home_council_id), deciding[0])
