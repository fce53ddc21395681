import io
import uuid

import page as referee
import pdfplumber
import pytest

from providers.models import KeptService, Provider
from providers.shortlists.paper import paper, paper_pdf
from registry.pdf.sizes import SIZES
from tests.providers.listings.makers import comes_from, listed, make_provider, make_service
from tests.reading import words_of_page, words_of_pdf

pytestmark = pytest.mark.django_db
SMALLEST = {"a4": 9, "large-print": 18}


def judged(pdf, tmp_path):
    path = tmp_path / "list.pdf"
    path.write_bytes(pdf)
    result = referee.validate_pdf(path, profile=referee.ValidationProfile.PDF_UA_1)
    return [failure.rule_id for failure in result.failures]


@pytest.fixture
def with_everything(family, mine, kept, rosie, today):
    """A note, and one that has left the register."""
    family.post(f"{mine}{rosie.pk}/note/", {f"{rosie.pk}-note": "Rang on Monday, can start in May"})
    KeptService.objects.create(kept_list=kept, service_id=uuid.uuid4(), position=9, kept_on=today)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("link", ["mine", "shared"])
def test_each_pdf_is_pdf_ua_1_on_a4_with_the_words_of_the_page(family, request, with_everything, tmp_path, size, link):
    address = request.getfixturevalue(link)
    answer = family.get(f"{address}on-paper/{size}.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert "no-store" in answer["Cache-Control"]
    assert judged(answer.content, tmp_path) == []
    assert words_of_pdf(answer.content) == words_of_page(family.get(f"{address}on-paper/").content)
    with pdfplumber.open(io.BytesIO(answer.content)) as opened:
        assert {(round(page.width), round(page.height)) for page in opened.pages} == {(595, 842)}
        letters = {round(char["size"], 1) for page in opened.pages for char in page.chars if char["text"].strip()}
    assert min(letters) >= SMALLEST[size]


def test_it_says_what_somebody_at_the_table_needs(family, mine, rosie):
    said = " ".join(words_of_page(family.get(f"{mine}on-paper/").content))
    for each in (
        "Listed is not recommended",
        "07700 900 123",
        "They would rather you rang.",
        f"/p/{rosie.provider.short_code}",
        "Check for yourself",
        "Meet them first",
        "ring 999",
        "Point the camera of a phone at the code",
    ):
        assert each in said
    assert "QR code that opens this list" in family.get(f"{mine}on-paper/").text


def test_a_list_of_long_winded_ones_prints(family, kept, council, postcodes, today, tmp_path):
    provider = make_provider(council, "W" * 120, slug="wide", phone="+44 (0) 1234 567890 ext 12345")
    service = make_service(provider, "\u202eLunch\u202c", description="W" * 3000)
    comes_from(service)
    listed(provider)
    KeptService.objects.create(kept_list=kept, service_id=service.pk, position=9, kept_on=today, note="W" * 200)
    for size in SIZES:
        assert judged(paper_pdf(paper(kept, today), size), tmp_path) == []


def test_an_empty_one_prints_too(kept, today, tmp_path):
    kept.kept.all().delete()
    assert judged(paper_pdf(paper(kept, today), "a4"), tmp_path) == []


def test_one_made_up_for_the_demonstration_says_so(family, mine, rosie):
    Provider.every.filter(pk=rosie.provider_id).update(is_invented=True)
    listed(Provider.every.get(pk=rosie.provider_id))
    assert "Made up for the demonstration" in family.get(f"{mine}on-paper/").text


def test_there_are_two_sizes_of_letters(family, mine):
    assert family.get(f"{mine}on-paper/a5.pdf").status_code == 404


def test_too_many_in_a_minute_are_refused(family, mine, monkeypatch):
    monkeypatch.setattr("providers.shortlists.sending_views.PDFS_A_MINUTE", 1)
    assert family.get(f"{mine}on-paper/a4.pdf").status_code == 200
    answer = family.get(f"{mine}on-paper/a4.pdf")
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0
