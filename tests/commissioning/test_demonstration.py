import datetime

import pytest
from django.core.management import CommandError, call_command

from commissioning.demonstration import INVENTED, seed_commissioning
from commissioning.models import Opportunity, Requirement, Summary
from commissioning.models.requirement import REFERENCE_LETTERS
from providers.models import ProviderMembership
from registry.accounts.demo import seed_people
from registry.models import User
from tests.factories.edits import publish_first

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2026, 11, 21)


def test_demonstration_has_open_requirements_and_a_finished_summary(field, settings):
    settings.DEMO = True
    seed_people(today=TODAY)
    call_command("seed_commissioning")
    summary = Summary.objects.get()
    assert summary.facts["lots"][0]["shortlist"] == ["Ana’s Kitchen: Lunch at home"]
    assert Requirement.objects.count() == 4
    assert seed_commissioning(TODAY) == 0


def test_seeding_that_was_stopped_is_finished_by_the_next(field, settings):
    settings.DEMO = True
    seed_people(today=TODAY)
    seed_commissioning(TODAY)
    Summary.objects.all().delete()
    assert seed_commissioning(TODAY) == 1
    assert Requirement.objects.count() == 4


def test_invented_references_are_of_the_form_that_pages_take():
    assert all(len(one.reference) == 8 and set(one.reference) <= set(REFERENCE_LETTERS) for one in INVENTED)


def test_outside_the_demonstration_nothing_is_invented(settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="invented"):
        call_command("seed_commissioning")


def test_one_is_published_with_a_question_answered_and_an_answer_of_a_provider(field, settings, provider, checker):
    settings.DEMO = True
    seed_people(today=TODAY)
    publish_first(provider, checker)
    maggie = User.objects.get(email="provider@demo.nearhand.example")
    ProviderMembership.objects.filter(provider=provider).update(user=maggie)
    seed_commissioning(TODAY)
    opportunity = Opportunity.objects.get()
    assert opportunity.asked.get().answer
    assert opportunity.interests.sent().get().answer["remarks"]
    assert seed_commissioning(TODAY) == 0
