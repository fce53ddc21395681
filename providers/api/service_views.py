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
from providers.api.shapes import CoverageSerializer, ServiceSerializer
from providers.finding.results import Result, results, rows_among
from providers.models import Listing


class ServiceDetail(Endpoint):
    @described("read_service", "Services", ServiceSerializer, also=(404,))
    def get(self, request: Request, id: UUID) -> Response:
        """One listed service, as a council last approved it."""
        return Response(service_facts(_result(id)))


class ServiceCoverage(Endpoint):
    @described("read_coverage", "Services", CoverageSerializer, also=(404,))
    def get(self, request: Request, id: UUID) -> Response:
        """Where a service goes: each way in words and codes, and as GeoJSON.

        A circle stands around the middle of a postcode district and not around the base, which is more often than not
        somebody's home.
        """
        return Response(coverage_facts(id, _result(id).service["coverage"]))


def _result(service_id: UUID) -> Result:
    rows = rows_among(Listing.listed.in_open_feed().filter(pk=service_id))
    if not rows:
        raise Http404
    return results(rows, None, timezone.localdate())[0]
