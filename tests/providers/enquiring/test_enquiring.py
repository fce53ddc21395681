import datetime
import re
import time
import uuid

import pytest
from bs4 import BeautifulSoup
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from providers.enquiring import links
from providers.enquiring.actions import answer, ask_nothing_later, confirm, delete, mark_answered, withdraw
from providers.enquiring.reminders import LADDER
from providers.enquiring.retention import purge_answer_times, purge_enquiries
from providers.enquiring.rules import MOST_A_DAY_BY_ONE, MOST_A_DAY_TO_ONE
from providers.enquiring.shown import not_free, usually
from providers.enquiring.views import MOST_AN_HOUR
from providers.models import AnswerTime, Enquiry, Provider, WeeklyFigure
from providers.models.enquiry import Answered
from providers.moderation.actions import publish
from registry.access.opened import Opened, stamp
from registry.mail.actions import deliver
from registry.models import AuditEvent, OutgoingMail
from registry.reminders.actions import climb
from registry.reminders.ladders import Due
from tests.cast import sign_in
from tests.clock import at
from tests.providers.enquiring.makers import HELP, asked_of, typed
from tests.providers.listings.makers import comes_from, has_space, listed, make_provider, make_service

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]
DAY = datetime.timedelta(days=1)
SENDER = "sarah@home.example"
OWNER = "rosie@example.com"


@pytest.fixture
def rosie(provider, checker):
    """Rosie's, published: she owns it, and would rather be rung."""
    publish(submission=provider.submissions.get(), by=checker)
    provider.refresh_from_db()
    OutgoingMail.objects.all().delete()
    return provider


@pytest.fixture
def owner(client, provider_user):
    return sign_in(client, provider_user)


@pytest.fixture
def imported(council, postcodes):
    """A record that nobody runs, with the address it was published with."""
    provider = make_provider(council, "Bath Lunches", email="hello@lunches.example", source="A list", source_id="7")
    service = make_service(provider)
    comes_from(service)
    has_space(service)
    listed(provider)
    return provider


def words(response):
    return " ".join(BeautifulSoup(response.content, "html.parser").find("main").get_text(" ").split())


def page_of(provider):
    return reverse("ask_provider", args=[provider.slug])


def seen_by_sender(enquiry):
    return reverse("enquiry", args=[links.token_of(enquiry, links.SEES)])


def send(client, provider, **changes):
    return client.post(page_of(provider), typed(**changes), follow=True)


def mails_to(address):
    return list(OutgoingMail.objects.filter(to=address).order_by("pk"))


def test_a_family_writes_and_the_provider_has_it_by_mail(family, rosie):
    page = words(send(family, rosie))
    assert "Sent to Rosie's Home Help" in page
    assert "They do not know your address" in page
    told = mails_to(OWNER)[0]
    for said in (HELP, "Tuesdays at noon", "Larkhall", "Sarah"):
        assert said in told.body
    assert SENDER not in told.body
    assert told.reply_to == ""
    assert "We have passed on what you wrote to Rosie's Home Help" in mails_to(SENDER)[0].body


def test_no_address_is_on_any_page_in_either_direction(family, owner, rosie):
    sent = send(family, rosie)
    enquiry = Enquiry.objects.get()
    public = [family.get(f"/providers/{rosie.slug}/"), family.get(page_of(rosie)), sent]
    assert not any(b"rosie@" in page.content for page in public)
    mine = [reverse("my_enquiries", args=[rosie.slug]), reverse("my_enquiry", args=[rosie.slug, enquiry.pk])]
    assert not any(b"home.example" in owner.get(address).content for address in mine)


def test_who_lets_them_write_straight_has_the_answer_at_their_own_address(family, rosie):
    assert "They can write straight to you" in words(send(family, rosie, may_write="on"))
    told = mails_to(OWNER)[0]
    assert told.reply_to == SENDER
    assert "answer this e-mail" in told.body


