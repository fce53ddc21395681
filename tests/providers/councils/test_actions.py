import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from providers.access import looked_at_by
from providers.councils import actions
from providers.councils.actions import AlreadyEndedError, CannotAskError, HomeNeededError
from providers.models import CouncilListing, Listing, Provider, Submission
from providers.moderation.actions import publish
from registry.models import AuditEvent, Council, OutgoingMail
from tests.cast import make_council
from tests.providers.councils.makers import asked, make_checker, on_the_list
from tests.providers.moderation.makers import sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]
NOW = timezone.now


@pytest.fixture
def ana(council):
    return on_the_list(council)


@pytest.fixture
def other_checker(other_council):
    return make_checker(other_council)


def councils_of(provider):
    rows = CouncilListing.objects.current().filter(provider=provider)
    return set(rows.values_list("council", flat=True))


def leave(provider, council, owner, **more):
    actions.leave(provider=provider, council=council, by=owner, now=NOW(), **more)
    provider.refresh_from_db()


def test_publishing_puts_the_provider_on_the_list_of_its_council(council, checker):
    submission = sent(council)
    publish(submission=submission, by=checker)
    publish(submission=Submission.objects.create(provider=submission.provider, council=council), by=checker)
    row = CouncilListing.objects.get()
    assert (row.council, row.listed_by, row.ended_at) == (council, checker, None)
    assert AuditEvent.objects.filter(verb="provider.listed_with").count() == 1


def test_a_move_to_another_council_lists_it_there_too(council, other_council, checker, other_checker):
    submission = sent(council)
    publish(submission=submission, by=checker)
    Provider.every.update(home_council=other_council)
    moved = Submission.objects.create(provider=submission.provider, council=other_council)
    publish(submission=moved, by=other_checker)
    assert councils_of(submission.provider) == {council.pk, other_council.pk}


def test_asking_twice_is_asking_once(ana, other_council):
    provider, owner = ana
    assert asked(provider, other_council, owner) == asked(provider, other_council, owner)
    assert CouncilListing.objects.asked().get().asked_by == owner
    assert councils_of(provider) == {provider.home_council_id}


def test_the_database_keeps_one_open_row_for_a_provider_and_a_council(ana, other_council):
    provider, owner = ana
    asked(provider, other_council, owner)
    with pytest.raises(IntegrityError), transaction.atomic():
        CouncilListing.objects.create(provider=provider, council=other_council)


def test_who_is_not_shown_cannot_ask_and_nobody_asks_a_council_that_is_not_there(ana, other_council):
    provider, owner = ana
    Council.objects.filter(pk=other_council.pk).update(switched_on_on=None)
    other_council.refresh_from_db()
    with pytest.raises(CannotAskError):
        asked(provider, other_council, owner)
    Provider.every.update(listed_at=None)
    with pytest.raises(CannotAskError):
        asked(provider, make_council("E06000066", "Somerset"), owner)


def test_a_council_that_says_yes_tells_the_provider_once(ana, other_council, other_checker):
    provider, owner = ana
    listing = asked(provider, other_council, owner)
    for _ in range(2):
        actions.accept(listing=listing, by=other_checker, now=NOW())
    assert councils_of(provider) == {provider.home_council_id, other_council.pk}
    assert OutgoingMail.objects.get(to=owner.email).subject == "Wiltshire Council lists you too"


def test_a_council_that_says_no_says_why_and_may_be_asked_again(ana, other_council, other_checker):
    provider, owner = ana
    listing = asked(provider, other_council, owner)
    actions.say_no(listing=listing, by=other_checker, reason=" You do not come here yet. ", now=NOW())
    assert "You do not come here yet." in OutgoingMail.objects.get(to=owner.email).body
    assert Provider.listed.exists()
    for late in (actions.accept, lambda **given: actions.say_no(reason="No", **given)):
        with pytest.raises(AlreadyEndedError):
            late(listing=listing, by=other_checker, now=NOW())
    assert asked(provider, other_council, owner) != listing


