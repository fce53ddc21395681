import datetime
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from providers.credentials.actions import record_check
from providers.credentials.wording import Look, public_sentence
from providers.models import Credential, Reference, Submission
from providers.moderation.actions import publish
from providers.references.actions import NotAskedError, TooLateError, answer, ask, decline, withdraw
from providers.references.links import reference_of, state_of, token_of
from providers.references.reading import answers_to
from providers.references.reminders import LADDER
from providers.references.retention import purge_references
from providers.references.rules import MOST_ASKED, State, WhyNot
from registry.models import AuditEvent, OutgoingMail
from registry.reminders.actions import climb
from registry.reminders.ladders import Due
from tests.cast import make_staff, sign_in
from tests.providers.moderation.makers import insured

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]
DAY = datetime.timedelta(days=1)
WORDS = "He came every Tuesday and my mother looked forward to it."
SAID = {"known_for": "years", "words": WORDS, "would_ask_again": "yes"}


@pytest.fixture
def listed(provider, checker):
    publish(submission=provider.submissions.get(), by=checker)
    provider.refresh_from_db()
    return provider


@pytest.fixture
def owner(client, provider_user):
    return sign_in(client, provider_user)


@pytest.fixture
def mary(listed, provider_user):
    return ask(provider=listed, name="Mary Jones", email="mary@home.example", by=provider_user)


def words(response):
    return " ".join(response.content.decode().split())


def page_of(reference):
    return reverse("reference", args=[token_of(reference)])


def asked_long_ago(reference, days=31):
    Reference.objects.filter(pk=reference.pk).update(asked_at=timezone.now() - days * DAY)


def say(reference):
    answer(reference=reference, known_for="years", words=WORDS, would_ask_again=True)


def three(provider, by):
    names = ("mary", "jo", "ali")
    return [ask(provider=provider, name=name, email=f"{name}@home.example", by=by) for name in names]


def check(credential, checker, council, outcome="seen"):
    day = timezone.localdate()
    record_check(credential=credential, council=council, by=checker, outcome=outcome, means="copy", seen_on=day)


def test_a_customer_is_written_to_once_with_a_link_that_needs_no_account(owner, listed, family):
    typed = {"customer_name": "Mary Jones", "customer_email": "mary@home.example", "has_asked": "on"}
    page = words(owner.post(reverse("ask_for_reference", args=[listed.slug]), typed, follow=True))
    assert "We have written to them" in page
    assert "Mary Jones" in page
    assert "You can ask 2 more people" in page
    mail = OutgoingMail.objects.get(to="mary@home.example")
    link = re.search(r"https?://\S+", mail.body)[0]
    opened = words(family.get(link))
    assert "This page is for Mary Jones" in opened
    assert "they only learn that you answered" in opened


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ({}, "Ask them first, and tick this"),
        ({"customer_name": "M" * 121}, "there is room for 120 letters"),
        ({"customer_email": "mary"}, "Type an e-mail address, like mary@home.example"),
        ({"customer_email": "rosie@example.com", "has_asked": "on"}, "This is an address of your own"),
        ({"customer_email": "Rosie@HomeHelp.example", "has_asked": "on"}, "This is an address of your own"),
        ({"customer_email": "MARY@home.example", "has_asked": "on"}, "You have asked this person"),
    ],
)
def test_who_cannot_be_asked_is_said_beside_the_question(owner, listed, mary, typed, error):
    before = {"customer_name": "Jo", "customer_email": "jo@home.example"}
    page = words(owner.post(reverse("ask_for_reference", args=[listed.slug]), before | typed))
    assert error in page
    assert Reference.objects.count() == 1


def test_three_are_asked_and_no_more(owner, listed, provider_user):
    three(listed, provider_user)
    with pytest.raises(NotAskedError) as refused:
        ask(provider=listed, name="Di", email="di@home.example", by=provider_user)
    assert refused.value.why is WhyNot.ENOUGH
    assert "You have asked enough people" in words(owner.get(reverse("my_references", args=[listed.slug])))


