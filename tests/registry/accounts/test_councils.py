import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from registry.accounts import council_actions
from registry.accounts.handed_down import blank_invitations
from registry.accounts.rules import Refused
from registry.audit.actions import record
from registry.models import AuditEvent, Council, CouncilInvitation, CouncilMembership, OutgoingMail, User
from registry.models.council_invitation import INVITATION_LASTS
from registry.models.council_membership import CouncilRole
from tests.cast import make_staff, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin_client(client, administrator):
    return sign_in(client, administrator)


def verbs():
    return list(AuditEvent.objects.order_by("pk").values_list("verb", flat=True))


PAGES = ["council", "council_people", "council_invite", "council_settings", "council_audit"]


@pytest.mark.parametrize("name", PAGES)
class TestWhoMayOpenThePages:
    def test_an_administrator_may(self, admin_client, council, name):
        assert admin_client.get(reverse(name, args=[council.pk])).status_code == 200

    def test_a_commissioner_of_the_council_may_not(self, client, commissioner, council, name):
        assert sign_in(client, commissioner).get(reverse(name, args=[council.pk])).status_code == 403

    def test_for_another_council_they_do_not_exist(self, client, other_commissioner, council, name):
        assert sign_in(client, other_commissioner).get(reverse(name, args=[council.pk])).status_code == 404

    def test_who_is_signed_out_is_asked_to_sign_in(self, family, council, name):
        url = reverse(name, args=[council.pk])
        assert family.get(url).url == f"{reverse('account_login')}?next={url}"

    def test_a_council_that_is_switched_off_has_none(self, admin_client, council, name):
        Council.objects.update(switched_on_on=None)
        assert admin_client.get(reverse(name, args=[council.pk])).status_code == 404


def test_inviting_writes_mail_with_a_link_and_records_no_address(admin_client, administrator, council):
    page = {"email": "New.Checker@council.example", "role": "checker"}
    answer = admin_client.post(reverse("council_invite", args=[council.pk]), page)
    assert answer.url == reverse("council_people", args=[council.pk])
    invitation = CouncilInvitation.objects.get()
    assert invitation.created_by == administrator
    mail = OutgoingMail.objects.get()
    assert mail.to == "new.checker@council.example"
    assert reverse("invitation", args=[invitation.pk]) in mail.body
    assert "Bath and North East Somerset has asked you to join it on Nearhand as a checker" in mail.body
    assert verbs() == ["council.invited"]
    assert "new.checker@council.example" in admin_client.get(answer.url).content.decode()


def test_inviting_the_same_person_again_leaves_one_link_that_works(administrator, council):
    first = council_actions.invite(council=council, email="a@b.example", role=CouncilRole.CHECKER, by=administrator)
    council_actions.invite(council=council, email="a@b.example", role=CouncilRole.CHECKER, by=administrator)
    first.refresh_from_db()
    assert first.withdrawn_at
    assert CouncilInvitation.objects.open_at(timezone.now()).count() == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"role": "checker"}, "Enter your email address"),
        ({"email": "nonsense", "role": "checker"}, "in the correct format"),
        ({"email": "a@b.example"}, "Choose what they will do"),
    ],
)
def test_an_invitation_that_cannot_be_sent_says_why_and_keeps_what_was_typed(admin_client, council, typed, said):
    page = admin_client.post(reverse("council_invite", args=[council.pk]), typed).content.decode()
    assert said in page
    assert typed.get("email", "") in page
    assert not CouncilInvitation.objects.exists()


@pytest.fixture
def invitation(council, administrator):
    return council_actions.invite(
        council=council, email="invited@council.example", role=CouncilRole.CHECKER, by=administrator
    )


@pytest.fixture
def invited():
    return User.objects.create_user("invited@council.example", "Ivy Invited")


def test_opening_the_link_changes_nothing(client, family, invitation, invited):
    url = reverse("invitation", args=[invitation.pk])
    assert f"{reverse('account_login')}?next={url}" in family.get(url).content.decode()
    family.post(url)
    client.force_login(invited)
    assert "has asked you to be a checker" in client.get(url).content.decode()
    assert not CouncilMembership.objects.filter(user=invited).exists()


