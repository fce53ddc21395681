"""What a summary says, to whom: the council's own reading, the one for publishing, and the one in easier words."""

import datetime
import re

import pytest
from django.utils import timezone

from commissioning.models import LotTime, Question
from commissioning.requirements import actions
from commissioning.summaries.actions import lock_summary
from commissioning.summaries.blocks import Block
from commissioning.summaries.market_facts import confirmed_words
from commissioning.summaries.render import Words, blocks_of
from tests.commissioning.makers import add_lot, ask, make_requirement
from tests.reading import words_of_page

pytestmark = pytest.mark.django_db
NAMES = ("Ana’s Kitchen", "Radstock Table", "Bradford Meals", "Lunch at home", "Tuesday lunch club", "Cora")


def said(client, summary, rest=""):
    page = client.get(f"/commissioning/summaries/{summary.reference}/{rest}")
    return " ".join(words_of_page(page.content))


def lock_again(requirement, by):
    return lock_summary(by=by, requirement=requirement, now=timezone.now())


def every_word(blocks: list[Block]):
    return str(blocks)


def test_rule_07_the_reading_for_publishing_names_nobody_and_says_how_many_do_not_yet_meet(as_commissioner, lock):
    own, public = said(as_commissioner, lock), said(as_commissioner, lock, "for-publishing/")
    frozen = every_word(blocks_of(lock.facts, Words.PUBLISHING))
    for name in NAMES:
        assert name in own
        assert name not in public
        assert name not in frozen
    assert "Do not yet meet something: 1." in public
    assert "Public liability insurance of at least £2 million, by the start of the contract Lot 1: 2" in public
    assert "names no provider" in public
    assert "exclude" not in public.lower()
    assert "do not publish it" in own


def test_rule_07_no_dot_on_the_public_map_says_how_somebody_stands(as_commissioner, lock):
    public = said(as_commissioner, lock, "for-publishing/")
    maps = [block["shows"] for block in blocks_of(lock.facts, Words.PUBLISHING) if block["kind"] == "map"]
    assert maps == ["reach", "bases"]
    assert "none fits yet" not in public
    assert "Postcode district Services BA2 3" in public


def test_both_readings_and_the_easier_one_have_one_fingerprint(as_commissioner, lock):
    for rest in ("", "for-publishing/"):
        assert lock.fingerprint in said(as_commissioner, lock, rest)
    assert lock.fingerprint_in_groups.replace(" ", "") == lock.fingerprint
    assert lock.fingerprint_in_groups in said(as_commissioner, lock, "in-easier-words/")


def test_header_says_which_data_it_was(as_commissioner, lock):
    assert f"3 frozen listings, {lock.facts['data']['digest'][:16]}" in said(as_commissioner, lock)
    assert len(lock.facts["versions"]) == 3


def test_the_market_counts_each_provider_once(as_commissioner, lock):
    market = lock.facts["market"]
    assert (market["providers"], market["services"], market["seen"]) == (3, 3, 1)
    assert {(row["legal_form"], row["providers"]) for row in market["forms"]} == {
        ("Sole trader", 1),
        ("Co-operative society", 1),
        ("Limited company", 1),
    }
    words = said(as_commissioner, lock)
    assert "24, as 2 of 3 say" in words
    assert "Last confirmed 3 March 2026" in words


def test_confirmed_words_tell_the_first_the_last_and_those_never(lock):
    class One:
        def __init__(self, day):
            self.service = {"availability": {"confirmed_on": day}}

    assert confirmed_words([One(None)]) == "Never"
    days = [One("2026-03-01"), One("2026-05-02"), One(None)]
    assert confirmed_words(days) == "Between 1 March 2026 and 2 May 2026; never: 1"


def test_postcode_districts_that_nobody_reaches_are_named(as_commissioner, commissioner, council, field):
    made = make_requirement(commissioner, council)
    add_lot(commissioner, made, "cooking", outcodes=["BA1", "BS31"])
    add_lot(commissioner, made, "home-care", title="Care", outcodes=["BA2"])
    summary = lock_again(made, commissioner)
    lots = summary.facts["lots"]
    assert lots[0]["reach"].keys() == {"BA1", "BS31"}
    assert lots[1]["reach"] == {"BA2": 0}
    words = said(as_commissioner, summary, "for-publishing/")
    assert "Lot 2: nobody on the register reaches BA2." in words
    assert "Nobody comes to: BA2." in said(as_commissioner, summary, "in-easier-words/")
    gaps = {row["outcode"]: row["is_gap"] for row in summary.facts["map"]["reach"]}
    assert gaps["BA2"] is True
    assert gaps["BA1"] is (lots[0]["reach"]["BA1"] == 0)


