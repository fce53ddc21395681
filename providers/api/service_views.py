"""One service: what it is, and where it goes."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response

from providers.api.coverage import coverage_facts
from providers.api.documents import described
from providers.api.endpoint import Endpoint
from providers.api.facts import service_facts
from providers.api.loading import Loaded, load_services
from providers.api.shapes import CoverageSerializer, ServiceSerializer
from providers.finding import wording


class ServiceDetail(Endpoint):
    @described("read_service", "Services", ServiceSerializer, also=(404,))
    def get(self, request: Request, id: UUID) -> Response:
        """One listed service, as a council last approved it."""
        loaded = _loaded(id)
        ways = [wording.where(way) for way in loaded.service["coverage"]]
        return Response(service_facts(loaded, ways, timezone.localdate()))


class ServiceCoverage(Endpoint):
    @described("read_coverage", "Services", CoverageSerializer, also=(404,))
    def get(self, request: Request, id: UUID) -> Response:
        """Where a service goes: each way in words and codes, and as GeoJSON.

        A circle stands around the middle of a postcode district and not around the base, which is more often than not
        somebody's home.
        """
        return Response(coverage_facts(id, _loaded(id).service["coverage"]))


def _loaded(service_id: UUID) -> Loaded:
    found = load_services([service_id], timezone.localdate()).get(service_id)
    if found is None:
        raise Http404
    return found
