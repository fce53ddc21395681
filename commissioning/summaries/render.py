"""The PDF of a summary: the same blocks as the page, tagged as PDF/UA-1."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string

from commissioning.models import Summary
from registry.pdf.render import pdf_from, written_out


def context_of(summary: Summary) -> dict[str, Any]:
    """What the page and the PDF are both rendered from."""
    drawn = render_to_string("commissioning/map.svg", {"map": summary.facts["map"]})
    return {"summary": summary, "facts": summary.facts, "map_address": written_out(drawn)}


def pdf_of(summary: Summary) -> bytes:
    return pdf_from("commissioning/summary_pdf.html", context_of(summary))
