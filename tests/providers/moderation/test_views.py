import datetime
import html

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from providers.councils.actions import list_with
from providers.credentials.actions import record_dbs
from providers.models import Check, DbsRecord, Provider, Submission, Version
from providers.moderation import actions
from registry.models import AuditEvent, OutgoingMail
from tests.cast import make_staff, sign_in
from tests.providers.listings.makers import listed, make_provider
from tests.providers.moderation.makers import certificate, insured, looked_at, make_owner, sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]
SEEN = {"outcome": "seen", "means": "copy", "seen_on_day": "3", "seen_on_month": "3", "seen_on_year": "2026"}


@pytest.fixture
def submission(council):
    return sent(council)


@pytest.fixture
def checking(client, checker):
    return sign_in(client, checker)


@pytest.fixture
def other_checker(other_council):
    return make_staff("checker@other.example", "Oz Checker", other_council, "checker")


def address(name, submission, *more):
    return reverse(name, args=[submission.pk, *more])


def words(response):
    return " ".join(response.content.decode().split())


def text(response):
    """The page's words, as they were before they were escaped."""
    return html.unescape(words(response))


DECIDING = ["record_dbs", "publish_submission", "send_back_submission", "safeguarding"]


@pytest.mark.parametrize("name", ["check_submission", *DECIDING])
def test_pages_open_for_the_checker_of_that_council(checking, submission, name):
    assert checking.get(address(name, submission)).status_code == 200


@pytest.mark.parametrize("name", ["check_submission", *DECIDING])
def test_a_checker_of_another_council_finds_nothing(client, submission, other_checker, name):
    sign_in(client, other_checker)
    assert client.get(address(name, submission)).status_code == 404
    assert client.post(address(name, submission)).status_code in (404, 405)


@pytest.mark.parametrize("name", DECIDING)
def test_an_administrator_may_look_and_not_decide(client, submission, administrator, name):
    sign_in(client, administrator)
    assert client.get(address("check_submission", submission)).status_code == 200
    assert client.post(address(name, submission)).status_code == 403


def test_an_administrator_is_told_that_checkers_decide(client, submission, administrator, checker):
    certificate(insured(submission.provider))
    page = words(sign_in(client, administrator).get(address("check_submission", submission)))
    assert "Only checkers decide" in page
    assert "Open page" not in page
    assert reverse("publish_submission", args=[submission.pk]) not in page


def test_a_stranger_a_commissioner_and_a_family_see_no_queue(client, submission, commissioner, family):
    stranger = make_owner(submission.provider)
    assert sign_in(client, stranger).get(reverse("checks")).status_code == 404
    assert sign_in(client, commissioner).get(reverse("checks")).status_code == 403
    assert family.get(reverse("checks")).status_code == 302
    assert family.get(address("check_submission", submission)).status_code == 302


def test_the_queue_shows_the_oldest_first_and_how_long_it_waited(checking, council, other_council):
    now = timezone.now()
    sent(council, "Young", sent_at=now)
    sent(council, "Old", sent_at=now - datetime.timedelta(days=4))
    sent(other_council, "Elsewhere")
    page = words(checking.get(reverse("checks")))
    assert page.index("Old") < page.index("Young")
    assert "Waiting 4 days" in page
    assert "Came today" in page
    assert "Elsewhere" not in page
    assert "2 providers are waiting for a decision." in page


def test_the_queue_finds_by_name_and_by_what_was_decided(checking, checker, council):
    actions.send_back(submission=sent(council, "Back"), by=checker, reason="Please send the certificate.")
    actions.publish(submission=sent(council, "Out"), by=checker)
    sent(council, "Still here")
    assert "Still here" in words(checking.get(reverse("checks"), {"words": "still"}))
    assert "No provider of that name or place" in words(checking.get(reverse("checks"), {"words": "nobody"}))
    back = words(checking.get(reverse("checks"), {"state": "sent_back"}))
    assert "Back" in back
    assert "Still here" not in back
    assert "Published by Chi Checker" in words(checking.get(reverse("checks"), {"state": "published"}))
    assert "half were decided within 0 minutes" in back
    assert "Still here" in words(checking.get(reverse("checks"), {"state": "nonsense"}))


