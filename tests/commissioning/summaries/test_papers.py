import hashlib
import io
import json
from pathlib import Path

import page as referee
import pdfplumber
import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from commissioning.models import Summary, SummaryPaper
from commissioning.models.summary_paper import LEASE, MOST_TRIES
from commissioning.summaries import papers
from commissioning.summaries.actions import end_summary
from commissioning.summaries.facts import fingerprint
from commissioning.summaries.papers import make, put_back_overdue
from commissioning.summaries.render import PAPERS
from commissioning.summaries.tasks import make_paper
from tests.commissioning.makers import make_papers
from tests.reading import words_of_page, words_of_pdf

pytestmark = pytest.mark.django_db

FORMAT_2 = Path(__file__).parents[2] / "data" / "summary_format_2.json"
PAGES = {"council": "", "publishing": "for-publishing/", "easier": "in-easier-words/"}


def judged(pdf, tmp_path):
    path = tmp_path / "summary.pdf"
    path.write_bytes(pdf)
    result = referee.validate_pdf(path, profile=referee.ValidationProfile.PDF_UA_1)
    return [failure.rule_id for failure in result.failures]


def address_of(summary, rest=""):
    return f"/commissioning/summaries/{summary.reference}/{rest}"


def paper_of(summary, edition="council"):
    return summary.papers.get(edition=edition)


def content_of(paper):
    with paper.file.open("rb") as stored:
        return stored.read()


def bytes_of(client, summary, edition):
    return b"".join(client.get(address_of(summary, f"{edition}.pdf")))


@pytest.fixture
def old(lock):
    """A summary as it was frozen before there were other words than the council's."""
    kept = json.loads(FORMAT_2.read_text())
    lock.papers.exclude(edition__in=["council", "council-large-print"]).delete()
    Summary.objects.filter(pk=lock.pk).update(**{name: kept[name] for name in ("reference", "fingerprint", "facts")})
    lock.refresh_from_db()
    return lock, kept["words"].split()


def test_each_paper_is_pdf_ua_1_on_a4_with_the_words_of_its_page(as_commissioner, lock, tmp_path):
    make_papers()
    assert {paper.edition for paper in lock.papers.all()} == set(PAPERS)
    for edition, paper in PAPERS.items():
        pdf = bytes_of(as_commissioner, lock, edition)
        assert judged(pdf, tmp_path) == [], edition
        page = as_commissioner.get(address_of(lock, PAGES[paper.words]))
        assert words_of_page(page.content) == words_of_pdf(pdf), edition
        with pdfplumber.open(io.BytesIO(pdf)) as opened:
            assert {tuple(sorted((round(sheet.width), round(sheet.height)))) for sheet in opened.pages} == {(595, 842)}
            letters = {round(char["size"], 1) for sheet in opened.pages for char in sheet.chars if char["text"].strip()}
        assert min(letters) >= (18 if paper.size == "large-print" else 8), edition


def test_papers_are_kept_with_their_digests(as_commissioner, lock):
    make_papers()
    for paper in lock.papers.all():
        assert hashlib.sha256(bytes_of(as_commissioner, lock, paper.edition)).hexdigest() == paper.digest
        assert not make(paper.pk)


def test_until_the_worker_has_been_the_pages_say_that_the_pdf_is_being_made(as_commissioner, lock):
    page = as_commissioner.get(address_of(lock))
    assert page.content.decode().count("the PDF is being made") == 2
    waits = as_commissioner.get(address_of(lock, "council.pdf"))
    assert waits.status_code == 202
    assert "The PDF is being made" in waits.content.decode()
    make_papers()
    assert "is being made" not in as_commissioner.get(address_of(lock)).content.decode()


def test_a_paper_that_fails_each_time_is_given_up_and_the_page_says_so(as_commissioner, lock, monkeypatch):
    paper = paper_of(lock)

    def fails(*_given):
        raise RuntimeError("no such font")

    monkeypatch.setattr(papers, "pdf_of", fails)
    for _ in range(MOST_TRIES):
        with pytest.raises(RuntimeError):
            make(paper.pk)
        SummaryPaper.objects.update(claimed_at=timezone.now() - 2 * LEASE)
    assert not make(paper.pk)
    assert "could not be made" in as_commissioner.get(address_of(lock)).content.decode()
    assert "could not be made" in as_commissioner.get(address_of(lock, "council.pdf")).content.decode()


def test_what_a_dead_worker_held_is_asked_for_again_once(lock):
    DBTaskResult.objects.all().delete()
    SummaryPaper.objects.update(claimed_at=timezone.now())
    assert put_back_overdue() == 0
    SummaryPaper.objects.update(claimed_at=timezone.now() - 2 * LEASE)
    assert put_back_overdue() == len(PAPERS)
    assert put_back_overdue() == 0
    asked = DBTaskResult.objects.filter(task_path=make_paper.module_path).values_list("args_kwargs", flat=True)
    assert sorted(arguments["args"][0] for arguments in asked) == sorted(lock.papers.values_list("pk", flat=True))


def test_a_claim_from_a_clock_that_was_wrong_holds_nobody_up(lock):
    paper = paper_of(lock, "council-large-print")
    SummaryPaper.objects.update(claimed_at=timezone.now() + 9 * LEASE)
    assert make(paper.pk)


def test_of_two_workers_at_one_paper_the_first_to_finish_is_kept(lock, monkeypatch):
    paper = paper_of(lock, "council-large-print")
    real = papers.pdf_of
    first = real(lock, "council-large-print")

    def overtaken(*given):
        monkeypatch.setattr(papers, "pdf_of", lambda *_given: first)
        SummaryPaper.objects.update(claimed_at=timezone.now() - 2 * LEASE)
        assert make(paper.pk)
        return real(*given) + b"late"

    monkeypatch.setattr(papers, "pdf_of", overtaken)
    assert not make(paper.pk)
    paper.refresh_from_db()
    assert content_of(paper) == first


def test_half_a_file_that_a_dead_worker_left_is_written_over(lock):
    paper = paper_of(lock, "council-large-print")
    storage, path = paper.file.storage, papers.paper_path(paper, "")
    storage.save(path, io.BytesIO(b"%PDF half"))
    assert make(paper.pk)
    paper.refresh_from_db()
    assert paper.file.name == path
    assert hashlib.sha256(content_of(paper)).hexdigest() == paper.digest


def test_a_summary_that_ends_takes_its_files_and_what_was_not_made_along(lock, django_capture_on_commit_callbacks):
    made = paper_of(lock)
    make(made.pk)
    made.refresh_from_db()
    waiting = paper_of(lock, "council-large-print").pk
    with django_capture_on_commit_callbacks(execute=True):
        assert end_summary(lock)
    assert not made.file.storage.exists(made.file.name)
    assert list(lock.papers.values_list("edition", "file", "digest")) == [("council", "", made.digest)]
    assert not make(waiting)


def test_a_summary_of_the_earlier_format_reads_as_it_did(as_commissioner, old, tmp_path):
    summary, words = old
    assert fingerprint(summary.facts) == summary.fingerprint
    make_papers()
    assert words_of_page(as_commissioner.get(address_of(summary)).content) == words
    for edition in ("council", "council-large-print"):
        pdf = bytes_of(as_commissioner, summary, edition)
        assert words_of_pdf(pdf) == words
        assert judged(pdf, tmp_path) == []
    for missing in ("for-publishing/", "in-easier-words/", "easier-words.pdf", "nonsense.pdf"):
        assert as_commissioner.get(address_of(summary, missing)).status_code == 404
    assert "In easier words" not in as_commissioner.get(address_of(summary)).content.decode()
