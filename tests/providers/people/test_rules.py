import pytest

from providers.people.rules import is_last_owner, may_hand_over_to


@pytest.mark.parametrize(
    ("person", "roles", "is_last"),
    [
        (1, {1: "owner"}, True),
        (1, {1: "owner", 2: "editor", 3: "reader"}, True),
        (1, {1: "owner", 2: "owner"}, False),
        (2, {1: "owner", 2: "editor"}, False),
        (9, {1: "owner"}, False),
    ],
)
def test_the_last_owner_is_the_one_after_whom_there_is_none(person, roles, is_last):
    assert is_last_owner(person, roles) is is_last


def test_a_listing_is_handed_to_somebody_who_helps_and_does_not_own_it():
    assert may_hand_over_to(1, {1: "owner", 2: "editor", 3: "reader", 4: "owner"}) == [2, 3]
