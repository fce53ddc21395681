import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from providers.credentials import actions
from providers.credentials.evidence import NotAccepted, cleaned
from providers.credentials.policy import policies_of
from providers.credentials.rules import Status
from providers.credentials.standing import standing, status_of
from providers.credentials.wording import dbs_sentence
from providers.models import Check, Credential, DbsRecord, Evidence, Submission
from registry.models import AuditEvent, OutgoingMail
from tests.cast import make_staff
from tests.providers.credentials.files import locked_pdf, pdf, picture, upload
from tests.providers.listings.makers import listed, make_provider
from tests.providers.moderation.makers import certificate, insured, looked_at, make_owner

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]
DAY = datetime.timedelta(days=1)


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def provider(council):
    return make_provider(council)


@pytest.fixture
def other_checker(other_council):
    return make_staff("checker@other.example", "Oz Checker", other_council, "checker")


def check(credential, by, council, outcome="seen", seen_on=None):
    return actions.record_check(
        credential=credential,
        council=council,
        by=by,
        outcome=outcome,
        means="original",
        seen_on=seen_on or timezone.localdate(),
    )


def see_dbs(provider, council, by, **fields):
    today = timezone.localdate()
    facts = {"level": "enhanced", "issued_on": today, "seen_on": today, "means": "original", **fields}
    return actions.record_dbs(provider=provider, council=council, by=by, **facts)


def test_training_is_held_by_people_and_insurance_by_the_business(provider, today):
    aid = actions.add_credential(provider=provider, kind="first_aid", starts_on=today, by=None, amount_pence=5)
    assert (aid.holder, aid.held_by, aid.amount_pence) == ("workers", 1, None)
    cover = insured(provider, held_by=3)
    assert (cover.holder, cover.held_by, cover.amount_pence) == ("provider", None, 500_000_000)


def test_a_last_day_that_is_not_on_the_paper_follows_from_the_councils_months(provider, council, administrator):
    start = datetime.date(2026, 3, 1)
    before = actions.add_credential(provider=provider, kind="first_aid", starts_on=start, by=None)
    assert before.ends_on == datetime.date(2029, 2, 28)
    actions.set_policy(council=council, by=administrator, kind="first_aid", of_all=True, renewal_months=12)
    after = actions.add_credential(provider=provider, kind="first_aid", starts_on=start, by=None)
    assert after.ends_on == datetime.date(2027, 2, 28)
    lasting = actions.add_credential(provider=provider, kind="care_certificate", starts_on=start, by=None)
    assert lasting.ends_on is None
    assert policies_of(council)["first_aid"].renewal_months == 12


def test_what_is_no_certificate_is_not_kept(provider, store):
    with pytest.raises(NotAccepted):
        actions.attach_evidence(credential=insured(provider), upload=cleaned(upload(locked_pdf())), by=None)
    assert not Evidence.objects.exists()


def test_a_stored_name_says_nothing_of_what_was_typed(provider):
    evidence = actions.attach_evidence(
        credential=insured(provider), upload=cleaned(upload(pdf(), "../../Jo Bloggs.pdf")), by=None
    )
    assert evidence.file.name == f"evidence/{evidence.pk.hex[:2]}/{evidence.pk.hex}"


def test_a_check_seen_makes_it_current_and_public(provider, checker, council, today):
    credential = insured(provider)
    listed(provider)
    assert status_of(credential, today) is Status.WAITING
    assert not Credential.listed.exists()
    check(credential, checker, council)
    assert standing(credential, today).words == "Current"
    assert list(Credential.listed.all()) == [credential]


def test_a_later_refusal_takes_it_from_the_public(provider, checker, council, today):
    credential = insured(provider)
    listed(provider)
    check(credential, checker, council)
    check(credential, checker, council, "not_accepted")
    assert status_of(credential, today) is Status.REFUSED
    assert not Credential.listed.exists()
    check(credential, checker, council)
    assert Credential.listed.exists()


def test_rule_06_the_old_one_stays_until_a_council_has_seen_the_new_one(provider, checker, council):
    old = insured(provider)
    check(old, checker, council)
    new = insured(provider, renews=old)
    another = insured(provider, kind="first_aid")
    old.refresh_from_db()
    assert old.replaced_at is None
    check(new, checker, council, "not_accepted")
    old.refresh_from_db()
    assert old.replaced_at is None
    check(new, checker, council)
    old.refresh_from_db()
    assert old.replaced_at is not None
    another.refresh_from_db()
    assert another.replaced_at is None


def test_a_second_of_the_same_kind_that_renews_nothing_leaves_the_first_alone(provider, checker, council):
    """Two of four people learnt first aid in March, a third one in May."""
    march, may = insured(provider, "first_aid", held_by=2), insured(provider, "first_aid", held_by=1)
    check(may, checker, council)
    march.refresh_from_db()
    assert march.replaced_at is None


def test_a_renewal_that_is_seen_puts_away_all_that_it_goes_back_to(provider, checker, council):
    first = insured(provider)
    second = insured(provider, renews=first)
    check(insured(provider, renews=second), checker, council)
    assert Credential.every.filter(replaced_at__isnull=True).count() == 1


def test_a_renewal_that_starts_later_leaves_the_old_one_in_force(provider, checker, council, today):
    old = insured(provider)
    new = insured(provider, starts_on=today + DAY, ends_on=today + 365 * DAY, renews=old)
    check(new, checker, council)
    old.refresh_from_db()
    assert old.replaced_at is None
    assert status_of(new, today) is Status.NOT_YET


def test_a_withdrawn_claim_is_gone_from_the_public(provider, checker, council):
    credential = insured(provider)
    listed(provider)
    check(credential, checker, council)
    actions.withdraw_credential(credential=credential, by=None)
    assert not Credential.listed.exists()


