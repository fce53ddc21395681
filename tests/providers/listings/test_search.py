import datetime
from dataclasses import dataclass, field

import pytest

from providers.listings import search, statement
from providers.listings.actions import leave_open_feed, return_to_open_feed
from providers.listings.facets import NAMES
from providers.listings.known import category_numbers
from providers.listings.search import Question, ask
from providers.meaning.needs import Meaning, Need
from providers.models import Category, Provider, SearchRow, SearchWords, Service
from tests.providers.listings.makers import (
    BATH_ABBEY,
    MILE,
    Spot,
    comes_from,
    goes_anywhere_in,
    has_space,
    listed,
    make_category,
    make_district,
    make_provider,
    make_service,
    people_come_to,
)

pytestmark = pytest.mark.django_db
HERE = Spot()
TODAY = datetime.date(2026, 3, 10)


def east_of_bath(miles):
    return (BATH_ABBEY[0] + miles * MILE, BATH_ABBEY[1])


def asked(need=None, spot=HERE, start=0, stop=20, **more):
    return ask(Question(need or Need.nothing(), TODAY, spot, **more), start=start, stop=stop)


def names(answer):
    known = dict(Service.every.values_list("pk", "name"))
    return [known[hit.listing_id] for hit in answer.hits]


@pytest.fixture
def everywhere(council, other_council):
    """Services that reach Bath Abbey in each way, and some that do not."""
    make_district("E06000022", council)
    make_district("E06000054", other_council)
    provider = make_provider(council)
    comes_from(make_service(provider, "Comes"), point=east_of_bath(3), miles=5)
    comes_from(make_service(provider, "Just too far"), point=east_of_bath(6), miles=5)
    goes_anywhere_in(make_service(provider, "Anywhere here"), council=council)
    goes_anywhere_in(make_service(provider, "Anywhere next door"), council=other_council)
    people_come_to(make_service(provider, "Hall near by"), point=east_of_bath(14))
    people_come_to(make_service(provider, "Hall far off"), point=east_of_bath(16))
    listed(provider)


def test_a_service_is_found_by_distance_by_area_or_because_people_go_there(everywhere):
    answer = asked()
    assert names(answer) == ["Comes", "Hall near by", "Anywhere here"]
    assert (answer.total, answer.total_is_exact) == (3, True)
    assert [hit.metres_away and round(hit.metres_away) for hit in answer.hits] == [3 * MILE, 14 * MILE, None]
    ways = [(hit.comes, hit.anywhere_in_area, hit.near_enough) for hit in answer.hits]
    assert ways == [(True, False, False), (False, False, True), (False, True, False)]


def test_without_a_place_everybody_is_meant(everywhere):
    answer = asked(spot=None)
    assert answer.total == 6
    assert {hit.metres_away for hit in answer.hits} == {None}


def test_those_based_near_are_found_whether_they_would_come_or_not(everywhere):
    assert names(asked(within=7 * MILE)) == ["Comes", "Just too far"]
    assert names(asked(within=100)) == []


def test_an_answer_is_given_page_by_page(everywhere):
    whole = names(asked())
    assert names(asked(start=1, stop=2)) == whole[1:2]
    assert names(asked(start=50, stop=70)) == []
    assert asked(start=50, stop=70).total == 3


def test_a_need_is_met_by_a_category_or_by_the_services_own_words(council):
    provider = make_provider(council)
    comes_from(make_service(provider, "Dinners", categories=[make_category()]))
    comes_from(make_service(provider, "Walking dogs", description="Your dog out in all weathers."))
    listed(provider)
    for spot in (HERE, None):
        assert names(asked(Need.of(["meals"]), spot)) == ["Dinners"]
        assert names(asked(Need.as_typed("dog"), spot)) == ["Walking dogs"]
        assert names(asked(Need.as_typed("cooking lunches"), spot)) == ["Dinners"]
        both = Need((Meaning("category", "meals"),), words="dog")
        assert names(asked(both, spot)) == ["Dinners", "Walking dogs"]
        assert asked(Need.nothing(), spot).total == 2
        assert asked(Need.as_typed("the"), spot).total == 0


