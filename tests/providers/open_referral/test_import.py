import copy
import gzip
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from providers.models import Listing, Provider, ProviderMembership, Service, Version
from providers.models.coverage import Reach
from registry.models import AuditEvent, Council, User

pytestmark = pytest.mark.django_db
EDINBURGH = "S12000036"
WHOLE = Path(__file__).parents[2] / "data" / "edinburgh_registered_services.json.gz"


@pytest.fixture(scope="module")
def whole():
    return json.loads(gzip.decompress(WHOLE.read_bytes()))


@pytest.fixture
def few(whole):
    """A care home, two that come to people, day care, and a service of care at home with day care: real rows."""
    wanted = ("Care Home Service - Older", "Care at Home for", "Housing Support", "Adult Daycare for", "at Home Adult")
    first = [next(row for row in whole["contents"] if words in row["description"]) for words in wanted]
    return copy.deepcopy(first)


@pytest.fixture
def bring(tmp_path, capsys):
    """Write rows into a file, import it, and give back what was printed."""

    def run(rows, *options, council=EDINBURGH):
        file = tmp_path / "page.json"
        file.write_text(json.dumps({"contents": rows}), encoding="utf-8")
        call_command("import_open_referral", str(file), "--council", council, *options, verbosity=0)
        return capsys.readouterr()

    return run


def test_the_whole_real_list_of_edinburgh_comes_in_with_none_lost(whole, bring, postcodes, client):
    said = bring(whole["contents"], "--publish")
    assert "438 services read: 438 new, 0 changed, 0 as they were, 0 not taken." in said.out
    assert not said.err
    assert (Service.every.count(), Provider.every.count(), Listing.objects.count()) == (438, 217, 438)
    assert set(Service.every.values_list("source_id", flat=True)) == {row["id"] for row in whole["contents"]}
    assert not Service.every.filter(categories=None).exists()
    assert not Service.every.filter(coverage=None).exists()
    assert Council.objects.get(pk=EDINBURGH).is_on
    assert set(Service.every.values_list("regulatory_basis", "regulator")) == {("registered", "the Care Inspectorate")}

    found = client.get("/find/", {"postcode": "EH1 1YZ", "need": "care at home for my mother"}).content.decode()
    assert "Goes anywhere in City of Edinburgh" in found
    assert "Registered with the Care Inspectorate." in found
    assert "CQC" not in found

    again = bring(whole["contents"], "--publish")
    assert "438 services read: 0 new, 0 changed, 438 as they were, 0 not taken." in again.out
    assert Version.objects.count() == 217
    assert AuditEvent.objects.filter(verb="provider.imported").count() == 217


def test_what_the_source_does_not_say_stays_not_known(few, bring):
    bring(few, "--publish")
    for provider in Provider.every.all():
        assert (provider.legal_form, provider.people, provider.employs_anyone) == ("unknown", None, None)
        assert provider.source == "an Open Referral UK list of services in City of Edinburgh"
    service = Service.every.first()
    assert (service.price_pence, service.payers, hasattr(service, "availability")) == (None, [], False)
    assert Listing.objects.first().space == "not_known"


def test_people_go_to_a_home_or_a_day_service_and_care_at_home_comes_to_them(few, bring):
    bring(few)
    ways = {
        service.description: {row.reach for row in service.coverage.all()}
        for service in Service.every.prefetch_related("coverage")
    }
    home, care, housing, day, both = (ways[row["description"]] for row in few)
    assert home == day == {Reach.COME_TO_US}
    assert care == housing == {Reach.AREA}
    assert both == {Reach.AREA, Reach.COME_TO_US}
    door = Service.every.get(source_id=few[0]["id"]).coverage.get()
    assert door.place == "33 Craighouse Terrace, Edinburgh, EH10 5LH"
    assert (door.easting, door.northing) == (323625, 670734) or abs(door.easting - 323600) < 500


def test_without_publish_nothing_is_public_until_a_second_run_publishes_it(few, bring):
    bring(few)
    assert not Provider.listed.exists()
    said = bring(few, "--publish")
    assert "0 new, 0 changed, 5 as they were" in said.out
    assert Listing.objects.count() == 5


def test_what_changed_in_the_source_is_written_and_published_again(few, bring):
    bring(few, "--publish")
    few[0]["name"] = "Ashley Court, renamed"
    few[1]["description"] = "Care Home Service - Older People"
    few[0]["organization"]["description"] = "Homes since 1984"
    few[0]["organization"]["email"] = "office@example.org"
    few[0]["organization"]["website"] = "javascript:alert(1)"
    assert "0 new, 2 changed, 3 as they were" in bring(few, "--publish").out
    assert Listing.objects.filter(name="Ashley Court, renamed").exists()
    assert Service.every.get(source_id=few[1]["id"]).coverage.get().reach == Reach.COME_TO_US
    provider = Provider.every.get(source_id=few[0]["organization_id"])
    assert (provider.about, provider.email, provider.website) == ("Homes since 1984", "office@example.org", "")
    assert provider.versions.count() == 2


