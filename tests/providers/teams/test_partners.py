import datetime

import pytest
from django.utils import timezone

from providers.models import PartnerWish, Provider, ProviderMembership
from providers.models.partner_wish import Wish
from providers.teams import near as finding
from providers.teams import wish_actions
from providers.teams.giving import listed_by
from providers.teams.near import base_of
from providers.teams.rules import Wanted
from registry.models import District
from tests.providers.listings.makers import (
    goes_anywhere_in,
    has_space,
    listed,
    make_provider,
    make_service,
    people_come_to,
)
from tests.providers.teams.makers import asked, business, owner_of, started

FAR_AWAY = "SN10 1EQ"


def around(provider, not_these=(), kinds=frozenset()):
    return finding.near(base_of(provider), [provider.pk], list(not_these), kinds)


def partners(provider, *, same=False, wished=()):
    found = finding.new_kinds(around(provider), [listed_by(provider.pk)], set(wished), same=same)
    return [partner.name for partner in found]


def test_they_do_what_one_does_not_do_oneself(ana, ben, council):
    business(council, "Also Cooks", kinds=["cooking"])
    assert partners(ana) == ["Ben Gardens"]
    assert partners(ana, same=True) == ["Also Cooks"]


def test_those_who_do_not_come_near_are_not_found(ana, council):
    far = business(council, "Far Gardens", kinds=["gardening"])
    far.services.get().coverage.update(easting=400_600, northing=161_600, metres=5_000)
    listed(far)
    assert partners(ana) == []


def test_they_may_go_anywhere_in_the_district_or_have_people_come_to_them(ana, council):
    for name, covers in (
        ("Goes Anywhere", lambda service: goes_anywhere_in(service, district=District.objects.get(pk="E06000022"))),
        ("Come To Us", people_come_to),
    ):
        provider = business(council, name, kinds=["gardening"])
        provider.services.get().coverage.all().delete()
        covers(provider.services.get())
        listed(provider)
    assert partners(ana) == ["Come To Us", "Goes Anywhere"]


def test_only_the_listed_that_somebody_runs_and_that_are_not_suspended(ana, ben, cat, council, checker):
    Provider.every.filter(pk=ben.pk).update(suspended_at=timezone.now(), suspended_by=checker)
    ProviderMembership.objects.filter(provider=cat).update(ended_at=timezone.now())
    assert partners(ana) == []


def test_those_who_would_rather_not_be_asked_or_not_by_us_are_left_out(ana, ben, cat):
    wish_actions.may_be_asked(provider=ben, yes=False, by=owner_of(ben))
    wish_actions.wish(provider=cat, other=ana, wish=Wish.WOULD_NOT, by=owner_of(cat))
    assert partners(ana) == []


def test_those_we_would_rather_not_work_with_are_left_out_and_those_we_would_come_first(ana, ben, cat):
    wish_actions.wish(provider=ana, other=ben, wish=Wish.WOULD_NOT, by=owner_of(ana))
    assert partners(ana) == ["Cat Cleans"]
    wish_actions.wish(provider=ana, other=ben, wish=Wish.WOULD, by=owner_of(ana))
    assert partners(ana, wished=[ben.pk])[0] == "Ben Gardens"


def test_who_leaves_nothing_missing_is_said_to(ana, ben, cat):
    wanted = Wanted(frozenset({"cooking", "gardening"}), 22, frozenset({"wed"}))
    found = finding.for_work(around(ana, kinds=wanted.kinds), wanted, [listed_by(ana.pk)], set())
    assert [(one.name, one.brings, one.completes) for one in found] == [("Ben Gardens", ["Gardening"], True)]
    more = Wanted(wanted.kinds, 30, wanted.days)
    assert [one.completes for one in finding.for_work(around(ana), more, [listed_by(ana.pk)], set())] == [False]


def test_nothing_is_said_that_is_not_public(ana, ben):
    (found,) = finding.new_kinds(around(ana), [listed_by(ana.pk)], set(), same=False)
    assert "BA1" not in str(found)
    assert owner_of(ben).email not in str(found)


@pytest.mark.parametrize(("space", "words"), [("now", "Space now"), ("full", "Full"), ("not_known", "")])
def test_whether_they_have_space(ana, council, space, words):
    provider = business(council, "Spacious", kinds=["gardening"])
    provider.services.get().availability.delete()
    has_space(provider.services.get(), space=space, confirmed_on=timezone.localdate())
    listed(provider)
    (found,) = finding.new_kinds(around(ana), [listed_by(ana.pk)], set(), same=False)
    assert found.space == words


