import dataclasses
import datetime
import logging

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from providers.finding import search
from providers.models import Availability, Provider, Service, UnmetNeed
from registry.models import Council
from tests.providers.listings.makers import comes_from, goes_anywhere_in, has_space, listed, make_provider, make_service
from tests.providers.moderation.makers import insured, looked_at

pytestmark = pytest.mark.django_db


def find(client, **asked):
    response = client.get("/find/", asked)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser").main


def text_of(page):
    return " ".join(page.get_text(" ").split())


def names(page):
    return [next(link.stripped_strings) for link in page.select(".nh-result h3 a")]


def test_an_empty_search_asks_and_finds_no_fault(client, ana):
    page = find(client)
    assert page.select_one("input[name=postcode]")
    assert not page.select(".govuk-error-summary")
    assert not names(page)


def test_a_family_finds_who_will_really_come_to_the_door(client, ana, roving):
    page = find(client, postcode="BA1 1LZ", need="someone to cook lunch")
    assert names(page) == ["Lunch at home"]
    words = text_of(page)
    assert "1 service may fit and reaches BA1 1LZ" in words
    assert "Comes to BA1: up to 5 miles from BA2, less than a mile away" in words
    assert "£20 an hour" in words
    assert "Space now" in words
    assert "on 3 March 2026" in words
    assert "The person or their family" in words
    assert "Listed is not recommended" in words
    assert "Best fit first, then those with space, then the nearest to BA1 1LZ" in words
    assert "Nobody can pay to be higher" in words


def test_every_way_of_reaching_is_explained_and_the_nearest_comes_first(client, ana, roving, hall):
    page = find(client, postcode="BA2 7AY")
    assert names(page) == ["Lunch at home", "Lunch club", "Gardens"]
    words = text_of(page)
    assert "You go to them in Radstock, about 8 miles away" in words
    assert "Goes anywhere in Bath and North East Somerset" in words
    assert "about 1 mile away" in words


@pytest.mark.parametrize(
    ("need", "told"),
    [("mum is suicidal", True), ("my husband hits me", True), ("he wants to die", True), ("someone to cook", False)],
)
def test_words_that_tell_of_danger_get_a_number_to_ring_first(client, ana, need, told):
    assert ("Samaritans on 116 123" in text_of(find(client, postcode="BA1 1LZ", need=need))) is told


def test_who_has_not_said_a_day_is_explained_only_where_a_day_was_asked(client, ana):
    assert "is not left out" not in text_of(find(client, postcode="BA1 1LZ", need="cooking"))
    assert "is not left out" in text_of(find(client, postcode="BA1 1LZ", need="cooking on Tuesdays"))


def test_what_nobody_has_said_is_shown_as_not_known(client, roving):
    words = text_of(find(client, postcode="BA1", need="gardening", payer="council", day="mon"))
    assert "Gardens" in words
    assert "Not known: ask them" in words
    assert "No council here has checked any papers" in words


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"payer": "private"}, True),
        ({"payer": "council"}, False),
        ({"day": "tue"}, True),
        ({"day": "mon"}, False),
        ({"space": "on"}, True),
        ({"category": "meals"}, True),
        ({"category": "gardening"}, False),
        ({"category": "cooking", "need": "mow the lawn"}, False),
        ({"day": ["mon", "tue"]}, True),
        ({"payer": ["council", "private"], "space": ["now"]}, True),
        ({"need": "lunch on Mondays", "off": "day:mon"}, True),
        ({"need": "lunch on Tuesdays"}, True),
        ({"need": "lunch on Mondays"}, False),
        ({"need": "come and cook", "as_typed": "on"}, True),
        ({"need": "zebra", "as_typed": "on"}, False),
    ],
)
def test_each_choice_narrows_what_is_found(client, ana, asked, found):
    shown = names(find(client, postcode="BA1 1LZ", **asked))
    # Those further off are shown under a heading of their own.
    assert ("Lunch at home" in shown[:1] and bool(shown)) is found or not found


