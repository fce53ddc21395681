import datetime
import gzip
import json
import uuid

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.http import parse_http_date

from providers.listings.actions import leave_open_feed, list_provider, return_to_open_feed, unlist_provider
from providers.listings.entries import refresh
from providers.models import Category, Provider
from providers.open_referral import feed_answer, feed_asked, feed_totals
from providers.open_referral.feed_document import document
from providers.open_referral.feed_ids import LINK, turned
from providers.open_referral.feed_terms import published, taxonomy_id, term
from registry.database.time_limit import TookTooLong
from tests.providers.listings.makers import (
    BATH_ABBEY,
    comes_from,
    goes_anywhere_in,
    has_space,
    listed,
    make_provider,
    make_service,
)
from tests.providers.open_referral.conftest import seen
from tests.providers.open_referral.schemas import BY_ITSELF, IN_A_LIST, blanks, faults

pytestmark = pytest.mark.django_db
FEED = "/open-referral/v3"
FAR_AWAY = (330_000, 130_000)
SECOND = datetime.timedelta(seconds=1)


@pytest.fixture
def get(client):
    """JSON of the feed, having looked that every origin may read it."""

    def ask(address, status=200, headers=None, **asked):
        response = client.get(f"{FEED}{address}", asked, headers=headers or {})
        assert response.status_code == status, response.content
        assert response["Access-Control-Allow-Origin"] == "*"
        return response.json() if status != 304 else response

    return ask


@pytest.fixture
def everyone(telling, quiet, hall, garden):
    return [telling, quiet, hall, garden]


def names(page):
    return [row["name"] for row in page["contents"]]


def ids(page):
    return [row["id"] for row in page["contents"]]


def lines(client, address, **asked):
    response = client.get(f"{FEED}{address}", {"format": "ndjson"} | asked)
    assert response["Content-Type"] == "application/x-ndjson"
    return [json.loads(line) for line in response.getvalue().splitlines()]


def cooks(council, number, **fields):
    """So many providers who cook in Bath, each with one service."""
    for _ in range(number):
        provider = make_provider(council, f"Cook {uuid.uuid4()}", **fields)
        service = make_service(provider, categories=[Category.objects.get(pk="cooking")])
        comes_from(service)
        has_space(service)
        listed(provider)
    return provider


def test_the_root_says_what_this_is(get, client):
    told = get("/")
    assert told["version"] == "HSDS-UK-3.0"
    assert told == get("")
    assert client.get(told["openapi_url"].removeprefix("http://127.0.0.1:8000")).json() == json.loads(
        json.dumps(document())
    )


