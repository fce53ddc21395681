"""The words of a summary, as blocks frozen with its facts.

Two readings are frozen side by side. The council's own names everybody and how they stand. The one for publishing
names no provider and no officer: below the threshold a check informs and never bars (rule 7), and whoever stands in a
list of those that fit shows by it who does not. So it counts instead, and its map has no standing either.
"""

from __future__ import annotations

import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commissioning.law.governing import checked_words
from commissioning.summaries.blocks import Block, bullets, heading, note, only, paragraphs, table, terms, text
from commissioning.summaries.engagement import engagement_blocks
from commissioning.summaries.market import lot_blocks, market_blocks
from commissioning.summaries.openness import figure_blocks
from commissioning.summaries.places import place_blocks


def document(facts: dict[str, Any]) -> list[Block]:
    """All the blocks of both readings, from the facts (`facts.freeze`)."""
    return [
        *opening(facts),
        *need_blocks(facts["need"]),
        *law_blocks(facts["law"]),
        *barrier_blocks(facts),
        *lot_table(facts),
        *condition_blocks(facts),
        *figure_blocks(facts["openness"]["figure"]),
        *answering_blocks(facts),
        *engagement_blocks(facts["engagement"]),
        *together_blocks(facts["law"]),
        *market_blocks(facts["market"]),
        *(block for lot in facts["lots"] for block in lot_blocks(lot)),
        *place_blocks(facts),
        *payment_blocks(facts),
        *closing(facts),
    ]


def opening(facts: dict[str, Any]) -> list[Block]:
    officers = [(_("Written by"), facts["written_by"]), (_("Locked by"), facts["locked"]["by"])]
    known = [
        (_("Council"), facts["council"]["name"]),
        (_("Reference"), facts["reference"]),
        (_("Locked, with the register as it stood"), facts["locked"]["words"]),
        (_("Version of the data"), facts["data"]["words"]),
    ]
    for_publishing = _(
        "This copy is for publishing. It names no provider and no officer. The council keeps a copy with the names, "
        "frozen at the same moment, and both have the same fingerprint."
    )
    own = _("This is the council’s own copy. It names providers: do not publish it. There is a copy for publishing.")
    return [
        *only("council", [terms(*known, *officers), note(own)]),
        *only("publishing", [terms(*known), note(for_publishing)]),
    ]


def need_blocks(need: dict[str, Any]) -> list[Block]:
    extension = ngettext("%(months)d month", "%(months)d months", need["extension_months"])
    return [
        heading(2, _("What is needed")),
        *paragraphs(need["need"]),
        terms(
            (_("First day"), need["starts"]),
            (_("Last day"), need["ends"]),
            (
                _("May be extended by"),
                extension % {"months": need["extension_months"]} * bool(need["extension_months"]),
            ),
            (_("Estimated value"), _("%(value)s including VAT") % {"value": need["value"]}),
            (_("Who buys"), need["buyer"]),
            (_("How it is bought"), need["way"]),
            (_("Who may answer"), need["reserved_for"]),
        ),
    ]


def law_blocks(law: dict[str, Any]) -> list[Block]:
    blocks = [heading(2, _("The law that governs this")), *(text(cited(row)) for row in law["route"])]
    if law["sums"]:
        rows = [[row["amount"], row["what"], row["since"], row["source"], row["checked"]] for row in law["sums"]]
        head = [_("Sum, including VAT"), _("What it decides"), _("In force since"), _("Source"), _("Checked")]
        blocks.append(table(_("The sums that decide the route"), head, rows))
    used = [row for part in ("route", "notices", "small", "together", "payment", "caveats") for row in law[part]]
    days = [row["checked_on"] and datetime.date.fromisoformat(row["checked_on"]) for row in [*used, *law["sums"]]]
    blocks.append(text(checked_words(days)))
    if law["notices"]:
        blocks += [heading(2, _("Notices that may be due")), *(text(cited(row)) for row in law["notices"])]
        blocks += [text(law["notice_words"])] if law["notice_words"] else []
    return blocks


def cited(row: dict[str, str]) -> str:
    return f"{row['wording']} ({row['citation']})" if row["citation"] else row["wording"]


def barrier_blocks(facts: dict[str, Any]) -> list[Block]:
    """What was thought about so that a sole trader or a small co-op can answer."""
    openness, law = facts["openness"], facts["law"]
    blocks = [heading(2, _("Open to small providers"))]
    if openness["barriers"]:
        blocks += [text(_("Barriers that the council considered and lowered:")), bullets(openness["barriers"])]
    else:
        blocks.append(text(_("The council has recorded no barrier that it lowered.")))
    blocks += paragraphs(openness["note"])
    if law["small"]:
        blocks.append(bullets(cited(row) for row in law["small"]))
    return blocks


