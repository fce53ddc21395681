"""A lot that nobody could do alone, cut so that several could."""

import itertools

import pytest

from commissioning.models import Condition, LotTime
from commissioning.requirements import actions
from commissioning.requirements.splitting import ENOUGH, MOST_PARTS, Able, Part, count, propose
from commissioning.sourcing.rules import Candidate
from commissioning.sourcing.times import Week, Window
from providers.models import WeeklyHours
from registry.models import AuditEvent
from tests.commissioning.conftest import BATH, insure
from tests.commissioning.makers import add_lot, ask, make_requirement
from tests.providers.listings.makers import comes_from, goes_anywhere_in, has_space, listed, make_provider, make_service
from tests.reading import words_of_page

MORNING = (420, 600)
ROW = {f"P{place}": (place * 1000, 0) for place in range(4)}


def able(name, places, hours=40, week=None, people=1):
    spans = week or dict.fromkeys(("mon", "tue", "wed", "thu", "fri", "sat", "sun"), ((0, 1440),))
    candidate = Candidate(reached=1, places=1, people=people, week=Week(spans))
    return Able(name, frozenset(places), hours * 60, candidate)


def whole(places=tuple(ROW), hours=None, times=()):
    minutes = sum(window.minutes for window in times) if times else hours and hours * 60
    return Part(tuple(places), tuple(times), minutes)


def test_a_lot_that_enough_could_do_is_left_whole():
    found = propose(whole(), [able(name, ROW) for name in "abc"], ROW)
    assert found.parts == ((whole(), 3),)
    assert not found.is_a_split


def test_a_lot_is_cut_where_the_map_parts_those_who_could_do_it():
    west = [able(f"west{n}", ["P0", "P1"]) for n in range(3)]
    east = [able(f"east{n}", ["P2", "P3"]) for n in range(3)]
    found = propose(whole(), west + east, ROW)
    assert [part.places for part, _count in found.parts] == [("P0", "P1"), ("P2", "P3")]
    assert (found.whole, found.least) == (0, 3)


