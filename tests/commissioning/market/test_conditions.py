"""What would have to change, ranked: counted from what is held, asked and reached."""

import datetime
import random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from commissioning.market.conditions import METRES_FURTHER, asked_for, conditions
from commissioning.market.gaps import kinds
from commissioning.market.ground import ground_of
from commissioning.market.reading import offers_near
from commissioning.market.rules import Change
from commissioning.models import Law
from providers.models import Check, CheckPolicy, Credential
from tests.cast import make_council, make_staff, sign_in
from tests.commissioning.market.conftest import AREAS
from tests.commissioning.market.makers import one_service
from tests.providers.listings.makers import MILE

pytestmark = pytest.mark.django_db

PAGE = "/commissioning/market/E06000022/conditions/"
TODAY = datetime.date(2026, 3, 3)
COVERED = {"public_liability": {}}


@pytest.fixture
def asks_for_cover(council, census):
    """A council that asks for public liability alone."""
    for kind in ("moving_and_handling", "first_aid", "safeguarding_adults"):
        CheckPolicy.objects.create(council=council, kind=kind, asked_for=False)


def found(council, today=TODAY):
    ground = ground_of(council)
    return conditions(ground, offers_near(ground), asked_for(council), today)


def gains(council):
    return {(gain.change, gain.term.code): (gain.providers, gain.residents) for gain in found(council).by_kind}


def test_one_that_lacks_cover_alone_would_bring_those_within_its_reach(asks_for_cover, council):
    one_service(council, miles=2)
    assert gains(council)[Change.COVER, "cooking"] == (1, 1_000)


def test_whom_somebody_reaches_already_is_nobody_new(asks_for_cover, council):
    one_service(council, miles=2, holds=COVERED)
    one_service(council, miles=10, name="Ben", categories=("cooking",))
    # Keynsham and Radstock lie within ten miles of Bath, and Bath has Ana.
    assert gains(council)[Change.COVER, "cooking"] == (1, 6_000)
    counted = found(council).counted
    assert (counted.providers, counted.ready, counted.one_short, counted.more_short) == (2, 1, 1, 0)


def test_who_lacks_two_things_is_helped_by_neither_alone(asks_for_cover, council):
    one_service(council, miles=2, space="full")
    assert found(council).overall == []
    assert found(council).counted.more_short == 1


@pytest.mark.parametrize(
    ("facts", "change"),
    [
        ({"space": "full", "holds": COVERED}, Change.HOURS),
        ({"source": "A list", "holds": {}}, Change.KNOWING),
        ({"categories": ("washing-and-dressing",), "holds": COVERED}, Change.KNOWING),
        (
            {"categories": ("washing-and-dressing",), "holds": COVERED, "regulatory_basis": "individual"},
            Change.REGISTRATION,
        ),
        ({"employs_anyone": True, "people": 2, "holds": COVERED}, Change.COVER),
    ],
)
def test_each_lack_is_its_own_change(asks_for_cover, council, facts, change):
    one_service(council, miles=2, **facts)
    (one,) = found(council).overall
    assert (one.change, one.providers) == (change, 1)
    assert one.gains[0].residents == 1_000


def test_what_the_council_asks_of_training_and_papers_counts_by_kind(council, census):
    CheckPolicy.objects.create(council=council, kind="complaints_policy", asked_for=True)
    one_service(council, miles=2, holds={**COVERED, "complaints_policy": {}, "first_aid": {}})
    one_service(council, miles=2, name="Ben", holds={**COVERED, "complaints_policy": {}})
    trained = {kind: {} for kind in ("first_aid", "moving_and_handling", "safeguarding_adults")}
    one_service(council, miles=2, name="Cy", holds={**COVERED, **trained})
    by_change = {one.change: one for one in found(council).overall}
    assert by_change[Change.TRAINING].providers == 2
    assert by_change[Change.TRAINING].lacking == (
        ("moving_and_handling", 2),
        ("safeguarding_adults", 2),
        ("first_aid", 1),
    )
    assert by_change[Change.PAPERS].lacking == (("complaints_policy", 1),)