def test_space_now_leaves_out_those_that_are_full(client, ana):
    Availability.objects.update(space="full")
    listed(ana)
    page = find(client, postcode="BA1 1LZ", space="on")
    assert page.select_one("h2#found").get_text(strip=True).startswith("We found nothing")


def follow(client, link):
    return find_at(client, link["href"])


def chip(page, words):
    return next(link for link in page.select("a.nh-chip") if words in text_of(link))


def test_what_the_words_were_taken_to_mean_is_shown_and_each_can_be_switched_off_and_on(client, ana):
    page = find(client, postcode="BA1 1LZ", need="someone to cook lunch on Mondays")
    assert not names(page)[:1] or "Further off" in text_of(page)
    said = text_of(page.select_one(".nh-understood__words"))
    assert said.startswith("Showing help with")
    assert "cooking at home" in said
    assert said.endswith("and on Monday .")
    page = follow(client, chip(page, "Leave out on Monday"))
    assert names(page) == ["Lunch at home"]
    assert "on Monday" not in text_of(page.select_one(".nh-understood__words"))
    assert page.select_one("input[name=need]")["value"] == "someone to cook lunch on Mondays"
    assert page.select_one("input[name=off]")["value"] == "day:mon"
    page = follow(client, chip(page, "Put back on Monday"))
    assert "on Monday" in text_of(page.select_one(".nh-understood__words"))


def test_the_very_words_can_be_looked_for_and_what_they_mean_again(client, ana):
    page = find(client, postcode="BA1 1LZ", need="come and cook on Tuesdays", off="day:tue")
    page = follow(client, page.find("a", string="Look for exactly the words I typed"))
    assert "We looked for exactly the words you typed" in text_of(page)
    assert not page.select(".nh-understood")
    assert page.select_one("input[name=as_typed]").has_attr("checked")
    page = follow(client, page.find("a", string="Look for what they mean instead"))
    assert page.select_one(".nh-understood")


def test_facets_say_how_many_each_would_leave_and_disregard_their_own_choice(client, ana, roving, hall):
    page = find(client, postcode="BA1 1LZ")
    boxes = {label["for"]: text_of(label) for label in page.select(".nh-facet label")}
    assert "Gardening (1)" in boxes.values()
    assert "Cooking at home (1)" in boxes.values()
    assert all(page.select_one(f"input[type=checkbox][form=search][id={key}]") for key in boxes)
    chosen = find(client, postcode="BA1 1LZ", category="gardening")
    assert names(chosen) == ["Gardens"]
    assert "Cooking at home (1)" in [text_of(label) for label in chosen.select(".nh-facet label")]
    assert len(chosen.select("details.nh-facet[open]")) == 1


def test_what_was_chosen_stands_as_tags_each_taken_away_by_itself(client, ana, roving):
    page = find(client, postcode="BA1 1LZ", need="cook", day=["mon", "tue"], space="on", language="polish")
    tags = [text_of(tag) for tag in page.select(".nh-tags a.nh-chip")]
    assert [tag.removeprefix("Take away ").removesuffix(" ×") for tag in tags] == [
        "Day: Monday",
        "Day: Tuesday",
        "Space: Space now",
        "Language: Polish",
    ]
    page = follow(client, chip(page, "Language: Polish"))
    assert names(page) == ["Lunch at home"]
    assert [box["value"] for box in page.select("input[name=day][checked]")] == ["mon", "tue"]
    page = follow(client, page.find("a", string="Take all of these away"))
    assert not page.select(".nh-tags")
    assert page.select_one("input[name=need]")["value"] == "cook"


def test_a_group_and_a_kind_in_it_can_be_chosen_together(client, ana, roving):
    page = find(client, postcode="BA1 1LZ", category=["meals", "gardening"])
    assert sorted(names(page)) == ["Gardens", "Lunch at home"]


