import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from providers.introducing import actions
from providers.introducing.handed_down import blank_introductions, purge_unclaimed
from providers.introducing.rules import Stage, is_forgotten, may_send_again, stage
from providers.joining.actions import save_step, start_draft
from providers.models import Draft, DraftStep, Provider, ProviderMembership, Submission
from registry.accounts.actions import leave
from registry.accounts.rules import Refused
from registry.models import AuditEvent, CouncilMembership, OutgoingMail, User
from registry.models.council_membership import CouncilRole
from tests.cast import sign_in
from tests.factories.registrations import answers
from tests.providers.joining.typed import SIMPLE_STEPS, typed

pytestmark = pytest.mark.django_db
KNOWN = {"you": {"name": "Rosie's Home Help", "phone": "07700 900 123"}, "where": {"base_postcode": "BA1 1LZ"}}


def verbs():
    return list(AuditEvent.objects.order_by("pk").values_list("verb", flat=True))


def text(response):
    return response.content.decode()


@pytest.fixture
def staff(client, checker, council, postcodes):
    return sign_in(client, checker)


@pytest.fixture
def rosie(provider_user):
    return sign_in(Client(), provider_user)


@pytest.fixture
def invited(council, checker, postcodes):
    """What the council knows of Rosie, sent to her address."""
    draft = actions.begin(council=council, email="Rosie@Example.com", known=KNOWN, by=checker)
    actions.send_invitation(draft=draft, by=checker)
    draft.refresh_from_db()
    return draft


@pytest.fixture
def written(council, checker, postcodes):
    """All that Rosie said on the phone, not confirmed yet."""
    draft = actions.begin(council=council, email="rosie@example.com", known={}, by=checker)
    for step, facts in answers().items():
        save_step(draft=draft, step=step, facts=facts, by=checker)
    return draft


def link(draft):
    return reverse("introduced_me", args=[draft.pk])


class TestRules:
    def test_each_stage_follows_from_what_happened(self):
        told = [stage(is_invited=i, is_taken_over=t, is_sent=s) for i, t, s in [(0, 0, 0), (1, 0, 0), (1, 1, 0)]]
        assert told == [Stage.WRITTEN, Stage.INVITED, Stage.TAKEN_OVER]
        assert stage(is_invited=True, is_taken_over=True, is_sent=True) == Stage.SENT

    def test_an_hour_lies_between_two_messages(self):
        now = timezone.now()
        assert may_send_again(None, now)
        assert not may_send_again(now - datetime.timedelta(minutes=59), now)
        assert may_send_again(now - datetime.timedelta(minutes=60), now)

    def test_sixty_days_are_given(self):
        today = datetime.date(2026, 3, 3)
        assert not is_forgotten(today - datetime.timedelta(days=60), today)
        assert is_forgotten(today - datetime.timedelta(days=61), today)


