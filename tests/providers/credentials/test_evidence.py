import contextlib
import random
import struct
import zlib
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from providers.credentials.evidence import NotAccepted, as_jpeg, judge
from providers.credentials.forms import EvidenceField
from tests.providers.credentials.files import HEIC, locked_pdf, pdf, picture, upload

SAMPLES = {
    "application/pdf": pdf(),
    "image/jpeg": picture("JPEG"),
    "image/png": picture("PNG"),
    "image/heic": HEIC,
}


def bomb_png(side):
    """A PNG that says it is huge, in a few bytes."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


@pytest.mark.parametrize("expected", SAMPLES)
@pytest.mark.parametrize("name", ["certificate.pdf", "photo.jpg", "evil.html", "nothing"])
def test_a_certificate_is_judged_by_its_content_and_not_its_name(expected, name):
    assert judge(upload(SAMPLES[expected], name)) == expected


REFUSED = [
    (b"", "file is empty"),
    (b"x" * (10 * 1024 * 1024 + 1), "10 MB or smaller"),
    (b"<html>hello</html>", "must be a PDF, or a photo"),
    (b"GIF89a" + bytes(50), "must be a PDF, or a photo"),
    (pdf(0), "no pages"),
    (locked_pdf(), "needs a password"),
    (b"%PDF-1.7\nnot really", "PDF is damaged"),
    (picture("JPEG")[:200], "photo is damaged"),
    (picture("PNG")[:60], "photo is damaged"),
    (HEIC[:200], "photo is damaged"),
    (bomb_png(8_100), "too many dots"),
    (bomb_png(60_000), "photo is damaged"),
]


@pytest.mark.parametrize(("content", "words"), REFUSED, ids=range(len(REFUSED)))
def test_what_cannot_be_read_is_refused_in_plain_words(content, words):
    with pytest.raises(NotAccepted, match=words):
        judge(upload(content))


def test_a_file_is_left_at_its_start():
    uploaded = upload(pdf())
    judge(uploaded)
    assert uploaded.read(5) == b"%PDF-"


def test_the_field_says_what_it_found():
    uploaded = upload(picture(), "certificate.pdf", "text/html")
    assert EvidenceField().clean(uploaded).content_type == "image/jpeg"


def test_the_field_refuses_in_the_same_words():
    with pytest.raises(ValidationError, match="must be a PDF, or a photo"):
        EvidenceField().clean(upload(b"<script>"))
    with pytest.raises(ValidationError, match="file is empty"):
        EvidenceField().clean(upload(b""))


def test_the_field_may_be_left_empty_when_it_is_optional():
    assert EvidenceField(required=False).clean(None) is None


def test_a_heic_photograph_is_shown_as_jpeg():
    with Image.open(BytesIO(as_jpeg(BytesIO(HEIC)))) as shown:
        assert (shown.format, shown.size) == ("JPEG", (64, 48))


@pytest.mark.fuzz
@pytest.mark.parametrize("kind", SAMPLES)
def test_no_damage_to_a_file_ever_raises_anything_else(kind):
    chance = random.Random(kind)
    for _round in range(150):
        content = bytearray(SAMPLES[kind])
        for _change in range(chance.randint(1, 12)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        if chance.random() < 0.3:
            del content[chance.randrange(len(content)) :]
        with contextlib.suppress(NotAccepted):
            assert judge(upload(bytes(content))) in SAMPLES