def test_the_button_gives_the_role_once(client, invitation, invited, council):
    client.force_login(invited)
    url = reverse("invitation", args=[invitation.pk])
    assert client.post(url).status_code == 302
    membership = CouncilMembership.objects.get(user=invited)
    assert (membership.council, membership.role) == (council, "checker")
    # The back button and a second click: nothing more happens, and from now on the second factor is asked for.
    council_actions.accept(invitation=invitation, by=invited)
    assert CouncilMembership.objects.filter(user=invited).count() == 1
    assert verbs() == ["council.invited", "council.joined"]
    assert client.get(url).url == reverse("mfa_activate_totp")


def test_someone_else_who_has_the_link_cannot_use_it(client, invitation):
    client.force_login(User.objects.create_user("else@council.example"))
    answer = client.post(reverse("invitation", args=[invitation.pk]))
    assert answer.status_code == 403
    assert "for another email address" in answer.content.decode()
    # Nor does the page give the address away.
    assert "invited@council.example" not in answer.content.decode()
    assert not CouncilMembership.objects.filter(role="checker").exists()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"withdrawn_at": timezone.now()}, "has taken it back"),
        ({"created_at": timezone.now() - INVITATION_LASTS}, "Invitations work for 14 days"),
    ],
)
def test_a_link_that_has_ended_says_what_to_do(client, invitation, invited, change, said):
    CouncilInvitation.objects.update(**change)
    client.force_login(invited)
    answer = client.post(reverse("invitation", args=[invitation.pk]))
    assert answer.status_code == 410
    assert said in answer.content.decode()
    invitation.refresh_from_db()
    with pytest.raises(Refused):
        council_actions.accept(invitation=invitation, by=invited)


def test_a_used_link_does_not_bring_back_whose_role_was_ended(client, invitation, invited, administrator):
    membership = council_actions.accept(invitation=invitation, by=invited)
    council_actions.end_membership(membership=membership, by=administrator)
    invitation.refresh_from_db()
    client.force_login(invited)
    for asked in (client.get, client.post):
        assert asked(reverse("invitation", args=[invitation.pk])).status_code == 410
    with pytest.raises(Refused):
        council_actions.accept(invitation=invitation, by=invited)
    assert not CouncilMembership.objects.current().filter(user=invited).exists()


def test_a_used_link_says_so_to_others(family, invitation, invited):
    council_actions.accept(invitation=invitation, by=invited)
    answer = family.get(reverse("invitation", args=[invitation.pk]))
    assert answer.status_code == 410
    assert "already said yes" in answer.content.decode()


def test_the_action_itself_refuses_the_wrong_person(invitation, commissioner):
    with pytest.raises(Refused, match="another email address"):
        council_actions.accept(invitation=invitation, by=commissioner)


def test_withdrawing_is_a_button_and_happens_once(admin_client, invitation, council):
    url = reverse("council_withdraw", args=[council.pk, invitation.pk])
    assert admin_client.get(url).status_code == 405
    admin_client.post(url)
    admin_client.post(url)
    assert verbs().count("council.invitation_withdrawn") == 1


def test_an_invitation_of_another_council_cannot_be_withdrawn_here(admin_client, other_council, administrator, council):
    theirs = council_actions.invite(
        council=other_council, email="a@b.example", role=CouncilRole.CHECKER, by=administrator
    )
    assert admin_client.post(reverse("council_withdraw", args=[council.pk, theirs.pk])).status_code == 404


def test_ending_a_role_asks_first(admin_client, checker, council):
    membership = checker.council_memberships.get()
    url = reverse("council_end", args=[council.pk, membership.pk])
    assert "End the role of Chi Checker as checker?" in admin_client.get(url).content.decode()
    assert admin_client.post(url).url == reverse("council_people", args=[council.pk])
    membership.refresh_from_db()
    assert membership.ended_at
    assert verbs() == ["council.membership_ended"]
    assert admin_client.get(url).status_code == 404


