import datetime
import re
import uuid

import pytest
from bs4 import BeautifulSoup
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from providers.enquiring.actions import ask_nothing_later, mark_answered
from providers.enquiring.actions import withdraw as take_question_back
from providers.models import Recommendation, RecommendationInvitation, RecommendationReply
from providers.models.enquiry import Answered
from providers.models.recommendation import NotShownBecause
from providers.moderation.actions import publish
from providers.recommending import deciding
from providers.recommending.actions import (
    NotInvitedError,
    TooLateError,
    end_invitation,
    invite_after_enquiry,
    reply,
    take_reply_back,
    withdraw,
    write,
)
from providers.recommending.links import token_of
from providers.recommending.reminders import LADDER
from providers.recommending.retention import purge_addresses, purge_invitations, purge_recommendations
from providers.recommending.rules import WhyNot, spoken
from providers.recommending.views import MOST_AN_HOUR
from registry.models import AuditEvent, OutgoingMail
from registry.reminders.actions import climb
from registry.reminders.ladders import Due
from tests.cast import make_staff, sign_in
from tests.providers.enquiring.makers import asked_of
from tests.providers.recommending.makers import BADLY, SAID, WELL, card_of, invited, shown, typed, written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]
DAY = datetime.timedelta(days=1)
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


def words(response):
    return " ".join(BeautifulSoup(response.content, "html.parser").find("main").get_text(" ").split())


def page_of(invitation):
    return reverse("recommend", args=[spoken(invitation.code)])


def page_of_writer(said):
    return reverse("recommendation", args=[token_of(said)])


def mails_to(address):
    return list(OutgoingMail.objects.filter(to=address).order_by("pk"))


def decide(client, said, **answer):
    return client.post(reverse("decide_recommendation", args=[said.pk]), answer, follow=True)


def test_from_the_invitation_to_the_page(owner, family, as_checker, rosie):
    asked = {"email": WRITER, "has_asked": "on"}
    page = words(owner.post(reverse("ask_for_recommendation", args=[rosie.slug]), asked, follow=True))
    assert "We have written to them" in page
    assert WRITER in page
    link = re.search(r"https?://\S+", mails_to(WRITER)[0].body)[0]
    assert "How did it go with Rosie's Home Help?" in words(family.get(link))
    done = family.post(link, typed(), follow=True)
    assert "reads it before it is shown" in words(done)
    public = f"/providers/{rosie.slug}/"
    assert WELL not in words(family.get(public))
    said = Recommendation.objects.get()
    waiting = words(as_checker.get(reverse("public_words")))
    assert "Rosie's Home Help" in waiting
    assert "(1)" in words(as_checker.get(reverse("checks")))
    assert WELL in words(as_checker.get(reverse("decide_recommendation", args=[said.pk])))
    assert "Decided. Its writer has been told." in words(decide(as_checker, said, outcome="shown"))
    seen = words(family.get(public))
    for told in (WELL, BADLY, "Mary J."):
        assert told in seen
    assert "home.example" not in seen
    assert "is on its page now" in mails_to(WRITER)[-1].body
    assert "A customer has written about you" in mails_to("rosie@example.com")[-1].subject
    assert "It is shown" in words(family.get(page_of_writer(said)))
    assert "Shown: decided by Chi Checker" in words(as_checker.get(reverse("decide_recommendation", args=[said.pk])))


def test_rule_12_the_page_says_that_listed_is_not_recommended_and_what_was_not_checked(
    family, rosie, provider_user, checker
):
    shown(rosie, provider_user, checker)
    for address in (f"/providers/{rosie.slug}/", reverse("recommendations", args=[rosie.slug])):
        page = words(family.get(address))
        assert "Listed is not recommended" in page
        assert "has not checked what it says" in page


def test_good_and_bad_stand_alike_newest_first_and_without_stars(family, rosie, provider_user, checker):
    for number, changes in enumerate([{}, {"went_well": "", "went_badly": "Never again."}, {}, {}]):
        said = shown(
            rosie, provider_user, checker, email=f"{number}@home.example", signed_as=f"Writer {number}", **changes
        )
        Recommendation.objects.filter(pk=said.pk).update(written_at=timezone.now() - (9 - number) * DAY)
    newest = words(family.get(f"/providers/{rosie.slug}/"))
    assert "Writer 0" not in newest
    assert newest.index("Writer 3") < newest.index("Writer 2") < newest.index("Never again.")
    everything = words(family.get(reverse("recommendations", args=[rosie.slug]), {"page": "9" * 30}))
    assert "Writer 0" in everything
    assert not {"★", "stars:", "out of 5"} & set(everything.split())


