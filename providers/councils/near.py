"""Which councils a provider works in or next to: those it is offered first."""

from __future__ import annotations

from django.db.models import F, Q, QuerySet

from providers.models import CouncilListing, Coverage, Provider
from providers.models.coverage import Reach
from registry.models import Council, District, Outcode


def reached_by(provider: Provider) -> set[str]:
    """Codes of the councils that its services reach: named ones, and those a circle touches, by its outcodes."""
    codes = {provider.home_council_id}
    district_codes: set[str] = set()
    rows = Coverage.objects.filter(service__provider=provider, service__ended_at__isnull=True)
    for row in rows.select_related("district"):
        if row.reach == Reach.AREA:
            codes.add(row.district.council_id if row.district else str(row.council_id))
        elif row.reach == Reach.DISTANCE:
            district_codes |= set(_within(row).values_list("district_code", flat=True))
    codes |= set(District.objects.filter(code__in=district_codes).values_list("council", flat=True))
    return codes


def offered_to(provider: Provider) -> tuple[list[Council], list[Council]]:
    """The councils that it may ask: those it reaches or that border them, then all others, each by name."""
    reached = reached_by(provider)
    taken = CouncilListing.objects.filter(provider=provider, ended_at__isnull=True)
    free = Council.objects.switched_on().exclude(pk__in=taken.values("council")).defer("boundary")
    near = set(free.filter(Q(pk__in=reached) | Q(borders__in=reached)).values_list("pk", flat=True))
    councils = list(free)
    return (
        [council for council in councils if council.pk in near],
        [council for council in councils if council.pk not in near],
    )


def _within(row: Coverage) -> QuerySet[Outcode]:
    east, north, metres = row.easting or 0, row.northing or 0, row.metres or 0
    squared = (F("easting") - east) * (F("easting") - east) + (F("northing") - north) * (F("northing") - north)
    # The box first: it keeps the squares small enough for an integer column.
    box = Outcode.objects.filter(
        easting__range=(east - metres, east + metres), northing__range=(north - metres, north + metres)
    )
    return box.annotate(squared=squared).filter(squared__lte=metres * metres)