def test_slow_decisions_are_told_in_hours(checking, checker, council):
    slow = sent(council, sent_at=timezone.now() - datetime.timedelta(hours=5))
    actions.send_back(submission=slow, by=checker, reason="More, please.")
    assert "half were decided within 5 hours" in words(checking.get(reverse("checks")))
    assert "Nothing is waiting" in words(checking.get(reverse("checks")))


def test_slower_decisions_are_told_in_days(checking, checker, council):
    slow = sent(council, sent_at=timezone.now() - datetime.timedelta(days=7))
    actions.send_back(submission=slow, by=checker, reason="More, please.")
    assert "half were decided within 7 days" in words(checking.get(reverse("checks")))


def test_an_empty_list_of_decisions_says_so(checking):
    assert "There is nothing here" in words(checking.get(reverse("checks"), {"state": "published"}))


def test_the_queue_asks_as_much_of_the_database_for_twenty_as_for_ten(checking, council, django_assert_max_num_queries):
    for number in range(10):
        sent(council, f"Provider {number}")
    with django_assert_max_num_queries(30) as ten:
        checking.get(reverse("checks"))
    for number in range(10, 20):
        sent(council, f"Provider {number}")
    with django_assert_max_num_queries(len(ten)):
        checking.get(reverse("checks"))


def test_the_queue_names_councils_only_to_those_who_have_several(client, checker, submission, other_council):
    make_staff_again = {"user": checker, "council": other_council, "role": "checker"}
    type(checker).objects.get(pk=checker.pk).council_memberships.create(**make_staff_again)
    assert "nh-queue__council" in words(sign_in(client, checker).get(reverse("checks")))


def test_the_page_shows_everything_that_was_sent(checking, submission):
    certificate(insured(submission.provider, issuer="Care Mutual", reference="CM1"))
    page = text(checking.get(address("check_submission", submission)))
    for said in ["Lunch at home", "I come and cook.", "£20 an hour", "up to 5 miles from BA2", "Care Mutual, CM1"]:
        assert said in page
    assert "Public liability insurance £5 million" in page
    assert "To be checked" in page
    assert "Open page 1" in page
    assert "Base postcode, never shown" in page


def test_a_check_is_recorded_under_the_name_of_who_looked(checking, checker, submission):
    credential = insured(submission.provider)
    where = address("check_credential", submission, credential.pk)
    assert "Public liability insurance" in words(checking.get(where))
    answer = checking.post(where, {**SEEN, "note": "Rang them"}, follow=True)
    check = Check.objects.get()
    assert (check.by, check.council, check.outcome) == (checker, submission.council, "seen")
    assert check.seen_on == datetime.date(2026, 3, 3)
    assert "Seen by Chi Checker, Bath and North East Somerset Council, on 3 March 2026" in words(answer)
    assert "Note: Rang them" in words(answer)
    assert "Record another check" in words(answer)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"outcome": ""}, "Say what you found"),
        ({"means": ""}, "Say how you checked"),
        ({"seen_on_year": "2090"}, "The date must be today or earlier"),
    ],
)
def test_a_check_that_is_not_whole_is_not_recorded(checking, submission, changed, said):
    where = address("check_credential", submission, insured(submission.provider).pk)
    assert said in words(checking.post(where, {**SEEN, **changed}))
    assert not Check.objects.exists()


def test_a_credential_of_another_provider_is_not_found(checking, council, submission):
    other = insured(make_provider(council, "Someone else"))
    assert checking.get(address("check_credential", submission, other.pk)).status_code == 404


def test_another_council_cannot_mark_evidence_seen(client, other_checker, submission):
    where = address("check_credential", submission, insured(submission.provider).pk)
    assert sign_in(client, other_checker).post(where, SEEN).status_code == 404
    assert not Check.objects.exists()


