import pytest

from providers.meaning.aside import unwanted_in
from providers.meaning.needs import Meaning, Need, understand


@pytest.mark.parametrize(
    ("said", "unwanted"),
    [
        ("nights away for me but he's not going in a care home", ("care home",)),
        ("help to stop drinking, not AA, nothing religious", ("aa", "religious")),
        ("something for men that isn't bingo or pubs", ("bingo or pubs",)),
        ("a cleaner, no dogs", ("dogs",)),
        ("mum won't have carers in", ("carers in",)),
        ("lad of 22, no mates, wants other gamers", ()),
        ("he won't wash", ()),
        ("no one to talk to", ()),
        ("my son and no holiday club will take him", ()),
    ],
)
def test_what_is_not_wanted_is_told_from_what_is_missed(said, unwanted):
    assert tuple(sorted(unwanted_in(said.casefold())[0])) == tuple(sorted(unwanted))


def test_what_is_not_wanted_never_counts_as_asked():
    need = understand("nights away for me but he's not going in a care home")
    assert "care-home" in need.without
    assert "care-home" not in need.categories


@pytest.mark.parametrize(
    ("said", "kind", "code"),
    [
        ("Punjabi speaking lady to bath my mother", "language", "punjabi"),
        ("Punjabi speaking lady to bath my mother", "who", "female"),
        ("dad would only let a man shave him", "who", "male"),
        ("halal dinners", "faith", "muslim"),
        ("my 9 year old has meltdowns", "client_group", "children"),
        ("he's 85 and alone, gran too", "client_group", "older"),
    ],
)
def test_languages_faith_age_and_who_should_come_are_heard(said, kind, code):
    assert code in understand(said).codes(kind)


def test_a_meaning_is_switched_off_by_its_name():
    whole = understand("shopping on Tuesdays")
    assert [meaning.name for meaning in whole.meanings] == ["category:shopping", "day:tue"]
    assert understand("shopping on Tuesdays", frozenset({"day:tue"})).meanings == (Meaning("category", "shopping"),)


def test_a_need_may_be_nothing_or_chosen_or_the_very_words():
    assert Need.nothing().categories == ()
    assert Need.of(("cooking", "shopping")).weights == {"cooking": 1.0, "shopping": 1.0}
    assert Need.as_typed("Mrs Patel").words == "Mrs Patel"
    assert understand("Urdu for a deaf child").languages == ("urdu",)
    assert set(understand("Urdu for a deaf child").client_groups) == {"sensory", "children"}