def test_the_last_administrator_stays(admin_client, administrator, council):
    membership = administrator.council_memberships.get()
    page = admin_client.post(reverse("council_end", args=[council.pk, membership.pk])).content.decode()
    assert "would have no administrator left" in page
    membership.refresh_from_db()
    assert membership.ended_at is None


def test_an_administrator_may_go_once_there_is_another(admin_client, administrator, council):
    make_staff("second@admin.example", "Bo", council, CouncilRole.ADMINISTRATOR)
    membership = administrator.council_memberships.get()
    assert admin_client.post(reverse("council_end", args=[council.pk, membership.pk])).url == reverse("account")
    assert admin_client.get(reverse("council", args=[council.pk])).status_code == 404


def test_ending_twice_is_recorded_once(administrator, checker):
    membership = checker.council_memberships.get()
    council_actions.end_membership(membership=membership, by=administrator)
    council_actions.end_membership(membership=membership, by=administrator)
    assert verbs() == ["council.membership_ended"]


SETTINGS = {
    "size_limit": "12",
    "adults_phone": "01632 960001",
    "adults_email": "adults@council.example",
    "website": "www.council.example/care",
    "safeguarding_phone": "01632 960002",
    "safeguarding_url": "https://council.example/worried",
}


def test_settings_are_saved_and_the_names_of_the_fields_recorded(admin_client, council):
    url = reverse("council_settings", args=[council.pk])
    admin_client.post(url, SETTINGS)
    council.refresh_from_db()
    assert council.size_limit == 12
    assert council.website == "https://www.council.example/care"
    event = AuditEvent.objects.get()
    assert event.fields == sorted(SETTINGS)
    admin_client.post(url, SETTINGS)
    assert AuditEvent.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("size_limit", "51", "must be 50 or fewer"),
        ("size_limit", "0", "must be 1 or more"),
        ("size_limit", "nine", "Enter a whole number"),
        ("size_limit", "", "Enter the most people"),
        ("website", "not a page", "Enter a full web address"),
        ("adults_email", "nobody", "in the correct format"),
    ],
)
def test_settings_that_cannot_be_say_why(admin_client, council, field, value, said):
    page = admin_client.post(reverse("council_settings", args=[council.pk]), {**SETTINGS, field: value})
    assert said in page.content.decode()
    assert f'href="#id_{field}"' in page.content.decode()
    council.refresh_from_db()
    assert council.size_limit == 9


def test_the_audit_is_told_in_sentences_newest_first(admin_client, administrator, checker, council, other_council):
    record("council.changed", by=administrator, target=council, council=council, fields=["size_limit"])
    record("council.switched_on", by=None, target=council, council=council)
    record("council.changed", by=administrator, target=other_council, council=other_council)
    page = admin_client.get(reverse("council_audit", args=[council.pk])).content.decode()
    assert page.index("Switched the council on") < page.index("Changed the council&#x27;s settings")
    assert "Changed: size limit" in page
    assert "The site" in page
    assert other_council.pk not in page


def test_the_audit_is_paged_and_asks_as_many_questions_for_twenty_as_for_ten(admin_client, administrator, council):
    url = reverse("council_audit", args=[council.pk])
    counts = []
    for _ in range(2):
        for _ in range(10):
            record("council.changed", by=administrator, target=council, council=council)
        with CaptureQueriesContext(connection) as queries:
            admin_client.get(url)
        counts.append(len(queries))
    assert counts[0] == counts[1]
    for _ in range(40):
        record("council.changed", by=administrator, target=council, council=council)
    assert "page=2" in admin_client.get(url).content.decode()


def test_the_home_page_leads_administrators_to_their_council(admin_client, council):
    assert reverse("council", args=[council.pk]) in admin_client.get("/").content.decode()


def test_invitations_lose_their_address_ninety_days_after_they_end(invitation):
    today = timezone.localdate()
    assert blank_invitations(today + datetime.timedelta(days=104)) == 0
    assert blank_invitations(today + datetime.timedelta(days=106)) == 1
    assert blank_invitations(today + datetime.timedelta(days=106)) == 0
    invitation.refresh_from_db()
    assert invitation.email == ""
