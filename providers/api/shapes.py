"""The shapes of what the API gives, for its document. What is not known is left out, and never null or empty."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import PolymorphicProxySerializer, extend_schema_field
from rest_framework import serializers

from providers.api.facts import WAYS
from providers.meaning.vocabulary import vocabulary
from providers.models.availability import Space
from providers.models.check import CheckOutcome, Means
from providers.models.coverage import Reach
from providers.models.provider import LegalForm
from providers.models.service import ClientGroup, PriceUnit

Shape = serializers.Serializer[Any]


@extend_schema_field(
    PolymorphicProxySerializer(
        "AnyService", lambda: [ServiceSerializer, LeastSerializer], resource_type_field_name=None, many=True
    )
)
class AnyServiceField(serializers.ListField):
    """Services whole, or the least of each."""


def words(about: str) -> serializers.ListField:
    return serializers.ListField(child=serializers.CharField(), required=False, help_text=about)


class CategorySerializer(Shape):
    code = serializers.ChoiceField([term.code for term in vocabulary().terms])
    group = serializers.CharField(required=False, help_text="Code of the group it belongs to")
    name = serializers.CharField()
    definition = serializers.CharField()
    everyday_words = serializers.ListField(child=serializers.CharField())


class DistrictSerializer(Shape):
    code = serializers.CharField(help_text="ONS code")
    name = serializers.CharField()


class CouncilSerializer(Shape):
    code = serializers.CharField(help_text="ONS code")
    name = serializers.CharField()
    nation = serializers.CharField()
    website = serializers.CharField(required=False)
    adults_phone = serializers.CharField(required=False, help_text="Adult social care")
    adults_email = serializers.CharField(required=False, help_text="Adult social care")
    districts = DistrictSerializer(many=True)


class CostOptionSerializer(Shape):
    id = serializers.UUIDField()
    option = serializers.CharField(help_text="When this price holds: the usual one, at weekends, for travel ...")
    amount = serializers.FloatField(help_text="Pounds")
    amount_description = serializers.CharField(help_text="What it is for, like: an hour")


class ScheduleSerializer(Shape):
    id = serializers.UUIDField()
    freq = serializers.CharField()
    interval = serializers.IntegerField()
    byday = serializers.CharField(required=False, help_text="Days of the week as in iCalendar: MO,TU")
    # A string and no time: the standard's schema says so, and 24:00 is no time of day.
    opens_at = serializers.CharField(required=False, help_text="HH:MM by the clock in the United Kingdom")
    closes_at = serializers.CharField(required=False, help_text="HH:MM by the clock in the United Kingdom")
    description = serializers.CharField(required=False)


class LanguageSerializer(Shape):
    id = serializers.UUIDField()
    name = serializers.CharField()


class AccessibilitySerializer(Shape):
    id = serializers.UUIDField()
    description = serializers.CharField()


class OrganizationIdentifierSerializer(Shape):
    id = serializers.UUIDField()
    identifier_scheme = serializers.CharField(required=False, help_text="Code of the register on org-id.guide")
    identifier_type = serializers.CharField()
    identifier = serializers.CharField()


class OrganizationSerializer(Shape):
    id = serializers.UUIDField(help_text="Of the provider")
    name = serializers.CharField()
    description = serializers.CharField()
    organization_identifiers = OrganizationIdentifierSerializer(many=True, required=False)


class ServiceSerializer(Shape):
    """Fields that Open Referral UK 3.0 also has are in its form; the others are ours."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    status = serializers.ChoiceField(["active"])
    description = serializers.CharField(required=False)
    provider_name = serializers.CharField()
    provider_url = serializers.URLField(help_text="The provider's page, with its phone and email")
    why = words("Each way in which it reaches the place, in words")
    ways = serializers.ListField(child=serializers.ChoiceField(WAYS), required=False, help_text="The same for programs")
    miles_away = serializers.IntegerField(
        required=False, help_text="Of its base in whole miles, 0 for less than one: finer would find somebody's home"
    )
    categories = words("Names of kinds of help")
    category_codes = words("Their codes")
    client_groups = serializers.ListField(child=serializers.ChoiceField(ClientGroup.choices), required=False)
    price = serializers.CharField(required=False)
    space = serializers.CharField(help_text="Whether there is space, and when they last said so")
    payers = words("Who can pay")
    regulation = serializers.CharField()
    checks = words("What a council saw, which one, and on what day. Listed is not recommended")
    cost_options = CostOptionSerializer(many=True, required=False)
    schedules = ScheduleSerializer(many=True, required=False)
    languages = LanguageSerializer(many=True, required=False)
    accessibility = AccessibilitySerializer(many=True, required=False)
    organization = OrganizationSerializer()
    taken_from = serializers.CharField(required=False, help_text="The public list that an imported record comes from")


