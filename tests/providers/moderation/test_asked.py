"""Providers that ask a further council: what it sees, and what it answers."""

import datetime
import html

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from providers.councils.actions import leave, list_with
from providers.credentials.actions import record_check, record_dbs
from providers.models import Check, CouncilListing, DbsRecord, Provider, Submission
from registry.models import OutgoingMail
from tests.cast import make_staff, sign_in
from tests.providers.councils.makers import asked, make_checker, on_the_list
from tests.providers.moderation.makers import certificate, insured

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]
TODAY = timezone.localdate()


@pytest.fixture
def ana(council):
    return on_the_list(council)


@pytest.fixture
def listing(ana, other_council):
    return asked(ana[0], other_council, ana[1])


@pytest.fixture
def checking(client, other_council):
    return sign_in(client, make_checker(other_council))


def look(held, council, by):
    return record_check(credential=held, council=council, by=by, outcome="seen", means="copy", seen_on=TODAY)


def address(name, *parts):
    return reverse(name, args=parts)


def text(response):
    return " ".join(html.unescape(response.content.decode()).split())


def test_the_council_that_was_asked_sees_what_was_approved_and_who_has_looked(checking, listing, ana, council, checker):
    look(insured(ana[0]), council, checker)
    assert "Lunch with Ana" in text(checking.get(address("asked")))
    assert "ask to be listed with you</a> (1)" in text(checking.get(address("checks")))
    page = text(checking.get(address("asked_one", listing.pk)))
    for words in (
        "Asked you on",
        "Listed with Bath and North East Somerset Council since",
        "Lunch at home",
        "Seen by Chi Checker, Bath and North East Somerset Council",
        "Put them on our list",
        "Rely on Bath and North East Somerset Council",
    ):
        assert words in page, words
    assert "BA2 3AA" not in page


def test_rule_12_the_public_page_names_the_councils_that_list_it_and_that_listed_is_not_recommended(
    checking, listing, ana, council, checker, family
):
    held = insured(ana[0])
    check = look(held, council, checker)
    checking.post(address("rely_for_asked", listing.pk, check.pk))
    checking.post(address("accept_asked", listing.pk))
    page = text(family.get(f"/providers/{ana[0].slug}/"))
    assert "Listed with Bath and North East Somerset Council since" in page
    assert "Listed with Wiltshire Council since" in page
    assert "; Wiltshire Council relies on that check" in page
    assert "Listed is not recommended." in page
    assert "vetted" not in page.lower()


def test_yes_and_no_are_told_and_a_late_answer_changes_nothing(checking, listing, ana, other_council):
    answer = checking.post(address("accept_asked", listing.pk), follow=True)
    assert "Listed. Their page says so" in text(answer)
    assert "On your list since" in text(checking.get(address("asked_one", listing.pk)))
    assert "Say what they need to do" in text(checking.post(address("say_no_to_asked", listing.pk), {}))
    answer = checking.post(address("say_no_to_asked", listing.pk), {"reason": "Please come and see us."}, follow=True)
    assert "They have been told why" in text(answer)
    assert OutgoingMail.objects.filter(to=ana[1].email).count() == 2
    assert CouncilListing.objects.current().get().council != other_council
    assert checking.get(address("asked_one", listing.pk)).status_code == 404


def test_what_was_taken_back_between_page_and_press_says_so(checking, listing, ana, other_council, monkeypatch):
    from providers.moderation import asked_views

    before = asked_views.get_council_listing

    def meanwhile(*given):
        found = before(*given)
        leave(provider=ana[0], council=other_council, by=ana[1], now=timezone.now())
        return found

    monkeypatch.setattr(asked_views, "get_council_listing", meanwhile)
    assert "This has ended meanwhile" in text(checking.post(address("accept_asked", listing.pk), follow=True))
    again = asked(ana[0], other_council, ana[1])
    answer = checking.post(address("say_no_to_asked", again.pk), {"reason": "No."}, follow=True)
    assert "This has ended meanwhile" in text(answer)


