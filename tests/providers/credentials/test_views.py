import pytest
from django.urls import reverse
from django.utils import timezone

from providers.credentials.actions import record_dbs
from providers.credentials.evidence import cleaned
from tests.cast import make_staff, sign_in
from tests.providers.credentials.files import HEIC, pdf, picture, upload
from tests.providers.listings.makers import make_provider
from tests.providers.moderation.makers import certificate, insured, make_owner

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]


@pytest.fixture
def provider(council):
    return make_provider(council)


@pytest.fixture
def owner(provider):
    return make_owner(provider)


@pytest.fixture
def colleague(provider):
    return make_owner(provider, "reader@provider.example", "reader")


def words(response):
    return " ".join(response.content.decode().split())


def open_evidence(client, user, content):
    evidence = certificate(insured(make_provider(user_council(user), "Opened")), content)
    return sign_in(client, user).get(reverse("evidence", args=[evidence.pk]))


def user_council(user):
    return user.council_memberships.get().council


@pytest.mark.parametrize(
    ("content", "content_type", "disposition"),
    [
        (pdf(), "application/pdf", 'attachment; filename="public-liability-insurance-1.pdf"'),
        (picture("JPEG"), "image/jpeg", 'inline; filename="public-liability-insurance-1.jpg"'),
        (HEIC, "image/jpeg", 'inline; filename="public-liability-insurance-1.jpg"'),
    ],
    # A PDF carries the moment it was made, so its bytes are no name for a test.
    ids=["pdf", "jpeg", "heic"],
)
def test_a_certificate_opens_and_can_do_nothing(client, checker, content, content_type, disposition):
    response = open_evidence(client, checker, content)
    assert response["Content-Type"] == content_type
    assert response["Content-Disposition"] == disposition
    assert response["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response["Cache-Control"]
    assert "private" in response["Cache-Control"]
    assert response.getvalue() == cleaned(upload(content)).content.read()


def test_a_certificate_opens_for_those_who_run_the_provider_and_its_checkers_only(
    client, provider, owner, colleague, checker, administrator, commissioner, other_council, council, family
):
    where = reverse("evidence", args=[certificate(insured(provider)).pk])
    elsewhere = make_staff("c@other.example", "Oz", other_council, "checker")
    stranger = make_owner(make_provider(council, "Stranger"), "stranger@example.com")
    answers = [
        (user, sign_in(client, user).get(where).status_code)
        for user in (owner, colleague, checker, administrator, commissioner, elsewhere, stranger)
    ]
    assert [status for _user, status in answers] == [200, 200, 200, 403, 403, 404, 404]
    assert family.get(where).status_code == 302
    assert sign_in(client, owner).post(where).status_code == 405


def test_a_certificate_that_is_gone_is_not_found(client, owner, provider, store):
    evidence = certificate(insured(provider))
    store.delete(evidence.file.name)
    assert sign_in(client, owner).get(reverse("evidence", args=[evidence.pk])).status_code == 404


def test_a_certificate_has_no_public_address(client, provider, store):
    evidence = certificate(insured(provider))
    for path in (f"/{evidence.file.name}", f"/static/{evidence.file.name}", f"/media/{evidence.file.name}"):
        assert client.get(path).status_code == 404


@pytest.fixture
def dbs(provider, council, checker):
    today = timezone.localdate()
    return record_dbs(
        provider=provider,
        council=council,
        by=checker,
        level="enhanced",
        issued_on=today,
        seen_on=today,
        means="original",
        person_number=2,
        on_update_service=True,
    )


def test_rule_01_dbs_the_provider_decides_who_may_know(client, owner, provider, dbs):
    sign_in(client, owner)
    page = reverse("dbs_certificates", args=[provider.slug])
    assert "Seen by Bath and North East Somerset Council on" in words(client.get(page))
    where = reverse("dbs_answer", args=[provider.slug, dbs.pk])
    assert "You can change this at any time" in words(client.post(where, {"publicly": "on"}, follow=True))
    dbs.refresh_from_db()
    assert dbs.shown_publicly_since is not None
    assert dbs.shared_with_councils_since is None
    assert words(client.get(page)).count(" checked>") == 1
    client.post(where)
    dbs.refresh_from_db()
    assert dbs.shown_publicly_since is None


def test_rule_01_dbs_a_reader_looks_and_does_not_decide(client, colleague, provider, dbs, checker):
    sign_in(client, colleague)
    assert client.get(reverse("dbs_certificates", args=[provider.slug])).status_code == 200
    where = reverse("dbs_answer", args=[provider.slug, dbs.pk])
    assert client.post(where).status_code == 403
    assert client.get(where).status_code == 405
    assert sign_in(client, checker).post(where).status_code == 404


def test_rule_01_dbs_of_another_provider_is_not_found(client, council, dbs):
    other = make_provider(council, "Other")
    sign_in(client, make_owner(other, "other@provider.example"))
    assert client.post(reverse("dbs_answer", args=[other.slug, dbs.pk])).status_code == 404
    assert "No council has written down" in words(client.get(reverse("dbs_certificates", args=[other.slug])))
