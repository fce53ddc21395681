"""Where somebody reaches and where nobody does, and where those found are based: as maps, and in words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from commissioning.summaries.blocks import Block, heading, only, table, text


def place_blocks(facts: dict[str, Any]) -> list[Block]:
    return [*reach_blocks(facts), *base_blocks(facts["map"])]


def reach_blocks(facts: dict[str, Any]) -> list[Block]:
    """The area of all lots, postcode district by postcode district, with its gaps."""
    lots, reach = facts["lots"], facts["map"]["reach"]
    blocks = [heading(2, _("Where somebody reaches, and where nobody does"))]
    if not reach:
        return [*blocks, text(_("The area holds no postcode district."))]
    gaps = [gap_words(lot) for lot in lots]
    rows = [
        [row["outcode"], [lot_words(lot, row["outcode"]) for lot in lots if row["outcode"] in lot["reach"]]]
        for row in reach
    ]
    return [
        *blocks,
        *map(text, gaps),
        {"kind": "map", "shows": "reach", "text": facts["map"]["reach_words"]},
        text(_("A full dot: services of every lot wanted there reach it. A ring: of some lot, nobody does.")),
        table(_("Services that reach each postcode district"), [_("Postcode district"), _("Services")], rows),
    ]


def gap_words(lot: dict[str, Any]) -> str:
    gaps = [outcode for outcode, number in lot["reach"].items() if not number]
    if not gaps:
        return _("Lot %(number)d: somebody reaches each postcode district of the area.") % lot
    return _("Lot %(number)d: nobody on the register reaches %(gaps)s.") % {**lot, "gaps": ", ".join(gaps)}


def lot_words(lot: dict[str, Any], outcode: str) -> str:
    number = lot["reach"][outcode]
    return _("Lot %(lot)d: %(number)s") % {"lot": lot["number"], "number": number or _("nobody")}


def base_blocks(drawn: dict[str, Any]) -> list[Block]:
    """Where providers are based, by postcode district: nobody's own door is on the map (rule 10).

    For publishing it says how many there are and not how they stand: in many a district there is only one.
    """
    bases = drawn["bases"]
    blocks = [heading(2, _("Where they are based"))]
    if not bases:
        return [*blocks, text(_("No service found has a base on the map."))]
    standing = [[row["outcode"], str(row["fits"]), str(row["not_known"]), str(row["not_yet"])] for row in bases]
    counted = [[row["outcode"], str(row["fits"] + row["not_known"] + row["not_yet"])] for row in bases]
    district, caption = _("Postcode district"), _("What the map shows: services by the postcode district of their base")
    own: list[Block] = [
        {"kind": "map", "shows": "standing", "text": drawn["words"]},
        text(_("A full dot: at least one service there fits. A ring: none fits yet. The larger, the more services.")),
        table(caption, [district, _("Fit"), _("Not known"), _("Not yet")], standing),
    ]
    public: list[Block] = [
        {"kind": "map", "shows": "bases", "text": drawn["words"]},
        text(_("The larger the dot, the more services are based there.")),
        table(caption, [district, _("Services")], counted),
    ]
    return [*blocks, *only("council", own), *only("publishing", public)]
