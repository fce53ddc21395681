"""The words of a summary, as blocks frozen with its facts.

Page and PDF are rendered from these blocks and nothing else, so they say the same, and go on saying it whatever
becomes of our templates and of the register.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, Literal, TypedDict

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commissioning.law.governing import checked_words
from commissioning.sourcing.rules import Fit
from commissioning.sourcing.shown import ShownService

Cell = str | list[str]


class Block(TypedDict, total=False):
    """One block: what kind it is, and the words that kind needs."""

    kind: Literal["heading", "text", "note", "list", "terms", "table", "map"]
    level: int
    text: str
    items: list[str]
    terms: list[list[str]]
    caption: str
    head: list[str]
    rows: list[list[list[str]]]
    wide: bool


def heading(level: int, text: str) -> Block:
    return {"kind": "heading", "level": level, "text": text}


def text(words: str) -> Block:
    return {"kind": "text", "text": words}


def note(words: str) -> Block:
    return {"kind": "note", "text": words}


def bullets(items: Iterable[str]) -> Block:
    return {"kind": "list", "items": list(items)}


def terms(*pairs: tuple[str, str]) -> Block:
    return {"kind": "terms", "terms": [list(pair) for pair in pairs if pair[1]]}


def table(caption: str, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Block:
    """A table whose cells are lists of lines; the first cell of a row names the row."""
    lines = [[[cell] if isinstance(cell, str) else list(cell) for cell in row] for row in rows]
    return {"kind": "table", "caption": caption, "head": list(head), "rows": lines}


def document(facts: dict[str, Any]) -> list[Block]:
    """All the blocks of a summary, from its facts (`facts.gathered`)."""
    return [
        *opening(facts),
        *law_blocks(facts),
        *openness_blocks(facts),
        *lot_table(facts),
        *(block for lot in facts["lots"] for block in lot_blocks(lot)),
        *map_blocks(facts),
        *closing(facts),
    ]


def opening(facts: dict[str, Any]) -> list[Block]:
    need = facts["need"]
    return [
        terms(
            (_("Council"), facts["council"]["name"]),
            (_("Reference"), facts["reference"]),
            (_("Written by"), facts["written_by"]),
            (_("Locked by"), facts["locked"]["by"]),
            (_("Locked, with the register as it stood"), facts["locked"]["words"]),
        ),
        heading(2, _("What is needed")),
        *(text(part) for part in need["need"].split("\n") if part.strip()),
        terms(
            (_("First day"), need["starts"]),
            (_("Last day"), need["ends"]),
            (_("Estimated value"), _("%(value)s including VAT") % {"value": need["value"]}),
            (_("Who buys"), need["buyer"]),
            (
                _("Paid within"),
                ngettext("%(days)d day", "%(days)d days", need["payment_days"]) % {"days": need["payment_days"]},
            ),
        ),
    ]


def law_blocks(facts: dict[str, Any]) -> list[Block]:
    law = facts["law"]
    blocks = [heading(2, _("The law that governs this")), *(text(cited(row)) for row in law["route"])]
    if law["sums"]:
        rows = [[row["amount"], row["what"], row["since"], row["source"], row["checked"]] for row in law["sums"]]
        head = [_("Sum, including VAT"), _("What it decides"), _("In force since"), _("Source"), _("Checked")]
        blocks.append(table(_("The sums that decide the route"), head, rows))
    used = [row for part in ("route", "small", "together", "caveats") for row in law[part]]
    days = [row["checked_on"] and datetime.date.fromisoformat(row["checked_on"]) for row in [*used, *law["sums"]]]
    return [*blocks, text(checked_words(days))]


def cited(row: dict[str, str]) -> str:
    return f"{row['wording']} ({row['citation']})" if row["citation"] else row["wording"]


def openness_blocks(facts: dict[str, Any]) -> list[Block]:
    """What was thought about so that a sole trader or a small co-op can answer."""
    openness, law = facts["openness"], facts["law"]
    blocks = [heading(2, _("Open to small providers"))]
    if openness["barriers"]:
        blocks += [text(_("Barriers that the council considered and lowered:")), bullets(openness["barriers"])]
    else:
        blocks.append(text(_("The council has recorded no barrier that it lowered.")))
    blocks += [text(part) for part in openness["note"].split("\n") if part.strip()]
    if law["small"]:
        blocks.append(bullets(cited(row) for row in law["small"]))
    blocks += [heading(2, _("What is asked of everyone"))]
    asked = facts["conditions"]
    if not asked:
        return [*blocks, text(_("Nothing beyond the work itself, its place and its hours."))]
    flags = [flag for condition in asked for flag in condition["flags"]]
    return [*blocks, bullets(condition["words"] for condition in asked), *(note(flag) for flag in flags)]


def lot_table(facts: dict[str, Any]) -> list[Block]:
    rows = [[str(lot["number"]), lot["title"], lot["category"], lot["area"], lot["hours"]] for lot in facts["lots"]]
    head = [_("Lot"), _("Title"), _("Service"), _("Where"), _("Hours a week")]
    blocks = [heading(2, _("Lots")), table(_("Parts that can each be supplied alone"), head, rows)]
    if facts["openness"]["lots_note"]:
        blocks.append(text(_("Why there is one lot: %(why)s") % {"why": facts["openness"]["lots_note"]}))
    return blocks


def lot_blocks(lot: dict[str, Any]) -> list[Block]:
    groups: dict[str, list[ShownService]] = lot["groups"]
    fits, unknown, lacking = groups[Fit.FITS], groups[Fit.NOT_KNOWN], groups[Fit.NOT_YET]
    everyone = fits + unknown + lacking
    blocks = [
        heading(2, _("Lot %(number)d: %(title)s") % lot),
        text(found_words(len(everyone), len(fits), len(unknown), len(lacking))),
        narrowing_table(lot, len(fits)),
    ]
    if everyone:
        blocks += [effects_table(lot["effects"]), forms_table(everyone)]
    blocks += [
        heading(3, _("Those that fit")),
        services_table(_("Services that fit, in the order of their names"), fits, lacking=False),
        heading(3, _("Those not known well enough")),
        services_table(_("Services not known well enough, in the order of their names"), unknown, lacking=False),
        heading(3, _("Those that do not yet meet something")),
        services_table(
            _("Services that do not yet meet something, in the order of their names"), lacking, lacking=True
        ),
        *(text(words) for words in taken_from(everyone)),
        heading(3, _("On the council’s shortlist")),
    ]
    return [*blocks, bullets(lot["shortlist"]) if lot["shortlist"] else text(_("None."))]


def narrowing_table(lot: dict[str, Any], fits: int) -> Block:
    """The whole search, a step a row, with what was left after each: nothing else was left out."""
    steps = lot["narrowing"]
    rows = [
        [_("Listed on the register, in every council"), f"{steps['listed']:,}"],
        [_("Of this kind: %(category)s") % lot, f"{steps['of_kind']:,}"],
        [_("Reach some of: %(area)s") % lot, f"{steps['reaching']:,}"],
        [_("Meet everything that is asked"), str(fits)],
    ]
    return table(_("How the field was found"), [_("Step"), _("Services left")], rows)


def taken_from(rows: list[ShownService]) -> list[str]:
    """Where records came from that no provider wrote: a sentence for each source."""
    counted = Counter(row["source"] for row in rows if row["source"])
    return [
        _("Taken from %(source)s, and not told to the register by the provider: %(number)d of these.")
        % {"source": source, "number": number}
        for source, number in sorted(counted.items())
    ]


def found_words(found: int, fits: int, unknown: int, lacking: int) -> str:
    if not found:
        return _("No listed service of this kind reaches any of the area.")
    words = ngettext(
        "%(found)d listed service reaches some of the area.",
        "%(found)d listed services reach some of the area.",
        found,
    )
    words += " " + _("Fit: %(fits)d. Not known: %(unknown)d. Do not yet meet something: %(lacking)d.")
    return words % {"found": found, "fits": fits, "unknown": unknown, "lacking": lacking}


def services_table(caption: str, rows: list[ShownService], *, lacking: bool) -> Block:
    """A table of services by name: nobody stands first for being larger, dearer or longer known."""
    if not rows:
        return text(_("None."))
    head = [_("Provider and service"), _("Base, miles to the middle of the area, price")]
    head += [_("Does not yet meet"), _("Meets")] if lacking else [_("Meets")]
    made = table(caption, [*head, _("Not known")], [service_row(row, lacking=lacking) for row in rows])
    return {**made, "wide": True}


def service_row(row: ShownService, *, lacking: bool) -> list[Cell]:
    """What is met stands beside what is not: who saw which certificate counts for both."""
    who = [row["provider"], row["name"], row["legal_form"], row["size"], row["basis"]]
    where = [row["base"] or _("Base: not known"), row["distance"] or _("Miles: not known"), row["price"], *row["said"]]
    return [
        what_is_known(who),
        what_is_known(where),
        *([row["lacks"]] if lacking else []),
        row["meets"] or _("Nothing"),
        row["unknown"] or _("Nothing"),
    ]


def what_is_known(lines: list[str]) -> list[str]:
    """The lines that say something: what is not known stands in a column of its own, where it has its name."""
    return [line for line in lines if line and line != _("Not known")]


def effects_table(effects: list[dict[str, Any]]) -> Block:
    head = [_("Asked"), _("Meet it"), _("Do not yet"), _("Not known")]
    rows = [[row["asked"], str(row["fits"]), str(row["not_yet"]), str(row["not_known"])] for row in effects]
    return table(_("How many services meet each thing asked"), head, rows)


def forms_table(rows: list[ShownService]) -> Block:
    counted = Counter((row["legal_form"], row["size"]) for row in rows)
    return table(
        _("Services found, by legal form and size"),
        [_("Legal form"), _("Size"), _("Services")],
        [[form, size, str(number)] for (form, size), number in sorted(counted.items())],
    )


def map_blocks(facts: dict[str, Any]) -> list[Block]:
    """Where providers are based, by postcode district: nobody's own door is on the map (rule 10)."""
    bases = facts["map"]["bases"]
    blocks = [heading(2, _("Where they are based"))]
    if not bases:
        return [*blocks, text(_("No service found has a base on the map."))]
    rows = [[row["outcode"], str(row["fits"]), str(row["not_known"]), str(row["not_yet"])] for row in bases]
    head = [_("Postcode district"), _("Fit"), _("Not known"), _("Not yet")]
    return [
        *blocks,
        {"kind": "map", "text": facts["map"]["words"]},
        text(_("A full dot: at least one service there fits. A ring: none fits yet. The larger, the more services.")),
        table(_("What the map shows: services by the postcode district of their base"), head, rows),
    ]


def closing(facts: dict[str, Any]) -> list[Block]:
    law = facts["law"]
    versions = [[row["provider"], str(row["number"]), row["digest"]] for row in facts["versions"]]
    blocks = [
        heading(2, _("Answering together")),
        text(
            _("Two or more small providers may answer together, as an informal group with a lead or as a co-operative.")
        ),
        *(text(cited(row)) for row in law["together"]),
        heading(2, _("What this summary is, and is not")),
        bullets(
            [
                _("It is not a recommendation. Being listed is not being recommended."),
                _("Checks are what was seen on the day shown, by the council named. The council remains responsible."),
                _("Nobody was left out: every listed service of the kind that reaches the area is shown."),
                _("Something not known is not something missing: ask before deciding."),
                *(cited(row) for row in law["caveats"]),
            ]
        ),
    ]
    if versions:
        head = [_("Provider"), _("Version"), _("SHA-256 of the listing")]
        blocks += [heading(2, _("Annex: the listings as they stood")), table(_("Frozen listings"), head, versions)]
    return blocks
