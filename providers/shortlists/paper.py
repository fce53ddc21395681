"""A list on paper, for somebody who is not online: the same words as its page, in letters to be read at the table."""

from __future__ import annotations

import datetime
from dataclasses import asdict, dataclass
from typing import Any

from providers.credentials.wording import day
from providers.models import KeptList
from providers.shortlists.entries import entries_of
from providers.shortlists.links import look_address_of
from registry.pdf.qr import qr_svg
from registry.pdf.render import pdf_from, written_out

TEMPLATE = "shortlists/paper_pdf.html"


@dataclass(frozen=True)
class Size:
    """Points of the text, of what stands in the margin, and millimetres from one line to write on to the next."""

    points: int
    margin_points: int
    line_mm: int


# Large print is 18 points or more (RNIB), for every word on the paper.
SIZES = {
    "a4": Size(points=12, margin_points=9, line_mm=9),
    "large-print": Size(points=20, margin_points=18, line_mm=13),
}


def paper(kept: KeptList, today: datetime.date) -> dict[str, Any]:
    """All that the paper says; page and PDFs are made from this."""
    return {
        "entries": entries_of(kept, today),
        "as_of": day(today),
        "until": day(kept.kept_until),
        "qr": written_out(qr_svg(look_address_of(kept))),
    }


def paper_pdf(said: dict[str, Any], size: str) -> bytes:
    return pdf_from(TEMPLATE, {"paper": said, **asdict(SIZES[size])})