class TestInviting:
    def test_only_an_address_is_needed(self, staff, council, checker):
        answer = staff.post(reverse("invite_provider"), {"email": "Rosie@Example.com"})
        assert answer.url == reverse("introduced")
        draft = Draft.objects.get()
        assert (draft.user, draft.begun_for, draft.begun_by) == (None, council, checker)
        assert draft.for_email == "rosie@example.com"
        assert not draft.steps.exists()
        mail = OutgoingMail.objects.get()
        assert mail.to == "rosie@example.com"
        assert link(draft) in mail.body
        assert "would like to list what you do" in mail.body
        assert verbs()[-2:] == ["introduction.begun", "introduction.sent"]

    def test_what_is_known_is_filled_in_and_counts_as_nobodys_answer(self, staff, rosie):
        page = {
            "email": "rosie@example.com",
            "name": "Rosie's \u202eHome Help",
            "phone": "07700 900 123",
            "legal_form": "sole_trader",
            "what": "Lunch and company",
            "postcode": "ba11lz",
        }
        staff.post(reverse("invite_provider"), page)
        draft = Draft.objects.get()
        rosie.post(link(draft))
        you = text(rosie.get(reverse("join_step", args=["you"])))
        assert 'value="Rosie&#x27;s Home Help"' in you
        assert 'value="07700 900 123"' in you
        assert 'value="Lunch and company"' in text(rosie.get(reverse("join_step", args=["service"])))
        assert 'value="BA1 1LZ"' in text(rosie.get(reverse("join_step", args=["where"])))
        assert "0 of" in text(rosie.get(reverse("join_steps")))
        # Once she has said it herself, her word stands.
        rosie.post(reverse("join_step", args=["you"]), typed("you", name="Rosie at Home"))
        assert 'value="Rosie at Home"' in text(rosie.get(reverse("join_step", args=["you"])))

    @pytest.mark.parametrize(
        ("page", "said"),
        [
            ({}, "Type their email address"),
            ({"email": "nonsense"}, "in the correct format"),
            ({"email": "a@b.example", "phone": "12"}, "Type a full phone number"),
            ({"email": "a@b.example", "postcode": "XX"}, "Enter a full postcode"),
        ],
    )
    def test_what_cannot_be_sent_says_why(self, staff, page, said):
        assert said in text(staff.post(reverse("invite_provider"), page))
        assert not Draft.objects.exists()

    def test_one_address_is_invited_once_by_a_council(self, staff, invited):
        page = text(staff.post(reverse("invite_provider"), {"email": "ROSIE@example.com"}))
        assert "has begun a registration for this address already" in page
        assert Draft.objects.count() == 1

    def test_somebody_of_two_councils_says_which(self, staff, checker, other_council):
        CouncilMembership.objects.create(user=checker, council=other_council, role=CouncilRole.ADMINISTRATOR)
        assert "Choose the council" in text(staff.post(reverse("invite_provider"), {"email": "a@b.example"}))
        staff.post(reverse("invite_provider"), {"email": "a@b.example", "council": other_council.pk})
        assert Draft.objects.get().begun_for == other_council

    def test_the_council_hears_that_it_may_be_here_already(self, staff, provider):
        page = {"email": "other@example.com", "phone": "07700 900123"}
        answer = staff.post(reverse("invite_provider"), page, follow=True)
        assert "Somebody has begun to register a business with this phone number" in text(answer)
        assert "Rosie" not in text(answer)


class TestTheList:
    def test_it_says_how_far_each_has_come(self, staff, invited, rosie):
        page = text(staff.get(reverse("introduced")))
        assert "rosie@example.com" in page
        assert "Waits for them" in page
        rosie.post(link(invited))
        page = text(staff.get(reverse("introduced")))
        assert "They go on with it" in page
        assert "Send again" not in page

    def test_the_checks_page_leads_there_and_an_empty_list_says_so(self, staff):
        assert reverse("introduced") in text(staff.get(reverse("checks")))
        page = text(staff.get(reverse("introduced")))
        assert "Nobody has been invited yet." in page
        assert reverse("claims") in page

    def test_sending_again_waits_an_hour(self, staff, invited):
        url = reverse("send_introduction_again", args=[invited.pk])
        assert "less than an hour ago" in text(staff.post(url, follow=True))
        Draft.objects.update(invited_at=timezone.now() - datetime.timedelta(hours=2))
        assert "We have sent a message" in text(staff.post(url, follow=True))
        assert OutgoingMail.objects.filter(to="rosie@example.com").count() == 2

    def test_taking_it_back_deletes_what_was_written_down(self, staff, invited, rosie):
        staff.post(reverse("withdraw_introduction", args=[invited.pk]))
        assert not Draft.objects.exists()
        assert "introduction.withdrawn" in verbs()
        answer = rosie.get(link(invited))
        assert answer.status_code == 410
        assert "has taken it back" in text(answer)

    def test_another_council_never_sees_it(self, invited, other_council):
        theirs = User.objects.create_user("checker@next.example", "Nia Next")
        CouncilMembership.objects.create(user=theirs, council=other_council, role=CouncilRole.CHECKER)
        browser = sign_in(Client(), theirs)
        assert "rosie@example.com" not in text(browser.get(reverse("introduced")))
        for name in ("phone_steps", "phone_check"):
            assert browser.get(reverse(name, args=[invited.pk])).status_code == 404
        assert browser.post(reverse("withdraw_introduction", args=[invited.pk])).status_code == 404

    def test_nor_does_the_council_once_it_is_taken_over(self, staff, invited, rosie):
        rosie.post(link(invited))
        assert staff.get(reverse("phone_steps", args=[invited.pk])).status_code == 404
        assert staff.get(reverse("phone_step", args=[invited.pk, "you"])).status_code == 404
        assert staff.post(reverse("withdraw_introduction", args=[invited.pk])).status_code == 404
        assert Draft.objects.filter(pk=invited.pk).exists()


