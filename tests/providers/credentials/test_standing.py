"""How a credential stands: in Python, in SQL, and on the clock of any server."""

import datetime

import pytest
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from providers.credentials.rules import Status
from providers.credentials.standing import counting_check, having_status, standing, status_of, with_checks
from providers.credentials.wording import status_words
from providers.models import Check, Credential
from tests.clock import LONDON, NIGHTS, SECOND, SERVER_ZONES, at, end_of
from tests.providers.listings.makers import listed, make_provider
from tests.providers.moderation.makers import insured, looked_at

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
OUTCOMES = ["seen", "not_accepted", "taken_back"]
# Around every edge there is: the first day, the last, and thirty days before it.
OFFSETS = st.sampled_from([-400, -31, -30, -29, -2, -1, 0, 1, 2, 29, 30, 31, 400])


@st.composite
def claims(draw):
    """Facts of one credential, in days from today: its first and last day, and each check with its day of looking."""
    first = draw(OFFSETS)
    return {
        "kind": draw(st.sampled_from(["public_liability", "employers_liability"])),
        "first": first,
        "last": draw(st.none() | OFFSETS.filter(lambda last: last >= first)),
        "checks": draw(st.lists(st.tuples(st.sampled_from(OUTCOMES), OFFSETS), max_size=3)),
    }


def moments():
    beside = st.sampled_from([-SECOND, -SECOND / 1_000_000, 0 * SECOND, SECOND])
    return st.builds(lambda night, offset: end_of(night) + offset, st.sampled_from(NIGHTS), beside)


def write(claim, provider, council, checker, today):
    last = claim["last"]
    credential = Credential.every.create(
        provider=provider,
        kind=claim["kind"],
        holder="provider",
        starts_on=today + claim["first"] * DAY,
        ends_on=None if last is None else today + last * DAY,
    )
    for number, (outcome, seen) in enumerate(claim["checks"]):
        check = looked_at(credential, council, checker, outcome, today + seen * DAY)
        # Two councils may even press in one moment.
        Check.objects.filter(pk=check.pk).update(recorded_at=timezone.now() + (number // 2) * SECOND)
    return credential


def expected(claim, employs_anyone):
    """The states in words of their own, so that both twins cannot be wrong together."""
    outcome = claim["checks"][-1][0] if claim["checks"] else None
    if claim["kind"] == "employers_liability" and employs_anyone is False:
        return "does_not_apply"
    if outcome == "not_accepted":
        return "refused"
    if claim["last"] is not None and claim["last"] <= -1:
        return "lapsed"
    if outcome != "seen":
        return "waiting"
    if claim["first"] >= 1:
        return "not_yet"
    return "ending_soon" if claim["last"] is not None and claim["last"] <= 30 else "current"


def server_stands_in(zone):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL TIME ZONE %s", [zone])


@pytest.mark.fuzz
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(claims(), min_size=1, max_size=6),
    moments(),
    st.sampled_from(SERVER_ZONES),
    st.sampled_from(SERVER_ZONES),
    st.sampled_from([True, False, None]),
)
def test_rule_05_status_in_python_is_status_in_sql(
    council, checker, given_claims, moment, machine_zone, database_zone, employs_anyone
):
    with at(moment, machine_zone), transaction.atomic():
        server_stands_in(database_zone)
        today = timezone.localdate()
        assert today == moment.astimezone(LONDON).date()
        provider = make_provider(council, employs_anyone=employs_anyone)
        written = {write(claim, provider, council, checker, today).pk: claim for claim in given_claims}
        everything = with_checks(Credential.every.filter(pk__in=written))
        in_python = {credential.pk: str(status_of(credential, today)) for credential in everything}
        in_sql = {
            pk: str(status)
            for status in Status
            for pk in having_status(Credential.every.filter(pk__in=written), [status], today).values_list(
                "pk", flat=True
            )
        }
        assert in_python == in_sql == {pk: expected(claim, employs_anyone) for pk, claim in written.items()}
        transaction.set_rollback(True)


def test_the_check_that_counts_is_the_one_recorded_last_and_not_the_one_that_speaks_of_the_latest_day(
    council, checker, other_council
):
    """A refusal written down today, of a look last week, is not outdone by a look of yesterday."""
    provider, today = make_provider(council), timezone.localdate()
    listed(provider)
    credential = insured(provider)
    looked_at(credential, council, checker, "seen", today - DAY)
    later = looked_at(credential, other_council, checker, "not_accepted", today - 7 * DAY)
    assert counting_check(credential) == later
    assert status_of(credential, today) is Status.REFUSED
    assert not Credential.listed.exists()


def test_what_ends_soon_says_in_how_many_days(council, checker):
    provider, today = make_provider(council), timezone.localdate()
    said = []
    for days in (0, 1, 12):
        credential = insured(provider, starts_on=today - DAY, ends_on=today + days * DAY)
        looked_at(credential, council, checker)
        said.append(standing(credential, today).words)
    assert said == ["Ends today", "Ends in 1 day", "Ends in 12 days"]
    assert status_words(Status.LAPSED, -1) == "Ended"


def test_rule_04_employers_liability_does_not_apply_to_whoever_employs_nobody(council, checker):
    credential = insured(make_provider(council, employs_anyone=False), kind="employers_liability")
    looked_at(credential, council, checker)
    assert standing(credential, timezone.localdate()).words == "Does not apply"
