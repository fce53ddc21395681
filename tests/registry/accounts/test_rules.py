import datetime

import pytest

from registry.accounts.rules import InvitationState, invitation_state, same_address

SENT = datetime.datetime(2026, 3, 1, 12, tzinfo=datetime.UTC)
LASTS = datetime.timedelta(days=14)
LATER = SENT + datetime.timedelta(days=20)


@pytest.mark.parametrize(
    ("accepted", "withdrawn", "now", "expected"),
    [
        (None, None, SENT, InvitationState.OPEN),
        (None, None, SENT + LASTS - datetime.timedelta(seconds=1), InvitationState.OPEN),
        (None, None, SENT + LASTS, InvitationState.EXPIRED),
        (None, SENT, SENT, InvitationState.WITHDRAWN),
        (None, SENT, LATER, InvitationState.WITHDRAWN),
        (SENT, None, LATER, InvitationState.USED),
        (SENT, SENT, SENT, InvitationState.USED),
    ],
)
def test_what_has_become_of_an_invitation(accepted, withdrawn, now, expected):
    state = invitation_state(created_at=SENT, accepted_at=accepted, withdrawn_at=withdrawn, lasts=LASTS, now=now)
    assert state is expected


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("a@b.example", "A@B.example ", True),
        ("a@b.example", "c@b.example", False),
        ("", "", False),
        (" ", "", False),
    ],
)
def test_when_two_addresses_are_one_persons(one, other, same):
    assert same_address(one, other) is same
