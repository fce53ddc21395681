"""What those who run a provider do through the API: see what is theirs, say how much space there is, confirm."""

from __future__ import annotations

import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from providers.access import PROVIDER_ROLES, get_provider, providers_of
from providers.api.documents import described
from providers.api.endpoint import Endpoint
from providers.api.facts import Facts, told
from providers.api.failures import Conflict
from providers.api.said import AvailabilityInputSerializer
from providers.api.shapes import AvailabilitySerializer, ConfirmationSerializer, MeSerializer
from providers.confirming.actions import confirm
from providers.joining.changes import say_at_once
from providers.listings.freshness import good_until
from providers.models import Availability, Provider, ProviderMembership, Service
from providers.models.provider_membership import ProviderRole
from registry.access.permissions import COUNCIL_ROLES, Permission
from registry.models import CouncilMembership, User
from registry.models.council_membership import CouncilRole

MUST_BE_KNOWN: list[Any] = [{"key": []}, {"session": []}]


class Me(Endpoint):
    permission_classes = (IsAuthenticated,)

    @described("read_me", "Your own", MeSerializer, auth=MUST_BE_KNOWN)
    def get(self, request: Request) -> Response:
        """What the caller may do: which providers they help to run, in which councils they work."""
        user = _signed_in(request)
        return Response({"providers": _my_providers(user), "councils": _my_councils(user)})


def _my_providers(user: User) -> list[Facts]:
    parts = ProviderMembership.objects.current().filter(user=user, provider__in=providers_of(user))
    return [
        {
            "id": str(part.provider_id),
            "name": part.provider.name,
            "may": sorted(each.name.lower() for each in PROVIDER_ROLES[ProviderRole(part.role)].permissions),
        }
        for part in parts.select_related("provider").order_by("provider_id")
    ]


def _my_councils(user: User) -> list[Facts]:
    may: dict[str, set[str]] = {}
    names: dict[str, str] = {}
    parts = CouncilMembership.objects.current().filter(user=user, council__switched_on_on__isnull=False)
    for part in parts.select_related("council").defer("council__boundary").order_by("council_id"):
        names[part.council_id] = part.council.full_name
        permissions = COUNCIL_ROLES[CouncilRole(part.role)].permissions
        may.setdefault(part.council_id, set()).update(each.name.lower() for each in permissions)
    return [{"code": code, "name": names[code], "may": sorted(found)} for code, found in may.items()]


class ServiceAvailability(Endpoint):
    def get_permissions(self) -> list[Any]:
        return [IsAuthenticated()] if self.request.method == "PATCH" else list(super().get_permissions())

    @described("read_availability", "Services", AvailabilitySerializer, also=(404,))
    def get(self, request: Request, id: UUID) -> Response:
        """Whether there is space, and the day somebody last said so."""
        open_ones = Service.listed.filter(provider__out_of_feed_since__isnull=True)
        mine = Service.every.approved().filter(provider__in=providers_of(request.user))
        if not (open_ones.filter(pk=id).exists() or mine.filter(pk=id).exists()):
            raise Http404
        return Response(_availability(id))

    @described(
        "say_availability",
        "Your own",
        AvailabilitySerializer,
        also=(400, 404, 409, 415),
        kept=False,
        request=AvailabilityInputSerializer,
        auth=MUST_BE_KNOWN,
    )
    def patch(self, request: Request, id: UUID) -> Response:
        """Say whether there is space. It is live at once, and counts as said today.

        Send `space`: now, waiting, full or away; with away also `away_until`, the day they are back; `hours_free` in
        a week goes with any of them or alone. For those who may change what the provider says.
        """
        user = _signed_in(request)
        service = _my_service(user, id)
        said = AvailabilityInputSerializer(data=request.data)
        said.is_valid(raise_exception=True)
        _refuse_what_cannot_be(service, said.validated_data, timezone.localdate())
        say_at_once(service=service, by=user, now=timezone.now(), when=said.as_answers())
        return Response(_availability(id))


def _my_service(user: User, service_id: UUID) -> Service:
    service = Service.every.approved().select_related("provider").filter(pk=service_id).first()
    if service is None:
        raise Http404
    get_provider(user, service.provider.slug, Permission.EDIT_PROVIDER)
    return service


def _refuse_what_cannot_be(service: Service, said: Facts, today: datetime.date) -> None:
    _refuse_unless_listed(service.provider)
    back = said.get("away_until")
    if back is not None and back <= today:
        raise Conflict(_("The date you are back must be after today."))
    most = 168 * (service.provider.people or 1)
    if (said.get("hours_free") or 0) > most:
        raise Conflict(_("There are not so many hours in a week for as many people as you are."))


def _refuse_unless_listed(provider: Provider) -> None:
    if not Provider.listed.filter(pk=provider.pk).exists():
        raise Conflict(_("Your listing is not up, so there is nothing to change or to confirm."))


def _availability(service_id: UUID) -> Facts:
    said = Availability.objects.filter(service=service_id).first() or Availability(service_id=service_id)
    facts = {
        "service_id": str(service_id),
        "space": said.space,
        "away_until": said.away_until.isoformat() if said.away_until else None,
        "hours_free": said.hours_free,
        "days": said.days,
        "parts": said.parts,
        "confirmed_on": said.confirmed_on.isoformat() if said.confirmed_on else None,
    }
    return told(facts)


class ProviderConfirmation(Endpoint):
    permission_classes = (IsAuthenticated,)

    @described(
        "confirm_provider",
        "Your own",
        ConfirmationSerializer,
        also=(404, 409),
        kept=False,
        request=None,
        auth=MUST_BE_KNOWN,
    )
    def post(self, request: Request, id: UUID) -> Response:
        """Say that all that the public reads is still right: good for 90 days. Twice in a day is once.

        For those who may change what the provider says.
        """
        user = _signed_in(request)
        slug = Provider.every.filter(pk=id).values_list("slug", flat=True).first()
        provider = get_provider(user, slug or "", Permission.EDIT_PROVIDER)
        _refuse_unless_listed(provider)
        confirmed = confirm(provider=provider, by=user, now=timezone.now())
        day = timezone.localdate(confirmed.confirmed_at)
        facts = {"provider_id": str(id), "confirmed_on": day.isoformat(), "good_until": good_until(day).isoformat()}
        return Response(facts)


def _signed_in(request: Request) -> User:
    """The person of a request that has passed `IsAuthenticated`."""
    user: User | AnonymousUser = request.user
    assert isinstance(user, User)
    return user