@pytest.mark.parametrize("what", IN_A_LIST)
@pytest.mark.parametrize("full", ["false", "true"])
def test_rule_14_every_page_and_every_single_thing_is_as_the_standard_says(get, everyone, what, full):
    first = get(f"/{what}", per_page=1, full=full)
    pages = first["total_pages"]
    assert pages >= 2
    for number in {1, pages // 2 + 1, pages}:
        page = get(f"/{what}/", per_page=1, page=number, full=full)
        assert list(page)[:-1] == [
            "total_items", "total_pages", "page_number", "size", "first_page", "last_page", "empty",
        ]  # fmt: skip
        assert (page["page_number"], page["size"], page["empty"]) == (number, 1, False)
        assert (page["first_page"], page["last_page"]) == (number == 1, number == pages)
        assert [fault for row in page["contents"] for fault in faults(IN_A_LIST[what], row)] == []
    for row in get(f"/{what}")["contents"]:
        for slash in ("", "/"):
            told = get(f"/{what}/{row['id']}{slash}")
            assert told["id"] == row["id"]
            assert faults(BY_ITSELF[what], told) == []


def test_what_is_few_is_counted_for_each_reader(get, everyone):
    assert feed_totals.count_what_is_many() == 0
    assert get("/services")["total_items"] == len(get("/services")["contents"])


def test_what_is_many_is_counted_in_the_background_and_never_for_a_reader(get, everyone, monkeypatch):
    monkeypatch.setattr(feed_totals, "FEW", 1)
    before = {what: get(f"/{what}")["total_items"] for what in ("services", "service_at_locations", "organizations")}
    assert feed_totals.count_what_is_many() == sum(many > 1 for many in before.values())
    with CaptureQueriesContext(connection) as asked:
        assert {what: get(f"/{what}")["total_items"] for what in before} == before
    assert not [query["sql"] for query in asked if "COUNT(*)" in query["sql"] and "search" in query["sql"]]
    # What is asked for besides is counted as it is.
    assert get("/services", organization_id=str(uuid.uuid4()))["total_items"] == 0


def test_an_empty_feed_is_one_empty_page(get, db):
    page = get("/services")
    assert (page["total_items"], page["total_pages"], page["empty"], page["contents"]) == (0, 0, True, [])
    assert page["first_page"]
    assert page["last_page"]


def test_pages_hold_each_service_once(get, council, postcodes):
    cooks(council, 7)
    told = [id for number in (1, 2, 3) for id in ids(get("/services", per_page=3, page=number))]
    assert len(told) == len(set(told)) == 7


def test_lines_hold_what_the_pages_hold(get, client, everyone, monkeypatch):
    monkeypatch.setattr("providers.open_referral.feed_found.AT_ONCE", 2)
    monkeypatch.setattr("providers.open_referral.feed_organizations.AT_ONCE", 2)
    for what in IN_A_LIST:
        assert lines(client, f"/{what}") == [
            row
            for number in range(1, get(f"/{what}", per_page=100)["total_pages"] + 1)
            for row in get(f"/{what}", per_page=100, page=number)["contents"]
        ]
    assert lines(client, "/services", full="true") == get("/services", full="true")["contents"]
    assert lines(client, "/services", search="lunch") == get("/services", search="lunch")["contents"]


def test_minimal_is_ids_and_days_in_one_call(get, everyone):
    page = get("/services", minimal="true")
    assert page["total_pages"] == 1
    assert {tuple(row) for row in page["contents"]} == {("id", "modified_date")}
    full = {row["id"]: row["last_modified"] for row in get("/services")["contents"]}
    assert {row["id"]: row["modified_date"] for row in page["contents"]} == full
    assert get("/services", minimal="true", per_page=2)["total_pages"] == 2
    links = get("/service_at_locations", minimal="true")
    assert set(ids(links)) == set(ids(get("/service_at_locations")))


def test_search_is_the_sites_own_and_the_best_is_first(get, council, postcodes):
    provider = make_provider(council, "Handy")
    for name, categories in [("Lawns", ["gardening"]), ("Dinners", ["cooking"]), ("Gardens", ["gardening"])]:
        service = make_service(provider, name, description=name, categories=Category.objects.filter(pk__in=categories))
        comes_from(service)
    listed(provider)
    assert names(get("/services", search="someone to cook lunch for gran")) == ["Dinners"]
    assert names(get("/services", text="someone to cook lunch for gran")) == ["Dinners"]
    both = get("/services", search="gardens")
    assert set(names(both)) == {"Gardens", "Lawns"}
    one_by_one = [names(get("/services", search="gardens", per_page=1, page=number))[0] for number in (1, 2)]
    assert one_by_one == names(both)


def test_a_postcode_finds_who_reaches_it(get, council, everyone, postcodes):
    far = make_provider(council, "Far away", base_postcode="TA1 1HE")
    comes_from(make_service(far, "Far help"), point=FAR_AWAY, miles=3)
    listed(far)
    reached = names(get("/services", postcode="BA1 1LZ"))
    assert "Far help" not in reached
    assert {"Outings", "Help", "Lunch club"} <= set(reached)
    assert set(names(get("/services", postcode="BA1 1LZ", proximity=500))) == {
        "Outings",
        "Lunch club",
        "Gardening together",
    }
    assert "Far help" in names(get("/services", postcode="TA1 1HE", proximity=100_000))
    assert "Help" not in names(get("/services", postcode="BA1 1LZ", proximity=100_000))
    links = get("/service_at_locations", postcode="BA1 1LZ", proximity=2000)["contents"]
    assert {row["service"]["name"] for row in links} == {"Outings", "Lunch club", "Gardening together"}


def test_distance_without_a_postcode_means_nothing(get, everyone):
    assert get("/services", proximity=5) == get("/services")


def test_a_term_found_is_a_term_shown(get, everyone, council, checker):
    seen(everyone[0], council, checker)
    refresh(providers=[everyone[0].pk])
    rows = get("/services", full="true")["contents"]
    said = {(row["id"], one["taxonomy_term_id"]) for row in rows for one in row["attributes"]}
    for id in {term_id for _, term_id in said}:
        with_term = {row for row, term_id in said if term_id == id}
        assert set(ids(get("/services", taxonomy_term_id=id))) == with_term, published().by_id[id]
        found = set(ids(get("/services", taxonomy_term_id=id, postcode="BA1 1LZ")))
        assert found == with_term, published().by_id[id]


def test_a_group_of_kinds_of_help_means_all_of_them(get, everyone):
    group = next(one for one in published().by_id.values() if one.id == term("care", "cooking").told["parent_id"])
    assert "Outings" in names(get("/services", taxonomy_term_id=group.id))


def test_terms_of_one_taxonomy_are_any_and_of_several_all(get, everyone):
    cooking, club = term("care", "cooking").id, term("care", "lunch-club").id
    older = term("client_group", "older").id
    assert set(names(get("/services", taxonomy_term_id=[cooking, club]))) == {"Outings", "Lunch club"}
    assert names(get("/services", taxonomy_term_id=f"{cooking},{club},{older}")) == ["Outings"]
    assert names(get("/services", taxonomy_term_id=str(uuid.uuid4()))) == []
    assert names(get("/services", taxonomy_id=str(uuid.uuid4()))) == []


def test_a_taxonomy_means_any_of_its_terms(get, everyone, council, checker):
    seen(everyone[0], council, checker)
    rows = get("/services", full="true")["contents"]
    for taxonomy in published().taxonomies.values():
        having = {row["id"] for row in rows if any(one["link_type"] == taxonomy.code for one in row["attributes"])}
        assert set(ids(get("/services", taxonomy_id=taxonomy.told["id"]))) == having, taxonomy.code


def test_who_is_away_or_back_is_found_by_what_holds_today(get, council, postcodes):
    service = make_service(make_provider(council), "Away")
    comes_from(service)
    has_space(service, space="away", away_until=timezone.localdate() + datetime.timedelta(days=2))
    listed(service.provider)
    gone, unknown = term("space", "away").id, term("space", "not_known").id
    assert [len(ids(get("/services", taxonomy_term_id=id))) for id in (gone, unknown)] == [1, 0]
    with time_machine.travel(timezone.now() + datetime.timedelta(days=3), tick=False):
        assert [len(ids(get("/services", taxonomy_term_id=id))) for id in (gone, unknown)] == [0, 1]


def test_days_hours_and_ages_leave_nobody_out_who_did_not_say(get, everyone):
    unsaid = {"Help", "Lunch club", "Gardening together"}
    for asked, outings in [
        ({"day": "TU"}, True),
        ({"day": "Tuesday"}, True),
        ({"day": "fri"}, False),
        ({"start_time": "14:00"}, True),
        ({"start_time": "18:30"}, False),
        ({"end_time": "13:00"}, True),
        ({"end_time": "12:00"}, False),
        ({"day": "tue", "start_time": "18:00"}, False),
        ({"minimum_age": "18", "maximum_age": "65"}, True),
    ]:
        assert set(names(get("/services", **asked))) == unsaid | ({"Outings"} if outings else set()), asked


def test_services_of_one_organisation(get, telling, hall):
    assert names(get("/services", organization_id=str(hall.pk))) == ["Lunch club"]
    assert names(get("/services", organization_id=str(hall.pk), search="lunch")) == ["Lunch club"]


def test_one_organisation_has_its_services(get, telling):
    short = get("/organizations")["contents"][0]
    assert "services" not in short
    told = get(f"/organizations/{telling.pk}")
    assert [row["name"] for row in told["services"]] == ["Outings"]
    assert "attributes" not in told["services"][0]
    whole = get(f"/organizations/{telling.pk}", full_service="true")
    assert whole["services"][0]["attributes"]
    assert get("/organizations", full_service="true")["contents"] == [whole]
    assert faults(BY_ITSELF["organizations"], whole) == []


def test_terms_are_found_by_taxonomy_and_parent(get, db):
    care = taxonomy_id("care")
    top = get("/taxonomy_terms", taxonomy_id=care, top_only="true", per_page=100)["contents"]
    assert all("parent_id" not in row and row["taxonomy_id"] == care for row in top)
    below = get("/taxonomy_terms", parent_id=top[0]["id"])["contents"]
    assert {row["parent_id"] for row in below} == {top[0]["id"]}
    assert get(f"/taxonomies/{care}")["taxonomy_terms"][0]["id"] == top[0]["id"]


def test_what_is_not_there_is_a_404_in_words(get, telling, quiet):
    other = str(uuid.uuid4())
    for address in [f"/{what}/{other}" for what in IN_A_LIST] + ["/nothing", "/services/abc", "/openapi"]:
        assert get(address, status=404)["detail"]
    assert get(f"/service_at_locations/{turned(quiet.services.get().pk, LINK)}", status=404)["status"] == 404
    assert "last one is 1" in get("/services", status=404, page=9)["detail"]
    assert get("/services", status=404, page=10**40)["title"] == "Not Found"
    assert "Northern Ireland" in get("/services", status=404, postcode="BT1 1AA")["detail"]


@pytest.mark.parametrize(
    "asked",
    [
        {"page": "0"},
        {"page": "-1"},
        {"page": "first"},
        {"per_page": "0"},
        {"format": "xml"},
        {"search": "x" * 10_000},
        {"search": "\0"},
        {"taxonomy_term_id": "cooking"},
        {"taxonomy_term_id": [str(uuid.UUID(int=number)) for number in range(1000)]},
        {"taxonomy_id": "'; DROP TABLE"},
        {"organization_id": "1"},
        {"minimum_age": "-1"},
        {"maximum_age": "nan"},
        {"start_time": "24:00"},
        {"end_time": "soon"},
        {"day": "Someday"},
        {"postcode": "Bath"},
        {"postcode": "BA1 1LZ", "proximity": "-1"},
        {"postcode": "BA1 1LZ", "proximity": "inf"},
        {"modified_after": "yesterday"},
        {"minimal": "perhaps"},
        {"full": "2"},
    ],
)
def test_nonsense_is_a_400_in_words(client, telling, asked):
    response = client.get(f"{FEED}/services", asked)
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    told = response.json()
    assert told["detail"]
    assert set(told["errors"]) <= set(asked)
    assert list(blanks(told)) == []


def test_what_is_left_empty_is_left_out(get, telling):
    empty = dict.fromkeys(feed_asked.Services.base_fields, "")
    assert get("/services", **empty) == get("/services")


@pytest.mark.parametrize(
    "words", ["a & b | !c", "'", "\\", "%%s %s %(x)s", "<script>", "💐" * 100, "not", "or or or", "-"]
)
def test_any_words_are_answered(get, everyone, words):
    assert get("/services", search=words, postcode="BA1 1LZ")["total_pages"] >= 0


def test_to_read_is_all_that_anybody_may(client, telling):
    for address in ("/services", f"/services/{telling.services.get().pk}", "/", "/nothing"):
        response = client.post(f"{FEED}{address}")
        assert response.status_code == 405
        assert response["Access-Control-Allow-Origin"] == "*"
        assert response["Allow"] == "GET, HEAD, OPTIONS"
        before = client.options(f"{FEED}{address}")
        assert (before.status_code, before.content) == (204, b"")
        assert before["Access-Control-Allow-Origin"] == "*"
        assert "If-None-Match" in before["Access-Control-Allow-Headers"]
    assert client.head(f"{FEED}/services").content == b""


def test_who_takes_no_json_is_told(client, telling):
    assert client.get(f"{FEED}/services", headers={"Accept": "text/html"}).status_code == 406
    assert client.get(f"{FEED}/services", headers={"Accept": "text/html, */*;q=0.1"}).status_code == 200
    assert client.get(f"{FEED}/services?format=ndjson", headers={"Accept": "image/png"}).status_code == 406
    assert client.get(f"{FEED}/services?format=ndjson", headers={"Accept": "application/x-ndjson"}).status_code == 200


def test_too_many_are_asked_to_wait(client, telling, settings, monkeypatch):
    monkeypatch.setattr(feed_answer, "TOLD_EACH", 1)
    settings.FEED_REQUESTS_A_MINUTE = 2
    responses = [client.get(f"{FEED}/") for _ in range(3)]
    assert [response.status_code for response in responses] == [200, 200, 429]
    assert 1 <= int(responses[-1]["Retry-After"]) <= 60
    assert responses[-1]["Access-Control-Allow-Origin"] == "*"
    settings.FEED_REQUESTS_A_MINUTE = 0
    assert client.get(f"{FEED}/").status_code == 200


def test_a_question_that_takes_too_long_is_ended_in_words(client, telling, monkeypatch):
    def slow(*given):
        raise TookTooLong

    monkeypatch.setattr("providers.open_referral.feed_found.found", slow)
    response = client.get(f"{FEED}/services")
    assert (response.status_code, response["Retry-After"]) == (503, "30")
    assert response.json()["detail"]


def test_a_browsers_language_changes_nothing(client, telling):
    told = [client.get(f"{FEED}/services", headers={"Accept-Language": one}).content for one in ("cy", "en-GB", "de")]
    assert len(set(told)) == 1


def test_who_has_it_already_is_told_so_until_it_changes(client, council, telling, checker):
    address = f"{FEED}/services/{telling.services.get().pk}"
    later = timezone.now() + datetime.timedelta(minutes=5)
    with time_machine.travel(later, tick=False):
        for one in (address, f"{FEED}/services", f"{FEED}/organizations/{telling.pk}"):
            first = client.get(one)
            for header, value in [("If-None-Match", first["ETag"]), ("If-Modified-Since", first["Last-Modified"])]:
                again = client.get(one, headers={header: value})
                assert (again.status_code, again.content) == (304, b"")
                assert again["Access-Control-Allow-Origin"] == "*"
                assert again["ETag"] == first["ETag"]
            assert first["Cache-Control"] == "private, no-cache"
    with time_machine.travel(later + datetime.timedelta(hours=1), tick=False):
        telling.services.update(name="Trips")
        list_provider(provider=telling, by=None, now=timezone.now())
        for header, value in [("If-None-Match", first["ETag"]), ("If-Modified-Since", first["Last-Modified"])]:
            assert client.get(one, headers={header: value}).status_code == 200


def test_a_change_within_the_second_is_not_missed(client, telling):
    with time_machine.travel(timezone.now() + datetime.timedelta(hours=1), tick=False) as clock:
        list_provider(provider=telling, by=None, now=timezone.now())
        first = client.get(f"{FEED}/services")
        clock.shift(0.1)
        telling.services.update(name="Trips")
        list_provider(provider=telling, by=None, now=timezone.now())
        again = client.get(f"{FEED}/services", headers={"If-Modified-Since": first["Last-Modified"]})
    assert again.status_code == 200
    assert first["ETag"] != again["ETag"]


def test_rule_05_at_midnight_tag_date_and_modified_after_move_with_what_lapses(client, get, telling, council, checker):
    last = timezone.localdate() + datetime.timedelta(days=4)
    seen(telling, council, checker, ends_on=last)
    refresh(providers=[telling.pk])
    end = timezone.make_aware(datetime.datetime.combine(last + datetime.timedelta(days=1), datetime.time.min))
    addresses = ["/services", f"/services/{telling.services.get().pk}", f"/organizations/{telling.pk}"]
    with time_machine.travel(end - SECOND, tick=False):
        before = {one: client.get(f"{FEED}{one}") for one in addresses}
        assert b"Public liability" in before["/services"].content
        assert names(get("/services", modified_after=(end - 5 * SECOND).isoformat())) == []
    with time_machine.travel(end, tick=False):
        for one, seen_before in before.items():
            for header, name in [("If-None-Match", "ETag"), ("If-Modified-Since", "Last-Modified")]:
                after = client.get(f"{FEED}{one}", headers={header: seen_before[name]})
                assert after.status_code == 200, (one, header)
            assert b"Public liability" not in after.content
            assert parse_http_date(after["Last-Modified"]) > parse_http_date(seen_before["Last-Modified"])
        changed = get("/services", modified_after=(end - 5 * SECOND).isoformat())["contents"]
        assert [datetime.datetime.fromisoformat(row["last_modified"]) for row in changed] == [end]


def test_modified_after_gives_what_says_so_of_itself_and_nothing_else(get, everyone, council, checker):
    with time_machine.travel(timezone.now() + datetime.timedelta(days=1)):
        seen(everyone[1], council, checker)
        list_provider(provider=everyone[0], by=None, now=timezone.now())
    with time_machine.travel(timezone.now() + datetime.timedelta(days=120), tick=False):
        rows = get("/services")["contents"]
        moments = sorted({row["last_modified"] for row in rows})
        assert len(moments) > 1
        for moment in moments:
            wanted = {row["id"] for row in rows if row["last_modified"] >= moment}
            assert set(ids(get("/services", modified_after=moment))) == wanted
        organisations = ids(get("/organizations", modified_after=moments[-1]))
        assert organisations == sorted({row["organization_id"] for row in rows if row["last_modified"] == moments[-1]})
    assert names(get("/services", modified_after="2100-01-01")) == []


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2026-03-03", "2026-03-03T00:00:00+00:00"),
        ("2026-03-03T09:30", "2026-03-03T09:30:00+00:00"),
        ("2026-03-03T09:30:00 01:00", "2026-03-03T09:30:00+01:00"),
        ("2026-06-30T23:59:60Z", "2026-06-30T23:59:59+00:00"),
        ("0001-01-01T00:00:00+14:00", "1900-01-01T00:00:00+00:00"),
        ("9999-12-31T23:59:59-12:00", "9000-01-01T00:00:00+00:00"),
        ("2026-03-03T09:30:00-23:37", "2026-03-04T09:07:00+00:00"),
    ],
)
def test_moments_are_read_as_people_and_machines_write_them(get, written, meant, telling):
    form = feed_asked.Organizations({"modified_after": written})
    assert form.is_valid()
    assert form.cleaned_data["modified_after"] == datetime.datetime.fromisoformat(meant)
    assert get("/services", modified_after=written)