def test_nobody_uses_it_to_write_to_strangers(listed, provider_user):
    for number in range(MOST_ASKED):
        decline(reference=ask(provider=listed, name="A", email=f"{number}@home.example", by=provider_user))
    with pytest.raises(NotAskedError) as refused:
        ask(provider=listed, name="A", email="one-more@home.example", by=provider_user)
    assert refused.value.why is WhyNot.TOO_MANY
    Reference.objects.update(asked_at=timezone.now() - 31 * DAY)
    assert ask(provider=listed, name="A", email="one-more@home.example", by=provider_user)


def test_rule_17_opening_the_link_changes_nothing_and_answering_does(family, mary):
    for _look in range(2):
        assert family.get(page_of(mary)).status_code == 200
    mary.refresh_from_db()
    assert mary.answered_at is None
    done = family.post(page_of(mary), SAID, follow=True)
    assert "Thank you. We have your answer" in words(done)
    assert WORDS not in words(done)
    mary.refresh_from_db()
    assert (mary.known_for, mary.words, mary.would_ask_again) == ("years", WORDS, True)


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"known_for": ""}, "Choose how long"),
        ({"words": " "}, "Write a few words"),
        ({"words": "x" * 1001}, "there is room for 1000 letters"),
        ({"would_ask_again": ""}, "Choose yes or no"),
    ],
)
def test_a_question_that_was_left_out_is_named(family, mary, said, error):
    page = words(family.post(page_of(mary), SAID | said))
    assert error in page
    mary.refresh_from_db()
    assert mary.answered_at is None


def test_rule_16_the_page_gives_the_number_and_no_place_for_a_worry(family, mary, council):
    council.safeguarding_phone = "01225 396000"
    council.save()
    page = words(family.get(page_of(mary)))
    assert "ring 999" in page
    assert "01225 396000" in page
    assert "Please do not write about such a worry on this page" in page
    assert "ring 999" in OutgoingMail.objects.get(to="mary@home.example").body


def test_a_link_used_twice_answers_once(family, mary):
    family.post(page_of(mary), SAID)
    again = family.post(page_of(mary), SAID | {"words": "Something else"}, follow=True)
    assert "This link cannot be used to answer again" in words(again)
    mary.refresh_from_db()
    assert mary.words == WORDS
    with pytest.raises(TooLateError) as late:
        say(mary)
    assert late.value.state is State.ANSWERED
    family.post(reverse("reference_rather_not", args=[token_of(mary)]))
    mary.refresh_from_db()
    assert mary.words == WORDS


def test_a_link_that_was_sent_on_asks_the_other_not_to_answer(family, mary):
    assert "If somebody sent this on to you, please do not answer in their place" in words(family.get(page_of(mary)))


def test_a_link_that_is_too_old_says_so_and_takes_no_answer(family, mary):
    asked_long_ago(mary)
    assert "This link is too old" in words(family.get(page_of(mary)))
    assert "This link is too old" in words(family.post(page_of(mary), SAID))
    mary.refresh_from_db()
    assert mary.answered_at is None


def test_the_last_moment_of_the_link(mary):
    ends = mary.asked_at + 30 * DAY
    assert state_of(mary, ends - datetime.timedelta(seconds=1)) is State.ASKED
    assert state_of(mary, ends) is State.EXPIRED


def test_a_customer_would_rather_not_and_is_forgotten_at_once(owner, family, mary, listed):
    done = family.post(reverse("reference_rather_not", args=[token_of(mary)]), follow=True)
    assert "we will not write to you about this again" in words(done)
    mary.refresh_from_db()
    assert (mary.customer_name, mary.customer_email) == ("", "")
    mine = words(owner.get(reverse("my_references", args=[listed.slug])))
    assert "Would rather not say anything" in mine
    assert "Mary" not in mine