def test_who_would_rather_be_rung_gives_a_number_and_needs_no_address(family, owner, rosie):
    page = send(family, rosie, answer_by="phone", email="", phone="01225 123456", may_write="on")
    assert "Keep the address of this page" in words(page)
    enquiry = Enquiry.objects.get()
    assert (enquiry.phone, enquiry.may_write) == ("01225 123456", False)
    assert "They would like you to ring: 01225 123456" in mails_to(OWNER)[0].body
    assert len(OutgoingMail.objects.all()) == 1
    assert "01225 123456" in words(owner.get(reverse("my_enquiry", args=[rosie.slug, enquiry.pk])))


def test_a_number_that_is_not_needed_is_not_kept(family, rosie):
    send(family, rosie, phone="01225 123456")
    assert Enquiry.objects.get().phone == ""


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"help_wanted": " "}, "Write what help you need"),
        ({"help_wanted": "x" * 1001}, "there is room for 1000 letters"),
        ({"name": ""}, "Type a name they may call you by"),
        ({"answer_by": ""}, "Choose e-mail or phone"),
        ({"email": ""}, "Type your e-mail address, or choose an answer by phone"),
        ({"email": "sarah"}, "Type an e-mail address, like sarah@home.example"),
        ({"answer_by": "phone"}, "Type your phone number, or choose an answer by e-mail"),
        ({"answer_by": "phone", "phone": "123"}, "Type the whole phone number"),
    ],
)
def test_what_is_missing_is_said_beside_it_and_nothing_typed_is_lost(family, rosie, changes, error):
    answered = send(family, rosie, **changes)
    assert error in words(answered)
    assert b"Tuesdays at noon" in answered.content
    assert not Enquiry.objects.exists()


def test_several_services_can_be_told_apart(family, council, postcodes):
    imported = make_provider(council, "Bath Lunches", email="hello@lunches.example")
    soup = make_service(imported, "Soup club")
    make_service(imported)
    listed(imported)
    came_from = family.get(page_of(imported), {"service": soup.pk})
    chosen = BeautifulSoup(came_from.content, "html.parser").find("option", selected=True)
    assert (chosen["value"], chosen.text) == (str(soup.pk), "Soup club")
    unknown = BeautifulSoup(family.get(page_of(imported), {"service": "x" * 500}).content, "html.parser")
    assert unknown.find("option", selected=True)["value"] == ""
    send(family, imported, service=str(soup.pk))
    assert Enquiry.objects.get().service == soup
    assert "Soup club" in mails_to("hello@lunches.example")[0].body
    assert "There is a problem" in words(send(family, imported, service=str(uuid.uuid4())))


def test_rule_10_a_whole_postcode_is_not_kept(family, rosie):
    send(family, rosie, area="BA1 5DD", help_wanted="Lunch at BA15DD please", days_wanted="BA1 5DD on Mondays")
    enquiry = Enquiry.objects.get()
    assert (enquiry.area, enquiry.help_wanted, enquiry.days_wanted) == ("BA1", "Lunch at BA1 please", "BA1 on Mondays")


def test_rule_10_the_page_of_writing_tells_no_address_of_theirs(family, rosie):
    page = family.get(page_of(rosie)).text
    assert "BA1 1LZ" not in page
    assert "BA11LZ" not in page


def test_rule_12_writing_to_them_is_not_taken_for_a_recommendation(family, rosie):
    send(family, rosie)
    enquiry = Enquiry.objects.get()
    answer(enquiry=enquiry, words="Yes, gladly.", by=None)
    assert "Listed is not recommended" in mails_to(SENDER)[-1].body
    assert "meet them, ask to see their papers" in words(family.get(seen_by_sender(enquiry)))


