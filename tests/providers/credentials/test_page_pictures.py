"""Pages of a PDF as pictures, for a checker who would otherwise download each."""

import subprocess
from io import BytesIO

import pytest
from PIL import Image

from providers.credentials import page_pictures
from providers.credentials.draw_page import SIDE, draw
from providers.credentials.page_pictures import MOST_PAGES, drawn, pages_of
from providers.models import Evidence
from tests.cast import sign_in
from tests.providers.credentials.files import pdf, picture
from tests.providers.listings.makers import make_provider
from tests.providers.moderation.makers import certificate, insured

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]


@pytest.fixture
def held(council):
    return insured(make_provider(council))


def address(stored, number=1):
    return f"/evidence/{stored.pk}/pages/{number}/"


def test_a_page_is_drawn_large_enough_to_read():
    assert max(Image.open(BytesIO(draw(pdf(2), 2))).size) == SIDE


def test_a_checker_sees_a_page_as_a_picture_that_can_do_nothing(client, held, checker):
    stored = certificate(held)
    response = sign_in(client, checker).get(address(stored))
    assert response["Content-Type"] == "image/png"
    assert "sandbox; default-src 'none'" in response["Content-Security-Policy"]
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response["Cache-Control"]
    assert Image.open(BytesIO(response.content)).format == "PNG"


@pytest.mark.parametrize("number", [0, 2, MOST_PAGES + 1])
def test_a_page_that_is_not_there_is_not_found(client, held, checker, number):
    assert sign_in(client, checker).get(address(certificate(held), number)).status_code == 404


def test_a_photo_has_no_pages_and_a_lost_or_waiting_file_none_to_show(client, held, checker):
    sign_in(client, checker)
    photo = certificate(held, picture())
    assert client.get(address(photo)).status_code == 404
    assert list(pages_of(photo)) == []
    stored = certificate(held, pdf(2))
    assert list(pages_of(stored)) == [1, 2]
    Evidence.objects.filter(pk=stored.pk).update(scan="waiting")
    assert client.get(address(stored)).status_code == 404
    Evidence.objects.filter(pk=stored.pk).update(scan="clean", file="evidence/gone.pdf")
    assert client.get(address(stored)).status_code == 404
    stored.refresh_from_db()
    assert list(pages_of(stored)) == []


def test_of_a_long_pdf_the_first_pages_are_shown(held):
    assert list(pages_of(certificate(held, pdf(MOST_PAGES + 3)))) == list(range(1, MOST_PAGES + 1))


def test_what_cannot_be_drawn_or_takes_too_long_is_no_fault(monkeypatch):
    assert drawn(b"%PDF-1.4 and nothing else", 1) is None

    def never_ends(*given, **more):
        raise subprocess.TimeoutExpired("draw_page.py", page_pictures.PATIENCE_SECONDS)

    monkeypatch.setattr(subprocess, "run", never_ends)
    assert drawn(pdf(), 1) is None
