import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from providers.models import Draft, DraftFile, Evidence, ProviderInvitation, ProviderMembership
from providers.models.provider_invitation import INVITATION_LASTS
from providers.models.provider_membership import ProviderRole
from providers.people import actions
from providers.people.handed_down import blank_invitations
from registry.accounts.actions import leave as close_account
from registry.accounts.rules import Refused
from registry.models import AuditEvent, OutgoingMail, User
from tests.cast import sign_in
from tests.factories.registrations import write_draft

pytestmark = pytest.mark.django_db


def verbs():
    return list(AuditEvent.objects.order_by("pk").values_list("verb", flat=True))


def text(response):
    return response.content.decode()


def role_of(user):
    return ProviderMembership.objects.current().filter(user=user).values_list("role", flat=True).first()


def part(user):
    return ProviderMembership.objects.current().get(user=user)


@pytest.fixture
def owner(client, provider, provider_user):
    """The owner's browser; what registering wrote down is out of the way."""
    OutgoingMail.objects.all().delete()
    return sign_in(client, provider_user)


@pytest.fixture
def editor(provider):
    user = User.objects.create_user("editor@example.com", "Edi Editor")
    ProviderMembership.objects.create(user=user, provider=provider, role=ProviderRole.EDITOR)
    return user


@pytest.fixture
def invited():
    return User.objects.create_user("invited@example.com", "Ivy Invited")


@pytest.fixture
def invitation(provider, provider_user):
    return actions.invite(provider=provider, email="Invited@Example.com", role=ProviderRole.EDITOR, by=provider_user)


def link(invitation):
    return reverse("provider_invitation", args=[invitation.pk])


class TestThePage:
    def test_it_says_who_does_what_in_a_sentence(self, owner, provider, colleague):
        page = text(owner.get(reverse("provider_people", args=[provider.slug])))
        assert "Rosie Carer" in page
        assert "Kit Colleague" in page
        assert "Reads, and changes nothing." in page
        assert reverse("invite_to_provider", args=[provider.slug]) in page

    def test_a_reader_sees_who_and_can_only_leave(self, client, provider, colleague):
        page = text(sign_in(client, colleague).get(reverse("provider_people", args=[provider.slug])))
        assert "Rosie Carer" in page
        assert reverse("invite_to_provider", args=[provider.slug]) not in page
        assert reverse("leave_provider", args=[provider.slug]) in page

    def test_open_invitations_are_the_owners_to_see(self, owner, provider, colleague, invitation):
        address = reverse("provider_people", args=[provider.slug])
        assert "invited@example.com" in text(owner.get(address))
        assert "invited@example.com" not in text(sign_in(Client(), colleague).get(address))

    def test_the_providers_own_page_leads_to_it(self, owner, provider):
        page = text(owner.get(reverse("my_provider", args=[provider.slug])))
        assert reverse("provider_people", args=[provider.slug]) in page