def test_an_asking_waits_while_the_provider_is_taken_down(checking, listing, checker):
    Provider.every.update(suspended_at=timezone.now(), suspended_by=checker)
    assert "Nobody is waiting for an answer" in text(checking.get(address("asked")))


def test_what_cannot_be_relied_on_says_so(checking, listing, ana, council, checker):
    check = look(insured(ana[0]), council, checker)
    record_check(
        credential=check.credential, council=council, by=checker, outcome="not_accepted", means="copy", seen_on=TODAY
    )
    answer = checking.post(address("rely_for_asked", listing.pk, check.pk), follow=True)
    assert "That check cannot be relied on" in text(answer)
    assert Check.objects.count() == 2


def test_the_home_council_may_rely_on_another_from_its_own_page(client, ana, council, checker, other_council):
    list_with(provider=ana[0], council=other_council, by=None, now=timezone.now())
    held = insured(ana[0])
    check = look(held, other_council, make_checker(other_council))
    submission = Submission.objects.create(provider=ana[0], council=council)
    sign_in(client, checker)
    assert "Rely on Wiltshire Council" in text(client.get(address("check_submission", submission.pk)))
    client.post(address("rely_for_submission", submission.pk, check.pk))
    assert Check.objects.first().relies_on == check


def test_an_administrator_reads_and_does_not_decide(client, listing, ana, council, checker, other_council):
    certificate(insured(ana[0]))
    admin = make_staff("administrator@other.example", "Ada Other", other_council, "administrator")
    sign_in(client, admin)
    page = text(client.get(address("asked_one", listing.pk)))
    assert "Only checkers decide" in page
    assert "Open page" not in page
    assert client.post(address("accept_asked", listing.pk)).status_code == 403


def test_rule_01_a_dbs_record_is_read_by_the_asked_council_only_with_a_yes_and_then_no_more_than_that(
    checking, listing, ana, council, checker
):
    issued = TODAY - datetime.timedelta(days=77)
    seen = {"level": "enhanced", "issued_on": issued, "seen_on": TODAY, "means": "update_service", "last_four": "0427"}
    record_dbs(provider=ana[0], council=council, by=checker, **seen)
    assert "None is recorded as seen." in text(checking.get(address("asked_one", listing.pk)))
    DbsRecord.objects.update(shared_with_councils_since=timezone.now())
    page = text(checking.get(address("asked_one", listing.pk)))
    assert "Person 1: Enhanced, seen by Bath and North East Somerset Council on" in page
    assert "0427" not in page
    assert "issued" not in page.lower().replace("issued by", "")
    assert "Update Service" not in page


def test_evidence_is_open_to_those_who_list_or_were_asked_and_closed_to_those_who_were_left(
    checking, client, ana, council, checker, other_council
):
    stored = certificate(insured(ana[0]))
    opened = address("evidence", stored.pk)
    assert checking.get(opened).status_code == 404
    asked(ana[0], other_council, ana[1])
    assert checking.get(opened).status_code == 200
    list_with(provider=ana[0], council=other_council, by=None, now=timezone.now())
    leave(provider=ana[0], council=council, by=ana[1], now=timezone.now())
    assert checking.get(opened).status_code == 200
    assert sign_in(client, checker).get(opened).status_code == 404


def test_pages_cost_the_same_for_ten_and_for_twenty(checking, ana, listing, council, checker, other_council):
    kinds = iter(
        ["first_aid", "medication", "treatment", "food_hygiene", "motor_business", "mental_capacity", "ico"] * 4
    )

    def add_ten(start):
        for number in range(start, start + 10):
            look(insured(ana[0], kind=next(kinds)), council, checker)
            provider, owner = on_the_list(council, f"Cook {number}")
            asked(provider, other_council, owner)

    def count():
        with CaptureQueriesContext(connection) as queries:
            for page in (address("asked"), address("asked_one", listing.pk), f"/providers/{ana[0].slug}/"):
                assert checking.get(page).status_code == 200
        return len(queries)

    add_ten(0)
    count()
    ten = count()
    add_ten(10)
    assert count() == ten