def test_rule_16_the_pages_give_the_number_and_ask_for_no_worry(family, owner, rosie, council):
    council.safeguarding_phone = "01225 396000"
    council.save()
    page = words(family.get(page_of(rosie)))
    assert "Please do not write about such a worry here" in page
    enquiry = asked_of(rosie)
    mine = words(owner.get(reverse("my_enquiry", args=[rosie.slug, enquiry.pk])))
    for told in (page, mine, words(family.get(seen_by_sender(enquiry))), mails_to(OWNER)[0].body):
        assert "999" in told
        assert "01225 396000" in told


def test_medicines_and_illnesses_are_not_asked_for(family, rosie):
    assert "leave out names, ages, illnesses and medicines" in words(family.get(page_of(rosie)))


def test_pressed_twice_it_is_sent_once(family, rosie):
    page = typed()
    for _press in range(2):
        family.post(page_of(rosie), page)
    assert Enquiry.objects.count() == 1
    assert len(mails_to(OWNER)) == 1


@pytest.mark.parametrize(
    "machine",
    [
        {"seconds": 0},
        {"opened": "nonsense"},
        {"subject": "Cheap pills"},
        {"help_wanted": "http://a.example http://b.example"},
    ],
)
def test_what_looks_like_a_machines_waits_for_a_press(family, rosie, machine):
    assert "Look in your e-mail" in words(send(family, rosie, **machine))
    assert mails_to(OWNER) == []
    link = re.search(r"https?://\S+", mails_to(SENDER)[0].body)[0]
    for _look in range(2):
        assert "Shall we pass it on?" in words(family.get(link))
    assert mails_to(OWNER) == []
    for _press in range(2):
        assert "Sent to Rosie's Home Help" in words(family.post(link, follow=True))
    assert len(mails_to(OWNER)) == 1
    assert "It has been passed on" in words(family.get(link))


def test_the_press_is_not_to_be_had_without_the_mail(family, rosie):
    enquiry = asked_of(rosie, opened=Opened(uuid.uuid4(), 0))
    shown = links.token_of(enquiry, links.SEES)
    assert family.post(reverse("confirm_enquiry", args=[shown])).status_code == 404
    assert "press the link that we sent you" in words(family.get(reverse("enquiry", args=[shown])))


def test_the_trap_is_heard_by_nobody_and_the_page_needs_no_script(family, rosie):
    page = BeautifulSoup(family.get(page_of(rosie)).content, "html.parser")
    trap = page.find(id="id_subject")
    assert trap.find_parent(attrs={"hidden": True}) is not None
    assert page.find("main").find("script") is None


def test_a_machine_that_gives_only_a_number_is_asked_for_an_address(family, rosie):
    page = send(family, rosie, seconds=0, answer_by="phone", email="", phone="01225 123456")
    assert "We cannot tell whether a person wrote this" in words(page)
    assert not Enquiry.objects.exists()


def test_the_same_words_to_many_are_asked_about_once_and_then_not_again(council, postcodes):
    cooks = [make_provider(council, f"Cook {number}", email=f"{number}@cook.example") for number in range(6)]
    for cook in cooks:
        make_service(cook)
        listed(cook)
    sent = [asked_of(cook) for cook in cooks[:5]]
    assert [one.was_held for one in sent] == [False] * 4 + [True]
    confirm(enquiry=sent[4])
    assert not asked_of(cooks[5]).was_held


def test_nobody_writes_to_everybody_in_a_day(family, rosie, imported):
    for number in range(MOST_A_DAY_BY_ONE):
        asked_of(rosie, help_wanted=f"Lunch {number}")
    assert "You have written to many providers today" in words(send(family, imported))
    Enquiry.objects.update(asked_at=timezone.now() - 2 * DAY)
    assert "Sent to" in words(send(family, imported))


def test_nobody_is_flooded_in_a_day(family, rosie):
    for number in range(MOST_A_DAY_TO_ONE):
        asked_of(rosie, help_wanted=f"Lunch {number}", email=f"{number}@home.example")
    page = words(send(family, rosie))
    assert "Many people have written to them today" in page
    assert "07700 900 123" in page


