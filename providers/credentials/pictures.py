"""A photograph made anew from its dots alone: upright, of a readable size, and with nothing else that it carried.

Where it was taken, when, by which phone, what somebody wrote into it: all of that stands beside the dots in the file,
and only the dots are kept.
"""

from __future__ import annotations

from io import BytesIO
from typing import BinaryIO

import pi_heif
from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageFile, ImageOps

from providers.credentials.refusals import NotAccepted

# A small file can unfold into a picture that fills the memory. 64 million is beyond what a phone takes by default.
MOST_PIXELS = 64_000_000
# What is kept: an A4 page at 300 dots an inch. By area, so that a long screenshot stays as wide as it can be read.
KEPT_PIXELS = 9_000_000
QUALITY = 85
FORMATS = ["JPEG", "PNG"]


def jpeg_of_photo(uploaded: BinaryIO) -> bytes:
    """A JPEG or PNG as a new JPEG. Raises NotAccepted, or whatever the decoder says of a damaged file."""
    # The library of our PDFs tells Pillow, for the whole process, to fill up with grey what is missing of a photo. Of a
    # certificate that would be a lie: one that did not arrive whole is refused.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    with Image.open(uploaded, formats=FORMATS) as picture:
        _refuse_too_large(picture.size)
        if picture.format == "PNG" and getattr(picture, "is_animated", False):
            raise NotAccepted(_("The picture moves. Send one that stands still, such as a photo of the certificate."))
        # A JPEG is unfolded at the size that is needed and no larger: a quarter of the memory, or a sixteenth.
        picture.draft(None, _kept_size(picture.size))
        picture.load()
        profile = picture.info.get("icc_profile")
        return _jpeg(ImageOps.exif_transpose(_resized(_plain(picture))), profile)


def jpeg_of_heic(uploaded: BinaryIO) -> bytes:
    """A HEIC photograph, as iPhones take it, as a JPEG: most office browsers cannot show HEIC."""
    heif = pi_heif.open_heif(uploaded)
    _refuse_too_large(heif.size)
    # Only asking for the dots decodes them. They come upright: the turning is part of the format.
    picture = Image.frombytes(heif.mode, heif.size, heif.data, "raw", heif.mode, heif.stride)
    return _jpeg(_resized(_plain(picture)), heif.info.get("icc_profile"))


def _refuse_too_large(size: tuple[int, int]) -> None:
    if size[0] * size[1] > MOST_PIXELS:
        raise NotAccepted(_("The photo has too many dots to open. Take it again at your phone's usual setting."))


def _kept_size(size: tuple[int, int]) -> tuple[int, int]:
    shrink = min(1.0, (KEPT_PIXELS / (size[0] * size[1])) ** 0.5)
    return max(1, round(size[0] * shrink)), max(1, round(size[1] * shrink))


def _plain(picture: Image.Image) -> Image.Image:
    """In a form that can be resized without harm: no palette, no sixteen bits."""
    if picture.mode.startswith("I"):
        # Scanners write grey in sixteen bits, of which the upper eight are what an eye can tell apart.
        return picture.convert("I").point(lambda grey: grey / 256).convert("L")
    if picture.has_transparency_data:
        return picture.convert("RGBA")
    return picture if picture.mode in ("RGB", "CMYK", "L") else picture.convert("RGB")


def _resized(picture: Image.Image) -> Image.Image:
    size = _kept_size(picture.size)
    if size == picture.size:
        return picture
    smaller = picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
    # Which way up it was held is still needed.
    smaller.info = picture.info
    return smaller


def _jpeg(picture: Image.Image, profile: bytes | None) -> bytes:
    if picture.mode == "RGBA":
        white = Image.new("RGB", picture.size, "white")
        white.paste(picture, mask=picture.getchannel("A"))
        picture = white
    picture = _in_usual_colours(picture, profile)
    # A comment would be written again from here.
    picture.info = {}
    out = BytesIO()
    picture.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


def _in_usual_colours(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """Colours as every screen shows them; a profile that makes no sense is as good as none."""
    if profile:
        try:
            theirs, usual = ImageCms.ImageCmsProfile(BytesIO(profile)), ImageCms.createProfile("sRGB")
            turned = ImageCms.profileToProfile(picture, theirs, usual, outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, TypeError, ValueError):
            turned = None
        if turned is not None:
            return turned
    return picture if picture.mode in ("RGB", "L") else picture.convert("RGB")
