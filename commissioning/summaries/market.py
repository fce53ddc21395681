"""The market found, in words: who there is, by legal form and size, and the field of each lot."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commissioning.sourcing.rules import Fit
from commissioning.sourcing.shown import ShownService
from commissioning.summaries.blocks import Block, Cell, bullets, heading, only, table, terms, text


def market_blocks(market: dict[str, Any]) -> list[Block]:
    """Everybody found in any lot, each counted once."""
    blocks = [heading(2, _("The market found"))]
    if not market["providers"]:
        return [*blocks, text(_("No listed provider does any of this work in the area."))]
    forms = [[row["legal_form"], row["size"], str(row["providers"])] for row in market["forms"]]
    return [
        *blocks,
        terms(
            (_("Providers found"), str(market["providers"])),
            (_("Their services"), str(market["services"])),
            (_("Hours free a week, together"), market["hours"]),
            (_("Last confirmed"), market["confirmed"]),
            (_("Services with a certificate that a council has seen"), str(market["seen"])),
        ),
        table(_("Providers found, by legal form and size"), [_("Legal form"), _("Size"), _("Providers")], forms),
    ]


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
    blocks += [text(words) for words in taken_from(everyone)]
    return [*blocks, *only("council", named_blocks(lot, fits, unknown, lacking))]


def named_blocks(
    lot: dict[str, Any], fits: list[ShownService], unknown: list[ShownService], lacking: list[ShownService]
) -> list[Block]:
    return [
        heading(3, _("Those that fit")),
        services_table(_("Services that fit, in the order of their names"), fits, lacking=False),
        heading(3, _("Those not known well enough")),
        services_table(_("Services not known well enough, in the order of their names"), unknown, lacking=False),
        heading(3, _("Those that do not yet meet something")),
        services_table(
            _("Services that do not yet meet something, in the order of their names"), lacking, lacking=True
        ),
        heading(3, _("On the council’s shortlist")),
        bullets(lot["shortlist"]) if lot["shortlist"] else text(_("None.")),
    ]


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
    return {**made, "wide": True, "labelled": True}


def service_row(row: ShownService, *, lacking: bool) -> list[Cell]:
    """What is met stands beside what is not: who saw which certificate counts for both.

    Each cell says by itself what it is, so that in large print it may stand below the one before.
    """
    who = [row["provider"], row["name"], row["legal_form"], row["size"], row["basis"]]
    where = [row["base"] or _("Base: not known"), row["distance"] or _("Miles: not known"), row["price"], *row["said"]]
    return [
        what_is_known(who),
        what_is_known(where),
        *([[_("Does not yet meet:"), *row["lacks"]]] if lacking else []),
        [_("Meets:"), *(row["meets"] or [_("Nothing")])],
        [_("Not known:"), *(row["unknown"] or [_("Nothing")])],
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