def test_one_connection_sends_only_so_many_an_hour(family, rosie):
    for _time in range(MOST_AN_HOUR):
        family.post(page_of(rosie), typed(email=f"{_time}@home.example"))
    assert "Please wait until tomorrow, or ring them" in words(send(family, rosie))


def test_the_number_comes_first_where_they_would_rather_be_rung(family, rosie, imported):
    page = words(family.get(page_of(rosie)))
    assert page.index("They would rather you rang") < page.index("What help do you need?")
    assert "You can also ring them" in words(family.get(page_of(imported)))


def test_who_is_full_or_away_says_so_before_anybody_writes(family, council, postcodes):
    provider = make_provider(council, email="a@cook.example")
    for name, said in (
        ("Lunch", {"space": "full"}),
        ("Tea", {"space": "waiting"}),
        ("Walks", {"space": "away", "away_until": timezone.localdate() + 9 * DAY}),
    ):
        has_space(make_service(provider, name), **said)
    listed(provider)
    page = words(family.get(page_of(provider)))
    before = page[: page.index("What help do you need?")]
    assert "Lunch: they said that they are full" in before
    assert "Tea: they have a waiting list" in before
    assert "Walks: they are away until" in before
    assert "Lunch: they said that they are full" in words(family.get(f"/providers/{provider.slug}/"))


def test_who_is_back_is_away_no_more():
    today = datetime.date(2026, 3, 3)
    back = {"name": "Walks", "availability": {"space": "away", "away_until": "2026-03-03"}}
    assert not_free(back, today) == ""


def test_a_record_that_nobody_runs_is_written_to_at_its_published_address(family, imported):
    send(family, imported)
    told = mails_to("hello@lunches.example")[0]
    assert "We list you because you are in A list" in told.body
    link = re.search(r"https?://\S+/enquiries/answer/\S+", told.body)[0]
    assert "Sarah asks for help" in words(family.get(link))
    assert "We have passed your answer on" in words(family.post(link, {"words": "Yes, come by."}, follow=True))
    assert "Yes, come by." in mails_to(SENDER)[-1].body
    assert AuditEvent.objects.get(verb="enquiry.answered").by is None


def test_the_link_marks_what_was_answered_elsewhere(family, imported):
    enquiry = asked_of(imported)
    token = links.token_of(enquiry, links.ANSWERS)
    done = family.post(reverse("enquiry_done_by_link", args=[token]), {"how": "wrote"}, follow=True)
    assert "Wrote to them." in words(done)


def test_with_neither_people_nor_address_there_is_the_number_and_no_form(family, council, postcodes):
    provider = make_provider(council, "Only a phone", website="https://phone.example")
    make_service(provider)
    listed(provider)
    page = words(family.get(page_of(provider)))
    assert "01225 000000" in page
    assert "We have no address of theirs" in page
    assert "What help do you need?" not in page
    assert "Their website" in page
    send(family, provider)
    assert not Enquiry.objects.exists()
    assert "Write to them from here" not in words(family.get(f"/providers/{provider.slug}/"))


def test_a_provider_that_is_not_listed_is_not_written_to(family, provider):
    for address in (page_of(provider), reverse("enquiry_look_in_mail", args=[provider.slug])):
        assert family.get(address).status_code == 404


def test_the_provider_answers_on_its_page_and_we_pass_it_on(owner, family, rosie):
    enquiry = asked_of(rosie)
    page = reverse("answer_my_enquiry", args=[rosie.slug, enquiry.pk])
    assert "1 waits for you" in words(owner.get(reverse("my_provider", args=[rosie.slug])))
    assert "Write your answer" in words(owner.post(page, {"words": " "}))
    for text in ("Yes, on Tuesdays.", "Something else"):
        answered = owner.post(page, {"words": text}, follow=True)
    assert "You answered on" in words(answered)
    assert "Yes, on Tuesdays." in mails_to(SENDER)[-1].body
    assert "Something else" not in str([mail.body for mail in mails_to(SENDER)])
    assert "Yes, on Tuesdays." in words(family.get(seen_by_sender(enquiry)))
    assert "Nobody is waiting" in words(owner.get(reverse("my_enquiries", args=[rosie.slug])))


