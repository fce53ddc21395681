"""What is read from a row, in the standard's shapes and in those that systems really hand out."""

import datetime
import json

import pytest
from django.core.management import call_command

from providers.models import Provider, Service, WeeklyHours
from providers.open_referral.asking import asked_of
from providers.open_referral.costs import costs_of
from providers.open_referral.hours import days_in, minutes, times_of
from providers.open_referral.plain import long_text, number
from providers.open_referral.rules import read
from tests.reading import words_of_page

TODAY = datetime.date(2026, 3, 3)
WILTSHIRE = "E06000054"


def organisation(**more):
    return {"id": "org-1", "name": "Hand in Hand", "description": "Two sisters who help.", **more}


def service(**more):
    row = {"id": "s-1", "name": "Help at home", "status": "active", "description": "Cleaning and shopping."}
    return {**row, "organization": organisation(), "service_areas": [{"name": "Wiltshire"}], **more}


@pytest.fixture
def bring(tmp_path, db):
    def run(rows, *options, name="feed.json"):
        (tmp_path / name).write_text(json.dumps(rows), encoding="utf-8")
        call_command("import_open_referral", str(tmp_path / name), "--council", WILTSHIRE, *options, verbosity=0)

    return run


RICH = service(
    description="<p>Cleaning &amp; shopping.</p><p>We come <b>weekly</b>.</p>",
    minimum_age=5,
    maximum_age=11,
    eligibility_description="Children with a plan",
    application_process="Ring us",
    accreditations="Safe and Well",
    alert="Closed at Easter",
    assured_date="2026-02-01",
    url="https://hand.example/help",
    fees="First visit free",
    cost_options=[
        {"id": "c1", "option": "Usual price", "amount": 18.5, "amount_description": "per hour"},
        {"id": "c2", "option": "At weekends", "amount": 22, "amount_description": "an hour"},
        {"id": "c3", "option": "Starter pack", "amount": 30},
        {"id": "c4", "option": "Old price", "amount": 9, "amount_description": "an hour", "valid_to": "2020-01-01"},
    ],
    funding=[{"id": "f", "source": "Direct payments welcome"}],
    schedules=[
        {"id": "w", "freq": "WEEKLY", "byday": "MO,TU", "opens_at": "09:00", "closes_at": "13:00"},
        {"id": "n", "freq": "WEEKLY", "byday": "FR", "opens_at": "22:00Z", "closes_at": "02:30Z"},
        {"id": "m", "freq": "MONTHLY", "byday": "1SA", "description": "First Saturday of the month"},
        {"id": "o", "byday": "SU", "opens_at": "09:00", "closes_at": "10:00", "valid_to": "2020-01-01"},
    ],
    languages=[{"id": "l", "name": "polish"}, {"id": "k", "code": "cy"}, {"id": "j", "language": "French, Welsh"}],
    service_at_locations=[
        {
            "id": "at",
            "location": {
                "location_type": "physical",
                "accessibility": [{"description": "Step-free access; no parking"}, {"details": "hearing loop"}],
                "addresses": [{"address_1": "1 High St", "city": "Bath", "postal_code": "BA1 1LZ"}],
            },
        }
    ],
    contacts=[{"id": "p", "name": "Jo", "email": "hello@hand.example", "phones": [{"number": "01225 000111"}]}],
    attributes=[
        {"id": "a", "taxonomy_term": {"name": "Cleaning", "term_uri": "http://id.esd.org.uk/service/227"}},
        {"id": "b", "taxonomy_term": {"name": "Autistic people", "taxonomy": "Who it is for"}},
    ],
    organization=organisation(
        website="https://hand.example",
        phones=[{"number": "01225 999", "type": "fax"}],
        organization_identifiers=[
            {"identifier_scheme": "GB-COH", "identifier": "1234567"},
            {"identifier_type": "Charity number", "identifier": "not one"},
        ],
        attributes=[{"taxonomy_term": {"name": "Community interest company (CIC)", "taxonomy": "Legal form"}}],
    ),
)