def test_rule_01_the_checker_destroys_a_dbs_certificate(
    checking, submission, store, django_capture_on_commit_callbacks
):
    make_owner(submission.provider)
    evidence = certificate(insured(submission.provider))
    where, kept = address("destroy_evidence", submission, evidence.pk), evidence.file.name
    assert "may not keep a copy" in words(checking.get(where))
    with django_capture_on_commit_callbacks(execute=True):
        answer = checking.post(where, follow=True)
    assert "The file is destroyed" in words(answer)
    assert not store.exists(kept)
    assert "show the original" in OutgoingMail.objects.get(to="owner@provider.example").body
    assert checking.get(where).status_code == 404


def test_rule_01_a_dbs_certificate_is_recorded_as_seen(checking, checker, submission):
    said = {
        "level": "enhanced_adults",
        "issued_on_day": "1",
        "issued_on_month": "2",
        "issued_on_year": "2026",
        "means": "original",
        "person_number": "1",
        "last_four": "0427",
        **{name: value for name, value in SEEN.items() if name.startswith("seen_on")},
    }
    where = address("record_dbs", submission)
    assert "no place here for what was on it" in words(checking.get(where))
    refused = checking.post(where, {**said, "last_four": "00123456", "issued_on_year": "2027"})
    assert "last four digits and no more" in words(refused)
    assert "cannot be before its date of issue" in text(checking.post(where, {**said, "issued_on_month": "4"}))
    assert not DbsRecord.objects.exists()
    page = words(checking.post(where, said, follow=True))
    dbs = DbsRecord.objects.get()
    assert (dbs.seen_by, dbs.seen_for, dbs.shown_publicly_since) == (checker, submission.council, None)
    assert "seen by Bath and North East Somerset Council on 3 March 2026" in page


def test_publishing_lists_the_provider_and_tells_them(checking, checker, submission):
    make_owner(submission.provider)
    assert "listed does not mean recommended" in words(checking.get(address("publish_submission", submission)))
    answer = checking.post(address("publish_submission", submission), follow=True)
    assert "Published" in words(answer)
    submission.refresh_from_db()
    assert (submission.decision, submission.decided_by) == ("published", checker)
    assert Provider.listed.filter(pk=submission.provider_id).exists()
    mail = OutgoingMail.objects.get()
    assert f"/providers/{submission.provider.slug}/" in mail.body


def test_of_two_checkers_the_second_hears_who_was_first(checking, council, submission):
    quicker = make_staff("quick@council.example", "Quick Checker", council, "checker")
    actions.publish(submission=submission, by=quicker)
    for name in ("publish_submission", "send_back_submission"):
        answer = checking.post(address(name, submission), {"reason": "Too late"}, follow=True)
        assert "Quick Checker decided this on" in words(answer)
    assert Version.objects.count() == 1


@pytest.mark.parametrize("name", ["publish", "send_back"])
def test_the_second_of_two_at_the_same_moment_changes_nothing(checking, council, submission, monkeypatch, name):
    quicker = make_staff("quick@council.example", "Quick Checker", council, "checker")
    slow = getattr(actions, name)

    def after_the_other(**given):
        slow_hands = Submission.objects.get(pk=submission.pk)
        actions_publish(submission=slow_hands, by=quicker)
        return slow(**given)

    actions_publish = actions.publish
    monkeypatch.setattr(actions, name, after_the_other)
    where = {"publish": "publish_submission", "send_back": "send_back_submission"}[name]
    answer = checking.post(address(where, submission), {"reason": "Mine"}, follow=True)
    assert "Quick Checker decided this on" in words(answer)
    assert Version.objects.count() == 1


def test_rule_02_personal_care_by_a_team_needs_a_reason_before_it_is_published(checking, council):
    team = sent(council, regulation="personal_care", basis="individual", people=3)
    where = address("publish_submission", team)
    assert "Why can it be published without registration?" in words(checking.get(where))
    assert "Say why it can be published" in words(checking.post(where, {"reason": " "}))
    team.refresh_from_db()
    assert team.decided_at is None
    checking.post(where, {"reason": "Only one of them gives personal care."})
    team.refresh_from_db()
    assert team.reason == "Only one of them gives personal care."
    assert AuditEvent.objects.get(verb="submission.published").fields == ["reason"]


