import datetime
import socket

import pytest
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from environs import ValidationError

from providers.credentials import scanning
from providers.credentials.evidence import cleaned, is_openable
from providers.credentials.scanning import put_back_overdue
from providers.credentials.tasks import scan_upload
from providers.joining.actions import keep_file, send_draft, start_draft
from providers.models import DraftFile, Evidence
from registry.environment import scanner_address
from registry.models import AuditEvent, OutgoingMail
from tests.cast import sign_in
from tests.factories.registrations import write_draft
from tests.providers.credentials.clamd import CLEAN, EICAR, clamd
from tests.providers.credentials.files import pdf, upload
from tests.providers.moderation.makers import certificate, insured, make_owner

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("postcodes", "council")]


@pytest.fixture
def scanner(settings):
    """Set up, and finding nothing until a test says otherwise."""
    with clamd(CLEAN) as server:
        settings.CLAMD_URL = server.address
        yield server


@pytest.fixture
def waiting(provider, scanner):
    return certificate(insured(provider))


def scan_now(row):
    scan_upload.func("draft" if isinstance(row, DraftFile) else "evidence", str(row.pk))
    row.refresh_from_db()


def queued():
    return DBTaskResult.objects.filter(task_path=scan_upload.module_path).count()


def test_without_a_scanner_an_upload_opens_at_once(provider):
    evidence = certificate(insured(provider))
    assert evidence.scan == "not_asked"
    assert is_openable(evidence)
    assert not queued()


def test_an_upload_waits_until_the_scanner_has_looked_and_nobody_opens_it(
    client, waiting, scanner, provider_user, checker
):
    assert waiting.scan == "waiting"
    assert queued() == 1
    where = reverse("evidence", args=[waiting.pk])
    for user in (provider_user, checker):
        assert sign_in(client, user).get(where).status_code == 404
    scan_now(waiting)
    assert waiting.scan == "clean"
    assert len(scanner.scanned) == 1
    with waiting.file.open("rb") as stored:
        assert scanner.scanned == [stored.read()]
    assert sign_in(client, checker).get(where).getvalue() == scanner.scanned[0]


def test_a_second_worker_does_not_scan_it_again(waiting, scanner):
    Evidence.objects.update(scan_claimed_at=timezone.now())
    scan_now(waiting)
    assert scanner.scanned == []
    scan_upload.func("evidence", "00000000-0000-0000-0000-000000000000")


def test_what_the_scanner_refuses_is_destroyed_and_said_in_plain_words(
    waiting, scanner, provider, provider_user, django_capture_on_commit_callbacks
):
    name, storage = waiting.file.name, waiting.file.storage
    scanner.answer = EICAR
    OutgoingMail.objects.all().delete()
    with django_capture_on_commit_callbacks(execute=True):
        scan_now(waiting)
    assert (waiting.scan, waiting.file.name) == ("refused", "")
    assert waiting.purged_at
    assert not storage.exists(name)
    letter = OutgoingMail.objects.get()
    assert letter.to == provider_user.email
    assert "does not mean that you did anything wrong" in letter.body
    assert AuditEvent.objects.get(verb="evidence.refused_by_scanner").target_id == str(waiting.pk)


ANSWERS = ["INSTREAM size limit exceeded. ERROR", "stream: cannot look ERROR", "gibberish", "", None]


@pytest.mark.parametrize("answer", ANSWERS)
def test_without_a_yes_or_a_no_the_upload_waits_and_nothing_is_lost(waiting, scanner, answer, monkeypatch):
    monkeypatch.setattr(scanning, "SECONDS_TO_ANSWER", 0.2)
    scanner.answer = answer
    scan_now(waiting)
    assert (waiting.scan, bool(waiting.file)) == ("waiting", True)
    # Not asked again while its turn lasts, and then it is.
    DBTaskResult.objects.all().delete()
    assert put_back_overdue() == 0
    Evidence.objects.update(scan_claimed_at=timezone.now() - scanning.LEASE - datetime.timedelta(seconds=1))
    assert put_back_overdue() == 1
    scanner.answer = CLEAN
    scan_now(waiting)
    assert waiting.scan == "clean"


def test_a_scanner_that_is_down_stops_no_upload(provider, settings):
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        settings.CLAMD_URL = f"tcp://127.0.0.1:{nobody.getsockname()[1]}"
        evidence = certificate(insured(provider))
        scan_now(evidence)
    assert evidence.scan == "waiting"


def test_a_file_that_storage_lost_waits_too(waiting):
    waiting.file.storage.delete(waiting.file.name)
    scan_now(waiting)
    assert waiting.scan == "waiting"


