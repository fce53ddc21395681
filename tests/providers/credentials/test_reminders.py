"""What runs out is told of in time, to those who can do something about it, and not once it is renewed."""

import datetime
import re

import pytest
from django.utils import timezone

from providers.credentials.actions import add_credential, withdraw_credential
from providers.models import Credential, ProviderMembership
from registry.models import OutgoingMail, Reminder
from registry.reminders.actions import climb

LONG_AGO = datetime.datetime(2025, 1, 1, 12, tzinfo=datetime.UTC)
DAY = datetime.timedelta(days=1)


@pytest.fixture
def insured(provider):
    """Rosie's insurance alone, told of long ago; it ends on 31 March 2026."""
    Credential.every.filter(provider=provider).exclude(kind="public_liability").delete()
    OutgoingMail.objects.all().delete()
    Credential.every.update(
        created_at=LONG_AGO, starts_on=datetime.date(2025, 4, 1), ends_on=datetime.date(2026, 3, 31)
    )
    return Credential.every.get()


def subjects():
    return list(OutgoingMail.objects.order_by("pk").values_list("subject", flat=True))


def walk(first, last):
    """The job of each day from one to another."""
    day = first
    while day <= last:
        climb(day)
        day += DAY


def test_it_is_told_of_60_30_and_7_days_before_and_on_its_last_day(insured):
    walk(datetime.date(2026, 1, 1), datetime.date(2026, 4, 30))
    what = "Public liability insurance £5 million"
    assert subjects() == [
        f"{what} ends in 60 days",
        f"{what} ends in 30 days",
        f"{what} ends in 7 days",
        f"{what} ends today",
    ]


def test_a_day_on_which_the_site_stood_still_is_made_up_for_and_a_rung_behind_is_not(insured):
    climb(datetime.date(2026, 3, 25))
    assert subjects() == ["Public liability insurance £5 million ends in 6 days"]
    climb(datetime.date(2026, 4, 2))
    assert subjects()[1:] == ["Public liability insurance £5 million ended on 31 March 2026"]


def test_who_has_just_told_us_the_date_is_not_reminded_of_it(insured):
    now = datetime.datetime(2026, 3, 11, 9, tzinfo=datetime.UTC)
    Credential.every.update(created_at=now)
    walk(now.date(), datetime.date(2026, 3, 23))
    assert subjects() == []
    climb(datetime.date(2026, 3, 24))
    assert subjects() == ["Public liability insurance £5 million ends in 7 days"]


def test_a_renewal_ends_the_ladder_and_begins_its_own(insured, provider, provider_user):
    climb(datetime.date(2026, 3, 10))
    renewed = add_credential(
        provider=provider,
        kind="public_liability",
        starts_on=datetime.date(2026, 4, 1),
        ends_on=datetime.date(2027, 3, 31),
        amount_pence=500_000_000,
        by=provider_user,
    )
    walk(datetime.date(2026, 3, 11), datetime.date(2026, 4, 10))
    assert len(subjects()) == 1
    Credential.every.filter(pk=renewed.pk).update(created_at=LONG_AGO)
    climb(datetime.date(2027, 2, 1))
    assert len(subjects()) == 2
    assert set(Reminder.objects.values_list("subject_id", flat=True)) == {insured.pk, renewed.pk}


def test_what_was_withdrawn_is_told_of_no_more(insured, provider_user):
    withdraw_credential(credential=insured, by=provider_user)
    walk(datetime.date(2026, 3, 1), datetime.date(2026, 4, 1))
    assert subjects() == []


def test_nobody_is_told_where_nobody_is_left_to_tell(insured):
    ProviderMembership.objects.update(ended_at=timezone.now())
    climb(datetime.date(2026, 3, 10))
    assert not Reminder.objects.exists()


def test_rule_04_cover_of_employees_is_not_asked_for_when_there_are_none(insured, provider):
    Credential.every.update(kind="employers_liability")
    climb(datetime.date(2026, 3, 10))
    assert subjects() == []
    provider.employs_anyone = True
    provider.save()
    climb(datetime.date(2026, 3, 10))
    assert len(subjects()) == 1


def test_the_letter_says_what_to_do_and_where(insured, provider):
    climb(datetime.date(2026, 3, 10))
    letter = OutgoingMail.objects.get()
    assert letter.to == "rosie@example.com"
    assert re.search(r"its last day is 31 March 2026", letter.body)
    assert f"/my/{provider.slug}/" in letter.body
