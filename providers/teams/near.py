"""Who near a provider could work with it: from public listings alone, and in no order that can be bought."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, FloatField, Q
from django.db.models.functions import Cast

from providers.listings.hours import days_in_words
from providers.models import Coverage, Listing, PartnerWish, Provider
from providers.models.availability import Space
from providers.models.coverage import Reach
from providers.models.partner_wish import Wish
from providers.teams.giving import names_of, of_listing
from providers.teams.holding import open_to
from providers.teams.rules import Gives, Wanted, completes, helps, in_order, missing, together
from registry.models import Postcode

# They reach the door of whoever asks, or places so near to it.
NEAR_METRES = 5_000
LOOKED_AT = 600


@dataclass(frozen=True)
class Base:
    easting: int
    northing: int
    district_code: str


@dataclass(frozen=True)
class Partner:
    """One that could be asked. `brings` are its kinds of help that were looked for, `also` the others it does."""

    id: UUID
    slug: str
    name: str
    town: str
    brings: list[str]
    also: list[str]
    days: list[str]
    hours: int | None
    space: str
    is_wished: bool
    completes: bool


def base_of(provider: Provider) -> Base | None:
    """Where it is based; of one that did not say, where one of its services starts from."""
    code = provider.base_postcode.replace(" ", "").upper()
    spot = Postcode.objects.filter(pk=code, easting__isnull=False, northing__isnull=False).first()
    if spot is not None and spot.easting is not None and spot.northing is not None:
        return Base(spot.easting, spot.northing, spot.district_code)
    circle = Coverage.objects.filter(service__provider=provider, reach=Reach.DISTANCE).first()
    if circle is not None and circle.easting is not None and circle.northing is not None:
        return Base(circle.easting, circle.northing, "")
    return None


def near(base: Base, members: Sequence[UUID], not_these: Sequence[UUID], kinds: frozenset[str]) -> list[Listing]:
    """Listed services that reach the base, or nearly, of those whom these members may ask; the nearest first."""
    around = (base.easting, base.northing, NEAR_METRES)
    reached = Q(reach__touches=around) | Q(come_to_us__touches=around)
    if base.district_code:
        reached |= Q(areas__contains=[base.district_code])
    unwished = PartnerWish.objects.filter(provider__in=members, wish=Wish.WOULD_NOT).values("other")
    found = Listing.listed.filter(reached, provider__in=open_to(members)).exclude(provider__in=unwished)
    if kinds:
        found = found.filter(categories__overlap=sorted(kinds))
    east, north = (Cast(F(axis), FloatField()) for axis in ("easting", "northing"))
    squared = (east - base.easting) * (east - base.easting) + (north - base.northing) * (north - base.northing)
    nearest = found.exclude(provider__in=not_these).annotate(squared=squared)
    return list(nearest.select_related("version").order_by(F("squared").asc(nulls_last=True), "pk")[:LOOKED_AT])


def new_kinds(listings: Sequence[Listing], ours: Sequence[Gives], wished: set[UUID], *, same: bool) -> list[Partner]:
    """Those who do what we do not do; or, with `same`, more of what we do."""
    found, done = {}, together(ours).kinds
    for key, rows in _by_provider(listings).items():
        gives = together(of_listing(row) for row in rows)
        brings = gives.kinds & done if same else gives.kinds - done
        if brings:
            found[key] = (rows, gives, brings, False)
    return _partners(found, wished)


def for_work(listings: Sequence[Listing], wanted: Wanted, ours: Sequence[Gives], wished: set[UUID]) -> list[Partner]:
    """Those who bring some of what is wanted and we do not cover; who leaves nothing missing says so."""
    short, found = missing(wanted, ours), {}
    for key, rows in _by_provider(listings).items():
        gives = together(of_listing(row) for row in rows)
        if helps(gives, short, wanted):
            brings = gives.kinds & (short.kinds or wanted.kinds)
            found[key] = (rows, gives, brings, completes(gives, wanted, ours))
    return _partners(found, wished)


Found = dict[UUID, tuple[list[Listing], Gives, frozenset[str], bool]]


def _by_provider(listings: Sequence[Listing]) -> dict[UUID, list[Listing]]:
    found: defaultdict[UUID, list[Listing]] = defaultdict(list)
    for listing in listings:
        found[listing.provider_id].append(listing)
    return found


def _partners(found: Found, wished: set[UUID]) -> list[Partner]:
    order = in_order(
        {
            key: (key in wished, len(brings) + completing, _has_space(rows), _nearest(rows))
            for key, (rows, _gives, brings, completing) in found.items()
        }
    )
    return [_partner(key, *found[key], is_wished=key in wished) for key in order]


def _partner(
    key: UUID, rows: list[Listing], gives: Gives, brings: frozenset[str], completing: bool, *, is_wished: bool
) -> Partner:
    content = rows[0].version.content
    return Partner(
        id=key,
        slug=content["slug"],
        name=content["name"],
        town=content["town"],
        brings=names_of(brings),
        also=names_of(gives.kinds - brings),
        days=days_in_words(gives.days),
        hours=gives.hours,
        space=_space(rows),
        is_wished=is_wished,
        completes=completing,
    )


def _space(rows: Sequence[Listing]) -> str:
    """The best that any of its services says; nothing where nobody said."""
    said = {row.space for row in rows}
    best = next((space for space in (Space.NOW, Space.WAITING, Space.FULL) if space in said), None)
    return str(best.label) if best else ""


def _has_space(rows: Sequence[Listing]) -> bool:
    return any(row.space == Space.NOW for row in rows)


def _nearest(rows: Sequence[Listing]) -> float:
    """Only to put them in order: how far somebody's base is away is not said."""
    squared = [getattr(row, "squared", None) for row in rows]
    return min((one for one in squared if one is not None), default=math.inf)