class TestInviting:
    def test_writes_mail_with_a_link_and_records_no_address(self, owner, provider, provider_user):
        typed = {"email": "Sam@Example.com", "role": "editor"}
        answer = owner.post(reverse("invite_to_provider", args=[provider.slug]), typed)
        assert answer.url == reverse("provider_people", args=[provider.slug])
        invitation = ProviderInvitation.objects.get()
        assert (invitation.email, invitation.created_by) == ("sam@example.com", provider_user)
        mail = OutgoingMail.objects.get()
        assert mail.to == "sam@example.com"
        assert link(invitation) in mail.body
        assert "Rosie Carer asks you to help run Rosie's Home Help" in mail.body
        assert verbs()[-1] == "provider.invited"

    def test_the_same_address_again_leaves_one_link_that_works(self, provider, provider_user, invitation):
        actions.invite(provider=provider, email="invited@example.com", role=ProviderRole.OWNER, by=provider_user)
        invitation.refresh_from_db()
        assert invitation.withdrawn_at
        assert ProviderInvitation.objects.open_at(timezone.now()).get().role == "owner"

    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            ({"role": "editor"}, "Type their email address"),
            ({"email": "nonsense", "role": "editor"}, "in the correct format"),
            ({"email": "a@b.example"}, "Choose what they may do"),
            ({"email": "COLLEAGUE@example.com", "role": "editor"}, "already helps to run this listing"),
        ],
    )
    def test_what_cannot_be_sent_says_why(self, owner, provider, colleague, typed, said):
        assert said in text(owner.post(reverse("invite_to_provider", args=[provider.slug]), typed))
        assert not ProviderInvitation.objects.exists()

    def test_withdrawing_is_a_button_and_happens_once(self, owner, provider, invitation):
        url = reverse("withdraw_from_provider", args=[provider.slug, invitation.pk])
        owner.post(url)
        owner.post(url)
        assert verbs().count("provider.invitation_withdrawn") == 1

    def test_an_invitation_of_another_provider_cannot_be_withdrawn_here(
        self, owner, provider, other_provider, other_provider_user
    ):
        theirs = actions.invite(
            provider=other_provider, email="a@b.example", role=ProviderRole.READER, by=other_provider_user
        )
        assert owner.post(reverse("withdraw_from_provider", args=[provider.slug, theirs.pk])).status_code == 404


class TestSayingYes:
    def test_opening_the_link_changes_nothing_and_names_nobody_to_the_signed_out(self, family, invitation, invited):
        page = text(family.get(link(invitation)))
        assert f"{reverse('account_login')}?next={link(invitation)}" in page
        assert "Rosie" not in page
        sign_in(family, invited).get(link(invitation))
        assert role_of(invited) is None

    def test_the_button_gives_the_part_once(self, client, provider, invitation, invited):
        sign_in(client, invited)
        assert "Help to run Rosie&#x27;s Home Help" in text(client.get(link(invitation)))
        for _ in range(2):
            answer = client.post(link(invitation))
            assert answer.url == reverse("my_provider", args=[provider.slug])
        assert role_of(invited) == "editor"
        assert verbs().count("provider.joined") == 1

    def test_the_home_page_shows_what_waits_for_an_answer(self, client, invitation, invited):
        sign_in(client, invited)
        assert link(invitation) in text(client.get("/"))
        client.post(link(invitation))
        assert link(invitation) not in text(client.get("/"))

    def test_who_already_helps_keeps_their_part(self, provider, invitation, invited):
        ProviderMembership.objects.create(user=invited, provider=provider, role=ProviderRole.READER)
        actions.accept(invitation=invitation, by=invited)
        assert role_of(invited) == "reader"

    def test_a_forwarded_link_is_of_no_use_and_gives_no_address_away(self, client, provider, invitation):
        other = User.objects.create_user("else@example.com")
        answer = sign_in(client, other).post(link(invitation))
        assert answer.status_code == 403
        assert "for another email address" in text(answer)
        assert "invited@example.com" not in text(answer)
        assert "Rosie" not in text(answer)
        with pytest.raises(Refused, match="another email address"):
            actions.accept(invitation=invitation, by=other)
        assert role_of(other) is None

    def test_one_that_was_used_says_so_to_others(self, client, invitation, invited):
        actions.accept(invitation=invitation, by=invited)
        other = User.objects.create_user("else@example.com")
        answer = sign_in(client, other).get(link(invitation))
        assert answer.status_code == 410
        assert "already said yes" in text(answer)

    def test_whose_part_was_ended_cannot_take_it_up_with_the_old_link(self, client, provider_user, invitation, invited):
        actions.accept(invitation=invitation, by=invited)
        actions.end_membership(membership=part(invited), by=provider_user)
        assert sign_in(client, invited).post(link(invitation)).status_code == 410
        assert role_of(invited) is None

    def test_withdrawn_expired_and_gone_each_has_its_plain_page(
        self, client, provider, provider_user, invitation, invited
    ):
        sign_in(client, invited)
        provider.left_at = timezone.now()
        provider.save()
        answer = client.post(link(invitation))
        assert answer.status_code == 410
        assert "no longer listed on Nearhand" in text(answer)
        provider.left_at = None
        provider.save()
        ProviderInvitation.objects.update(created_at=timezone.now() - INVITATION_LASTS)
        assert "work for 14 days" in text(client.post(link(invitation)))
        with pytest.raises(Refused, match="no longer be used"):
            actions.accept(invitation=invitation, by=invited)
        actions.withdraw(invitation=invitation, by=provider_user)
        assert "taken back" in text(client.get(link(invitation)))
        assert role_of(invited) is None


