import datetime
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup

from commissioning.coops import diagnosis, explain, gather, views
from commissioning.coops.optimiser import best_team
from commissioning.models import LotTime
from providers.models import PartnerWish
from providers.models.partner_wish import Wish
from tests.cast import sign_in
from tests.commissioning.makers import add_lot, ask, make_requirement
from tests.providers.listings.makers import comes_from, has_space, listed, make_provider, make_service

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2026, 11, 22)
WEEK = ("mon", "tue", "wed", "thu", "fri")


def wanted(lot, day, starts, ends, hours):
    return LotTime.objects.create(
        lot=lot, day=day, starts_minute=starts * 60, ends_minute=ends * 60, minutes_needed=hours * 60
    )


def offers(council, name, category, hours_free=20, parts=("morning",), days=WEEK, *, space="now", miles=15, **service):
    """A listed provider of one person in the middle of Bath."""
    provider = make_provider(council, name)
    made = make_service(provider, f"{name} at home", categories=[category], **service)
    comes_from(made, miles=miles)
    has_space(made, space=space, days=days, parts=list(parts), hours_free=hours_free)
    listed(provider)
    return provider


@pytest.fixture
def bought(commissioner, council, postcodes):
    """Cooking on Tuesday mornings and Thursday evenings in Bath."""
    made = make_requirement(commissioner, council)
    lot = add_lot(commissioner, made, "cooking", hours_per_week=5)
    wanted(lot, "tue", 9, 12, 3)
    wanted(lot, "thu", 18, 20, 2)
    return made


def gathered(requirement):
    return gather.gather(requirement, requirement.lots.all(), TODAY)


def keys(*providers):
    return tuple(sorted(str(provider.pk) for provider in providers))


def page(client, requirement, lot="", **asked):
    path = f"/commissioning/requirements/{requirement.reference}/{lot}coop/"
    return client.get(path, {"objective": "smallest", "most_partners": 4, "stand_ins": 0, **asked} if asked else {})


def words(response, tag="main"):
    return " ".join(BeautifulSoup(response.content, "html.parser").find(tag).get_text(" ").split())


def test_what_a_provider_says_of_its_week_becomes_what_it_can_give(bought, council):
    morning = offers(council, "Ana", "cooking", hours_free=2)
    evening = offers(council, "Ben", "cooking", parts=("evening",), days=("thu",))
    found = gathered(bought)
    can = {partner.key: partner.can for partner in found.task.partners}
    assert can == {str(morning.pk): {0: 120}, str(evening.pk): {1: 120}}
    assert best_team(found.task) is None
    assert {partner.price(1) for partner in found.task.partners} == {2000}


def test_what_the_register_does_not_say_is_not_reckoned_with(bought, council):
    offers(council, "Full", "cooking", space="full")
    offers(council, "No hours", "cooking", hours_free=None)
    offers(council, "No days", "cooking", days=(), parts=())
    offers(council, "Nights", "cooking", parts=("night",))
    found = gathered(bought)
    assert found.task.partners == ()
    assert [(left.why, left.names) for left in found.left_out] == [
        ("hours", ("No hours",)),
        ("space", ("Full",)),
        ("times", ("Nights", "No days")),
    ]


def test_rule_03_the_builder_puts_no_exempt_individual_in_a_personal_care_lot_that_the_council_buys(
    as_commissioner, commissioner, council, postcodes
):
    made = make_requirement(commissioner, council)
    add_lot(commissioner, made, "washing-and-dressing", title="Getting up", hours_per_week=10)
    care = {"category": "washing-and-dressing"}
    offers(council, "Exempt", **care, regulatory_basis="individual")
    offers(council, "Unsure", **care, regulatory_basis="not_sure")
    offers(council, "Introducer", **care, regulatory_basis="introducer")
    registered = offers(council, "Registered", **care, regulatory_basis="registered")
    will = offers(council, "Will register", **care, regulatory_basis="will_register")
    found = gathered(made)
    assert {partner.key for partner in found.task.partners} == set(keys(registered, will))
    assert [(left.why, left.names) for left in found.left_out] == [("basis", ("Exempt", "Introducer", "Unsure"))]
    for objective in ("smallest", "cheapest", "most_local", "most_resilient"):
        response = page(as_commissioner, made, objective=objective, most_partners=5)
        assert "Regulated care that the council buys can only come from those who are registered" in words(response)
        team = BeautifulSoup(response.content, "html.parser").find("table").get_text()
        assert "Exempt" not in team
        assert "Introducer" not in team
    # Dearer than there is: even the least change never offers the exempt.
    asked_for_more = replace(found.task, cells=(replace(found.task.cells[0], minutes=60 * 60),))
    assert "registered" not in " ".join(explain.shown_none(asked_for_more).changes)