def test_the_provider_takes_a_question_back(owner, family, mary, listed):
    where = reverse("withdraw_reference", args=[listed.slug, mary.pk])
    for _press in range(2):
        assert owner.post(where).url == reverse("my_references", args=[listed.slug])
    assert "Your answer is no longer needed" in words(family.get(page_of(mary)))
    mary.refresh_from_db()
    assert mary.customer_email == ""
    assert AuditEvent.objects.filter(verb="reference.withdrawn").count() == 1


def test_an_answer_cannot_be_taken_back_by_the_provider(mary, provider_user):
    say(mary)
    withdraw(reference=mary, by=provider_user)
    mary.refresh_from_db()
    assert mary.words == WORDS


@pytest.mark.parametrize("spoil", [lambda token: token[:-3], lambda token: "nonsense", lambda token: f"0{token}"])
def test_a_link_that_is_not_whole_gets_a_plain_page(family, mary, spoil):
    token = spoil(token_of(mary))
    for address in (reverse("reference", args=[token]), reverse("reference_rather_not", args=[token])):
        answered = family.post(address) if "rather-not" in address else family.get(address)
        assert answered.status_code == 404
        assert "Part of it may be missing" in words(answered)


def test_the_link_of_a_provider_that_has_left_leads_nowhere(mary, listed):
    listed.left_at = timezone.now()
    listed.save()
    assert reference_of(token_of(mary)) is None


def test_the_provider_never_reads_what_was_written(owner, mary, listed):
    say(mary)
    mine = words(owner.get(reverse("my_references", args=[listed.slug])))
    assert "Answered" in mine
    assert WORDS not in mine


def test_with_the_third_answer_the_claim_is_made_and_waits_for_a_check(listed, provider_user, checker, council, client):
    asked = three(listed, provider_user)
    for reference in asked[:2]:
        say(reference)
    assert not Credential.every.filter(kind="references").exists()
    say(asked[2])
    claim = Credential.every.get(kind="references")
    assert (claim.level, claim.holder) == ("3", "provider")
    waiting = Submission.objects.waiting().get(provider=listed)
    sign_in(client, checker)
    where = reverse("check_credential", args=[waiting.pk, claim.pk])
    page = words(client.get(where))
    assert WORDS in page
    assert "mary@home.example" in page
    assert "Would ask them again" in page
    assert WORDS in words(client.get(reverse("check_one", args=[council.pk, claim.pk])))
    check(claim, checker, council)
    sentence = public_sentence(claim, Look(claim.checks.get()), timezone.localdate())
    day = timezone.localdate().strftime("%B %Y")
    assert sentence.startswith("References from 3 customers, read by Bath and North East Somerset Council on ")
    assert day in sentence


def test_nothing_about_a_customer_is_public(listed, provider_user, checker, council, family):
    for reference in three(listed, provider_user):
        say(reference)
    check(Credential.every.get(kind="references"), checker, council)
    page = words(family.get(f"/providers/{listed.slug}/"))
    assert "References from 3 customers, read by Bath and North East Somerset Council" in page
    for secret in ("mary@", "home.example", "Tuesday and my mother"):
        assert secret not in page


def test_who_answered_and_what_goes_the_day_after_a_council_read_it(listed, provider_user, checker, council):
    for reference in three(listed, provider_user):
        say(reference)
    claim = Credential.every.get(kind="references")
    today = timezone.localdate()
    assert purge_references(today + DAY) == 0
    check(claim, checker, council)
    assert purge_references(today) == 0
    assert len(answers_to(claim)) == 3
    assert purge_references(today + DAY) == 3
    assert purge_references(today + DAY) == 0
    assert not Reference.objects.exclude(customer_name="", customer_email="", words="").exists()
    assert Reference.objects.filter(answered_at__isnull=False, would_ask_again=True).count() == 3
    assert answers_to(claim) == []


