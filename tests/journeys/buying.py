"""Buying that two people can answer, step by step, as those who do it: any visitor walks it, as with the main job."""

import datetime

from django.utils import timezone

from commissioning.models import Opportunity, Requirement
from providers.models import Submission
from providers.moderation.actions import publish
from tests.commissioning.makers import make_papers
from tests.factories.registrations import register_provider
from tests.journeys.main_job import PDF

TITLE = "Lunch every day in Bath"
TEAM = "Larkhall Lunches"
ROSIE, MAREK = "Rosie's Home Help", "Marek's Kitchen"


def list_two_providers(checker, rosie, marek):
    """Each has ten hours a week: the lot asks for twenty."""
    you = {"name": MAREK, "phone": "07700 900 456", "email": "marek@kitchen.example"}
    for user, said in ((rosie, {}), (marek, you)):
        paid = {"payers": ["private", "council"]}
        provider = register_provider(user, you=said, when={"hours_free": 10}, customers=paid)
        publish(submission=Submission.objects.get(provider=provider), by=checker)


def walk(buyer, rosie, marek):
    """From the requirement that shuts the field to what the team reads of its award."""
    commissioner_shuts_the_field(buyer)
    commissioner_sees_why(buyer)
    commissioner_opens_it(buyer)
    commissioner_publishes(buyer)
    providers_form_a_team(rosie, marek)
    team_speaks_up(rosie, marek)
    answers_close()
    commissioner_locks(buyer)
    commissioner_tells_what_came_of_it(buyer, Requirement.objects.get().reference)
    team_reads_it(rosie)


def commissioner_shuts_the_field(commissioner):
    """Ten million of cover, shown before anybody may answer: the page says what that does before it is saved."""
    commissioner.goto("/commissioning/")
    commissioner.follow("Write a requirement")
    commissioner.fill("Title", TITLE)
    commissioner.fill("What is needed", "Cooked lunches for people who would otherwise miss them.")
    commissioner.date("First day", datetime.date(2027, 4, 1))
    commissioner.date("Last day", datetime.date(2028, 3, 31))
    commissioner.fill("Estimated value", "24,000")
    commissioner.tick("The council buys", within="Who buys?")
    commissioner.fill("Days to pay an invoice", "10")
    commissioner.press("Save and continue")
    commissioner.follow("Add a lot")
    commissioner.fill("Title", "Lunches in BA1")
    commissioner.fill("What kind of service?", "Cooking at home")
    commissioner.fill("Hours a week", "20")
    commissioner.tick("BA1", within="Where?")
    commissioner.press("Save and continue")
    commissioner.follow(TITLE)
    commissioner.follow("Ask for something")
    commissioner.fill("What do you ask for?", "Public liability insurance")
    commissioner.fill("Least cover", "10,000,000")
    commissioner.tick("When answering", within="By when?")
    commissioner.press("See what this does")
    assert "Insurance for the contract may not be asked for before award" in commissioner.text
    commissioner.press("Save and continue")
    assert "There is a problem" in commissioner.text
    commissioner.fill("If the law limits this, why do you ask for it?", "The insurance team has always asked for ten.")
    commissioner.press("Save and continue")


def commissioner_sees_why(commissioner):
    commissioner.follow("See who could answer, and what would let more")
    assert "Of 2 small providers (up to 9 people) who could do the work none is known to" in commissioner.text
    assert "2 could answer instead of 0." in commissioner.text
    commissioner.follow(TITLE)


def commissioner_opens_it(commissioner):
    commissioner.follow("Change Public liability insurance")
    commissioner.fill("Least cover", "5,000,000")
    commissioner.tick("By the start of the contract", within="By when?")
    commissioner.press("Save and continue")
    commissioner.follow("See who could answer, and what would let more")
    assert "2 of 2 small providers" in commissioner.text
    assert "0 alone, and 2 more in a team" in commissioner.text
    commissioner.follow(TITLE)
    commissioner.follow("Barriers lowered")
    commissioner.tick("Financial tests that small suppliers cannot meet", within="Which barriers did you find")
    commissioner.fill("If there is only one lot, why?", "Two people share it easily: they may answer together.")
    commissioner.press("Save and continue")