def test_rule_02_the_reason_is_asked_for_again_when_facts_change_meanwhile(checking, submission, monkeypatch):
    def refuse(**given):
        raise actions.ReasonNeededError

    monkeypatch.setattr(actions, "publish", refuse)
    answer = checking.post(address("publish_submission", submission))
    assert answer.url == address("publish_submission", submission)


def test_sending_back_gives_the_reason_to_the_provider(checking, submission):
    make_owner(submission.provider)
    where = address("send_back_submission", submission)
    assert "Say what they need to do" in words(checking.post(where))
    assert "2,000 characters or fewer" in words(checking.post(where, {"reason": "x" * 2001}))
    checking.post(where, {"reason": "Please send the second page."})
    submission.refresh_from_db()
    assert (submission.decision, submission.reason) == ("sent_back", "Please send the second page.")
    assert "Please send the second page." in OutgoingMail.objects.get().body
    assert "Please send the second page." in words(checking.get(address("check_submission", submission)))


def test_what_was_said_before_stands_with_what_was_answered(checking, checker, submission):
    actions.send_back(submission=submission, by=checker, reason="Which days?")
    again = Submission.objects.create(provider=submission.provider, council=submission.council, answer="Tuesdays only.")
    page = words(checking.get(address("check_submission", again)))
    assert "Tuesdays only." in page
    assert "Which days?" in page
    assert "Sent again</strong>" in words(checking.get(reverse("checks")))


def test_rule_06_an_edit_is_shown_beside_what_the_public_sees(checking, council, submission):
    listed(submission.provider)
    service = submission.provider.services.get()
    service.price_pence = 2400
    service.save()
    page = text(checking.get(address("check_submission", submission)))
    assert "<del>£20 an hour</del>" in page
    assert "<ins>£24 an hour</ins>" in page


def test_an_edit_that_changes_no_word_says_so(checking, submission):
    listed(submission.provider)
    assert "Nothing in the listing changed" in words(checking.get(address("check_submission", submission)))


def test_rule_16_safeguarding_is_handed_over_and_purged(checking, council, submission):
    council.safeguarding_phone = "01225 396000"
    council.safeguarding_url = "https://council.example/safeguarding"
    council.save()
    submission.answer = "I am frightened for the lady at number 4."
    submission.save()
    where = address("safeguarding", submission)
    page = words(checking.get(where))
    for said in ("999", "01225 396000", "https://council.example/safeguarding", "number 4"):
        assert said in page
    assert "Tick the words that are to go" in words(checking.post(where))
    key = f"submission/{submission.pk}/answer/"
    after = words(checking.post(where, {"texts": [key]}, follow=True))
    submission.refresh_from_db()
    assert submission.answer == ""
    assert "number 4" not in after
    assert AuditEvent.objects.get(verb="submission.answer_purged").fields == ["answer"]


@pytest.mark.parametrize(("phone", "said"), [("01225 477000", "01225 477000"), ("", "Its number is not in this site")])
def test_rule_16_safeguarding_has_a_way_on_without_the_teams_own_number(checking, council, submission, phone, said):
    council.safeguarding_phone, council.adults_phone = "", phone
    council.save()
    assert said in words(checking.get(address("safeguarding", submission)))


def test_a_listed_provider_is_taken_down_and_put_back(checking, checker, submission):
    make_owner(submission.provider)
    actions.publish(submission=submission, by=checker)
    assert "Take this provider" in words(checking.get(address("check_submission", submission)))
    checking.post(address("suspend_provider", submission), {"reason": "Please call us."})
    assert not Provider.listed.filter(pk=submission.provider_id).exists()
    assert OutgoingMail.objects.filter(body__contains="Please call us.").count() == 1
    page = words(checking.get(address("check_submission", submission)))
    assert "taken down for now" in page
    assert "Shown again" in words(checking.post(address("put_provider_back", submission), follow=True))
    assert Provider.listed.filter(pk=submission.provider_id).exists()


