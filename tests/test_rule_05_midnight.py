"""No page for families shows a lapsed credential as current: every public address, on both sides of midnight.

The addresses come from the access table, so a page that is added is walked without a word here.
"""

import datetime
import json
import re
from io import BytesIO

import pdfplumber
import pytest
from bs4 import BeautifulSoup
from django.db import transaction
from django.test import Client
from django.utils import timezone
from django.utils.http import http_date
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from providers.confirming.links import Asked
from providers.confirming.links import address as confirmation_address
from providers.credentials.wording import day
from providers.models import Credential, KeptList, PassportLink, Provider
from providers.showing.actions import make_link
from providers.showing.links import SIGNER
from registry.models import Council, User
from tests.access_table import TABLE
from tests.access_world import build_world
from tests.cast import sign_in
from tests.clock import NIGHTS, SECOND, SERVER_ZONES, at, end_of
from tests.providers.moderation.makers import insured, looked_at

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
SLOT = re.compile(r"<(?:\w+:)?(\w+)>")
# Before every night that is tried, so that no date of the world's own is one of theirs.
FOUNDED = datetime.datetime(2026, 2, 20, 12, tzinfo=datetime.UTC)
MOMENTS = [-SECOND, 0 * SECOND, 12 * 60 * 60 * SECOND]

PUBLIC = [route for route, row in TABLE.items() if row.expected("signed_out", "GET") == 200]
# What a provider prints and hands to families; as pages here, and on paper further down.
HANDED_OUT = ["my/<slug:slug>/flyer/", "my/<slug:slug>/passport/"]
PRINTED = ["my/<slug:slug>/flyer/<slug:size>.pdf", "my/<slug:slug>/passport.pdf"]
# Where a credential is told of; if one of these fell silent, this test would prove nothing.
TELLS = {
    "find/",
    "providers/<slug:slug>/",
    "api/services/",
    "api/services/<uuid:id>/",
    "open-referral/v3/services",
    "open-referral/v3/services/<uuid:id>",
    "open-referral/v3/organizations/<uuid:id>",
    "passport/<str:token>/",
    "shortlist/<str:token>/",
    "shared-list/<str:token>/",
    "shared-list/<str:token>/side-by-side/",
    "shared-list/<str:token>/on-paper/<slug:size>.pdf",
}
# Without shrinking: each example walks every page, and the first one that fails says enough.
TRIED = [Phase.explicit, Phase.generate]
ASKED = {"find/": {"postcode": "BA1 1LZ"}, "api/services/": {"postcode": "BA1 1LZ"}}


@pytest.fixture
def world():
    with at(FOUNDED):
        world = build_world()
        provider = Provider.every.get(slug=world.slug)
        council, checker = Council.objects.get(pk=world.code), User.objects.get(email="checker@council.example")
        Credential.every.filter(provider=provider).update(replaced_at=timezone.now())
        kinds = ["public_liability", "professional_indemnity", "motor_business", "treatment"]
        world.held = [insured(provider, kind=kind) for kind in kinds]
        for credential in world.held:
            looked_at(credential, council, checker)
        world.provider = provider
        world.owner = User.objects.get(email="owner@provider.example")
    return world


def set_dates(world, night, offsets):
    """What each holds to: so many days from the night that is watched. Distinct, so that each is known by its day."""
    for credential, offset in zip(world.held, offsets, strict=True):
        credential.starts_on, credential.ends_on = night - 300 * DAY, night + offset * DAY
        credential.save()


def address(world, route):
    return "/" + SLOT.sub(lambda slot: str(getattr(world, TABLE[route].given.get(slot[1], slot[1]))), route)


def words(response):
    content = b"".join(response.streaming_content) if response.streaming else response.content
    kind = response.headers.get("Content-Type", "")
    if kind.startswith("application/pdf"):
        with pdfplumber.open(BytesIO(content)) as paper:
            text = " ".join(page.extract_text() for page in paper.pages)
    elif kind.startswith("text/html"):
        text = BeautifulSoup(content, "html.parser").get_text(" ")
    elif "json" in kind:
        text = json.dumps(json.loads(content), ensure_ascii=False)
    else:
        text = content.decode()
    return " ".join(text.split())


def ways_of_telling(text, credential):
    """What stands before each mention of its last day."""
    return re.findall(rf"(\w+ \w+) {day(credential.ends_on)}\b", text)


