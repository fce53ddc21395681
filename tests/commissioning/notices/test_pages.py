import datetime
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.text import slugify
from environs import ValidationError

from commissioning.models import Interest, LotOutcome, Opportunity, OpportunityVersion
from commissioning.models.lot_outcome import OutcomeKind
from commissioning.notices import published
from commissioning.notices.ocds_awards import Supplier
from commissioning.opportunities import actions, outcome_actions
from commissioning.opportunities.outcome_actions import Outcome
from commissioning.opportunities.retention import end
from commissioning.requirements.actions import change_requirement
from providers.models import Provider
from providers.profile.departure import leave_as_business
from registry.environment import ocid_prefix
from tests.commissioning.makers import add_lot, make_requirement
from tests.commissioning.notices.judge import faults
from tests.commissioning.opportunities import makers
from tests.providers.listings.makers import comes_from, has_space, listed, make_provider, make_service

pytestmark = pytest.mark.django_db
HERE = "http://127.0.0.1:8000"
FORMAL = "https://tenders.example/1"
SECOND = datetime.timedelta(seconds=1)


@pytest.fixture
def get(client):
    """A package, judged each time by the standard's own checker; or another answer."""

    def ask(address, status=200, headers=None, **asked):
        response = client.get(address.removeprefix(HERE), asked, headers=headers or {})
        assert response.status_code == status, response.content
        assert response["Access-Control-Allow-Origin"] == "*"
        if status == 200:
            assert faults(response.json()) == []
        return response.json() if response.content else response

    return ask


@pytest.fixture
def opportunity(requirement, commissioner):
    return makers.publish(commissioner, requirement)


@pytest.fixture
def winner(council, provider_user):
    """A company of two, listed, whose people can be reached by phone and e-mail."""
    return cook(council, "Ana’s Kitchen Ltd", legal_form="company", numbers={"company": "01234567", "ico": "ZA123456"})


@pytest.fixture
def loser(council):
    return cook(council, "Second Helpings", legal_form="charity", numbers={"charity": "1234567"})


def cook(council, name, numbers=(), **facts):
    made = make_provider(council, name, slug=slugify(name), people=2, email="ana@kitchen.example", **facts)
    for scheme, value in dict(numbers).items():
        made.identifiers.create(scheme=scheme, value=value)
    service = make_service(made, "Lunch at home", categories=["cooking"])
    comes_from(service)
    has_space(service, hours_free=20)
    listed(made)
    return made


def awarded(interest, **facts):
    return Outcome(
        OutcomeKind.AWARDED,
        decided_on=datetime.date(2026, 12, 1),
        interest=interest,
        supplier="Ana’s Kitchen Ltd",
        is_micro=True,
        value_pence=1_234_567,
        why="They come on all days.",
    )


def decide(opportunity, by, first):
    """The first lot goes as given, nobody suitable is found for the other; feedback, and all are told."""
    one, other = makers.lot_ids(opportunity)
    nobody = Outcome(OutcomeKind.NONE_SUITABLE, decided_on=datetime.date(2026, 12, 2))
    for lot, outcome in ((one, first), (other, nobody)):
        outcome_actions.record_outcome(by=by, opportunity=opportunity, lot=lot, outcome=outcome)
    for interest in opportunity.interests.sent():
        outcome_actions.give_feedback(by=by, interest=interest, words="Thank you.")
    outcome_actions.tell_all(by=by, opportunity=opportunity)


@pytest.fixture
def decided(opportunity, commissioner, provider_user, winner, loser):
    won = makers.speak_up(provider_user, opportunity, winner, remarks="We saw Mrs Hill on Tuesday.")
    makers.speak_up(provider_user, opportunity, loser)
    makers.close(opportunity)
    decide(opportunity, commissioner, awarded(won))
    return opportunity


def ocid_of(opportunity):
    return f"ocds-000000-{opportunity.requirement.reference}"


def tags(package):
    return [one["tag"] for one in package["releases"]]


def publish_more(number, by, council):
    for _ in range(number):
        requirement = make_requirement(by, council)
        add_lot(by, requirement, "cooking")
        makers.publish(by, requirement)


@pytest.mark.parametrize("what", ["releases", "records"])
def test_before_anything_is_published_there_is_no_package(get, requirement, what):
    """By the standard a package holds at least one."""
    assert get(f"/ocds/{what}/", status=204).content == b""


