"""An edit of a listed provider, seen by the checker who decides and by the provider, on a telephone and on a desk."""

import re

import pytest
from playwright.sync_api import expect

from providers.models import FieldChange
from tests.browser.conftest import DESK, axe, fits_the_width
from tests.factories.edits import publish_first, send_edit

pytestmark = pytest.mark.django_db(transaction=True)
SMALLEST = 320


@pytest.mark.parametrize("width", [SMALLEST, DESK])
def test_a_checker_says_yes_and_no_and_the_provider_reads_why(
    page_at, sign_in_as, provider, provider_user, checker, width
):
    listed = publish_first(provider, checker)
    words = {"name": "Dinner for two", "description": "I cook a hot dinner in your kitchen."}
    submission = send_edit(
        listed, provider_user, service=words, customers={"price_pence": 3000}, when={"space": "full"}
    )
    page = sign_in_as(page_at(width), checker)
    for address in ("/checks/", f"/checks/{submission.pk}/"):
        page.goto(address)
        axe(page)
        fits_the_width(page)
    page.get_by_role("button", name="I’ll take this").click()
    answers = {change.fact: change.pk.hex for change in FieldChange.objects.waiting()}
    for fact, answer in [("price", "no"), ("name", "yes"), ("description", "yes")]:
        page.locator(f"input[name='answer-{answers[fact]}'][value='{answer}']").check()
    page.locator(f"textarea[name='reason-{answers['price']}']").fill("Please tell us why it costs so much more.")
    expect(page.locator(f"textarea[name='reason-{answers['name']}']")).not_to_be_visible()
    axe(page)
    page.get_by_role("button", name="Save your answers").click()
    page.get_by_text("Decided. They have been told.").wait_for()
    own = sign_in_as(page_at(width), provider_user)
    own.goto(f"/my/{listed.slug}/")
    own.get_by_text("Please tell us why it costs so much more.").wait_for()
    axe(own)
    fits_the_width(own)
    own.get_by_role("link", name=re.compile("^Answer")).click()
    axe(own)
    fits_the_width(own)
    own.get_by_label("What do you want to tell the council?").fill("I bring the food now.")
    own.get_by_role("button", name="Send my answer").click()
    own.get_by_text("Waiting for your council").wait_for()