def test_conditions_say_what_they_do_and_why_they_are_kept(as_commissioner, requirement, field, commissioner):
    ask(commissioner, requirement, "first_aid", lot=requirement.lots.get(number=1))
    requirement.conditions.filter(kind="first_aid").update(keep_reason="Somebody choked last year.")
    summary = lock_again(requirement, commissioner)
    (one,) = (condition for condition in summary.facts["conditions"] if condition["kind"] == "first_aid")
    assert [row["lot"] for row in one["effects"]] == [1]
    assert sum(one["effects"][0][name] for name in ("fits", "not_yet", "not_known")) == 3
    assert "Why the council keeps it: Somebody choked last year." in said(as_commissioner, summary)
    assert "Only for part 1." in said(as_commissioner, summary, "in-easier-words/")


def test_times_questions_marks_and_days_are_printed(as_commissioner, requirement, field, commissioner):
    lot = requirement.lots.get(number=1)
    LotTime.objects.create(lot=lot, day="tue", starts_minute=720, ends_minute=840, minutes_needed=240)
    Question.objects.create(requirement=requirement, number=1, text="How will you get to know people?", weight=70)
    closes = datetime.datetime(2027, 1, 15, 12, 0, tzinfo=datetime.UTC)
    requirement.price_weight, requirement.closes_at, requirement.extension_months = 30, closes, 6
    requirement.save()
    words = said(as_commissioner, summary := lock_again(requirement, commissioner))
    assert "Tuesday, 12pm to 2pm: 4 hours" in words or "Tuesday, midday to 2pm: 4 hours" in words
    assert "How will you get to know people? 70 of 100 The price 30 of 100" in words
    assert "Last moment for answers 15 January 2027, 12:00" in words
    assert "May be extended by 6 months" in words
    assert "Answer before: 15 January 2027, 12:00." in said(as_commissioner, summary, "in-easier-words/")


def test_payment_and_notices_have_parts_of_their_own(as_commissioner, lock):
    words = said(as_commissioner, lock)
    assert "Payment An invoice is paid within 14 days. Payment within 30 days is implied" in words
    assert "Notices that may be due No notice is due" in words


def test_nothing_asked_and_nobody_found_is_said_in_every_reading(as_commissioner, commissioner, council, postcodes):
    made = make_requirement(commissioner, council, buyer="individual")
    add_lot(commissioner, made, "home-care")
    add_lot(commissioner, made, "cooking")
    summary = lock_again(made, commissioner)
    assert "No listed provider does any of this work in the area." in said(as_commissioner, summary, "for-publishing/")
    easier = said(as_commissioner, summary, "in-easier-words/")
    assert "We found nobody who does this work here yet." in easier
    assert "The council asks for nothing but the work." in easier
    assert "They will buy it themselves." in easier
    assert "pays your bill" not in easier


def test_rule_08_easier_words_know_no_law(as_commissioner, lock):
    easier = said(as_commissioner, lock, "in-easier-words/")
    for word in ("Act", "section", "threshold", "procurement", "CQC"):
        assert not re.search(rf"\b{word}\b", easier), word
    assert "Easy Read" not in easier


def syllables(word):
    return max(1, len(re.findall(r"[aeiouy]+", re.sub(r"e$", "", word.lower()))))


def test_easier_words_are_short(lock):
    """Sentences of at most 15 words, and a Flesch-Kincaid grade that children of 9 to 11 read at."""
    blocks = blocks_of(lock.facts, Words.EASIER)
    lines = [line for block in blocks for line in ([block["text"]] if "text" in block else block["items"])]
    sentences = [part for line in lines for part in re.split(r"(?<=[.?:])\s+", line)]
    words = [re.findall(r"[A-Za-z’']+", sentence) for sentence in sentences]
    words = [found for found in words if found]
    assert max(map(len, words)) <= 15
    every = [word for found in words for word in found]
    grade = 0.39 * len(every) / len(words) + 11.8 * sum(map(syllables, every)) / len(every) - 15.59
    assert grade < 5, grade


def test_condition_is_removed_and_the_document_goes_on(as_commissioner, requirement, field, commissioner):
    requirement.conditions.all().delete()
    summary = lock_again(requirement, commissioner)
    assert "Nothing beyond the work itself" in said(as_commissioner, summary)
    assert summary.facts["conditions"] == []


def test_reason_for_one_lot_is_in_every_long_reading(as_commissioner, requirement, field, commissioner):
    actions.remove_lot(by=commissioner, requirement=requirement, lot_id=requirement.lots.get(number=2).pk)
    actions.change_requirement(by=commissioner, requirement=requirement, facts={"lots_note": "One kitchen."})
    summary = lock_again(requirement, commissioner)
    for rest in ("", "for-publishing/"):
        assert "Why there is one lot: One kitchen." in said(as_commissioner, summary, rest)
    assert "You do not have to do them all" not in said(as_commissioner, summary, "in-easier-words/")
