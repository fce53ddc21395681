"""An upload turned into what we keep: judged by its content, and made anew so that nothing hidden comes along."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import BinaryIO, cast

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.utils.translation import gettext as _

from providers.credentials.pdfs import rewritten
from providers.credentials.pictures import jpeg_of_heic, jpeg_of_photo
from providers.credentials.refusals import NotAccepted
from providers.models import DraftFile, Evidence
from providers.models.scan import ScanState
from registry.uploads import NoRoomUpload

PDF = "application/pdf"
JPEG = "image/jpeg"
PNG = "image/png"
HEIC = "image/heic"
ENDINGS = {PDF: "pdf", JPEG: "jpg", PNG: "png"}

HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"mif1"}
LONGEST_NAME = 150
# Of one certificate: an insurance schedule, photographed page by page.
MOST_FILES = 10
OPENABLE = (ScanState.NOT_ASKED, ScanState.CLEAN)

__all__ = ["MOST_FILES", "Cleaned", "NotAccepted", "cleaned", "is_openable", "kept_as_it_is"]


@dataclass(frozen=True)
class Cleaned:
    """An upload made anew: the only thing that may be stored as proof. Its name is for its owner's eyes."""

    content: ContentFile[bytes]
    content_type: str
    name: str
    # Of one that was stored before: what was scanned is not scanned again.
    scan: str = ""


def cleaned(uploaded: File[bytes]) -> Cleaned:
    """Read an upload and write it anew. Raises NotAccepted with a sentence that says what to do."""
    if isinstance(uploaded, NoRoomUpload):
        raise NotAccepted(_("We could not store this file just now. Wait a few minutes, then choose it again."))
    size = uploaded.size or 0
    if size == 0:
        raise NotAccepted(_("The file is empty. Choose it again, or take a new photo."))
    if size > settings.MAXIMUM_UPLOAD_BYTES:
        raise NotAccepted(_("The file must be 10 MB or smaller. Take a smaller photo, or send fewer pages."))
    uploaded.seek(0)
    found = _recognise(uploaded.read(1024))
    uploaded.seek(0)
    kept_as = PDF if found == PDF else JPEG
    try:
        content = _MADE_ANEW[found](cast(BinaryIO, uploaded))
    except NotAccepted:
        raise
    except Exception as error:
        # Decoders fail in every way they can on damaged files; whatever it was, the person gets one plain answer.
        raise NotAccepted(_damaged(found)) from error
    return Cleaned(ContentFile(content), kept_as, _name(uploaded.name, kept_as))


def kept_as_it_is(stored: DraftFile | Evidence) -> Cleaned:
    """What was made anew when it came in, to be kept in another row: not made anew again, not scanned again."""
    with stored.file.open("rb") as content:
        return Cleaned(ContentFile(content.read()), stored.content_type, "", stored.scan)


def is_openable(stored: DraftFile | Evidence) -> bool:
    """Whether anybody may open it: one that waits for the virus scanner is opened by nobody, not even its sender."""
    return bool(stored.file) and stored.scan in OPENABLE


def _recognise(head: bytes) -> str:
    for is_it, content_type in (
        (head.startswith(b"\xff\xd8\xff"), JPEG),
        (head.startswith(b"\x89PNG\r\n\x1a\n"), PNG),
        (head[4:8] == b"ftyp" and head[8:12] in HEIC_BRANDS, HEIC),
    ):
        if is_it:
            return content_type
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")):
        # What people mostly mean by such a file, whatever its name says.
        raise NotAccepted(_("This is a Word or ZIP file. Save it as a PDF, or send a photo of the certificate."))
    # Readers accept a PDF whose header is not at its very start, and some scanners write such files.
    if b"%PDF-" in head and not head.lstrip().startswith((b"<", b"GIF8", b"II*\0", b"MM\0*", b"RIFF", b"#!", b"MZ")):
        return PDF
    raise NotAccepted(_("The file must be a PDF, or a photo saved as JPEG, PNG or HEIC."))


def _name(name: str | None, content_type: str) -> str:
    stem = PurePath(name or "").stem[:LONGEST_NAME] or "certificate"
    return f"{stem}.{ENDINGS[content_type]}"


def _damaged(content_type: str) -> str:
    if content_type == PDF:
        return _("The PDF is damaged and does not open. Save it again, or send a photo of the certificate.")
    return _("The photo is damaged, or did not arrive whole. Choose it again, or take a new one.")


_MADE_ANEW = {PDF: rewritten, JPEG: jpeg_of_photo, PNG: jpeg_of_photo, HEIC: jpeg_of_heic}
