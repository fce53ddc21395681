import datetime

import pytest
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from providers.credentials.retention import RULES, purge_dbs_records, purge_evidence, sweep_orphans
from providers.credentials.storage import discard, sweep
from providers.models import DbsRecord, Draft, DraftFile, Evidence
from registry.models import AuditEvent, User
from registry.site import retention_rules
from tests.providers.listings.makers import make_provider
from tests.providers.moderation.makers import certificate, insured, looked_at

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.fixture
def evidence(store, council):
    return certificate(insured(make_provider(council)))


def test_a_file_stays_when_the_transaction_is_rolled_back(evidence, store, django_capture_on_commit_callbacks):
    name = evidence.file.name

    def fail_half_way():
        with transaction.atomic():
            discard(evidence, now=timezone.now())
            raise ZeroDivisionError

    with django_capture_on_commit_callbacks(execute=True), pytest.raises(ZeroDivisionError):
        fail_half_way()
    assert store.exists(name)
    assert Evidence.objects.get().purged_at is None


def test_discarding_twice_is_harmless(evidence, store, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True) as asked:
        discard(evidence, now=timezone.now())
        discard(evidence, now=timezone.now())
    assert len(asked) == 1


def test_the_sweep_takes_what_a_crash_left_and_nothing_else(evidence, store):
    draft = Draft.objects.create(user=User.objects.create_user("d@example.com"))
    kept = DraftFile.objects.create(draft=draft, step="x", content_type="application/pdf", size=1)
    kept.file.save("x", ContentFile(b"x"))
    orphan = store.save(f"evidence/{evidence.pk.hex[:2]}/orphan", ContentFile(b"x"))
    assert sweep(timezone.now()) == 0
    assert sweep(timezone.now() + 2 * DAY) == 1
    assert not store.exists(orphan)
    assert store.exists(evidence.file.name)
    assert store.exists(kept.file.name)


def test_the_sweep_finds_nothing_where_no_file_was_ever_kept(store, settings, tmp_path):
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path / "none")},
        },
    }
    assert sweep_orphans(timezone.localdate()) == 0


def test_a_file_on_disk_is_swept_too(store, settings, tmp_path, evidence):
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path)},
        },
    }
    store.save("evidence/ab/orphan", ContentFile(b"x"))
    assert sweep(timezone.now() + 2 * DAY) == 1


def test_a_file_goes_six_months_after_a_council_looked(
    evidence, store, council, checker, django_capture_on_commit_callbacks
):
    name, seen_on = evidence.file.name, timezone.localdate() - 10 * DAY
    looked_at(evidence.credential, council, checker, seen_on=seen_on)
    looked_at(evidence.credential, council, checker, seen_on=seen_on - 300 * DAY)
    assert purge_evidence(seen_on + 182 * DAY) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert purge_evidence(seen_on + 183 * DAY) == 1
    assert not store.exists(name)
    assert purge_evidence(seen_on + 184 * DAY) == 0
    assert evidence.credential.checks.count() == 2


def test_a_file_that_nobody_looked_at_goes_after_a_year(evidence):
    today = timezone.localdate()
    assert purge_evidence(today + 364 * DAY) == 0
    assert purge_evidence(today + 366 * DAY) == 1


def test_rule_01_dbs_record_goes_six_months_after_the_council_wants_a_new_one(council, checker):
    seen_on = datetime.date(2026, 1, 1)
    DbsRecord.objects.create(
        provider=make_provider(council),
        level="basic",
        issued_on=seen_on,
        seen_on=seen_on,
        seen_for=council,
        seen_by=checker,
        means="original",
    )
    assert purge_dbs_records(datetime.date(2029, 6, 1)) == 0
    assert purge_dbs_records(datetime.date(2029, 7, 15)) == 1
    assert purge_dbs_records(datetime.date(2029, 7, 15)) == 0


def test_the_privacy_page_prints_these_rules():
    assert {rule.name for rule in RULES} <= {rule.name for rule in retention_rules()}


def test_every_page_goes_with_a_line_in_the_audit_and_a_renewal_keeps_its_own(store, council, checker):
    provider, today = make_provider(council), timezone.localdate()
    old, new = insured(provider), insured(provider)
    pages = [certificate(old) for _page in range(3)]
    kept = certificate(new)
    looked_at(old, council, checker, seen_on=today - 200 * DAY)
    looked_at(new, council, checker, seen_on=today)
    assert purge_evidence(today) == 3
    assert list(Evidence.objects.filter(purged_at=None)) == [kept]
    lines = AuditEvent.objects.filter(verb="evidence.purged")
    assert {line.target_id for line in lines} == {str(page.pk) for page in pages}
    assert purge_evidence(today) == 0
