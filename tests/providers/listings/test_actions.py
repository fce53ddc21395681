import pytest
from django.utils import timezone

from providers.listings.actions import list_provider, list_providers, unlist_provider
from providers.models import Listing, Provider, SearchWords, Service, Version
from registry.models import AuditEvent
from tests.providers.listings.makers import (
    comes_from,
    goes_anywhere_in,
    has_space,
    listed,
    make_category,
    make_district,
    make_provider,
    make_service,
    people_come_to,
)

pytestmark = pytest.mark.django_db


def test_listing_a_provider_makes_a_version_a_search_row_and_an_audit_line(council, checker):
    make_district("E06000022", council)
    provider = make_provider(council)
    service = make_service(provider, categories=[make_category()])
    comes_from(service, point=(375_000, 165_000), miles=5)
    goes_anywhere_in(service, council=council)
    has_space(service)
    version = list_provider(provider=provider, by=checker, now=timezone.now())
    row = Listing.objects.get(service=service)
    assert (version.number, version.approved_by, provider.listed_at is not None) == (1, checker, True)
    assert (row.version, row.areas, row.days, row.space) == (version, ["E06000022"], ["tue"], "now")
    assert (row.easting, row.northing, row.reach) == (375_000, 165_000, "<(375000,165000),8045>")
    assert AuditEvent.objects.get().verb == "provider.listed"


def test_nearness_is_reckoned_from_the_base_and_else_from_the_place_people_come_to(council):
    provider = make_provider(council)
    both, door = make_service(provider, "Both"), make_service(provider, "Door")
    people_come_to(both, point=(370_000, 160_000))
    comes_from(both, point=(375_000, 165_000))
    people_come_to(door, point=(371_000, 161_000))
    goes_anywhere_in(door, district=make_district("E06000099", council))
    listed(provider)
    assert (both.listing.easting, both.listing.come_to_us) == (375_000, "<(370000,160000),24140>")
    assert (door.listing.easting, door.listing.reach, door.listing.areas) == (371_000, None, ["E06000099"])


def test_a_second_approval_keeps_the_first_version_and_the_first_day(council):
    provider = make_provider(council)
    make_service(provider)
    first = listed(provider)
    day = provider.listed_at
    Provider.every.filter(pk=provider.pk).update(about="New words")
    second = listed(provider)
    assert (second.number, provider.listed_at) == (2, day)
    assert Version.objects.get(pk=first.pk).content["about"] == ""
    assert Listing.objects.get().version == second


def test_a_service_that_stays_listed_keeps_what_its_text_means_until_the_text_changes(council):
    provider = make_provider(council)
    service = make_service(provider)
    listed(provider)
    SearchWords.objects.update(vector=b"dear")
    Service.every.filter(pk=service.pk).update(price_pence=2100)
    listed(provider)
    assert (Listing.objects.get().price_pence, bytes(SearchWords.objects.get().vector)) == (2100, b"dear")
    Service.every.filter(pk=service.pk).update(description="Quite another thing.")
    listed(provider)
    assert SearchWords.objects.get().vector != b"dear"


def test_rule_06_an_edit_does_not_change_what_the_public_sees(council):
    provider = make_provider(council)
    service = make_service(provider)
    version = listed(provider)
    Provider.every.filter(pk=provider.pk).update(name="Another name", about="Changed")
    Service.every.filter(pk=service.pk).update(name="Changed", price_pence=9900)
    service.coverage.all().delete()
    newest = provider.versions.first()
    assert newest == version
    assert newest.content["name"] == "Lunch with Ana"
    assert Listing.objects.get().price_pence == 2000


def test_unlisting_takes_every_search_row_away_and_keeps_the_versions(council, checker):
    provider = make_provider(council)
    make_service(provider)
    listed(provider)
    unlist_provider(provider=provider, by=checker)
    assert not Listing.objects.exists()
    assert not Provider.listed.exists()
    assert not Service.listed.exists()
    assert provider.versions.count() == 1
    assert AuditEvent.objects.filter(verb="provider.unlisted", by=checker).exists()


def test_many_are_listed_with_no_more_questions_than_few(council, django_assert_max_num_queries):
    for number in range(8):
        comes_from(make_service(make_provider(council, f"Provider {number}")))
    # One audit line each; everything else is asked once.
    with django_assert_max_num_queries(8 + 32):
        list_providers(providers=Provider.every.all(), by=None, now=timezone.now())
    assert Listing.objects.count() == 8
