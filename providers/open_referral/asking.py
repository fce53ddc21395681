"""For whom a service is, in what languages, and what makes it usable, as its source says. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from providers.open_referral.plain import Row, date, long_text, number, rows, text

WORDS_AT_MOST = 300
# Names in English of the languages that councils' feeds give as codes of ISO 639-1.
_LANGUAGES = """
    ar:Arabic bg:Bulgarian bn:Bengali cs:Czech cy:Welsh da:Danish de:German el:Greek en:English
    es:Spanish et:Estonian fa:Farsi fi:Finnish fr:French ga:Irish gd:Gaelic gu:Gujarati he:Hebrew
    hi:Hindi hr:Croatian hu:Hungarian hy:Armenian is:Icelandic it:Italian ja:Japanese ko:Korean
    ku:Kurdish lt:Lithuanian lv:Latvian ml:Malayalam mr:Marathi ms:Malay mt:Maltese ne:Nepali nl:Dutch
    no:Norwegian pa:Punjabi pl:Polish ps:Pashto pt:Portuguese ro:Romanian ru:Russian si:Sinhala
    sk:Slovak sl:Slovenian so:Somali sq:Albanian sr:Serbian sv:Swedish sw:Swahili ta:Tamil te:Telugu
    th:Thai tr:Turkish uk:Ukrainian ur:Urdu vi:Vietnamese yo:Yoruba zh:Chinese
"""
LANGUAGES = dict(pair.split(":") for pair in _LANGUAGES.split())
USABLE = tuple(
    (re.compile(pattern, re.I), code)
    for pattern, code in (
        (r"step[- ]free|level access|ramp(?:ed)? access|wheelchair acces", "step_free"),
        (r"accessible (?:toilet|wc)|disabled toilet|changing places", "accessible_toilet"),
        (r"parking", "parking"),
        (r"hearing loop|induction loop", "hearing_loop"),
        (r"sign language|\bBSL\b|someone who signs", "sign_language"),
        (r"easy[- ]read", "easy_read"),
        (r"large print", "large_print"),
        (r"quiet (?:space|room|area)", "quiet_space"),
        (r"takes a wheelchair|wheelchair[- ]accessible (?:vehicle|car|taxi|minibus)", "wheelchair_car"),
        (
            r"(?:assistance|guide) dogs? (?:are )?(?:welcome|allowed|admitted)|^(?:assistance|guide) dogs?$",
            "assistance_dogs",
        ),
    )
)
_DENIED = re.compile(r"\b(?:no|not|none|without|lacks?|limited|unable|cannot|nearby|nearest|isn.t|aren.t)\b", re.I)
# Of an organisation's age limits: a child's service ends before an adult's life is well begun (SEND goes to 25).
CHILDREN_UNTIL, OLDER_FROM = 25, 50


@dataclass(frozen=True)
class Asked:
    """`says` are (what it is about, the source's own words), for the page to show as the source's."""

    languages: tuple[str, ...]
    accessibility: tuple[str, ...]
    client_groups: tuple[str, ...]
    says: tuple[tuple[str, str], ...]


def asked_of(row: Row) -> Asked:
    low, high = _age(row, "minimum_age"), _age(row, "maximum_age")
    return Asked(
        languages=tuple(_languages(row)),
        accessibility=tuple(_accessibility(row)),
        client_groups=tuple(_by_age(low, high)),
        says=tuple((about, words) for about, words in _says(row, low, high) if words),
    )


def _age(row: Row, name: str) -> int | None:
    years = number(row, name)
    return int(years) if years is not None and 0 <= years <= 120 else None


def _by_age(low: int | None, high: int | None) -> list[str]:
    if high is not None and high <= CHILDREN_UNTIL and (low or 0) < 18:
        return ["children"]
    return ["older"] if low is not None and low >= OLDER_FROM else []


def _says(row: Row, low: int | None, high: int | None) -> list[tuple[str, str]]:
    eligible = [text(part, "eligibility") or text(part, "description") for part in rows(row, "eligibilitys")]
    assured = date(row, "assured_date")
    return [
        ("ages", _ages(low, high)),
        ("eligibility", long_text(row, "eligibility_description", WORDS_AT_MOST) or "; ".join(filter(None, eligible))),
        ("applying", long_text(row, "application_process", WORDS_AT_MOST)),
        ("accreditations", long_text(row, "accreditations", WORDS_AT_MOST)),
        ("alert", long_text(row, "alert", WORDS_AT_MOST)),
        ("assured", assured.isoformat() if assured else ""),
    ]


def _ages(low: int | None, high: int | None) -> str:
    """A span as 5-11, 18- or -11; the page puts it into words."""
    if (low is None or low == 0) and (high is None or high >= 99):
        return ""
    return f"{'' if low is None else low}-{'' if high is None or high >= 99 else high}"


def _languages(row: Row) -> list[str]:
    spoken: dict[str, str] = {}
    for language in rows(row, "languages"):
        named = text(language, "name") or text(language, "language")
        code = (text(language, "code") or named).lower()[:2] if len(named) <= 2 else ""
        for name in re.split(r"[,;/]", LANGUAGES.get(code, "") if code else named):
            tidy = name.strip()[:40].strip()
            if tidy:
                spoken.setdefault(tidy.casefold(), tidy[0].upper() + tidy[1:])
    return list(spoken.values())


def _accessibility(row: Row) -> list[str]:
    """What is said to be there. A line that denies or qualifies anything is left to be read by people."""
    places = [row, *(place for at in rows(row, "service_at_locations") if (place := _place(at)))]
    held = [
        part
        for place in places
        for part in [*rows(place, "accessibility"), *rows(place, "accessibility_for_disabilities")]
    ]
    said = [text(part, key) for part in held for key in ("accessibility", "description", "details")]
    pieces = [piece.strip() for words in said for piece in re.split(r"[.;,\n]", words) if not _DENIED.search(piece)]
    return [code for pattern, code in USABLE if any(pattern.search(piece) for piece in pieces)]


def _place(at: Row) -> Row | None:
    found = at.get("location")
    return found if isinstance(found, dict) else None
