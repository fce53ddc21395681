import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from registry.models import AuditEvent, Council, CouncilInvitation, User
from tests.cast import sign_in

pytestmark = pytest.mark.django_db

PAGES = ["operator_council", "operator_switch", "operator_invite"]


@pytest.fixture
def operator_client(client, operator):
    return sign_in(client, operator)


@pytest.mark.parametrize("name", PAGES)
def test_pages_of_operators_exist_for_nobody_else(client, family, administrator, council, name):
    url = reverse(name, args=[council.pk])
    assert family.get(url).status_code == 302
    assert sign_in(client, administrator).get(url).status_code == 404


def test_the_list_exists_for_nobody_else(client, administrator):
    assert sign_in(client, administrator).get(reverse("operator")).status_code == 404


@pytest.mark.parametrize("name", PAGES)
def test_operators_open_them(operator_client, council, name):
    assert operator_client.get(reverse(name, args=[council.pk])).status_code == 200
    assert operator_client.get(reverse(name, args=["E99999999"])).status_code == 404


def test_all_councils_are_listed_in_pages_and_found_by_name(operator_client):
    assert Council.objects.count() >= 212
    page = operator_client.get(reverse("operator"))
    assert f"{Council.objects.count()} councils" in page.content.decode()
    found = operator_client.get(reverse("operator"), {"q": "wilts"}).content.decode()
    assert "Wiltshire" in found
    assert "Somerset" not in found


def test_only_those_switched_on_can_be_asked_for(operator_client, council):
    Council.objects.exclude(pk=council.pk).update(switched_on_on=None)
    page = operator_client.get(reverse("operator"), {"on": "on"})
    assert [shown.pk for shown in page.context["page"]] == [council.pk]


def test_a_council_is_switched_on_and_off_once_however_often_one_clicks(operator_client, council):
    Council.objects.update(switched_on_on=None)
    url = reverse("operator_switch", args=[council.pk])
    operator_client.get(url)
    council.refresh_from_db()
    assert not council.is_on
    for to in ["on", "on", "sideways", "off", "off"]:
        operator_client.post(url, {"to": to})
    assert list(AuditEvent.objects.order_by("pk").values_list("verb", flat=True)) == [
        "council.switched_on",
        "council.switched_off",
    ]


def test_operators_invite_the_first_administrator(operator_client, council):
    url = reverse("operator_invite", args=[council.pk])
    assert "in the correct format" in operator_client.post(url, {"email": "x"}).content.decode()
    operator_client.post(url, {"email": "boss@council.example"})
    assert CouncilInvitation.objects.get().role == "administrator"
    page = operator_client.get(reverse("operator_council", args=[council.pk])).content.decode()
    assert "boss@council.example, invited on" in page


def test_the_command_makes_an_operator_with_or_without_an_account(capsys):
    call_command("make_operator", "Boss@Site.example")
    call_command("make_operator", "boss@site.example")
    assert User.objects.get(email="boss@site.example").is_operator
    assert AuditEvent.objects.filter(verb="operator.made", by=None).count() == 1
    assert "looks after the site" in capsys.readouterr().out


@pytest.mark.parametrize(("email", "said"), [("nonsense", "not an email address"), ("gone@x.example", "is closed")])
def test_the_command_says_in_a_sentence_why_it_cannot(email, said):
    User.objects.create_user("gone@x.example", is_active=False)
    with pytest.raises(CommandError, match=said):
        call_command("make_operator", email)


def test_the_command_switches_a_council_on(council, capsys):
    Council.objects.update(switched_on_on=None)
    call_command("switch_on_council", council.pk.lower())
    council.refresh_from_db()
    assert council.is_on
    with pytest.raises(CommandError, match="look like E06000022"):
        call_command("switch_on_council", "Bath")


def test_a_name_too_long_to_be_a_councils_says_so(operator_client):
    page = operator_client.get(reverse("operator"), {"q": "x" * 101}).content.decode()
    assert "at most 100 characters" in page
