"""What families, customers, providers and checkers see of each other's words: on a telephone, at a desk, by axe."""

import os
import time
import uuid
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from providers.correcting.actions import pass_on, tell
from providers.enquiring import links
from providers.enquiring.actions import answer
from providers.models import Enquiry
from providers.recommending.actions import reply
from providers.recommending.deciding import show_reply
from providers.recommending.links import token_of
from providers.recommending.rules import spoken
from registry.access.opened import LEAST_SECONDS, Opened
from tests.browser.conftest import DESK, PHONE, axe, fits_the_width
from tests.providers.enquiring.makers import HELP, asked_of
from tests.providers.listings.makers import listed
from tests.providers.recommending.makers import card_of, invited, shown, written

LONG = "W" * 60


@pytest.fixture
def world(provider, provider_user, checker, council):
    council.safeguarding_phone, council.safeguarding_url = "01225 396000", "https://council.example/report"
    council.save()
    listed(provider)
    said = shown(provider, provider_user, checker, signed_as=LONG)
    show_reply(reply=reply(recommendation=said, words="Thank you.", by=provider_user), by=checker)
    other = shown(provider, provider_user, checker, "jo@home.example")
    return {
        "slug": provider.slug,
        "said": said,
        "reply": reply(recommendation=other, words="Sorry.", by=provider_user),
        "waits": written(provider, provider_user, "al@home.example"),
        "card": card_of(provider, provider_user),
        "invited": invited(provider, provider_user, "di@home.example"),
        "asked": asked_of(provider, may_write=True),
        "rings": asked_of(provider, answer_by="phone", phone="01225 123456", help_wanted="Tea", name=LONG),
        "held": asked_of(provider, Opened(uuid.uuid4(), 0), help_wanted="Walks"),
        "wrong": tell(provider=provider, kind="price", words=LONG * 5, email="", opened=Opened(uuid.uuid4(), 60)),
    }


def public(world):
    slug, sees = world["slug"], links.SEES
    return [
        f"/providers/{slug}/",
        f"/providers/{slug}/ask/",
        f"/providers/{slug}/ask/look-in-your-mail/",
        f"/providers/{slug}/something-wrong/",
        f"/providers/{slug}/something-wrong/told/",
        f"/providers/{slug}/recommendations/",
        "/recommendations/policy/",
        "/recommend/?code=wrong",
        "/recommend/bcdf/",
        f"/recommend/{spoken(world['invited'].code)}/",
        f"/recommend/{spoken(world['card'].code)}/",
        reverse("recommendation", args=[token_of(world["said"])]),
        reverse("enquiry", args=[links.token_of(world["asked"], sees)]),
        reverse("enquiry", args=[links.token_of(world["held"], sees)]),
        reverse("confirm_enquiry", args=[links.token_of(world["held"], links.CONFIRMS)]),
        reverse("answer_enquiry_by_link", args=[links.token_of(world["asked"], links.ANSWERS)]),
        "/enquiries/nothing/",
    ]


def own(world):
    slug = world["slug"]
    names = ("", "enquiries/", "recommendations/", "recommendations/ask/", "recommendations/cards/", "corrections/")
    return [
        *(f"/my/{slug}/{name}" for name in names),
        reverse("my_enquiry", args=[slug, world["asked"].pk]),
        reverse("my_enquiry", args=[slug, world["rings"].pk]),
        reverse("reply_to_recommendation", args=[slug, world["said"].pk]),
        reverse("answer_correction", args=[slug, world["wrong"].pk]),
        f"/my/{slug}/figures/",
    ]


def of_the_council(world):
    wrong, waits = world["wrong"].pk, world["waits"].pk
    return [
        reverse("public_words"),
        reverse("check_correction", args=[wrong]),
        reverse("correction_safeguarding", args=[wrong]),
        reverse("decide_recommendation", args=[waits]),
        reverse("decide_recommendation", args=[world["said"].pk]),
        reverse("recommendation_safeguarding", args=[waits]),
        reverse("decide_reply", args=[world["reply"].pk]),
    ]


def look(page, addresses, name):
    for number, address in enumerate(addresses):
        page.goto(address)
        axe(page)
        fits_the_width(page)
        if folder := os.environ.get("NEARHAND_SHOTS"):
            where = Path(folder) / f"words-{name}-{number:02}-{page.viewport_size['width']}.png"
            page.screenshot(path=where, full_page=True)


@pytest.mark.parametrize("width", [320, DESK])
def test_every_page_pleases_axe_and_fits(page_at, sign_in_as, provider_user, checker, world, width):
    look(page_at(width), public(world), "public")
    pass_on(correction=world["wrong"], by=checker)
    look(sign_in_as(page_at(width), provider_user), own(world), "own")
    answer(enquiry=world["asked"], words="Yes, on Tuesdays.", by=provider_user)
    look(page_at(width), [reverse("enquiry", args=[links.token_of(world["asked"], links.SEES)])], "answered")
    look(sign_in_as(page_at(width), checker), of_the_council(world), "council")


def test_a_daughter_writes_without_scripts_and_takes_it_back(page_at, world):
    Enquiry.objects.all().delete()
    page = page_at(PHONE, javascript=False)
    page.goto(f"/providers/{world['slug']}/")
    page.get_by_role("link", name="Write to them from here").click()
    page.get_by_label("What help do you need?").fill(HELP)
    page.get_by_label("What may they call you?").fill("Sarah")
    page.get_by_label("By e-mail").check()
    page.get_by_label("Your e-mail address", exact=False).first.fill("sarah@home.example")
    # What nobody sees or hears cannot be filled in by somebody who uses a keyboard or a screen reader.
    expect(page.locator("#id_subject")).not_to_be_visible()
    time.sleep(LEAST_SECONDS)
    page.get_by_role("button", name="Send it").click()
    expect(page.locator("h1")).to_contain_text("Sent to")
    assert Enquiry.objects.get().relayed_at is not None
    page.get_by_role("button", name="Take it back and delete it").click()
    expect(page.locator("h1")).to_contain_text("You took it back")