def test_a_card_is_typed_from_paper_and_works_once(owner, family, rosie):
    make = reverse("recommendation_cards", args=[rosie.slug])
    page = owner.post(make, {"number": "2"}, follow=True).text
    codes = re.findall(r"/recommend/([a-z0-9-]+)/", page)
    assert len(codes) == 2
    assert "2 cards are open" in words(owner.get(reverse("my_recommendations", args=[rosie.slug])))
    found = family.get(reverse("enter_recommendation_code"), {"code": codes[0].upper().replace("-", " ")})
    assert found.url == reverse("recommend", args=[codes[0]])
    family.post(found.url, typed(email=WRITER))
    assert Recommendation.objects.get().came_from == "paper"
    assert "We have what you wrote" in mails_to(WRITER)[0].subject
    assert family.get(found.url).status_code == 404
    again = family.get(reverse("enter_recommendation_code"), {"code": codes[0]})
    assert "That code does not work" in words(again)
    assert "The code on your card" in words(family.get(reverse("enter_recommendation_code")))
    for wrong in ("", "\x00", "x" * 9999):
        assert family.get(reverse("enter_recommendation_code"), {"code": wrong}).status_code == 200


@pytest.mark.parametrize(("number", "error"), [("", "Type how many"), ("0", "from 1 to 20"), ("31", "from 1 to 20")])
def test_so_many_cards_and_no_more(owner, rosie, number, error):
    make = reverse("recommendation_cards", args=[rosie.slug])
    assert error in words(owner.post(make, {"number": number}))
    owner.post(make, {"number": "20"})
    assert "You have asked many people this month" in words(owner.post(make, {"number": "11"}))


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"known_for": ""}, "Choose how long"),
        ({"went_well": "", "went_badly": ""}, "Write what went well, or what did not"),
        ({"went_badly": "x" * 1001}, "there is room for 1000 letters"),
        ({"went_well": "x" * 1001, "went_badly": ""}, "there is room for 1000 letters"),
        ({"signed_as": ""}, "Type how we should sign it"),
        ({"is_customer": ""}, "If it is not, please do not write here"),
        ({"was_not_paid": ""}, "If it is not, please do not write here"),
        ({"seconds": 0}, "Please look at it once more"),
        ({"subject": "Cheap"}, "Please look at it once more"),
    ],
)
def test_what_is_missing_is_said_and_the_invitation_stays(family, rosie, provider_user, changes, error):
    invitation = invited(rosie, provider_user)
    assert error in words(family.post(page_of(invitation), typed(**changes)))
    invitation.refresh_from_db()
    assert invitation.used_at is None


def test_a_bad_word_alone_is_as_good(family, rosie, provider_user):
    family.post(page_of(invited(rosie, provider_user)), typed(went_well=""))
    assert Recommendation.objects.get().went_badly == BADLY


@pytest.mark.parametrize(
    ("email", "error"),
    [
        ("rosie@example.com", "This is an address of your own"),
        (WRITER, "You have asked this person"),
        ("nobody", "Type an e-mail address"),
    ],
)
def test_who_is_not_invited(owner, rosie, provider_user, email, error):
    invited(rosie, provider_user)
    asked = {"email": email, "has_asked": "on"}
    assert error in words(owner.post(reverse("ask_for_recommendation", args=[rosie.slug]), asked))


def test_nobody_writes_about_themselves_or_twice(family, rosie, provider_user):
    written(rosie, provider_user)
    for address, error in (
        ("rosie@example.com", "Only customers write here"),
        (WRITER, "something of yours about them"),
    ):
        page = family.post(page_of(card_of(rosie, provider_user)), typed(email=address))
        assert error in words(page)
    assert Recommendation.objects.count() == 1
    with pytest.raises(NotInvitedError) as refused:
        invited(rosie, provider_user)
    assert refused.value.why is WhyNot.ASKED_BEFORE


