"""The figures of openness in words."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from commissioning.models import Condition, Lot
from commissioning.models.condition import ByWhen
from commissioning.openness.figures import Beside, Row, Size
from commissioning.openness.rules import Change, Demand, How, Loosening, Met
from commissioning.openness.shutting import ShutBy
from commissioning.sourcing.rules import ALL_LOTS, About, Asked
from commissioning.sourcing.sentences import condition_words, money, what_was_asked


def demand_words(demand: Demand) -> str:
    return asked_in_words(demand.asked, demand.lot)


def asked_in_words(asked: Asked, lot: int | None = None) -> str:
    """A condition that need not be saved, in the words of one that is."""
    return condition_words(
        Condition(
            kind=asked.kind,
            amount_pence=asked.amount_pence,
            number=asked.number,
            by_when=ByWhen.START if asked.by_start else ByWhen.ANSWER,
            lot=None if lot is None else Lot(number=lot),
        )
    )


def step_words(asked: Asked) -> str:
    """A step without what it is of: "£5 million, by the start of the contract"."""
    if asked.kind == ALL_LOTS:
        return asked_in_words(asked)
    when = str((ByWhen.START if asked.by_start else ByWhen.ANSWER).label)
    if asked.amount_pence is not None:
        return f"{money(asked.amount_pence)}, {when[0].lower()}{when[1:]}"
    return when if asked.number is None else f"{asked.number}, {when[0].lower()}{when[1:]}"


def per_cent(part: int, whole: int) -> int:
    """Rounded down, so that all but one is never 100."""
    return part * 100 // whole


def figure_words(row: Row, size_limit: int) -> str:
    """ "3 of 12 small providers (up to 9 people) who could do the work could answer (25 per cent): 1 alone, ..." """
    if not row.capable:
        return _("No provider of up to %(people)d people who could do this work is on the register.") % {
            "people": size_limit
        }
    if not row.could:
        return _(
            "Of %(capable)d small providers (up to %(people)d people) who could do the work none is known to be able "
            "to answer, alone or in a team."
        ) % {"capable": row.capable, "people": size_limit}
    words = _(
        "%(could)d of %(capable)d small providers (up to %(people)d people) who could do the work could answer "
        "(%(share)d per cent): %(alone)d alone, and %(team)d more in a team."
    )
    return words % {
        "could": row.could,
        "capable": row.capable,
        "people": size_limit,
        "share": per_cent(row.could, row.capable),
        "alone": row.alone,
        "team": row.in_team,
    }


def at_most_words(row: Row) -> str:
    """The second reading, where it differs; "" where everything is known."""
    if row.hoped == row.could:
        return ""
    words = _(
        "At most %(hoped)d (%(share)d per cent), if whatever is not known of them is met, and cover asked by the start "
        "is had by then."
    )
    return words % {"hoped": row.hoped, "share": per_cent(row.hoped, row.capable)}


def met_words(met: Met) -> str:
    """ "6 of 214 who could do the work meet it." """
    if not met.capable:
        return _("Nobody who could do this work is on the register.")
    words = ngettext(
        "%(fits)d of %(capable)d provider who could do the work meets it.",
        "%(fits)d of %(capable)d providers who could do the work meet it.",
        met.capable,
    )
    if met.not_known:
        words += " " + _("Of %(unknown)d it is not known.")
    return words % {"fits": met.fits, "capable": met.capable, "unknown": met.not_known}


def difference_words(beside: Beside) -> str:
    """What a condition does to the figure of the whole."""
    before, after = beside.before, beside.after
    if not before.capable:
        return ""
    if (before.could, before.hoped) == (after.could, after.hoped):
        return _("With it as many small providers could answer as without it: %(could)d of %(capable)d.") % {
            "could": after.could,
            "capable": after.capable,
        }
    words = _(
        "Without it %(before)d of %(capable)d small providers could answer, alone or in a team; with it %(after)d."
    )
    if before.hoped != before.could or after.hoped != after.could:
        words += " " + _("At most %(hoped_before)d and %(hoped_after)d, if what is not known is met.")
    return words % {
        "before": before.could,
        "after": after.could,
        "capable": before.capable,
        "hoped_before": before.hoped,
        "hoped_after": after.hoped,
    }


def loosening_words(loosening: Loosening) -> str:
    """One change as an instruction."""
    if loosening.how is How.BY_PLACE:
        return _("Let lot %(lot)d be answered for one postcode district at a time") % {"lot": loosening.lot}
    if loosening.how is How.SPLIT_HOURS:
        return _("Make two lots of lot %(lot)d, each with half the hours") % {"lot": loosening.lot}
    assert loosening.demand is not None
    was = demand_words(loosening.demand)
    if loosening.instead is None:
        return _("Stop asking for: %(was)s") % {"was": was}
    now = asked_in_words(loosening.instead, loosening.demand.lot)
    return _("Ask for: %(now)s. Now it is: %(was)s") % {"now": now, "was": was}


def change_words(change: Change, now: Row) -> str:
    """What a change does: "9 could answer instead of 3"."""
    words = _("%(then)d could answer instead of %(now)d")
    if change.known == now.could:
        words = _("At most %(hoped)d could answer instead of %(hoped_now)d")
    elif change.known != change.hoped or now.could != now.hoped:
        words += " " + _("(at most %(hoped)d instead of %(hoped_now)d)")
    return words % {"then": change.known, "now": now.could, "hoped": change.hoped, "hoped_now": now.hoped}


def shut_words(shut: ShutBy) -> str:
    """The things that together nobody is known to meet, in a row."""
    things = [*(asked_in_words(asked) for asked in shut.conditions), *(whole_words(about) for about in shut.whole)]
    return _(" and ").join(f"“{thing}”" for thing in things)


def whole_words(about: About) -> str:
    """What the lot itself asks of somebody who answers alone."""
    return {
        About.HOURS: _("All of its hours"),
        About.TIMES: _("All of its times"),
    }.get(about) or what_was_asked(about, "")


def size_words(size: str, size_limit: int) -> str:
    return str(SIZES[Size(size)]) % {"limit": size_limit}


SIZES = {
    Size.ONE: gettext_lazy("One person"),
    Size.MICRO: gettext_lazy("2 to %(limit)d people"),
    Size.LARGER: gettext_lazy("More than %(limit)d people"),
    Size.NOT_KNOWN: gettext_lazy("Size not known"),
}
