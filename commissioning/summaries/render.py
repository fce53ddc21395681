"""The PDF of a summary: the same blocks as the page, tagged as PDF/UA-1."""

from __future__ import annotations

import base64
from typing import Any

from django.template.loader import render_to_string

from commissioning.models import Summary


def context_of(summary: Summary) -> dict[str, Any]:
    """What the page and the PDF are both rendered from."""
    return {"summary": summary, "facts": summary.facts, "map_address": drawing(summary.facts["map"])}


def drawing(shapes: dict[str, Any]) -> str:
    """The map as an address that holds the picture itself, so that no second request is needed for it."""
    picture = render_to_string("commissioning/map.svg", {"map": shapes})
    return "data:image/svg+xml;base64," + base64.b64encode(picture.encode()).decode()


def pdf_of(summary: Summary) -> bytes:
    """The bytes of the PDF. Pango is loaded here and not at import, so that the site runs without it."""
    from weasyprint import HTML

    from commissioning.summaries.fetching import OnlyFonts

    words = render_to_string("commissioning/summary_pdf.html", context_of(summary))
    pdf: bytes = HTML(string=words, url_fetcher=OnlyFonts()).write_pdf(pdf_variant="pdf/ua-1")
    return pdf