def test_sent_in_two_windows_it_is_written_once(family, rosie, provider_user, monkeypatch):
    invitation = card_of(rosie, provider_user)
    write(invitation=invitation, email=WRITER, **SAID)
    with pytest.raises(TooLateError):
        write(invitation=invitation, email="jo@home.example", **SAID)
    monkeypatch.setattr("providers.recommending.views._open", lambda code: invitation)
    assert "This has been sent already" in words(family.post(page_of(invitation), typed(email="jo@home.example")))


def test_one_connection_writes_only_so_many_an_hour(family, rosie, provider_user):
    for number in range(MOST_AN_HOUR):
        family.post(page_of(card_of(rosie, provider_user)), typed(email=f"{number}@home.example"))
    page = family.post(page_of(card_of(rosie, provider_user)), typed(email="last@home.example"))
    assert "Please wait an hour" in words(page)


def test_rule_16_the_page_gives_the_number_and_no_place_for_a_worry(family, rosie, provider_user, council):
    council.safeguarding_phone = "01225 396000"
    council.save()
    page = words(family.get(page_of(invited(rosie, provider_user))))
    assert "ring 999" in page
    assert "01225 396000" in page
    assert "Please do not write about such a worry here" in page
    assert "ring 999" in mails_to(WRITER)[0].body


def test_rule_17_opening_the_link_uses_nothing_up(family, rosie, provider_user):
    invitation = invited(rosie, provider_user)
    for _look in range(2):
        assert family.get(page_of(invitation)).status_code == 200
    invitation.refresh_from_db()
    assert invitation.used_at is None


def test_a_customer_would_rather_not_and_the_address_goes(family, owner, rosie, provider_user):
    invitation = invited(rosie, provider_user)
    where = reverse("rather_not_recommend", args=[spoken(invitation.code)])
    for _press in range(2):
        family.post(where)
    invitation.refresh_from_db()
    assert invitation.email == ""
    assert family.get(page_of(invitation)).status_code == 404
    assert WRITER not in words(owner.get(reverse("my_recommendations", args=[rosie.slug])))


def test_the_provider_takes_an_invitation_back(owner, family, rosie, provider_user):
    invitation = invited(rosie, provider_user)
    where = reverse("withdraw_recommendation_invitation", args=[rosie.slug, invitation.pk])
    assert "no longer works" in words(owner.post(where, follow=True))
    end_invitation(invitation=invitation, by=provider_user)
    assert family.get(page_of(invitation)).status_code == 404


@pytest.mark.parametrize("reason", [one for one in NotShownBecause.values if one != "safeguarding"])
def test_a_refusal_has_a_published_reason_that_the_writer_is_told(as_checker, family, rosie, provider_user, reason):
    said = written(rosie, provider_user)
    assert "Choose why it is not shown" in words(decide(as_checker, said, outcome="refused"))
    decide(as_checker, said, outcome="refused", reason=reason)
    told = mails_to(WRITER)[-1].body
    assert str(NotShownBecause(reason).label) in told
    assert "had no part in it" in told
    again = re.findall(r"https?://\S+/recommend/\S+", told)
    assert bool(again) is (reason in {"names", "abuse", "advert"})
    assert str(NotShownBecause(reason).label) in words(family.get(page_of_writer(said)))
    assert WELL not in words(family.get(f"/providers/{rosie.slug}/"))
    if again:
        family.post(again[0], typed(went_badly=""))
        assert Recommendation.objects.waiting().get().came_from == "again"


def test_a_refusal_without_an_address_reaches_nobody_and_breaks_nothing(rosie, provider_user, checker):
    said = written(rosie, provider_user)
    Recommendation.objects.update(email="")
    said.refresh_from_db()
    before = OutgoingMail.objects.count()
    deciding.refuse(recommendation=said, reason="names", by=checker)
    assert OutgoingMail.objects.count() == before


def test_there_is_no_reason_for_being_bad_on_the_checkers_page(as_checker, rosie, provider_user):
    page = as_checker.get(reverse("decide_recommendation", args=[written(rosie, provider_user).pk]))
    offered = {one["value"] for one in BeautifulSoup(page.content, "html.parser").find_all("input", {"name": "reason"})}
    assert offered == {"names", "abuse", "advert", "not_a_customer", "paid"}
    assert "against the law" in words(page)


