import random
import re
from collections import Counter

import pytest

from providers.credentials.kinds import KINDS
from providers.demonstration.banks import shared_lines, towns, trades
from providers.demonstration.invented import Spot, Standing
from providers.demonstration.inventing import invent_providers
from providers.demonstration.likeness import Written, shingles
from providers.demonstration.naming import Namer
from providers.demonstration.voice import Deck, fits, spoken
from providers.meaning.vocabulary import vocabulary
from providers.models.availability import Day, PartOfDay, Space
from providers.models.coverage import Reach
from providers.models.provider import LegalForm
from providers.models.service import ClientGroup, Delivery, Payer, PriceUnit, RegulatoryBasis

COUNCILS = ["E06000022", "E06000054", "E06000066"]
HANDS_ON = {term.code for term in vocabulary().terms if term.regulation == "personal_care"}


def make_spots(count, seed=7):
    rng = random.Random(seed)
    outcodes = list(towns())
    made = []
    for _ in range(count):
        outcode = rng.choice(outcodes)
        town, *near = towns()[outcode]
        made.append(Spot(f"{outcode} 1AA", 370000, 160000, rng.choice(COUNCILS), town, rng.choice(near)))
    return made


@pytest.fixture(scope="module")
def everybody():
    return invent_providers(make_spots(900))


@pytest.fixture(scope="module")
def texts(everybody):
    return [text for each in everybody for text in (each.about, *(offered.description for offered in each.services))]


def test_no_two_providers_share_a_name_an_address_or_a_number(everybody):
    for shared in ("name", "slug", "email", "phone"):
        assert len({getattr(each, shared) for each in everybody}) == 900, shared


def test_no_two_texts_are_the_same(texts):
    assert len(set(texts)) == len(texts)


def test_no_two_texts_are_nearly_the_same(texts):
    written = Written()
    likest = 0.0
    for text in texts:
        likest = max(likest, written.nearest(text))
        written.add(text)
    assert likest <= 0.4


def test_nothing_of_the_making_is_left_in_a_text(everybody, texts):
    words = [*texts, *(each.name for each in everybody), *(s.name for each in everybody for s in each.services)]
    assert not [text for text in words if re.search(r"[\[\]{}|=]|^\d:|  |lorem|None", text)]
    assert all(text[0].isupper() for text in texts)


def test_a_group_says_we_and_somebody_alone_says_i(everybody):
    groups = [s.description for each in everybody if each.people > 1 for s in each.services]
    assert not [text for text in groups if re.search(r"\b(I'm|I've|my|myself)\b|\bI (am|do|come|cook)\b", text)]


def test_lengths_and_shapes_vary(texts):
    lengths = [len(text) for text in texts]
    assert min(lengths) < 100
    assert max(lengths) > 450
    assert 0.1 < sum("\n\n" in text for text in texts) / len(texts) < 0.6


def test_the_same_places_give_the_same_providers_every_time():
    assert invent_providers(make_spots(120)) == invent_providers(make_spots(120))


def test_most_are_sole_traders_and_all_are_small(everybody):
    forms = Counter(each.legal_form for each in everybody)
    assert 0.65 < forms["sole_trader"] / 900 < 0.85
    assert {"partnership", "co_operative", "cic", "company", "charity"} <= set(forms)
    assert all(1 <= each.people <= 9 for each in everybody)
    assert not [each for each in everybody if each.employs_anyone and each.people == 1]


def test_an_hour_costs_about_what_it_costs(everybody):
    hours = [s.price_pence for each in everybody for s in each.services if s.price_unit == "hour"]
    assert 1650 < sum(hours) / len(hours) < 1900
    assert min(hours) >= 1400
    assert max(hours) <= 3500


def test_personal_care_always_has_a_lawful_basis(everybody):
    for each in everybody:
        for offered in each.services:
            if not HANDS_ON & set(offered.categories):
                assert offered.basis in ("not_personal_care", "registered", "exempt")
            elif each.standing in (Standing.LISTED, Standing.CHANGING):
                alone = each.people == 1 and each.legal_form == "sole_trader"
                assert offered.basis == "individual" if alone else offered.basis in ("registered", "introducer")


def test_the_council_buys_personal_care_from_the_registered_only(everybody):
    offered = [s for each in everybody for s in each.services if HANDS_ON & set(s.categories)]
    assert offered
    assert not [s for s in offered if "council" in s.payers and s.basis != "registered"]


