"""A carer lists what they do, on a phone."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from providers.joining.actions import add_service, save_step
from providers.models import Submission
from registry.models import User
from tests.browser.conftest import PHONE, axe, fits_the_width
from tests.factories.registrations import write_draft
from tests.providers.credentials.files import picture

pytestmark = pytest.mark.usefixtures("postcodes", "council")
MOST_SCREENS, MOST_FIELDS, MOST_MINUTES = 14, 40, 12
# How long it takes on a phone: to look at a screen, to find a field, and to type.
SECONDS_A_SCREEN, SECONDS_A_FIELD, LETTERS_A_SECOND = 10, 3, 3.3
# Signing in: the page of the address and the page of the code, one field each.
ADDRESS, CODE = "rosie@homehelp.example", "ABC123"
DESCRIPTION = (
    "I cook a fresh lunch in your kitchen and we eat together. I can do your shopping on the way. I have looked after "
    "my own dad, so I know how much a friendly face helps."
)


class Carer:
    """Fills in pages as a person does, and counts screens, fields and letters. Each screen is judged."""

    def __init__(self, page):
        self.page = page
        self.screens = self.fields = 2
        self.letters = len(ADDRESS + CODE)

    @property
    def minutes(self):
        seconds = self.screens * SECONDS_A_SCREEN + self.fields * SECONDS_A_FIELD + self.letters / LETTERS_A_SECOND
        return seconds / 60

    def look(self):
        self.screens += 1
        axe(self.page)
        fits_the_width(self.page)

    def types(self, label, words):
        self.fields += 1
        self.letters += len(words)
        self.page.get_by_label(label).first.fill(words)

    def picks(self, *labels):
        self.fields += 1
        for label in labels:
            self.page.get_by_label(label, exact=True).check()

    def dates(self, question, day):
        self.fields += 1
        group = self.page.get_by_role("group", name=question)
        for part, number in [("Day", day.day), ("Month", day.month), ("Year", day.year)]:
            self.letters += len(str(number))
            group.get_by_label(part).fill(str(number))

    def uploads(self, label):
        self.fields += 1
        photo = {"name": "certificate.jpg", "mimeType": "image/jpeg", "buffer": picture()}
        self.page.get_by_label(label).set_input_files(photo)

    def goes_on(self, button="Save and continue"):
        self.page.get_by_role("button", name=button).click()
        self.look()


def say_who_and_what(carer):
    carer.types("What name do you trade under?", "Rosie's Home Help")
    carer.picks("Sole trader")
    carer.types("Phone number for families", "07700 900 123")
    carer.goes_on()
    carer.types("How many people do the work?", "1")
    carer.picks("No")
    carer.goes_on()
    carer.types("What do you call what you do?", "Lunch and company at home")
    carer.types("Tell families about it", DESCRIPTION)
    carer.page.get_by_text("Meals", exact=True).click()
    carer.picks("Cooking at home")
    carer.picks("In your home")
    carer.goes_on()
    carer.picks("Older people", "People living with dementia")
    carer.types("What do you charge?", "18.50")
    carer.picks("an hour")
    carer.picks("The person or their family", "Direct payment")
    carer.goes_on()


def say_where_and_when(carer):
    carer.types("What is your postcode?", "ba1 1lz")
    carer.types("Which town or village is that?", "Larkhall, Bath")
    carer.types("How many miles will you travel?", "6")
    carer.goes_on()
    carer.picks("Monday", "Tuesday", "Thursday")
    carer.picks("Mornings")
    carer.picks("Space now")
    carer.types("About how many hours a week", "6")
    carer.goes_on()


def show_proof(carer):
    today = timezone.localdate()
    carer.picks("Yes")
    carer.types("Who is it with?", "Markel")
    carer.types("What is the policy number?", "MK-123")
    carer.types("How much does it cover?", "5 million")
    carer.dates("When did it start?", today - datetime.timedelta(days=60))
    carer.dates("What is its last day?", today + datetime.timedelta(days=300))
    carer.uploads("Photos or PDF of the certificate")
    carer.goes_on()
    carer.picks("Yes")
    carer.picks("First aid")
    carer.types("Who gave the training?", "St John Ambulance")
    carer.dates("When was it?", today - datetime.timedelta(days=90))
    carer.uploads("Photos or PDF of the certificate")
    carer.goes_on()


def test_a_sole_trader_joins_in_few_screens_and_fields(page_at, sign_in_as, provider_user, capsys):
    page = page_at(PHONE)
    sign_in_as(page, provider_user)
    carer = Carer(page)
    page.goto(reverse("join"))
    carer.look()
    page.get_by_role("button", name="Start now").click()
    carer.look()
    page.get_by_role("button", name="Begin").click()
    carer.look()
    say_who_and_what(carer)
    say_where_and_when(carer)
    show_proof(carer)
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your answers")
    carer.goes_on("Send")
    expect(page.locator("main")).to_contain_text("We have it")
    assert Submission.objects.count() == 1
    page.get_by_role("link", name="Go to your listing").click()
    axe(page)
    with capsys.disabled():
        print(
            f"\nJoining at {PHONE} px, signing in included: {carer.screens} screens, {carer.fields} fields, "
            f"{carer.letters} letters, {carer.minutes:.1f} minutes"
        )
    assert carer.screens <= MOST_SCREENS
    assert carer.fields <= MOST_FIELDS
    assert carer.minutes < MOST_MINUTES


def test_the_pages_beside_the_shortest_way_are_usable_on_a_phone(page_at, sign_in_as, provider_user):
    """A second service, the preview, two people on one page: nobody needs them, and whoever does finds them."""
    draft = write_draft(provider_user)
    mark = add_service(draft=draft, by=provider_user)
    page = sign_in_as(page_at(PHONE), provider_user)
    pages = [("join_steps", []), ("join_check", []), ("join_preview", [])]
    pages += [("join_step", [f"where-{mark}"]), ("join_take_off_service", [f"service-{mark}"])]
    for name, given in pages:
        page.goto(reverse(name, args=given))
        axe(page)
        fits_the_width(page)
    page.goto(reverse("join_step", args=["you"]))
    page.get_by_label("What name do you trade under?").fill("Rosie's Table")
    facts = draft.steps.get(step="you").answers | {"name": "Rosie's Kitchen"}
    other = User.objects.create_user("marek@homehelp.example", "Marek")
    save_step(draft=draft, step="you", facts=facts, by=other)
    page.get_by_role("button", name="Save and continue").click()
    axe(page)
    fits_the_width(page)
    expect(page.locator("main")).to_contain_text("They wrote: Rosie's Kitchen")
    page.get_by_role("button", name="Save and continue").click()
    assert draft.steps.get(step="you").answers["name"] == "Rosie's Table"
