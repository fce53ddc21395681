"""A register exported from one copy and brought into an empty one: families read the same words."""

import difflib
import json
import re

import pytest
from bs4 import BeautifulSoup
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from providers.listings.actions import leave_open_feed
from providers.models import Check, Listing, Provider, Service
from providers.models.price_extra import PriceExtra
from tests.providers.listings.makers import comes_from, has_space, listed, make_provider, make_service
from tests.providers.open_referral.conftest import seen
from tests.reading import words_of_page

# What a copy may not say as its own: that it was told by the provider, and what councils saw for this register.
NOT_THE_COPYS = [
    r"This was taken from .*?They have not told us anything themselves\.",
    r"Is this you\? .*?make it yours\.",
    r"Checks, as their source says .*?(?= What councils| Registration| Map|$)",
]
# A base travels as the middle of its postcode district, so a copy cannot know how far away it is to the mile.
AWAY = r"(about \d+ miles? away|less than a mile away)"


@pytest.fixture
def rich(telling, quiet, hall, council):
    """Three that the feed's own tests know, and one whose answers are unusual in every way that can be."""
    odd = make_provider(
        council,
        "Bäckerei & Töchter <Ltd>",
        slug="an-older-address",
        about="One.\n\nTwo: 1 < 2 & 3 > 2.",
        phone="",
        people=3,
        prefers_calls=True,
        is_invented=True,
        employs_anyone=False,
        legal_form="co_operative",
    )
    service = make_service(
        odd,
        "Nights & sleep-ins",
        description="First line.\nSecond line, with a <b> that is no tag.\n\nThird.",
        price_pence=0,
        price_unit="night",
        price_note="Free for neighbours; ask",
        minimum_minutes=90,
        languages=["BSL", "Scots"],
        source_says=[{"about": "ages", "words": "18-30"}],
        regulatory_basis="registered",
        regulator="CQC",
        registration_number="1-123456789",
    )
    comes_from(service, miles=10)
    has_space(service, space="away", away_until="2099-01-01", hours_free=7, days=["sat", "sun"], parts=["night"])
    PriceExtra.objects.create(service=service, extra_for="mileage", price_pence=45, price_unit="mile")
    listed(odd)
    return [telling, quiet, hall, odd]


def pages_of(client):
    """The words of every provider's page and of the searches that families make."""
    pages = {}
    for slug in Provider.listed.order_by("slug").values_list("slug", flat=True):
        pages[slug] = without_what_is_not_the_copys(client.get(f"/providers/{slug}/").content)
    for need in ("", "cooking", "a night's sleep"):
        found = client.get("/find/", {"postcode": "BA1 1LZ", "need": need}).content
        pages[f"find {need}"] = without_what_is_not_the_copys(found)
    return pages


def without_what_is_not_the_copys(html):
    soup = BeautifulSoup(html, "html.parser")
    for heading in soup.find_all(["h2", "h3"], string=re.compile("checked|seen", re.I)):
        for after in list(heading.find_all_next()):
            after.decompose()
        heading.decompose()
    for row in soup.find_all(["dt"], string=re.compile("as their source says|Where this comes from|Checks")):
        row.parent.decompose()
    words = " ".join(words_of_page(str(soup)))
    for pattern in (*NOT_THE_COPYS, AWAY):
        words = re.sub(pattern, "", words)
    return words.split()


def empty():
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        cursor.execute("TRUNCATE providers_provider CASCADE")
    assert not Service.every.exists()


@pytest.mark.parametrize("dest", ["register.ndjson", "register"])
def test_a_register_brought_into_an_empty_copy_gives_the_same_public_pages(rich, client, tmp_path, council, dest):
    before = pages_of(client)
    keys = set(Service.every.values_list("pk", flat=True))
    call_command("export_open_referral", str(tmp_path / dest), verbosity=0)
    empty()
    said = ["--council", council.pk, "--publish", "--source", "the register next door"]
    call_command("import_open_referral", str(tmp_path / dest), *said, verbosity=0)
    after = pages_of(client)
    assert after.keys() == before.keys()
    for page, words in before.items():
        assert [line for line in difflib.ndiff(words, after[page]) if line[0] != " "] == [], page
    assert set(Service.every.values_list("pk", flat=True)) == keys
    assert Provider.every.get(slug="an-older-address").is_invented


def test_a_council_never_becomes_the_checker_of_what_another_saw(rich, checker, client, tmp_path, council):
    seen(rich[0], council, checker)
    call_command("export_open_referral", str(tmp_path / "all.ndjson"), verbosity=0)
    empty()
    said = ["--council", council.pk, "--publish"]
    call_command("import_open_referral", str(tmp_path / "all.ndjson"), *said, verbosity=0)
    assert not Check.objects.exists()
    page = " ".join(words_of_page(client.get(f"/providers/{rich[0].slug}/").content))
    assert "Checks, as their source says" in page


def test_a_copy_that_is_brought_in_again_changes_nothing_and_one_of_ones_own_adds_nothing(
    rich, tmp_path, council, capsys
):
    file = str(tmp_path / "all.ndjson")
    call_command("export_open_referral", file, verbosity=0)
    call_command("import_open_referral", file, "--council", council.pk, verbosity=0)
    said = capsys.readouterr()
    assert "4 services read: 0 new, 0 changed, 0 as they were, 4 not taken." in said.out
    assert "this register holds it already, and not from this source" in said.err
    empty()
    for expected in ("4 new, 0 changed, 0 as", "0 new, 0 changed, 4 as"):
        call_command("import_open_referral", file, "--council", council.pk, "--publish", verbosity=0)
        assert expected in capsys.readouterr().out
    assert Listing.objects.count() == 4


def test_who_stays_out_of_the_feed_stays_out_of_the_export(rich, tmp_path, provider_user):
    leave_open_feed(provider=rich[0], by=provider_user, now=timezone.now())
    call_command("export_open_referral", str(tmp_path / "pages"), verbosity=0)
    (page,) = (tmp_path / "pages").iterdir()
    told = json.loads(page.read_text())
    assert (told["total_pages"], told["last_page"], told["size"]) == (1, True, 3)
    assert rich[0].name not in page.read_text()
    assert "BA2 3AA" not in page.read_text()


def test_an_export_of_nothing_is_an_empty_page_and_one_to_nowhere_says_so(db, tmp_path):
    call_command("export_open_referral", str(tmp_path / "pages"), verbosity=0)
    assert json.loads((tmp_path / "pages" / "services-00001.json").read_text())["empty"]
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("export_open_referral", str(tmp_path / "no" / "such" / "all.ndjson"), verbosity=0)


def test_who_is_shown_from_a_list_is_told_how_to_make_the_page_theirs(rich, client, tmp_path, council):
    words = "Is this you?"
    assert words not in client.get(f"/providers/{rich[0].slug}/").content.decode()
    call_command("export_open_referral", str(tmp_path / "all.ndjson"), verbosity=0)
    empty()
    said = ["--council", council.pk, "--publish"]
    call_command("import_open_referral", str(tmp_path / "all.ndjson"), *said, verbosity=0)
    page = BeautifulSoup(client.get(f"/providers/{rich[0].slug}/").content, "html.parser")
    assert page.find("a", string="Sign in and list what you do")["href"] == "/join/"
    assert words in page.get_text()
