"""Credentials one after another: what waits, whose turn it is, what is recorded."""

import datetime
import html

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from providers.credentials.actions import record_check, rely_on
from providers.credentials.rules import check_is_good
from providers.models import Category, Check, CheckPolicy, CheckTurn, Credential, Evidence, ModerationPolicy, Service
from providers.moderation import batch_actions
from providers.moderation.batch import Why, look_again, waiting_for
from providers.moderation.rules import looked_too_long_ago
from tests.cast import make_staff, sign_in
from tests.providers.councils.makers import asked, make_checker, on_the_list
from tests.providers.credentials.files import picture
from tests.providers.moderation.makers import certificate, insured, sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]
TODAY = timezone.localdate()
LONG_AGO = TODAY - datetime.timedelta(days=200)


@pytest.fixture
def ana(council):
    return on_the_list(council)


@pytest.fixture
def held(ana):
    return insured(ana[0])


@pytest.fixture
def colleague_checker(council):
    return make_staff("second-checker@council.example", "Col Checker", council, "checker")


@pytest.fixture
def other_checker(other_council):
    return make_checker(other_council)


def look(held, council, by, outcome="seen", **fields):
    return record_check(
        credential=held, council=council, by=by, outcome=outcome, **{"means": "copy", "seen_on": TODAY, **fields}
    )


def reasons(council):
    return [each.why for each in waiting_for(council, TODAY)]


def page_of(council, held):
    return reverse("check_one", args=[council.pk, held.pk])


def start_of(council):
    return reverse("one_by_one", args=[council.pk])


def text(response):
    return " ".join(html.unescape(response.content.decode()).split())


def said(outcome, day=TODAY, **more):
    parts = {"seen_on_day": day.day, "seen_on_month": day.month, "seen_on_year": day.year}
    return {"outcome": outcome, "means": "copy", **parts, **more}


def test_what_was_never_looked_at_waits_and_what_was_does_not(held, council, checker):
    assert reasons(council) == [Why.NEW]
    slip = look(held, council, checker)
    assert reasons(council) == []
    batch_actions.hold(credential=held, council=council, by=checker, now=timezone.now())
    look(held, council, checker, outcome="taken_back")
    assert reasons(council) == [Why.NEW]
    assert slip.outcome == "seen"


def test_what_ended_was_replaced_or_sent_back_waits_for_nobody(held, ana, council, other_council):
    Credential.every.update(starts_on=TODAY - datetime.timedelta(9), ends_on=TODAY - datetime.timedelta(1))
    assert reasons(council) == []
    Credential.every.update(ends_on=None, replaced_at=timezone.now())
    assert reasons(council) == []
    Credential.every.update(replaced_at=None)
    assert reasons(council) == [Why.NEW]
    assert reasons(other_council) == []
    waiting = sent(council, "Sent and not public")
    insured(waiting.provider)
    assert len(reasons(council)) == 2
    waiting.delete()
    assert len(reasons(council)) == 1


def test_a_check_is_due_again_after_the_months_of_the_council(held, council, checker):
    look(held, council, checker, seen_on=LONG_AGO)
    assert reasons(council) == []
    policy = CheckPolicy.objects.create(council=council, kind=held.kind, check_months=12)
    assert reasons(council) == []
    CheckPolicy.objects.filter(pk=policy.pk).update(check_months=6)
    assert reasons(council) == [Why.AGAIN]
    look(held, council, checker)
    assert reasons(council) == []


def test_months_for_a_category_are_for_those_who_do_it(held, ana, council, checker):
    look(held, council, checker, seen_on=LONG_AGO)
    category = Category.objects.get(pk="cooking")
    CheckPolicy.objects.create(council=council, kind=held.kind, category=category, check_months=6)
    assert reasons(council) == []
    Service.every.get(provider=ana[0]).categories.add(category)
    assert reasons(council) == [Why.AGAIN]


def test_a_relied_check_grows_old_with_its_origin_and_is_contradicted_by_it(
    held, ana, council, checker, other_council, other_checker
):
    asked(ana[0], other_council, ana[1])
    rely_on(check=look(held, council, checker, seen_on=LONG_AGO), council=other_council, by=other_checker)
    assert reasons(other_council) == []
    CheckPolicy.objects.create(council=other_council, kind=held.kind, check_months=6)
    assert reasons(other_council) == [Why.AGAIN]
    look(held, council, checker, outcome="not_accepted")
    assert reasons(other_council) == [Why.CONTRADICTED]
    other_page = text(sign_in(Client(), other_checker).get(page_of(other_council, held)))
    assert "that council says otherwise now" in other_page


