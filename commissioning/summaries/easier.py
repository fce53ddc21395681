"""A summary in easier words: its own short sentences from the same facts, one idea in each, frozen with them.

It is for anybody: it names no provider and no officer. It is not called Easy Read, which is a promise that people with
a learning disability have tried it; nobody has yet.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commissioning.models.condition import Beyond, ByWhen
from commissioning.models.requirement import Buyer
from commissioning.sourcing.rules import Fit
from commissioning.sourcing.sentences import money
from commissioning.summaries.blocks import Block, bullets, heading, text


def easier(facts: dict[str, Any]) -> list[Block]:
    return [
        *what_this_is(facts),
        *what_is_needed(facts),
        *who_there_is(facts),
        *what_is_asked(facts),
        *together(facts),
        *money_and_dates(facts),
        *what_it_does_not_say(),
    ]


def lines(*sentences: str) -> list[Block]:
    """A line each; what there is nothing to say about is left out."""
    return [text(sentence) for sentence in sentences if sentence]


def what_this_is(facts: dict[str, Any]) -> list[Block]:
    council_buys = facts["need"]["buyer_code"] == Buyer.COUNCIL
    return [
        heading(2, _("What this is about")),
        *lines(
            _("The council is %(name)s.") % facts["council"],
            _("The council plans to buy help for people.") if council_buys else _("Some people need help."),
            "" if council_buys else _("They will buy it themselves. The council gives them the money."),
            _("The name of the plan is: %(title)s.") % facts,
            _("The words on this paper are short and easy."),
            _("There is a longer paper too. It says more."),
        ),
    ]


def what_is_needed(facts: dict[str, Any]) -> list[Block]:
    need = facts["need"]
    blocks = [heading(2, _("What help is needed"))]
    for lot in facts["lots"]:
        hours = ngettext("%(hours)d hour a week", "%(hours)d hours a week", lot["hours_per_week"] or 0)
        said = [
            _("What: %(category)s") % lot,
            _("Where: %(area)s") % lot,
            _("How much: %(hours)s") % {"hours": hours % {"hours": lot["hours_per_week"]}}
            if lot["hours_per_week"]
            else "",
            *(_("When: %(time)s") % {"time": time} for time in lot["times"]),
        ]
        blocks += [heading(3, _("Part %(number)d: %(title)s") % lot), bullets(filter(None, said))]
    return [
        *blocks,
        *lines(_("The help starts on %(starts)s.") % need, _("It ends on %(ends)s.") % need),
    ]


def who_there_is(facts: dict[str, Any]) -> list[Block]:
    """The counts of the field, and the places to which nobody comes."""
    number = facts["market"]["providers"]
    found = ngettext(
        "We found %(number)d provider who does this work here.",
        "We found %(number)d providers who do this work here.",
        number,
    )
    blocks = [
        heading(2, _("Who can do this work")),
        *lines(
            _("A provider is a person or a group who gives help."),
            _("We have a list of them."),
            _("We looked at everybody on the list. Nobody was left out."),
            found % {"number": number} if number else _("We found nobody who does this work here yet."),
        ),
    ]
    for lot in facts["lots"] if number else []:
        blocks += [heading(3, _("Part %(number)d: %(title)s") % lot), bullets(filter(None, lot_lines(lot)))]
    return blocks


def lot_lines(lot: dict[str, Any]) -> list[str]:
    fits, lacking, unknown = (len(lot["groups"][fit]) for fit in (Fit.FITS, Fit.NOT_YET, Fit.NOT_KNOWN))
    gaps = [outcode for outcode, number in lot["reach"].items() if not number]
    return [
        counted(_("Ready now: %(number)d."), fits),
        counted(_("Not ready yet: %(number)d. They can still answer."), lacking),
        counted(_("We do not know enough about: %(number)d."), unknown),
        _("Nobody comes to: %(gaps)s.") % {"gaps": ", ".join(gaps)} if gaps else "",
    ]


def counted(words: str, number: int) -> str:
    """Nobody is no news, and one line less to read."""
    return words % {"number": number} if number else ""


def what_is_asked(facts: dict[str, Any]) -> list[Block]:
    blocks = [heading(2, _("What you need to have"))]
    if not facts["conditions"]:
        return [*blocks, text(_("The council asks for nothing but the work."))]
    for condition in facts["conditions"]:
        blocks += [heading(3, easier_name(condition)), bullets(filter(None, asked_lines(condition)))]
    return blocks


def asked_lines(condition: dict[str, Any]) -> list[str]:
    """How much, by when, and how many have it already."""
    has_a_day = condition["kind"] != Beyond.ALL_LOTS
    by_start = condition["by_when"] == ByWhen.START
    day = _("You can get it later. Have it by the first day of work.") if by_start else _("Have it when you answer.")
    return [
        _("Only for part %(lot)d.") % condition if condition["lot"] else "",
        _("At least %(amount)s.") % {"amount": money(condition["amount_pence"])} if condition["amount_pence"] else "",
        day if has_a_day else "",
        *(
            _("Part %(lot)d. Have it in time: %(fits)d. Not yet: %(not_yet)d. Not known: %(not_known)d.") % row
            for row in condition["effects"]
        ),
    ]


def easier_name(condition: dict[str, Any]) -> str:
    """What insurances are for, since their names do not say it; all else by its own name."""
    known = {
        "public_liability": _("Insurance, in case you hurt somebody or break something"),
        "employers_liability": _("Insurance, in case somebody who works for you is hurt"),
        "professional_indemnity": _("Insurance, in case you give wrong advice"),
        "motor_business": _("Car insurance that lets you drive for work"),
        Beyond.ALL_LOTS: _("One provider for all the parts"),
    }
    return str(known.get(condition["kind"], condition["asked"]))


def together(facts: dict[str, Any]) -> list[Block]:
    return [
        heading(2, _("You can join with others")),
        *lines(
            _("You can do one part. You do not have to do them all.") if len(facts["lots"]) > 1 else "",
            _("You can join with other people and answer as a team."),
            _("You do not have to be a big company."),
        ),
    ]


def money_and_dates(facts: dict[str, Any]) -> list[Block]:
    need, days = facts["need"], facts["answering"]["days"]
    paid = ngettext(
        "The council pays your bill in %(days)d day or less.",
        "The council pays your bill in %(days)d days or less.",
        need["payment_days"],
    )
    council_buys = need["buyer_code"] == Buyer.COUNCIL
    return [
        heading(2, _("Money and dates")),
        *lines(
            _("The council thinks that all the help will cost %(value)s.") % need,
            _("That is with the tax."),
            paid % {"days": need["payment_days"]} if council_buys else "",
            _("Ask questions before: %(questions_until)s.") % days if days["questions_until"] else "",
            _("Answer before: %(closes_at)s.") % days if days["closes_at"] else "",
            _("The council decides by: %(decided_on)s.") % days if days["decided_on"] else "",
        ),
    ]


def what_it_does_not_say() -> list[Block]:
    return [
        heading(2, _("What this paper does not say")),
        bullets(
            [
                _("It does not say who is best."),
                _("It does not choose anybody."),
                _("A check means that a council saw a paper on one day. It is not a promise."),
            ]
        ),
        heading(2, _("Is this paper real?")),
        *lines(
            _("Each paper has a number and a code. They are at the end."),
            _("On our website, look for “Check a summary”."),
            _("Type the number and the code in there."),
            _("We will tell you if the paper is ours."),
        ),
    ]
