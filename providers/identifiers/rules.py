"""Numbers on public registers: the form of each, as the register itself writes it. No database here.

No check digit is published for any of them: the registers count up, and a PPON is drawn at random. So a form is all
that can be held against what somebody types, and looking the number up is the checker's.
"""

from __future__ import annotations

import re
from collections.abc import Collection

COMPANY, MUTUALS, CHARITY = "company", "mutuals", "charity"
CQC_PROVIDER, CQC_LOCATION, ICO, PPON = "cqc_provider", "cqc_location", "ico", "ppon"

# Who can be on which register. A CIC is a company and never a charity; a partnership may be an LLP, which is on the
# companies register; a society is on the mutuals register, and one for the benefit of its community may be a charity.
COMPANIES = frozenset({"company", "cic", "charity", "partnership"})
SOCIETIES = frozenset({"co_operative", "community_benefit"})
CHARITIES = frozenset({"charity", "company", "community_benefit", "unincorporated"})

# Companies House, "Uniform Resource Identifiers customer guide": eight characters, all digits in England and Wales,
# else a prefix for the nation and the kind. Societies (IP, SP, NP, RS) may end in letters.
COMPANY_PREFIXES = "SC|NI|R0|OC|SO|NC|LP|SL|NL|CE|CS|FC|SF|NF|GE|GS|GN|AC|SA|NA|RC|SR|NR|ZC|SZ|NZ|PC"
SOCIETY_PREFIXES = "IP|SP|NP|RS"


def mended(scheme: str, typed: str) -> str:
    """The number as its register writes it: capitals, no spaces, zeros put back. Empty when it is not of that form."""
    return _MENDERS[scheme](_bare(typed))


def link(scheme: str, value: str) -> str:
    """The register's own page about this number, where the address follows from the number with certainty.

    The mutuals register and the register of charities of England and Wales address their pages by a number of their
    own, and there is no public page for a PPON.
    """
    if scheme == CHARITY:
        return _charity_link(value)
    pattern = LINKS.get(scheme)
    return pattern.format(value) if pattern else ""


LINKS = {
    COMPANY: "https://find-and-update.company-information.service.gov.uk/company/{}",
    CQC_PROVIDER: "https://www.cqc.org.uk/provider/{}",
    CQC_LOCATION: "https://www.cqc.org.uk/location/{}",
    ICO: "https://ico.org.uk/ESDWebPages/Entry/{}",
}


def _charity_link(value: str) -> str:
    if value.startswith("SC"):
        return f"https://www.oscr.org.uk/about-charities/search-the-register/charity-details?number={value}"
    if value.startswith("NIC"):
        return f"https://www.charitycommissionni.org.uk/charity-details/?regId={value[3:]}&subId=0"
    return ""


def list_code(scheme: str, value: str) -> str:
    """The register's code on org-id.guide, as Open Referral asks for it; empty where that list has none."""
    if scheme == CHARITY:
        return "GB-SC" if value.startswith("SC") else "GB-NIC" if value.startswith("NIC") else "GB-CHC"
    return {COMPANY: "GB-COH", MUTUALS: "GB-MPR", PPON: "GB-PPON"}.get(scheme, "")


def asked(*, legal_form: str, nation: str, is_care: bool) -> list[str]:
    """Which numbers this provider may have at all: nobody is asked for a number that does not exist for them.

    `is_care` is regulated care that is the care regulator's; CQC is England's. The CQC location is not asked here: it
    is the number that a registered service gives with its own registration.
    """
    may_have = [
        (COMPANY, legal_form in COMPANIES),
        (MUTUALS, legal_form in SOCIETIES),
        (CHARITY, legal_form in CHARITIES),
        (CQC_PROVIDER, is_care and nation == "England"),
        (ICO, True),
        (PPON, True),
    ]
    return [scheme for scheme, can_be in may_have if can_be]