@pytest.mark.parametrize(
    ("how", "said"), [("rang", "They told us that they rang you"), ("wrote", "They told us that they wrote to you")]
)
def test_one_press_says_that_they_rang_or_wrote(owner, family, rosie, how, said):
    enquiry = asked_of(rosie, may_write=True)
    for _press in range(2):
        owner.post(reverse("my_enquiry_done", args=[rosie.slug, enquiry.pk]), {"how": how})
    assert AnswerTime.objects.count() == 1
    assert said in words(family.get(seen_by_sender(enquiry)))


def test_an_answer_that_cannot_be_passed_on_is_not_taken(owner, rosie):
    enquiry = asked_of(rosie, answer_by="phone", phone="01225 123456", email="")
    owner.post(reverse("answer_my_enquiry", args=[rosie.slug, enquiry.pk]), {"words": "Yes"})
    enquiry.refresh_from_db()
    assert enquiry.answered_at is None


def test_the_sender_takes_it_back_and_it_is_gone_at_once(owner, family, rosie):
    enquiry = asked_of(rosie)
    token = links.token_of(enquiry, links.SEES)
    for _press in range(2):
        page = family.post(reverse("withdraw_enquiry", args=[token]), follow=True)
    assert "You took it back" in words(page)
    enquiry.refresh_from_db()
    assert {enquiry.name, enquiry.email, enquiry.help_wanted, enquiry.likeness} == {""}
    # The mail that had not gone out does not; those who might have it are told.
    assert not OutgoingMail.objects.filter(body__contains=HELP, to=OWNER).exists()
    assert [mail.subject for mail in mails_to(OWNER)] == ["A question to you was taken back"]
    mark_answered(enquiry=enquiry, how=Answered.RANG, by=None)
    assert "They took it back" in words(owner.get(reverse("my_enquiry", args=[rosie.slug, enquiry.pk])))
    owner.post(reverse("answer_my_enquiry", args=[rosie.slug, enquiry.pk]), {"words": "Yes"})
    assert not AnswerTime.objects.exists()
    assert "Taken back on" in words(owner.get(reverse("my_enquiries", args=[rosie.slug])))


def test_what_waits_for_a_press_can_be_taken_back_without_telling_anybody(family, rosie):
    enquiry = asked_of(rosie, opened=Opened(uuid.uuid4(), 0))
    withdraw(enquiry=enquiry)
    confirm(enquiry=enquiry)
    assert mails_to(OWNER) == []
    assert "You took it back" in words(
        family.get(reverse("confirm_enquiry", args=[links.token_of(enquiry, links.CONFIRMS)]))
    )


def test_who_does_not_want_to_be_asked_later_says_so_once(family, rosie):
    enquiry = asked_of(rosie)
    token = links.token_of(enquiry, links.SEES)
    assert "Do not ask me later" in words(family.get(seen_by_sender(enquiry)))
    page = family.post(reverse("enquiry_ask_nothing_later", args=[token]), follow=True)
    assert "We will not ask you later how it went" in words(page)
    enquiry.refresh_from_db()
    said = enquiry.not_asked_later_since
    ask_nothing_later(enquiry=enquiry)
    enquiry.refresh_from_db()
    assert enquiry.not_asked_later_since == said


def test_rule_17_opening_any_link_changes_nothing(family, rosie):
    enquiry = asked_of(rosie, opened=Opened(uuid.uuid4(), 0))
    before = Enquiry.objects.values().get()
    for address in ("enquiry", "confirm_enquiry", "answer_enquiry_by_link"):
        for signer in (links.SEES, links.CONFIRMS, links.ANSWERS):
            family.get(reverse(address, args=[links.token_of(enquiry, signer)]))
    assert Enquiry.objects.values().get() == before


