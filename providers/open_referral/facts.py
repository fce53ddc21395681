"""From what a row says to the columns of our tables. Reads no table but through what it is given; writes nothing."""

from __future__ import annotations

import datetime
import math
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email

from providers.identifiers.rules import mended
from providers.listings.freeze import METRES_IN_A_MILE
from providers.meaning.likely import expect, likely_categories
from providers.meaning.vocabulary import vocabulary
from providers.models.coverage import Reach
from providers.models.identifier import Scheme
from providers.models.provider import LegalForm
from providers.models.service import Delivery, RegulatoryBasis
from providers.open_referral.areas import Areas
from providers.open_referral.labels import Labels, labels_of
from providers.open_referral.ours import OurService, Way
from providers.open_referral.rules import CannotTake, Organisation, Read, Site, goes_to_people, is_gone_to, regulator_of
from registry.places.grid import to_grid

# Raised when more of a row is read than before, so that the next run reads every row again.
READING = "2"
NAMESPACE = uuid.UUID("6f1c8f0e-3d0a-5b7e-9a55-0c2f6f3b9d11")
Point = tuple[int, int]
# From a postcode or its first half, in capitals and without a space, to a point on the National Grid.
Points = Mapping[str, Point]
_SCHEMES = {
    "GB-COH": Scheme.COMPANY,
    "GB-MPR": Scheme.MUTUALS,
    "GB-CHC": Scheme.CHARITY,
    "GB-SC": Scheme.CHARITY,
    "GB-NIC": Scheme.CHARITY,
    "GB-PPON": Scheme.PPON,
    "company number": Scheme.COMPANY,
    "charity number": Scheme.CHARITY,
}
_is_email = validate_email
_is_website = URLValidator(schemes=["http", "https"])


@dataclass(frozen=True)
class Facts:
    """One service with everything that hangs on it, as columns."""

    read: Read
    digest: uuid.UUID
    service: dict[str, Any]
    categories: tuple[str, ...]
    coverage: list[dict[str, Any]]
    availability: dict[str, Any]
    hours: tuple[tuple[str, int, int], ...]
    extras: tuple[tuple[str, int, str], ...]


def digest_of(read: Read) -> uuid.UUID:
    written = f"{READING} {vocabulary().version} {read!r}".encode()
    return uuid.UUID(bytes=blake2b(written, digest_size=16).digest())


def id_from(source: str, source_id: str) -> uuid.UUID:
    """Made from the source's id, so that the same row is the same record in every copy."""
    return uuid.uuid5(NAMESPACE, f"{source} {source_id}")


