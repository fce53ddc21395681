"""What another copy of this software adds to its feed under `nearhand`, for what the standard has no place for. Pure.

Context: a register that is exported must come back as the same public pages, and Open Referral UK has no field for the
shortest visit, for a distance that somebody travels, or for hours free. Decision: taxonomies say all that is a term
from a list; the rest stands in one object with our name, which the standard allows and others may pass over. It holds
only what the public page shows, and never a council's checks. Consequence: what is read here is still the source's own
word, is held to the same limits as a form's, and a part that is not of its form is left unsaid.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from providers.open_referral.plain import Row, date, long_text, number, rows, text

KEY = "nearhand"
SPACES = frozenset({"now", "waiting", "full", "away", "not_known"})
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
PARTS = ("morning", "afternoon", "evening", "night")
UNITS = frozenset({"hour", "visit", "session", "meal", "mile", "day", "night", "week"})
EXTRAS = frozenset({"weekend", "bank_holiday", "evening", "mileage", "second_person"})
SAYS = frozenset({"ages", "eligibility", "applying", "times", "accreditations", "checks", "alert", "assured"})
MOST_MILES = 100


@dataclass(frozen=True)
class Way:
    """One way in which a service reaches people; `start` is the first half of a postcode, or a town."""

    reach: str
    miles: float | None
    start: str
    place: str
    code: str


@dataclass(frozen=True)
class OurService:
    ways: tuple[Way, ...]
    minimum_minutes: int | None
    price_note: str
    extras: tuple[tuple[str, int, str], ...]
    regulator: str
    registration_number: str
    space: str
    away_until: str
    hours_free: int | None
    confirmed_on: str
    days: tuple[str, ...]
    parts: tuple[str, ...]
    says: tuple[tuple[str, str], ...]
    # A table that names no kind of help leaves it to be guessed from its words; another copy has asked.
    may_guess: bool


@dataclass(frozen=True)
class OurProvider:
    slug: str
    phone: str
    email: str
    prefers_calls: bool
    people: int | None
    town: str
    outcode: str
    employs_anyone: bool | None
    run_by_members: bool | None
    about: str | None
    is_invented: bool


def our_service(row: Row) -> OurService | None:
    said = row.get(KEY)
    if not isinstance(said, Mapping):
        return None
    space, away = text(said, "space"), date(said, "away_until")
    is_whole = space in SPACES and (space != "away" or away is not None)
    confirmed = date(said, "confirmed_on")
    return OurService(
        ways=tuple(way for row in rows(said, "coverage")[:400] if (way := _way(row))),
        minimum_minutes=whole(said, "minimum_minutes", 24 * 60),
        price_note=text(said, "price_note")[:200],
        extras=tuple(extra for row in rows(said, "extras") if (extra := _extra(row))),
        regulator=text(said, "regulator")[:60],
        registration_number=text(said, "registration_number")[:40],
        space=space if is_whole else "",
        away_until=away.isoformat() if away and is_whole else "",
        hours_free=whole(said, "hours_free", 1512),
        confirmed_on=confirmed.isoformat() if confirmed else "",
        days=_some_of(said, "days", DAYS),
        parts=_some_of(said, "parts", PARTS),
        says=tuple(
            (text(told, "about"), long_text(told, "words", 300))
            for told in rows(said, "source_says")[:40]
            if text(told, "about") in SAYS and text(told, "words")
        ),
        may_guess=said.get("may_guess") is True,
    )


def _some_of(row: Row, name: str, known: tuple[str, ...]) -> tuple[str, ...]:
    given = row.get(name)
    return tuple(each for each in known if isinstance(given, list) and each in given)


def our_provider(row: Row) -> OurProvider | None:
    said = row.get(KEY)
    if not isinstance(said, Mapping):
        return None
    slug = text(said, "slug")
    return OurProvider(
        slug=slug if re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,79}", slug) else "",
        phone=text(said, "phone")[:30],
        email=text(said, "email")[:200],
        prefers_calls=said.get("prefers_calls") is True,
        people=whole(said, "people", 5000) or None,
        town=text(said, "town")[:80],
        outcode=_outcode(text(said, "outcode")),
        employs_anyone=_yes_or_no(said, "employs_anyone"),
        run_by_members=_yes_or_no(said, "run_by_members"),
        about=None if text(said, "describes_itself") != "no" else "",
        is_invented=said.get("is_invented") is True,
    )


def _way(row: Row) -> Way | None:
    miles = number(row, "miles")
    way = Way(
        reach=text(row, "reach"),
        miles=miles if miles is not None and 0 < miles <= MOST_MILES else None,
        start=text(row, "from")[:80],
        place=text(row, "place")[:120],
        code=text(row, "code")[:100],
    )
    wanted = {"distance": way.miles is not None and way.start, "come_to_us": way.place, "area": way.code}
    return way if wanted.get(way.reach) else None


def _extra(row: Row) -> tuple[str, int, str] | None:
    when, pence, unit = text(row, "for"), whole(row, "price_pence", 100_000_00), text(row, "price_unit")
    return (when, pence, unit) if when in EXTRAS and unit in UNITS and pence is not None else None


def whole(row: Row, name: str, at_most: int) -> int | None:
    found = number(row, name)
    return int(found) if found is not None and 0 <= found <= at_most and found == int(found) else None


def _yes_or_no(row: Row, name: str) -> bool | None:
    value = row.get(name)
    return value if isinstance(value, bool) else None


def _outcode(written: str) -> str:
    plain = written.upper()
    return plain if re.fullmatch(r"[A-Z]{1,2}\d[A-Z\d]?", plain) else ""


def service_extras(frozen: Mapping[str, Any], confirmed_on: str | None) -> dict[str, Any]:
    """The other way round: what a frozen service says that no field or term of the standard can."""
    said = frozen["availability"]
    facts = {
        "coverage": [{key: value for key, value in way.items() if value} for way in frozen["coverage"]],
        "minimum_minutes": frozen["minimum_minutes"],
        "price_note": frozen["price_note"],
        "extras": frozen.get("extras"),
        "regulator": frozen["regulator"],
        "registration_number": frozen["registration_number"],
        "space": said["space"],
        "away_until": said["away_until"],
        "hours_free": said["hours_free"],
        "confirmed_on": confirmed_on,
        "days": said["days"],
        "parts": said["parts"],
        "source_says": frozen.get("source_says"),
    }
    return _told(facts)


def provider_extras(content: Mapping[str, Any]) -> dict[str, Any]:
    """Of the provider. A base is a town and the first half of a postcode, as on its page (rule 10)."""
    kept = ("slug", "phone", "email", "prefers_calls", "people", "town", "outcode", "employs_anyone", "run_by_members")
    facts = {key: content[key] for key in (*kept, "is_invented")}
    return _told({**facts, "describes_itself": "" if content["about"] else "no"})


def _told(facts: dict[str, Any]) -> dict[str, Any]:
    """Without null, "" and empty lists (rule 14)."""
    return {key: value for key, value in facts.items() if value is not None and value not in ("", [])}
