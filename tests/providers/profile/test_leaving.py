import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from providers.models import Draft, DraftFile, Provider, ProviderMembership, Submission
from providers.models.provider_membership import ProviderRole
from registry.accounts.actions import arrive, leave
from registry.models import AuditEvent
from tests.providers.listings.makers import make_provider

pytestmark = pytest.mark.django_db


@pytest.fixture
def listed(council):
    return make_provider(council, listed_at=timezone.now())


def runs(provider, email, role=ProviderRole.OWNER):
    user = arrive(email=email)
    ProviderMembership.objects.create(user=user, provider=provider, role=role)
    return user


def is_listed(provider):
    return Provider.every.get(pk=provider.pk).listed_at is not None


def test_a_listing_that_nobody_is_left_to_keep_right_is_taken_down(listed):
    owner = runs(listed, "owner@example.com")
    runs(listed, "reader@example.com", ProviderRole.READER)
    leave(user=owner, by=owner)
    assert not ProviderMembership.objects.current().filter(user=owner).exists()
    assert not is_listed(listed)
    verbs = set(AuditEvent.objects.filter(by=owner).values_list("verb", flat=True))
    assert {"provider.membership_ended", "provider.unlisted", "account.left"} <= verbs


def test_a_listing_stays_while_a_colleague_can_keep_it_right(listed):
    owner = runs(listed, "owner@example.com")
    runs(listed, "colleague@example.com")
    leave(user=owner, by=owner)
    assert is_listed(listed)


def test_a_provider_not_listed_yet_is_left_as_it_is(council):
    provider = make_provider(council)
    owner = runs(provider, "owner@example.com")
    leave(user=owner, by=owner)
    assert not AuditEvent.objects.filter(verb="provider.unlisted").exists()


def test_a_registration_never_sent_goes_with_its_files(settings, tmp_path, listed, django_capture_on_commit_callbacks):
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path), "base_url": None},
        },
    }
    owner = runs(listed, "owner@example.com")
    own = Draft.objects.create(user=owner)
    edit = Draft.objects.create(user=owner, provider=listed)
    uploaded = DraftFile.objects.create(
        draft=own,
        step="insurance",
        file=ContentFile(b"%PDF-", name="a.pdf"),
        shown_name="a.pdf",
        content_type="application/pdf",
        size=5,
    )
    stored = uploaded.file.path
    with django_capture_on_commit_callbacks(execute=True):
        leave(user=owner, by=owner)
    assert list(Draft.objects.all()) == [edit]
    assert not uploaded.file.storage.exists(stored)


def test_what_waited_for_a_council_is_taken_back_when_nobody_is_left(provider, provider_user):
    leave(user=provider_user, by=provider_user)
    assert not Submission.objects.waiting().exists()
    assert AuditEvent.objects.filter(verb="submission.taken_back", provider_id=provider.pk).count() == 1