def own_uuid(source_id: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(source_id)
    except ValueError:
        return None


def facts_of(read: Read, digest: uuid.UUID, nation: str, areas: Areas, points: Points) -> Facts:
    """CannotTake where nothing says how people could have it."""
    labels = labels_of(read.terms)
    told = _told_by_words(read, labels)
    categories = likely_categories(*told) if told else labels.categories
    return Facts(
        read=read,
        digest=digest,
        service=_service(read, labels, nation),
        categories=categories,
        coverage=_coverage(read, labels, categories, areas, points),
        availability=_availability(read, labels),
        hours=read.times.spans,
        extras=read.ours.extras if read.ours else read.costs.extras,
    )


def expect_guesses(reads: Iterable[Read]) -> None:
    """Reads the texts of a batch together, before `facts_of` is asked for each."""
    expect(told for read in reads if (told := _told_by_words(read, labels_of(read.terms))))


def _told_by_words(read: Read, labels: Labels) -> tuple[str, str] | None:
    """The words that have to say of what kind the help is, where nothing else does."""
    # Another copy of this register has asked the provider.
    if labels.categories or (read.ours is not None and not read.ours.may_guess):
        return None
    return read.name, " ".join([read.description, *labels.others])


def _service(read: Read, labels: Labels, nation: str) -> dict[str, Any]:
    ours, costs, asked = read.ours, read.costs, read.asked
    regulator = ours.regulator if ours else regulator_of(nation, read.description)
    basis = RegulatoryBasis.REGISTERED.value if regulator and not ours else labels.one("regulation")
    return {
        "name": read.name,
        "description": read.description,
        "client_groups": labels.codes("client_group")
        if ours
        else _both(labels.codes("client_group"), read.client_groups),
        "delivery": labels.codes("delivery"),
        "languages": list(asked.languages) if ours else _both(asked.languages, labels.codes("language")),
        "payers": labels.codes("payer") if ours else _both(labels.codes("payer"), costs.payers),
        "price_pence": costs.pence,
        "price_unit": costs.unit,
        "price_note": ours.price_note if ours else costs.note,
        "minimum_minutes": ours.minimum_minutes if ours else None,
        "regulatory_basis": basis or RegulatoryBasis.NOT_KNOWN.value,
        "regulator": regulator,
        "registration_number": ours.registration_number if ours else "",
        "accessibility": labels.codes("accessibility")
        if ours
        else _both(labels.codes("accessibility"), asked.accessibility),
        "source_says": _says(read, labels),
    }


def _both(first: Iterable[str], then: Iterable[str]) -> list[str]:
    return list(dict.fromkeys([*first, *then]))


def _says(read: Read, labels: Labels) -> list[dict[str, str]]:
    """What has no place among our facts, in the source's words; what councils saw elsewhere is no check of ours."""
    if read.ours:
        told = [*read.ours.says, *(("checks", words) for words in labels.codes("check"))]
    else:
        told = [*read.asked.says, *(("checks", words) for words in labels.codes("check")), ("times", read.times.note)]
    return [{"about": about, "words": words} for about, words in dict.fromkeys(told) if words]


def _availability(read: Read, labels: Labels) -> dict[str, Any]:
    """Empty where nothing is said of days and of space: such a service has no row."""
    ours = read.ours
    facts = {
        "days": list(ours.days if ours else read.times.days),
        "parts": list(ours.parts if ours else read.times.parts),
        "space": _space(ours, labels),
        "away_until": _day(ours.away_until) if ours else None,
        "hours_free": ours.hours_free if ours else None,
        "confirmed_on": _day(ours.confirmed_on) if ours else None,
    }
    is_said = any(value for key, value in facts.items() if key != "space") or facts["space"] != "not_known"
    return facts if is_said or facts["hours_free"] is not None else {}


def _space(ours: OurService | None, labels: Labels) -> str:
    if ours and ours.space:
        return ours.space
    # "Away" without its day cannot be kept.
    said = labels.one("space")
    return said if said in ("now", "waiting", "full") else "not_known"


def _day(written: str) -> datetime.date | None:
    return datetime.date.fromisoformat(written) if written else None


def _coverage(
    read: Read, labels: Labels, categories: tuple[str, ...], areas: Areas, points: Points
) -> list[dict[str, Any]]:
    """Help that is gone to reaches from its door; help that comes reaches the areas its source names."""
    if read.ours and read.ours.ways:
        rows = [row for way in read.ours.ways if (row := _own_way(way, read.site, areas, points))]
    else:
        rows = _named(read, labels, categories, areas, points)
    if not rows:
        raise CannotTake("it names no place and no area that we know")
    return rows


def _named(
    read: Read, labels: Labels, categories: tuple[str, ...], areas: Areas, points: Points
) -> list[dict[str, Any]]:
    told = labels.codes("delivery")
    comes = Delivery.AT_HOME.value in told or (not told and goes_to_people(categories))
    is_place = Delivery.AT_OURS.value in told or (not told and is_gone_to(categories))
    point = _point(read.site, points)
    known = areas.known(read.areas) if comes or Delivery.REMOTE.value in told else []
    rows = [_row(Reach.AREA, point, **area) for area in known]
    if read.site and point and (is_place or not rows):
        rows.append(_row(Reach.COME_TO_US, point, place=read.site.address))
    # A place whose door is not told is at least for those who live in its area.
    return rows or [_row(Reach.AREA, None, **area) for area in areas.known(read.areas)]


def _own_way(way: Way, site: Site | None, areas: Areas, points: Points) -> dict[str, Any] | None:
    """A base travels as the first half of its postcode and no finer, so a copy reckons from the middle of that."""
    start = points.get(squeezed(way.start))
    if way.reach == Reach.AREA:
        area = areas.named(way.code)
        return _row(Reach.AREA, None, **area) if area else None
    if way.reach == Reach.DISTANCE:
        metres = round((way.miles or 0) * METRES_IN_A_MILE)
        return _row(Reach.DISTANCE, start, metres=metres) if start else None
    last_word = points.get(squeezed(way.place.rpartition(" ")[2]))
    point = _point(site, points) or last_word
    return _row(Reach.COME_TO_US, point, place=way.place) if point else None


def _row(reach: Reach, point: Point | None, **more: Any) -> dict[str, Any]:
    east, north = point or (None, None)
    nothing = {"metres": None, "council_id": None, "district_id": None, "place": "", "postcode": ""}
    return {"reach": reach.value, "easting": east, "northing": north, **nothing, **more}


def _point(site: Site | None, points: Points) -> Point | None:
    if site is None:
        return None
    if math.isnan(site.latitude):
        return points.get(squeezed(site.postcode))
    try:
        return to_grid(site.latitude, site.longitude)
    except ValueError:
        return None


def squeezed(postcode: str) -> str:
    return postcode.replace(" ", "").upper()


def postcodes_needed(reads: Iterable[Read]) -> set[str]:
    """Of sites that give no point, and of bases of our own."""
    wanted: set[str] = set()
    for read in reads:
        if read.site and math.isnan(read.site.latitude):
            wanted.add(squeezed(read.site.postcode))
        for way in read.ours.ways if read.ours else ():
            wanted.update((squeezed(way.start), squeezed(way.place.rpartition(" ")[2])))
    return {code for code in wanted if 2 <= len(code) <= 8}


def provider_facts(organisation: Organisation, reads: Sequence[Read], source: str) -> dict[str, Any]:
    """Size, legal form and the rest are in few feeds; where they are not, they are not known here either."""
    ours, labels = organisation.ours, labels_of(organisation.terms)
    sites = {(read.site.postcode[:8], read.site.town[:80]) for read in reads if read.site}
    # With several sites none of them is the base.
    postcode, town = sites.pop() if len(sites) == 1 else ("", "")
    about = organisation.description if ours is None or ours.about is None else ours.about
    return {
        "name": organisation.name,
        "about": about,
        "email": valid(ours.email if ours and ours.email else organisation.email, _is_email),
        "website": valid(organisation.website, _is_website),
        "phone": ours.phone if ours else organisation.phone,
        "legal_form": labels.one("legal_form") or LegalForm.UNKNOWN.value,
        "people": ours.people if ours else None,
        "employs_anyone": ours.employs_anyone if ours else None,
        "run_by_members": ours.run_by_members if ours else None,
        "prefers_calls": bool(ours and ours.prefers_calls),
        "is_invented": bool(ours and ours.is_invented),
        "base_postcode": ours.outcode if ours else postcode,
        "town": ours.town if ours else town,
        "source": source,
        "source_id": organisation.source_id,
    }


def valid(value: str, validate: Callable[[str], None]) -> str:
    try:
        validate(value)
    except ValidationError:
        return ""
    return value if len(value) <= 200 else ""


def identifiers_of(organisation: Organisation) -> dict[str, str]:
    """Numbers on registers that we know, each of the form of its register; the first of a register counts."""
    found: dict[str, str] = {}
    for named, value in organisation.identifiers:
        scheme = _SCHEMES.get(named) or _SCHEMES.get(named.upper()) or _scheme_by_label(named)
        number = mended(scheme.value, value) if scheme else ""
        if scheme and number:
            found.setdefault(scheme.value, number)
    return found


def _scheme_by_label(named: str) -> Scheme | None:
    wanted = named.casefold()
    return next((scheme for scheme in Scheme if wanted in (scheme.value, str(scheme.label).casefold())), None)
