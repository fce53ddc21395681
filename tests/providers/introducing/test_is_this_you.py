import datetime

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from providers.introducing import claim_actions
from providers.introducing.duplicates import described, twins_of
from providers.introducing.handed_down import blank_claims
from providers.introducing.rules import Described, Reason
from providers.joining.actions import save_step, start_draft
from providers.joining.said import Said
from providers.models import Draft, Identifier, ProviderClaim, ProviderMembership, Submission, TwinAnswer
from providers.models.provider_membership import ProviderRole
from providers.moderation.actions import publish
from registry.accounts.actions import leave
from registry.models import AuditEvent, Council, OutgoingMail, User
from tests.cast import sign_in
from tests.factories.registrations import answers, write_draft
from tests.providers.joining.typed import typed
from tests.providers.listings.makers import make_provider

pytestmark = pytest.mark.django_db
ASK = "/join/is-this-you/"


def verbs():
    return list(AuditEvent.objects.order_by("pk").values_list("verb", flat=True))


def text(response):
    return response.content.decode()


@pytest.fixture
def sam(db):
    return User.objects.create_user("sam@example.com", "Sam Second")


@pytest.fixture
def visitor(client, sam, council, postcodes):
    return sign_in(client, sam)


@pytest.fixture
def listed(provider, checker):
    publish(submission=Submission.objects.get(), by=checker)
    provider.refresh_from_db()
    OutgoingMail.objects.all().delete()
    return provider


@pytest.fixture
def imported(council):
    """On a public list, brought over: nobody runs it here."""
    return make_provider(
        council, "Lunch with Ana", phone="01225 460 000", listed_at=timezone.now(), source="A public list"
    )


def save(visitor, step, **changes):
    return visitor.post(reverse("join_step", args=[step]), typed(step, **changes))