def test_a_publication_is_a_release_for_everybody(get, opportunity):
    package = get("/ocds/releases/")
    (told,) = package["releases"]
    reference = opportunity.requirement.reference
    assert (told["ocid"], told["id"]) == (ocid_of(opportunity), f"{ocid_of(opportunity)}-1")
    assert (told["tag"], told["tender"]["status"]) == (["planning"], "planning")
    assert told["planning"]["documents"][0]["url"] == f"{HERE}/opportunities/{reference}/"
    assert told["tender"]["value"]["amount"] == opportunity.requirement.value_pence / 100
    assert len(told["tender"]["lots"]) == 2
    assert told["parties"] == [
        {
            "id": "E06000022",
            "name": "Bath and North East Somerset Council",
            "address": {"region": "England", "countryName": "United Kingdom"},
            "roles": ["buyer"],
        }
    ]
    assert package["extensions"] == []
    assert package["license"] == "http://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
    assert package["publishedDate"] == told["date"]
    assert package["publicationPolicy"] == f"{HERE}/ocds/"
    assert "links" not in package


def test_a_change_is_a_further_release_and_leaves_the_first_as_it_was(get, opportunity, requirement, commissioner):
    first = get("/ocds/releases/")["releases"][0]
    changed = change_requirement(by=commissioner, requirement=requirement, facts={"title": "Lunches, warm"})
    actions.publish_again(by=commissioner, opportunity=opportunity, note="Warm.", now=timezone.now())
    actions.set_formal_route(by=commissioner, opportunity=opportunity, url=FORMAL, note="", now=timezone.now())
    package = get("/ocds/releases/")
    assert package["releases"][0] == first
    assert tags(package) == [["planning"], ["planningUpdate"], ["tender"]]
    assert package["releases"][1]["tender"]["title"] == changed.title
    assert package["releases"][2]["tender"]["documents"][0]["url"] == FORMAL
    (record,) = get("/ocds/records/")["records"]
    assert record["releases"] == package["releases"]
    assert record["compiledRelease"]["tender"]["title"] == "Lunches, warm"


def test_what_changes_unpublished_is_told_nobody(get, opportunity, requirement, commissioner):
    before = get("/ocds/releases/")
    change_requirement(by=commissioner, requirement=requirement, facts={"title": "Not published yet"})
    assert get("/ocds/releases/") == before


def test_stopping_is_told_at_once(get, opportunity, commissioner):
    outcome_actions.stop(by=commissioner, opportunity=opportunity, why="No money.", today=datetime.date(2026, 12, 1))
    told = get("/ocds/releases/")["releases"][-1]
    assert (told["tag"], told["tender"]["status"]) == (["planningUpdate"], "cancelled")
    outcome_actions.tell_all(by=commissioner, opportunity=opportunity)
    assert len(get("/ocds/releases/")["releases"]) == 3


def test_the_outcome_is_told_when_all_have_been_told(get, opportunity, commissioner, provider_user, winner):
    won = makers.speak_up(provider_user, opportunity, winner)
    makers.close(opportunity)
    first, _ = makers.lot_ids(opportunity)
    outcome_actions.record_outcome(by=commissioner, opportunity=opportunity, lot=first, outcome=awarded(won))
    assert tags(get("/ocds/releases/")) == [["planning"]]
    decide(opportunity, commissioner, awarded(won))
    told = get("/ocds/releases/")["releases"][-1]
    assert (told["id"], told["tag"]) == (f"{ocid_of(opportunity)}-outcome", ["award", "contract"])
    assert told["awards"][0]["value"]["amount"] == 12345.67
    assert [one["status"] for one in told["awards"]] == ["active", "unsuccessful"]
    assert told["awards"][0]["suppliers"] == [{"id": "GB-COH-01234567", "name": "Ana’s Kitchen Ltd"}]
    assert told["parties"][1] == {
        "id": "GB-COH-01234567",
        "name": "Ana’s Kitchen Ltd",
        "identifier": {
            "scheme": "GB-COH",
            "id": "01234567",
            "uri": "https://find-and-update.company-information.service.gov.uk/company/01234567",
        },
        "roles": ["supplier"],
        "details": {"scale": "micro"},
    }


def test_an_award_to_somebody_else_names_them_as_the_council_did(get, opportunity, commissioner):
    makers.close(opportunity)
    outside = Outcome(OutcomeKind.AWARDED, datetime.date(2026, 12, 1), supplier="Big Meals plc", value_pence=100)
    decide(opportunity, commissioner, outside)
    party = get("/ocds/releases/")["releases"][-1]["parties"][1]
    assert (party["name"], party["roles"]) == ("Big Meals plc", ["supplier"])
    assert not {"identifier", "details"} & set(party)


