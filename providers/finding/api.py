"""The open feed: the families' search as JSON, and the vocabulary. Anonymous, read only, open to every origin.

A provider who would rather not be in it is found on the website alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import path
from django.utils import timezone
from django_filters.rest_framework import DjangoFilterBackend
from drf_spectacular.utils import OpenApiResponse, extend_schema, extend_schema_field
from rest_framework import generics, serializers
from rest_framework.pagination import PageNumberPagination
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import AnonRateThrottle

from providers.finding import open_facts
from providers.finding.results import Result, results, rows_of, with_versions
from providers.listings.filters import ListingFilter
from providers.listings.search import Hit, Question, ask
from providers.meaning.vocabulary import Term, vocabulary
from providers.models import Listing

TOO_MANY = OpenApiResponse(description="Too many requests; the header Retry-After says when to ask again")
BAD = OpenApiResponse(description="What is wrong with each parameter, in words")
MISSING = OpenApiResponse(description="No such service, or not listed today")


class PerMinute(AnonRateThrottle):
    rate = "120/min"


Facts = dict[str, Any]


class Open(generics.GenericAPIView[Any]):
    authentication_classes = ()
    permission_classes = (AllowAny,)
    throttle_classes = (PerMinute,)

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Response:
        answer = super().finalize_response(request, response, *args, **kwargs)
        answer["Access-Control-Allow-Origin"] = "*"
        # A search tells of somebody's health and home: no cache on the way keeps it.
        answer["Cache-Control"] = "private, max-age=0"
        return answer


class WithoutBlanks(serializers.Serializer[Any]):
    """What is not known is left out, and never null or empty (rule 14)."""

    def to_representation(self, instance: Any) -> dict[str, Any]:
        return {key: value for key, value in super().to_representation(instance).items() if value not in (None, "", [])}


class CostOptionSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    option = serializers.CharField(help_text="When this price holds: the usual one, at weekends, for travel ...")
    amount = serializers.FloatField(help_text="Pounds")
    amount_description = serializers.CharField(help_text="What it is for, like: an hour")


class ScheduleSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    freq = serializers.CharField()
    interval = serializers.IntegerField()
    byday = serializers.CharField(required=False, help_text="Days of the week as in iCalendar: MO,TU")
    # A string and no time: the standard's schema says so, and 24:00 is no time of day.
    opens_at = serializers.CharField(required=False, help_text="HH:MM by the clock in the United Kingdom")
    closes_at = serializers.CharField(required=False, help_text="HH:MM by the clock in the United Kingdom")
    description = serializers.CharField(required=False)


class LanguageSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    name = serializers.CharField()


class AccessibilitySerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    description = serializers.CharField()


class OrganizationIdentifierSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    identifier_scheme = serializers.CharField(required=False, help_text="Code of the register on org-id.guide")
    identifier_type = serializers.CharField()
    identifier = serializers.CharField()


class OrganizationSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    name = serializers.CharField()
    description = serializers.CharField()
    organization_identifiers = OrganizationIdentifierSerializer(many=True, required=False)


class ServiceSerializer(WithoutBlanks):
    """Fields that Open Referral UK 3.0 also has are in its form; the others are ours."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    status = serializers.SerializerMethodField()
    description = serializers.CharField(required=False)
    provider_name = serializers.CharField()
    provider_url = serializers.SerializerMethodField()
    why = serializers.ListField(
        child=serializers.CharField(), required=False, help_text="Each way in which it reaches the place, in words"
    )
    categories = serializers.ListField(
        child=serializers.CharField(), required=False, help_text="Names of kinds of help"
    )
    price = serializers.CharField(required=False)
    space = serializers.CharField()
    payers = serializers.ListField(child=serializers.CharField(), required=False, help_text="Who can pay")
    regulation = serializers.CharField()
    checks = serializers.ListField(
        source="checks.current",
        child=serializers.CharField(),
        required=False,
        help_text="What a council saw, which one, and on what day. Listed is not recommended",
    )
    cost_options = serializers.SerializerMethodField()
    schedules = serializers.SerializerMethodField()
    languages = serializers.SerializerMethodField()
    accessibility = serializers.SerializerMethodField()
    organization = serializers.SerializerMethodField()
    taken_from = serializers.CharField(
        source="source", required=False, help_text="The public list that an imported record comes from"
    )

    def get_status(self, result: Result) -> str:
        """What is listed is offered; one who is away or full says so in `space`."""
        return "active"

    @extend_schema_field(CostOptionSerializer(many=True))
    def get_cost_options(self, result: Result) -> list[Facts]:
        return open_facts.cost_options(result.service)

    @extend_schema_field(ScheduleSerializer(many=True))
    def get_schedules(self, result: Result) -> list[Facts]:
        return open_facts.schedules(result.service)

    @extend_schema_field(LanguageSerializer(many=True))
    def get_languages(self, result: Result) -> list[Facts]:
        return open_facts.languages(result.service)

    @extend_schema_field(AccessibilitySerializer(many=True))
    def get_accessibility(self, result: Result) -> list[Facts]:
        return open_facts.accessibility(result.service)

    @extend_schema_field(OrganizationSerializer)
    def get_organization(self, result: Result) -> Facts:
        return open_facts.organization(result.content, result.provider_id)

    def get_provider_url(self, result: Result) -> str:
        return str(self.context["request"].build_absolute_uri(f"/providers/{result.slug}/"))


