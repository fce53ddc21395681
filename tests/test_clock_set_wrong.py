"""A server's clock was a year ahead for a while and is right again: nothing waits for a year, and nothing is lost."""

import datetime

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from providers.confirming.links import Asked, address, read
from providers.credentials.scanning import _due
from providers.models import CheckTurn, Credential, Evidence, Submission
from providers.models.scan import ScanState
from providers.moderation.queue_actions import take
from providers.moderation.rules import is_held
from registry.mail.actions import claim, queue
from registry.models import OutgoingMail
from tests.clock import at

AHEAD = datetime.timedelta(days=365)


@pytest.fixture
def ahead():
    """Within it, the clock is a year ahead."""
    return at(timezone.now() + AHEAD)


def test_a_message_claimed_by_the_wrong_clock_is_sent_by_the_right_one(db, ahead):
    message = queue(to="maggie@example.org", subject="Hello", body="Words")
    with ahead:
        assert claim(message.pk) is not None
    assert claim(message.pk) is not None
    assert claim(message.pk) is None


def test_nothing_is_deleted_by_a_clock_that_differs_from_the_databases(db, ahead):
    message = queue(to="maggie@example.org", subject="Hello", body="Words")
    OutgoingMail.objects.update(sent_at=timezone.now())
    with ahead, pytest.raises(CommandError, match="set the clocks right"):
        call_command("run_due")
    call_command("run_due")
    assert OutgoingMail.objects.get(pk=message.pk).body == "Words"


def test_a_checker_of_the_future_holds_nobody_up(provider, checker, council, ahead):
    submission = Submission.objects.get()
    with ahead:
        take(submission=submission, by=checker, now=timezone.now())
        submission.refresh_from_db()
        assert is_held(taken_at=submission.taken_at, now=timezone.now())
        CheckTurn.objects.create(credential=Credential.every.first(), council=council, by=checker)
        assert CheckTurn.objects.held(timezone.now()).exists()
    assert not is_held(taken_at=submission.taken_at, now=timezone.now())
    assert not CheckTurn.objects.held(timezone.now()).exists()


def test_an_upload_whose_scan_was_claimed_by_the_wrong_clock_is_scanned(provider, ahead):
    waiting = Evidence.objects.first()
    Evidence.objects.filter(pk=waiting.pk).update(scan=ScanState.WAITING, scan_claimed_at=timezone.now() + AHEAD)
    assert list(_due("evidence")) == [waiting]
    Evidence.objects.filter(pk=waiting.pk).update(scan_claimed_at=timezone.now())
    assert list(_due("evidence")) == []


def test_a_link_signed_by_the_wrong_clock_still_opens(provider, ahead):
    asked = Asked(provider.pk, timezone.localdate())
    with ahead:
        link = address(asked)
    assert read(link.rstrip("/").rpartition("/")[2]) == asked