def test_who_stays_out_of_the_feed_is_in_no_answer_and_comes_back(get, telling, provider_user):
    id = str(telling.services.get().pk)
    addresses = [
        f"/services/{id}",
        f"/service_at_locations/{turned(uuid.UUID(id), LINK)}",
        f"/organizations/{telling.pk}",
    ]
    leave_open_feed(provider=telling, by=provider_user, now=timezone.now())
    for what in ("services", "organizations", "service_at_locations"):
        assert ids(get(f"/{what}")) == []
    for asked in ({"search": "cooking"}, {"postcode": "BA1 1LZ"}, {"postcode": "BA1 1LZ", "proximity": "9000"}):
        assert ids(get("/services", **asked)) == []
    assert [get(address, status=404)["status"] for address in addresses] == [404] * 3
    moment = timezone.now()
    return_to_open_feed(provider=telling, by=provider_user)
    assert ids(get("/services", modified_after=moment.isoformat())) == [id]
    unlist_provider(provider=telling, by=None)
    assert [get(address, status=404)["status"] for address in addresses] == [404] * 3


def test_ten_rows_cost_as_many_queries_as_twenty(client, council, checker, postcodes, settings):
    settings.FEED_REQUESTS_A_MINUTE = 0
    cooks(council, 10)
    asked = [
        "/services",
        "/services?full=true",
        "/services?search=cook+lunch&postcode=BA1+1LZ",
        "/service_at_locations?full=true",
        "/services?minimal=true",
        "/organizations?full_service=true",
    ]
    with_ten = {one: count(client, one) for one in asked}
    cooks(council, 10)
    assert {one: count(client, one) for one in asked} == with_ten