@pytest.mark.parametrize("name", ["checks", "check_submission"])
def test_the_wrong_method_is_refused(checking, submission, name):
    where = reverse(name) if name == "checks" else address(name, submission)
    assert checking.post(where).status_code == 405
    assert checking.get(address("put_provider_back", submission)).status_code == 405


def test_the_home_page_says_how_many_wait(checking, submission, council):
    assert "1 provider is waiting for a decision. The oldest came today." in words(checking.get("/"))
    sent(council, "Older", sent_at=timezone.now() - datetime.timedelta(days=3))
    page = words(checking.get("/"))
    assert "The oldest has waited 3 days." in page
    assert 'href="/checks/"' in page


def test_the_home_page_of_an_administrator_leads_to_what_is_asked_for(client, administrator, council):
    page = words(sign_in(client, administrator).get("/"))
    assert "Nothing is waiting for a decision" in page
    assert reverse("checks_asked_for", args=[council.pk]) in page


def test_the_home_page_of_others_has_no_checks(client, commissioner):
    assert "/checks/" not in words(sign_in(client, commissioner).get("/"))


def test_the_page_asks_as_much_of_the_database_for_many_certificates(
    checking, checker, council, submission, django_assert_max_num_queries
):
    kinds = ["public_liability", "first_aid", "medication", "food_hygiene", "dementia_awareness", "ico"]
    certificate(insured(submission.provider, kinds[0]))
    with django_assert_max_num_queries(60) as few:
        checking.get(address("check_submission", submission))
    for kind in kinds[1:]:
        held = insured(submission.provider, kind)
        certificate(held)
        looked_at(held, council, checker)
    record_dbs(
        provider=submission.provider,
        council=council,
        by=checker,
        level="basic",
        issued_on=timezone.localdate(),
        seen_on=timezone.localdate(),
        means="original",
    )
    with django_assert_max_num_queries(len(few)):
        checking.get(address("check_submission", submission))


def test_rule_01_dbs_record_travels_to_another_council_only_with_the_providers_yes(
    checking, submission, other_council, other_checker
):
    provider, today = submission.provider, timezone.localdate()
    list_with(provider=provider, council=other_council, by=other_checker, now=timezone.now())
    seen = {"level": "enhanced", "issued_on": today, "seen_on": today, "means": "original"}
    record_dbs(provider=provider, council=other_council, by=other_checker, **seen)
    assert "Wiltshire Council" not in words(checking.get(address("check_submission", submission)))
    DbsRecord.objects.update(shared_with_councils_since=timezone.now())
    assert "seen by Wiltshire Council" in words(checking.get(address("check_submission", submission)))


def test_what_was_sent_after_the_checker_looked_is_not_published_unseen(checking, submission):
    page = BeautifulSoup(checking.get(address("check_submission", submission)).content, "html.parser")
    link = page.find("a", href=lambda href: href and href.startswith(address("publish_submission", submission)))["href"]
    submission.provider.services.update(name="Something else altogether")
    answer = checking.post(link, follow=True)
    assert "Not published" in words(answer)
    assert "Something else altogether" in words(answer)
    assert not Version.objects.exists()
    again = BeautifulSoup(answer.content, "html.parser")
    link = again.find("a", href=lambda href: href and href.startswith(address("publish_submission", submission)))[
        "href"
    ]
    checking.post(link)
    assert Version.objects.get().content["services"][0]["name"] == "Something else altogether"


def test_a_council_that_a_provider_has_moved_away_from_cannot_take_it_down(
    checking, checker, submission, other_council, other_checker
):
    actions.publish(submission=submission, by=checker)
    Provider.every.update(home_council=other_council)
    moved = Submission.objects.create(provider=submission.provider, council=other_council)
    actions.publish(submission=moved, by=other_checker)
    for name in ("suspend_provider", "put_provider_back"):
        assert checking.post(address(name, submission), {"reason": "x"}).status_code == 403
    assert Provider.listed.exists()