def regulators_number(regulator: str, typed: str) -> str:
    """The number that a regulator gave a service, mended; empty when it is not of the form of that regulator.

    Care Inspectorate: CS, the year and six digits. Ofsted: six or seven digits, older ones with two letters before them
    (DfE, "Complete the early years census: data items"). The forms of Wales and Northern Ireland are published nowhere
    that we know of, so theirs is kept as it was typed.
    """
    bare = _bare(typed)
    if "CQC" in regulator:
        return _cqc(bare)
    if regulator == "Care Inspectorate":
        return _where(re.fullmatch(r"CS(19|20)\d{8}", bare, re.ASCII))
    if regulator == "Ofsted":
        return _where(re.fullmatch(r"\d{6,7}|(EY|VC|CA)\d{6}", bare, re.ASCII))
    return " ".join(typed.split())


def cqc_location(services: Collection[tuple[str, str]]) -> str:
    """The location that the first service registered with CQC names, of (regulator, number) pairs; or empty."""
    return next((number for regulator, number in services if "CQC" in regulator and number), "")


def _bare(typed: str) -> str:
    """Capitals without spaces and dots, and with one kind of dash: a telephone types several."""
    return re.sub(r"[\s.]", "", re.sub(r"[\u2010-\u2015\u2212]", "-", typed)).upper()


def _where(match: re.Match[str] | None) -> str:
    return match[0] if match else ""


def _company(bare: str) -> str:
    """Forms cut the leading zeros off, so six and seven digits are filled up; fewer are more likely a slip."""
    if re.fullmatch(r"\d{6,8}", bare, re.ASCII):
        return bare.zfill(8)
    prefixed = re.fullmatch(rf"({COMPANY_PREFIXES}|{SOCIETY_PREFIXES})(\d{{4,6}})", bare, re.ASCII)
    if prefixed:
        return prefixed[1] + prefixed[2].zfill(6)
    return _where(re.fullmatch(rf"({SOCIETY_PREFIXES})\d{{3,5}}[A-Z]{{1,3}}", bare, re.ASCII))


def _mutuals(bare: str) -> str:
    """FCA, Mutuals Public Register, glossary: a number, with letters after it for the kind of society in older ones."""
    return _where(re.fullmatch(r"(IP|SP|NP|RS)?\d{3,6}[A-Z]{0,4}", bare, re.ASCII))


def _charity(bare: str) -> str:
    """England and Wales six or seven digits; Scotland SC and six; Northern Ireland NIC and six.

    The Charity Commission's number stands alone, of a linked charity with "-1" after it. HMRC's own numbers for Gift
    Aid (XT12345) are another thing.
    """
    if scottish := re.fullmatch(r"SC(\d{4,6})", bare, re.ASCII):
        return "SC" + scottish[1].zfill(6)
    if irish := re.fullmatch(r"NIC?(\d{6})", bare, re.ASCII):
        return "NIC" + irish[1]
    return _where(re.fullmatch(r"[1-9]\d{5,6}(-\d{1,3})?", bare, re.ASCII))


def _cqc(bare: str) -> str:
    """CQC's public API and the addresses of its pages: 1, a dash, and (so far) nine to eleven digits."""
    return _where(re.fullmatch(r"1-\d{8,11}", bare, re.ASCII))


def _ico(bare: str) -> str:
    """Register of fee payers: Z, then seven digits, or a letter and six digits in newer ones (ZA, ZB, ZC)."""
    return _where(re.fullmatch(r"Z[0-9A-Z]\d{6}", bare, re.ASCII))


def _ppon(bare: str) -> str:
    """Find a Tender's organisation numbers, like PZPR-8554-XHNX: P and three letters, four digits, four letters.

    The Central Digital Platform's own code draws them at random from consonants and the digits 1 to 9
    (EntityVerification, PponService), and reads them back with digits allowed in the last part.
    """
    joined = re.sub(r"^GB-?PPON[-:]?", "", bare).replace("-", "")
    found = re.fullmatch(r"(P[A-Z]{3})(\d{4})([A-Z0-9]{4})", joined, re.ASCII)
    return "-".join(found.groups()) if found else ""


_MENDERS = {
    COMPANY: _company,
    MUTUALS: _mutuals,
    CHARITY: _charity,
    CQC_PROVIDER: _cqc,
    CQC_LOCATION: _cqc,
    ICO: _ico,
    PPON: _ppon,
}
