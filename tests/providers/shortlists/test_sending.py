import pytest
from django.core import mail
from django.utils import timezone

from providers.shortlists.links import look_address_of
from registry.mail.actions import deliver
from registry.models import AuditEvent, OutgoingMail

pytestmark = pytest.mark.django_db
NO_ADDRESS = ["", "nobody", "a@b\0.example", "x" * 10_000, "a@b.example\nBcc: c@d.example"]


def lists_sent():
    return OutgoingMail.objects.filter(subject__contains="a list of care and support")


def send(family, mine, to="ana@home.example"):
    return family.post(f"{mine}send/", {"email": to})


def test_the_link_to_look_goes_by_e_mail_and_the_address_is_forgotten(family, mine, kept):
    page = family.post(f"{mine}send/", {"email": "Ana@home.example"}, follow=True).text
    assert "The list is on its way" in page
    assert "home.example" not in page
    message = lists_sent().get()
    deliver(message.pk)
    sent = mail.outbox[-1]
    assert sent.to == ["Ana@home.example"]
    assert look_address_of(kept) in sent.body
    assert kept.pk.hex not in sent.body
    message.refresh_from_db()
    assert message.to == ""
    assert AuditEvent.objects.filter(verb="kept_list.sent").count() == 1


@pytest.mark.parametrize("typed", NO_ADDRESS, ids=range(5))
def test_what_is_no_address_is_refused_with_words(family, mine, typed):
    answer = send(family, mine, typed)
    assert answer.status_code == 200
    assert "There is a problem" in answer.text
    assert not lists_sent().exists()


@pytest.mark.parametrize("by", ["from", "of", "to"])
def test_nobody_is_written_to_again_and_again(family, mine, monkeypatch, by):
    monkeypatch.setattr("providers.shortlists.sending_views.SENT_A_DAY", {"from": 9, "of": 9, "to": 9, by: 1})
    assert send(family, mine).status_code == 302
    refused = send(family, mine)
    assert refused.status_code == 429
    assert "Copy the link instead" in refused.text
    assert lists_sent().count() == 1


def test_the_page_gives_the_link_to_copy(family, mine, kept):
    assert look_address_of(kept) in family.get(f"{mine}send/").text


def test_a_link_can_be_stopped_for_a_new_one(family, mine, shared, kept):
    assert family.get(shared).status_code == 200
    assert family.post(f"{mine}send/new-link/").status_code == 302
    assert family.get(shared).status_code == 404
    kept.refresh_from_db()
    assert family.get("/" + look_address_of(kept).split("/", 3)[3]).status_code == 200
    assert family.get(mine).status_code == 200
    assert kept.changed_on == timezone.localdate()