def test_only_a_checker_of_a_council_that_the_provider_came_to_records_a_check(
    provider, administrator, commissioner, council, other_checker, other_council
):
    credential = insured(provider)
    for by, where in [
        (administrator, council),
        (commissioner, council),
        (other_checker, council),
        (other_checker, other_council),
    ]:
        with pytest.raises(PermissionDenied):
            check(credential, by, where)
        with pytest.raises(PermissionDenied):
            see_dbs(provider, where, by)
    Submission.objects.create(provider=provider, council=other_council)
    assert check(credential, other_checker, other_council).council == other_council
    assert Check.objects.count() == 1


def test_rule_01_dbs_the_table_has_no_room_for_what_was_on_it():
    with connection.cursor() as cursor:
        columns = {
            column.name for column in connection.introspection.get_table_description(cursor, "providers_dbsrecord")
        }
    assert columns == {
        "id",
        "provider_id",
        "person_number",
        "level",
        "issued_on",
        "last_four",
        "on_update_service",
        "seen_for_id",
        "seen_by_id",
        "seen_on",
        "means",
        "shown_publicly_since",
        "shared_with_councils_since",
        "recorded_at",
    }


@pytest.mark.parametrize("kind", ["dbs", "DBS", "enhanced_dbs_check"])
def test_rule_01_dbs_is_refused_as_a_credential_by_the_database(provider, today, kind):
    with pytest.raises(IntegrityError, match="credential_is_not_dbs"), transaction.atomic():
        Credential.every.create(provider=provider, kind=kind, holder="provider", starts_on=today)


@pytest.mark.parametrize("last_four", ["12a4", "-123"])
def test_rule_01_dbs_more_than_the_last_four_digits_is_refused_by_the_database(provider, council, checker, last_four):
    with pytest.raises(IntegrityError, match="dbs_at_most_four_digits"), transaction.atomic():
        see_dbs(provider, council, checker, last_four=last_four)


def test_rule_01_dbs_is_told_to_nobody_without_the_providers_yes(provider, council, checker):
    owner = make_owner(provider)
    dbs = see_dbs(provider, council, checker)
    assert (dbs.shown_publicly_since, dbs.shared_with_councils_since) == (None, None)
    actions.answer_about_dbs(dbs=dbs, by=owner, publicly=True, with_councils=False)
    dbs.refresh_from_db()
    first = dbs.shown_publicly_since
    assert first is not None
    assert dbs.shared_with_councils_since is None
    actions.answer_about_dbs(dbs=dbs, by=owner, publicly=True, with_councils=True)
    dbs.refresh_from_db()
    assert dbs.shown_publicly_since == first
    assert "enhanced" not in dbs_sentence(dbs.seen_for, dbs.seen_on)
    actions.answer_about_dbs(dbs=dbs, by=owner, publicly=False, with_councils=False)
    dbs.refresh_from_db()
    assert (dbs.shown_publicly_since, dbs.shared_with_councils_since) == (None, None)


def test_rule_01_dbs_upload_is_destroyed_and_only_that_is_written_down(
    provider, council, checker, store, django_capture_on_commit_callbacks
):
    make_owner(provider)
    make_owner(provider, "reader@provider.example", "reader")
    evidence = certificate(insured(provider))
    name = evidence.file.name
    with django_capture_on_commit_callbacks(execute=True):
        actions.destroy_as_dbs(evidence=evidence, council=council, by=checker)
    evidence.refresh_from_db()
    assert not store.exists(name)
    assert evidence.purged_at is not None
    assert not evidence.file
    assert not DbsRecord.objects.exists()
    assert AuditEvent.objects.get(verb="evidence.destroyed_as_dbs").fields == []
    assert OutgoingMail.objects.get().to == "owner@provider.example"


def test_rule_15_the_audit_holds_no_value(provider, council, checker):
    credential = insured(provider, issuer="Care Mutual", reference="SECRET-1")
    actions.record_check(
        credential=credential,
        council=council,
        by=checker,
        outcome="seen",
        means="copy",
        seen_on=timezone.localdate(),
        note="Rang Jo on 01225 000000",
    )
    written = [str(value) for row in AuditEvent.objects.values_list() for value in row]
    assert not [value for value in written if "Care Mutual" in value or "SECRET" in value or "Rang" in value]


def test_a_credential_seen_by_one_council_keeps_each_councils_check(
    provider, council, checker, other_council, other_checker
):
    credential = insured(provider)
    looked_at(credential, council, checker)
    looked_at(credential, other_council, other_checker)
    assert {row.council for row in credential.checks.all()} == {council, other_council}


def test_a_second_press_records_nothing_twice(provider, council, checker):
    credential = insured(provider)
    seen = {"outcome": "seen", "means": "copy", "seen_on": timezone.localdate(), "note": ""}
    for _twice in range(2):
        actions.record_check(credential=credential, council=council, by=checker, **seen)
        see_dbs(provider, council, checker)
    assert (credential.checks.count(), provider.dbs_records.count()) == (1, 1)
    assert AuditEvent.objects.filter(verb__in=["credential.seen", "dbs.seen"]).count() == 2


def test_rule_01_dbs_upload_is_destroyed_with_every_copy_of_it(provider, council, checker, store):
    first, again, other = insured(provider), insured(provider), insured(provider)
    kept = certificate(other, picture("PNG"))
    copies = [certificate(first), certificate(again)]
    copies.append(certificate(other))
    default_storage.delete(copies[2].file.name)
    actions.destroy_as_dbs(evidence=copies[1], council=council, by=checker)
    assert {row.pk for row in Evidence.objects.filter(purged_at=None)} == {kept.pk, copies[2].pk}
