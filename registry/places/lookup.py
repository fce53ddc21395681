"""From what somebody typed to a place: its point, its district, its council. One read by primary key, whatever the
length of the list."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from django.db import connection
from django.utils.translation import gettext_lazy as _

from registry.models import Council, District, Outcode, Postcode
from registry.places.rules import Written, read


class PlaceProblem(StrEnum):
    EMPTY = "empty"
    MALFORMED = "malformed"
    UNKNOWN = "unknown"
    NORTHERN_IRELAND = "northern_ireland"
    CHANNEL_ISLANDS = "channel_islands"
    ISLE_OF_MAN = "isle_of_man"
    NO_POINT = "no_point"

    @property
    def message(self) -> str:
        """What is wrong and how to mend it, in plain words."""
        return str(MESSAGES[self])


MESSAGES = {
    PlaceProblem.EMPTY: _("Enter a postcode, like BA1 1LZ, or its first half, like BA1"),
    PlaceProblem.MALFORMED: _("Enter a full postcode, like BA1 1LZ, or just its first half, like BA1"),
    PlaceProblem.UNKNOWN: _(
        "We cannot find that postcode. Check each letter and number. If it is new, enter just its first half, like BA1"
    ),
    PlaceProblem.NORTHERN_IRELAND: _(
        "That postcode is in Northern Ireland. This site covers England, Scotland and Wales only. "
        "For care in Northern Ireland, contact your local Health and Social Care Trust"
    ),
    PlaceProblem.CHANNEL_ISLANDS: _(
        "That postcode is in the Channel Islands. This site covers England, Scotland and Wales only. "
        "For care there, contact the States of Guernsey or the Government of Jersey"
    ),
    PlaceProblem.ISLE_OF_MAN: _(
        "That postcode is on the Isle of Man. This site covers England, Scotland and Wales only. "
        "For care there, contact the Isle of Man Government"
    ),
    PlaceProblem.NO_POINT: _(
        "We know that postcode but not where it is on the map: it may be a PO box. "
        "Enter the postcode of a house nearby, or just the first half"
    ),
}


@dataclass(frozen=True)
class Place:
    """A point on the British National Grid (metres) that somebody named by a postcode or its first half."""

    written: str
    is_outcode: bool
    easting: int
    northing: int
    district_code: str
    council: Council | None
    outcode: str

    def __str__(self) -> str:
        return self.written


def look_up(text: str) -> Place | PlaceProblem:
    if not text.strip():
        return PlaceProblem.EMPTY
    written = read(text)
    if written is None:
        return PlaceProblem.MALFORMED
    if written.elsewhere:
        return PlaceProblem(written.elsewhere)
    return find(written)


# Every search begins here, and as models it would take Django longer to ask than PostgreSQL to answer.
KNOWN = """
SELECT known.easting, known.northing, known.district_code, {council}
FROM {list} AS known
LEFT JOIN registry_district AS district ON district.code = known.district_code
LEFT JOIN registry_council AS council ON council.code = district.council_id
WHERE known.code = %s
"""


def find(written: Written) -> Place | PlaceProblem:
    with connection.cursor() as cursor:
        cursor.execute(_known(bool(written.inward)), [written.code if written.inward else written.outward])
        known = cursor.fetchone()
    if known is None:
        return PlaceProblem.UNKNOWN
    easting, northing, district_code, *council = known
    if easting is None or northing is None:
        return PlaceProblem.NO_POINT
    return Place(
        written=str(written),
        is_outcode=not written.inward,
        easting=easting,
        northing=northing,
        district_code=district_code,
        council=_council(council),
        outcode=written.outward,
    )


@cache
def _known(is_whole: bool) -> str:
    columns = ", ".join(f"council.{name}" for name in _of_council())
    return KNOWN.format(council=columns, list=(Postcode if is_whole else Outcode)._meta.db_table)


@cache
def _of_council() -> tuple[str, ...]:
    """Without the boundary, a large piece of JSON that a lookup does not need."""
    return tuple(field.attname for field in Council._meta.concrete_fields if field.name != "boundary")


def _council(row: list[Any]) -> Council | None:
    found = Council.from_db(connection.alias, _of_council(), row)
    return found if found.pk else None


def council_of(district_code: str) -> Council | None:
    """The council with the adult social care duties there; none where the list names no district of ours."""
    districts = District.objects.select_related("council").defer("council__boundary")
    district = districts.filter(code=district_code).first()
    return district.council if district else None
