"""What a summary says of the talk with the market: so that whoever took part has no advantage that nobody sees."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from commissioning.summaries.blocks import Block, bullets, heading, only, table, terms, text


def engagement_blocks(engagement: dict[str, Any] | None) -> list[Block]:
    """Nothing where the requirement was not published. What each wrote is in the council's own copy only."""
    if engagement is None:
        return []
    return [
        heading(2, _("Talking with providers beforehand")),
        text(_("What was published, every change and every question with its answer was there for everybody to read.")),
        terms(
            (_("What was published"), engagement["kind_words"]),
            (_("Published"), engagement["published"]),
            (_("Last moment for answers"), engagement["closes"]),
            (_("Providers written to"), str(engagement["written_to"])),
            (_("Answers"), str(engagement["spoke_up"])),
            (_("The formal tender"), " ".join(filter(None, [engagement["formal_note"], engagement["formal_url"]]))),
        ),
        *said_to_all(engagement),
        *only("council", who_spoke_up(engagement)),
    ]


def said_to_all(engagement: dict[str, Any]) -> list[Block]:
    blocks = []
    if engagement["changes"]:
        blocks += [
            text(_("What was changed after it was published:")),
            bullets(f"{one['when']}: {one['note']}" for one in engagement["changes"]),
        ]
    if engagement["questions"]:
        rows = [[one["question"], one["answer"]] for one in engagement["questions"]]
        blocks.append(table(_("Questions of providers, and the council’s answers"), [_("Question"), _("Answer")], rows))
    return blocks


def who_spoke_up(engagement: dict[str, Any]) -> list[Block]:
    if engagement["is_sealed"]:
        return [text(_("The answers were still sealed when this was locked: nobody had read them."))]
    if not engagement["answers"]:
        return [text(_("Nobody spoke up."))]
    rows = [
        [
            [one["name"], *(one["members"] if len(one["members"]) > 1 else [])],
            ", ".join(str(number) for number in one["lots"]),
            one["sent"],
            one["learnt"] or _("Nothing said"),
        ]
        for one in engagement["answers"]
    ]
    head = [_("Who spoke up"), _("Lots"), _("Sent"), _("What they said stands in the way")]
    blocks = [table(_("Who spoke up, and what was learnt from them"), head, rows)]
    outcomes = [_("Lot %(number)d, %(title)s: %(words)s") % one for one in engagement["outcomes"]]
    return [*blocks, text(_("What came of it:")), bullets(outcomes)] if outcomes else blocks
