import datetime
import io

import page as referee
import pdfplumber
import pytest
from django.utils import timezone

from providers.credentials.actions import answer_about_dbs
from providers.models import Credential, Provider
from providers.showing.flyer import AMOUNTS, SIZES, flyer, flyer_pdf, newest_public
from tests.cast import sign_in
from tests.providers.listings.makers import comes_from, goes_anywhere_in, listed, make_provider, make_service
from tests.reading import words_of_page, words_of_pdf

pytestmark = pytest.mark.django_db
SENTENCE = "I come to your home and cook what you like, and we eat it together at your own table. "


@pytest.fixture
def as_owner(client, provider_user):
    return sign_in(client, provider_user)


def address(provider, size=""):
    return f"/my/{provider.slug}/flyer/{size}{'.pdf' if size else ''}"


def pages(pdf):
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        return [(round(page.width), round(page.height)) for page in opened.pages]


def judged(pdf, tmp_path):
    path = tmp_path / "flyer.pdf"
    path.write_bytes(pdf)
    result = referee.validate_pdf(path, profile=referee.ValidationProfile.PDF_UA_1)
    return [failure.rule_id for failure in result.failures]


@pytest.mark.parametrize(("size", "shape"), [("a4", (595, 842)), ("a5", (420, 595))])
def test_the_flyer_is_one_page_of_pdf_ua_1_with_the_words_of_its_page(as_owner, rosie, tmp_path, size, shape):
    answer = as_owner.get(address(rosie, size))
    assert answer["Content-Type"] == "application/pdf"
    assert "no-store" in answer["Cache-Control"]
    assert pages(answer.content) == [shape]
    assert judged(answer.content, tmp_path) == []
    page = as_owner.get(address(rosie))
    assert words_of_page(page.content) == words_of_pdf(answer.content)


def test_it_says_what_somebody_with_the_paper_in_hand_needs(as_owner, rosie):
    words = " ".join(words_of_page(as_owner.get(address(rosie)).content))
    for said in (
        "Rosie's Home Help",
        "I cook a fresh lunch in your kitchen and we eat together.",
        "Travels up to 6 miles from BA1",
        "£18.50 an hour",
        "07700 900 123",
        f"/p/{rosie.short_code}",
        "see the page for today’s state",
        "Listed is not recommended",
    ):
        assert said in words


def long_winded(council, how):
    """A provider that fills every field to its brim."""
    letters = {"wide": "W" * 11 + " ", "unbroken": "W" * 500, "sentences": SENTENCE}[how]
    name = (letters * 20)[:120].strip()
    provider = make_provider(
        council,
        name,
        slug="long-winded",
        about=(letters * 200)[:2000],
        phone="+44 (0) 1234 567890 ext 12345",
        email=f"{'w' * 60}@{'w' * 60}.example",
    )
    for number in range(9):
        service = make_service(
            provider,
            f"{number} {name}"[:120],
            description=(letters * 300)[:3000],
            price_pence=123_456,
            price_unit="session",
        )
        comes_from(service)
        goes_anywhere_in(service, council=council)
    listed(provider)
    return newest_public(provider)


@pytest.mark.parametrize("how", ["wide", "unbroken", "sentences"])
def test_it_is_one_page_however_much_there_is_to_say(council, postcodes, how, tmp_path):
    said = flyer(long_winded(council, how), timezone.localdate())
    for size in SIZES:
        pdf = flyer_pdf(said, size)
        assert len(pages(pdf)) == 1
        assert judged(pdf, tmp_path) == []


def test_the_least_amount_fits_even_the_widest_words(council, postcodes, monkeypatch):
    monkeypatch.setattr("providers.showing.flyer.AMOUNTS", AMOUNTS[-1:])
    said = flyer(long_winded(council, "unbroken"), timezone.localdate())
    assert said["more_services"] == "And 7 more services."
    assert [len(pages(flyer_pdf(said, size))) for size in SIZES] == [1, 1]


def test_a_name_from_right_to_left_with_a_picture_in_it_prints(council, postcodes, tmp_path):
    provider = make_provider(council, "\u202eRosie\u202c שלום 🌻", slug="marks")
    comes_from(make_service(provider))
    listed(provider)
    pdf = flyer_pdf(flyer(newest_public(provider), timezone.localdate()), "a5")
    assert len(pages(pdf)) == 1


def test_rule_05_nothing_lapsed_stands_on_it(as_owner, rosie):
    Credential.every.filter(kind="public_liability").update(ends_on=timezone.localdate() - datetime.timedelta(days=1))
    words = " ".join(words_of_page(as_owner.get(address(rosie)).content))
    assert "Public liability" not in words
    assert "First aid" in words


def test_rule_06_it_says_what_was_approved(as_owner, rosie):
    Provider.every.filter(pk=rosie.pk).update(name="A name that nobody approved")
    assert "Rosie" in " ".join(words_of_page(as_owner.get(address(rosie)).content))


def test_rule_10_it_never_says_where_a_home_is(as_owner, rosie):
    page = as_owner.get(address(rosie)).text
    assert rosie.base_postcode not in page
    assert rosie.base_postcode.split()[1] not in page


def test_rule_12_it_says_who_saw_what_and_when_and_the_day_it_was_made(as_owner, rosie):
    words = " ".join(words_of_page(as_owner.get(address(rosie)).content))
    assert "seen by Bath and North East Somerset Council on 3 March 2026" in words
    today = timezone.localdate()
    assert f"As of {today.day} {today:%B %Y}" in words


def test_rule_01_a_dbs_certificate_is_told_of_only_after_a_yes(as_owner, rosie, dbs, provider_user):
    assert "DBS" not in as_owner.get(address(rosie)).text
    answer_about_dbs(dbs=dbs, by=provider_user, publicly=True, with_councils=False)
    text = as_owner.get(address(rosie)).text
    assert "DBS certificate seen by Bath and North East Somerset Council on" in text
    for kept in ("Enhanced", "1234", "5 January 2026"):
        assert kept not in text


def test_there_is_none_before_families_can_see_the_page(as_owner, provider):
    assert "as soon as families can see your page" in as_owner.get(address(provider)).text
    assert as_owner.get(address(provider, "a5")).status_code == 404


def test_there_are_two_sizes_of_paper(as_owner, rosie):
    assert as_owner.get(address(rosie, "a3")).status_code == 404


def test_too_many_in_a_minute_are_refused(as_owner, rosie, monkeypatch):
    monkeypatch.setattr("providers.showing.views.PDFS_A_MINUTE", 1)
    assert as_owner.get(address(rosie, "a5")).status_code == 200
    answer = as_owner.get(address(rosie, "a5"))
    assert answer.status_code == 429
    assert answer["Retry-After"] == "60"


@pytest.mark.parametrize(("kind", "begins"), [("svg", b"<svg"), ("png", b"\x89PNG")])
def test_the_code_alone_can_be_taken_along(as_owner, rosie, kind, begins):
    answer = as_owner.get(f"/my/{rosie.slug}/qr.{kind}")
    assert answer.content.startswith(begins)
    assert answer["Content-Disposition"].startswith("attachment")
    assert as_owner.get(f"/my/{rosie.slug}/qr.gif").status_code == 404
