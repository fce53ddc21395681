import datetime
import time
import uuid

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from providers.correcting.actions import MOST_OPEN, TooLateError, answer, close, hand_over, pass_on, tell
from providers.correcting.retention import purge_corrections
from providers.correcting.views import MOST_AN_HOUR
from providers.models import Correction
from providers.moderation.actions import publish
from registry.access.opened import Opened, stamp
from registry.models import AuditEvent, OutgoingMail
from tests.cast import make_staff, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]
DAY = datetime.timedelta(days=1)
WORDS = "An hour costs 22 pounds since May."
WRITER = "mary@home.example"


@pytest.fixture
def rosie(provider, checker):
    publish(submission=provider.submissions.get(), by=checker)
    provider.refresh_from_db()
    OutgoingMail.objects.all().delete()
    return provider


@pytest.fixture
def owner(client, provider_user):
    return sign_in(client, provider_user)


@pytest.fixture
def as_checker(checker):
    return sign_in(Client(), checker)


@pytest.fixture
def told(rosie):
    return tell(provider=rosie, kind="price", words=WORDS, email=WRITER, opened=Opened(uuid.uuid4(), 60))


def words(response):
    return " ".join(BeautifulSoup(response.content, "html.parser").find("main").get_text(" ").split())


def typed(seconds=60, **changes):
    return {"opened": stamp(time.time() - seconds), "kind": "price", "words": WORDS, "email": WRITER, **changes}


def page_of(provider):
    return reverse("something_wrong", args=[provider.slug])


def mails_to(address):
    return list(OutgoingMail.objects.filter(to=address).order_by("pk"))


def test_from_the_public_page_to_the_councils_queue_and_back(family, owner, as_checker, rosie):
    assert "Something is wrong on this page" in words(family.get(f"/providers/{rosie.slug}/"))
    sent = typed()
    for _press in range(2):
        assert "Thank you. We have it" in words(family.post(page_of(rosie), sent, follow=True))
    correction = Correction.objects.get()
    assert "The price is wrong" in words(as_checker.get(reverse("public_words")))
    where = reverse("check_correction", args=[correction.pk])
    page = words(as_checker.get(where))
    assert WORDS in page
    assert WRITER not in page
    assert "Closed." in words(as_checker.post(where, {"outcome": "mended"}, follow=True))
    assert "It has been put right" in mails_to(WRITER)[0].body
    assert "Closed by Chi Checker" in words(as_checker.get(where))
    assert "Nothing is waiting" in words(as_checker.get(reverse("public_words")))


def test_the_provider_learns_what_at_once_and_the_words_when_a_checker_has_read_them(owner, as_checker, rosie, told):
    mine = reverse("my_corrections", args=[rosie.slug])
    page = words(owner.get(mine))
    assert "The price is wrong" in page
    assert WORDS not in page
    mail = mails_to("rosie@example.com")[0].body
    assert "The price is wrong" in mail
    assert WORDS not in mail
    passed = as_checker.post(reverse("pass_on_correction", args=[told.pk]), follow=True)
    assert "The provider can read the words now" in words(passed)
    as_checker.post(reverse("pass_on_correction", args=[told.pk]))
    assert len(mails_to("rosie@example.com")) == 2
    seen = owner.get(mine)
    assert WORDS in words(seen)
    assert WRITER not in seen.text


def test_the_provider_mends_it_and_says_so(owner, as_checker, rosie, told):
    where = reverse("answer_correction", args=[rosie.slug, told.pk])
    assert "1" in words(owner.get(reverse("my_provider", args=[rosie.slug])))
    assert "change your page first" in words(owner.get(where))
    assert "Choose one" in words(owner.post(where, {}))
    said = {"answer": "right", "words": "It is 18.50 again."}
    assert "Your council reads it and closes it" in words(owner.post(where, said, follow=True))
    assert "was answered, already" in words(owner.post(where, said, follow=True))
    page = words(as_checker.get(reverse("check_correction", args=[told.pk])))
    assert "It is right as it is" in page
    assert "It is 18.50 again." in page
    assert "The provider has answered" in words(as_checker.get(reverse("public_words")))
    assert "You answered: It is right as it is" in words(owner.get(reverse("my_corrections", args=[rosie.slug])))


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"kind": ""}, "Choose what is wrong"),
        ({"words": " "}, "Write a few words about what is wrong"),
        ({"words": "x" * 501}, "there is room for 500 letters"),
        ({"email": "mary"}, "Type an e-mail address"),
        ({"seconds": 0}, "Please look at it once more"),
        ({"opened": "x"}, "Please look at it once more"),
        ({"subject": "pills"}, "Please look at it once more"),
    ],
)
def test_what_is_not_taken_is_said(family, rosie, changes, error):
    assert error in words(family.post(page_of(rosie), typed(**changes)))
    assert not Correction.objects.exists()


def test_an_address_need_not_be_left(family, as_checker, rosie):
    family.post(page_of(rosie), typed(email=""))
    as_checker.post(reverse("check_correction", args=[Correction.objects.get().pk]), {"outcome": "right"})
    assert Correction.objects.get().outcome == "right"
    assert mails_to("") == []