def test_beside_categories_the_words_must_stand_together(council):
    provider = make_provider(council)
    comes_from(make_service(provider, "Rose Lodge", description="A care home for older people."))
    comes_from(make_service(provider, "Visits", description="Care at home, mornings and evenings."))
    listed(provider)
    need = Need((Meaning("category", "home-care"),), words="care at home")
    assert names(asked(need)) == names(asked(need, None)) == ["Visits"]


def test_services_of_what_is_weakly_meant_are_found_and_come_last(council, monkeypatch):
    provider = make_provider(council)
    meals, garden, other = make_category(), make_category("garden", "Gardening"), make_category("dogs", "Dogs")
    for name, category in (("Dig", garden), ("Cook", meals), ("Walk", other)):
        service = make_service(provider, name, categories=[category])
        comes_from(service, point=east_of_bath(3) if category is meals else BATH_ABBEY)
    listed(provider)
    need = Need((Meaning("category", "meals"),), beside=(("garden", 0.1), ("dogs", 0.02)), asked="soup")
    assert names(asked(need)) == names(asked(need, None)) == ["Cook", "Dig", "Walk"]
    monkeypatch.setattr(search, "FEW", 2)
    assert names(asked(need)) == names(asked(need, None)) == ["Cook", "Dig"]


def test_where_no_text_holds_all_words_those_with_some_are_found(council):
    provider = make_provider(council)
    comes_from(make_service(provider, "Lunch", description="Soup and bread."))
    comes_from(make_service(provider, "Dogs", description="Long walks."))
    listed(provider)
    for spot in (HERE, None):
        assert names(asked(Need.as_typed("soup zebra"), spot)) == ["Lunch"]
        assert names(asked(Need.as_typed("it's zebra\\ soup's"), spot)) == ["Lunch"]
        assert names(asked(Need.as_typed('"walks long"'), spot)) == ["Dogs"]


def test_the_strongest_meaning_comes_first_then_space_then_nearness(council):
    provider = make_provider(council)
    meals, garden = make_category(), make_category("garden", "Gardening")
    far, near = make_service(provider, "Far", categories=[meals]), make_service(provider, "Near", categories=[meals])
    full, other = make_service(provider, "Full", categories=[meals]), make_service(provider, "Dig", categories=[garden])
    comes_from(far, point=east_of_bath(3))
    comes_from(near, point=east_of_bath(1))
    comes_from(full)
    comes_from(other)
    has_space(far)
    has_space(near)
    has_space(full, "full")
    has_space(other)
    listed(provider)
    need = Need((Meaning("category", "meals"), Meaning("category", "garden", 0.6)))
    assert names(asked(need)) == ["Near", "Far", "Full", "Dig"]


def test_who_should_confirm_comes_after_who_did(council):
    provider = make_provider(council)
    stale, good = make_service(provider, "Stale"), make_service(provider, "Good")
    comes_from(stale)
    comes_from(good, point=east_of_bath(2))
    has_space(stale, confirmed_on=TODAY - datetime.timedelta(days=91))
    has_space(good, confirmed_on=TODAY - datetime.timedelta(days=90))
    listed(provider)
    assert names(asked()) == ["Good", "Stale"]


def test_days_that_were_understood_shut_out_and_languages_only_raise(council):
    provider = make_provider(council)
    for name, days, languages in (("Tue", ["tue"], []), ("Unsaid", [], ["Polish"]), ("Mon", ["mon"], [])):
        service = make_service(provider, name, languages=languages)
        comes_from(service)
        has_space(service, days=days)
    listed(provider)
    need = Need((Meaning("day", "tue"), Meaning("language", "polish")))
    assert names(asked(need)) == ["Unsaid", "Tue"]


def test_what_is_not_wanted_comes_last(council):
    provider = make_provider(council)
    meals, dogs = make_category(), make_category("dogs", "Dogs")
    comes_from(make_service(provider, "A with dogs", categories=[meals, dogs]))
    comes_from(make_service(provider, "B", categories=[meals]), point=east_of_bath(2))
    listed(provider)
    need = Need((Meaning("category", "meals"), Meaning("without", "dogs")))
    assert names(asked(need)) == ["B", "A with dogs"]


@dataclass(frozen=True)
class Made:
    name: str
    days: tuple = ()
    payers: tuple = ()
    languages: tuple = ()
    space: str = "not_known"
    price: int | None = None
    unit: str = ""
    codes: tuple = ()
    groups: tuple = ()
    fields: dict = field(default_factory=dict)