@pytest.mark.parametrize("name", ["enquiry", "confirm_enquiry", "answer_enquiry_by_link"])
def test_a_link_that_is_not_ours_or_whose_words_are_gone_says_so(family, name):
    answered = family.get(reverse(name, args=["nonsense"]))
    assert answered.status_code == 404
    assert "There is nothing here any more" in words(answered)


@pytest.mark.parametrize(
    "name", ["withdraw_enquiry", "enquiry_ask_nothing_later", "confirm_enquiry", "enquiry_done_by_link"]
)
def test_a_press_on_what_is_gone_does_nothing(family, name):
    assert family.post(reverse(name, args=["nonsense"])).status_code == 404


def test_an_answer_by_link_waits_until_it_was_passed_on(family, rosie):
    enquiry = asked_of(rosie, opened=Opened(uuid.uuid4(), 0))
    address = reverse("answer_enquiry_by_link", args=[links.token_of(enquiry, links.ANSWERS)])
    assert family.get(address).status_code == 404


def test_who_has_not_answered_in_three_days_is_reminded_once(rosie):
    asked_of(rosie)
    done = asked_of(rosie, help_wanted="Tea")
    answer(enquiry=done, words="Yes", by=None)
    day = timezone.localdate()
    for days, mails in ((2, 2), (3, 3), (4, 3), (9, 3)):
        climb(day + days * DAY)
        assert len(mails_to(OWNER)) == mails
    assert "This is the only reminder" in mails_to(OWNER)[-1].body
    assert HELP in mails_to(OWNER)[-1].body


def test_what_was_answered_just_before_is_no_reminder(rosie):
    enquiry = asked_of(rosie)
    mark_answered(enquiry=enquiry, how=Answered.RANG, by=None)
    today = timezone.localdate()
    assert LADDER.tell(Due(enquiry.pk, today, rosie.pk), 0, today) == []


def answered_after(provider, hours, number):
    start = timezone.now() - 20 * DAY
    with at(start):
        enquiry = asked_of(provider, help_wanted=f"Lunch {number}", email=f"{number}@home.example")
    with at(start + datetime.timedelta(hours=hours)):
        mark_answered(enquiry=enquiry, how=Answered.RANG, by=None)


@pytest.mark.parametrize(
    ("hours", "said"),
    [(3, "within a day"), (40, "within three days"), (100, "within a week"), (300, "more than a week")],
)
def test_how_soon_they_answer_is_shown_from_the_tenth_answer_on(family, owner, rosie, hours, said):
    for number in range(9):
        answered_after(rosie, hours, number)
    assert "usually" not in words(family.get(f"/providers/{rosie.slug}/"))
    assert "Once you have answered ten" in words(owner.get(reverse("my_enquiries", args=[rosie.slug])))
    answered_after(rosie, hours, 9)
    page = words(family.get(f"/providers/{rosie.slug}/"))
    assert "They usually" in page
    assert said in page
    assert said in words(family.get(page_of(rosie)))
    assert said in words(owner.get(reverse("my_enquiries", args=[rosie.slug])))


def test_who_leaves_most_unanswered_is_not_called_quick(rosie):
    for number in range(10):
        answered_after(rosie, 1, number)
    now = timezone.now()
    assert "within a day" in usually(rosie.pk, now)
    with at(now - 20 * DAY):
        for number in range(11):
            asked_of(rosie, help_wanted=f"Tea {number}", email=f"t{number}@home.example")
    assert usually(rosie.pk, now) == ""
    for enquiry in Enquiry.objects.unanswered():
        delete(enquiry=enquiry, by=None)
    assert usually(rosie.pk, now) == ""
    assert AnswerTime.objects.filter(hours=None).count() == 11