class CategorySerializer(WithoutBlanks):
    code = serializers.CharField()
    group = serializers.CharField(source="parent", required=False, help_text="Code of the group it belongs to")
    name = serializers.CharField()
    definition = serializers.CharField()
    everyday_words = serializers.ListField(child=serializers.CharField())


class Paging(PageNumberPagination):
    page_size = 50
    page_size_query_param = "per_page"
    max_page_size = 100


class ServiceList(Open):
    """The services that reach a place and meet a need, nearest first. Without a postcode: all that meet the need."""

    serializer_class = ServiceSerializer
    filter_backends = (DjangoFilterBackend,)
    filterset_class = ListingFilter
    pagination_class = Paging
    queryset = Listing.listed.in_open_feed()

    @extend_schema(responses={200: ServiceSerializer(many=True), 400: BAD, 404: MISSING, 429: TOO_MANY})
    def get(self, request: Request) -> Response:
        asked = DjangoFilterBackend().get_filterset(request, self.get_queryset(), self)
        if not asked.is_valid():
            raise serializers.ValidationError(asked.errors)
        question = asked.question(timezone.localdate(), in_open_feed=True)
        page: Any = self.paginate_queryset(Found(question))  # type: ignore[arg-type]  # what a paginator needs of a list
        found = results(rows_of(page), asked.place, question.today)
        return self.get_paginated_response(self.get_serializer(found, many=True).data)


@dataclass(frozen=True)
class Found:
    """What a question finds, as a list that a paginator can cut."""

    question: Question

    def count(self) -> int:
        return ask(self.question, stop=0, facets=()).total

    def __getitem__(self, cut: slice) -> list[Hit]:
        return ask(self.question, start=cut.start, stop=cut.stop, facets=()).hits


class ServiceDetail(Open):
    """One listed service, as last approved."""

    serializer_class = ServiceSerializer
    queryset = with_versions(Listing.listed.in_open_feed())
    lookup_field = "service_id"
    lookup_url_kwarg = "id"

    @extend_schema(responses={200: ServiceSerializer, 404: MISSING, 429: TOO_MANY})
    def get(self, request: Request, id: str) -> Response:
        found = results([self.get_object()], None, timezone.localdate())
        return Response(self.get_serializer(found[0]).data)


class CategoryList(Open):
    """The published vocabulary of care and support, in two levels."""

    serializer_class = CategorySerializer
    pagination_class = None
    filter_backends = ()

    def get_queryset(self) -> Any:
        return vocabulary().terms

    @extend_schema(responses={200: CategorySerializer(many=True), 429: TOO_MANY})
    def get(self, request: Request) -> Response:
        terms: tuple[Term, ...] = self.get_queryset()
        return Response(self.get_serializer(terms, many=True).data)


urlpatterns = [path("services/", ServiceList.as_view(), name="api_services")]