MADE = [
    Made("A", ("mon",), ("private",), ("Polish", "english"), "now", 1400, "hour", ("meals",), ("older",)),
    Made("B", ("tue",), ("council",), ("Polish",), "full", 1500, "hour", ("meals", "garden"), ("older", "dementia")),
    Made("C", (), (), (), "now", 3000, "hour", ("garden",)),
    Made("D", ("mon", "tue"), ("private",), (), "waiting", 900, "meal"),
    Made("E", ("sun",), ("isf",), ("Welsh",), fields={"delivery": ["remote"], "accessibility": ["parking"]}),
]


@pytest.fixture
def made(council):
    provider = make_provider(council)
    make_category()
    make_category("garden", "Gardening")
    for one in MADE:
        service = make_service(
            provider,
            one.name,
            categories=one.codes,
            payers=list(one.payers),
            languages=list(one.languages),
            client_groups=list(one.groups),
            price_pence=one.price,
            price_unit=one.unit,
            **one.fields,
        )
        comes_from(service)
        has_space(service, one.space, one.days)
    listed(provider)


@pytest.mark.parametrize("spot", [HERE, None])
def test_every_facet_counts_what_its_values_would_find(made, spot):
    counted = asked(spot=spot).facets
    assert counted["language"] == {"english": 1, "polish": 2, "welsh": 1}
    assert counted["price"] == {"under-15": 1, "15-20": 1, "over-30": 1, "otherwise": 1, "not-said": 1}
    assert counted["space"] == {"now": 2, "waiting": 1, "full": 1, "not_known": 1}
    assert counted["legal_form"] == {"sole_trader": 5}
    assert (counted["delivery"], counted["accessibility"]) == ({"remote": 1}, {"parking": 1})
    assert counted["check"] == {}
    unsaid = {"day": 1, "payer": 1}
    for name, values in counted.items():
        for value, count in values.items():
            assert asked(spot=spot, chosen={name: (value,)}).total == count + unsaid.get(name, 0), (name, value)


@pytest.mark.parametrize("spot", [HERE, None])
def test_a_facet_disregards_its_own_choice_and_heeds_the_others(made, spot):
    answer = asked(spot=spot, chosen={"category": ("meals",), "space": ("now", "waiting")})
    assert names(answer) == ["A"]
    assert answer.facets["category"] == {"meals": 1, "garden": 1}
    assert answer.facets["space"] == {"now": 1, "full": 1}
    assert answer.facets["language"] == {"english": 1, "polish": 1}


def test_a_value_that_nothing_has_finds_nobody(made):
    for name in ("category", "language", "check", "space", "delivery", "price"):
        assert asked(chosen={name: ("no such",)}).total == 0


def test_a_group_of_categories_means_its_terms(council):
    provider = make_provider(council)
    comes_from(make_service(provider, "Dinners", categories=["cooking"]))
    listed(provider)
    group = Category.objects.get(code="cooking").parent_id
    assert asked(chosen={"category": (group,)}).total == 1


def test_who_is_away_until_a_day_that_has_passed_is_not_away(council):
    provider = make_provider(council)
    service = make_service(provider)
    comes_from(service)
    has_space(service, "away", away_until=TODAY)
    listed(provider)
    assert asked().facets["space"] == {"away": 1}
    later = Question(Need.nothing(), TODAY + datetime.timedelta(days=1), HERE, {"space": ("away",)})
    assert (ask(later).total, ask(later).facets["space"]) == (0, {"not_known": 1})


def test_who_stays_out_of_the_open_feed_is_found_on_the_site_alone(council, checker):
    provider = make_provider(council)
    comes_from(make_service(provider))
    listed(provider)
    assert asked(in_open_feed=True).total == 1
    leave_open_feed(provider=provider, by=checker, now=provider.listed_at)
    assert (asked(in_open_feed=True).total, asked(in_open_feed=True, spot=None).total, asked().total) == (0, 0, 1)
    return_to_open_feed(provider=provider, by=checker)
    assert asked(in_open_feed=True).total == 1