class TestByPhone:
    def test_a_checker_walks_the_same_steps_and_the_person_confirms(self, staff, rosie, provider_user, council):
        answer = staff.post(reverse("register_by_phone"), {"email": "rosie@example.com", "name": "Rosie's Home Help"})
        draft = Draft.objects.get()
        assert answer.url == reverse("phone_step", args=[draft.pk, "you"])
        page = text(staff.get(answer.url))
        assert "You write this down for rosie@example.com" in page
        assert 'value="Rosie&#x27;s Home Help"' in page
        for step in SIMPLE_STEPS:
            address = reverse("phone_step", args=[draft.pk, step])
            assert 'type="file"' not in text(staff.get(address))
            assert staff.post(address, typed(step)).status_code == 302, step
        assert "Type the name you trade under" in text(
            staff.post(reverse("phone_step", args=[draft.pk, "you"]), typed("you", name=""))
        )
        assert "8 of 8 done" in text(staff.get(reverse("phone_steps", args=[draft.pk])))
        check = reverse("phone_check", args=[draft.pk])
        assert "Lunch and company at home" in text(staff.get(check))
        assert not OutgoingMail.objects.exists()
        staff.post(check)
        assert "as you said it on the phone" in OutgoingMail.objects.get().body
        assert not Submission.objects.exists()

        page = text(rosie.get(link(draft)))
        assert "Lunch and company at home" in page
        assert rosie.post(link(draft)).url == reverse("join_check")
        assert "Send it to your council" in text(rosie.get(reverse("join_check")))
        rosie.post(reverse("join_check"))
        submission = Submission.objects.get()
        assert (submission.sent_by, submission.council) == (provider_user, council)
        assert ProviderMembership.objects.get().user == provider_user
        assert "Sent to the council" in text(staff.get(reverse("introduced")))
        # The link used again leads to what has become of it.
        assert rosie.get(link(draft)).url == reverse("my_provider", args=[Provider.every.get().slug])

    def test_the_page_says_why_an_address_is_needed(self, staff):
        page = text(staff.get(reverse("register_by_phone")))
        assert "relative or friend" in page
        assert "Type their email address" in text(staff.post(reverse("register_by_phone"), {}))

    def test_a_call_may_stop_half_way(self, staff, council, checker):
        draft = actions.begin(council=council, email="a@b.example", known=KNOWN, by=checker)
        page = text(staff.get(reverse("phone_check", args=[draft.pk])))
        assert "They can do this themselves" in page
        assert "Being written" in text(staff.get(reverse("introduced")))

    def test_it_says_on_the_call_what_may_be_here_already(self, staff, provider, council, checker):
        draft = actions.begin(council=council, email="a@b.example", known=KNOWN, by=checker)
        assert "This may be on the register already" in text(staff.get(reverse("phone_check", args=[draft.pk])))
        answer = staff.post(reverse("register_by_phone"), {"email": "b@b.example", "name": "Rosies Homehelp"})
        assert answer.status_code == 302


