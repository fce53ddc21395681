import datetime

import pytest
from django.utils import timezone

from providers.credentials.actions import record_check, record_dbs
from providers.models import Credential, DbsRecord, Provider, Submission
from providers.moderation.actions import publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def seen(provider, checker, council):
    """Published; the council saw the insurance, and nothing else."""
    publish(submission=Submission.objects.get(), by=checker)
    insurance = Credential.every.get(kind="public_liability")
    look = {"outcome": "seen", "means": "copy", "seen_on": timezone.localdate()}
    record_check(credential=insurance, council=council, by=checker, **look)
    return provider


@pytest.fixture
def read(client, provider):
    return lambda headers=None: client.get(f"/api/providers/{provider.pk}/credentials/", headers=headers)


def test_rule_12_the_public_reads_what_was_seen_by_whom_and_on_what_day(read, seen, council):
    body = read().json()
    (insurance,) = body["credentials"]
    assert body["seen_as"] == "public"
    assert "not recommended" in body["note"]
    assert (insurance["kind"], insurance["in_force"]) == ("public_liability", True)
    assert insurance["checks"] == [
        {
            "council": {"code": council.pk, "name": council.full_name},
            "on": timezone.localdate().isoformat(),
            "means": "copy",
            "outcome": "seen",
        }
    ]
    assert "id" not in insurance
    assert "MK-123" not in read().text


def test_rule_05_what_ended_yesterday_is_not_in_force(read, seen):
    Credential.every.update(ends_on=timezone.localdate() - datetime.timedelta(days=1))
    (insurance,) = read().json()["credentials"]
    assert insurance["in_force"] is False
    assert "ended on" in insurance["words"]


def test_its_own_people_read_all_of_it(read, seen, provider_user, colleague, give_key):
    for user in (provider_user, colleague):
        body = read(give_key(user)).json()
        assert body["seen_as"] == "member"
        said = {row["kind"]: row for row in body["credentials"]}
        assert said["public_liability"]["reference"] == "MK-123"
        assert said["public_liability"]["pages"] == 1
        assert said["first_aid"]["status"] == "waiting"


def test_a_checker_of_a_council_that_looks_at_it_reads_all_of_it_and_others_what_the_public_reads(
    read, seen, checker, administrator, commissioner, other_commissioner, give_key
):
    assert read(give_key(checker, second_step=True)).json()["seen_as"] == "council"
    for user in (administrator, commissioner, other_commissioner):
        assert read(give_key(user, second_step=True)).json()["seen_as"] == "public"


def test_rule_01_of_a_dbs_certificate_only_a_yes_shows_anything(read, seen, checker, council, provider_user, give_key):
    today = timezone.localdate()
    facts = {"level": "basic", "issued_on": today, "seen_on": today, "means": "original"}
    record_dbs(provider=seen, council=council, by=checker, last_four="4321", **facts)
    assert read().json()["dbs"] == []
    assert read(give_key(checker, second_step=True)).json()["dbs"][0]["last_four"] == "4321"
    assert read(give_key(provider_user)).json()["dbs"][0]["level"] == "basic"
    DbsRecord.objects.update(shown_publicly_since=timezone.now())
    (shown,) = read().json()["dbs"]
    assert set(shown) == {"words", "council", "seen_on"}


def test_one_that_is_not_open_to_all_is_not_there_but_for_its_own(read, seen, provider_user, give_key):
    Provider.every.update(out_of_feed_since=timezone.now())
    assert read().status_code == 404
    assert read(give_key(provider_user)).status_code == 200
