import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from commissioning.models import Interest
from commissioning.opportunities import interest_actions
from commissioning.opportunities.interest_actions import UnsentError
from providers.profile.departure import leave_as_business
from providers.teams import actions as teams
from registry.models import AuditEvent, OutgoingMail
from tests.cast import sign_in
from tests.commissioning.opportunities.makers import close, lot_ids, publish, write
from tests.providers.teams.makers import agreed, business, joined, owner_of, started

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(council, postcodes):
    return business(council, "Ana Cooks")


@pytest.fixture
def ben(council, postcodes):
    return business(council, "Ben Gardens", kinds=["gardening"])


@pytest.fixture
def as_owner_of():
    return lambda provider: sign_in(Client(), owner_of(provider))


@pytest.fixture
def team(ana, ben):
    lead = started(ana)
    joined(lead, ben)
    agreed(lead)
    return lead.team


@pytest.fixture
def interest(requirement, commissioner, team, ana, ben):
    """Ana has written for the team: four hours from her and three from Ben."""
    opportunity = publish(commissioner, requirement)
    lot = lot_ids(opportunity)[0]
    hours = {str(lot): {ana.pk.hex: 4, ben.pk.hex: 3}}
    written = write(owner_of(ana), opportunity, ana, team=team, lots=[lot])
    return interest_actions.save_step(by=owner_of(ana), interest=written, facts={"hours": hours})


def page(provider, interest, name="interest"):
    return reverse(name, args=[provider.slug, interest.pk])


def yes(provider, interest):
    interest.refresh_from_db()
    digest = interest_actions.digest_of(interest, interest_actions.members_of(interest))
    return interest_actions.agree(by=owner_of(provider), interest=interest, provider=provider, digest=digest)


def test_a_teams_answer_goes_only_when_every_partner_has_said_yes_and_is_one_answer(interest, ana, ben, as_owner_of):
    lead, partner = as_owner_of(ana), as_owner_of(ben)
    with pytest.raises(UnsentError, match="yeses"):
        interest_actions.send(by=owner_of(ana), interest=interest)
    assert "Each of your partners has to say yes" in lead.get(page(ana, interest)).content.decode()
    asked = lead.post(page(ana, interest, "ask_partners"), follow=True).content.decode()
    assert "We have written to Ben Gardens." in asked
    assert OutgoingMail.objects.filter(to=owner_of(ben).email, subject__startswith="Please read").count() == 1
    read = partner.get(page(ben, interest))
    assert "Do you say yes to this answer?" in read.content.decode()
    assert "3 hours a week." in read.content.decode()
    said = partner.post(page(ben, interest, "agree_to_interest"), {"digest": read.context["digest"]}, follow=True)
    assert "You have said yes" in said.content.decode()
    lead.post(page(ana, interest, "send_interest"))
    sent = Interest.objects.sent().get()
    assert [member["name"] for member in sent.answer["members"]] == ["Ana Cooks", "Ben Gardens"]
    assert sent.answer["team"] == "Larkhall Helpers"
    assert AuditEvent.objects.filter(verb="interest.sent").count() == 2


def test_another_word_asks_for_the_yes_again(interest, ana, ben, as_owner_of):
    partner = as_owner_of(ben)
    before = partner.get(page(ben, interest)).context["digest"]
    assert yes(ben, interest)
    assert yes(ben, interest)
    interest_actions.save_step(by=owner_of(ana), interest=interest, facts={"remarks": "And Sundays."})
    interest.refresh_from_db()
    with pytest.raises(UnsentError):
        interest_actions.send(by=owner_of(ana), interest=interest)
    late = partner.post(page(ben, interest, "agree_to_interest"), {"digest": before}, follow=True)
    assert "It has changed since you opened it" in late.content.decode()
    assert yes(ben, interest)
    assert interest_actions.send(by=owner_of(ana), interest=interest).sent_at
    assert AuditEvent.objects.filter(verb="interest.agreed").count() == 2


def test_a_partner_writes_nothing_of_it_and_can_take_the_yes_back(interest, ana, ben, as_owner_of):
    partner = as_owner_of(ben)
    assert partner.get(page(ben, interest)).status_code == 200
    assert partner.post(page(ben, interest, "send_interest")).status_code == 403
    partner.post(page(ben, interest, "take_back_yes"))
    yes(ben, interest)
    interest_actions.send(by=owner_of(ana), interest=interest)
    partner.post(page(ben, interest, "take_back_yes"))
    assert not Interest.objects.sent().exists()
    assert AuditEvent.objects.filter(verb="interest.yes_taken_back").count() == 1
    assert "has not said yes yet" in as_owner_of(ana).get(page(ana, interest)).content.decode()


def test_the_lead_chooses_between_alone_and_the_team(interest, ana, team, as_owner_of):
    shown = as_owner_of(ana).get(reverse("speak_up", args=[interest.opportunity.requirement.reference]))
    words = shown.content.decode()
    assert "Ana Cooks, alone" in words
    assert "Larkhall Helpers, the team that Ana Cooks leads" in words


def test_the_hours_of_each_are_asked_for_and_gaps_named_by_who_has_them(interest, ana, ben, as_owner_of):
    lead = as_owner_of(ana)
    hours = lead.get(reverse("interest_step", args=[ana.slug, interest.pk, "hours"])).content.decode()
    assert "hours a week from Ana Cooks" in hours
    assert "hours a week from Ben Gardens" in hours
    gaps = lead.get(reverse("interest_step", args=[ana.slug, interest.pk, "conditions"])).content.decode()
    assert "Ben Gardens. Public liability insurance" in gaps


def test_who_is_not_in_the_team_reads_nothing_of_it(interest, listed_provider, provider_user, client):
    rival = sign_in(client, provider_user)
    assert rival.get(page(listed_provider, interest)).status_code == 404


def test_a_partner_that_has_left_the_team_does_not_keep_it_from_answering(interest, ana, ben):
    place = ben.team_places.get()
    teams.leave(place=place, by=owner_of(ben))
    interest.refresh_from_db()
    assert interest_actions.members_of(interest) == [ana]
    digest = interest_actions.digest_of(interest, [ana])
    assert not interest_actions.agree(by=owner_of(ben), interest=interest, provider=ben, digest=digest)


def test_a_partner_that_leaves_the_register_takes_an_open_answer_of_its_team_back(interest, ana, ben):
    yes(ben, interest)
    interest_actions.send(by=owner_of(ana), interest=interest)
    leave_as_business(provider=ben, by=owner_of(ben), now=timezone.now())
    assert not Interest.objects.sent().exists()
    assert Interest.objects.count() == 1


def test_after_closing_what_a_partner_wrote_goes_and_that_they_answered_stays(interest, ana, ben):
    interest_actions.save_step(by=owner_of(ana), interest=interest, facts={"remarks": "Our words"})
    yes(ben, interest)
    interest_actions.send(by=owner_of(ana), interest=interest)
    opportunity = close(interest.opportunity)
    leave_as_business(provider=ben, by=owner_of(ben), now=timezone.now())
    assert opportunity.closes_at < timezone.now()
    kept = Interest.objects.sent().get()
    assert kept.answer["remarks"] == ""
    assert [member["name"] for member in kept.answer["members"]] == ["Ana Cooks", "Ben Gardens"]