def lot_table(facts: dict[str, Any]) -> list[Block]:
    rows = [
        [str(lot["number"]), lot["title"], lot["category"], lot["area"], [lot["hours"], *lot["times"]]]
        for lot in facts["lots"]
    ]
    head = [_("Lot"), _("Title"), _("Service"), _("Where"), _("Hours a week, and when")]
    blocks = [heading(2, _("Lots")), table(_("Parts that can each be supplied alone"), head, rows)]
    if facts["openness"]["lots_note"]:
        blocks.append(text(_("Why there is one lot: %(why)s") % {"why": facts["openness"]["lots_note"]}))
    return blocks


def condition_blocks(facts: dict[str, Any]) -> list[Block]:
    """Each condition with what it does to the field, what the law says of it, and why it is kept all the same."""
    asked = facts["conditions"]
    blocks = [heading(2, _("What is asked of everyone"))]
    if not asked:
        return [*blocks, text(_("Nothing beyond the work itself, its place and its hours."))]
    head = [_("Asked"), _("Meet it now, or will"), _("Do not yet"), _("Not known")]
    blocks.append(table(_("What each condition does to the field, lot by lot"), head, map(condition_row, asked)))
    blocks += [note(flag) for flag in dict.fromkeys(flag for condition in asked for flag in condition["flags"])]
    kept = [condition for condition in asked if condition["keep_reason"]]
    if kept:
        words = _("%(condition)s. Why the council keeps it: %(why)s")
        blocks.append(bullets(words % {"condition": one["words"], "why": one["keep_reason"]} for one in kept))
    return blocks


def condition_row(condition: dict[str, Any]) -> list[str | list[str]]:
    effects = condition["effects"]

    def counted(name: str) -> list[str]:
        return [_("Lot %(lot)d: %(number)d") % {"lot": one["lot"], "number": one[name]} for one in effects]

    return [condition["words"], counted("fits"), counted("not_yet"), counted("not_known")]


def answering_blocks(facts: dict[str, Any]) -> list[Block]:
    """The timetable, the questions, and what counts for how much; nothing where the council has said none of it."""
    answering = facts["answering"]
    blocks = []
    if any(answering["days"].values()):
        days = answering["days"]
        blocks.append(
            terms(
                (_("Last moment for questions"), days["questions_until"]),
                (_("Last moment for answers"), days["closes_at"]),
                (_("Decided by"), days["decided_on"]),
            )
        )
    if answering["marks"]:
        rows = [[one["what"], one["share"]] for one in answering["marks"]]
        blocks.append(table(_("What is asked, and what counts"), [_("What"), _("Share of the marks")], rows))
    return [heading(2, _("How answers are taken")), *blocks] if blocks else []


def together_blocks(law: dict[str, Any]) -> list[Block]:
    words = _("Two or more small providers may answer together, as an informal group with a lead or as a co-operative.")
    return [heading(2, _("Answering together")), text(words), *(text(cited(row)) for row in law["together"])]


def payment_blocks(facts: dict[str, Any]) -> list[Block]:
    days = facts["need"]["payment_days"]
    words = ngettext("An invoice is paid within %(days)d day.", "An invoice is paid within %(days)d days.", days) % {
        "days": days
    }
    law = [text(cited(row)) for row in facts["law"]["payment"]]
    return [heading(2, _("Payment")), text(words), *law]


def closing(facts: dict[str, Any]) -> list[Block]:
    versions = [[row["provider"], str(row["number"]), row["digest"]] for row in facts["versions"]]
    blocks = [
        heading(2, _("What this summary is, and is not")),
        bullets(
            [
                _("It is not a recommendation. Being listed is not being recommended."),
                _("Checks are what was seen on the day shown, by the council named. The council remains responsible."),
                _("Nobody was left out: every listed service of the kind that reaches the area is counted."),
                _("Something not known is not something missing: ask before deciding."),
                *(cited(row) for row in facts["law"]["caveats"]),
            ]
        ),
    ]
    if not versions:
        return blocks
    named = table(_("Frozen listings"), [_("Provider"), _("Version"), _("SHA-256 of the listing")], versions)
    counted = ngettext(
        "The council’s own copy holds the frozen words of %(number)d listing, with its digest.",
        "The council’s own copy holds the frozen words of %(number)d listings, with the digest of each.",
        len(versions),
    ) % {"number": len(versions)}
    title = heading(2, _("Annex: the listings as they stood"))
    return [*blocks, title, *only("council", [named]), *only("publishing", [text(counted)])]
