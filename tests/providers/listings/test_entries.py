import datetime

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from providers.confirming.actions import confirm
from providers.credentials.actions import answer_about_dbs, record_check, record_dbs, take_back, withdraw_credential
from providers.listings.actions import list_provider, take_off_service, unlist_provider
from providers.listings.entries import refresh, refresh_services, refresh_what_begins
from providers.listings.search import Question, ask
from providers.listings.seen import holds_until
from providers.meaning.needs import Need
from providers.models import CouncilListing, Credential, Provider, SearchRow, SearchWords, Service
from tests.clock import at
from tests.providers.listings.makers import (
    Spot,
    comes_from,
    has_space,
    listed,
    make_category,
    make_provider,
    make_service,
)

pytestmark = pytest.mark.django_db
HERE = Spot()


def found(today=None, **chosen):
    named = {name: (value,) for name, value in chosen.items()}
    return ask(Question(Need.nothing(), today or timezone.localdate(), HERE, named)).total


def checks(today=None):
    return ask(Question(Need.nothing(), today or timezone.localdate(), HERE)).facets["check"]


@pytest.fixture
def provider(council):
    provider = make_provider(council)
    comes_from(make_service(provider, categories=[make_category()]))
    listed(provider)
    CouncilListing.objects.create(provider=provider, council=council, listed_at=timezone.now())
    return provider


def claim(provider, kind="public_liability", ends_in=30, starts_ago=30):
    today = timezone.localdate()
    return Credential.every.create(
        provider=provider,
        kind=kind,
        holder="provider",
        starts_on=today - datetime.timedelta(days=starts_ago),
        ends_on=None if ends_in is None else today + datetime.timedelta(days=ends_in),
    )


def see(credential, council, checker):
    today = timezone.localdate()
    return record_check(
        credential=credential, council=council, by=checker, outcome="seen", means="original", seen_on=today
    )


def test_a_service_is_found_as_soon_as_it_is_published_and_not_when_taken_off(council, checker):
    provider = make_provider(council)
    service, other = make_service(provider), make_service(provider, "Other")
    comes_from(service)
    comes_from(other)
    assert found() == 0
    list_provider(provider=provider, by=checker, now=timezone.now())
    assert found() == 2
    take_off_service(service=service, by=checker, now=timezone.now())
    assert found() == 1
    unlist_provider(provider=provider, by=checker)
    assert found() == SearchRow.objects.count() == SearchWords.objects.count() == 0


def test_a_change_that_was_approved_is_found_and_no_trace_of_what_was_stays(provider):
    service = provider.services.get()
    Service.every.filter(pk=service.pk).update(name="Gardening", description="Roses.", languages=["Welsh"])
    assert (ask(Question(Need.as_typed("roses"), timezone.localdate())).total, found(language="welsh")) == (0, 0)
    listed(provider)
    assert (ask(Question(Need.as_typed("roses"), timezone.localdate())).total, found(language="Welsh")) == (1, 1)
    assert ask(Question(Need.as_typed("I come and cook"), timezone.localdate(), HERE)).total == 1
    service.coverage.all().delete()
    listed(provider)
    assert found() == 0


def test_rule_05_a_check_counts_through_its_last_day_and_not_a_day_longer(provider, council, checker):
    see(claim(provider, ends_in=3), council, checker)
    today = timezone.localdate()
    last = today + datetime.timedelta(days=3)
    assert (checks(last), found(last, check="insurance")) == ({"insurance": 1}, 1)
    after = last + datetime.timedelta(days=1)
    assert (checks(after), found(after, check="insurance"), found(after)) == ({}, 0, 1)


def test_what_was_only_claimed_or_taken_back_or_withdrawn_does_not_count(provider, council, checker):
    credential = claim(provider)
    refresh(providers=[provider.pk])
    assert checks() == {}
    check = see(credential, council, checker)
    assert checks() == {"insurance": 1}
    take_back(check=check, by=checker)
    assert checks() == {}
    see(credential, council, checker)
    assert checks() == {"insurance": 1}
    withdraw_credential(credential=credential, by=checker)
    assert checks() == {}


