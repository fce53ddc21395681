import datetime

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from registry.mail.actions import KEPT, MOST_TRIES, blank_old, deliver, queue
from registry.models import OutgoingMail

pytestmark = pytest.mark.django_db


def let_go(message):
    """As if its lease had run out."""
    OutgoingMail.objects.filter(pk=message.pk).update(claimed_at=None)


def test_a_message_is_sent_once_however_often_it_is_asked_for():
    message = queue(to="maggie@example.org", subject="Your code", body="BCDF-GHJK")
    assert deliver(message.pk)
    let_go(message)
    assert not deliver(message.pk)
    assert [sent.to for sent in mail.outbox] == [["maggie@example.org"]]
    assert mail.outbox[0].extra_headers["Message-ID"] == message.message_id


@pytest.mark.parametrize("fault", [ConnectionRefusedError, UnicodeEncodeError("ascii", "é", 0, 1, "no")])
def test_what_cannot_be_sent_is_tried_again_and_not_for_ever(monkeypatch, fault):
    def refuse(*given):
        raise fault

    monkeypatch.setattr(EmailBackend, "send_messages", refuse)
    message = queue(to="maggie@example.org", subject="Your code", body="BCDF-GHJK")
    for tried in range(1, MOST_TRIES + 1):
        let_go(message)
        assert not deliver(message.pk)
        message.refresh_from_db()
        assert (message.tries, message.given_up_at is None) == (tried, tried < MOST_TRIES)


def test_a_subject_of_two_lines_adds_no_header():
    message = queue(to="maggie@example.org", subject="Hello\nBcc: everyone@example.org", body="x")
    assert not deliver(message.pk)
    assert mail.outbox == []


@pytest.mark.parametrize(("given", "told"), [("mary@home.example", ["mary@home.example"]), ("", [])])
def test_an_answer_goes_to_who_wrote_only_where_they_said_so(given, told):
    deliver(queue(to="maggie@example.org", subject="A question", body="x", reply_to=given).pk)
    assert mail.outbox[0].reply_to == told


def test_an_address_that_is_to_be_forgotten_goes_with_the_message_and_the_words_a_week_later():
    message = queue(to="ana@home.example", subject="A list", body="Words", forgets_to=True)
    deliver(message.pk)
    message.refresh_from_db()
    assert mail.outbox[0].to == ["ana@home.example"]
    assert (message.to, message.body) == ("", "Words")
    assert blank_old(timezone.localdate() + KEPT + datetime.timedelta(days=1)) == 1
    message.refresh_from_db()
    assert (message.subject, message.body) == ("", "")


def test_an_address_that_is_to_be_forgotten_goes_when_we_give_up_too(monkeypatch):
    def refuse(*given):
        raise ConnectionRefusedError

    monkeypatch.setattr(EmailBackend, "send_messages", refuse)
    message = queue(to="ana@home.example", subject="A list", body="Words", forgets_to=True)
    for tried in range(1, MOST_TRIES + 1):
        let_go(message)
        deliver(message.pk)
        message.refresh_from_db()
        assert (message.to == "") == (tried == MOST_TRIES)