def told_rightly(text, credential, moment):
    told = ways_of_telling(text, credential)
    if moment >= end_of(credential.ends_on):
        return all(before == "ended on" for before in told)
    return "ended on" not in told


def walk(world, visitor, routes, moment, before):
    """The words of every page at this moment, by route, asked for by a browser that has seen it earlier."""
    seen = {}
    for route in routes:
        earlier, had = before.get(route, ({}, ""))
        response = visitor.get(address(world, route), ASKED.get(route), headers=earlier)
        # An invitation may have ended by then; "not changed since you saw it" would be a lie wherever dates are told.
        assert response.status_code in (200, 304, 404, 410), f"/{route} at {moment}"
        # "Not changed" says again what was said then, and must be as true now.
        seen[route] = had if response.status_code == 304 else words(response)
        tells = any(ways_of_telling(seen[route], credential) for credential in world.held)
        assert not (tells and re.search(r"max-age=[1-9]|public", response.headers.get("Cache-Control", ""))), route
        headers = {"If-Modified-Since": http_date(moment.timestamp())}
        if "ETag" in response.headers:
            headers["If-None-Match"] = response.headers["ETag"]
        before[route] = headers, seen[route]
    return seen


def check_moment(world, moment, before):
    """Every page of families, at one moment. Returns the routes that told of what holds."""
    # The day on which a link was made stands on its page too, and is none of a credential's.
    PassportLink.objects.all().delete()
    link = make_link(provider=world.provider, made_for="Mrs Hill", days=7, by=world.owner, now=timezone.now())
    world.token = SIGNER.sign(link.pk.hex)
    # Changed today, or it would be over by some of the nights.
    KeptList.objects.update(changed_on=timezone.localdate())
    asked = confirmation_address(Asked(world.provider.pk, timezone.localdate()))
    world.asked_token = asked.rstrip("/").rpartition("/")[2]
    seen = walk(world, Client(), PUBLIC, moment, before)
    seen |= walk(world, sign_in(Client(), world.owner), HANDED_OUT, moment, before)
    for route, text in seen.items():
        for credential in world.held:
            assert told_rightly(text, credential, moment), (route, moment, credential.ends_on, text)
    holding = [credential for credential in world.held if moment < end_of(credential.ends_on)]
    for credential in world.held:
        assert ways_of_telling(seen["providers/<slug:slug>/"], credential)
    return {route for route, text in seen.items() if any(ways_of_telling(text, held) for held in holding)}


@pytest.mark.fuzz
@settings(max_examples=2, deadline=None, database=None, phases=TRIED, suppress_health_check=list(HealthCheck))
@example(night=NIGHTS[0], offsets=[0, -1, 1, 40], zone="UTC")
@example(night=NIGHTS[3], offsets=[0, -1, 1, 40], zone="Pacific/Kiritimati")
@given(
    night=st.sampled_from(NIGHTS),
    offsets=st.lists(st.sampled_from([-200, -31, -1, 0, 1, 2, 30, 31, 200]), min_size=4, max_size=4, unique=True),
    zone=st.sampled_from(SERVER_ZONES),
)
def test_rule_05_no_family_facing_page_shows_a_lapsed_credential_as_current(world, night, offsets, zone):
    before = {}
    with transaction.atomic():
        set_dates(world, night, offsets)
        for step in MOMENTS:
            moment = end_of(night) + step
            with at(moment, zone):
                told = check_moment(world, moment, before)
            if any(offset > 0 for offset in offsets):
                assert TELLS - told == set(), (night, offsets, zone, step)
        transaction.set_rollback(True)


@pytest.mark.parametrize("night", [NIGHTS[0], NIGHTS[4]])
def test_rule_05_nothing_lapsed_is_printed_as_current(world, night):
    set_dates(world, night, [0, -1, 1, 40])
    on_paper = []
    for step in MOMENTS[:2]:
        moment = end_of(night) + step
        with at(moment):
            owner = sign_in(Client(), world.owner)
            for route in PRINTED:
                text = words(owner.get(address(world, route)))
                assert all(told_rightly(text, credential, moment) for credential in world.held), text
                on_paper += [before for credential in world.held for before in ways_of_telling(text, credential)]
    assert "ended on" in on_paper
    assert set(on_paper) - {"ended on"}
