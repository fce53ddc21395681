import datetime
import json
import uuid

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from commissioning.models import (
    Interest,
    NoOpportunityMail,
    Opportunity,
    OpportunityLetter,
    OpportunityQuestion,
)
from commissioning.models.lot_outcome import OutcomeKind
from commissioning.opportunities import mail_actions, outcome_actions
from commissioning.opportunities.actions import ask
from commissioning.opportunities.outcome_actions import Outcome
from commissioning.opportunities.retention import (
    KEPT,
    UNSENT_KEPT,
    purge_mail_choices,
    purge_opportunities,
    purge_unsent,
)
from providers.profile.departure import leave_as_business
from registry.audit.targets import named
from registry.models import AuditEvent
from registry.site import retention_rules
from tests.cast import sign_in
from tests.commissioning.opportunities.makers import close, lot_ids, speak_up, write

pytestmark = pytest.mark.django_db
A_DAY = datetime.timedelta(days=1)


@pytest.fixture
def sent(opportunity, listed_provider, provider_user):
    return speak_up(provider_user, opportunity, listed_provider, remarks="Our words")


def award(by, opportunity, interest):
    outcome = Outcome(
        OutcomeKind.AWARDED,
        decided_on=timezone.localdate(),
        interest=interest,
        supplier="Rosie's",
        is_micro=True,
        value_pence=100,
    )
    outcome_actions.record_outcome(by=by, opportunity=opportunity, lot=lot_ids(opportunity)[0], outcome=outcome)


def test_all_of_it_goes_seven_years_after_the_work(sent, opportunity, commissioner, requirement):
    close(opportunity)
    award(commissioner, opportunity, sent)
    ended = requirement.ends_on + KEPT
    assert purge_opportunities(ended) == 0
    assert purge_opportunities(ended + A_DAY) == 1
    assert not Opportunity.objects.exists()
    assert not Interest.objects.exists()
    assert purge_opportunities(ended + A_DAY) == 0
    names = {rule.name for rule in retention_rules()}
    assert {"opportunities", "unsent_answers", "opportunity_mail"} <= names


def test_what_was_never_sent_goes_after_ninety_days(opportunity, listed_provider, provider_user):
    write(provider_user, opportunity, listed_provider)
    close(opportunity)
    closed_on = timezone.localdate(opportunity.closes_at)
    assert purge_unsent(closed_on + UNSENT_KEPT) == 0
    assert purge_unsent(closed_on + UNSENT_KEPT + A_DAY) == 1


def test_a_choice_about_mail_goes_with_the_part_in_the_provider(listed_provider, provider_user):
    mail_actions.switch_mail(by=provider_user, provider=listed_provider, is_on=False)
    assert purge_mail_choices(timezone.localdate()) == 0
    listed_provider.memberships.update(ended_at=timezone.now())
    assert purge_mail_choices(timezone.localdate()) == 1


def test_a_provider_that_leaves_takes_its_open_answer_along(sent, opportunity, listed_provider, provider_user):
    question = ask(
        by=provider_user, provider=listed_provider, opportunity=opportunity, text="Whose?", press=uuid.uuid4()
    )
    OpportunityLetter.objects.create(opportunity=opportunity, provider=listed_provider)
    mail_actions.switch_mail(by=provider_user, provider=listed_provider, is_on=False)
    leave_as_business(provider=listed_provider, by=provider_user, now=timezone.now())
    assert not Interest.objects.exists()
    assert not OpportunityLetter.objects.exists()
    assert not NoOpportunityMail.objects.exists()
    assert OpportunityQuestion.objects.get(pk=question.pk).provider is None


def test_after_closing_the_council_keeps_who_spoke_up_and_not_their_words(
    sent, opportunity, listed_provider, provider_user, commissioner
):
    close(opportunity)
    award(commissioner, opportunity, sent)
    leave_as_business(provider=listed_provider, by=provider_user, now=timezone.now())
    kept = Interest.objects.sent().get()
    assert kept.draft == {}
    assert kept.answer["remarks"] == ""
    member = kept.answer["members"][0]
    assert (member["name"], member["phone"], member["email"]) == ("Rosie's Home Help", "", "")
    reader = sign_in(Client(), commissioner)
    shown = reader.get(reverse("sent_interest", args=[opportunity.requirement.reference, kept.pk]))
    assert shown.status_code == 200


def test_a_provider_takes_its_answers_along_without_a_word_that_is_not_told_yet(
    sent, opportunity, listed_provider, provider_user, commissioner
):
    close(opportunity)
    outcome_actions.give_feedback(by=commissioner, interest=sent, words="Not for their eyes yet")
    taker = sign_in(Client(), provider_user)
    answer = taker.post(reverse("take_own_data", args=[listed_provider.slug, "json"]))
    content = b"".join(answer.streaming_content).decode()
    assert "Our words" in content
    assert "Not for their eyes yet" not in content
    assert json.loads(content)


def test_rule_15_the_audit_names_what_was_done_and_never_what_was_written(sent, opportunity, commissioner):
    close(opportunity)
    award(commissioner, opportunity, sent)
    outcome_actions.give_feedback(by=commissioner, interest=sent, words="Your plan was clear.")
    lines = AuditEvent.objects.filter(verb__regex="^(opportunity|interest|outcome)")
    assert {"opportunity.published", "interest.begun", "interest.sent", "outcome.recorded"} <= {
        line.verb for line in lines
    }
    for line in lines:
        assert "Our words" not in str(vars(line))
        assert "Your plan" not in str(vars(line))
    titles = {words for _line, words in named(lines)}
    assert "Lunch and company in Bath" in titles
