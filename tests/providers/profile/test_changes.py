"""What a listed provider reads about its changes, and its answer to a no."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from providers.joining.changes import withdraw_all
from providers.models import FieldChange, Service
from providers.moderation.edit import edit_of
from providers.profile.change_actions import NotOpenError, answer_refusal
from tests.cast import sign_in
from tests.factories.edits import decide, publish_first, send_edit

pytestmark = pytest.mark.usefixtures("postcodes", "council")
DEAR = {"price_pence": 3000}
WHY = "That is a lot at once."


@pytest.fixture
def listed(provider, checker):
    return publish_first(provider, checker)


@pytest.fixture
def edit(listed, provider_user):
    return lambda **steps: send_edit(listed, provider_user, **steps)


@pytest.fixture
def page(client, listed, provider_user):
    sign_in(client, provider_user)
    return lambda: client.get(reverse("my_provider", args=[listed.slug])).text


@pytest.fixture
def refused(edit, checker):
    decide(edit(customers=DEAR), checker, no=["price"], why=WHY)
    return FieldChange.objects.get()


def answer_page(listed, change):
    return reverse("answer_refused_change", args=[listed.slug, change.pk])


def test_it_says_what_waits_and_what_went_live(page, edit):
    edit(customers=DEAR, when={"space": "full"})
    text = page()
    assert "Waiting for your council" in text
    assert "£30 an hour" in text
    assert "What went live at once in the last 30 days" in text
    assert "Space, from Space now to Full" in text
    FieldChange.objects.filter(outcome="at_once").update(decided_at=timezone.now() - datetime.timedelta(days=31))
    assert "What went live at once" not in page()


def test_it_gives_the_reason_with_a_way_to_answer_and_to_change_it_again(page, listed, refused):
    text = page()
    assert WHY in text
    assert answer_page(listed, refused) in text
    assert reverse("my_step", args=[listed.slug, "customers"]) in text
    assert "The reason stands with each change." not in text


def test_an_answer_brings_the_change_back_before_the_council(client, page, listed, refused):
    where = answer_page(listed, refused)
    assert page()
    assert WHY in client.get(where).text
    assert "Write what you want to tell the council" in client.post(where).text
    done = client.post(where, {"words": "I bring the food now."}, follow=True)
    assert "Sent. The council looks at it again" in done.text
    again = FieldChange.objects.waiting().get()
    assert (again.will_be, again.submission.decided_at) == (refused.will_be, None)
    item = edit_of(again.submission, timezone.localdate()).items[0]
    assert (item.refused.answer, item.refused.reason) == ("I bring the food now.", WHY)
    assert WHY not in page()
    assert "answered or changed already" in client.post(where, {"words": "Again."}, follow=True).text


def test_what_was_changed_again_or_taken_off_is_not_answered(listed, provider_user, refused, edit):
    edit(customers={"price_pence": 2500})
    with pytest.raises(NotOpenError):
        answer_refusal(change=refused, by=provider_user, words="But")
    FieldChange.objects.exclude(pk=refused.pk).delete()
    Service.every.update(ended_at=timezone.now())
    with pytest.raises(NotOpenError):
        answer_refusal(change=refused, by=provider_user, words="But")


def test_a_reader_reads_and_cannot_answer(client, listed, colleague, refused):
    sign_in(client, colleague)
    text = client.get(reverse("my_provider", args=[listed.slug])).text
    assert WHY in text
    assert answer_page(listed, refused) not in text
    assert client.get(answer_page(listed, refused)).status_code == 403


def test_what_waits_is_withdrawn_with_the_last_one_who_runs_it(listed, provider_user, edit):
    edit(customers=DEAR)
    withdraw_all(provider=listed, by=provider_user, now=timezone.now())
    assert FieldChange.objects.get().outcome == "withdrawn"
