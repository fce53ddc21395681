"""Findings in words: why a service fits, does not yet, or is not known to, and by how much."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from commissioning.models import Condition
from commissioning.models.condition import Beyond, ByWhen
from commissioning.sourcing.rules import About, Finding, Why
from providers.credentials.kinds import KINDS


def sentence(finding: Finding) -> str:
    """One finding as a short sentence without a full stop, fit for a list."""
    return SENTENCES[finding.about](finding)


def name_of(kind: str) -> str:
    """The name of what a condition asks; a kind that nobody knows any more stands for itself."""
    if kind in Beyond.values:
        return str(Beyond(kind).label)
    known = KINDS.get(kind)
    return str(known.name) if known else kind


def condition_words(condition: Condition) -> str:
    """A condition as a sentence: "Public liability insurance of at least £5 million, by the start of the contract"."""
    words = asked_words(condition)
    # That one supplier does everything is true or not, on any day.
    if condition.kind != Beyond.ALL_LOTS:
        when = str(ByWhen(condition.by_when).label)
        words = f"{words}, {when[0].lower()}{when[1:]}"
    if condition.lot is None:
        return words
    return _("%(words)s, for lot %(number)d alone") % {"words": words, "number": condition.lot.number}


def asked_words(condition: Condition) -> str:
    """What is asked and how much of it, without when."""
    words = name_of(condition.kind)
    if condition.amount_pence:
        return _("%(kind)s of at least %(amount)s") % {"kind": words, "amount": money(condition.amount_pence)}
    if condition.number is None:
        return words
    return {
        Beyond.AUDITED_ACCOUNTS: ngettext(
            "Audited accounts for %(number)d year", "Audited accounts for %(number)d years", condition.number
        ),
        Beyond.YEARS_TRADING: ngettext(
            "%(number)d year of trading or more", "%(number)d years of trading or more", condition.number
        ),
        Beyond.LEAST_PEOPLE: ngettext("%(number)d person or more", "%(number)d people or more", condition.number),
    }[Beyond(condition.kind)] % {"number": condition.number}


def money(pence: int | None) -> str:
    """Cover as people say it: £5 million, £250,000."""
    pounds = (pence or 0) // 100
    if pounds >= 1_000_000 and pounds % 100_000 == 0:
        return _("£%(millions)g million") % {"millions": pounds / 1_000_000}
    return f"£{pounds:,}"


def reach_sentence(finding: Finding) -> str:
    if finding.why is Why.MET:
        return _("Reaches all of the area")
    return _("Reaches %(has)d of %(needs)d postcode districts") % {"has": finding.has or 0, "needs": finding.needs or 0}


def hours_sentence(finding: Finding) -> str:
    if finding.why is Why.NOT_SAID:
        return _("Hours free a week: not known")
    words = ngettext("%(has)d hour a week free", "%(has)d hours a week free", finding.has or 0)
    if finding.why is Why.TOO_FEW:
        words += _(", of %(needs)d asked")
    return words % {"has": finding.has or 0, "needs": finding.needs or 0}


def times_sentence(finding: Finding) -> str:
    has, needs = finding.has or 0, finding.needs or 0
    if finding.why is Why.NOT_SAID:
        return _("Free at the times wanted: not known")
    if finding.why is Why.MET:
        return _("Free at all the times wanted")
    return _("Free at %(has)d of the %(needs)d times wanted") % {"has": has, "needs": needs}


def space_sentence(finding: Finding) -> str:
    if finding.why is Why.AWAY and finding.day:
        return _("Away until %(day)s") % {"day": date_format(finding.day, "j F Y")}
    return {
        Why.MET: _("Has space now"),
        Why.WAITING_LIST: _("Has a waiting list"),
    }.get(finding.why, _("Full at present"))


def basis_sentence(finding: Finding) -> str:
    return {
        Why.MET: _("Has the regulatory basis that this work needs"),
        Why.WILL_REGISTER: _("Applying to be registered: must be by the start"),
        Why.NOT_SAID: _("Regulatory basis: not known"),
        Why.UNREGISTERED: _("Not registered with the regulator, which this work needs when the council buys it"),
    }[finding.why]


def credential_sentence(finding: Finding) -> str:
    words = CREDENTIAL_WORDS[finding.why](finding)
    return f"{name_of(finding.kind)}: {words}{seen_words(finding)}"


def seen_words(finding: Finding) -> str:
    if finding.seen_by and finding.seen_on:
        day = date_format(finding.seen_on, "j F Y")
        return _(" (seen by %(council)s on %(day)s)") % {"council": finding.seen_by, "day": day}
    nothing_declared = finding.why in {Why.NOT_SAID, Why.EMPLOYS_NOBODY, Why.NONE_HELD, Why.NOT_ACCEPTED}
    return "" if nothing_declared else _(" (declared, not yet seen by a council)")


def met_words(finding: Finding) -> str:
    held = money(finding.has) if finding.has else _("held")
    if finding.day:
        return _("%(held)s, runs to %(day)s") % {"held": held, "day": date_format(finding.day, "j F Y")}
    return str(held)


def renew_words(finding: Finding) -> str:
    held = money(finding.has) if finding.has else _("held")
    day = date_format(finding.day, "j F Y") if finding.day else ""
    return _("%(held)s, runs to %(day)s, to be renewed before the start") % {"held": held, "day": day}


def not_said_words(finding: Finding) -> str:
    return _("not known")


def ends_words(finding: Finding) -> str:
    day = date_format(finding.day, "j F Y") if finding.day else ""
    return _("ended on %(day)s, and is not renewed on the register") % {"day": day}


def starts_words(finding: Finding) -> str:
    days = finding.needs or 0
    words = ngettext("starts %(days)d day after it is needed", "starts %(days)d days after it is needed", days)
    return words % {"days": days}


CREDENTIAL_WORDS: dict[Why, Callable[[Finding], str]] = {
    Why.MET: met_words,
    Why.RENEW_FIRST: renew_words,
    Why.NOT_SAID: not_said_words,
    Why.EMPLOYS_NOBODY: lambda finding: _("does not apply, employs nobody"),
    Why.NONE_HELD: lambda finding: _("none on the register"),
    Why.NOT_ACCEPTED: lambda finding: _("the certificate was not accepted"),
    Why.ENDS_TOO_SOON: ends_words,
    Why.STARTS_TOO_LATE: starts_words,
    Why.TOO_LITTLE: lambda finding: (
        _("%(has)s, of %(needs)s asked") % {"has": money(finding.has), "needs": money(finding.needs)}
    ),
    Why.NOT_EVERYONE: lambda finding: (
        _("%(has)d of %(needs)d people hold it") % {"has": finding.has or 0, "needs": finding.needs or 0}
    ),
}


def business_sentence(finding: Finding) -> str:
    """What the register knows of the business itself, named by what was asked."""
    said = BUSINESS_WORDS.get((finding.kind, finding.why)) or BUSINESS_WORDS.get(("", finding.why))
    words = str(said) if said else counted_words(finding)
    return f"{name_of(finding.kind)}: {words}"


def counted_words(finding: Finding) -> str:
    has, needs = finding.has or 0, finding.needs or 0
    if finding.kind == Beyond.ALL_LOTS:
        return _("does and reaches %(has)d of %(needs)d lots") % {"has": has, "needs": needs}
    words = ngettext("%(has)d person", "%(has)d people", has)
    if finding.why is Why.TOO_FEW:
        words += _(", of %(needs)d asked")
    return words % {"has": has, "needs": needs}


# By what was asked and why; by why alone where the words are the same for all.
BUSINESS_WORDS = {
    ("", Why.NOT_SAID): gettext_lazy("not known"),
    ("", Why.NO_AUDIT_DUE): gettext_lazy("not known; company law obliges nobody of this legal form to have them"),
    ("", Why.AUDIT_DUE_UNLESS_SMALL): gettext_lazy(
        "not known; company law does not oblige a company that counts as small to have them"
    ),
    ("", Why.WILL_REGISTER): gettext_lazy("applying to be registered"),
    ("", Why.UNREGISTERED): gettext_lazy("not registered"),
    (Beyond.REGISTRATION, Why.MET): gettext_lazy("registered"),
}

SENTENCES = {
    About.REACH: reach_sentence,
    About.HOURS: hours_sentence,
    About.TIMES: times_sentence,
    About.SPACE: space_sentence,
    About.BASIS: basis_sentence,
    About.CREDENTIAL: credential_sentence,
    About.BUSINESS: business_sentence,
}


def what_was_asked(about: About, kind: str) -> str:
    """The name of a thing asked, for the table of what each does to the field."""
    if about in {About.CREDENTIAL, About.BUSINESS}:
        return name_of(kind)
    return {
        About.REACH: _("Reaches the whole area"),
        About.HOURS: _("Hours free"),
        About.TIMES: _("Free at the times wanted"),
        About.SPACE: _("Space"),
        About.BASIS: _("Regulatory basis"),
    }[about]