def test_of_a_team_each_who_is_in_it_is_named():
    """As the public page does: an award names everybody who does the work."""
    members = [
        {"id": "aa11", "name": "Ana’s Kitchen", "people": 1, "identifiers": []},
        {"id": "bb22", "name": "Table", "people": 12, "identifiers": [{"scheme": "charity", "value": "1234567"}]},
        {"id": "cc33", "name": "Quiet help", "people": None, "identifiers": []},
    ]
    row = LotOutcome(interest=Interest(answer={"members": members}), supplier="All of us")
    assert published.suppliers_of(row) == (
        Supplier("Ana’s Kitchen", "aa11", is_micro=True),
        Supplier("Table", "bb22", is_micro=False, identifiers=(("charity", "1234567"),)),
        Supplier("Quiet help", "cc33", is_micro=None),
    )


def test_rule_01_10_15_a_bidder_who_did_not_win_and_what_was_written_stand_nowhere(client, decided, loser):
    for address in ("/ocds/releases/", "/ocds/records/"):
        written = client.get(address).content.decode()
        assert "Ana’s Kitchen Ltd" in written
        absent = [loser.name, "1234567", loser.pk.hex, "ana@kitchen.example", "07700", "Mrs Hill", "Thank you"]
        # Ana's own number holds the other's digits.
        found = [word for word in absent if word in written.replace("01234567", "")]
        assert found == []
        assert not any(word in written for word in ("Cora", "Rosie", "commissioner@", "dbs", "DBS"))


def test_what_was_awarded_stays_as_it_was_told_when_the_supplier_leaves(client, decided, winner, provider_user):
    before = client.get("/ocds/records/").content
    leave_as_business(provider=Provider.every.get(pk=winner.pk), by=provider_user, now=timezone.now())
    assert client.get("/ocds/records/").content == before


def test_what_has_ended_is_told_no_longer(get, client, decided):
    before = client.get("/ocds/records/")
    end(decided)
    get("/ocds/records/", status=204)
    get(f"/ocds/records/{before.json()['records'][0]['ocid']}/", status=404)


def test_one_release_and_one_record_have_addresses(get, decided):
    ocid = ocid_of(decided)
    assert get(f"/ocds/records/{ocid}/")["records"] == get("/ocds/records/")["records"]
    every = get("/ocds/releases/")["releases"]
    assert [get(f"/ocds/releases/{one['id']}/")["releases"][0] for one in every] == every
    alone = get(f"/ocds/releases/{ocid}-outcome/")
    assert alone["uri"] == f"{HERE}/ocds/releases/{ocid}-outcome/"


@pytest.mark.parametrize(
    "address", ["releases/{}/", "releases/{}-9/", "releases/{}-stopped/", "records/ocds-abcdef-1/", "records/{}-1/"]
)
def test_what_is_not_published_has_none(get, opportunity, address):
    problem = get(f"/ocds/{address.format(ocid_of(opportunity))}", status=404)
    assert problem["status"] == 404


def test_a_record_is_found_by_its_whole_id_alone(get, opportunity, settings):
    reference = opportunity.requirement.reference
    get(f"/ocds/records/{reference}/", status=404)
    settings.OCDS_PREFIX = "ocds-a1b2c3"
    get(f"/ocds/records/ocds-000000-{reference}/", status=404)
    assert get(f"/ocds/records/ocds-a1b2c3-{reference}/")["records"][0]["ocid"] == f"ocds-a1b2c3-{reference}"


@pytest.mark.parametrize("what", ["releases", "records"])
def test_pages_lead_from_the_first_to_the_last(get, council, commissioner, postcodes, what):
    publish_more(5, commissioner, council)
    address, told, pages = f"/ocds/{what}/?per_page=2", [], 0
    while address:
        package = get(address)
        told += [one["ocid"] for one in package[what]]
        pages += 1
        links = package.get("links", {})
        assert ("prev" in links, "next" in links) == (pages > 1, pages < 3)
        assert get(package["uri"]) == package
        address = links.get("next")
    assert pages == 3
    assert len(told) == len(set(told)) == 5
    assert get(links["prev"])["uri"] == f"{HERE}/ocds/{what}/?page=2&per_page=2"


def test_there_is_nothing_past_the_last_page(get, opportunity):
    problem = get("/ocds/releases/", status=404, page=10**9)
    assert "the last one is 1" in problem["detail"]