def test_new_references_renew_the_old_ones(listed, provider_user, checker, council):
    for reference in three(listed, provider_user):
        say(reference)
    old = Credential.every.get(kind="references")
    check(old, checker, council)
    purge_references(timezone.localdate() + DAY)
    for reference in three(listed, provider_user):
        say(reference)
    new = Credential.every.get(kind="references", renews=old)
    assert len(answers_to(new)) == 3
    check(new, checker, council)
    old.refresh_from_db()
    assert old.replaced_at is not None


def test_who_did_not_answer_in_time_is_forgotten(mary, owner, listed):
    today = timezone.localdate()
    assert purge_references(today + 30 * DAY) == 0
    assert purge_references(today + 31 * DAY) == 1
    asked_long_ago(mary, 40)
    mine = words(owner.get(reverse("my_references", args=[listed.slug])))
    assert "No answer came" in mine
    assert "A customer" in mine


def test_who_has_not_answered_is_reminded_once_after_a_week(mary, listed, provider_user, family):
    jo = ask(provider=listed, name="Jo", email="jo@home.example", by=provider_user)
    say(jo)
    day = timezone.localdate(mary.asked_at)
    for days, mails in ((6, 1), (7, 2), (8, 2), (9, 2)):
        climb(day + days * DAY)
        assert OutgoingMail.objects.filter(to="mary@home.example").count() == mails
    last = OutgoingMail.objects.filter(to="mary@home.example").latest("pk")
    assert "this is the only reminder" in last.body
    assert family.get(re.search(r"https?://\S+", last.body)[0]).status_code == 200
    assert OutgoingMail.objects.filter(to="jo@home.example").count() == 1


def test_who_answered_just_before_is_not_reminded(mary):
    say(mary)
    assert LADDER.tell(Due(mary.pk, timezone.localdate(), mary.provider_id), 23, timezone.localdate()) == []


def test_an_answer_that_no_council_reads_goes_after_a_year(mary):
    say(mary)
    today = timezone.localdate()
    assert purge_references(today + 364 * DAY) == 0
    assert purge_references(today + 365 * DAY) == 1


def test_other_proof_has_no_answers(listed):
    assert answers_to(insured(listed)) == []


def test_rule_16_a_worry_in_an_answer_is_handed_over_and_taken_out(listed, provider_user, checker, council, client):
    asked = three(listed, provider_user)
    for reference in asked:
        say(reference)
    where = reverse("reference_safeguarding", args=[council.pk, asked[0].pk])
    sign_in(client, checker)
    assert WORDS in words(client.get(where))
    for _press in range(2):
        assert client.post(where).url == reverse("checks")
    asked[0].refresh_from_db()
    assert (asked[0].words, asked[0].customer_name) == ("", "")
    assert AuditEvent.objects.filter(verb="reference.words_removed").count() == 1
    assert "The words have been taken out" in words(client.get(where))


def test_another_council_that_does_not_know_the_provider_reads_nothing(mary, other_council, client):
    say(mary)
    other = make_staff("checker@other.example", "Oz Checker", other_council, "checker")
    where = reverse("reference_safeguarding", args=[other_council.pk, mary.pk])
    assert sign_in(client, other).get(where).status_code == 404


def test_rule_15_the_audit_holds_no_name_no_address_and_no_words(mary):
    say(mary)
    told = str(list(AuditEvent.objects.filter(verb__startswith="reference.").values()))
    for secret in ("Mary", "home.example", "Tuesday"):
        assert secret not in told


def test_a_reader_sees_who_was_asked_and_asks_nobody(client, mary, listed, colleague):
    sign_in(client, colleague)
    page = words(client.get(reverse("my_references", args=[listed.slug])))
    assert "Mary Jones" in page
    assert "Name a customer" not in page
    assert "Take back" not in page


def test_the_reference_of_another_provider_is_not_found(owner, listed, other_provider, other_provider_user):
    theirs = ask(provider=other_provider, name="Di", email="di@home.example", by=other_provider_user)
    assert owner.post(reverse("withdraw_reference", args=[listed.slug, theirs.pk])).status_code == 404