class TestChangingAndEnding:
    def test_an_owner_changes_what_somebody_may_do(self, owner, provider, colleague):
        url = reverse("change_provider_role", args=[provider.slug, part(colleague).pk])
        assert "Kit Colleague" in text(owner.get(url))
        owner.post(url, {"role": "editor"})
        owner.post(url, {"role": "editor"})
        assert role_of(colleague) == "editor"
        assert verbs().count("provider.role_changed") == 1

    def test_the_last_owner_cannot_make_themselves_less(self, owner, provider, provider_user):
        url = reverse("change_provider_role", args=[provider.slug, part(provider_user).pk])
        assert "would have no owner left" in text(owner.post(url, {"role": "reader"}))
        assert "Choose what they may do" in text(owner.post(url, {}))
        assert role_of(provider_user) == "owner"

    def test_a_part_of_another_provider_is_not_here(self, owner, provider, other_provider, other_provider_user):
        theirs = part(other_provider_user).pk
        assert owner.post(reverse("end_provider_part", args=[provider.slug, theirs])).status_code == 404

    def test_ending_takes_pages_drafts_and_files_away_at_once(self, owner, provider, editor):
        """Even what the person had begun to write, and certificates they had uploaded themselves."""
        write_draft(editor, provider, when={"hours_free": 2})
        theirs = sign_in(Client(), editor)
        kept = DraftFile.objects.filter(draft__provider=provider).first()
        evidence = Evidence.objects.filter(credential__provider=provider).first()
        addresses = [
            reverse("my_provider", args=[provider.slug]),
            reverse("my_steps", args=[provider.slug]),
            reverse("join_file", args=[kept.pk]),
            reverse("evidence", args=[evidence.pk]),
        ]
        for address in addresses:
            answer = theirs.get(address)
            assert answer.status_code == 200
            if answer.streaming:
                answer.getvalue()
        url = reverse("end_provider_part", args=[provider.slug, part(editor).pk])
        assert "End the part of Edi Editor?" in text(owner.get(url))
        owner.post(url)
        assert [theirs.get(address).status_code for address in addresses] == [404] * 4
        # /join/steps/ leads to the last listing one may edit: not to this one any more.
        assert "Rosie" not in text(theirs.get(reverse("join_steps")))
        # What was written stays with the provider.
        assert Draft.objects.get(provider=provider).steps.exists()
        assert verbs().count("provider.membership_ended") == 1

    def test_ones_own_part_is_ended_on_the_page_that_says_what_it_means(self, owner, provider, provider_user):
        url = reverse("end_provider_part", args=[provider.slug, part(provider_user).pk])
        assert owner.post(url).url == reverse("leave_provider", args=[provider.slug])

    def test_two_owners_cannot_end_each_other_at_once(self, provider, provider_user, editor):
        actions.change_role(membership=part(editor), role=ProviderRole.OWNER, by=provider_user)
        mine, theirs = part(provider_user), part(editor)
        actions.end_membership(membership=theirs, by=provider_user)
        with pytest.raises(Refused, match="no owner left"):
            actions.end_membership(membership=mine, by=editor)

    def test_ending_twice_is_recorded_once(self, provider_user, colleague):
        membership = part(colleague)
        for _ in range(2):
            actions.end_membership(membership=membership, by=provider_user)
        assert verbs().count("provider.membership_ended") == 1


