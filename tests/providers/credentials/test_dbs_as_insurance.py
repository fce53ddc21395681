"""A DBS certificate, uploaded as a page of an insurance."""

import pytest
from django.urls import reverse

from providers.credentials.evidence import cleaned
from providers.joining.actions import keep_file, save_step, send_draft, start_draft
from providers.models import Draft, DraftFile, Evidence
from registry.models import AuditEvent, OutgoingMail
from tests.cast import sign_in
from tests.factories.registrations import answers
from tests.providers.credentials.files import pdf, picture, upload

DBS = picture("PNG", (90, 70))


@pytest.fixture
def sent_with_dbs(provider_user, council, postcodes):
    """Its second page is what may not be kept; the same photo waits in a change that is not sent."""
    draft = start_draft(by=provider_user)
    for step, facts in answers().items():
        save_step(draft=draft, step=step, facts=facts, by=provider_user)
    for content in (pdf(), DBS):
        keep_file(draft=draft, step="insurance", upload=cleaned(upload(content)), by=provider_user)
    submission = send_draft(draft=draft, by=provider_user)
    draft = Draft.objects.get(provider=submission.provider)
    keep_file(draft=draft, step="training", upload=cleaned(upload(DBS)), by=provider_user)
    return submission


def test_rule_01_dbs_among_the_pages_of_an_insurance_is_destroyed_and_the_other_pages_stay(
    client, sent_with_dbs, checker, provider_user, django_capture_on_commit_callbacks
):
    insurance, dbs = Evidence.objects.order_by("page")
    unsent = DraftFile.objects.get()
    names = [dbs.file.name, unsent.file.name]
    OutgoingMail.objects.all().delete()
    where = reverse("destroy_evidence", args=[sent_with_dbs.pk, dbs.pk])
    with django_capture_on_commit_callbacks(execute=True):
        page = sign_in(client, checker).post(where, follow=True)
    assert "The file is destroyed" in page.text
    assert "Open page 1" in page.text
    assert "Open page 2" not in page.text
    assert not [name for name in names if dbs.file.storage.exists(name)]
    assert list(Evidence.objects.filter(purged_at=None)) == [insurance]
    assert not DraftFile.objects.exists()
    letter = OutgoingMail.objects.get()
    assert letter.to == provider_user.email
    assert "found a DBS certificate" in letter.body
    assert AuditEvent.objects.filter(verb="evidence.destroyed_as_dbs").count() == 1
