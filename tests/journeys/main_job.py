"""The main job, step by step, as its people do it. Any visitor walks it: by Django's client, or in a browser."""

import datetime
import re

from django.utils import timezone

from registry.models import OutgoingMail
from tests.commissioning.makers import make_papers
from tests.providers.credentials.files import pdf, picture

CARER = "rosie@carer.example"
NAME = "Rosie's Home Help"
PDF = "The council’s own copy (PDF)"


def sign_in_by_code(visitor, email):
    visitor.fill("Email address", email)
    visitor.press("Send me a code")
    mail = OutgoingMail.objects.filter(to=email).latest("pk")
    visitor.fill("Code", re.search(r"^\s*([A-Z0-9-]{6,})\s*$", mail.body, re.MULTILINE)[1])
    visitor.press("Sign in")


def carer_registers(carer):
    today = timezone.localdate()
    carer.goto("/join/")
    carer.follow("Start now")
    sign_in_by_code(carer, CARER)
    carer.follow("Begin")
    say_who_and_what(carer)
    say_where_and_when(carer)
    carer.tick("Yes", within="Do you have public liability insurance?")
    carer.fill("Who is it with?", "Markel")
    carer.fill("What is the policy number?", "MK-123")
    carer.fill("How much does it cover?", "5 million")
    carer.date("When did it start?", today - datetime.timedelta(days=60))
    carer.date("What is its last day?", today + datetime.timedelta(days=300))
    carer.upload("Photos or PDF of the certificate", "insurance.pdf", pdf(), "application/pdf")
    carer.press("Save and continue")
    carer.tick("Yes", within="Have you done any training")
    carer.tick("First aid", within="What was it in?")
    carer.fill("Who gave the training?", "St John Ambulance")
    carer.date("When was it?", today - datetime.timedelta(days=90))
    carer.upload("Photos or PDF of the certificate", "first-aid.png", picture("PNG"), "image/png")
    carer.press("Save and continue")
    # Pictures are made anew, and are JPEG from then on.
    for answer in (NAME, "£18.50", "£5 million", "insurance.pdf", "first-aid.jpg", "Larkhall, Bath"):
        assert answer in carer.text
    carer.press("Send")
    assert "We have it" in carer.text


def say_who_and_what(carer):
    carer.fill("What name do you trade under?", NAME)
    carer.tick("Sole trader", within="What kind of business is it?")
    carer.fill("Phone number for families", "07700 900 123")
    carer.press("Save and continue")
    carer.fill("How many people do the work?", "1")
    carer.tick("No", within="Do you employ anyone?")
    carer.press("Save and continue")
    carer.fill("What do you call what you do?", "Lunch and company at home")
    carer.fill("Tell families about it", "I cook a fresh lunch in your kitchen and we eat together.")
    carer.tick("Cooking at home")
    carer.tick("Company at home")
    carer.tick("In your home", within="Where do you do it?")
    carer.press("Save and continue")
    carer.tick("Older people", within="Who do you help?")
    carer.fill("What do you charge?", "18.50")
    carer.tick("an hour", within="Is that for")
    carer.tick("Direct payment", within="Who can pay you?")
    carer.tick("The council", within="Who can pay you?")
    carer.press("Save and continue")


def say_where_and_when(carer):
    carer.fill("What is your postcode?", "ba1 1lz")
    carer.fill("Which town or village is that?", "Larkhall, Bath")
    carer.fill("How many miles will you travel?", "6")
    carer.press("Save and continue")
    carer.tick("Tuesday", within="Which days do you work?")
    carer.tick("Afternoons", within="What times of day?")
    carer.tick("Space now", within="Do you have space for someone new?")
    carer.fill("About how many hours a week do you have free?", "6")
    carer.press("Save and continue")


def checker_sends_back(checker):
    checker.goto("/checks/")
    checker.follow(NAME)
    assert "MK-123" in checker.text
    checker.follow("Send back with a reason")
    checker.fill("What do they need to do?", "The certificate is blank. Please send the page with your name on it.")
    checker.press("Send back")


