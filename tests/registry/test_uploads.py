import errno
import tempfile

import pytest
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.urls import reverse

from providers.models import DraftFile
from tests.cast import sign_in
from tests.providers.credentials.files import pdf, upload
from tests.providers.joining.typed import typed

pytestmark = pytest.mark.usefixtures("postcodes", "council")
# Larger than what is taken into memory.
LARGE = pdf() + b"%" * 3_000_000


@pytest.fixture
def answer(client, provider_user):
    carer, where = sign_in(client, provider_user), reverse("join_step", args=["insurance"])
    return lambda: carer.post(where, typed("insurance") | {"certificate": upload(LARGE, "large.pdf")})


def full(*args, **kwargs):
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_large_upload_comes_in_through_a_temporary_file(answer):
    assert answer().status_code == 302
    assert DraftFile.objects.get().shown_name == "large.pdf"


def no_new_file(monkeypatch):
    monkeypatch.setattr(tempfile, "NamedTemporaryFile", full)
    monkeypatch.setattr("django.core.files.temp.NamedTemporaryFile", full)


def no_room_half_way(monkeypatch):
    monkeypatch.setattr(TemporaryUploadedFile, "write", full, raising=False)


@pytest.mark.parametrize("fault", [no_new_file, no_room_half_way])
def test_a_disk_that_is_full_on_the_way_in_keeps_what_was_typed(answer, monkeypatch, fault):
    fault(monkeypatch)
    page = answer()
    assert page.status_code == 200
    assert "“large.pdf”: We could not store this file just now" in page.text
    assert 'value="Markel"' in page.text
    assert not DraftFile.objects.exists()
    monkeypatch.undo()
    assert answer().status_code == 302
