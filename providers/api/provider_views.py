"""Providers, one by one and page after page."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from rest_framework.request import Request
from rest_framework.response import Response

from providers.api.credentials import credentials_seen_by
from providers.api.documents import described, text, whole
from providers.api.endpoint import Endpoint
from providers.api.facts import provider_facts
from providers.api.forms import ProvidersForm, cleaned
from providers.api.loading import contents_of, open_providers
from providers.api.shapes import CredentialsSerializer, ProviderSerializer, ProvidersSerializer
from providers.models import CouncilListing

UUID_FORM = "^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$"
ASKED = (
    text("council", "ONS code of a council: those on its list, or based there", pattern="^[A-Z][0-9]{8}$"),
    text("after", "The id of the last provider that you have", pattern=UUID_FORM),
    whole("per_page", "How many on a page", minimum=1, maximum=100, default=50),
)


class ProviderList(Endpoint):
    @described("list_providers", "Providers", ProvidersSerializer, also=(400,), parameters=ASKED)
    def get(self, request: Request) -> Response:
        """All listed providers, in the order of their ids, so that reading on never loses or repeats one.

        Those who would rather not be in open data are found on the website alone.
        """
        asked = cleaned(ProvidersForm(request.query_params))
        most = asked["per_page"] or 50
        ids = _ids(asked["council"], asked["after"], most + 1)
        shown = ids[:most]
        contents = contents_of(shown)
        facts = {"results": [provider_facts(pk, contents[pk]) for pk in shown if pk in contents]}
        if len(ids) > most:
            facts["next"] = _next(asked["council"], shown[-1], most)  # type: ignore[assignment]
        return Response(facts)


def _ids(council: str, after: UUID | None, most: int) -> list[UUID]:
    """The first so many after one. Two walks of an index instead of one condition that no index answers."""
    providers = open_providers().order_by("pk")
    if after:
        providers = providers.filter(pk__gt=after)
    if not council:
        return list(providers.values_list("pk", flat=True)[:most])
    lists = CouncilListing.objects.current().filter(council=council).values("provider")
    here = providers.filter(home_council=council).values_list("pk", flat=True)[:most]
    on_the_list = providers.filter(pk__in=lists).values_list("pk", flat=True)[:most]
    return sorted({*here, *on_the_list})[:most]


def _next(council: str, last: UUID, most: int) -> str:
    query = {"after": str(last), "per_page": str(most)} | ({"council": council} if council else {})
    return f"{settings.SITE_URL}{reverse('api_providers')}?{urlencode(query)}"


class ProviderDetail(Endpoint):
    @described("read_provider", "Providers", ProviderSerializer, also=(404,))
    def get(self, request: Request, id: UUID) -> Response:
        """One listed provider, as a council last approved it."""
        content = contents_of([id]).get(id) if open_providers().filter(pk=id).exists() else None
        if content is None:
            raise Http404
        return Response(provider_facts(id, content))


class ProviderCredentials(Endpoint):
    @described("read_credentials", "Providers", CredentialsSerializer, also=(404,))
    def get(self, request: Request, id: UUID) -> Response:
        """What a provider holds, and who saw proof of it.

        Everybody reads what a council saw, which one, and on what day. The provider's own people read all of theirs;
        so do the checkers of the councils that look at it. Of a DBS certificate others read that it was seen, and only
        with the provider's own yes. Listed is not recommended.
        """
        return Response(credentials_seen_by(request.user, id, timezone.localdate()))