def test_a_council_may_end_what_it_began_and_not_what_another_did(ana, council, checker, other_council, other_checker):
    provider, owner = ana
    listing = actions.accept(listing=asked(provider, other_council, owner), by=other_checker, now=NOW())
    with pytest.raises(PermissionDenied):
        actions.say_no(listing=listing, by=checker, reason="No", now=NOW())
    actions.say_no(listing=listing, by=other_checker, reason="They came to nobody here.", now=NOW())
    home = CouncilListing.objects.current().get()
    with pytest.raises(PermissionDenied):
        actions.say_no(listing=home, by=checker, reason="No", now=NOW())
    assert councils_of(provider) == {council.pk}


def test_leaving_one_of_two_keeps_the_page_up(ana, council, other_council, other_checker):
    provider, owner = ana
    actions.accept(listing=asked(provider, other_council, owner), by=other_checker, now=NOW())
    leave(provider, other_council, owner)
    leave(provider, other_council, owner)
    assert councils_of(provider) == {council.pk}
    assert provider.home_council == council
    assert AuditEvent.objects.filter(verb="provider.left_council").count() == 1


def test_leaving_the_home_council_makes_the_other_one_the_home(ana, council, other_council, other_checker):
    provider, owner = ana
    actions.accept(listing=asked(provider, other_council, owner), by=other_checker, now=NOW())
    waiting = Submission.objects.create(provider=provider, council=council, taken_at=NOW(), taken_by=other_checker)
    leave(provider, council, owner)
    waiting.refresh_from_db()
    assert provider.home_council == other_council
    assert (waiting.council, waiting.taken_by) == (other_council, None)
    assert Provider.listed.exists()


def test_with_several_left_the_provider_says_which_is_its_home(ana, council, other_council, other_checker):
    provider, owner = ana
    third = make_council("E06000066", "Somerset")
    actions.accept(listing=asked(provider, other_council, owner), by=other_checker, now=NOW())
    actions.list_with(provider=provider, council=third, by=None, now=NOW())
    for unsaid in (None, council):
        with pytest.raises(HomeNeededError):
            leave(provider, council, owner, new_home=unsaid)
    assert councils_of(provider) == {council.pk, other_council.pk, third.pk}
    leave(provider, council, owner, new_home=third)
    assert provider.home_council == third


def test_leaving_the_last_list_takes_the_page_down_and_everything_that_waits(ana, council, other_council):
    provider, owner = ana
    asked(provider, other_council, owner)
    Submission.objects.create(provider=provider, council=council)
    leave(provider, council, owner)
    assert provider.listed_at is None
    assert not Listing.objects.exists()
    assert not Submission.objects.exists()
    assert not CouncilListing.objects.filter(ended_at__isnull=True).exists()
    assert AuditEvent.objects.filter(verb="submission.taken_back").count() == 1


def test_taking_an_asking_back_leaves_the_rest_alone(ana, council, other_council):
    provider, owner = ana
    asked(provider, other_council, owner)
    leave(provider, other_council, owner)
    assert councils_of(provider) == {council.pk}
    assert Provider.listed.exists()


def test_who_has_left_every_list_may_come_back_through_a_councils_queue(ana, council, other_council, other_checker):
    provider, owner = ana
    with pytest.raises(CannotAskError):
        actions.return_to(provider=provider, council=other_council, by=owner, now=NOW())
    leave(provider, council, owner)
    first, second = (actions.return_to(provider=provider, council=other_council, by=owner, now=NOW()) for _ in range(2))
    assert first == second
    publish(submission=first, by=other_checker)
    provider.refresh_from_db()
    assert provider.home_council == other_council
    assert councils_of(provider) == {other_council.pk}
    assert Provider.listed.exists()


def test_a_council_looks_at_its_own_the_asked_and_the_sent_and_no_longer_at_those_who_left(ana, council, other_council):
    provider, owner = ana

    def looks(council):
        return looked_at_by(Council.objects.filter(pk=council.pk)).exists()

    assert looks(council)
    assert not looks(other_council)
    asked(provider, other_council, owner)
    assert looks(other_council)
    actions.list_with(provider=provider, council=other_council, by=None, now=NOW())
    leave(provider, council, owner)
    assert looks(other_council)
    assert not looks(council)
    leave(provider, other_council, owner)
    assert not looks(other_council)
    Submission.objects.create(provider=provider, council=council)
    assert looks(council)