@pytest.mark.parametrize("months", [1, 6, 12])
def test_in_sql_a_look_is_good_as_long_as_in_python(months):
    day = datetime.timedelta(days=1)
    for today in (datetime.date(2027, 2, 28) + number * day for number in range(366)):
        latest = looked_too_long_ago(today, months)
        if today.day <= 28:
            assert not check_is_good(seen_on=latest, months=months, today=today)
            assert check_is_good(seen_on=latest + day, months=months, today=today)


def test_a_round_shows_each_once_and_ends(client, checker, ana, council):
    first, second = insured(ana[0]), insured(ana[0], kind="treatment")
    certificate(first)
    sign_in(client, checker)
    assert "2 certificates wait for you" in text(client.get(start_of(council)))
    answer = client.post(start_of(council))
    assert answer.url == page_of(council, first)
    page = text(client.get(answer.url))
    assert "autofocus" in page
    assert "2 wait, with this one" in page
    answer = client.post(page_of(council, first), said("seen"))
    check = Check.objects.get()
    assert (check.credential, check.means, check.seen_on, check.by) == (first, "copy", TODAY, checker)
    assert answer.url == f"{page_of(council, second)}?done={check.pk}"
    page = text(client.get(answer.url))
    assert "Recorded: Public liability insurance, Lunch with Ana: Seen." in page
    assert "There is no file" in page
    answer = client.post(page_of(council, second), said("skip"))
    assert answer.url == f"{start_of(council)}?end=1"
    page = text(client.get(answer.url))
    assert "That was the last of this round. 1 certificate waits for you." in page
    assert not CheckTurn.objects.exists()


def test_a_check_with_its_note_and_day_is_kept_as_it_was_said(client, checker, held, council):
    sign_in(client, checker)
    client.post(page_of(council, held), said("not_accepted", LONG_AGO, means="call", note="They had cancelled it."))
    check = Check.objects.get()
    assert (check.outcome, check.means, check.seen_on) == ("not_accepted", "call", LONG_AGO)
    assert check.note == "They had cancelled it."
    assert "No certificate is waiting" in text(client.get(f"{start_of(council)}?done={check.pk}&end=1"))


def test_nothing_said_is_an_error_beside_the_certificate(client, checker, held, council):
    certificate(held, picture())
    page = text(sign_in(client, checker).post(page_of(council, held), {}))
    assert "Say what you found, or skip it" in page
    assert reverse("evidence", args=[Evidence.objects.get().pk]) in page


def test_two_checkers_never_get_the_same_one(checker, colleague_checker, ana, council):
    first, second = insured(ana[0]), insured(ana[0], kind="treatment")
    now = timezone.now()
    take = {"council": council, "last": None}
    assert batch_actions.take_next(by=checker, now=now, **take) == first
    assert batch_actions.take_next(by=colleague_checker, now=now, **take) == second
    third = make_staff("third-checker@council.example", "Third", council, "checker")
    assert batch_actions.take_next(by=third, now=now, **take) is None
    later = now + datetime.timedelta(minutes=21)
    assert batch_actions.take_next(by=third, now=later, **take) == first
    assert batch_actions.purge_turns(timezone.localdate(later) + datetime.timedelta(days=1)) > 0


def test_who_comes_second_is_told_and_led_on(client, checker, colleague_checker, ana, council):
    first, second = insured(ana[0]), insured(ana[0], kind="treatment")
    batch_actions.take_next(council=council, by=checker, last=None, now=timezone.now())
    sign_in(client, colleague_checker)
    page = text(client.get(page_of(council, first)))
    assert "Chi Checker is looking at this one" in page
    assert "Record, then the next" not in page
    answer = client.post(page_of(council, first), said("seen"))
    assert answer.url == page_of(council, second)
    assert not Check.objects.exists()
    assert "Chi Checker is looking at that one. Here is the next." in text(client.get(answer.url))


def test_a_slip_is_taken_back_at_once(client, checker, held, council):
    sign_in(client, checker)
    client.post(page_of(council, held), said("seen"))
    check = Check.objects.get()
    answer = client.post(reverse("take_back", args=[council.pk, check.pk]))
    assert answer.url == page_of(council, held)
    assert list(Check.objects.values_list("outcome", flat=True)) == ["taken_back", "seen"]
    page = text(client.get(f"{answer.url}?done={check.pk}"))
    assert "Taken back. Your first answer stays on record" in page
    assert "Take that back" not in page
    assert client.post(reverse("take_back", args=[council.pk, check.pk])).status_code == 403