def test_where_thousands_reach_the_count_says_that_there_are_more(client, ana, monkeypatch):
    real = search.ask
    monkeypatch.setattr(search, "ask", lambda *a, **k: dataclasses.replace(real(*a, **k), total_is_exact=False))
    assert "More than 1 services fit and reach BA1 1LZ" in text_of(find(client, postcode="BA1 1LZ"))
    asked = text_of(find(client, postcode="BA1 1LZ", need="cook lunch"))
    assert "More than 1 services may fit and reach BA1 1LZ" in asked


def test_rule_12_each_result_says_what_was_seen_by_whom_and_on_what_day(client, ana, council, checker):
    looked_at(insured(ana), council, checker)
    page = find(client, postcode="BA1 1LZ")
    check = text_of(page.select_one(".nh-result__checks li"))
    assert "seen by Bath and North East Somerset Council on" in check
    assert "Listed is not recommended" in text_of(page)


def test_rule_12_what_no_council_saw_is_not_shown_as_checked(client, ana):
    insured(ana)
    assert "No council here has checked any papers" in text_of(find(client, postcode="BA1 1LZ"))


def test_rule_16_the_search_page_has_no_place_for_a_worry_and_says_whom_to_ring(client, ana):
    page = find(client, postcode="BA1 1LZ", need="my husband hits me")
    assert "ring 999" in text_of(page.select_one(".nh-safeguarding"))
    assert not page.select("textarea")


def test_an_address_whose_postcode_is_wrong_keeps_what_was_chosen(client, ana):
    page = find(client, postcode="nonsense", day="tue", language="polish", price="no-such-price")
    assert [box["value"] for box in page.select("input[form=search][checked]")] == ["tue", "polish"]
    assert "Choose only from what is listed here" in text_of(page.select_one(".govuk-error-summary"))


def test_words_that_mean_no_kind_of_help_are_looked_for_as_they_are(client, ana):
    assert "We looked for services that say “xylophone”" in text_of(find(client, postcode="BA1", need="xylophone"))


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("", "Enter a postcode"),
        ("nonsense", "Enter a full postcode"),
        ("BA1 9ZZ", "We cannot find that postcode"),
        ("BT1 1AA", "Northern Ireland"),
        ("JE2 3AB", "Channel Islands"),
        ("IM1 1AA", "Isle of Man"),
    ],
)
def test_a_place_that_cannot_be_used_is_answered_and_what_was_typed_is_kept(client, ana, typed, answer):
    page = find(client, postcode=typed, need="cook lunch")
    summary = page.select_one(".govuk-error-summary")
    assert answer in text_of(summary)
    assert page.select_one(summary.a["href"])["name"] == "postcode"
    assert page.select_one("input[name=postcode]").get("value", "") == typed
    assert page.select_one("input[name=need]")["value"] == "cook lunch"


def test_a_need_that_is_too_long_is_said_and_kept(client, ana):
    page = find(client, postcode="BA1 1LZ", need="x" * 201)
    assert page.select_one(".govuk-error-summary a")["href"] == "#id_need"
    assert page.select_one("input[name=need]")["value"] == "x" * 201


def test_a_council_that_is_not_here_has_its_own_answer_and_neighbours_are_still_shown(client, ana, other_council):
    Council.objects.filter(pk=other_council.pk).update(switched_on_on=None, adults_phone="0300 456 0111")
    page = find(client, postcode="BA15 1GH")
    assert "Wiltshire Council does not use this site yet" in text_of(page)
    assert "0300 456 0111" in text_of(page)


def test_a_place_that_belongs_to_no_council_of_ours_is_answered_too(client, ana):
    from registry.models import District, Postcode

    Postcode.objects.filter(code="BA11LZ").update(district_code="X99999999")
    assert not District.objects.filter(pk="X99999999").exists()
    assert "We do not know which council" in text_of(find(client, postcode="BA1 1LZ"))