def test_a_colleague_was_quicker(as_checker, rosie, provider_user, checker):
    said = written(rosie, provider_user)
    deciding.show(recommendation=said, by=checker)
    answer = reply(recommendation=said, words="Thank you.", by=provider_user)
    deciding.show_reply(reply=answer, by=checker)
    assert "decided, or taken back, meanwhile" in words(decide(as_checker, said, outcome="refused", reason="paid"))
    where = reverse("decide_reply", args=[answer.pk])
    assert "meanwhile" in words(as_checker.post(where, {"outcome": "shown"}, follow=True))
    assert "Shown: decided by Chi Checker" in words(as_checker.get(where))
    said.refresh_from_db()
    assert said.outcome == "shown"


def test_the_provider_replies_and_a_council_reads_that_too(owner, as_checker, family, rosie, provider_user, checker):
    said = shown(rosie, provider_user, checker)
    mine = reverse("my_recommendations", args=[rosie.slug])
    assert BADLY in words(owner.get(mine))
    where = reverse("reply_to_recommendation", args=[rosie.slug, said.pk])
    assert BADLY in words(owner.get(where))
    assert "Write your reply" in words(owner.post(where, {"words": ""}))
    assert "Your council reads it first" in words(owner.post(where, {"words": "I was ill."}, follow=True))
    assert "There is a reply already" in words(owner.post(where, {"words": "And again."}, follow=True))
    assert "I was ill." not in words(family.get(f"/providers/{rosie.slug}/"))
    answer = RecommendationReply.objects.get()
    assert "Replies of providers" in words(as_checker.get(reverse("public_words")))
    decided = reverse("decide_reply", args=[answer.pk])
    assert "I was ill." in words(as_checker.get(decided))
    as_checker.post(decided, {"outcome": "shown"})
    page = words(family.get(f"/providers/{rosie.slug}/"))
    assert page.index(BADLY) < page.index("I was ill.")
    assert "Your reply I was ill." in words(owner.get(mine))
    owner.post(reverse("take_reply_back", args=[rosie.slug, answer.pk]))
    take_reply_back(reply=answer, by=provider_user)
    assert "I was ill." not in words(family.get(f"/providers/{rosie.slug}/"))


def test_a_refused_reply_is_told_why_and_may_be_written_again(owner, as_checker, rosie, provider_user, checker):
    said = shown(rosie, provider_user, checker)
    answer = reply(recommendation=said, words="Mrs Hill is lying.", by=provider_user)
    assert "Your council reads your reply first" in words(owner.get(reverse("my_recommendations", args=[rosie.slug])))
    as_checker.post(reverse("decide_reply", args=[answer.pk]), {"outcome": "refused", "reason": "names"})
    assert "has not been asked" in mails_to("rosie@example.com")[-1].body
    assert "Your reply is not shown" in words(owner.get(reverse("my_recommendations", args=[rosie.slug])))
    assert reply(recommendation=said, words="I am sorry.", by=provider_user)


def test_the_provider_cannot_hide_and_cannot_reply_to_what_is_not_shown(owner, rosie, provider_user):
    said = written(rosie, provider_user)
    page = words(owner.get(reverse("my_recommendations", args=[rosie.slug])))
    assert "1 is with your council" in page
    assert WELL not in page
    assert owner.get(reverse("reply_to_recommendation", args=[rosie.slug, said.pk])).status_code == 404
    with pytest.raises(TooLateError):
        reply(recommendation=said, words="No.", by=provider_user)


def test_its_writer_takes_it_back_at_any_time(family, rosie, provider_user, checker):
    said = shown(rosie, provider_user, checker)
    reply(recommendation=said, words="Thank you, Mary.", by=provider_user)
    where = reverse("withdraw_recommendation", args=[token_of(said)])
    for _press in range(2):
        assert "You took it back" in words(family.post(where, follow=True))
    said.refresh_from_db()
    assert {said.went_well, said.went_badly, said.email, said.signed_as} == {""}
    assert RecommendationReply.objects.get().words == ""
    assert WELL not in words(family.get(f"/providers/{rosie.slug}/"))