@pytest.mark.parametrize(
    "changes",
    [
        {"ends_on": TODAY - datetime.timedelta(days=1)},
        {"starts_on": TODAY + datetime.timedelta(days=1)},
        {"replaced_at": timezone.now()},
    ],
)
def test_cover_that_does_not_hold_today_is_none(asks_for_cover, council, changes):
    service = one_service(council, miles=2, holds=COVERED)
    Credential.every.filter(provider=service.provider).update(**changes)
    assert [one.change for one in found(council).overall] == [Change.COVER]


def test_what_a_council_would_not_accept_is_not_held_until_it_is_seen_again(asks_for_cover, council, checker):
    service = one_service(council, miles=9, holds=COVERED)
    credential = Credential.every.get(provider=service.provider)
    facts = {"credential": credential, "council": council, "by": checker, "seen_on": TODAY, "means": "copy"}
    Check.objects.create(**facts, outcome="not_accepted")
    assert [one.change for one in found(council).overall] == [Change.COVER]
    Check.objects.create(**facts, outcome="seen")
    assert Change.COVER not in {one.change for one in found(council).overall}


def test_further_travel_counts_those_it_would_newly_reach(asks_for_cover, council):
    """Keynsham lies some six miles from the middle of BA2: five do not reach it, and three more do."""
    one_service(council, miles=5, holds=COVERED)
    assert gains(council) == {(Change.REACH, "cooking"): (1, 6_000)}
    one_service(council, miles=1, name="Ben", base_postcode="TA1 1HE", holds=COVERED)
    assert gains(council) == {(Change.REACH, "cooking"): (1, 6_000)}


def test_the_figures_equal_a_plain_recount(asks_for_cover, council):
    dice, said = random.Random(11), []
    middles = {"BA1": (375_179, 165_232), "BA3": (367_674, 154_330), "BS31": (365_428, 168_030)}
    for number in range(14):
        outcode, miles, covered = dice.choice(sorted(middles)), dice.randint(1, 5), dice.random() < 0.3
        one_service(
            council,
            miles=miles,
            name=f"Provider {number}",
            base_postcode=f"{outcode} 1AA",
            holds=COVERED if covered else {},
        )
        said.append((middles[outcode], miles * MILE, covered))

    def reached(services, further=0):
        return {
            code
            for code, (east, north, district, _people, _disabled) in AREAS.items()
            if district == council.pk
            for (x, y), metres, _covered in services
            if (east - x) ** 2 + (north - y) ** 2 <= (metres + further) ** 2
        }

    ready, short = [one for one in said if one[2]], [one for one in said if not one[2]]
    now = reached(ready)
    people = {
        Change.COVER: sum(AREAS[code][3] for code in reached(short) - now),
        Change.REACH: sum(AREAS[code][3] for code in reached(ready, METRES_FURTHER) - now),
    }
    counted = {change: residents for (change, _code), (_providers, residents) in gains(council).items()}
    assert counted == {change: number for change, number in people.items() if number or change is Change.COVER}


def test_the_most_people_come_first(asks_for_cover, council):
    one_service(council, miles=2)
    one_service(council, miles=3, name="Ben", base_postcode="BA3 1AA", space="full", holds=COVERED)
    assert [one.change for one in found(council).overall] == [Change.HOURS, Change.COVER]
    assert [gain.residents for gain in found(council).by_kind] == [4_000, 1_000]


def test_the_page_says_what_the_council_could_do_and_names_its_source(asks_for_cover, council, as_commissioner):
    one_service(council, miles=2)
    page = as_commissioner.get(PAGE).content.decode()
    assert "Most of all Cooking at home: about 1,000 more residents, 100 of them disabled." in page
    assert "Let it be in place by the start of the contract." in page
    assert "Procurement Act 2023, section 22(3)(b)" in page
    assert "has not all been checked against its sources yet" in page


def test_rule_08_no_sentence_of_the_law_stands_where_its_row_is_missing(asks_for_cover, council, as_commissioner):
    Law.objects.all().delete()
    one_service(council, miles=2)
    page = as_commissioner.get(PAGE).content.decode()
    assert "Procurement Act" not in page
    assert "checked against" not in page


