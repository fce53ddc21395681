"""The public page that says whether a summary is ours."""

import tempfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from commissioning.summaries.actions import end_summary
from commissioning.summaries.public_views import CHECKS_A_MINUTE
from tests.commissioning.makers import make_papers
from tests.reading import words_of_page

pytestmark = pytest.mark.django_db
ADDRESS = "/check-a-summary/"
OURS = "It is one of ours"
NOT_OURS = "It is not one of ours"


def said(response):
    return " ".join(words_of_page(response.content))


def by_reference(client, reference, fingerprint):
    return client.post(ADDRESS, {"reference": reference, "fingerprint": fingerprint})


def by_file(client, content, name="summary.pdf"):
    return client.post(f"{ADDRESS}file/", {"file": SimpleUploadedFile(name, content)})


def content_of(paper):
    with paper.file.open("rb") as stored:
        return stored.read()


@pytest.mark.parametrize("form", ["as it is", "in groups", "in capitals"])
def test_reference_and_fingerprint_as_somebody_types_them(client, lock, form):
    typed = {
        "as it is": (lock.reference, lock.fingerprint),
        "in groups": (f" {lock.reference[:4]} {lock.reference[4:]}", lock.fingerprint_in_groups.replace(" ", "\r\n")),
        "in capitals": (lock.reference.lower(), lock.fingerprint.upper()),
    }
    response = by_reference(client, *typed[form])
    words = said(response)
    assert OURS in words
    assert "Council Bath and North East Somerset" in words
    assert lock.facts["locked"]["words"] in words
    assert "Yes. The council can show it." in words
    assert "no-store" in response["Cache-Control"]


def test_nothing_else_is_told(client, lock):
    words = by_reference(client, lock.reference, lock.fingerprint).content.decode()
    for private in (lock.facts["title"], "Ana’s Kitchen", str(lock.locked_by), lock.requirement.reference):
        assert private not in words


def test_who_knows_one_of_the_two_learns_nothing_about_the_other(client, lock):
    answers = set()
    for reference, fingerprint in (
        (lock.reference, "0" * 64),
        ("BBBBBBBB", lock.fingerprint),
        ("BBBBBBBB", "0" * 64),
    ):
        words = said(by_reference(client, reference, fingerprint))
        answers.add(words.replace(fingerprint, "").replace(reference, ""))
    (only,) = answers
    assert NOT_OURS in only


def test_every_paper_is_known_by_its_file_and_a_byte_more_makes_it_another(client, lock):
    make_papers()
    for paper in lock.papers.all():
        assert OURS in said(by_file(client, content_of(paper)))
    changed = said(by_file(client, content_of(paper) + b"\n"))
    assert NOT_OURS in changed
    assert "byte for byte" in changed


def test_a_summary_that_has_ended_is_still_known(client, lock, django_capture_on_commit_callbacks):
    make_papers()
    content = content_of(lock.papers.get(edition="easier-words"))
    with django_capture_on_commit_callbacks(execute=True):
        end_summary(lock)
    for response in (by_reference(client, lock.reference, lock.fingerprint), by_file(client, content)):
        assert OURS in said(response)
        assert "No. Its time was over, and it was ended on" in said(response)


def test_no_byte_of_a_file_touches_the_disk(client, monkeypatch):
    def refused(*_given, **_named):
        raise AssertionError("a temporary file")

    monkeypatch.setattr(tempfile, "NamedTemporaryFile", refused)
    monkeypatch.setattr(tempfile, "TemporaryFile", refused)
    assert NOT_OURS in said(by_file(client, b"%PDF-1.7 " + b"x" * 6_000_000))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "That file is empty"),
        (b"PK\x03\x04 a document", "That file is not a PDF"),
        (b"%PDF-1.7" + bytes(10 * 1024 * 1024), "larger than 10 MB"),
    ],
)
def test_wrong_files_get_a_clear_answer(client, content, words):
    assert words in said(by_file(client, content))


@pytest.mark.parametrize(
    ("reference", "fingerprint", "words"),
    [
        ("", "", "Enter the reference of the summary"),
        ("BNSX22BC", "", "Enter the fingerprint of the summary"),
        ("BNSX22BC", "12ab", "You typed 4."),
        ("BNSX22BC", "12xy", "“x” is none of them."),
        ("B\x00", "\x00", "Null characters are not allowed"),
        ("B" * 9_000, "f" * 9_000, "at most"),
        ("‮", "0" * 64, NOT_OURS),
    ],
)
def test_wrong_words_get_a_clear_answer(client, reference, fingerprint, words):
    response = by_reference(client, reference, fingerprint)
    assert response.status_code == 200
    assert words in said(response)


def test_no_file_at_all_and_an_address_opened_by_hand(client):
    assert "Choose the PDF of the summary" in said(client.post(f"{ADDRESS}file/"))
    assert "Choose the PDF of the summary" in said(client.post(f"{ADDRESS}file/", {"file": "words"}))
    assert client.get(f"{ADDRESS}file/")["Location"] == ADDRESS


@pytest.mark.parametrize("address", [ADDRESS, f"{ADDRESS}file/"])
def test_both_forms_carry_a_token(address, lock):
    strict = Client(enforce_csrf_checks=True)
    page = strict.get(ADDRESS)
    assert page.content.decode().count("csrfmiddlewaretoken") == 2
    assert strict.post(address, {"reference": lock.reference}).status_code == 403
    token = {"csrfmiddlewaretoken": page.context["csrf_token"]}
    file = {"file": SimpleUploadedFile("a.pdf", b"%PDF-1.7")} if address != ADDRESS else {}
    typed = {"reference": lock.reference, "fingerprint": lock.fingerprint}
    assert strict.post(address, {**token, **typed, **file}).status_code == 200


def test_many_checks_from_one_place_have_to_wait(client, lock):
    for _ in range(CHECKS_A_MINUTE):
        assert by_reference(client, "BBBBBBBB", "0" * 64).status_code == 200
    for late in (by_reference(client, lock.reference, lock.fingerprint), by_file(client, b"%PDF-1.7")):
        assert late.status_code == 429
        assert int(late["Retry-After"]) > 0
        assert "Try again in a minute" in said(late)


def test_the_foot_of_every_page_leads_here(client):
    assert 'href="/check-a-summary/"' in client.get("/privacy/").content.decode()
    assert "Check a summary" in said(client.get(ADDRESS))
