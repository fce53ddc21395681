"""What one council saw, another may rely on; and what was recorded by a slip of the hand."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from providers.credentials import actions
from providers.credentials.actions import CannotRelyError
from providers.credentials.rules import Status
from providers.credentials.standing import status_of
from providers.models import Check, Credential, ModerationPolicy
from registry.models import AuditEvent
from tests.cast import make_council
from tests.providers.councils.makers import asked, make_checker, on_the_list
from tests.providers.moderation.makers import insured

pytestmark = pytest.mark.django_db
LONG_AGO = datetime.date(2026, 3, 3)


@pytest.fixture
def ana(council, other_council):
    provider, owner = on_the_list(council)
    asked(provider, other_council, owner)
    return provider, owner


@pytest.fixture
def other_checker(other_council):
    return make_checker(other_council)


@pytest.fixture
def held(ana):
    return insured(ana[0], starts_on=LONG_AGO)


def look(held, council, by, outcome="seen", **fields):
    facts = {"means": "copy", "seen_on": LONG_AGO, **fields}
    return actions.record_check(credential=held, council=council, by=by, outcome=outcome, **facts)


def status(held):
    return status_of(Credential.every.get(pk=held.pk), timezone.localdate())


def test_another_council_relies_on_what_was_seen_and_keeps_its_day(
    held, council, checker, other_council, other_checker
):
    origin = look(held, council, checker)
    made = [actions.rely_on(check=origin, council=other_council, by=other_checker) for _ in range(2)]
    assert made[0] == made[1]
    assert (made[0].relies_on, made[0].seen_on, made[0].means) == (origin, LONG_AGO, "relied")
    assert AuditEvent.objects.filter(verb="credential.relied").count() == 1


def test_a_chain_points_at_those_who_looked(held, ana, council, checker, other_council, other_checker):
    third = make_council("E06000066", "Somerset")
    asked(*ana[:1], third, ana[1])
    relied = actions.rely_on(check=look(held, council, checker), council=other_council, by=other_checker)
    further = actions.rely_on(check=relied, council=third, by=make_checker(third, "third@council.example"))
    assert further.relies_on == relied.relies_on


def test_nobody_relies_on_what_its_council_no_longer_says(held, council, checker, other_council, other_checker):
    origin = look(held, council, checker)
    look(held, council, checker, outcome="not_accepted")
    with pytest.raises(CannotRelyError):
        actions.rely_on(check=origin, council=other_council, by=other_checker)


def test_a_relied_check_falls_with_its_origin(held, council, checker, other_council, other_checker):
    actions.rely_on(check=look(held, council, checker), council=other_council, by=other_checker)
    assert status(held) == Status.CURRENT
    look(held, council, checker, outcome="not_accepted")
    assert status(held) == Status.REFUSED
    assert held not in Credential.listed.all()


def test_a_council_whose_policy_is_to_look_itself_cannot_rely(held, council, checker, other_council, other_checker):
    ModerationPolicy.objects.create(council=other_council, relies_on_other_councils=False)
    with pytest.raises(CannotRelyError):
        actions.rely_on(check=look(held, council, checker), council=other_council, by=other_checker)


def test_no_council_relies_on_itself_and_none_on_a_provider_it_does_not_look_at(held, council, checker):
    origin = look(held, council, checker)
    with pytest.raises(CannotRelyError):
        actions.rely_on(check=origin, council=council, by=checker)
    third = make_council("E06000066", "Somerset")
    with pytest.raises(PermissionDenied):
        actions.rely_on(check=origin, council=third, by=make_checker(third, "third@council.example"))


def test_a_check_that_was_taken_back_is_answered_and_not_deleted(held, council, checker):
    slip = look(held, council, checker)
    answer = actions.take_back(check=slip, by=checker)
    assert Check.objects.count() == 2
    assert (answer.outcome, answer.by, answer.seen_on) == ("taken_back", checker, timezone.localdate())
    assert status(held) == Status.WAITING
    assert held not in Credential.listed.all()
    look(held, council, checker)
    assert status(held) == Status.CURRENT


def test_a_renewal_that_is_taken_back_gives_its_place_to_the_one_before(held, ana, council, checker):
    renewal = insured(ana[0], starts_on=LONG_AGO, renews=held)
    slip = look(renewal, council, checker)
    held.refresh_from_db()
    assert held.replaced_at == slip.recorded_at
    actions.take_back(check=slip, by=checker)
    held.refresh_from_db()
    assert held.replaced_at is None


def test_what_was_taken_back_may_be_relied_on_after_all(held, council, checker, other_council, other_checker):
    origin = look(held, council, checker)
    relied = actions.rely_on(check=origin, council=other_council, by=other_checker)
    actions.take_back(check=relied, by=other_checker)
    again = actions.rely_on(check=origin, council=other_council, by=other_checker)
    assert again.relies_on == origin
    assert status(held) == Status.CURRENT


def test_only_the_one_who_recorded_it_takes_it_back_and_only_while_it_is_the_last_word(
    held, council, checker, other_council, other_checker
):
    slip = look(held, council, checker)
    with pytest.raises(PermissionDenied):
        actions.take_back(check=slip, by=other_checker)
    look(held, other_council, other_checker)
    with pytest.raises(PermissionDenied):
        actions.take_back(check=slip, by=checker)