def test_a_source_without_an_address_or_a_section_is_named_as_it_is(asks_for_cover, council, as_commissioner):
    one_service(council, miles=2)
    Law.objects.filter(key="insurance").update(source_url="")
    assert "(Procurement Act 2023, section 22(3)(b))" in as_commissioner.get(PAGE).content.decode()
    Law.objects.filter(key="insurance").update(citation="")
    assert "section 22" not in as_commissioner.get(PAGE).content.decode()


def test_without_a_tick_it_is_seen_what_not_asking_does(council, census, as_commissioner):
    one_service(council, miles=2, holds=COVERED)
    assert "They lack only training" in as_commissioner.get(PAGE).content.decode()
    page = as_commissioner.get(f"{PAGE}?chosen=1&asked=public_liability").content.decode()
    assert "They lack only training" not in page
    assert "1 have all that you ask for" in page
    nothing = as_commissioner.get(f"{PAGE}?chosen=1").content.decode()
    assert "1 have all that you ask for" in nothing


def test_the_file_holds_the_rows_of_the_same_choice(council, census, as_commissioner):
    one_service(council, miles=5, holds=COVERED)
    page = as_commissioner.get(f"{PAGE}?chosen=1&asked=public_liability").content.decode()
    address = "/commissioning/market/E06000022/conditions.csv?chosen=1&amp;asked=public_liability"
    assert address in page
    said = as_commissioner.get(address.replace("&amp;", "&")).content.decode("utf-8-sig").splitlines()
    assert said[1:] == ["Cooking at home,3 more miles of travel,1,6000,1000"]


def test_of_more_rows_than_a_page_holds_the_file_has_all(asks_for_cover, council, as_commissioner):
    one_service(council, miles=2, categories=[term.code for term in kinds()[:30]], regulatory_basis="registered")
    assert "The file has all rows" in as_commissioner.get(PAGE).content.decode()
    said = as_commissioner.get(f"{PAGE[:-1]}.csv").content.decode().splitlines()
    assert len(said) == 31


@pytest.mark.parametrize("asked", ["nonsense", "%00", "x" * 10_000, "public_liability&asked=public_liability"])
def test_a_choice_that_makes_no_sense_asks_for_everything(council, census, as_commissioner, asked):
    one_service(council, miles=2, holds=COVERED)
    assert as_commissioner.get(f"{PAGE}?chosen=1&asked={asked}").status_code == 200


def test_nobody_there_means_that_no_change_helps(council, census, as_commissioner):
    assert "No one change would bring anybody more." in as_commissioner.get(PAGE).content.decode()


def test_where_everybody_is_reached_a_change_gives_a_choice(asks_for_cover, council, as_commissioner):
    one_service(council, area=council.districts.get(), holds=COVERED)
    one_service(council, miles=2, name="Ben")
    assert "It would bring nobody new into reach" in as_commissioner.get(PAGE).content.decode()


def test_elsewhere_changes_are_counted_in_providers(client, postcodes):
    edinburgh = make_council("S12000036", "City of Edinburgh", "Scotland")
    sign_in(client, make_staff("edi@council.example", "Edi", edinburgh, "commissioner"))
    one_service(edinburgh, area=edinburgh.districts.get(), base_postcode="EH1 1YZ", holds=COVERED)
    page = client.get("/commissioning/market/S12000036/conditions/").content.decode()
    assert "The change that does most comes first." in page
    assert "more residents" not in page
    said = client.get("/commissioning/market/S12000036/conditions.csv").content.decode("utf-8-sig").splitlines()
    assert said[0] == "Kind of help,What would have to change,Providers"


def test_it_is_one_question_however_many_there_are(asks_for_cover, council):
    ground = ground_of(council)
    for number in range(3):
        one_service(council, miles=2, name=f"Provider {number}")
    offers, policies = offers_near(ground), asked_for(council)
    with CaptureQueriesContext(connection) as queries:
        conditions(ground, offers, policies, TODAY)
    assert len(queries) == 1