@pytest.mark.parametrize("nonsense", ["x", "٣", "9" * 30, "123"])
def test_nonsense_in_the_address_takes_nothing_back(client, checker, held, council, nonsense):
    page = sign_in(client, checker).get(page_of(council, held), {"done": nonsense})
    assert page.status_code == 200
    assert "Take that back" not in text(page)


def test_relying_on_another_council_is_the_first_choice(
    client, held, ana, council, checker, other_council, other_checker
):
    asked(ana[0], other_council, ana[1])
    origin = look(held, council, checker, seen_on=LONG_AGO)
    sign_in(client, other_checker)
    assert "Rely on Bath and North East Somerset Council, who saw it on" in text(
        client.get(page_of(other_council, held))
    )
    client.post(page_of(other_council, held), said("rely"))
    assert Check.objects.first().relies_on == origin
    assert reasons(other_council) == []


def test_relying_is_not_offered_where_the_policy_is_to_look(
    client, held, ana, council, checker, other_council, other_checker
):
    asked(ana[0], other_council, ana[1])
    look(held, council, checker)
    ModerationPolicy.objects.create(council=other_council, relies_on_other_councils=False)
    sign_in(client, other_checker)
    assert "Rely on" not in text(client.get(page_of(other_council, held)))
    assert client.post(page_of(other_council, held), said("rely")).status_code == 200
    assert Check.objects.count() == 1


def test_what_no_longer_stands_cannot_be_relied_on(
    client, held, ana, council, checker, other_council, other_checker, monkeypatch
):
    asked(ana[0], other_council, ana[1])
    look(held, council, checker)
    sign_in(client, other_checker)
    # Between the page and the press the other council thinks again.
    before = batch_actions.hold
    monkeypatch.setattr(
        batch_actions, "hold", lambda **given: (look(held, council, checker, outcome="not_accepted"), before(**given))
    )
    answer = client.post(page_of(other_council, held), said("rely"), follow=True)
    assert "That check does not stand any more" in text(answer)


def test_rule_01_a_dbs_certificate_is_destroyed_from_here_too(client, held, council, checker):
    stored = certificate(held)
    sign_in(client, checker)
    address = reverse("destroy_one", args=[council.pk, stored.pk])
    assert address in text(client.get(page_of(council, held)))
    assert "Destroy the file" in text(client.get(address))
    assert client.post(address).url == page_of(council, held)
    stored.refresh_from_db()
    assert stored.purged_at is not None


def test_rule_10_no_page_of_the_round_says_where_they_live(client, held, council, checker):
    sign_in(client, checker)
    for address in (start_of(council), page_of(council, held), reverse("look_again")):
        assert "BA2 3AA" not in text(client.get(address))


def test_look_again_lists_the_contradicted_first_and_links_for_checkers_only(
    client, held, ana, council, checker, administrator, other_council, other_checker
):
    look(held, council, checker, seen_on=LONG_AGO)
    relied = insured(ana[0], kind="treatment")
    asked(ana[0], other_council, ana[1])
    rely_on(check=look(relied, council, checker), council=other_council, by=other_checker)
    look(relied, council, checker, outcome="not_accepted")
    CheckPolicy.objects.create(council=council, kind=held.kind, check_months=1)
    assert [each.why for each in look_again(council, TODAY)] == [Why.AGAIN]
    page = text(sign_in(client, checker).get(reverse("look_again")))
    assert page_of(council, held) in page
    page = text(sign_in(client, administrator).get(reverse("look_again")))
    assert "Public liability insurance, Lunch with Ana" in page
    assert page_of(council, held) not in page
    page = text(sign_in(client, other_checker).get(reverse("look_again")))
    assert "Contradicted" in page


def test_a_credential_that_is_none_of_the_councils_business_is_not_there(
    client, held, other_council, other_checker, council
):
    sign_in(client, other_checker)
    assert client.get(page_of(other_council, held)).status_code == 404
    assert client.get(page_of(council, held)).status_code == 404


def test_pages_cost_the_same_for_ten_and_for_twenty(client, checker, council):
    sign_in(client, checker)
    CheckPolicy.objects.create(council=council, kind="treatment", check_months=1)

    def add_ten(start):
        for number in range(start, start + 10):
            provider = on_the_list(council, f"Cook {number}")[0]
            look(insured(provider, kind="treatment"), council, checker, seen_on=LONG_AGO)
            certificate(insured(provider), picture())

    def count():
        first = waiting_for(council, TODAY).filter(kind="public_liability").first()
        with CaptureQueriesContext(connection) as queries:
            for address in (start_of(council), page_of(council, first), reverse("look_again"), reverse("checks")):
                assert client.get(address).status_code == 200
        return len(queries)

    add_ten(0)
    count()
    ten = count()
    add_ten(10)
    assert count() == ten