def carer_answers(carer):
    carer.goto("/my/")
    assert "The certificate is blank." in carer.text
    carer.follow("Mend it and send it again")
    carer.follow("Public liability insurance")
    carer.upload("Photos or PDF of the certificate", "whole.pdf", pdf(2), "application/pdf")
    carer.press("Save and continue")
    if "Check your answers" not in carer.text:
        carer.follow("Check your answers")
    carer.fill("Is there something you want to tell the council?", "Here is the whole certificate.")
    carer.press("Send")
    assert "We have it" in carer.text


def checker_publishes(checker):
    checker.goto("/checks/")
    checker.follow(NAME)
    assert "Here is the whole certificate." in checker.text
    for certificate, beginning in (("Public liability", b"%PDF"), ("First aid", b"\xff\xd8\xff")):
        checker.follow(f"Record a check: {certificate}")
        assert checker.opened("Open page 1").startswith(beginning)
        checker.tick("Seen: it is what they say it is", within="What did you find?")
        checker.tick("Saw a copy or photograph", within="How did you check?")
        checker.date("When did you look?", timezone.localdate())
        checker.press("Record")
    checker.follow("Publish")
    checker.press("Publish")


def family_finds(family):
    family.goto("/")
    family.fill("What help is needed?", "someone to cook lunch")
    family.fill("Postcode where it is needed", "BA1 1LZ")
    family.press("Find help")
    assert family.address == "/find/?need=someone+to+cook+lunch&postcode=BA1+1LZ"
    assert "£18.50" in family.text
    assert NAME in family.text
    family.follow(f"Lunch and company at home, {NAME}")
    assert family.address.startswith("/providers/rosies-home-help/")
    seen = f"seen by Bath and North East Somerset Council on {written(timezone.localdate())}"
    assert seen in family.text
    assert "MK-123" not in family.text
    assert "BA1 1LZ" not in family.text


def written(day):
    return f"{day.day} {day:%B %Y}"


def commissioner_writes(commissioner):
    commissioner.goto("/commissioning/")
    commissioner.follow("Write a requirement")
    commissioner.fill("Title", "Lunch and company in Bath")
    commissioner.fill("What is needed", "Cooked lunches for people who would otherwise miss them.")
    commissioner.date("First day", datetime.date(2027, 4, 1))
    commissioner.date("Last day", datetime.date(2028, 3, 31))
    commissioner.fill("Estimated value", "24,000")
    commissioner.tick("The council buys", within="Who buys?")
    commissioner.fill("Days to pay an invoice", "14")
    commissioner.press("Save and continue")
    for title, hours in (("Lunches on weekdays", "5"), ("Lunches every day", "20")):
        commissioner.follow("Add a lot")
        commissioner.fill("Title", title)
        commissioner.fill("What kind of service?", "Cooking at home")
        commissioner.fill("Hours a week", hours)
        commissioner.tick("BA1", within="Where?")
        commissioner.press("Save and continue")
        commissioner.follow("Lunch and company in Bath")
    commissioner.follow("Ask for something")
    commissioner.fill("What do you ask for?", "Public liability insurance")
    commissioner.fill("Least cover", "2,000,000")
    commissioner.tick("By the start of the contract", within="By when?")
    commissioner.press("Save and continue")
    commissioner.follow("Say what you did to lower barriers")
    commissioner.tick("Too much work to answer", within="Which barriers did you find")
    commissioner.fill("What did you do about them?", "One page, and lots of a few hours.")
    commissioner.press("Save and continue")


def commissioner_sees_the_field(commissioner):
    commissioner.follow("See who could do it for lot 2")
    assert "Fit: 0. Not known: 1. Do not yet meet something: 1." in commissioner.text
    commissioner.follow("Lunch and company in Bath")
    commissioner.follow("See who could do it for lot 1")
    assert "Fit: 1. Not known: 1. Do not yet meet something: 0." in commissioner.text
    commissioner.press(f"Put on the shortlist: {NAME}")
    assert "Shortlisted" in commissioner.text
    commissioner.follow("Lunch and company in Bath")


def commissioner_locks(commissioner):
    commissioner.follow("Go on to lock the summary")
    commissioner.press("Lock the summary")
    assert re.fullmatch(r"/commissioning/summaries/\w{8}/", commissioner.address)
    assert NAME in commissioner.text
    assert "Marek's Kitchen" in commissioner.text
    make_papers("council")
    commissioner.goto(commissioner.address)
    assert commissioner.opened(PDF).startswith(b"%PDF")
