import datetime

import pytest

from providers.credentials.kinds import KINDS
from providers.credentials.wording import Look, dbs_sentence, money, public_sentence
from providers.models import Check, Credential, Provider
from providers.models.check import Means
from registry.models import Council

TODAY = datetime.date(2026, 11, 21)
WILTSHIRE = Council(code="E06000054", name="Wiltshire", nation="England")


def credential(kind="public_liability", people=4, **fields):
    facts = {"starts_on": datetime.date(2026, 3, 1), "ends_on": datetime.date(2027, 2, 28), **fields}
    return Credential(kind=kind, provider=Provider(name="Kath's Kitchen", people=people), **facts)


def check(means="copy", outcome="seen"):
    return Check(council=WILTSHIRE, seen_on=datetime.date(2026, 3, 3), means=means, outcome=outcome)


def test_insurance_says_how_much_who_saw_it_and_when_it_ends():
    assert public_sentence(credential(amount_pence=500_000_000), Look(check()), TODAY) == (
        "Public liability insurance £5 million, certificate seen by Wiltshire Council on 3 March 2026, "
        "runs to 28 February 2027"
    )


def test_a_policy_is_seen_and_has_no_certificate():
    policy = credential("safeguarding_policy")
    assert "Safeguarding policy, seen by Wiltshire Council on 3 March 2026" in public_sentence(
        policy, Look(check()), TODAY
    )
    original = public_sentence(policy, Look(check("original")), TODAY)
    assert "Safeguarding policy, original seen by Wiltshire Council" in original


@pytest.mark.parametrize(
    ("holders", "people", "words"),
    [
        (3, 4, "held by 3 of 4 people"),
        (1, 1, "held by the one person who does the work"),
        (1, None, "held by 1 person"),
        (5, 4, "held by 5 people"),
    ],
)
def test_training_says_how_many_hold_it(holders, people, words):
    first_aid = credential("first_aid", 40, holder="workers", held_by=holders)
    assert public_sentence(first_aid, Look(check(), people=people), TODAY).startswith(
        f"First aid, {words}, certificate seen"
    )


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"ends_on": datetime.date(2026, 11, 20)}, "ended on 20 November 2026"),
        ({"ends_on": TODAY}, "runs to 21 November 2026"),
        ({"starts_on": datetime.date(2027, 1, 1)}, "starts on 1 January 2027"),
        ({"ends_on": None}, "dated 1 March 2026"),
    ],
)
def test_the_dates_are_said_as_they_stand_today(fields, words):
    assert public_sentence(credential(**fields), Look(check()), TODAY).endswith(words)


@pytest.mark.parametrize(
    ("means", "words"),
    [
        ("original", "original certificate seen by Wiltshire Council"),
        ("issuer", "confirmed with its issuer by Wiltshire Council"),
        ("register", "looked up on the public register by Wiltshire Council"),
        ("call", "confirmed in a phone call with Wiltshire Council"),
    ],
)
def test_the_means_of_the_check_is_said(means, words):
    assert words in public_sentence(credential(), Look(check(means)), TODAY)


def test_rule_12_a_council_that_relies_is_named_beside_the_one_that_looked():
    relied = Check(council=Council(name="Somerset", nation="England"), means="relied", outcome="seen")
    insurance = credential(amount_pence=500_000_000)
    assert public_sentence(insurance, Look(check(), [relied]), TODAY) == (
        "Public liability insurance £5 million, certificate seen by Wiltshire Council on 3 March 2026, "
        "runs to 28 February 2027; Somerset Council relies on that check"
    )


@pytest.mark.parametrize("no_check", [None, check(outcome="not_accepted")])
def test_what_no_council_has_seen_says_so(no_check):
    assert "not yet seen by a council" in public_sentence(credential(), Look(no_check), TODAY)


def test_rule_12_every_sentence_names_who_looked_and_on_what_day():
    """What a council relies on is told with the council that looked, and is no look of its own."""
    looks = [means for means in Means.values if means != Means.RELIED]
    for kind in KINDS:
        for means in looks:
            said = public_sentence(credential(kind), Look(check(means)), TODAY)
            assert "Wiltshire Council on 3 March 2026" in said, (kind, means)


def test_rule_12_references_are_read_and_counted():
    said = public_sentence(credential("references", level="3"), Look(check("call")), TODAY)
    assert said.startswith("References from 3 customers, read by Wiltshire Council on 3 March 2026")


def test_rule_12_no_sentence_says_approved_or_vetted():
    looks = [means for means in Means.values if means != Means.RELIED]
    said = [public_sentence(credential(kind), Look(check(means)), TODAY) for kind in KINDS for means in looks]
    said += [f"{kind.name} {kind.explanation} {kind.evidence}" for kind in KINDS.values()]
    for words in ("approved", "vetted", "recommended", "verified", "guaranteed"):
        assert not [sentence for sentence in said if words in sentence.lower()]


def test_rule_01_dbs_sentence_says_that_it_was_seen_and_nothing_else():
    assert (
        dbs_sentence(WILTSHIRE, datetime.date(2026, 3, 3))
        == "DBS certificate seen by Wiltshire Council on 3 March 2026"
    )


@pytest.mark.parametrize(
    ("pence", "words"),
    [(500_000_000, "£5 million"), (250_000_000, "£2.5 million"), (25_000_000, "£250,000"), (1250, "£12.50")],
)
def test_money_reads_as_people_write_it(pence, words):
    assert money(pence) == words


@pytest.mark.parametrize(
    ("name", "kind", "full_name"),
    [
        ("Wiltshire", "UTLA", "Wiltshire Council"),
        ("Bristol, City of", "UTLA", "Bristol City Council"),
        ("Herefordshire, County of", "UTLA", "Herefordshire Council"),
        ("Belfast", "HSC trust", "Belfast Health and Social Care Trust"),
    ],
)
def test_a_council_is_called_as_people_call_it(name, kind, full_name):
    assert Council(name=name, kind=kind).full_name == full_name
