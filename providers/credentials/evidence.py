"""Is this upload a certificate that a person could read? Judged by its content: its name counts for nothing."""

from __future__ import annotations

from io import BytesIO
from typing import BinaryIO, cast

import pi_heif
import pikepdf
from django.conf import settings
from django.core.files.base import File
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from PIL import Image

PDF = "application/pdf"
JPEG = "image/jpeg"
PNG = "image/png"
HEIC = "image/heic"
KINDS_IN_WORDS = {PDF: "PDF", JPEG: "JPEG", PNG: "PNG", HEIC: "HEIC"}

# A small file can unfold into a picture that fills the memory. 64 million is beyond what a phone takes by default.
MOST_PIXELS = 64_000_000
HEIC_BRANDS = {b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"}
SHOWN_SIDE = 2400


class NotAccepted(Exception):
    """Why an upload cannot be used, in words for the person who sent it."""

    def __init__(self, message: str | Promise) -> None:
        self.message = str(message)
        super().__init__(self.message)


def judge(uploaded: File[bytes]) -> str:
    """The content type of an upload, by its content. Raises NotAccepted with a sentence that says what to do."""
    size = uploaded.size or 0
    if size == 0:
        raise NotAccepted(_("The file is empty. Choose it again, or take a new photo."))
    if size > settings.MAXIMUM_UPLOAD_BYTES:
        raise NotAccepted(_("The file must be 10 MB or smaller. Take a smaller photo, or send fewer pages."))
    uploaded.seek(0)
    content_type = _recognise(uploaded.read(1024))
    try:
        _OPENERS[content_type](cast(BinaryIO, uploaded))
    except NotAccepted:
        raise
    except Exception as error:
        # Decoders fail in every way they can on damaged files; whatever it was, the person gets one plain answer.
        raise NotAccepted(_damaged(content_type)) from error
    finally:
        uploaded.seek(0)
    return content_type


def as_jpeg(stored: BinaryIO) -> bytes:
    """A HEIC photograph as a JPEG, upright and without its place and time: most office browsers cannot show HEIC."""
    heif = pi_heif.open_heif(stored)
    picture = Image.frombytes(heif.mode, heif.size, heif.data, "raw", heif.mode, heif.stride).convert("RGB")
    picture.thumbnail((SHOWN_SIDE, SHOWN_SIDE))
    out = BytesIO()
    picture.save(out, "JPEG", quality=85)
    return out.getvalue()


def _recognise(head: bytes) -> str:
    if head.startswith(b"\xff\xd8\xff"):
        return JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if head[4:8] == b"ftyp" and head[8:12] in HEIC_BRANDS:
        return HEIC
    # Readers accept a PDF whose header is not at its very start, and some scanners write such files.
    if b"%PDF-" in head:
        return PDF
    raise NotAccepted(_("The file must be a PDF, or a photo saved as JPEG, PNG or HEIC."))


def _open_pdf(uploaded: BinaryIO) -> None:
    try:
        with pikepdf.open(uploaded, suppress_warnings=True) as pdf:
            if not len(pdf.pages):
                raise NotAccepted(_("The PDF has no pages. Save it again, or send a photo of the certificate."))
    except pikepdf.PasswordError as error:
        raise NotAccepted(
            _("The PDF needs a password to open. Save a copy without a password, or send a photo of the certificate.")
        ) from error


def _open_picture(uploaded: BinaryIO) -> None:
    for look in ("verify", "load"):
        uploaded.seek(0)
        # `verify` uses the picture up, so it is opened again to be decoded.
        with Image.open(uploaded, formats=["JPEG", "PNG"]) as picture:
            _refuse_too_large(picture.size)
            getattr(picture, look)()


def _open_heic(uploaded: BinaryIO) -> None:
    uploaded.seek(0)
    heif = pi_heif.open_heif(uploaded)
    _refuse_too_large(heif.size)
    # Only asking for the dots decodes them.
    memoryview(heif.data).release()


def _refuse_too_large(size: tuple[int, int]) -> None:
    if size[0] * size[1] > MOST_PIXELS:
        raise NotAccepted(_("The photo has too many dots to open. Take it again at your phone's usual setting."))


def _damaged(content_type: str) -> str:
    if content_type == PDF:
        return _("The PDF is damaged and does not open. Save it again, or send a photo of the certificate.")
    return _("The photo is damaged, or did not arrive whole. Choose it again, or take a new one.")


_OPENERS = {PDF: _open_pdf, JPEG: _open_picture, PNG: _open_picture, HEIC: _open_heic}
