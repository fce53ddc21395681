import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from commissioning.models import NoOpportunityMail, Opportunity, OpportunityLetter
from commissioning.opportunities import links, mail_actions, telling
from commissioning.opportunities.tasks import write_to_field
from commissioning.sourcing.rules import About, Finding, Fit, Why
from registry.models import OutgoingMail
from tests.cast import sign_in
from tests.commissioning.opportunities.makers import close, publish

pytestmark = pytest.mark.django_db
SUBJECT = "Work you may be able to do: Lunch and company in Bath"


@pytest.fixture
def published(requirement, commissioner, listed_provider):
    return publish(commissioner, requirement)


def mails():
    return OutgoingMail.objects.filter(subject=SUBJECT)


def test_the_field_is_told_once_why_it_fits_and_what_it_lacks(published, listed_provider, provider_user):
    assert DBTaskResult.objects.filter(task_path=write_to_field.module_path).count() == 1
    assert telling.write_to_all(published.pk) == 1
    mail = mails().get()
    assert mail.to == provider_user.email
    assert "Why you fit:" in mail.body
    assert "6 hours a week free, of 10 asked" in mail.body
    assert "None of this keeps you from speaking up." in mail.body
    assert links.public(published) in mail.body
    published.refresh_from_db()
    assert published.field_told_at
    assert telling.write_to_all(published.pk) == 0
    assert mails().count() == 1


def test_cover_that_runs_out_before_the_work_does_is_told_in_weeks():
    last_day = datetime.date(2028, 3, 31)

    def words(ends_on, why=Why.MET, about=About.CREDENTIAL):
        finding = Finding(about, Fit.FITS, why, "public_liability", day=ends_on)
        return telling.ends_before(finding, last_day)

    assert words(datetime.date(2028, 3, 17)) == (
        "Public liability insurance: ends on 17 March 2028, 2 weeks before the work does"
    )
    assert words(datetime.date(2028, 3, 30)).endswith("1 day before the work does")
    assert words(datetime.date(2028, 3, 31)) == ""
    assert words(None) == ""
    assert words(datetime.date(2028, 1, 1), Why.NONE_HELD) == ""
    assert words(datetime.date(2028, 1, 1), about=About.SPACE) == ""


def test_who_wants_no_such_mail_gets_none_and_can_have_it_again(published, listed_provider, provider_user, family):
    address = reverse("no_opportunity_mail", args=[links.no_mail_token(listed_provider, provider_user)])
    assert "Stop these mails" in family.get(address).content.decode()
    assert not NoOpportunityMail.objects.exists()
    for _press in range(2):
        assert "You get no more mail" in family.post(address).content.decode()
    assert telling.write_to_all(published.pk) == 0
    assert not mails().exists()
    mine = sign_in(Client(), provider_user)
    page = reverse("my_opportunities", args=[listed_provider.slug])
    assert "You get no mail" in mine.get(page).content.decode()
    mine.post(reverse("my_opportunity_mail", args=[listed_provider.slug]), {"on": "yes"})
    assert mail_actions.wants_mail(provider_user, listed_provider)


@pytest.mark.parametrize("token", ["nonsense", "a:b", links.NO_MAIL.sign("0.1"), links.NO_MAIL.sign("x")])
def test_a_link_that_is_not_ours_ends_nothing(family, token):
    answer = family.get(reverse("no_opportunity_mail", args=[token]))
    assert answer.status_code == 404
    assert "This link does not work" in answer.content.decode()


def test_the_link_of_somebody_who_helps_no_more_ends_nothing(family, listed_provider, provider_user):
    token = links.no_mail_token(listed_provider, provider_user)
    listed_provider.memberships.update(ended_at=timezone.now())
    assert family.get(reverse("no_opportunity_mail", args=[token])).status_code == 404


def test_what_a_killed_worker_left_is_asked_for_again_and_only_once(published):
    DBTaskResult.objects.all().delete()
    assert telling.put_back() == 1
    assert telling.put_back() == 0
    assert telling.write_to_all(published.pk) == 1
    DBTaskResult.objects.all().delete()
    assert telling.put_back() == 0


def test_nobody_is_written_to_after_closing(published):
    close(published)
    assert telling.write_to_all(published.pk) == 0
    assert not OpportunityLetter.objects.exists()
    assert Opportunity.objects.get().field_told_at is None


def test_one_found_by_two_lots_is_written_to_once(published, listed_provider, field, checker):
    telling.write_to_all(published.pk)
    told = OpportunityLetter.objects.filter(provider=field["co_op"])
    assert told.count() == 1
    # Nobody runs the imported one: there is nobody to write to, and it counts as told.
    assert mails().count() == 1