def test_all_that_a_row_says_is_taken_and_shown_and_nothing_else(bring, client, postcodes):
    bring({"contents": [RICH]}, "--publish")
    held = Service.every.get()
    assert held.description == "Cleaning & shopping.\nWe come weekly."
    assert (held.price_pence, held.price_unit) == (1850, "hour")
    assert held.price_note == "Starter pack £30.00; First visit free"
    assert list(held.extras.values_list("extra_for", "price_pence", "price_unit")) == [("weekend", 2200, "hour")]
    assert held.payers == ["direct_payment"]
    assert set(held.client_groups) == {"autism", "children"}
    assert held.languages == ["Polish", "Welsh", "French"]
    assert held.accessibility == ["step_free", "hearing_loop"]
    assert (held.availability.days, held.availability.space) == (["mon", "tue", "fri"], "not_known")
    assert set(WeeklyHours.objects.values_list("day", "starts_minute", "ends_minute")) == {
        ("mon", 540, 780),
        ("tue", 540, 780),
        ("fri", 22 * 60, 24 * 60),
        ("sat", 0, 150),
    }
    provider = Provider.every.get()
    assert (provider.phone, provider.email) == ("01225 000111", "hello@hand.example")
    assert (provider.website, provider.legal_form) == ("https://hand.example", "cic")
    assert list(provider.identifiers.values_list("scheme", "value")) == [("company", "01234567")]
    page = " ".join(words_of_page(client.get(f"/providers/{provider.slug}/").content))
    for words in ("5 to 11", "Children with a plan", "Ring us", "Safe and Well", "Closed at Easter", "1 February 2026"):
        assert words in page
    assert "First Saturday of the month" in page
    # Somebody's own name is not needed to ring them.
    assert "Jo" not in page.split()


@pytest.mark.parametrize(
    "document",
    [
        [service()],
        {"content": [service()]},
        {"organizations": [organisation(services=[service(organization=None)])]},
        [organisation(services=[service(organization="?")])],
        organisation(services=[service(organization=None)]),
        service(),
        {"contents": [organisation(services=[service()])], "total_pages": 1},
    ],
)
def test_every_shape_gives_the_same_service(bring, document):
    bring(document)
    assert Service.every.get().source_id == "s-1"
    assert Provider.every.get().source_id == "org-1"


@pytest.mark.parametrize(
    ("area", "councils", "districts"),
    [
        ({"name": "Wiltshire Council"}, {"E06000054"}, set()),
        ({"name": "City of Bristol"}, {"E06000023"}, set()),
        ({"extent": "E07000078", "extent_type": "ons"}, set(), {"E07000078"}),
        ({"service_area": "Cheltenham Borough Council"}, set(), {"E07000078"}),
        ({"uri": "https://findthatpostcode.uk/areas/E06000054.html"}, {"E06000054"}, set()),
    ],
)
def test_an_area_is_known_by_its_code_or_by_its_name(bring, area, councils, districts):
    bring([service(service_areas=[area])])
    rows = Service.every.get().coverage.all()
    assert {row.council_id for row in rows} - {None} == councils
    assert {row.district_id for row in rows} - {None} == districts


@pytest.mark.parametrize(("area", "at_least"), [({"name": "Wales"}, 20), ({"uri": "x/S92000003"}, 30)])
def test_a_nation_is_all_its_councils(bring, area, at_least):
    bring([service(service_areas=[area])])
    assert Service.every.get().coverage.count() >= at_least


def test_london_is_more_than_the_city(bring, capsys):
    bring([service(service_areas=[{"name": "London"}])])
    assert "it names no place and no area that we know" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("Monday to Friday; mornings", ["mon", "tue", "wed", "thu", "fri"]),
        ("Tues and Thurs", ["tue", "thu"]),
        ("Sat-Mon", ["mon", "sat", "sun"]),
        ("Every day", ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]),
        ("Weekdays", ["mon", "tue", "wed", "thu", "fri"]),
        ("By agreement, month by month", []),
    ],
)
def test_days_are_read_from_words(words, days):
    assert days_in(words) == days