@pytest.mark.parametrize("what", [{"suspended_at": True}, {"left_at": True}])
def test_who_is_suspended_or_has_left_is_gone_at_once_whoever_wrote_it(council, checker, what):
    provider, other = make_provider(council), make_provider(council, "Other")
    comes_from(make_service(provider))
    comes_from(make_service(other))
    listed(provider)
    listed(other)
    values = dict.fromkeys(what, provider.listed_at)
    if "suspended_at" in values:
        values["suspended_by"] = checker
    Provider.every.filter(pk=provider.pk).update(**values)
    assert asked().total == asked(spot=None).total == 1
    assert SearchRow.objects.count() == SearchWords.objects.count() == 1


def test_an_area_is_who_goes_there_or_could_come_to_some_of_it(everywhere, postcodes):
    assert "Anywhere here" in names(asked(spot=None, area=("E06000022",)))
    assert "Comes" in names(asked(spot=None, area=("E06000022",)))
    assert "Anywhere next door" not in names(asked(spot=None, area=("E06000022",)))
    assert names(asked(spot=None, area=("S12000036",))) == []


def test_without_a_place_no_more_than_so_many_are_looked_at(made, monkeypatch):
    monkeypatch.setattr(statement, "LOOKED_AT", 2)
    monkeypatch.setattr(search, "LOOKED_AT", 2)
    whole = asked(spot=None)
    assert (whole.total, whole.total_is_exact) == (3, False)
    assert asked().total_is_exact
    # What was chosen is looked for in an index, where it can be; then all that there is has been seen.
    for chosen in ({"language": ("welsh",)}, {"category": ("meals",)}, {"delivery": ("remote",), "day": ("sun",)}):
        narrow = asked(spot=None, chosen=chosen)
        assert narrow.total_is_exact, chosen
        assert set(names(narrow)) == ({"A", "B"} if "category" in chosen else {"E"})
    assert not asked(spot=None, chosen={"space": ("now",)}).total_is_exact


@pytest.mark.parametrize(
    "typed", ["soup or dogs", "dogs -bread", '"long walks"', "dogs & | ! <-> :*", "ünïcode 'dogs'"]
)
def test_whatever_is_typed_is_only_ever_words(council, typed):
    provider = make_provider(council)
    comes_from(make_service(provider, "Dogs", description="Long walks for dogs."))
    listed(provider)
    for spot in (HERE, None):
        assert names(asked(Need.as_typed(typed), spot)) == ["Dogs"]


@pytest.mark.parametrize("typed", ["\0", "a" * 20_000, "'", "\\", "%s %(here)s {0}", "' OR 1=1 --", ")" * 300])
def test_nothing_that_is_typed_breaks_a_question(everywhere, typed):
    for spot in (HERE, None):
        assert asked(Need.as_typed(typed), spot).total >= 0
        assert asked(Need((Meaning("category", "shopping"),), words=typed), spot).total >= 0
        assert asked(spot=spot, chosen={name: (typed.replace("\0", ""),) for name in NAMES}).total >= 0
        assert asked(spot=spot, area=(typed.replace("\0", "")[:9],)).total >= 0


def test_only_the_facets_that_are_asked_for_are_counted(made):
    question = Question(Need.nothing(), TODAY, HERE)
    assert ask(question, facets=("language",)).facets == {"language": {"english": 1, "polish": 2, "welsh": 1}}
    assert ask(question, facets=()).facets == {}
    assert ask(question, facets=()).total == 5


def test_a_category_that_another_process_has_just_made_is_counted(council, made):
    known = dict(category_numbers())
    provider = make_provider(council, "Newer")
    comes_from(make_service(provider, "F", categories=[make_category("brand-new", "Something new")]))
    listed(provider)
    del category_numbers()["brand-new"]
    assert asked().facets["category"] == {"meals": 2, "garden": 2, "brand-new": 1}
    assert Category.objects.get(code="brand-new").number == max(known.values()) + 1
    assert set(known) < set(category_numbers())


@pytest.mark.parametrize("number", [63, 64])
def test_a_category_is_counted_whichever_column_its_number_falls_into(council, number):
    provider = make_provider(council)
    comes_from(make_service(provider, categories=[Category.objects.get(number=number)]))
    listed(provider)
    assert list(asked().facets["category"].values()) == [1]
    assert asked(chosen={"category": tuple(asked().facets["category"])}).total == 1
