"""What a summary is shown as: its pages and its papers, all from the frozen words and nothing else."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from django.template.loader import render_to_string

from commissioning.models import Summary
from commissioning.models.summary_paper import Edition
from registry.pdf.render import pdf_from, written_out
from registry.pdf.sizes import SIZES


class Words(StrEnum):
    """Whose words: the council's with every name, those for publishing, or the easier ones."""

    COUNCIL = "council"
    PUBLISHING = "publishing"
    EASIER = "easier"


@dataclass(frozen=True)
class Paper:
    words: Words
    size: str
    sheet: str


# Tables of five columns in letters of 20 points need the long side of the sheet.
PAPERS = {
    Edition.COUNCIL: Paper(Words.COUNCIL, "a4", "A4"),
    Edition.COUNCIL_LARGE: Paper(Words.COUNCIL, "large-print", "A4 landscape"),
    Edition.PUBLISHING: Paper(Words.PUBLISHING, "a4", "A4"),
    Edition.PUBLISHING_LARGE: Paper(Words.PUBLISHING, "large-print", "A4 landscape"),
    Edition.EASIER: Paper(Words.EASIER, "large-print", "A4"),
}


def has_words(facts: dict[str, Any], words: Words) -> bool:
    """Summaries locked before the third format know the council's words alone."""
    return bool(facts) and (words is Words.COUNCIL or facts["format"] >= 3)


def editions_of(facts: dict[str, Any]) -> list[Edition]:
    return [edition for edition, paper in PAPERS.items() if has_words(facts, paper.words)]


def context_of(summary: Summary, words: Words) -> dict[str, Any]:
    """What a page and its papers are rendered from."""
    blocks = [drawn(block, summary.facts) for block in blocks_of(summary.facts, words)]
    return {"summary": summary, "facts": summary.facts, "blocks": blocks, "words": words.value}


def blocks_of(facts: dict[str, Any], words: Words) -> list[dict[str, Any]]:
    """The frozen blocks; one that says `only` is for those words alone."""
    if words is Words.EASIER:
        return list(facts["easier"])
    return [block for block in facts["document"] if block.get("only", words) == words]


def drawn(block: dict[str, Any], facts: dict[str, Any]) -> dict[str, Any]:
    """A map with its drawing, from the frozen shapes."""
    if block["kind"] != "map":
        return block
    svg = render_to_string("commissioning/map.svg", {"map": facts["map"], "shows": block.get("shows", "standing")})
    return {**block, "address": written_out(svg)}


def pdf_of(summary: Summary, edition: str) -> bytes:
    return pdf_from("commissioning/summary_pdf.html", paper_context(summary, edition))


def paper_context(summary: Summary, edition: str) -> dict[str, Any]:
    paper = PAPERS[Edition(edition)]
    return {**context_of(summary, paper.words), **asdict(SIZES[paper.size]), "sheet": paper.sheet}