@pytest.mark.parametrize(
    ("clock", "found"), [("09:00", 540), ("9.30", 570), ("2026-01-01T10:15:00", 615), ("25:00", None), ("noon", None)]
)
def test_a_clock_is_read_as_written(clock, found):
    assert minutes(clock) == found


def test_schedules_that_say_little_say_little():
    daily = times_of({"schedules": [{"freq": "DAILY", "opens_at": "00:00", "closes_at": "23:59"}]}, TODAY)
    assert daily.spans[0] == ("mon", 0, 1440)
    assert len(daily.days) == 7
    nothing = times_of({"schedules": [{"byday": "MO", "opens_at": "09:00", "closes_at": "09:00"}, "x"]}, TODAY)
    assert (nothing.days, nothing.spans) == (("mon",), ())
    joined = [{"byday": "MO", "opens_at": a, "closes_at": b} for a, b in (("09:00", "12:00"), ("11:00", "14:00"))]
    assert times_of({"regular_schedules": joined}, TODAY).spans == (("mon", 540, 840),)
    at_place = {"service_at_locations": [{"schedules": [{"byday": "MO", "interval": 2, "description": "Fortnightly"}]}]}
    assert times_of(at_place, TODAY).note == "Fortnightly"
    assert times_of({"schedules": [{"description": "Tuesday evenings"}]}, TODAY).parts == ("evening",)


def test_a_price_without_a_known_unit_or_in_other_money_is_kept_in_words():
    options = [
        {"option": "Half", "amount": 12, "amount_description": "per half hour"},
        {"option": "Abroad", "amount": 12, "amount_description": "an hour", "currency": "EUR"},
        {"option": "Much", "amount": 1e9, "amount_description": "an hour"},
        {"option": "Ask"},
    ]
    found = costs_of({"cost_options": options}, TODAY)
    assert found.pence is None
    assert found.note == "Half £12.00 per half hour; Abroad 12.00 EUR an hour; Much £1000000000.00 an hour; Ask"
    assert len(costs_of({"fees_description": "word " * 100}, TODAY).note) <= 200


def test_ages_say_for_whom_only_where_they_are_plain():
    assert asked_of({"minimum_age": 65}).client_groups == ("older",)
    assert dict(asked_of({"minimum_age": 18, "maximum_age": 150}).says)["ages"] == "18-"
    assert dict(asked_of({"maximum_age": 18}).says)["ages"] == "-18"
    assert asked_of({"minimum_age": 0, "maximum_age": 99}).says == ()
    assert asked_of({"minimum_age": "old"}).client_groups == ()
    assert asked_of({"eligibilitys": [{"eligibility": "All"}]}).says == (("eligibility", "All"),)


def test_text_of_any_kind_is_made_storable():
    assert long_text({"d": "a\x00b\ud800\r\n\r\n\r\n\r\nc\u202e"}, "d", 50) == "ab\n\nc"
    assert long_text({"d": 5}, "d", 50) == ""
    assert number({"n": "51.5"}, "n") == 51.5
    for odd in ("x", True, None, float("nan"), 1e300, [], "nan"):
        assert number({"n": odd}, "n") is None


def test_a_phone_that_nobody_speaks_into_is_none():
    row = service(organization=organisation(phones=[{"number": "020 7946 0000", "extension": 12, "type": "voice"}]))
    assert read(row, TODAY).organisation.phone == "020 7946 0000 ext 12"
    assert read(service(phones=[{"number": "ask"}]), TODAY).organisation.phone == ""


def test_terms_come_in_every_shape():
    shapes = [
        {"name": "Cleaning"},
        {"taxonomy_term": {"code": "x", "name": "A", "taxonomy_detail": {"name": "B"}}},
        {"taxonomy_term": {"term": "older", "taxonomy": {"id": "client_group"}}},
        {"label": "C", "value": "v"},
        {"id": "only"},
    ]
    found = read(service(attributes=shapes), TODAY).terms
    assert [(term.taxonomy, term.code, term.name, term.value) for term in found] == [
        ("", "", "Cleaning", ""),
        ("B", "x", "A", ""),
        ("client_group", "older", "", ""),
        ("", "", "C", "v"),
    ]
