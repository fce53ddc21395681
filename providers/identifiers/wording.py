"""What each number looks like and where to find it, in words for whoever types it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from providers.identifiers import rules
from providers.models.identifier import Scheme

Words = str | Promise


@dataclass(frozen=True)
class Asking:
    """One question about a number. `fault` says what it looks like and where it stands."""

    question: Words
    hint: Words
    fault: Words


ASKING: dict[str, Asking] = {
    rules.COMPANY: Asking(
        _("What is your company number?"),
        _("It is on your certificate from Companies House. For example: 01234567 or SC123456"),
        _(
            "A company number has 8 numbers, or 2 letters and 6 numbers, like 01234567 or SC123456. "
            "It is on your certificate from Companies House"
        ),
    ),
    rules.MUTUALS: Asking(
        _("What is your number on the Mutuals Public Register?"),
        _("It is on the certificate of your society. For example: 1234 or 12345R"),
        _(
            "A mutuals register number has up to 6 numbers, sometimes with letters after them, like 1234 or 12345R. "
            "It is on the certificate of your society"
        ),
    ),
    rules.CHARITY: Asking(
        _("What is your charity number?"),
        _("Leave this empty if you are not a charity. For example: 1123456, SC012345 or NIC101234"),
        _(
            "A charity number has 6 or 7 numbers, like 1123456. In Scotland it looks like SC012345, and in Northern "
            "Ireland like NIC101234. It is on the letter that said you are registered, not on papers from HMRC"
        ),
    ),
    rules.CQC_PROVIDER: Asking(
        _("What is your CQC provider ID?"),
        _("It is on your CQC certificate, near the top. For example: 1-1234567890"),
        _(
            "A CQC provider ID is 1, a dash and 8 to 11 numbers, like 1-1234567890. "
            "It is on your CQC certificate and in the address of your page on cqc.org.uk"
        ),
    ),
    rules.ICO: Asking(
        _("What is your ICO registration number?"),
        _("You get one when you pay the data protection fee. For example: ZA123456"),
        _(
            "An ICO number starts with Z and has 8 letters and numbers, like ZA123456 or Z1234567. "
            "It is in the email that the ICO sent when you paid the data protection fee"
        ),
    ),
    rules.PPON: Asking(
        _("What is your procurement number (PPON)?"),
        _("You get one when you sign up on Find a Tender to work for councils. For example: PBCD-1234-FGHJ"),
        _(
            "A PPON has 12 letters and numbers and starts with P, like PBCD-1234-FGHJ. "
            "It is on your organisation's page on Find a Tender"
        ),
    ),
}

REGULATOR_FAULTS: dict[str, Words] = {
    "cqc": _(
        "A CQC number is 1, a dash and 8 to 11 numbers, like 1-1234567890. Use the location ID: it is on your CQC "
        "certificate and in the address of your page on cqc.org.uk"
    ),
    "scotland": _(
        "A Care Inspectorate number is CS and 10 numbers, like CS2012345678. It is on your certificate of registration"
    ),
    "ofsted": _(
        "An Ofsted number (URN) has 6 or 7 numbers, or EY and 6 numbers, like EY123456. "
        "It is on your certificate of registration"
    ),
}


def name(scheme: str) -> str:
    return str(Scheme(scheme).label)


def regulator_fault(regulator: str) -> Words:
    """What a number of this regulator looks like; only for those whose form we know."""
    if "CQC" in regulator:
        return REGULATOR_FAULTS["cqc"]
    return REGULATOR_FAULTS["ofsted" if regulator == "Ofsted" else "scotland"]