def count(client, address):
    client.get(f"{FEED}{address}")
    with CaptureQueriesContext(connection) as queries:
        assert client.get(f"{FEED}{address}").status_code == 200
    return len(queries)


def test_the_document_names_every_address_and_every_parameter():
    told = document()
    forms = {
        "/services": feed_asked.Services,
        "/service_at_locations": feed_asked.Services,
        "/taxonomies": feed_asked.Paged,
        "/taxonomy_terms": feed_asked.Terms,
        "/organizations": feed_asked.Organizations,
        "/organizations/{id}": feed_asked.OneOrganization,
    }
    for address, operations in told["paths"].items():
        operation = operations["get"]
        wanted = set(forms[address].base_fields) if address in forms else set()
        refs = [one["$ref"].rpartition("/")[2] for one in operation["parameters"] if "$ref" in one]
        assert {told["components"]["parameters"][one]["name"] for one in refs} == wanted, address
        assert {"200", "304", "405", "406", "429", "503"} <= set(operation["responses"])
    assert {one.split("/")[1] for one in told["paths"]} == {"", *IN_A_LIST}


def test_a_listing_taken_from_a_public_list_says_so(get, council, postcodes):
    provider = make_provider(council, "Imported", source="https://lists.example/feed")
    goes_anywhere_in(make_service(provider, "Imported help"), council=council)
    listed(provider)
    told = get(f"/services/{provider.services.get().pk}")
    assert [row["value"] for row in told["attributes"] if row["link_type"] == "source"] == [
        "https://lists.example/feed"
    ]
    assert Provider.every.count() == 1


def test_the_answer_can_be_compressed(client, everyone):
    plain = client.get(f"{FEED}/services")
    packed = client.get(f"{FEED}/services", headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(packed.content) == plain.content
    again = client.get(f"{FEED}/services", headers={"Accept-Encoding": "gzip", "If-None-Match": packed["ETag"]})
    assert again.status_code == 304


def test_the_point_of_a_home_is_in_no_answer(client, garden, telling):
    for what in ("services", "service_at_locations", "organizations"):
        text = client.get(f"{FEED}/{what}?full=true").content.decode()
        assert str(BATH_ABBEY[0]) not in text
        assert "2 4AA" not in text
        assert "2 3AA" not in text


def test_people_can_read_what_the_feed_is(client, db):
    page = client.get("/open-referral/").text
    told = document()
    assert all(f"<code>{path}</code>" in page for path in told["paths"])
    assert all(f"<code>{one['name']}</code>" in page for one in told["components"]["parameters"].values())
    assert all(taxonomy in page for taxonomy in published().taxonomies)
    assert "1200 times" in page
