import datetime
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from providers.models import Check, Credential, DbsRecord, Provider
from registry.models import Council
from tests.providers.listings.makers import comes_from, goes_anywhere_in, listed, make_provider, make_service

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
DAY = datetime.timedelta(days=1)


def page_of(client, provider):
    response = client.get(f"/providers/{provider.slug}/")
    assert response.status_code == 200
    main = BeautifulSoup(response.content, "html.parser").main
    return " ".join(main.get_text(" ").split())


def insured(provider, checker, *, ends_on, outcome="seen", kind="public_liability", **fields):
    held = Credential.every.create(
        provider=provider,
        kind=kind,
        holder="provider",
        amount_pence=500_000_000,
        starts_on=TODAY - 100 * DAY,
        ends_on=ends_on,
        **fields,
    )
    Check.objects.create(
        credential=held,
        council=provider.home_council,
        by=checker,
        seen_on=TODAY - 50 * DAY,
        means="copy",
        outcome=outcome,
    )
    return held


def test_the_page_says_who_they_are_what_they_do_and_how_to_reach_them(client, ana):
    words = page_of(client, ana)
    for said in (
        "I have cooked for people for thirty years.",
        "Sole trader",
        "1 person",
        "Bath BA2",
        "01225 000000",
        "Travels up to 5 miles from BA2",
        "£20 an hour",
        "on 3 March 2026",
        "Tuesday",
        "Listed is not recommended",
        "ring 999",
    ):
        assert said in words
    assert "BA2 3AA" not in words


def test_rule_12_a_check_says_what_was_seen_by_whom_and_on_what_day(client, ana, checker):
    insured(ana, checker, ends_on=TODAY + 200 * DAY)
    words = page_of(client, ana)
    assert "Public liability" in words
    assert "£5 million, certificate seen by Bath and North East Somerset Council on" in words
    assert "Listed is not recommended" in words
    found = client.get("/find/", {"postcode": "BA1 1LZ"}).content.decode()
    assert "certificate seen by Bath and North East Somerset Council on" in found


def test_rule_05_what_ended_yesterday_is_no_longer_current_and_what_ends_today_is(client, ana, checker):
    insured(ana, checker, ends_on=TODAY - DAY)
    assert "No longer current" in page_of(client, ana)
    assert "hold today" in page_of(client, ana)
    assert "£5 million" not in client.get("/find/", {"postcode": "BA1 1LZ"}).content.decode()
    insured(ana, checker, ends_on=TODAY, kind="professional_indemnity")
    assert "Professional indemnity" in page_of(client, ana).split("No longer current")[0]


def test_what_was_refused_replaced_or_has_not_begun_is_nobodys_business(client, ana, checker):
    held = insured(ana, checker, ends_on=TODAY + DAY)
    Check.objects.create(
        credential=held, council=ana.home_council, by=checker, seen_on=TODAY, means="issuer", outcome="not_accepted"
    )
    insured(ana, checker, ends_on=TODAY + DAY, outcome="not_accepted")
    insured(ana, checker, ends_on=TODAY + DAY, replaced_at=timezone.now())
    later = insured(ana, checker, ends_on=TODAY + 300 * DAY)
    Credential.every.filter(pk=later.pk).update(starts_on=TODAY + DAY)
    assert "£5 million" not in page_of(client, ana)


def test_rule_01_a_dbs_check_is_shown_only_with_the_providers_yes(client, ana, checker):
    record = DbsRecord.objects.create(
        provider=ana,
        level="enhanced",
        issued_on=TODAY - 9 * DAY,
        seen_for=ana.home_council,
        seen_by=checker,
        seen_on=TODAY,
        means="original",
    )
    assert "DBS" not in page_of(client, ana)
    DbsRecord.objects.filter(pk=record.pk).update(shown_publicly_since=timezone.now())
    words = page_of(client, ana)
    assert "DBS certificate seen by Bath and North East Somerset Council" in words
    assert "Enhanced" not in words
    DbsRecord.objects.create(
        provider=ana,
        level="enhanced",
        issued_on=TODAY - 7 * DAY,
        seen_for=ana.home_council,
        seen_by=checker,
        seen_on=TODAY,
        means="original",
        shown_publicly_since=timezone.now(),
    )
    assert page_of(client, ana).count("DBS certificate seen by") == 1


@pytest.mark.parametrize(
    ("came_from", "words"),
    [
        ("http://testserver/find/?need=lunch&postcode=BA1", "Back to what you found"),
        ("http://testserver/find/", "Find care and support"),
        ("https://elsewhere.example/find/?need=lunch", "Find care and support"),
        ("http://[", "Find care and support"),
        ("", "Find care and support"),
    ],
)
def test_going_back_leads_to_the_search_that_led_here(client, ana, came_from, words):
    response = client.get(f"/providers/{ana.slug}/", headers={"referer": came_from})
    link = BeautifulSoup(response.content, "html.parser").select_one(".govuk-back-link")
    assert link.get_text() == words
    assert link["href"] == ("/find/?need=lunch&postcode=BA1" if words.startswith("Back") else "/find/")
    assert "private" in response["Cache-Control"]


def test_rule_06_an_edit_that_waits_is_not_shown(client, ana):
    Provider.every.update(about="An edit", phone="01225 999999")
    assert "An edit" not in page_of(client, ana)
    assert "999999" not in page_of(client, ana)


