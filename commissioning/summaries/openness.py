"""How open the requirement is, in words: the figure, what shuts a lot, and what would let more answer."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from commissioning.summaries.blocks import Block, bullets, heading, only, table, text


def figure_blocks(figure: dict[str, Any]) -> list[Block]:
    """From the facts that `openness.shown.shown_openness` froze.

    By legal form and size in the council's own reading only: the one co-operative there is would be named by its row.
    """
    blocks = [heading(2, _("How open it is")), text(figure["words"])]
    if not figure["capable"]:
        return blocks
    blocks += [text(figure["at_most"])] if figure["at_most"] else []
    blocks += [
        could_table(_("Small providers who could answer, lot by lot"), _("Lot"), figure["lots"]),
        *(block for lot in figure["lots"] for block in shut_blocks(lot)),
        *only(
            "council",
            [
                could_table(_("Small providers who could answer, by legal form"), _("Legal form"), figure["by_form"]),
                could_table(_("Small providers who could answer, by size"), _("Size"), figure["by_size"]),
            ],
        ),
    ]
    if figure["changes"]:
        blocks.append(text(_("What would let most more answer, each tried alone:")))
        blocks.append(bullets(f"{row['change']}. {row['effect']}." for row in figure["changes"]))
    return [*blocks, text(how_words())]


def could_table(caption: str, first: str, rows: list[dict[str, Any]]) -> Block:
    head = [first, _("Could do it"), _("Could answer alone"), _("Only in a team"), _("At most")]
    counts = ("capable", "alone", "in_team", "hoped")
    return table(caption, head, [[name_of(row), *(str(row[count]) for count in counts)] for row in rows])


def name_of(row: dict[str, Any]) -> str:
    return str(row["what"]) or _("Lot %(number)d: %(title)s") % row


def shut_blocks(lot: dict[str, Any]) -> list[Block]:
    if not lot["shut_by"]:
        return []
    words = _("Lot %(number)d: no small provider with room for it is known to meet:") % lot
    return [text(words), bullets(lot["shut_by"])]


def how_words() -> str:
    return _(
        "A provider could do the work if a listed service of its is of the lot’s kind, reaches some of its places and "
        "rests on no wrong regulatory basis. It could answer alone if it meets everything asked for a whole lot. It "
        "could answer in a team if it meets the conditions, and the small providers who do reach all the places and "
        "fill the hours together. What is not known counts as not met; “at most” counts it as met, and cover asked by "
        "the start as had by then."
    )