def test_one_that_did_not_say_where_it_is_based_starts_from_where_it_travels_from(ana, ben, council):
    Provider.every.filter(pk=ana.pk).update(base_postcode="")
    ana.refresh_from_db()
    assert base_of(ana).easting == 375_100
    assert [partner.provider_name for partner in around(ana)] == ["Ben Gardens"]
    ana.services.get().coverage.all().delete()
    assert base_of(ana) is None
    assert base_of(make_provider(council, "Unknown", base_postcode="M1 9FN")) is None


def test_the_search_asks_as_often_for_many_as_for_few(ana, council, django_assert_num_queries):
    for number in range(6):
        business(council, f"Business {number}", kinds=["gardening"])
    ours = [listed_by(ana.pk)]
    base = base_of(ana)
    with django_assert_num_queries(1):
        finding.new_kinds(finding.near(base, [ana.pk], [], frozenset()), ours, set(), same=False)


def test_the_page_shows_who_could_be_asked(ana, ben, as_owner_of):
    page = as_owner_of(ana).get(f"/my/{ana.slug}/teams/partners/").text
    assert "Ben Gardens" in page
    assert "Ask them" not in page


def test_a_team_finds_one_more_and_not_those_it_has_asked(ana, ben, cat, as_owner_of):
    place = started(ana)
    address = f"/my/{ana.slug}/teams/{place.team_id}/partners/"
    assert f"/teams/{place.team_id}/ask/{ben.slug}/" in as_owner_of(ana).get(address).text
    asked(place, ben)
    page = as_owner_of(ana).get(address).text
    assert "Ben Gardens" not in page
    assert "Cat Cleans" in page


def test_a_piece_of_work_shows_what_is_missing_and_who_brings_it(ana, ben, as_owner_of):
    asks = {"look": "work", "kinds": ["cooking", "gardening"], "hours": 20, "days": ["mon", "wed"]}
    page = as_owner_of(ana).get(f"/my/{ana.slug}/teams/partners/", asks).text
    assert "This is what you do not have yet" in page
    assert "With them nothing is missing" in page
    alone = as_owner_of(ana).get(f"/my/{ana.slug}/teams/partners/", {"look": "work", "kinds": ["cooking"]}).text
    assert "You can do this yourselves" in alone


@pytest.mark.parametrize(
    ("asks", "words"),
    [
        ({"look": "work"}, "Say which help, which days or how many hours it needs"),
        ({"look": "\0"}, "Choose only from what is listed here"),
        ({"kinds": ["x" * 10_000] * 3}, "Choose only from what is listed here"),
        ({"hours": "many"}, "Type a number of hours, like 10"),
        ({"hours": "0"}, "Type a number from 1 to 1"),
        ({"hours": "9" * 30}, "Type 1512 or less"),
        ({"page": "9" * 9}, "Ben Gardens"),
    ],
)
def test_anything_typed_gets_a_page_with_words(ana, ben, as_owner_of, asks, words):
    response = as_owner_of(ana).get(f"/my/{ana.slug}/teams/partners/", asks)
    assert response.status_code == 200
    assert words in response.text


def test_without_a_place_the_page_says_so(ana, as_owner_of):
    Provider.every.filter(pk=ana.pk).update(base_postcode="")
    ana.services.get().coverage.all().delete()
    assert "We do not know where you are based" in as_owner_of(ana).get(f"/my/{ana.slug}/teams/partners/").text


def test_a_service_confirmed_long_ago_is_found_all_the_same(ana, council):
    provider = business(council, "Long Ago", kinds=["gardening"])
    provider.services.get().availability.delete()
    has_space(provider.services.get(), confirmed_on=datetime.date(2020, 1, 1))
    listed(provider)
    make_service(provider, "Not approved yet")
    assert partners(ana) == ["Long Ago"]


def test_pairs_say_who_wished_what_of_whom(ana, ben, cat):
    wish_actions.wish(provider=ana, other=ben, wish=Wish.WOULD, by=owner_of(ana))
    wish_actions.wish(provider=cat, other=ana, wish=Wish.WOULD_NOT, by=owner_of(cat))
    expected = {(ana.pk, ben.pk, Wish.WOULD), (cat.pk, ana.pk, Wish.WOULD_NOT)}
    assert set(PartnerWish.objects.pairs()) == expected