def commissioner_publishes(commissioner):
    today = timezone.localdate()
    commissioner.follow("Timetable")
    commissioner.date("Last day for answers", today + datetime.timedelta(days=30))
    commissioner.press("Save and continue")
    commissioner.follow("Go on to publish it")
    commissioner.tick("Asking providers before anything is bought", within="What are you publishing?")
    commissioner.press("Publish it")
    assert "Published." in commissioner.text


def providers_form_a_team(rosie, marek):
    rosie.goto("/my/rosies-home-help/teams/")
    rosie.follow("Start a team")
    rosie.fill("What do you call your team?", TEAM)
    rosie.fill("What is it for?", "Lunch at home in Larkhall, every day of the week")
    rosie.press("Start the team")
    rosie.follow("Find somebody to ask")
    rosie.unfold("Look for somebody else")
    rosie.tick("Somebody who does the same, for more hours", within="Who are you looking for?")
    rosie.press("Show")
    rosie.follow(f"Ask them to join ({MAREK})")
    rosie.press("Ask them")
    marek.goto("/my/mareks-kitchen/teams/")
    marek.follow(TEAM)
    marek.tick("Yes, we join", within="Do you want to join?")
    marek.press("Send my answer")
    rosie.goto("/my/rosies-home-help/teams/")
    rosie.follow(TEAM)
    rosie.follow("Choose a lead")
    rosie.tick(ROSIE, within="Who leads the team?")
    rosie.tick("A lead and partners", within="How do you work together?")
    rosie.press("Ask the others")
    marek.goto("/my/mareks-kitchen/teams/")
    marek.follow(TEAM)
    marek.press("Yes")
    assert "Complete" in marek.text


def team_speaks_up(rosie, marek):
    rosie.goto("/opportunities/")
    rosie.follow(TITLE)
    rosie.follow("Say that you could do it")
    rosie.tick(f"{TEAM}, the team that {ROSIE} leads", within="Who is answering?")
    rosie.press("Start")
    rosie.press("Save and continue")
    while "Save and continue" in rosie.text:
        rosie.press("Save and continue")
    rosie.press("Ask your partners by e-mail")
    marek.goto("/my/mareks-kitchen/opportunities/")
    marek.follow(TITLE)
    marek.press("Yes, this is our answer")
    rosie.goto("/my/rosies-home-help/opportunities/")
    rosie.follow(TITLE)
    rosie.press("Send it to the council")
    assert "Sent" in rosie.text


def answers_close():
    """A month later: the clock that decides is the database's own, so what it is held against moves back."""
    Opportunity.objects.update(closes_at=timezone.now() - datetime.timedelta(minutes=1))


def commissioner_locks(commissioner):
    commissioner.goto("/commissioning/")
    commissioner.follow(TITLE)
    commissioner.follow("Go on to lock the summary")
    commissioner.press("Lock the summary")
    assert "£5 million, by the start of the contract" in commissioner.text
    make_papers("council")
    commissioner.goto(commissioner.address)
    assert commissioner.opened(PDF).startswith(b"%PDF")


def commissioner_tells_what_came_of_it(commissioner, reference):
    commissioner.goto(f"/commissioning/requirements/{reference}/opportunity/")
    commissioner.follow(TEAM)
    commissioner.follow("Write a word to them")
    commissioner.fill("What you tell them about their answer", "Your plan for weekends was the clearest.")
    commissioner.press("Save")
    commissioner.goto(f"/commissioning/requirements/{reference}/opportunity/")
    commissioner.follow("Write")
    commissioner.tick("Awarded", within="What came of it?")
    commissioner.date("Decided on", timezone.localdate())
    commissioner.fill("If awarded: to whom?", TEAM)
    commissioner.fill("If awarded: the value", "23,500")
    commissioner.press("Save")
    commissioner.press("Tell everybody who spoke up")


def team_reads_it(rosie):
    rosie.goto("/my/rosies-home-help/opportunities/")
    rosie.follow(TITLE)
    assert "Your plan for weekends was the clearest." in rosie.text
