"""A copy of the registry at scale: as many services as asked for, on real postcodes, as thick as people live.

Made by COPY from the invented providers of the demonstration, in the order of place, batch after batch. Every batch is
one transaction and the same numbers give the same rows, so a run that was killed goes on where it was.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models.functions import MD5
from django.utils.text import slugify

from providers.demonstration.stock import TABLES, Pattern, copy_statement, patterns
from providers.listings.packing import TOWN, town_lexeme
from providers.models import Provider
from registry.models import District, Postcode

# Providers in one transaction.
AT_ONCE = 5_000
SEED = 20261121
Facts = dict[str, Any]
LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"


class NoStock(Exception):
    """There are no invented providers to copy, or no postcodes to put them at."""


@dataclass(frozen=True)
class Area:
    name: str
    council: str


def fill(*, services: int, postcode_areas: Sequence[str], progress: Callable[[int], object]) -> int:
    """Bring the scale copy up to so many services; says how many there are now.

    `postcode_areas` ("LS") keeps them all together, so that a small copy can be as dense as a large one.
    """
    stock = patterns()
    chosen = _chosen(stock, services)
    spots = _spots(len(chosen), postcode_areas)
    if not stock or not spots:
        raise NoStock
    run = f"{services}{''.join(postcode_areas)}"
    areas = _areas()
    done = Provider.every.filter(source_id__startswith=f"{run}:").count()
    progress(sum(stock[kind].services for kind in chosen[:done]))
    for start in range(done, len(chosen), AT_ONCE):
        numbered = enumerate(zip(chosen[start : start + AT_ONCE], spots[start : start + AT_ONCE], strict=True), start)
        made = [(stock[kind], _facts(number, stock[kind], spot, areas, run)) for number, (kind, spot) in numbered]
        _write(made)
        progress(sum(pattern.services for pattern, _facts in made))
    return sum(stock[kind].services for kind in chosen)


def tidy() -> None:
    """Fresh statistics, and pages that an index may answer for: both would come by themselves, some time later."""
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"VACUUM (ANALYZE) {connection.ops.quote_name(table.name)}")


def _chosen(stock: Sequence[Pattern], services: int) -> list[int]:
    """Which pattern each copy follows, until there are enough services."""
    rng, chosen, so_far = random.Random(SEED), [], 0
    while stock and so_far < services:
        kind = rng.randrange(len(stock))
        chosen.append(kind)
        so_far += stock[kind].services
    return chosen


def _spots(count: int, postcode_areas: Sequence[str]) -> list[tuple[str, int, int, str]]:
    """So many postcodes in the order of place. Where people live close together there are more of them."""
    known = District.objects.filter(council__isnull=False).values("code")
    rows = Postcode.objects.filter(easting__isnull=False, northing__isnull=False, district_code__in=known)
    if postcode_areas:
        rows = rows.filter(code__regex=f"^({'|'.join(postcode_areas)})[0-9]")
    # By a hash and not by chance: the same whatever the order of storage is.
    some = rows.order_by(MD5("code"))[:count].values_list("code", "easting", "northing", "district_code")
    picked = [(code, east or 0, north or 0, district) for code, east, north, district in some]
    picked *= -(-count // len(picked)) if picked else 1
    return sorted(picked[:count], key=lambda spot: _along(spot[1], spot[2]))


def _along(east: int, north: int) -> int:
    """Where a point stands on a curve through all of the grid that keeps neighbours together (Morton order)."""
    return _spread(east >> 4) | _spread(north >> 4) << 1


def _spread(number: int) -> int:
    """The bits of a number with a gap after each."""
    number = (number | number << 16) & 0x0000FFFF0000FFFF
    number = (number | number << 8) & 0x00FF00FF00FF00FF
    number = (number | number << 4) & 0x0F0F0F0F0F0F0F0F
    number = (number | number << 2) & 0x3333333333333333
    return (number | number << 1) & 0x5555555555555555


def _areas() -> dict[str, Area]:
    """Every district of a council by its code."""
    rows = District.objects.filter(council__isnull=False).values_list("code", "name", "council_id")
    return {code: Area(name, str(council)) for code, name, council in rows}


def _facts(number: int, pattern: Pattern, spot: tuple[str, int, int, str], areas: dict[str, Area], run: str) -> Facts:
    """What fills the gaps of a pattern; the same number gives the same."""
    postcode, east, north, district = spot
    area, rng = areas[district], random.Random(f"{SEED} {run} {number}")
    keys = {f"k{n}": UUID(int=rng.getrandbits(128), version=4) for n in range(pattern.keys)}
    return {
        **keys,
        "slug": f"{slugify(area.name)}-{number:07}",
        "short_code": "".join(rng.choices(LETTERS, k=9)),
        "source_id": f"{run}:{number:07}",
        "postcode": f"{postcode[:-3]} {postcode[-3:]}",
        "outcode": postcode[:-3],
        "council": area.council,
        "district": district,
        "area": area.name,
        "town_sign": town_lexeme(area.name).removeprefix(TOWN),
        "east": east,
        "north": north,
    }


@transaction.atomic
def _write(made: Sequence[tuple[Pattern, Facts]]) -> None:
    with connection.cursor() as cursor:
        for table in TABLES:
            with cursor.copy(copy_statement(table)) as copy:
                copy.write("".join(pattern.lines[table.name] % facts for pattern, facts in made))
