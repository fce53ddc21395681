import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from providers.models import Version
from providers.moderation import actions
from providers.moderation.facts import facts_of
from providers.moderation.purging import purge_texts
from registry.models import AuditEvent
from tests.cast import make_staff
from tests.providers.listings.makers import make_category
from tests.providers.moderation.makers import insured, looked_at, make_owner, sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def submission(council):
    return sent(council)


def test_rule_02_publishing_without_the_reason_is_refused_below_the_page_too(council, checker):
    team = sent(council, regulation="personal_care", basis="individual", people=2)
    with pytest.raises(actions.ReasonNeededError):
        actions.publish(submission=team, by=checker)
    assert not Version.objects.exists()


def test_only_a_checker_of_that_council_decides(submission, administrator, other_council):
    elsewhere = make_staff("c@other.example", "Oz", other_council, "checker")
    provider, council = submission.provider, submission.council
    for by in (administrator, elsewhere, make_owner(provider)):
        for refused in (
            lambda by=by: actions.publish(submission=submission, by=by),
            lambda by=by: actions.send_back(submission=submission, by=by, reason="No."),
            lambda by=by: purge_texts(submission=submission, keys=[], by=by),
            lambda by=by: actions.suspend(provider=provider, council=council, by=by, reason="No."),
            lambda by=by: actions.put_back(provider=provider, council=council, by=by),
        ):
            with pytest.raises(PermissionDenied):
                refused()
    assert not AuditEvent.objects.exists()


def test_suspending_and_putting_back_twice_are_harmless(submission, checker):
    given = {"provider": submission.provider, "council": submission.council, "by": checker}
    actions.publish(submission=submission, by=checker)
    for _twice in range(2):
        actions.suspend(**given, reason="Please call us.")
    for _twice in range(2):
        actions.put_back(**given)
    verbs = list(AuditEvent.objects.values_list("verb", flat=True))
    assert verbs.count("provider.suspended") == verbs.count("provider.put_back") == 1


def test_publishing_keeps_the_moment_it_was_given(submission, checker):
    now = timezone.now()
    version = actions.publish(submission=submission, by=checker, now=now)
    submission.refresh_from_db()
    assert version.approved_at == submission.decided_at == now


def test_what_was_refused_counts_as_not_held(submission, checker, council):
    looked_at(insured(submission.provider), council, checker, "not_accepted")
    looked_at(insured(submission.provider, "first_aid"), council, checker)
    assert set(facts_of(submission).held) == {"first_aid"}


def test_a_base_on_the_national_list_lies_in_its_council(submission, postcodes):
    submission.provider.base_postcode = "BA1 1LZ"
    assert facts_of(submission).base_council == "E06000022"


def test_rule_02_a_checker_is_warned_of_childcare_that_is_not_settled(council):
    submission = sent(council, regulation="childcare", basis="not_sure")
    (service,) = facts_of(submission).services
    assert (service.is_childcare, service.is_personal_care, service.has_two_regulators) == (True, False, False)
    submission.provider.services.get().categories.add(make_category("washing", regulation="personal_care"))
    (service,) = facts_of(submission).services
    assert (service.is_childcare, service.is_personal_care, service.has_two_regulators) == (True, True, True)