@pytest.mark.parametrize(
    "asked",
    [{"page": "0"}, {"page": "x"}, {"per_page": "-1"}, {"modified_after": "soon"}, {"modified_after": "\x00" * 10_000}],
)
def test_nonsense_is_refused_in_words(get, opportunity, asked):
    assert get("/ocds/records/", status=400, **asked)["errors"].keys() == asked.keys()


def test_who_asks_for_news_gets_what_happened_since(get, council, commissioner, postcodes):
    publish_more(3, commissioner, council)
    old, middle, new = Opportunity.objects.order_by("pk")
    day = datetime.datetime(2026, 3, 3, 9, 30, tzinfo=datetime.UTC)
    moments = [(old, day - SECOND), (middle, day), (new, day + SECOND)]
    for opportunity, moment in moments:
        OpportunityVersion.objects.filter(opportunity=opportunity).update(published_at=moment)
    for what in ("releases", "records"):
        package = get(f"/ocds/{what}/", modified_after="2026-03-03T09:30:00Z", per_page=1)
        assert [one["ocid"] for one in package[what]] == [ocid_of(middle)]
        package = get(package["links"]["next"])
        assert [one["ocid"] for one in package[what]] == [ocid_of(new)]
        get(f"/ocds/{what}/", status=204, modified_after="2026-03-04")


def test_an_outcome_is_news_of_its_record(get, decided):
    OpportunityVersion.objects.update(published_at=datetime.datetime(2026, 3, 3, tzinfo=datetime.UTC))
    since = (timezone.now() - datetime.timedelta(minutes=5)).isoformat()
    assert tags(get("/ocds/releases/", modified_after=since)) == [["award", "contract"]]
    assert len(get("/ocds/records/", modified_after=since)["records"]) == 1


@pytest.mark.parametrize("what", ["releases", "records"])
def test_a_page_costs_the_same_however_much_stands_on_it(client, council, commissioner, decided, what):
    def queries():
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/ocds/{what}/")
        return len(asked)

    few = queries()
    publish_more(5, commissioner, council)
    assert queries() == few <= 10


@pytest.mark.parametrize("address", ["releases/", "records/", "releases/{}-1/", "records/{}/"])
def test_who_has_it_already_is_told_so(client, opportunity, commissioner, address):
    address = f"/ocds/{address.format(ocid_of(opportunity))}"
    first = client.get(address)
    assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304
    assert first["Last-Modified"].endswith(" GMT")
    later = client.get(address, headers={"If-Modified-Since": first["Last-Modified"]})
    assert later.status_code in (200, 304)
    if "-1" not in address.removeprefix("/ocds/"):
        outcome_actions.stop(by=commissioner, opportunity=opportunity, why="", today=datetime.date(2026, 12, 1))
        assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_any_origin_may_read_and_nobody_may_write(client, opportunity):
    for address in ("/ocds/", "/ocds/releases/", "/ocds/records/"):
        asked = client.options(address)
        assert (asked.status_code, asked["Access-Control-Allow-Origin"]) == (204, "*")
        assert client.post(address).status_code == 405
        assert client.head(address).status_code == 200


def test_who_asks_too_often_waits(client, opportunity, settings):
    settings.FEED_REQUESTS_A_MINUTE = 2
    answers = [client.get("/ocds/releases/").status_code for _ in range(60)]
    assert (answers[0], answers[-1]) == (200, 429)
    # What nobody limits, the page need not speak of.
    settings.FEED_REQUESTS_A_MINUTE = 0
    assert "429" not in client.get("/ocds/").content.decode()


def test_what_it_is_stands_in_words_and_in_json(client, opportunity):
    page = client.get("/ocds/", headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert "Open contracting data" in page.content.decode()
    assert "ocds-000000" in page.content.decode()
    told = client.get("/ocds/", headers={"Accept": "application/json"})
    assert json.loads(told.content)["releases"] == f"{HERE}/ocds/releases/"
    assert told["Access-Control-Allow-Origin"] == "*"
    assert page["Vary"] == told["Vary"] == "Accept" or "Accept" in page["Vary"]
    assert client.get("/ocds/", headers={"Accept": "image/png"}).status_code == 200


@pytest.mark.parametrize("prefix", ["", "ocds-", "ocds-ABCDEF", "ocds-a1b2c34", "a1b2c3", "ocds-a1b2c3\n"])
def test_a_prefix_that_nobody_can_have_is_refused(prefix):
    with pytest.raises(ValidationError, match="prefix that was registered"):
        ocid_prefix(prefix)


def test_a_prefix_as_it_is_given_is_taken():
    ocid_prefix("ocds-a1b2c3")