def test_nothing_found_is_never_a_dead_end(client, ana, roving, council):
    Council.objects.filter(pk=council.pk).update(adults_phone="01225 394 200", website="https://www.bathnes.gov.uk")
    page = find(client, postcode="TA1 1HE", need="cook lunch", payer="private")
    words = text_of(page)
    assert "We found nothing that fits and reaches TA1 1HE" in words
    assert "Ask for less" not in words
    assert "Further off" in words
    assert names(page) == ["Lunch at home"]
    assert "Travels up to 5 miles from BA2, about" in words


def test_nobody_is_sent_to_ring_the_other_end_of_the_country(client, ana):
    page = find(client, postcode="EH1 1YZ", need="cook lunch")
    assert not names(page)
    assert "Further off" not in text_of(page)


def test_a_service_that_goes_anywhere_in_an_area_says_how_far_off_it_is_based(client, council, postcodes):
    provider = make_provider(council)
    row = goes_anywhere_in(make_service(provider), council=council)
    type(row).objects.update(easting=375_035, northing=174_737)
    listed(provider)
    words = text_of(find(client, postcode="BA1 1LZ"))
    assert "Goes anywhere in Bath and North East Somerset; based about 6 miles away" in words


def test_nothing_of_this_kind_here_leads_to_what_does_come_here_and_to_the_council(client, ana, roving, council):
    Council.objects.filter(pk=council.pk).update(adults_phone="01225 394 200")
    page = find(client, postcode="BA1 1LZ", need="cook lunch", price="over-30", off="x:y")
    words = text_of(page)
    assert "01225 394 200" in words
    less = {link.string: text_of(link.parent) for link in page.select("[aria-labelledby=ask-less] a")}
    assert "Without any of your choices (1 service)" in less.values()
    assert "Any kind of help (2 services)" in less.values()
    found = find_at(client, page.find("a", string="Any kind of help")["href"])
    assert sorted(names(found)) == ["Gardens", "Lunch at home"]


def test_one_choice_or_one_meaning_less_is_offered_with_its_own_count(client, ana):
    page = find(client, postcode="BA1 1LZ", need="cook lunch on Mondays", space="now", payer=["private", "isf"])
    link = page.find("a", string="Without “on Monday”")
    assert names(find_at(client, link["href"])) == ["Lunch at home"]
    page = find(client, postcode="BA1 1LZ", day="mon", space="now")
    link = page.find("a", string="Without “Day: Monday”")
    assert "(1 service)" in text_of(link.parent)


def test_where_nobody_is_found_the_council_can_be_told_so(client, ana, council):
    page = find(client, postcode="BA1 1LZ", need="gardening on Mondays")
    form = page.find("button", string="Tell the council nobody was found").find_parent("form")
    sent = {"district": form.select_one("[name=district]")["value"]}
    sent["category"] = [field["value"] for field in form.select("[name=category]")]
    assert not form.select("[name=postcode], [name=need]")
    before = "http://testserver/find/?postcode=BA1+1LZ&need=gardening"
    told = client.post(form["action"], sent, follow=True, headers={"Referer": before})
    assert told.status_code == 200
    gap = UnmetNeed.objects.get(category="gardening")
    assert (gap.district_id, gap.day, gap.times) == ("E06000022", timezone.localdate(), 1)
    words = BeautifulSoup(told.content, "html.parser")
    assert "Bath and North East Somerset Council can see what is missing" in text_of(words.main)
    assert words.select_one("a.govuk-back-link")["href"] == "/find/?postcode=BA1+1LZ&need=gardening"


def test_a_council_that_is_not_here_yet_can_see_it_later(client, ana, council):
    Council.objects.filter(pk=council.pk).update(switched_on_on=None)
    told = client.post("/find/nobody/", {"district": "E06000022"}, follow=True)
    assert "once it uses this site" in told.content.decode()
    assert UnmetNeed.objects.get().category is None
    assert client.get("/find/nobody/told/", {"district": "\0"}).status_code == 200