def test_one_connection_tells_only_so_much_an_hour(family, rosie):
    for _number in range(MOST_AN_HOUR):
        family.post(page_of(rosie), typed())
    assert "Please wait an hour, or ring the council" in words(family.post(page_of(rosie), typed()))


def test_when_much_waits_the_council_knows(family, rosie):
    for _number in range(MOST_OPEN):
        tell(provider=rosie, kind="other", words="x", email="", opened=Opened(uuid.uuid4(), 60))
    assert "The council knows already" in words(family.post(page_of(rosie), typed()))


def test_rule_16_the_number_stands_before_the_form_and_nothing_asks_to_type_a_worry(family, rosie, council):
    council.safeguarding_phone, council.safeguarding_url = "01225 396000", "https://council.example/report"
    council.save()
    response = family.get(page_of(rosie))
    page = words(response)
    assert page.index("ring 999") < page.index("01225 396000") < page.index("Please never write such a worry here")
    assert page.index("Please never write such a worry here") < page.index("What is wrong?")
    assert "https://council.example/report" in response.text
    offered = BeautifulSoup(response.content, "html.parser").find_all("input", {"name": "kind"})
    assert {one["value"] for one in offered} == {"out_of_date", "closed", "price", "not_theirs", "other"}


def test_rule_16_a_worry_is_handed_over_and_taken_out(as_checker, owner, rosie, told):
    where = reverse("correction_safeguarding", args=[told.pk])
    assert WORDS in words(as_checker.get(where))
    for _press in range(2):
        assert "The words are gone" in words(as_checker.post(where, follow=True))
    told.refresh_from_db()
    assert (told.words, told.email, told.outcome) == ("", "", "handed_over")
    assert "The words have been taken out" in words(as_checker.get(where))
    assert "The words have been taken out" in words(as_checker.get(reverse("check_correction", args=[told.pk])))
    assert "Nobody has said that anything is wrong" in words(owner.get(reverse("my_corrections", args=[rosie.slug])))
    assert owner.get(reverse("answer_correction", args=[rosie.slug, told.pk])).status_code == 404
    assert AuditEvent.objects.filter(verb="correction.words_removed").count() == 1
    assert mails_to(WRITER) == []


def test_a_worry_found_after_closing_is_taken_out_too(checker, told):
    close(correction=told, outcome="not_known", by=checker)
    hand_over(correction=told, by=checker)
    told.refresh_from_db()
    assert (told.outcome, told.words) == ("not_known", "")


def test_what_is_closed_stays_closed(as_checker, checker, provider_user, told):
    close(correction=told, outcome="right", by=checker)
    for refused in (
        lambda: close(correction=told, outcome="mended", by=checker),
        lambda: pass_on(correction=told, by=checker),
        lambda: answer(correction=told, answer="mended", words="", by=provider_user),
    ):
        with pytest.raises(TooLateError):
            refused()
    for address, sent in (("check_correction", {"outcome": "mended"}), ("pass_on_correction", {})):
        answered = as_checker.post(reverse(address, args=[told.pk]), sent, follow=True)
        assert "A colleague has closed it meanwhile" in words(answered)


def test_nobody_closes_without_saying_what_became_of_it(as_checker, told):
    page = words(as_checker.post(reverse("check_correction", args=[told.pk]), {}))
    assert "Choose what became of it" in page


def test_how_long_it_is_kept(rosie, checker, told):
    unread = tell(provider=rosie, kind="other", words="x", email=WRITER, opened=Opened(uuid.uuid4(), 60))
    close(correction=told, outcome="right", by=checker)
    today = timezone.localdate()
    assert purge_corrections(today + 30 * DAY) == 0
    assert purge_corrections(today + 31 * DAY) == 1
    assert purge_corrections(today + 365 * DAY) == 0
    assert purge_corrections(today + 366 * DAY) == 1
    for one in (told, unread):
        one.refresh_from_db()
        assert (one.words, one.email) == ("", "")
    assert purge_corrections(today + 730 * DAY) == 0
    assert purge_corrections(today + 731 * DAY) == 2
    assert not Correction.objects.exists()


def test_another_council_reads_nothing(client, other_council, administrator, told):
    other = make_staff("checker@other.example", "Oz Checker", other_council, "checker")
    where = reverse("check_correction", args=[told.pk])
    assert sign_in(client, other).get(where).status_code == 404
    assert sign_in(client, administrator).get(where).status_code == 403


def test_rule_15_the_audit_holds_no_words_and_no_address(checker, provider_user, told):
    pass_on(correction=told, by=checker)
    answer(correction=told, answer="mended", words="Mended it.", by=provider_user)
    close(correction=told, outcome="mended", by=checker)
    lines = str(list(AuditEvent.objects.filter(verb__startswith="correction.").values()))
    for secret in ("22 pounds", "home.example", "Mended it"):
        assert secret not in lines


def test_a_provider_that_is_not_listed_has_no_such_page(family, provider):
    for name in ("something_wrong", "something_wrong_told"):
        assert family.get(reverse(name, args=[provider.slug])).status_code == 404


def test_any_bytes_give_a_page(family, rosie):
    for wrong in ("\x00", "x" * 10_000):
        assert family.post(page_of(rosie), dict.fromkeys(typed(), wrong)).status_code == 200
