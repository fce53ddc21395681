import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth import SESSION_KEY
from django.core.management import CommandError, call_command
from django.urls import reverse

from registry.access.getters import councils_of
from registry.accounts.demo import DEMO_ROLES, address_of
from registry.mail.actions import queue
from registry.models import AuditEvent, Council, User
from tests.cast import sign_in

pytestmark = pytest.mark.django_db

ROLES = ["provider", "colleague", "other-provider", "commissioner", "other-commissioner", "checker", "administrator"]


@pytest.fixture
def demo(settings):
    settings.DEMO = True
    call_command("seed_people")


def test_the_roles_of_the_demonstration_are_the_seven_agreed():
    assert list(DEMO_ROLES) == ROLES


@pytest.mark.parametrize("role", ROLES)
def test_one_button_signs_in_as_each_role_second_factor_included(demo, client, role):
    url = reverse("demo_sign_in", args=[role])
    page = client.get(url).content.decode()
    assert SESSION_KEY not in client.session
    assert "Sign in as" in page
    client.post(url)
    assert client.session[SESSION_KEY] == str(User.objects.get(email=address_of(role)).pk)
    assert client.get(reverse("account")).status_code == 200


def test_one_may_become_someone_else_without_signing_out(demo, client):
    client.post(reverse("demo_sign_in", args=["checker"]))
    client.post(reverse("demo_sign_in", args=["administrator"]))
    assert client.get(reverse("council", args=["E06000022"])).status_code == 200


def test_without_the_demonstration_nothing_of_it_is_there(client, checker):
    assert client.get(reverse("demo_sign_in", args=["checker"])).status_code == 404
    assert client.post(reverse("demo_sign_in", args=["checker"])).status_code == 404
    assert client.get(reverse("demo_mail")).status_code == 404
    with pytest.raises(CommandError, match="DEMO=1"):
        call_command("seed_people")


def test_a_role_that_is_not_one_is_not_found(demo, client):
    assert client.get(reverse("demo_sign_in", args=["wizard"])).status_code == 404


def test_before_the_people_are_made_the_page_says_so(client, settings):
    settings.DEMO = True
    answer = client.post(reverse("demo_sign_in", args=["checker"]))
    assert "has not been made yet" in answer.content.decode()


def test_the_mail_of_the_demonstration_can_be_read(demo, client):
    queue(to="a@b.example", subject="Hello", body="Your code is BCDF-GHJK\n\nhttp://127.0.0.1:8000/x/ <b>")
    page = client.get(reverse("demo_mail")).content.decode()
    assert "BCDF-GHJK" in page
    assert 'href="http://127.0.0.1:8000/x/"' in page
    assert "&lt;b&gt;" in page


def test_making_the_people_twice_changes_nothing(demo):
    before = (User.objects.count(), Authenticator.objects.count(), AuditEvent.objects.count())
    call_command("seed_people")
    assert (User.objects.count(), Authenticator.objects.count(), AuditEvent.objects.count()) == before


def test_the_three_councils_are_on_with_numbers_kept_free_for_inventions(demo):
    for code in ["E06000022", "E06000054", "E06000066"]:
        council = Council.objects.get(pk=code)
        assert council.is_on
        assert council.safeguarding_phone.startswith("01632 960")
        assert set(council.memberships.current().values_list("role", flat=True)) >= {"checker", "administrator"}


def test_each_belongs_where_the_demonstration_says(demo):
    belongs = {role: [c.pk for c in councils_of(User.objects.get(email=address_of(role)))] for role in ROLES}
    assert belongs == {
        "provider": [],
        "colleague": [],
        "other-provider": [],
        "commissioner": ["E06000022"],
        "other-commissioner": ["E06000054"],
        "checker": ["E06000022"],
        "administrator": ["E06000022"],
    }


def test_the_sign_in_helper_of_the_tests_agrees_with_the_product(demo, client):
    user = User.objects.get(email=address_of("checker"))
    assert sign_in(client, user).get(reverse("account")).status_code == 200
