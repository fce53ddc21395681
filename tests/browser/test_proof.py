"""The pages about proof, as a carer, a customer and a council meet them."""

import pytest
from django.urls import reverse
from django.utils import timezone

from providers.credentials.actions import record_check
from providers.models import Credential, Submission
from providers.moderation.actions import publish
from providers.references.actions import answer, ask, decline
from providers.references.links import token_of
from tests.browser.conftest import axe, fits_the_width

pytestmark = pytest.mark.django_db(transaction=True)
NARROW, DESK = 320, 1280


def look(page, address):
    page.goto(address)
    axe(page)
    fits_the_width(page)


@pytest.fixture
def listed(provider, checker, council):
    publish(submission=provider.submissions.get(), by=checker)
    cover = Credential.every.get(provider=provider, kind="public_liability")
    day = timezone.localdate()
    record_check(credential=cover, council=council, by=checker, outcome="seen", means="copy", seen_on=day)
    provider.refresh_from_db()
    return provider


@pytest.mark.parametrize("width", [NARROW, DESK])
def test_a_carer_keeps_proof_on_pages_that_everybody_can_use(page_at, sign_in_as, listed, provider_user, width):
    ask(provider=listed, name="Mary Jones", email="mary@home.example", by=provider_user)
    page = sign_in_as(page_at(width), provider_user)
    cover = Credential.every.get(provider=listed, kind="public_liability")
    first_aid = Credential.every.get(provider=listed, kind="first_aid")
    mine = [listed.slug]
    look(page, reverse("my_credentials", args=mine))
    look(page, reverse("kinds_to_add", args=mine))
    look(page, reverse("add_credential", args=[*mine, "care_certificate"]))
    page.get_by_role("button", name="Save and send").click()
    axe(page)
    fits_the_width(page)
    for name, credential in (
        ("my_credential", cover),
        ("renew_credential", cover),
        ("correct_credential", first_aid),
        ("withdraw_credential", first_aid),
    ):
        look(page, reverse(name, args=[*mine, credential.pk]))
    look(page, reverse("my_references", args=mine))
    look(page, reverse("ask_for_reference", args=mine))


@pytest.mark.parametrize("width", [NARROW, DESK])
def test_a_customer_answers_without_an_account(page_at, listed, provider_user, width):
    mary = ask(provider=listed, name="Mary Jones", email="mary@home.example", by=provider_user)
    jo = ask(provider=listed, name="Jo", email="jo@home.example", by=provider_user)
    decline(reference=jo)
    page = page_at(width)
    where = reverse("reference", args=[token_of(mary)])
    look(page, where)
    page.get_by_label("One to five years").check()
    page.get_by_label("How was it, in your own words?").fill("He came every Tuesday, on time.")
    page.get_by_label("Yes").check()
    page.get_by_role("button", name="Send my answer").click()
    page.get_by_role("heading", name="Thank you. We have your answer").wait_for()
    axe(page)
    fits_the_width(page)
    look(page, reverse("reference", args=[token_of(jo)]))


@pytest.mark.parametrize("width", [NARROW, DESK])
def test_a_council_says_what_it_asks_for_with_the_keyboard(page_at, sign_in_as, administrator, council, width):
    page = sign_in_as(page_at(width), administrator)
    look(page, reverse("checks_asked_for", args=[council.pk]))
    look(page, reverse("check_asked_for", args=[council.pk, "food_hygiene"]))
    page.get_by_label("Only those who do certain kinds of work").focus()
    page.keyboard.press("Space")
    page.get_by_label("Meals").focus()
    page.keyboard.press("Space")
    page.get_by_label("Months until you look again").focus()
    page.keyboard.type("24")
    page.keyboard.press("Enter")
    page.get_by_text("Asked of: Meals").wait_for()


def test_a_checker_reads_what_customers_wrote(page_at, sign_in_as, listed, provider_user, checker):
    for name in ("mary", "jo", "ali"):
        asked = ask(provider=listed, name=name, email=f"{name}@home.example", by=provider_user)
        answer(reference=asked, known_for="years", words="Always on time.", would_ask_again=True)
    waiting = Submission.objects.waiting().get(provider=listed)
    claim = Credential.every.get(kind="references")
    page = sign_in_as(page_at(DESK), checker)
    look(page, reverse("check_credential", args=[waiting.pk, claim.pk]))
    look(page, reverse("reference_safeguarding", args=[waiting.council_id, asked.pk]))