def test_after_90_days_nothing_is_left_but_how_long_it_took(rosie):
    answered = asked_of(rosie)
    mark_answered(enquiry=answered, how=Answered.RANG, by=None)
    asked_of(rosie, help_wanted="Tea")
    today = timezone.localdate()
    assert purge_enquiries(today + 89 * DAY) == 0
    assert purge_enquiries(today + 90 * DAY) == 2
    assert not Enquiry.objects.exists()
    assert sorted(AnswerTime.objects.values_list("hours", flat=True), key=str) == [1, None]
    assert {field.name for field in AnswerTime._meta.get_fields()} == {"id", "provider", "week", "hours"}
    assert purge_answer_times(today + 700 * DAY) == 0
    assert purge_answer_times(today + 760 * DAY) == 2


def test_what_nobody_pressed_goes_after_three_days(rosie):
    asked_of(rosie, opened=Opened(uuid.uuid4(), 0))
    today = timezone.localdate()
    assert purge_enquiries(today + 2 * DAY) == 0
    assert purge_enquiries(today + 3 * DAY) == 1
    assert not AnswerTime.objects.exists()


def test_the_provider_deletes_what_should_not_be_there(owner, rosie):
    enquiry = asked_of(rosie)
    page = owner.post(reverse("delete_my_enquiry", args=[rosie.slug, enquiry.pk]), follow=True)
    assert "Nothing of it is kept here" in words(page)
    assert not Enquiry.objects.exists()
    assert AuditEvent.objects.filter(verb="enquiry.deleted").count() == 1


def test_how_often_they_were_asked_is_in_the_weekly_figures(owner, rosie):
    asked_of(rosie)
    asked_of(rosie, opened=Opened(uuid.uuid4(), 0), email="b@home.example")
    assert WeeklyFigure.objects.get(provider=rosie).asked == 1
    assert "1 person wrote to you from it" in words(owner.get(reverse("my_figures", args=[rosie.slug])))


def test_rule_15_the_audit_holds_no_name_no_address_and_no_words(rosie):
    withdraw(enquiry=asked_of(rosie))
    told = str(list(AuditEvent.objects.filter(verb__startswith="enquiry.").values()))
    for secret in ("Sarah", "home.example", "lunch"):
        assert secret not in told


def test_the_mail_goes_out_with_its_reply_address(rosie, mailoutbox):
    asked_of(rosie, may_write=True)
    deliver(mails_to(OWNER)[0].pk)
    assert mailoutbox[0].reply_to == [SENDER]


def test_a_reader_reads_and_answers_nothing(client, rosie, colleague):
    enquiry = asked_of(rosie)
    reader = sign_in(client, colleague)
    address = reverse("my_enquiry", args=[rosie.slug, enquiry.pk])
    page = words(reader.get(address))
    assert HELP in page
    assert "Your answer" not in page
    where = reverse("answer_my_enquiry", args=[rosie.slug, enquiry.pk])
    assert reader.post(where, {"words": "Yes"}).status_code == 403


def test_what_another_provider_was_asked_is_not_found(owner, rosie, imported):
    theirs = asked_of(imported)
    assert owner.get(reverse("my_enquiry", args=[rosie.slug, theirs.pk])).status_code == 404


def test_the_database_refuses_words_that_were_taken_back(rosie):
    enquiry = asked_of(rosie)
    with pytest.raises(IntegrityError), transaction.atomic():
        Enquiry.objects.filter(pk=enquiry.pk).update(withdrawn_at=timezone.now())


def test_any_bytes_give_a_page(family, rosie):
    for wrong in ("\x00", "x" * 10_000, "\u202e\u200b", "9" * 40):
        page = dict.fromkeys(typed(), wrong)
        assert family.post(page_of(rosie), page).status_code == 200
        assert family.get(page_of(rosie), {"service": wrong}).status_code == 200
        assert family.post(page_of(rosie), page | {"opened": stamp(time.time())}).status_code == 200
    assert Provider.listed.filter(pk=rosie.pk).exists()