def test_everything_said_is_a_word_the_models_know(everybody):
    assert {each.legal_form for each in everybody} <= set(LegalForm.values)
    services = [s for each in everybody for s in each.services]
    assert {group for s in services for group in s.client_groups} <= set(ClientGroup.values)
    assert {way for s in services for way in s.delivery} <= set(Delivery.values)
    assert {payer for s in services for payer in s.payers} == set(Payer.values)
    assert {s.price_unit for s in services} <= set(PriceUnit.values)
    assert {s.basis for s in services} <= set(RegulatoryBasis.values)
    assert {s.availability.space for s in services} == set(Space.values)
    assert {day for s in services for day in s.availability.days} == set(Day.values)
    assert {part for s in services for part in s.availability.parts} == set(PartOfDay.values)
    assert {way.reach for s in services for way in s.coverage} == set(Reach.values)
    assert all(s.coverage and s.categories and s.payers for s in services)
    assert all((s.availability.away_for_days is not None) == (s.availability.space == "away") for s in services)


def test_names_and_texts_fit_their_columns(everybody):
    assert all(len(each.name) <= 80 and len(each.slug) <= 80 and len(each.about) <= 2000 for each in everybody)
    assert all(len(s.name) <= 120 and len(s.description) <= 3000 for each in everybody for s in each.services)


def test_nobody_can_be_reached(everybody):
    assert all(re.fullmatch(r"01632 960\d{3}|07700 900\d{3}", each.phone) for each in everybody)
    assert all(each.email.endswith(".example") for each in everybody)
    assert all(each.website == "" or each.website.endswith(".example/") for each in everybody)


def test_each_council_has_a_queue_and_some_sent_back(everybody):
    for council in COUNCILS:
        standings = Counter(each.standing for each in everybody if each.spot.council == council)
        assert standings[Standing.NEW] + standings[Standing.CHANGING] == 25
        assert standings[Standing.SENT_BACK] == 4


def test_visitors_have_their_two_businesses(everybody):
    kept = {each.name: each for each in everybody if each.owner.last in ("Tovey", "Adeyemi")}
    assert kept["Tuesday Kitchen"].spot.council == "E06000022"
    assert kept["Tuesday Kitchen"].standing == Standing.LISTED
    assert kept["The Other Chair"].spot.council == "E06000054"


def test_every_trade_stands_on_the_vocabulary_and_the_kinds():
    codes = {term.code for term in vocabulary().terms if not term.is_group}
    for trade in trades():
        assert {code for choice in trade.categories for code in choice} <= codes, trade.code
        assert set(trade.kinds) <= set(KINDS), trade.code
    assert "limits" in shared_lines()


def test_a_line_marked_for_so_many_people_is_for_them_only():
    line = "=3: Three of us."
    assert [fits(line, people) for people in (1, 2, 3)] == [False, False, True]
    assert [fits("1: I.", people) for people in (1, 2)] == [True, False]
    assert [fits("2: We.", people) for people in (1, 2)] == [False, True]
    assert fits("Anyone.", 5)


def test_a_line_is_said_as_i_or_we_with_one_of_its_choices():
    facts = {"town": "Frome"}
    rng = random.Random(1)
    assert spoken("[I] walk to {town}. my dog too.", rng=rng, facts=facts, people=1) == "I walk to Frome. My dog too."
    assert spoken("I'm here and I am well.", rng=rng, facts=facts, people=2) == "We're here and we are well."
    assert spoken("2: One of us says I.", rng=rng, facts=facts, people=2) == "One of us says I."


def test_a_deck_deals_every_card_before_any_comes_back():
    deck = Deck(["a", "b", "c"], random.Random(1))
    dealt = [deck.deal(people=1, without=set()) for _ in range(6)]
    assert set(dealt[:3]) == set(dealt[3:]) == {"a", "b", "c"}
    assert deck.deal(people=1, without={"a", "b", "c"}) is None


def test_likeness_is_the_share_of_five_words_in_a_row():
    written = Written()
    written.add("one two three four five six")
    assert written.nearest("one two three four five six") == 1.0
    assert written.nearest("quite other words stand here now") == 0.0
    assert len(shingles("too short")) == 1


def test_a_slug_that_is_taken_gets_a_number():
    namer = Namer(random.Random(1), 3)
    assert [namer.slug("Siân's Café"), namer.slug("Sian's Cafe")] == ["sians-cafe", "sians-cafe-2"]


def test_with_more_providers_than_free_numbers_some_share_one():
    assert len(Namer(random.Random(1), 2000)._numbers) == 2000