class TestLeavingAndHandingOver:
    def test_a_reader_leaves_by_themselves(self, client, provider, colleague):
        url = reverse("leave_provider", args=[provider.slug])
        assert "Stop helping to run this listing?" in text(sign_in(client, colleague).get(url))
        assert client.post(url).url == reverse("home")
        assert role_of(colleague) is None

    def test_the_only_owner_is_told_how_to_hand_over(self, owner, provider, provider_user):
        url = reverse("leave_provider", args=[provider.slug])
        page = text(owner.post(url))
        assert "You are the only owner" in page
        assert reverse("invite_to_provider", args=[provider.slug]) in page
        assert reverse("leave_as_business", args=[provider.slug]) in page
        assert role_of(provider_user) == "owner"

    def test_and_to_whom_once_somebody_helps(self, owner, provider, colleague):
        page = text(owner.get(reverse("leave_provider", args=[provider.slug])))
        assert reverse("hand_over_provider", args=[provider.slug]) in page

    def test_with_nobody_to_hand_over_to_the_page_says_to_invite(self, owner, provider):
        page = text(owner.get(reverse("hand_over_provider", args=[provider.slug])))
        assert "Invite them first" in page

    @pytest.mark.parametrize(("then", "mine"), [("editor", "editor"), ("leave", None)])
    def test_handing_over_is_one_action(self, owner, provider, provider_user, colleague, then, mine):
        url = reverse("hand_over_provider", args=[provider.slug])
        answer = owner.post(url, {"to": part(colleague).pk, "then": then})
        assert answer.status_code == 302
        assert (role_of(colleague), role_of(provider_user)) == ("owner", mine)
        assert verbs().count("provider.handed_over") == 1
        mail = OutgoingMail.objects.get()
        assert mail.to == "colleague@example.com"
        assert "Rosie Carer has handed Rosie's Home Help over to you" in mail.body

    def test_who_left_meanwhile_cannot_be_handed_it(self, owner, provider, provider_user, colleague):
        membership = part(colleague)
        actions.end_membership(membership=membership, by=colleague)
        with pytest.raises(Refused, match="no longer helps"):
            actions.hand_over(provider=provider, to=membership, by=provider_user, stays=True)
        assert role_of(provider_user) == "owner"

    def test_and_the_page_says_so(self, owner, provider, colleague, monkeypatch):
        def gone(**_):
            raise Refused("That person no longer helps.")

        monkeypatch.setattr(actions, "hand_over", gone)
        url = reverse("hand_over_provider", args=[provider.slug])
        page = text(owner.post(url, {"to": part(colleague).pk, "then": "leave"}))
        assert "That person no longer helps." in page

    def test_what_is_not_chosen_is_asked_for(self, owner, provider, colleague):
        page = text(owner.post(reverse("hand_over_provider", args=[provider.slug]), {}))
        assert "Choose who takes it over" in page
        assert "Choose if you stay or leave" in page


class TestClosingAnAccount:
    def test_the_last_owner_hands_over_before_editors_are_left_alone(self, provider, provider_user, editor):
        with pytest.raises(Refused, match="no owner left"):
            close_account(user=provider_user, by=provider_user)
        actions.hand_over(provider=provider, to=part(editor), by=provider_user, stays=True)
        close_account(user=provider_user, by=provider_user)
        assert role_of(editor) == "owner"

    def test_the_address_goes_from_invitations_too(self, invitation, invited):
        close_account(user=invited, by=invited)
        invitation.refresh_from_db()
        assert invitation.email == ""


def test_invitations_lose_their_address_ninety_days_after_they_end(invitation):
    today = timezone.localdate()
    assert blank_invitations(today + datetime.timedelta(days=104)) == 0
    assert blank_invitations(today + datetime.timedelta(days=106)) == 1
    assert blank_invitations(today + datetime.timedelta(days=106)) == 0
    invitation.refresh_from_db()
    assert invitation.email == ""