def test_a_check_without_a_last_day_holds_for_good(provider, council, checker):
    see(claim(provider, "safeguarding_adults", ends_in=None), council, checker)
    assert checks(datetime.date(2099, 1, 1)) == {"training": 1}


def test_rule_01_a_dbs_check_counts_only_with_the_providers_own_yes(provider, council, checker):
    today = timezone.localdate()
    dbs = record_dbs(
        provider=provider,
        council=council,
        by=checker,
        level="basic",
        issued_on=today,
        seen_on=today,
        means="original",
    )
    assert checks() == {}
    answer_about_dbs(dbs=dbs, by=checker, publicly=True, with_councils=False)
    assert (checks(), found(check="dbs")) == ({"dbs": 1}, 1)
    answer_about_dbs(dbs=dbs, by=checker, publicly=False, with_councils=False)
    assert checks() == {}


def test_what_begins_later_counts_from_the_day_it_begins(provider, council, checker):
    see(claim(provider, starts_ago=-5, ends_in=30), council, checker)
    assert checks() == {}
    begins = timezone.localdate() + datetime.timedelta(days=5)
    with at(datetime.datetime.combine(begins, datetime.time(9), tzinfo=datetime.UTC)):
        assert refresh_what_begins() == 1
        assert refresh_what_begins() == 0
        assert checks() == {"insurance": 1}


def test_a_renewal_that_begins_the_day_after_carries_on():
    day = datetime.date(2026, 3, 1)
    spans = [(day, day.replace(day=9)), (day.replace(day=10), day.replace(day=20)), (day.replace(day=22), None)]
    assert holds_until(spans, day) == day.replace(day=20)
    assert holds_until([*spans, (day.replace(day=15), day.replace(day=21))], day) is None
    assert holds_until([(day, day.replace(day=30)), (day.replace(day=2), day.replace(day=4))], day) == day.replace(
        day=30
    )


def test_confirming_moves_the_day_in_the_search_too(council):
    provider = make_provider(council)
    service = make_service(provider)
    comes_from(service)
    has_space(service)
    listed(provider)
    confirm(provider=provider, by=None, now=timezone.now())
    assert SearchRow.objects.get().confirmed_on == timezone.localdate()


def test_rows_that_are_missing_are_written_and_a_second_run_writes_nothing(provider, council, capsys):
    comes_from(make_service(other := make_provider(council, "Other")))
    listed(other)
    SearchRow.objects.all().delete()
    SearchWords.objects.all().delete()
    call_command("refresh_search", verbosity=0)
    assert found() == 2
    call_command("refresh_search", verbosity=0)
    call_command("refresh_search", all=True, verbosity=0)
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == ["2", "0", "2"]


def test_services_are_refreshed_by_their_providers(provider):
    assert refresh_services(services=[provider.services.get().pk]) == 1
    assert refresh_services(services=[]) == 0


def test_a_suspended_provider_gets_no_rows_however_often_they_are_written(provider, checker):
    Provider.every.filter(pk=provider.pk).update(suspended_at=timezone.now(), suspended_by=checker)
    assert refresh(providers=[provider.pk]) == SearchRow.objects.count() == 0
    Provider.every.filter(pk=provider.pk).update(suspended_at=None, suspended_by=None)
    assert refresh(providers=[provider.pk]) == found() == 1


def test_publishing_one_asks_as_much_of_a_full_register_as_of_an_empty_one(council):
    def questions(number):
        provider = make_provider(council, f"Provider {number}")
        comes_from(make_service(provider))
        with CaptureQueriesContext(
            connection,
        ) as asked:
            listed(provider)
        return len(asked)

    questions(0)
    few = questions(1)
    for number in range(2, 12):
        questions(number)
    assert questions(12) == few