@pytest.mark.parametrize("state", ["suspended", "left", "unlisted", "unknown"])
def test_who_is_not_listed_has_no_page(client, ana, operator, state):
    changes = {
        "suspended": {"suspended_at": timezone.now(), "suspended_by": operator},
        "left": {"left_at": timezone.now()},
        "unlisted": {"listed_at": None},
        "unknown": {"slug": "somebody-else"},
    }[state]
    Provider.every.update(**changes)
    assert client.get("/providers/lunch-with-ana/").status_code == 404


@pytest.mark.parametrize(
    ("nation", "basis", "said"),
    [
        ("E06000022", "not_personal_care", "No personal care is part of this service."),
        ("E06000022", "individual", "Not CQC registered because this service is exempt. They work directly for you"),
        ("E06000022", "introducer", "Not CQC registered because this service is exempt. They introduce a carer"),
        ("S12000036", "individual", "Not registered with the Care Inspectorate. They work directly for you"),
        ("W06000015", "will_register", "Not registered with Care Inspectorate Wales yet"),
        ("E06000022", "registered", "Registered with the Care Quality Commission (CQC)."),
        ("E06000022", "not_sure", "It is not known whether this service has to be registered."),
        ("E06000022", "not_known", "It is not known whether this service has to be registered."),
    ],
)
def test_registration_is_told_in_neutral_words_of_the_nation(client, db, nation, basis, said):
    provider = make_provider(Council.objects.get(pk=nation))
    make_service(provider, regulatory_basis=basis)
    listed(provider)
    assert said in page_of(client, provider)


def test_prices_at_other_times_exact_hours_accessibility_and_numbers_are_on_the_page(client, council):
    provider = make_provider(council, legal_form="company")
    provider.identifiers.create(scheme="company", value="01234567")
    provider.identifiers.create(scheme="mutuals", value="4354R")
    service = make_service(provider, accessibility=["sign_language"], price_note="First visit free.")
    comes_from(service)
    service.extras.create(extra_for="weekend", price_pence=2450, price_unit="hour")
    for day in ("mon", "tue", "wed"):
        service.weekly_hours.create(day=day, starts_minute=540, ends_minute=780)
    listed(provider)
    words = page_of(client, provider)
    assert "£20 an hour At weekends: £24.50 an hour First visit free." in words
    assert "Monday to Wednesday: 9am to 1pm" in words
    assert "Someone who signs" in words
    main = BeautifulSoup(client.get(f"/providers/{provider.slug}/").content, "html.parser").main
    link = main.find("a", string="01234567")
    assert link["href"] == "https://find-and-update.company-information.service.gov.uk/company/01234567"
    assert "4354R" in words
    assert main.find("a", string="4354R") is None


def test_a_registration_number_is_shown_and_names_are_not_cqc_outside_england(client, db):
    provider = make_provider(Council.objects.get(pk="S12000036"))
    make_service(
        provider, regulatory_basis="registered", regulator="the Care Inspectorate", registration_number="CS1234"
    )
    listed(provider)
    words = page_of(client, provider)
    assert "Registered with the Care Inspectorate, number CS1234." in words
    assert "CQC" not in words


def test_a_provider_that_prefers_calls_has_its_phone_first(client, council):
    provider = make_provider(council, prefers_calls=True, email="ana@example.org", website="https://ana.example.org")
    make_service(provider)
    listed(provider)
    words = page_of(client, provider)
    assert "They would rather you rang." in words
    assert words.index("01225 000000") < words.index("Write to them from here") < words.index("https://ana.example.org")
    assert "ana@example.org" not in words


def test_a_provider_without_any_contact_leads_to_the_council(client, council):
    Council.objects.filter(pk=council.pk).update(
        safeguarding_phone="01225 111", safeguarding_url="https://council.example/report"
    )
    provider = make_provider(council, phone="", source="a public list", is_invented=True)
    make_service(provider, minimum_minutes=90, price_note="Mileage extra", languages=["Polish"])
    goes_anywhere_in(make_service(provider, "Other", minimum_minutes=120, price_pence=None, price_unit=""), council)
    listed(provider)
    words = page_of(client, provider)
    assert "We have no phone number or address for them." in words
    assert "Ask for adult social care at Bath and North East Somerset Council." in words
    assert "Otherwise ring Bath and North East Somerset Council: 01225 111." in words
    assert "Use the form of" in words
    assert "This was taken from a public list." in words
    assert "90 minutes" in words
    assert "2 hours" in words
    assert "Made up for the demonstration" in words


def test_public_pages_ask_only_for_what_is_listed():
    """Rule 7 of the style: nobody publishes by forgetting a filter."""
    folder = Path(__file__).parents[3] / "providers" / "finding"
    for file in folder.glob("*.py"):
        source = file.read_text()
        assert not re.search(r"\b(Provider|Service|Credential)\.every|\bListing\.objects|provider\.services", source), (
            file
        )


def test_a_page_of_a_provider_with_many_services_asks_few_questions(client, council, django_assert_max_num_queries):
    provider = make_provider(council)
    for number in range(9):
        comes_from(make_service(provider, f"Service {number}"))
    listed(provider)
    with django_assert_max_num_queries(12):
        page_of(client, provider)
