"""A list on paper, for somebody who is not online: the same words as its page, in letters to be read at the table."""

from __future__ import annotations

import datetime
from dataclasses import asdict
from typing import Any

from providers.credentials.wording import day
from providers.models import KeptList
from providers.shortlists.entries import entries_of
from providers.shortlists.links import look_address_of
from registry.pdf.qr import qr_svg
from registry.pdf.render import pdf_from, written_out
from registry.pdf.sizes import SIZES

TEMPLATE = "shortlists/paper_pdf.html"


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