def test_hours_are_shared_by_the_districts_and_none_is_lost():
    west = [able(f"west{n}", ["P0"], hours=10) for n in range(3)]
    east = [able(f"east{n}", ["P1", "P2", "P3"]) for n in range(3)]
    found = propose(whole(hours=30), west + east, ROW)
    assert [(part.places, part.minutes // 60) for part, _count in found.parts] == [
        (("P0",), 8),
        (("P1", "P2", "P3"), 23),
    ]


def test_too_many_hours_for_anybody_are_halved():
    found = propose(whole(["P0"], hours=35), [able(name, ["P0"], hours=18) for name in "abc"], ROW)
    assert sorted(part.minutes // 60 for part, _count in found.parts) == [17, 18]
    assert found.least == 3


def test_days_are_parted_where_people_work_different_days():
    times = [Window(day, *MORNING, 120) for day in ("mon", "tue", "sat", "sun")]
    weekdays = [
        able(f"w{n}", ["P0"], week={"mon": (MORNING,), "tue": (MORNING,), "sat": (), "sun": ()}) for n in range(3)
    ]
    weekends = [
        able(f"e{n}", ["P0"], week={"mon": (), "tue": (), "sat": (MORNING,), "sun": (MORNING,)}) for n in range(3)
    ]
    found = propose(whole(["P0"], times=times), weekdays + weekends, ROW)
    assert [sorted({window.day for window in part.times}) for part, _count in found.parts] == [
        ["mon", "tue"],
        ["sat", "sun"],
    ]
    assert all(part.minutes == 240 for part, _count in found.parts)


def test_mornings_are_parted_from_evenings():
    times = [Window("mon", *MORNING, 120), Window("mon", 1080, 1260, 120)]
    early = [able(f"m{n}", ["P0"], week={"mon": (MORNING,)}) for n in range(3)]
    late = [able(f"l{n}", ["P0"], week={"mon": ((1080, 1260),)}) for n in range(3)]
    found = propose(whole(["P0"], times=times), early + late, ROW)
    assert [part.times[0].starts for part, _count in found.parts] == [420, 1080]


def test_more_work_than_one_can_do_at_once_is_halved():
    times = [Window("mon", *MORNING, 360)]
    found = propose(whole(["P0"], times=times), [able(name, ["P0"]) for name in "abc"], ROW)
    assert [part.minutes for part, _count in found.parts] == [180, 180]


def test_nobody_at_all_is_not_cut_and_parts_are_bounded():
    assert not propose(whole(hours=40), [], ROW).is_a_split
    lonely = [able(place, [place], hours=1) for place in ROW]
    assert len(propose(whole(hours=400), lonely, ROW).parts) <= MOST_PARTS


def test_one_provider_with_two_services_counts_once():
    assert count(whole(["P0"]), [able("a", ["P0"]), able("a", ["P0"])]) == 1


def test_the_same_field_gives_the_same_parts_in_any_order():
    field = [able("a", ["P0", "P1"]), able("b", ["P0"]), able("c", ["P2", "P3"]), able("d", ["P1", "P2"])]
    proposals = {propose(whole(hours=20), order, ROW) for order in itertools.permutations(field)}
    assert len(proposals) == 1


@pytest.fixture
def split_field(council, postcodes):
    """Three who only do BA1, three who only do BA2: nobody does both."""
    for place, point in (("BA1", BATH), ("BA2", (374_600, 162_500))):
        for number in range(ENOUGH):
            provider = make_provider(council, f"{place} {number}", slug=f"{place.lower()}-{number}", people=1)
            service = make_service(provider, "Lunch", categories=["cooking"])
            comes_from(service, point, miles=1)
            has_space(service, hours_free=20)
            insure(provider)
            listed(provider)


@pytest.fixture
def wide(commissioner, council, postcodes):
    made = make_requirement(commissioner, council)
    add_lot(commissioner, made, "cooking", hours_per_week=30)
    add_lot(commissioner, made, "lunch-club", title="A lunch club", hours_per_week=None, outcodes=[])
    ask(commissioner, made, "public_liability", amount_pence=200_000_000)
    return made


def address(requirement):
    return f"/commissioning/requirements/{requirement.reference}/lots/1/split/"


def words(response):
    return " ".join(words_of_page(response.content))


@pytest.mark.django_db
def test_lots_that_are_proposed_are_taken_as_they_were_shown(as_commissioner, wide, split_field):
    page = as_commissioner.get(address(wide))
    assert "No single provider that fits could do all of this lot as it stands." in words(page)
    assert "These 2 lots could each be met by at least 3 providers alone." in words(page)
    shown = page.context["shown"]
    Condition.objects.create(requirement=wide, lot=wide.lots.get(number=1), kind="moving_and_handling")
    assert as_commissioner.post(address(wide), {"shown": "stale"}, follow=True).status_code == 200
    assert wide.lots.count() == 2
    Condition.objects.filter(kind="moving_and_handling").delete()
    page = as_commissioner.post(address(wide), {"shown": shown}, follow=True)
    assert "The lot is now several" in page.text
    assert list(wide.lots.values_list("number", "title", "outcodes", "hours_per_week")) == [
        (1, "Lunches in the city: BA1", ["BA1"], 15),
        (2, "Lunches in the city: BA2", ["BA2"], 15),
        (3, "A lunch club", [], None),
    ]
    assert AuditEvent.objects.get(verb="requirement.lot_split").fields == ["lots"]
    assert "meanwhile" in as_commissioner.post(address(wide), {"shown": shown}, follow=True).text
    assert wide.lots.count() == 3


@pytest.mark.django_db
def test_times_and_conditions_of_the_lot_go_with_each_part(wide, commissioner):
    lot = wide.lots.get(number=1)
    actions.add_times(by=commissioner, lot=lot, days=["mon"], window=MORNING, minutes=240)
    Condition.objects.create(requirement=wide, lot=lot, kind="moving_and_handling", keep_reason="Hoists.")
    lot.refresh_from_db()
    time = {"day": "mon", "starts_minute": 420, "ends_minute": 600, "minutes_needed": 120}
    part = {"title": "Half", "outcodes": ["BA1"], "hours_per_week": 2, "times": [time]}
    was = actions.state_of(lot)
    actions.split_lot(by=commissioner, lot=lot, parts=[part, part], was=was)
    assert sorted(LotTime.objects.values_list("lot__number", "minutes_needed")) == [(1, 120), (2, 120)]
    kept = Condition.objects.filter(kind="moving_and_handling").values_list("lot__number", "keep_reason")
    assert sorted(kept) == [(1, "Hoists."), (2, "Hoists.")]
    with pytest.raises(actions.LotMovedOnError):
        actions.split_lot(by=commissioner, lot=lot, parts=[part, part], was=was)


@pytest.mark.django_db
def test_a_lot_that_enough_could_do_is_left_alone(as_commissioner, commissioner, wide, split_field, council):
    for number in range(ENOUGH):
        provider = make_provider(council, f"Both {number}", slug=f"both-{number}")
        service = make_service(provider, "Lunch", categories=["cooking"])
        goes_anywhere_in(service, council=council)
        has_space(service, hours_free=40)
        insure(provider)
        listed(provider)
    assert "enough to choose from" in words(as_commissioner.get(address(wide)))


@pytest.mark.django_db
def test_where_no_cut_helps_the_page_says_what_to_look_at(as_commissioner, wide):
    page = as_commissioner.get(address(wide))
    assert "brings nobody more" in words(page)
    assert "Use these lots" not in words(page)


@pytest.mark.django_db
def test_parts_are_named_by_their_days(as_commissioner, commissioner, wide, council):
    lot = wide.lots.get(number=1)
    actions.add_times(by=commissioner, lot=lot, days=["mon", "sat"], window=MORNING, minutes=120)
    for day in ("mon", "sat"):
        for number in range(ENOUGH):
            provider = make_provider(council, f"{day} {number}", slug=f"{day}-{number}", people=1)
            service = make_service(provider, "Lunch", categories=["cooking"])
            goes_anywhere_in(service, council=council)
            has_space(service, hours_free=20)
            WeeklyHours.objects.create(service=service, day=day, starts_minute=0, ends_minute=1440)
            insure(provider)
            listed(provider)
    page = as_commissioner.get(address(wide))
    assert "Monday, 7am to 10am" in words(page)
    as_commissioner.post(address(wide), {"shown": page.context["shown"]})
    titles = list(wide.lots.values_list("title", flat=True))
    assert titles == ["Lunches in the city: Monday", "Lunches in the city: Saturday", "A lunch club"]