def test_people_who_buy_for_themselves_may_choose_an_exempt_individual(commissioner, council, postcodes):
    made = make_requirement(commissioner, council, buyer="individual")
    add_lot(commissioner, made, "washing-and-dressing", hours_per_week=10)
    exempt = offers(council, "Exempt", "washing-and-dressing", regulatory_basis="individual")
    found = gathered(made)
    assert [partner.key for partner in found.task.partners] == [str(exempt.pk)]
    assert not found.is_regulated


def test_the_better_of_two_services_is_taken_and_hours_are_not_counted_twice(bought, council):
    provider = make_provider(council, "Ana")
    for name, price, hours in [("Dear", 3000, 6), ("Cheap", 1500, 6), ("Short", 1000, 1)]:
        service = make_service(provider, name, categories=["cooking"], price_pence=price)
        comes_from(service)
        has_space(service, days=WEEK, parts=["morning"], hours_free=hours)
    listed(provider)
    [partner] = gathered(bought).task.partners
    assert (partner.price(1), partner.minutes_free, partner.can) == (1500, 360, {0: 180})


def test_two_who_would_rather_not_are_kept_apart_and_nobody_is_told(as_commissioner, bought, council):
    ana = offers(council, "Ana", "cooking")
    ben = offers(council, "Ben", "cooking", parts=("evening",))
    assert best_team(gathered(bought).task).team == keys(ana, ben)
    PartnerWish.objects.create(provider=ben, other=ana, wish=Wish.WOULD_NOT)
    PartnerWish.objects.create(provider=ana, other=ben, wish=Wish.WOULD)
    assert best_team(gathered(bought).task) is None
    text = words(page(as_commissioner, bought, objective="smallest"))
    assert "No team covers every hour" in text
    assert "rather not" not in text


def test_the_way_between_two_lots_is_reckoned_in_minutes(commissioner, bought, council):
    add_lot(commissioner, bought, "cooking", title="Further out", outcodes=["BA3"], hours_per_week=2)
    add_lot(commissioner, bought, "cooking", title="The same place", hours_per_week=2)
    travel = gathered(bought).task.travel
    assert set(travel) == {(1, 2), (2, 3)}
    assert 10 < travel[1, 2] < 90


def test_only_the_nearest_are_looked_at_where_there_are_too_many(monkeypatch, as_commissioner, bought, council):
    monkeypatch.setattr(gather, "MOST_CANDIDATES", 1)
    offers(council, "Ana", "cooking", parts=("morning", "evening"))
    offers(council, "Ben", "cooking")
    assert "They are the nearest; 1 further away were not looked at." in words(page(as_commissioner, bought))


def test_nothing_is_reckoned_before_it_is_asked_for(as_commissioner, bought, council):
    offers(council, "Ana", "cooking", parts=("morning", "evening"))
    response = page(as_commissioner, bought)
    assert response.context["answer"] is None
    assert "1 provider reaches the area" in words(response)


@pytest.mark.parametrize(
    ("objective", "headline", "proof"),
    [
        ("smallest", "A team of 2", "Proved: no smaller team covers every hour."),
        ("cheapest", "A team of 2: £100 a week", "Proved the cheapest"),
        ("most_local", "A team of 2: an hour’s work is less than a mile away on average", "Proved the most local"),
        ("most_resilient", "A team of 2: nobody carries more than 3 hours a week", "Proved the most resilient"),
    ],
)
def test_a_team_is_shown_hour_by_hour_with_its_proof_and_what_each_brings(
    as_commissioner, bought, council, objective, headline, proof
):
    offers(council, "Ana", "cooking")
    offers(council, "Ben", "cooking", parts=("evening",), days=("thu",))
    response = page(as_commissioner, bought, objective=objective)
    text = words(response)
    assert headline in text
    assert proof in text
    rows = BeautifulSoup(response.content, "html.parser").find("table").find_all("tr")
    assert [[cell.get_text() for cell in row.find_all(["th", "td"])] for row in rows] == [
        ["When", "Ana", "Ben", "Wanted"],
        ["Lot 1, Tuesday, 9am to midday", "3 hours", "–", "3 hours"],
        ["Lot 1, Thursday, 6pm to 8pm", "–", "2 hours", "2 hours"],
    ]
    assert "3 hours a week, of 20 hours free" in text
    assert "£20 an hour" in text
    assert "Nobody else could come: Lot 1, Tuesday, 9am to midday" in text
    assert "If it left, the others could not take over: Lot 1, Thursday, 6pm to 8pm: 2 hours" in text
    assert "There is no other team" in text