class TestTakingOver:
    def test_opening_the_link_changes_nothing(self, family, invited, rosie):
        page = text(family.get(link(invited)))
        assert f"{reverse('account_login')}?next={link(invited)}" in page
        assert "Rosie" not in page
        assert "has begun it for you" in text(rosie.get(link(invited)))
        assert Draft.objects.get().user is None
        assert not DraftStep.objects.exclude(step="known").exists()

    def test_the_button_makes_it_theirs_once(self, invited, rosie, provider_user):
        assert rosie.post(link(invited)).url == reverse("join_steps")
        actions.take_over(draft=invited, by=provider_user)
        assert rosie.post(link(invited)).url == reverse("join_steps")
        assert Draft.objects.get().user == provider_user
        assert verbs().count("introduction.taken_over") == 1

    def test_a_forwarded_link_is_of_no_use(self, invited, provider_user):
        other = User.objects.create_user("else@example.com")
        answer = sign_in(Client(), other).post(link(invited))
        assert answer.status_code == 403
        assert "for another email address" in text(answer)
        assert "rosie@example.com" not in text(answer)
        assert "Rosie" not in text(answer)
        with pytest.raises(Refused, match="another email address"):
            actions.take_over(draft=invited, by=other)

    def test_one_that_somebody_took_over_is_closed_to_others(self, family, invited, rosie):
        rosie.post(link(invited))
        assert family.get(link(invited)).status_code == 410
        other = User.objects.create_user("else@example.com")
        assert sign_in(Client(), other).get(link(invited)).status_code == 410

    def test_after_sixty_days_the_link_is_closed_and_the_draft_deleted(self, invited, rosie):
        today = timezone.localdate()
        assert purge_unclaimed(today + datetime.timedelta(days=60)) == 0
        Draft.objects.update(touched_at=timezone.now() - datetime.timedelta(days=61, hours=1))
        assert rosie.post(link(invited)).status_code == 410
        assert purge_unclaimed(today) == 1
        assert purge_unclaimed(today) == 0
        assert not Draft.objects.exists()

    def test_what_the_person_began_stays_and_the_gaps_are_filled(self, written, rosie, provider_user, council):
        own = start_draft(by=provider_user)
        save_step(draft=own, step="you", facts=answers()["you"] | {"name": "My Own Words"}, by=provider_user)
        page = text(rosie.get(link(written)))
        assert "You have begun a registration yourself" in page
        rosie.post(link(written))
        draft = Draft.objects.get()
        assert (draft.pk, draft.user, draft.begun_for) == (written.pk, provider_user, council)
        assert draft.steps.get(step="you").answers["name"] == "My Own Words"
        assert draft.steps.get(step="service").answers["name"] == "Lunch and company at home"

    def test_what_was_taken_over_is_not_sent_again(self, invited, provider_user, checker):
        actions.take_over(draft=invited, by=provider_user)
        with pytest.raises(Refused, match="taken it over"):
            actions.send_invitation(draft=invited, by=checker)
        actions.withdraw(draft=invited, by=checker)
        assert Draft.objects.get().user == provider_user

    def test_the_home_page_shows_what_waits(self, invited, written_not_sent, rosie):
        page = text(rosie.get("/"))
        assert link(invited) in page
        assert link(written_not_sent) not in page

    @pytest.fixture
    def written_not_sent(self, other_council, checker):
        return actions.begin(council=other_council, email="rosie@example.com", known={}, by=checker)

    def test_the_address_goes_ninety_days_after(self, staff, invited, provider_user):
        actions.take_over(draft=invited, by=provider_user)
        today = timezone.localdate()
        assert blank_introductions(today + datetime.timedelta(days=90)) == 0
        assert blank_introductions(today + datetime.timedelta(days=92)) == 1
        assert blank_introductions(today + datetime.timedelta(days=92)) == 0
        assert "Nobody has been invited yet." in text(staff.get(reverse("introduced")))

    def test_closing_the_account_deletes_what_waited(self, invited, provider_user):
        leave(user=provider_user, by=provider_user)
        assert not Draft.objects.exists()
