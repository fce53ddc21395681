import pytest

from providers.credentials.kinds import (
    DATA,
    FAMILY_NAMES,
    KINDS,
    STANDARDS,
    BadKindsError,
    kinds_of,
    name_of,
    read,
)
from providers.models.credential import Holder

SOUND = DATA.read_text()


def with_kind(**fields):
    """The data with one more kind, made wrong by `fields`."""
    row = {"code": "new_kind", "family": "training", "name": "New", "explanation": "New.", **fields}
    lines = "\n".join(f"{name} = {str(value).lower() if value is True else repr(value)}" for name, value in row.items())
    before, after = SOUND.split("[[care_certificate]]", 1)
    return f"{before}[[kinds]]\n{lines}\n[[care_certificate]]{after}"


def test_every_kind_that_councils_ask_for_is_there():
    named = "public_liability employers_liability professional_indemnity motor_business treatment care_certificate"
    named += " moving_and_handling medication basic_life_support first_aid safeguarding_adults safeguarding_children"
    named += " food_hygiene infection_control mental_capacity oliver_mcgowan_1 oliver_mcgowan_2 dementia_awareness"
    named += " other_training ico cqc safeguarding_policy complaints_policy trade_body references"
    assert not set(named.split()) - set(KINDS)
    assert [family for family in FAMILY_NAMES if not kinds_of(family)] == []


def test_every_kind_says_in_words_what_it_is_and_what_to_bring():
    for kind in KINDS.values():
        assert all([kind.name, kind.explanation, kind.evidence]), kind.code
        for asked in kind.must | kind.may:
            question = kind.questions[asked]
            assert all([question.label, question.missing]), (kind.code, asked)


def test_the_care_certificate_has_16_standards_since_2025_and_had_15():
    assert {edition: len(standards) for edition, standards in STANDARDS.items()} == {2025: 16, 2015: 15}
    assert str(STANDARDS[2025][15].title) == "Awareness of learning disability and autism"
    assert STANDARDS[2025][15].number == 16
    assert [standard.number for standard in STANDARDS[2025] if standard.sure == "official"] == [9]


def test_employers_liability_is_for_five_million_at_least():
    assert KINDS["employers_liability"].minimum_pence == 500_000_000
    assert [kind.code for kind in KINDS.values() if kind.minimum_pence] == ["employers_liability"]


def test_rule_01_dbs_is_not_among_the_kinds_and_cannot_be_added():
    assert not [code for code in KINDS if "dbs" in code]
    with pytest.raises(BadKindsError, match="a DBS check is no credential"):
        read(with_kind(code="enhanced_dbs"))


def test_a_kind_says_only_what_is_different_about_it():
    _names, kinds, _standards = read(with_kind(renewal_months=24))
    made = kinds["new_kind"]
    assert (made.holder, made.renewal_months, made.seen_as) == (Holder.WORKERS, 24, "certificate")
    assert (made.has_amount, made.runs_out, made.is_claimed_by_hand) == (False, False, True)
    assert str(made.questions["issuer"].label) == "Who gave the training?"


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"family": "magic"}, "no such family"),
        ({"code": "first_aid"}, "is there twice"),
        ({"must": ["held_by", "start", "colour"]}, "which a credential has no room for"),
        ({"holder": "dog"}, "nobody can hold it"),
        ({"must": ["start"]}, "how many hold it"),
        ({"must": ["held_by"]}, "everything began"),
        ({"seen_as": "dream"}, "does not say how it is seen"),
        ({"renewal_months": 121}, "its months make no sense"),
        ({"minimum_pence": 5}, "a least amount, and no amount"),
        ({"levels": ["Level 1"]}, "levels that nobody asks for"),
        ({"may": ["level"]}, "nothing to choose from"),
        ({"names_itself": True}, "does not ask for its own name"),
        ({"may": ["level"], "levels": ["L" * 41]}, "too long to be stored"),
    ],
)
def test_data_that_makes_no_sense_is_refused_and_says_why(fields, fault):
    with pytest.raises(BadKindsError, match=fault):
        read(with_kind(**fields))


@pytest.mark.parametrize(
    ("sound", "wrong", "fault"),
    [
        ("edition = 2015", "edition = 2019", "no such edition"),
        ('sure = "official"', 'sure = "perhaps"', "how sure its titles are"),
        ("[families.policy]", '[families.magic]\nname = "Magic"\n[families.policy]', "unknown families"),
    ],
)
def test_families_and_standards_are_held_to_what_is_known(sound, wrong, fault):
    with pytest.raises(BadKindsError, match=fault):
        read(SOUND.replace(sound, wrong))


def test_a_code_of_an_import_stands_for_itself():
    assert name_of("ico") == "Registered with the ICO for data protection"
    assert name_of("gas_safe") == "Gas safe"