def test_what_still_waits_in_the_queue_is_not_asked_for_twice(waiting):
    assert put_back_overdue() == 0
    DBTaskResult.objects.all().delete()
    assert put_back_overdue() == 1
    assert put_back_overdue() == 0
    assert queued() == 1


def test_whoever_takes_the_scanner_away_lets_go_of_what_waits(waiting, settings):
    settings.CLAMD_URL = ""
    assert put_back_overdue() == 1
    waiting.refresh_from_db()
    assert is_openable(waiting)


def test_a_scanner_on_a_socket_of_this_machine_is_asked_too(provider, settings, tmp_path):
    with clamd(CLEAN, tmp_path / "clamd.ctl") as server:
        settings.CLAMD_URL = server.address
        evidence = certificate(insured(provider))
        scan_now(evidence)
    assert evidence.scan == "clean"


@pytest.fixture
def page_of_draft(scanner, provider_user):
    draft = start_draft(by=provider_user)
    return keep_file(draft=draft, step="insurance", upload=cleaned(upload(pdf(), "mine.pdf")), by=provider_user)


def test_the_page_says_that_an_upload_waits(client, page_of_draft, provider_user):
    carer = sign_in(client, provider_user)
    page = carer.get(reverse("join_step", args=["insurance"]))
    assert "It waits for a virus scan" in page.text
    assert f'href="{reverse("join_file", args=[page_of_draft.pk])}"' not in page.text
    assert carer.get(reverse("join_file", args=[page_of_draft.pk])).status_code == 404
    scan_now(page_of_draft)
    assert carer.get(reverse("join_file", args=[page_of_draft.pk])).getvalue().startswith(b"%PDF")


def test_a_refused_page_of_a_draft_is_told_of_until_it_is_read(
    client, page_of_draft, scanner, provider_user, django_capture_on_commit_callbacks
):
    name, storage = page_of_draft.file.name, page_of_draft.file.storage
    scanner.answer = EICAR
    with django_capture_on_commit_callbacks(execute=True):
        scan_now(page_of_draft)
    assert not storage.exists(name)
    assert OutgoingMail.objects.get().to == provider_user.email
    carer = sign_in(client, provider_user)
    where = reverse("join_step", args=["insurance"])
    assert "found something in “mine.pdf”, so we destroyed it" in carer.get(where).text
    assert carer.get(reverse("join_file", args=[page_of_draft.pk])).status_code == 404
    with django_capture_on_commit_callbacks(execute=True):
        carer.post(reverse("join_remove_file", args=[page_of_draft.pk]))
    assert "so we destroyed it" not in carer.get(where).text


def test_what_a_draft_held_clean_is_not_scanned_again_and_what_waited_is(scanner, provider_user):
    draft = write_draft(provider_user)
    first, second = DraftFile.objects.order_by("step")
    scan_now(first)
    scanner.answer = EICAR
    scan_now(second)
    assert (first.scan, second.scan) == ("clean", "refused")
    DBTaskResult.objects.all().delete()
    send_draft(draft=draft, by=provider_user)
    evidence = Evidence.objects.get()
    assert (evidence.credential.kind, evidence.scan) == ("public_liability", "clean")
    assert not queued()


def test_a_refused_page_of_a_draft_that_is_a_councils_writes_to_nobody(page_of_draft, scanner, council, checker):
    draft = page_of_draft.draft
    draft.begun_for, draft.begun_by, draft.for_email, draft.user = council, checker, "new@example.com", None
    draft.save()
    scanner.answer = EICAR
    scan_now(page_of_draft)
    assert page_of_draft.scan == "refused"
    assert not OutgoingMail.objects.exists()


def test_the_checker_reads_that_a_page_waits(client, waiting, provider, checker):
    submission = provider.submissions.get()
    page = sign_in(client, checker).get(reverse("check_submission", args=[submission.pk]))
    assert "Page 1 waits for the virus scan" in page.text


@pytest.mark.parametrize("address", ["", "tcp://10.0.0.4:3310", "tcp://clamav", "unix:///run/clamav/clamd.ctl"])
def test_an_address_of_a_scanner_is_taken(address):
    assert scanner_address(address) is None


@pytest.mark.parametrize("address", ["clamav", "tcp://", "unix://", "http://clamav:3310"])
def test_nonsense_for_a_scanner_is_refused_with_what_would_do(address):
    with pytest.raises(ValidationError, match="tcp://127"):
        scanner_address(address)


def test_those_who_run_a_provider_hear_of_it_and_readers_do_not(waiting, scanner, provider):
    make_owner(provider, "reader@provider.example", "reader")
    scanner.answer = EICAR
    OutgoingMail.objects.all().delete()
    scan_now(waiting)
    assert [letter.to for letter in OutgoingMail.objects.all()] == ["rosie@example.com"]
