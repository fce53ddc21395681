"""Certificates that could not be taken for real ones: a small picture or PDF, with "Example certificate" on it."""

from __future__ import annotations

import time
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

SIZE = (480, 340)
MARGIN = 30
# A PDF carries the moment it was made: one moment for all, so that the same certificate is the same file.
MOMENT = time.gmtime(1_760_000_000)


def example_certificate(lines: list[str], *, as_pdf: bool) -> bytes:
    """One page: the words "Example certificate", then the lines."""
    page = Image.new("L", SIZE, 255)
    draw = ImageDraw.Draw(page)
    draw.rectangle((12, 12, SIZE[0] - 13, SIZE[1] - 13), outline=90, width=3)
    draw.text((MARGIN, MARGIN), "Example certificate", fill=0, font=ImageFont.load_default(28))
    for number, line in enumerate(lines):
        draw.text((MARGIN, 90 + 30 * number), line, fill=30, font=ImageFont.load_default(16))
    draw.text((MARGIN, SIZE[1] - 50), "Made up for a demonstration: it proves nothing.", fill=90)
    out = BytesIO()
    if as_pdf:
        page.save(out, "PDF", title="Example certificate", creationDate=MOMENT, modDate=MOMENT)
    else:
        page.save(out, "PNG")
    return out.getvalue()