@pytest.mark.parametrize("sent", [{}, {"district": "E99999999"}, {"district": "\0"}, {"district": ["x" * 9999]}])
def test_what_no_page_of_ours_sends_is_not_written_down(client, council, sent):
    assert client.post("/find/nobody/", sent).status_code == 400
    assert not UnmetNeed.objects.exists()


def test_nobody_presses_that_button_all_day(client, council):
    answers = [client.post("/find/nobody/", {"district": "E06000022"}) for _ in range(11)]
    assert [answer.status_code for answer in answers] == [302] * 10 + [429]
    assert int(answers[-1]["Retry-After"]) > 0
    assert UnmetNeed.objects.get().times == 10


def find_at(client, href):
    return BeautifulSoup(client.get("/find/" + href).content, "html.parser").main


def test_results_come_twenty_to_a_page_and_a_page_too_far_is_the_last(client, council, postcodes):
    provider = make_provider(council)
    for number in range(23):
        comes_from(make_service(provider, f"Service {number}"))
    listed(provider)
    assert len(names(find(client, postcode="BA1 1LZ"))) == 20
    last = find(client, postcode="BA1 1LZ", page="99")
    assert len(names(last)) == 3
    assert last.select_one("ol.nh-results")["start"] == "21"


def test_the_number_of_queries_does_not_grow_with_the_rows(client, council, postcodes, django_assert_num_queries):
    def add(count, start):
        for number in range(start, start + count):
            provider = make_provider(council, f"Provider {number}")
            comes_from(make_service(provider))
            listed(provider)

    add(3, 0)
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as few:
        find(client, postcode="BA1 1LZ")
    add(12, 3)
    with django_assert_num_queries(len(few)):
        find(client, postcode="BA1 1LZ")
    # The time limit is four of them: begin, set, reset, end.
    assert len(few) <= 11


def test_what_was_approved_is_what_is_found_and_the_suspended_are_gone(client, ana, operator):
    Service.every.update(name="An edit that waits")
    assert names(find(client, postcode="BA1 1LZ")) == ["Lunch at home"]
    Provider.every.update(suspended_at=timezone.now(), suspended_by=operator)
    assert names(find(client, postcode="BA1 1LZ")) == []
    assert client.get(f"/providers/{ana.slug}/").status_code == 404


def test_an_imported_record_says_where_it_comes_from(client, council, postcodes):
    provider = make_provider(council, source="the Care Inspectorate's public list")
    comes_from(make_service(provider))
    listed(provider)
    assert "the Care Inspectorate's public list" in text_of(find(client, postcode="BA1 1LZ"))


def test_a_day_away_that_has_passed_is_not_shown_as_today(client, council, postcodes):
    provider = make_provider(council)
    service = make_service(provider)
    comes_from(service)
    has_space(service, space="away", away_until=timezone.localdate() - datetime.timedelta(days=1), confirmed_on=None)
    listed(provider)
    assert "Was away until" in text_of(find(client, postcode="BA1 1LZ"))


def test_rule_11_a_search_leaves_no_postcode_in_our_log_and_no_copy_in_shared_caches(client, ana, caplog):
    caplog.set_level(logging.DEBUG, logger="providers")
    response = client.get("/find/", {"postcode": "BA1 1LZ", "need": "cook lunch"})
    assert "BA1" not in caplog.text
    assert "private" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "same-origin"
    assert "BA1 1LZ" not in BeautifulSoup(response.content, "html.parser").title.get_text()


def test_the_search_can_be_reached_from_every_page(client, db):
    header = BeautifulSoup(client.get("/accessibility/").content, "html.parser").header
    assert header.find("a", href="/find/", string=lambda words: words and "Find help" in words)


def test_searching_changes_nothing_and_is_only_asked_for(client, ana):
    assert client.post("/find/").status_code == 405
    assert client.post(f"/providers/{ana.slug}/").status_code == 405
