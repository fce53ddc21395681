"""A page as a PDF: the same words, tagged as PDF/UA-1, with nothing fetched from anywhere."""

from __future__ import annotations

import base64
from typing import Any

from django.template.loader import render_to_string


def pdf_from(template: str, context: dict[str, Any]) -> bytes:
    """The bytes of the PDF. Pango is loaded here and not at import, so that the site runs without it."""
    pdf: bytes = _document(template, context).write_pdf(pdf_variant="pdf/ua-1")
    return pdf


def pages_of(template: str, context: dict[str, Any]) -> int:
    """How many pages the PDF would have."""
    return len(_document(template, context).render().pages)


def written_out(svg: str) -> str:
    """A drawing as an address that holds the picture itself, so that no second request is needed for it."""
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()


def _document(template: str, context: dict[str, Any]) -> Any:
    from weasyprint import HTML

    from registry.pdf.fetching import OnlyFonts

    return HTML(string=render_to_string(template, context), url_fetcher=OnlyFonts())
