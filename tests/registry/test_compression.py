import gzip

import pytest
from django.http import HttpResponse

from registry.compression import CompressTextMiddleware


def sent(rf, content_type, accepts="gzip, deflate, br"):
    body = b"lunch at home " * 200
    request = rf.get("/", headers={"Accept-Encoding": accepts})
    return CompressTextMiddleware(lambda _: HttpResponse(body, content_type=content_type))(request)


@pytest.mark.parametrize("kind", ["text/html; charset=utf-8", "application/json", "application/x-ndjson"])
def test_what_reads_as_text_is_compressed(rf, kind):
    answer = sent(rf, kind)
    assert answer["Content-Encoding"] == "gzip"
    assert gzip.decompress(answer.content).startswith(b"lunch at home")
    assert "Accept-Encoding" in answer["Vary"]


def test_a_pdf_and_a_picture_stay_as_they_are(rf):
    assert not any(sent(rf, kind).has_header("Content-Encoding") for kind in ("application/pdf", "image/png"))


def test_who_cannot_unpack_it_gets_it_plain(rf):
    assert not sent(rf, "text/html", accepts="").has_header("Content-Encoding")


def test_no_two_answers_tell_by_their_length_what_they_hold(rf):
    assert len({len(sent(rf, "text/html").content) for _ in range(30)}) > 1


@pytest.mark.django_db
def test_pages_go_out_compressed(client):
    assert client.get("/find/", headers={"Accept-Encoding": "gzip"})["Content-Encoding"] == "gzip"