@pytest.mark.parametrize("name", ["recommendation", "withdraw_recommendation"])
def test_a_link_that_is_not_ours_leads_nowhere(family, name):
    address = reverse(name, args=["nonsense"])
    answered = family.post(address) if name.startswith("withdraw") else family.get(address)
    assert answered.status_code == 404
    assert "This link does not work" in words(answered)


def test_rule_16_a_worry_is_handed_over_and_taken_out(as_checker, family, rosie, provider_user, checker):
    said = shown(rosie, provider_user, checker)
    answer = reply(recommendation=said, words="She is in danger.", by=provider_user)
    for address, text in (
        (reverse("reply_safeguarding", args=[answer.pk]), "She is in danger."),
        (reverse("recommendation_safeguarding", args=[said.pk]), WELL),
    ):
        assert text in words(as_checker.get(address))
        for _press in range(2):
            assert "The words are gone" in words(as_checker.post(address, follow=True))
        assert "The words have been taken out" in words(as_checker.get(address))
    said.refresh_from_db()
    assert (said.went_well, said.email, said.reason) == ("", "", "safeguarding")
    assert "handed over to people who keep others safe" in words(family.get(page_of_writer(said)))
    assert WELL not in words(family.get(f"/providers/{rosie.slug}/"))
    assert AuditEvent.objects.filter(verb="recommendation.words_removed").count() == 2


def test_only_councils_that_list_them_decide(client, rosie, provider_user, other_council, administrator):
    said = written(rosie, provider_user)
    where = reverse("decide_recommendation", args=[said.pk])
    other = make_staff("checker@other.example", "Oz Checker", other_council, "checker")
    assert sign_in(client, other).get(where).status_code == 404
    assert "Nothing is waiting" in words(client.get(reverse("public_words")))
    assert sign_in(client, administrator).get(where).status_code == 403
    listing = rosie.council_listings.create(council=other_council, asked_at=timezone.now())
    assert sign_in(client, other).get(where).status_code == 404
    listing.listed_at, listing.listed_by = timezone.now(), other
    listing.save()
    assert client.get(where).status_code == 200
    decide(client, said, outcome="shown")
    assert AuditEvent.objects.get(verb="recommendation.shown").council_code == other_council.pk


def test_the_policy_and_the_numbers_are_published(family, as_checker, rosie, provider_user, checker):
    shown(rosie, provider_user, checker)
    deciding.refuse(recommendation=written(rosie, provider_user, "jo@home.example"), reason="paid", by=checker)
    withdraw(recommendation=written(rosie, provider_user, "al@home.example"))
    written(rosie, provider_user, "di@home.example")
    page = BeautifulSoup(family.get(reverse("recommendations_policy")).content, "html.parser")
    told = {row.find("th").text: row.find("td").text for row in page.select("tbody tr")}
    assert (told["Came"], told["Shown"], told["Waiting to be read"]) == ("4", "1", "1")
    assert told["Taken back by who wrote them"] == "1"
    assert told["Not shown: Money or a favour was given for it"] == "1"
    assert told["Not shown: It insults or threatens somebody"] == "0"
    assert "That it is bad for a provider is never one" in page.text
    assert "Schedule 20, paragraph 13" in page.text


def answered_enquiry(rosie, **changes):
    enquiry = asked_of(rosie, **changes)
    mark_answered(enquiry=enquiry, how=Answered.RANG, by=None)
    return enquiry


def test_who_asked_and_was_answered_is_asked_once_a_month_later(family, rosie):
    answered_enquiry(rosie)
    asked_of(rosie, help_wanted="Tea", email="never-answered@home.example")
    today = timezone.localdate()
    for days, mails in ((29, 0), (30, 1), (31, 1), (60, 1)):
        climb(today + days * DAY)
        told = [mail for mail in mails_to("sarah@home.example") if "How did it go" in mail.subject]
        assert len(told) == mails
    assert "We ask this once" in told[0].body
    link = re.search(r"https?://\S+", told[0].body)[0]
    family.post(link, typed())
    assert Recommendation.objects.get().came_from == "enquiry"
    assert not RecommendationInvitation.objects.exclude(email="").exists()


