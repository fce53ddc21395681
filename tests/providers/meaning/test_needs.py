import pytest

from providers.meaning.likely import likely_categories
from providers.meaning.model import SWITCHED_OFF
from providers.meaning.needs import understand
from providers.meaning.stems import close_stem, slips_between, stem
from providers.meaning.vocabulary import vocabulary

SAID = [
    ("someone to cook lunch", "cooking"),
    ("gran forgets to eat", "cooking"),
    ("he can't do his buttons any more", "washing-and-dressing"),
    ("shoping once a week", "shopping"),
    ("I need a night's sleep", "overnight-breaks"),
    ("lift to hospital", "lifts"),
    ("company for mum on Tuesdays", "companionship"),
    ("help with a bath", "washing-and-dressing"),
    ("cleaner", "cleaning"),
    ("somebody to clean my house", "cleaning"),
    ("ironing", "laundry"),
    ("my dad is coming home from hospital", "home-from-hospital"),
    ("meals on wheels", "meals-delivered"),
    ("hot dinners delivered", "meals-delivered"),
    ("lunch club", "lunch-club"),
    ("help in the shower", "washing-and-dressing"),
    ("she can't hold a spoon", "eating-and-drinking"),
    ("help getting to the toilet at night", "night-care"),
    ("incontinance", "toilet-and-continence"),
    ("he forgets his tablets", "medicines"),
    ("live in carer", "live-in-care"),
    ("dying at home", "end-of-life-care"),
    ("waking night carer", "night-care"),
    ("looking for a PA", "personal-assistant"),
    ("dad is lonely", "companionship"),
    ("someone to play scrabble with", "companionship"),
    ("walk the dog", "pet-care"),
    ("dog waking", "pet-care"),
    ("take mum out for a walk in the wheelchair", "walking"),
    ("day trips", "trips-out"),
    ("mens shed", "mens-sheds"),
    ("someone to take him to the mosque on Fridays", "faith"),
    ("can't drive any more", "lifts"),
    ("go with me to the doctor", "appointment-escort"),
    ("wheelchair taxi", "wheelchair-transport"),
    ("someone to sit with my husband while I go out", "sitting-service"),
    ("respite", "respite-at-home"),
    ("I'm exhausted, need a break from caring", "respite-at-home"),
    ("day centre", "day-opportunities"),
    ("carers group", "carers-support"),
    ("help my son learn to use the bus", "travel-training"),
    ("find a job for my daughter with downs", "supported-employment"),
    ("mum has dementia and gets lost", "dementia-companion"),
    ("memory cafe", "memory-cafe"),
    ("babysitter for disabled child", "children-sitters"),
    ("summer holiday club", "holiday-clubs"),
    ("toenails cut", "foot-care"),
    ("mobile hairdresser", "hairdressing"),
    ("chair yoga", "exercise"),
    ("reflexology", "massage"),
    ("grass cutting", "gardening"),
    ("gardner", "gardening"),
    ("put up a grab rail", "handyperson"),
    ("hoarding", "decluttering"),
    ("attendance allowance form", "benefits-and-forms"),
    ("PIP", "benefits-and-forms"),
    ("direct payments", "direct-payments"),
    ("payroll for my PA", "pa-employment"),
    ("help with my ipad", "it-help"),
    ("pendant alarm", "telecare"),
    ("care home", "care-home"),
    ("nursing home", "nursing-home"),
    ("supported living", "supported-living"),
    ("I'm deaf and need someone who signs BSL", "sight-and-hearing"),
    ("bereavment counseling", "bereavement"),
    ("someone to cook Asian food for my mother", "cooking"),
    ("the garden is overgrown", "gardening"),
    ("he won't wash", "washing-and-dressing"),
    ("cooking and cleaning", "cooking"),
    ("personal care morning and evening", "washing-and-dressing"),
    ("companionship for older man who liked engineering", "companionship"),
    ("cook", "cooking"),
    ("night sitter", "overnight-breaks"),
    ("a lift to chemo on Mondays and Thursdays", "lifts"),
    ("someone to check on dad every day", "household-help"),
    ("befreinding", "befriending"),
    ("dresing", "washing-and-dressing"),
    ("hoist", "moving-and-hoisting"),
    ("catheter care", "toilet-and-continence"),
    ("sleep-in", "overnight-breaks"),
    ("CHC", "complex-care"),
    ("PHB", "direct-payments"),
    ("POC qds", "home-care"),
    ("NWB, d/c Friday", "home-from-hospital"),
]


@pytest.mark.parametrize(("said", "meant"), SAID)
def test_what_people_say_is_understood(said, meant):
    need = understand(said)
    assert meant in need.categories[:2]
    assert not need.unknown


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("company for mum on Tuesdays", ("tue",)),
        ("a lift to chemo on Mondays and Thursdays", ("mon", "thu")),
        ("cleaning at weekends", ("sat", "sun")),
        ("lunch on weekdays", ("mon", "tue", "wed", "thu", "fri")),
        ("someone for Weds or on Sat", ("wed", "sat")),
        ("cook on fri", ("fri",)),
        ("dad sat in the sun", ()),
        ("Sunday, then Saturday", ("sat", "sun")),
    ],
)
def test_days_are_found_in_the_words(said, days):
    assert understand(said).days == days


