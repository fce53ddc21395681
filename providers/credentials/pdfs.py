"""A PDF written anew from what its pages show: no script, no action, no attachment, no form, nothing about its author.

What is kept is named, and the rest stays behind: a list of what is dangerous would always lack one.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any, BinaryIO, cast

import pikepdf
from django.utils.translation import gettext as _
from pikepdf.settings import set_qpdf_limits

from providers.credentials.refusals import NotAccepted

MOST_PAGES = 100
MOST_OBJECTS = 50_000
# A few kilobytes can unfold into gigabytes, and a few entries into millions. For the whole process, once.
MOST_UNFOLDED = 64 * 1024 * 1024
set_qpdf_limits(
    parser_max_nesting=100,
    parser_max_container_size=200_000,
    max_stream_filters=4,
    dct_max_memory=MOST_UNFOLDED,
    flate_max_memory=MOST_UNFOLDED,
    png_max_memory=MOST_UNFOLDED,
    run_length_max_memory=MOST_UNFOLDED,
    tiff_max_memory=MOST_UNFOLDED,
)

KEPT_OF_A_PAGE = {"/Type", "/Contents", "/Resources", "/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Group"}
# Below a page these serve no picture: they would only ride along.
FORBIDDEN_KEYS = {
    *("/AA", "/AF", "/AcroForm", "/Annots", "/EF", "/EmbeddedFile", "/EmbeddedFiles", "/JS", "/JavaScript"),
    *("/LastModified", "/Launch", "/Metadata", "/Names", "/OpenAction", "/PieceInfo", "/Rendition", "/RichMedia"),
    *("/RichMediaContent", "/StructParent", "/StructParents", "/URI", "/XFA"),
}
ACTIONS = {
    *("/GoToE", "/GoToR", "/ImportData", "/JavaScript", "/Launch", "/Movie", "/Named", "/Rendition"),
    *("/RichMediaExecute", "/SetOCGState", "/Sound", "/SubmitForm", "/Thread", "/URI"),
}
# Of the parts of a JPEG: EXIF, XMP, profiles, makers' own (APP1 to 13, APP15) and comments. APP14 says how to read it.
JPEG_SCAN, JPEG_COMMENT, JPEG_NOTES = 0xDA, 0xFE, {*range(0xE1, 0xEE), 0xEF}


def rewritten(uploaded: BinaryIO) -> bytes:
    """The pages as they look, in a new file. Raises NotAccepted, or whatever qpdf says of a damaged file.

    An owner's lock, as insurers put on their certificates, stays behind with the old file.
    """
    try:
        with (
            pikepdf.open(uploaded, inherit_page_attributes=False, suppress_warnings=True) as theirs,
            pikepdf.new() as ours,
        ):
            _refuse_page_count(sum(1 for _page in _leaves(theirs.Root.Pages)))
            _copy_pages(theirs, ours)
            return _saved(ours)
    except pikepdf.PasswordError as error:
        raise NotAccepted(
            _("The PDF needs a password to open. Save a copy without a password, or send a photo of the certificate.")
        ) from error


def _leaves(root: Any) -> Iterator[Any]:
    """The pages below a node, and one more than may be: counted before qpdf unfolds them all into memory."""
    waiting, seen, found = [root], set(), 0
    while waiting and found <= MOST_PAGES:
        node = waiting.pop()
        if not isinstance(node, pikepdf.Dictionary):
            continue
        if "/Kids" not in node:
            found += 1
            yield node
        elif node.objgen not in seen or node.objgen == (0, 0):
            seen.add(node.objgen)
            waiting.extend(node.Kids)


def _refuse_page_count(pages: int) -> None:
    if not pages:
        raise NotAccepted(_("The PDF has no pages. Save it again, or send a photo of the certificate."))
    if pages > MOST_PAGES:
        raise NotAccepted(
            _("The PDF has more than %(most)d pages. Send only the pages of the certificate.") % {"most": MOST_PAGES}
        )


def _copy_pages(theirs: pikepdf.Pdf, ours: pikepdf.Pdf) -> None:
    # What was typed into a form, stamped or signed is part of what a checker has to see: it becomes ink on the page.
    theirs.generate_appearance_streams()
    theirs.flatten_annotations("all")
    for page in theirs.pages:
        for key in set(page.obj.keys()) - KEPT_OF_A_PAGE:
            del page.obj[key]
        ours.pages.append(page)
    if len(ours.objects) > MOST_OBJECTS:
        raise NotAccepted(_("The PDF is made of too many parts to open safely. Send a photo of the certificate."))
    for held in ours.objects:
        _clean(held)


def _clean(held: Any) -> None:
    """Take what serves no picture out of an object and of everything written inside it."""
    waiting = [held]
    while waiting:
        one = waiting.pop()
        if isinstance(one, pikepdf.Array):
            waiting.extend(part for part in one if _is_inside(part))
        elif isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
            for key in FORBIDDEN_KEYS & set(one.keys()):
                del one[key]
            if str(one.get("/S", "")) in ACTIONS:
                del one["/S"]
            waiting.extend(one[key] for key in one.keys() if _is_inside(one[key]))  # noqa: SIM118 - no mapping
    if isinstance(held, pikepdf.Stream) and held.get("/Filter") in (pikepdf.Name.DCTDecode, [pikepdf.Name.DCTDecode]):
        picture, parameters = without_notes(held.read_raw_bytes()), cast(Any, held.get("/DecodeParms"))
        held.write(picture, filter=pikepdf.Name.DCTDecode, decode_parms=parameters)


def _is_inside(part: Any) -> bool:
    """Written in its parent; what stands elsewhere has its own turn."""
    return isinstance(part, pikepdf.Array | pikepdf.Dictionary) and not part.is_indirect


def without_notes(jpeg: bytes) -> bytes:
    """A JPEG inside a PDF without its EXIF, comments and the like; the dots stay as they are, to the bit."""
    kept, at = bytearray(jpeg[:2]), 2
    while jpeg[at : at + 1] == b"\xff" and at + 4 <= len(jpeg) and jpeg[at + 1] != JPEG_SCAN:
        after = at + 2 + max(2, int.from_bytes(jpeg[at + 2 : at + 4], "big"))
        if jpeg[at + 1] != JPEG_COMMENT and jpeg[at + 1] not in JPEG_NOTES:
            kept += jpeg[at:after]
        at = after
    return bytes(kept) + jpeg[at:]


def _saved(ours: pikepdf.Pdf) -> bytes:
    out = BytesIO()
    # The same upload twice is the same file twice. Streams stay folded: nothing here needs to look into them.
    ours.save(out, deterministic_id=True, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    return out.getvalue()
