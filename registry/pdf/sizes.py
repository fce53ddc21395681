"""The two sizes of letters that our papers come in."""

from __future__ import annotations

from dataclasses import dataclass


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