def test_what_is_left_has_neither_days_nor_filling():
    assert understand("Someone to cook lunch for my mum on Tuesdays").words == "cook lunch"
    assert understand("wash mum's hair").words == "wash hair"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("shoping", "shopping"),
        ("gardner", "gardener"),
        ("walks", "walks"),
        ("dementa", "dementia"),
        ("qwerty", "qwerty"),
    ],
)
def test_texts_are_searched_for_the_word_that_was_meant(typed, words):
    assert understand(typed).words == words


@pytest.mark.parametrize("said", ["", "   ", "asdfgh qwerty", "?!", "\u4f60\u597d"])
def test_what_is_not_in_the_vocabulary_is_said_to_be_unknown(said):
    need = understand(said)
    assert need.unknown
    assert need.categories == ()


def test_a_whole_group_that_is_meant_gives_its_terms():
    assert {"cooking", "meals-delivered", "lunch-club"} <= set(understand("meals").categories)


def test_two_needs_in_one_sentence_are_both_kept():
    assert understand("cooking and cleaning").categories == ("cooking", "cleaning")


def test_what_is_too_weakly_meant_to_be_named_is_kept_beside():
    needs = [understand(said) for said, _meant in SAID]
    assert any(need.widens for need in needs)
    assert any(set(need.looked_among()) > set(need.categories) for need in needs)
    for need in needs:
        assert not set(dict(need.beside)) & set(need.categories)
        assert max(dict(need.beside).values(), default=0) <= min(need.weights.values())
        assert list(need.looked_among(widely=True)) == [*need.categories, *dict(need.beside)]
        assert list(need.looked_among()) == list(need.looked_among(widely=True))[: len(need.looked_among())]
        # With every kind of help switched off, none comes in by the back door.
        assert understand(need.text, frozenset(meaning.name for meaning in need.meanings)).looked_among() == {}


@pytest.fixture
def words_alone(monkeypatch):
    """Thousands of sentences through the model would take minutes."""
    monkeypatch.setenv(SWITCHED_OFF, "1")


def test_only_second_level_terms_are_ever_given(words_alone):
    terms = {term.code for term in vocabulary().terms if not term.is_group}
    words = [word for term in vocabulary().terms for word in term.everyday_words]
    assert all(set(understand(word).categories) <= terms for word in words)


def test_nearly_every_everyday_word_leads_to_its_own_term(words_alone):
    told = [(term.code, word) for term in vocabulary().terms if not term.is_group for word in term.everyday_words]
    lost = [word for code, word in told if code not in understand(word).categories]
    assert len(lost) <= len(told) * 0.02, lost


def test_a_very_long_text_is_read_to_its_limit_only():
    assert understand("zzzz " * 50_000 + "cooking").unknown


def test_the_same_words_give_the_same_answer_every_time():
    assert understand("help with a bath") == understand("help with a bath")


@pytest.mark.parametrize(
    ("word", "root"),
    [
        ("cooking", "cook"),
        ("shopping", "shop"),
        ("bodies", "body"),
        ("dress", "dress"),
        ("carers", "care"),
        ("car", "car"),
        ("cars", "car"),
        ("men's", "men"),
        ("forgot", "forget"),
    ],
)
def test_words_come_down_to_their_stem(word, root):
    assert stem(word) == root


def test_slips_are_letters_added_lost_changed_or_swapped():
    assert [slips_between("friend", other) for other in ("friend", "freind", "frend", "friends", "frond")] == [
        0,
        1,
        1,
        1,
        2,
    ]


def test_a_slip_is_mended_and_a_short_word_is_left_alone():
    known = ["garden", "laundry", "cook"]
    assert close_stem("gardn", known) == "garden"
    assert close_stem("lawndry", known) == "laundry"
    assert close_stem("cok", known) == "cok"
    assert close_stem("plumber", known) == "plumber"


@pytest.mark.parametrize(
    ("name", "description", "likely"),
    [
        ("Ashley Court", "Care Home Service - Older People for Adults", ("care-home",)),
        ("Belleville Lodge Nursing Home", "Care Home Service - Older People", ("nursing-home", "care-home")),
        ("Seasoned Hands", "Support Service - Care at Home for Adults", ("home-care",)),
        ("Castle Crags", "Support Service - Other than Care at home Adult Daycare for Adults", ("day-opportunities",)),
        ("Youthzone", "Support Service - Other than Care at home Other Support Service", ("support-worker",)),
        ("Threshold", "Housing Support Service - for Adults", ("housing-support",)),
        ("City Shared Lives", "Adult Placement Service", ("shared-lives",)),
        ("Bright Nurses", "Nurse Agency", ("nursing",)),
        ("A Family", "Fostering Service - for Children", ("fostering-and-adoption",)),
        ("Hill School", "School Care Accommodation Service - Mainstream", ("childrens-homes",)),
        ("Sitters", "Child Care Agency - for Children", ("children-sitters",)),
        ("Crannog", "Other. Alcohol and Drugs Rehabilitation", ("recovery",)),
    ],
)
def test_registered_services_are_recognised_by_what_regulators_call_them(name, description, likely):
    assert likely_categories(name, description)[: len(likely)] == likely


def test_other_services_are_recognised_by_their_own_words():
    assert likely_categories("Green Fingers", "We mow the lawn and trim the hedges.")[0] == "gardening"
    assert likely_categories("The Tuesday Lunch Club", "Open to all.") == ("lunch-club",)
    assert likely_categories("Acme", "Quality solutions since 1999") == ()