def broken(change):
    def make(row):
        row = copy.deepcopy(row)
        change(row)
        return row

    return make


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda row: "text", "Row 1: it is not an object."),
        (broken(lambda row: row.update(status="defunct")), "its status is defunct, not active."),
        (broken(lambda row: row.pop("status")), "its status is missing, not active."),
        (broken(lambda row: row.pop("id")), "Row 1: it has no id."),
        (broken(lambda row: row.update(name=None)), "it has no name."),
        (broken(lambda row: row.update(name="x" * 121)), "its name is longer than 120 characters."),
        (broken(lambda row: row.pop("organization")), "it does not say which organisation gives it."),
        (
            broken(lambda row: row.update(service_areas=[], service_at_locations=[])),
            "it names no place and no area that we know.",
        ),
        (
            broken(lambda row: row.update(service_areas=[{"uri": "x"}, "y"], service_at_locations=[{"location": 1}])),
            "it names no place and no area that we know.",
        ),
        (
            broken(
                lambda row: (
                    row.pop("service_areas"),
                    row["service_at_locations"][0]["location"].update(latitude=0, longitude=0),
                )
            ),
            "it names no place and no area that we know.",
        ),
        (
            broken(lambda row: (row.pop("service_areas"), row["service_at_locations"][0]["location"].pop("latitude"))),
            "it names no place and no area that we know.",
        ),
    ],
)
def test_a_row_that_cannot_be_taken_is_told_of_and_the_others_come_in(few, bring, make, reason):
    said = bring([make(few[1]), few[0]])
    assert said.err.startswith("Row 1")
    assert reason in said.err
    assert "2 services read: 1 new, 0 changed, 0 as they were, 1 not taken." in said.out


def test_a_row_that_stands_twice_is_taken_once(few, bring):
    assert f"Row 2, id {few[0]['id']}: its id stands in the file already." in bring([few[0], few[0]]).err


def test_a_record_that_its_own_people_look_after_is_not_overwritten(few, bring):
    bring(few)
    provider = Provider.every.get(source_id=few[0]["organization_id"])
    owner = User.objects.create_user("owner@example.org", "Owner")
    ProviderMembership.objects.create(user=owner, provider=provider, role="owner")
    few[0]["name"] = "Changed"
    assert f"Row 1, id {few[0]['id']}: its own people look after the record now." in bring(few, "--publish").err
    assert not Provider.listed.filter(pk=provider.pk).exists()


def test_areas_are_councils_or_their_districts_and_a_service_without_any_is_found_at_its_door(few, bring):
    cardiff = "http://statistics.data.gov.uk/id/statistical-geography/W06000015"
    cheltenham = "http://statistics.data.gov.uk/id/statistical-geography/E07000078"
    nowhere = "http://statistics.data.gov.uk/id/statistical-geography/X99000000"
    few[1]["service_areas"] = [{"uri": cardiff}, {"uri": cheltenham}, {"uri": nowhere}]
    few[2]["service_areas"] = []
    bring(few[1:3], council="E10000013")
    rows = Service.every.get(source_id=few[1]["id"]).coverage.values_list("council", "district")
    assert set(rows) == {("W06000015", None), (None, "E07000078")}
    assert Service.every.get(source_id=few[2]["id"]).coverage.get().reach == Reach.COME_TO_US
    assert set(Service.every.values_list("regulatory_basis", flat=True)) == {"not_known"}


def test_two_organisations_of_one_name_have_addresses_of_their_own(few, bring):
    few[1]["organization"] = {**few[0]["organization"], "id": "11111111-2222-3333-4444-555555555555"}
    bring(few[:2])
    assert Provider.every.values("slug").distinct().count() == 2


def test_an_organisation_in_the_lists_of_two_councils_is_one_provider(few, bring):
    bring(few[:1], "--source", "a national list")
    bring(few[:1], "--source", "a national list", council="S12000033")
    assert Provider.every.get().home_council_id == EDINBURGH


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        (b"{", "is not JSON in UTF-8"),
        (b"\xff\xfe", "is not JSON in UTF-8"),
        (b"[]", "There is no service in it"),
        (b'{"contents": 1}', "it has no list called contents"),
        (None, "cannot be read"),
    ],
)
def test_a_file_that_is_none_is_refused_in_one_sentence(tmp_path, written, reason):
    file = tmp_path / "page.json"
    if written is not None:
        file.write_bytes(written)
    with pytest.raises(CommandError, match=reason):
        call_command("import_open_referral", str(file), "--council", EDINBURGH)
    assert not Council.objects.get(pk=EDINBURGH).is_on


def test_a_council_that_does_not_exist_is_refused(tmp_path):
    with pytest.raises(CommandError, match="No council has the code"):
        call_command("import_open_referral", str(tmp_path / "x"), "--council", "X1")