class LeastSerializer(Shape):
    """What `fields=minimal` gives of each service."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    provider_id = serializers.UUIDField()
    provider_name = serializers.CharField()
    provider_url = serializers.URLField()
    ways = serializers.ListField(child=serializers.ChoiceField(WAYS), required=False)
    miles_away = serializers.IntegerField(required=False)
    space_now = serializers.ChoiceField(Space.choices)
    price_pence = serializers.IntegerField(required=False)
    price_unit = serializers.ChoiceField(PriceUnit.choices, required=False)


class MeaningSerializer(Shape):
    name = serializers.CharField(help_text="For `off`, where it is not meant")
    kind = serializers.CharField()
    code = serializers.CharField()
    weight = serializers.FloatField()


class UnderstoodSerializer(Shape):
    meanings = MeaningSerializer(many=True, required=False)
    words = serializers.CharField(required=False, help_text="Looked for in the services' own texts")


class CouncilNameSerializer(Shape):
    code = serializers.CharField()
    name = serializers.CharField()


class PlaceSerializer(Shape):
    postcode_district = serializers.CharField()
    district_code = serializers.CharField(required=False)
    council = CouncilNameSerializer(required=False)


class SearchSerializer(Shape):
    count = serializers.IntegerField(help_text="All that were found")
    count_is_exact = serializers.BooleanField(help_text="If not, there are more than that")
    page = serializers.IntegerField()
    per_page = serializers.IntegerField()
    next = serializers.CharField(required=False, help_text="Not there on the last page")
    previous = serializers.CharField(required=False)
    place = PlaceSerializer(required=False)
    understood = UnderstoodSerializer(required=False)
    facets = serializers.DictField(
        child=serializers.DictField(child=serializers.IntegerField()),
        required=False,
        help_text="By facet and value how many there would be; each disregards what was chosen of itself",
    )
    results = AnyServiceField(help_text="Whole services, or the least of each with `fields=minimal`")


class IdentifierSerializer(Shape):
    scheme = serializers.CharField()
    value = serializers.CharField()


class NamedServiceSerializer(Shape):
    id = serializers.UUIDField()
    name = serializers.CharField()
    category_codes = words("Kinds of help")


class ProviderSerializer(Shape):
    id = serializers.UUIDField()
    name = serializers.CharField()
    url = serializers.URLField(help_text="Its page, with its phone and email")
    about = serializers.CharField(required=False)
    legal_form = serializers.ChoiceField(LegalForm.choices)
    people = serializers.IntegerField(required=False, help_text="Who do the work")
    run_by_members = serializers.BooleanField(required=False)
    town = serializers.CharField(required=False)
    postcode_district = serializers.CharField(required=False, help_text="First half of the postcode of its base")
    council = serializers.CharField(help_text="Code of the council where it is based")
    identifiers = IdentifierSerializer(many=True, required=False, help_text="Numbers on public registers")
    services = NamedServiceSerializer(many=True, required=False)
    taken_from = serializers.CharField(required=False, help_text="The public list that an imported record comes from")


class ProvidersSerializer(Shape):
    results = ProviderSerializer(many=True)
    next = serializers.URLField(required=False, help_text="The next page; not there on the last")


class WaySerializer(Shape):
    reach = serializers.ChoiceField(Reach.choices)
    words = serializers.CharField()
    base = serializers.CharField(required=False, help_text="A postcode district, or a town")
    miles = serializers.FloatField(required=False, help_text="How far it goes from its base")
    area_code = serializers.CharField(required=False, help_text="ONS code of a council or a district")
    area_name = serializers.CharField(required=False)
    place = serializers.CharField(required=False, help_text="Where people come to")


class CoverageSerializer(Shape):
    service_id = serializers.UUIDField()
    ways = WaySerializer(many=True)
    area_codes = serializers.ListField(
        child=serializers.CharField(), help_text="ONS codes of all districts that it goes anywhere in"
    )
    shape = serializers.JSONField(
        help_text="GeoJSON FeatureCollection. A circle stands around the middle of a postcode district, because the "
        "base itself is more often than not a home"
    )


class LookSerializer(Shape):
    council = CouncilNameSerializer()
    on = serializers.DateField()
    means = serializers.ChoiceField(Means.choices)
    outcome = serializers.ChoiceField(CheckOutcome.choices)


class CredentialSerializer(Shape):
    id = serializers.UUIDField(required=False)
    kind = serializers.CharField()
    kind_name = serializers.CharField()
    held = serializers.CharField(help_text="What is held, in words")
    in_force = serializers.BooleanField(help_text="A council saw proof, and it holds today")
    starts_on = serializers.DateField()
    ends_on = serializers.DateField(required=False, help_text="Its last day; not there where it does not run out")
    words = serializers.CharField(required=False, help_text="What the public reads: what, by whom, on what day")
    checks = LookSerializer(many=True, required=False, help_text="Who looked, newest first")
    relied_on_by = CouncilNameSerializer(many=True, required=False, help_text="Councils that rely on that check")
    status = serializers.CharField(required=False, help_text="For the provider and those who check it")
    issuer = serializers.CharField(required=False)
    reference = serializers.CharField(required=False)
    amount_pence = serializers.IntegerField(required=False)
    pages = serializers.IntegerField(required=False, help_text="Of proof that are kept")


class DbsSerializer(Shape):
    """That somebody saw a certificate. Nothing that was on it is anywhere in this register."""

    words = serializers.CharField()
    council = CouncilNameSerializer()
    seen_on = serializers.DateField()
    level = serializers.CharField(required=False)
    issued_on = serializers.DateField(required=False)
    last_four = serializers.CharField(required=False)
    on_update_service = serializers.BooleanField(required=False)
    person_number = serializers.IntegerField(required=False)


class CredentialsSerializer(Shape):
    provider_id = serializers.UUIDField()
    as_of = serializers.DateField(help_text="Worked out for this day")
    seen_as = serializers.ChoiceField(["public", "member", "council"])
    note = serializers.CharField()
    credentials = CredentialSerializer(many=True)
    dbs = DbsSerializer(many=True)


class AvailabilitySerializer(Shape):
    service_id = serializers.UUIDField()
    space = serializers.ChoiceField(Space.choices)
    away_until = serializers.DateField(required=False)
    hours_free = serializers.IntegerField(required=False, help_text="A week")
    days = words("mon, tue ...")
    parts = words("morning, afternoon, evening, night")
    confirmed_on = serializers.DateField(required=False, help_text="When the provider last said so")


class ConfirmationSerializer(Shape):
    provider_id = serializers.UUIDField()
    confirmed_on = serializers.DateField()
    good_until = serializers.DateField()


class MyProviderSerializer(Shape):
    id = serializers.UUIDField()
    name = serializers.CharField()
    may = serializers.ListField(child=serializers.CharField(), help_text="What you may do there")


class MyCouncilSerializer(Shape):
    code = serializers.CharField()
    name = serializers.CharField()
    may = serializers.ListField(child=serializers.CharField(), help_text="What you may do there")


class MeSerializer(Shape):
    providers = MyProviderSerializer(many=True)
    councils = MyCouncilSerializer(many=True)