@pytest.mark.parametrize("says_no", [ask_nothing_later, take_question_back])
def test_who_said_no_to_it_is_not_asked(rosie, says_no):
    enquiry = answered_enquiry(rosie)
    today = timezone.localdate()
    says_no(enquiry=enquiry)
    assert LADDER.tell(Due(enquiry.pk, today, rosie.pk), 0, today) == []
    climb(today + 30 * DAY)
    assert not RecommendationInvitation.objects.exists()


def test_who_has_written_or_is_invited_already_is_not_asked(rosie, provider_user):
    enquiry = answered_enquiry(rosie)
    invited(rosie, provider_user, "sarah@home.example")
    today = timezone.localdate()
    assert LADDER.tell(Due(enquiry.pk, today, rosie.pk), 0, today) == []
    assert invite_after_enquiry(provider=rosie, email="rosie@example.com") is None


def test_what_is_kept_and_for_how_long(rosie, provider_user, checker):
    invited(rosie, provider_user, "late@home.example")
    kept = shown(rosie, provider_user, checker)
    refused = written(rosie, provider_user, "jo@home.example")
    deciding.refuse(recommendation=refused, reason="paid", by=checker)
    unread = written(rosie, provider_user, "al@home.example")
    answer = reply(recommendation=kept, words="No", by=provider_user)
    deciding.refuse_reply(reply=answer, reason="abuse", by=checker)
    today = timezone.localdate()
    assert purge_recommendations(today + 30 * DAY) == 0
    assert purge_recommendations(today + 31 * DAY) == 2
    assert purge_recommendations(today + 31 * DAY) == 0
    assert purge_recommendations(today + 365 * DAY) == 0
    assert purge_recommendations(today + 366 * DAY) == 1
    assert purge_recommendations(today + 3 * 365 * DAY) == 0
    assert purge_addresses(today + 90 * DAY) == 0
    assert purge_addresses(today + 91 * DAY) == 1
    kept.refresh_from_db()
    assert (kept.email, kept.went_well) == ("", WELL)
    assert purge_recommendations(today + (3 * 365 + 1) * DAY) == 1
    assert purge_invitations(today + 60 * DAY) == 0
    assert purge_invitations(today + 61 * DAY) == 3 + 1
    for said in (kept, refused, unread):
        said.refresh_from_db()
        assert (said.went_well, said.signed_as) == ("", "")
    assert Recommendation.objects.count() == 3


def test_an_invitation_is_over_after_60_days(family, rosie, provider_user):
    invitation = invited(rosie, provider_user)
    RecommendationInvitation.objects.update(made_at=timezone.now() - 60 * DAY)
    assert family.get(page_of(invitation)).status_code == 404


def test_rule_15_the_audit_holds_no_name_no_address_and_no_words(rosie, provider_user, checker):
    said = shown(rosie, provider_user, checker)
    reply(recommendation=said, words="Thank you.", by=provider_user)
    withdraw(recommendation=said)
    told = str(list(AuditEvent.objects.filter(verb__startswith="recommendation.").values()))
    for secret in ("Mary", "home.example", "Tuesday", "Thank"):
        assert secret not in told


def test_a_reader_sees_and_changes_nothing(client, rosie, provider_user, checker, colleague):
    said = shown(rosie, provider_user, checker)
    reader = sign_in(client, colleague)
    page = words(reader.get(reverse("my_recommendations", args=[rosie.slug])))
    assert WELL in page
    assert "Invite a customer" not in page
    assert reader.get(reverse("reply_to_recommendation", args=[rosie.slug, said.pk])).status_code == 403


def test_the_database_refuses_a_refusal_without_a_reason(rosie, provider_user, checker):
    said = written(rosie, provider_user)
    decided = {"outcome": "refused", "decided_at": timezone.now(), "decided_by": checker}
    with pytest.raises(IntegrityError), transaction.atomic():
        Recommendation.objects.filter(pk=said.pk).update(**decided)


def test_any_bytes_give_a_page(family, rosie, provider_user):
    address = page_of(card_of(rosie, provider_user))
    for wrong in ("\x00", "x" * 10_000, "9" * 40):
        assert family.post(address, dict.fromkeys(typed(email=""), wrong)).status_code == 200
        assert family.get(reverse("recommendations", args=[rosie.slug]), {"page": wrong}).status_code == 200
    assert family.get(reverse("recommend", args=[uuid.uuid4()])).status_code == 404