class TestTheQuery:
    def test_the_extension_needs_no_superuser(self):
        """A managed server gives none; the owner of a database may create what is trusted."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT trusted FROM pg_available_extension_versions v JOIN pg_extension e"
                " ON e.extname = v.name AND e.extversion = v.version WHERE v.name = 'pg_trgm'"
            )
            assert cursor.fetchall() == [(True,)]

    @pytest.mark.parametrize(
        ("mine", "why"),
        [
            (Described(name="Rosies Homehelp", outcode="BA1"), [Reason.NAME]),
            (Described(name="ROSIE'S HOME-HELP LTD", town="larkhall, bath"), [Reason.NAME]),
            (Described(name="Rosies Homehelp", outcode="BA15", town="Bradford on Avon"), None),
            (Described(name="Rosies Homehelp"), None),
            (Described(name="Rosa's Dog Walks", outcode="BA1"), None),
            (Described(phone="+44 7700 900123"), [Reason.PHONE]),
            (Described(email="ROSIE@homehelp.example"), [Reason.EMAIL]),
            (Described(numbers={"company": "01234567"}), [Reason.NUMBER]),
            (Described(numbers={"charity": "01234567"}), None),
        ],
    )
    def test_it_finds_what_the_rule_finds(self, listed, mine, why):
        Identifier.objects.create(provider=listed, scheme="company", value="01234567")
        found = twins_of(mine, None)
        assert [(twin.provider, twin.reasons) for twin in found] == ([(listed, why)] if why else [])

    def test_at_most_three_are_shown_the_likeliest_first(self, council):
        for number in range(4):
            make_provider(council, f"Lunch with Ana {number}", phone=f"01225 00000{number}", listed_at=timezone.now())
        mine = Described(name="Lunch with Ana", outcode="BA2", phone="01225 000003")
        found = twins_of(mine, None)
        assert len(found) == 3
        assert found[0].provider.name == "Lunch with Ana 3"

    def test_who_has_left_is_nobodys_twin(self, listed):
        listed.left_at = timezone.now()
        listed.save()
        assert twins_of(Described(phone=listed.phone), None) == []

    def test_register_numbers_count_wherever_a_step_asks_for_them(self):
        said = Said({"you": {"name": "Ana"}, "numbers": {"company": "1234567", "ico": None, "charity": ""}})
        assert described(said).numbers == {"company": "01234567"}


class TestTheQuestion:
    def test_it_comes_after_the_first_step_and_is_not_asked_twice(self, visitor, listed):
        answer = save(visitor, "you", name="Rosies Homehelp", email="other@example.com")
        assert answer.url == ASK
        page = text(visitor.get(ASK))
        assert "Yes: Rosie&#x27;s Home Help, Larkhall, Bath" in page
        assert "the same phone number" in page
        assert visitor.post(ASK, {"which": "none"}).url == reverse("join_step", args=["size"])
        assert TwinAnswer.objects.get().is_us is False
        assert save(visitor, "you").url != ASK
        assert visitor.get(ASK).url != ASK

    def test_a_name_is_compared_once_the_place_is_known(self, visitor, listed):
        other = {"name": "Rosies Homehelp", "phone": "07700 900 999", "email": ""}
        assert save(visitor, "you", **other).url != ASK
        assert save(visitor, "service").url != ASK
        assert save(visitor, "where").url == ASK
        assert "a name like yours, and close by" in text(visitor.get(ASK))

    def test_it_comes_again_before_sending(self, visitor, sam, listed):
        """However the answers came to be there."""
        write_draft(sam)
        assert visitor.get(reverse("join_check")).url == ASK
        assert visitor.post(reverse("join_check")).url == ASK
        assert not Submission.objects.filter(sent_by=sam).exists()
        visitor.post(ASK, {"which": "none"})
        visitor.post(reverse("join_check"))
        assert Submission.objects.filter(sent_by=sam).exists()

    def test_most_people_never_see_it(self, visitor, listed):
        other = {"name": "Dog Walks with Sam", "phone": "07700 900 999", "email": "sam@example.com"}
        assert save(visitor, "you", **other).url == reverse("join_step", args=["size"])
        assert visitor.get(ASK).status_code == 302

    def test_without_a_registration_there_is_nothing_to_ask(self, visitor):
        assert visitor.get(ASK).url == reverse("join_steps")

    def test_a_change_to_what_is_on_record_is_never_asked_about(self, client, listed, provider_user, other_provider):
        answer = sign_in(client, provider_user).post(reverse("my_step", args=[listed.slug, "you"]), typed("you"))
        assert answer.url != ASK
        assert client.get(ASK).url == reverse("join_steps")

    def test_no_answer_is_asked_for(self, visitor, listed):
        save(visitor, "you")
        assert "Choose the one that is yours" in text(visitor.post(ASK, {}))
        assert not TwinAnswer.objects.exists()


class TestNothingPrivateLeaks:
    def test_a_listing_that_is_not_public_is_told_by_the_shared_number_alone(self, visitor, provider):
        """Sent, and waiting for its council."""
        save(visitor, "you", name="Something Else", email="other@example.com")
        page = text(visitor.get(ASK))
        assert "Somebody has begun to register a business with this phone number." in page
        for private in ("Rosie", "Larkhall", provider.slug, "rosie@homehelp.example", "BA1"):
            assert private not in page

    def test_a_suspended_one_is_not_named_either(self, visitor, listed, checker):
        listed.suspended_at, listed.suspended_by = timezone.now(), checker
        listed.save()
        save(visitor, "you", name="Something Else")
        assert "Rosie" not in text(visitor.get(ASK))

    def test_a_name_alone_gives_no_private_listing_away(self, visitor, provider):
        save(visitor, "you", name="Rosies Homehelp", phone="07700 900 999", email="")
        save(visitor, "service")
        assert save(visitor, "where").url != ASK

    @pytest.mark.parametrize("name", ["claim_provider", "another_business"])
    def test_nobody_can_ask_about_a_listing_that_is_not_like_theirs(self, visitor, listed, name):
        address = reverse(name, args=[listed.pk])
        assert visitor.post(address).status_code == 404
        save(visitor, "you", name="Something Else", phone="07700 900 999", email="")
        assert visitor.post(address).status_code == 404

    def test_owners_hear_who_asks_and_the_one_who_asks_hears_nothing(self, visitor, listed, provider_user, colleague):
        save(visitor, "you", name="Rosies Homehelp")
        for _ in range(2):
            answer = visitor.post(ASK, {"which": str(listed.pk)}, follow=True)
        # Readers and editors decide about nobody.
        mail = OutgoingMail.objects.get()
        assert mail.to == provider_user.email
        assert "Sam Second (sam@example.com)" in mail.body
        assert reverse("invite_to_provider", args=[listed.slug]) in mail.body
        page = text(answer)
        assert "We have asked those who run it to add you" in page
        assert "Rosie Carer" not in page
        assert provider_user.email not in page
        assert not ProviderMembership.objects.filter(user__email="sam@example.com").exists()
        assert verbs().count("twin.asked_owners") == 1


class TestYes:
    def test_one_business_is_not_sent_twice_until_the_yes_is_taken_back(self, visitor, sam, listed):
        write_draft(sam)
        visitor.post(ASK, {"which": str(listed.pk)})
        assert visitor.post(reverse("join_check")).url == ASK
        assert save(visitor, "you").url != ASK
        visitor.post(reverse("another_business", args=[listed.pk]))
        assert TwinAnswer.objects.get().is_us is False
        assert visitor.get(reverse("join_check")).status_code == 200

    def test_ones_own_second_registration_is_deleted(self, client, listed, provider_user):
        sign_in(client, provider_user)
        client.post(reverse("join_another"))
        save(client, "you", name="Rosies Homehelp")
        assert "You already run it" in text(client.get(ASK))
        assert client.post(ASK, {"which": str(listed.pk)}).url == reverse("my_provider", args=[listed.slug])
        assert not Draft.objects.filter(user=provider_user, provider=None).exists()

    def test_who_was_added_meanwhile_is_led_to_the_listing(self, visitor, sam, listed):
        save(visitor, "you", name="Rosies Homehelp")
        visitor.post(ASK, {"which": str(listed.pk)})
        ProviderMembership.objects.create(user=sam, provider=listed, role=ProviderRole.EDITOR)
        page = text(visitor.get(ASK))
        assert "You run it now." in page
        assert reverse("my_provider", args=[listed.slug]) in page


class TestClaims:
    @pytest.fixture
    def address(self, visitor, imported):
        save(visitor, "you", name="Ana's Lunches", phone="01225 460000", email="")
        answer = visitor.post(ASK, {"which": str(imported.pk)})
        assert answer.url == reverse("claim_provider", args=[imported.pk])
        return answer.url

    @pytest.fixture
    def claim(self, visitor, address):
        visitor.post(address, {"words": "I am Ana, ring me."})
        return ProviderClaim.objects.get()

    def test_what_nobody_runs_is_asked_of_the_council(self, visitor, address, imported, council):
        assert "can let you run the listing" in text(visitor.get(address))
        assert "Say in a few words" in text(visitor.post(address, {}))
        assert visitor.post(address, {"words": "I am Ana."}).url == ASK
        visitor.post(address, {"words": "Again."})
        claim = ProviderClaim.objects.get()
        assert (claim.provider, claim.council, claim.words) == (imported, council, "I am Ana.")
        assert "We have asked the council" in text(visitor.get(ASK))
        assert "It has not decided yet" in text(visitor.get("/"))
        assert verbs().count("provider.claimed") == 1

    def test_a_council_that_does_not_use_the_site_cannot_be_asked(self, visitor, address):
        Council.objects.update(switched_on_on=None)
        assert "does not use Nearhand yet" in text(visitor.get(address))
        visitor.post(address, {"words": "I am Ana."})
        assert not ProviderClaim.objects.exists()

    def test_a_yes_taken_back_takes_the_claim_back(self, visitor, claim, imported):
        visitor.post(reverse("another_business", args=[imported.pk]))
        assert not ProviderClaim.objects.exists()
        assert "provider.claim_withdrawn" in verbs()

    def test_checkers_see_it_and_others_do_not(self, claim, checker, administrator, commissioner, other_commissioner):
        staff = sign_in(Client(), checker)
        assert "1 person says that a listing is theirs" in text(staff.get("/"))
        assert "Lunch with Ana" in text(staff.get(reverse("claims")))
        page = text(staff.get(reverse("decide_claim", args=[claim.pk])))
        assert "I am Ana, ring me." in page
        assert "Nobody" in page
        for user, answer in ((administrator, 403), (commissioner, 403), (other_commissioner, 404)):
            assert sign_in(Client(), user).get(reverse("decide_claim", args=[claim.pk])).status_code == answer

    def test_granting_makes_an_owner_and_keeps_what_was_written(self, visitor, sam, claim, imported, checker):
        staff = sign_in(Client(), checker)
        OutgoingMail.objects.all().delete()
        assert staff.post(reverse("decide_claim", args=[claim.pk]), {"decision": "grant"}).url == reverse("claims")
        assert ProviderMembership.objects.get(user=sam, provider=imported).role == "owner"
        # Nothing is typed again: it waits as a change to the listing.
        draft = Draft.objects.get(user=sam)
        assert draft.provider == imported
        assert draft.steps.get(step="you").answers["name"] == "Ana's Lunches"
        mail = OutgoingMail.objects.get()
        assert mail.to == sam.email
        assert "agrees that Lunch with Ana is yours" in mail.body
        assert "provider.claim_granted" in verbs()
        assert "You changed something and have not sent it yet" in text(
            visitor.get(reverse("my_provider", args=[imported.slug]))
        )

    def test_owners_who_never_answered_are_told_of_another(self, visitor, sam, listed, checker, provider_user):
        save(visitor, "you", name="Rosies Homehelp")
        visitor.post(ASK, {"which": str(listed.pk)})
        visitor.post(reverse("claim_provider", args=[listed.pk]), {"words": "I am Rosie's partner."})
        OutgoingMail.objects.all().delete()
        claim_actions.grant(claim=ProviderClaim.objects.get(), by=checker)
        to = {mail.to: mail.body for mail in OutgoingMail.objects.all()}
        assert set(to) == {sam.email, provider_user.email}
        assert "has made Sam Second an owner" in to[provider_user.email]
        # A change of the owners was open already (their draft): theirs stays theirs.
        assert Draft.objects.get(user=sam).provider is None

    def test_an_editor_who_claims_becomes_an_owner_and_nothing_else_is_carried_over(self, imported, sam, checker):
        ProviderMembership.objects.create(user=sam, provider=imported, role=ProviderRole.EDITOR)
        claim = ProviderClaim.objects.create(provider=imported, user=sam, council=imported.home_council)
        claim_actions.grant(claim=claim, by=checker)
        assert ProviderMembership.objects.get(user=sam).role == "owner"

    def test_what_is_written_now_of_another_business_stays_apart(self, visitor, sam, claim, imported, checker):
        draft = Draft.objects.get(user=sam)
        facts = answers(you={"name": "Dog Walks", "phone": "07700 900 999", "email": ""})
        save_step(draft=draft, step="you", facts=facts["you"], by=sam)
        claim_actions.grant(claim=claim, by=checker)
        draft.refresh_from_db()
        assert draft.provider is None

    def test_refusing_needs_a_reason_that_goes_to_the_person_alone(self, claim, sam, checker):
        staff = sign_in(Client(), checker)
        url = reverse("decide_claim", args=[claim.pk])
        assert "Say why" in text(staff.post(url, {"decision": "refuse"}))
        assert "Say whether it is theirs" in text(staff.post(url, {}))
        OutgoingMail.objects.all().delete()
        staff.post(url, {"decision": "refuse", "reason": "Please ring us."})
        assert "Please ring us." in OutgoingMail.objects.get().body
        assert not ProviderMembership.objects.filter(user=sam).exists()
        assert "No, on" in text(staff.get(reverse("claims")))
        assert "said no on" in text(staff.get(url))

    def test_the_second_of_two_checkers_hears_that_it_was_decided(self, claim, checker):
        claim_actions.refuse(claim=claim, reason="No.", by=checker)
        staff = sign_in(Client(), checker)
        page = staff.post(reverse("decide_claim", args=[claim.pk]), {"decision": "grant"}, follow=True)
        assert "decided before you" in text(page)
        assert not ProviderMembership.objects.filter(user=claim.user).exists()

    def test_a_listing_that_left_meanwhile_gets_no_owner(self, claim, checker, imported):
        imported.left_at = timezone.now()
        imported.save()
        claim_actions.grant(claim=claim, by=checker)
        assert not ProviderMembership.objects.exists()

    def test_the_action_itself_refuses_the_wrong_person(self, claim, other_commissioner):
        with pytest.raises(claim_actions.PermissionDenied):
            claim_actions.grant(claim=claim, by=other_commissioner)

    def test_words_go_ninety_days_after_the_decision(self, claim, checker):
        claim_actions.refuse(claim=claim, reason="No.", by=checker)
        today = timezone.localdate()
        assert blank_claims(today + datetime.timedelta(days=89)) == 0
        assert blank_claims(today + datetime.timedelta(days=92)) == 1
        assert blank_claims(today + datetime.timedelta(days=92)) == 0
        page = text(sign_in(Client(), checker).get(reverse("decide_claim", args=[claim.pk])))
        assert "Not kept any more" in page

    def test_closing_the_account_takes_open_claims_back(self, claim, sam):
        leave(user=sam, by=sam)
        assert not ProviderClaim.objects.exists()

    def test_nothing_to_decide_is_said(self, checker):
        assert "Nobody has said so." in text(sign_in(Client(), checker).get(reverse("claims")))


def test_a_step_saved_by_another_way_in_starts_no_question(sam, provider):
    """The question belongs to the pages; the actions themselves know nothing of it."""
    draft = start_draft(by=sam)
    save_step(draft=draft, step="you", facts=answers()["you"], by=sam)
    assert not TwinAnswer.objects.exists()