def test_the_next_best_team_is_named_with_what_it_costs(as_commissioner, bought, council):
    both = ("morning", "evening")
    offers(council, "Ana", "cooking", parts=both)
    offers(council, "Ben", "cooking", parts=both, price_pence=2550)
    offers(council, "Unpriced", "cooking", parts=("evening",), price_pence=None, price_unit="")
    text = words(page(as_commissioner, bought, objective="smallest"))
    assert "One provider covers every hour alone." in text
    assert "The next best team: Ben (1 partner, £127.50 a week)." in text
    assert "Only 2 others could come" not in text
    text = words(page(as_commissioner, bought, objective="cheapest", stand_ins=1))
    assert "Has no hours of its own here: it stands ready to step in." in text
    assert "If it left, the others could take over all its hours." in text
    assert "There is no other team" in text


def test_a_price_that_is_not_known_is_said_to_be_so(as_commissioner, bought, council):
    offers(council, "Ana", "cooking", parts=("morning", "evening"), price_pence=None, price_unit="")
    offers(council, "Ben", "cooking", parts=("morning", "evening"), price_pence=900, price_unit="visit")
    text = words(page(as_commissioner, bought, objective="smallest"))
    assert "Price by the hour: not known" in text
    assert "The next best team: " in text
    assert "(1 partner)" in text
    assert "No team covers every hour" in words(page(as_commissioner, bought, objective="cheapest"))


def test_where_there_is_no_team_the_page_says_what_makes_it_so_and_what_would_help(
    as_commissioner, commissioner, bought, council
):
    ask(commissioner, bought, "public_liability", amount_pence=500_000_000)
    offers(council, "Ana", "cooking", parts=("morning", "evening"))
    text = words(page(as_commissioner, bought, objective="smallest"))
    assert "Proved, from the one provider that has hours at these times." in text
    assert "These together leave no team." in text
    assert "Public liability insurance" in text
    assert "do without this condition: Public liability insurance" in text


def test_every_kind_of_change_has_its_words(as_commissioner, commissioner, bought, council):
    offers(council, "Ana", "cooking", parts=("morning", "evening"), price_pence=2500)
    text = words(page(as_commissioner, bought, objective="cheapest", price_cap="24.50"))
    assert "at most £24.50 an hour" in text
    assert "pay up to £0.50 an hour more" in text
    text = words(page(as_commissioner, bought, objective="cheapest", stand_ins=1, most_partners=2))
    assert "lot 1: 1 more who could step in" in text
    assert "lot 1: ask for 1 fewer who could step in" in text
    offers(council, "Ben", "cooking", days=("mon",))
    further = bought.lots.get(number=1)
    wanted(further, "mon", 9, 12, 4)
    text = words(page(as_commissioner, bought, objective="smallest", most_partners=1))
    assert "Lot 1, Monday, 9am to midday: 4 hours" in text
    assert "at most 1 partner" in text
    assert "Lot 1, Monday, 9am to midday: ask for 1 hour less" in text
    wanted(further, "fri", 9, 12, 3)
    wanted(further, "wed", 9, 12, 3)
    offers(council, "Cem", "cooking", days=("mon", "fri"), hours_free=30)
    LotTime.objects.filter(day="mon").update(minutes_needed=360)
    assert "let 1 more partner in" in words(page(as_commissioner, bought, objective="smallest", most_partners=1))


def test_a_lot_that_nobody_reaches_whole_may_be_shared_out_by_place(as_commissioner, commissioner, council, postcodes):
    made = make_requirement(commissioner, council)
    add_lot(commissioner, made, "cooking", outcodes=["BA1", "BS31"], hours_per_week=20)
    offers(council, "Ana", "cooking", miles=2)
    text = words(page(as_commissioner, made, objective="smallest"))
    assert "that each partner reaches the whole area of its lot" in text
    assert "let partners share out a lot by place, so that each need not reach all of it" in text
    assert "Lot 1, at any time: 20 hours" in text


def test_travel_that_keeps_one_from_two_places_is_named(as_commissioner, commissioner, council, postcodes):
    made = make_requirement(commissioner, council)
    for number, outcode in enumerate(["BA1", "BA3"]):
        lot = add_lot(commissioner, made, "cooking", outcodes=[outcode], hours_per_week=2)
        wanted(lot, "tue", 8 + 2 * number, 10 + 2 * number, 2)
    offers(council, "Ana", "cooking", miles=30)
    text = words(page(as_commissioner, made, objective="smallest"))
    assert "the time it takes to get from one lot’s area to the next" in text
    assert "One lot at a time" in text
    assert "One provider covers every hour alone." in words(
        page(as_commissioner, made, "lots/2/", objective="smallest")
    )


