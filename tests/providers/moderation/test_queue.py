"""The queue: what is found in it, who is on what, how long it takes."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from providers.models import Submission
from providers.moderation import actions, queue_actions
from registry.models import AuditEvent
from tests.cast import make_staff, sign_in
from tests.providers.listings.makers import listed
from tests.providers.moderation.makers import make_owner, sent
from tests.providers.moderation.test_views import address, text, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def submission(council):
    return sent(council)


@pytest.fixture
def checking(client, checker):
    return sign_in(client, checker)


@pytest.fixture
def second(council):
    return make_staff("second@checker.example", "Second Checker", council, "checker")


def names(response):
    return [submission.provider.name for submission, _holding in response.context["rows"]]


def asked(client, **wanted):
    return client.get(reverse("checks"), wanted)


def test_a_provider_is_found_by_its_town_and_its_postcode_district(checking, council):
    sent(council, "Ana", town="Larkhall", base_postcode="BA1 6AA")
    sent(council, "Ben", town="Frome", base_postcode="BA11 1AA")
    assert names(asked(checking, words="larkhall")) == ["Ana"]
    assert names(asked(checking, words="ba1")) == ["Ana"]
    assert names(asked(checking, words="BA11")) == ["Ben"]


def test_new_ones_changes_and_certificates_are_told_apart(checking, council):
    sent(council, "New")
    proof = sent(council, "Proof")
    listed(proof.provider)
    Submission.objects.update(sent_at=timezone.now())
    assert names(asked(checking, kind="new")) == ["New"]
    assert names(asked(checking, kind="proof")) == ["Proof"]
    assert names(asked(checking, kind="change")) == []
    assert "Certificates</strong>" in words(asked(checking))


def test_old_ones_are_found_by_their_age(checking, council):
    now = timezone.now()
    sent(council, "Young", sent_at=now - datetime.timedelta(days=2))
    sent(council, "Old", sent_at=now - datetime.timedelta(days=8))
    assert names(asked(checking, age="3")) == ["Old"]
    assert names(asked(checking, age="1")) == ["Old", "Young"]
    assert "There is nothing here like that." in words(asked(checking, age="1", words="", kind="proof"))


def test_mine_nobodys_and_others(checking, checker, second, council):
    mine, _nobodys, theirs, late = (sent(council, name) for name in ("Mine", "Nobody's", "Theirs", "Late"))
    queue_actions.take(submission=mine, by=checker)
    queue_actions.take(submission=theirs, by=second)
    queue_actions.take(submission=late, by=second, now=timezone.now() - datetime.timedelta(minutes=31))
    assert names(asked(checking, whose="mine")) == ["Mine"]
    assert names(asked(checking, whose="others")) == ["Theirs"]
    assert names(asked(checking, whose="nobodys")) == ["Nobody's", "Late"]
    page = words(asked(checking))
    assert "You are on it" in page
    assert page.count("Second Checker is on it") == 1


def test_somebody_of_several_councils_looks_at_one(client, checker, submission, other_council):
    sent(other_council, "Elsewhere")
    checker.council_memberships.create(council=other_council, role="checker")
    sign_in(client, checker)
    assert names(asked(client, council=other_council.pk)) == ["Elsewhere"]
    assert len(names(asked(client))) == 2


def test_a_checker_takes_one_and_lets_it_go(checking, checker, submission):
    assert "Nobody is on this." in words(checking.get(address("check_submission", submission)))
    page = checking.post(address("take_submission", submission), follow=True)
    assert "You are on this." in words(page)
    submission.refresh_from_db()
    assert submission.taken_by == checker
    assert checking.post(address("let_go_of_submission", submission))["Location"] == reverse("checks")
    submission.refresh_from_db()
    assert (submission.taken_at, submission.taken_by) == (None, None)


def test_a_second_checker_sees_who_has_it_and_takes_it_over_only_on_purpose(checking, checker, second, submission):
    queue_actions.take(submission=submission, by=second)
    assert "Second Checker has been on this since" in words(checking.get(address("check_submission", submission)))
    assert "Second Checker is on this" in words(checking.post(address("take_submission", submission), follow=True))
    checking.post(address("let_go_of_submission", submission))
    submission.refresh_from_db()
    assert submission.taken_by == second
    checking.post(address("take_submission", submission), {"over": second.pk})
    submission.refresh_from_db()
    assert submission.taken_by == checker
    assert AuditEvent.objects.filter(verb="submission.taken_over", by=checker).count() == 1


def test_what_another_checker_holds_is_not_decided_past_them(checking, second, submission):
    queue_actions.take(submission=submission, by=second)
    for name in ("publish_submission", "send_back_submission"):
        answer = checking.post(address(name, submission), {"reason": "Mine"}, follow=True)
        assert "Second Checker is on this. Nothing was changed." in words(answer)
    submission.refresh_from_db()
    assert submission.decided_at is None


def test_a_decision_lets_go_of_it_and_a_decided_one_is_not_taken(checking, checker, submission):
    queue_actions.take(submission=submission, by=checker)
    actions.publish(submission=submission, by=checker)
    queue_actions.take(submission=submission, by=checker)
    submission.refresh_from_db()
    assert submission.taken_by is None


def test_only_checkers_of_that_council_take_it(submission, administrator, other_council):
    elsewhere = make_staff("c@other.example", "Oz", other_council, "checker")
    for by in (administrator, elsewhere, make_owner(submission.provider)):
        for act in (queue_actions.take, queue_actions.let_go):
            with pytest.raises(PermissionDenied):
                act(submission=submission, by=by)


def test_the_home_page_says_how_long_decisions_take(checking, checker, council):
    slow = sent(council, sent_at=timezone.now() - datetime.timedelta(hours=5))
    actions.send_back(submission=slow, by=checker, reason="More, please.")
    assert "half were decided within 5 hours" in words(checking.get("/"))


def test_an_administrator_says_what_providers_may_change_at_once(client, administrator, council):
    sign_in(client, administrator)
    where = reverse("changes_at_once", args=[council.pk])
    assert 'value="10"' in client.get(where).text
    assert "Type a whole number from 0 to 100" in words(client.post(where, {"price_change_percent": "101"}))
    assert "Saved." in text(client.post(where, {"price_change_percent": "5"}, follow=True))
    assert council.moderation_policy.price_change_percent == 5
    assert council.moderation_policy.relies_on_other_councils is False
    line = AuditEvent.objects.get(verb="council.changes_at_once")
    assert line.fields == ["price_change_percent", "relies_on_other_councils"]
    assert where in words(client.get("/"))