def test_where_nobody_has_hours_the_page_says_so(as_commissioner, bought):
    text = words(page(as_commissioner, bought, objective="smallest"))
    assert "Nobody on the register has hours at these times." in text
    assert "This leaves no team by itself:" in text


def test_lots_that_are_not_wanted_by_the_hour_have_no_part_in_it(as_commissioner, commissioner, council, postcodes):
    made = make_requirement(commissioner, council)
    add_lot(commissioner, made, "lunch-club", title="A lunch club", hours_per_week=None)
    text = words(page(as_commissioner, made))
    assert "No lot says how many hours it wants" in text
    assert "Lot 1, A lunch club, is not wanted by the hour" in text


def test_a_search_that_is_stopped_says_how_far_off_it_may_be_or_that_it_is_not_settled(
    as_commissioner, bought, council, monkeypatch
):
    offers(council, "Ana", "cooking", parts=("morning", "evening"))

    def stopped(task, *, node_limit):
        return replace(best_team(task), proved=False, bound=0.961)

    monkeypatch.setattr(explain, "best_team", stopped)
    assert "Within 4% of the best possible." in words(page(as_commissioner, bought, objective="smallest"))

    def undecided(task, *_found, node_limit):
        raise explain.NotDecidedError

    monkeypatch.setattr(explain, "next_best", undecided)
    text = words(page(as_commissioner, bought, objective="smallest"))
    assert "Whether there is another team was not settled" in text
    monkeypatch.setattr(explain, "best_team", undecided)
    assert "Not settled" in words(page(as_commissioner, bought, objective="smallest"))
    monkeypatch.setattr(explain, "cheapest_change", undecided)
    assert explain.mending_of(gathered(bought).task) == diagnosis.Mending(())


def test_a_set_that_may_not_be_the_least_is_not_called_so(as_commissioner, bought, monkeypatch):
    def of_all(task, *, node_limit):
        return diagnosis.Conflict(tuple(diagnosis.asks_of(task)), is_least=False)

    def one_of_several(task, *, node_limit):
        return replace(diagnosis.cheapest_change(task), is_least=False)

    monkeypatch.setattr(explain, "conflict", of_all)
    monkeypatch.setattr(explain, "cheapest_change", one_of_several)
    text = words(page(as_commissioner, bought, objective="smallest"))
    assert "Perhaps not all of them are needed for that" in text
    assert "Perhaps less would do" in text


def test_another_team_that_was_not_proved_the_next_is_not_called_so(bought, council, monkeypatch):
    for name in ("Ana", "Ben"):
        offers(council, name, "cooking", parts=("morning", "evening"))
    found = gathered(bought)
    team = best_team(found.task)
    monkeypatch.setattr(explain, "next_best", lambda task, found, node_limit: replace(team, proved=False))
    assert explain.next_best_words(found, found.task, team).startswith("Another team, perhaps not the very next: ")


@pytest.mark.parametrize(
    "asked",
    [
        {"objective": "fastest"},
        {"most_partners": "11"},
        {"most_partners": "many\0"},
        {"stand_ins": "9" * 5000},
        {"price_cap": "\0"},
        {"price_cap": "-3"},
    ],
)
def test_what_cannot_be_read_is_said_at_its_field(as_commissioner, bought, asked):
    response = page(as_commissioner, bought, **asked)
    assert response.status_code == 200
    assert response.context["answer"] is None
    assert BeautifulSoup(response.content, "html.parser").find(class_="govuk-error-summary")


def test_many_teams_within_a_minute_have_to_wait(as_commissioner, bought, monkeypatch):
    monkeypatch.setattr(views, "TEAMS_A_MINUTE", 0)
    response = page(as_commissioner, bought, objective="smallest")
    assert response.status_code == 429
    assert "Wait a minute" in words(response)


def test_another_council_s_requirement_is_not_there(client, other_commissioner, bought):
    assert page(sign_in(client, other_commissioner), bought).status_code == 404
    assert page(sign_in(client, other_commissioner), bought, "lots/1/").status_code == 404


def test_a_lot_that_is_not_there_is_not_found(as_commissioner, bought):
    assert page(as_commissioner, bought, "lots/7/").status_code == 404
