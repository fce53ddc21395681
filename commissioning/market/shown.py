"""What was found, as tables of words and numbers for the pages and their files."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commissioning.market.conditions import MILES_FURTHER, Gain
from commissioning.market.gaps import Gap, Place
from commissioning.market.ground import Ground
from commissioning.market.past import Awarded, Reading
from commissioning.market.rules import LEAST_SEARCHES, Change
from commissioning.market.searches import Period, Searched
from commissioning.market.supply import Hours, Prices
from commissioning.market.tables import Cell, Row, Table
from providers.credentials.wording import money
from providers.models.service import PriceUnit
from registry.models import Council, District

CHANGES: dict[Change, str | Promise] = {
    Change.COVER: gettext_lazy("Insurance cover"),
    Change.TRAINING: gettext_lazy("Training"),
    Change.REGISTRATION: gettext_lazy("Registration"),
    Change.PAPERS: gettext_lazy("Policies, references and other papers"),
    Change.HOURS: gettext_lazy("Hours free"),
    Change.KNOWING: gettext_lazy("An answer: the register does not know"),
    Change.REACH: format_lazy(gettext_lazy("{miles} more miles of travel"), miles=MILES_FURTHER),
}


def number(people: int) -> str:
    return f"{people:,}"


def gap_table(council: Council, found: Iterable[Gap]) -> Table:
    return Table(
        name="without-a-provider",
        caption=_("Where nobody comes"),
        columns=(
            _("Kind of help"),
            _("Providers who come"),
            _("Residents without"),
            _("Disabled residents without"),
            _("Small areas without"),
        ),
        rows=[
            Row(
                (gap.term.name, gap.providers, gap.residents, gap.disabled, gap.areas),
                href=reverse("market_gap", args=[council.pk, gap.term.code]),
            )
            for gap in found
        ],
    )


def place_table(category: str, found: Iterable[Place]) -> Table:
    return Table(
        name=f"without-{category}",
        caption=_("The same as a table, by postcode district"),
        columns=(
            _("Postcode district"),
            _("Residents without"),
            _("Of residents"),
            _("Disabled residents without"),
            _("Of disabled residents"),
            _("Small areas without"),
            _("Of small areas"),
        ),
        rows=[
            Row(
                (
                    place.code,
                    place.residents_without,
                    place.residents,
                    place.disabled_without,
                    place.disabled,
                    place.areas_without,
                    place.areas,
                )
            )
            for place in found
        ],
    )


def area_table(category: str, ground: Ground, reached: Iterable[bool], outcodes: Sequence[str]) -> Table:
    """Every small area: each dot of the map. For a file alone, because a page of 1,500 rows helps nobody."""
    names = dict(District.objects.filter(pk__in=set(ground.districts)).values_list("pk", "name"))
    areas = zip(
        ground.codes,
        (names[code] for code in ground.districts),
        outcodes or [""] * len(ground.codes),
        ground.residents.tolist(),
        ground.disabled.tolist(),
        (_("Yes") if one else _("No") for one in reached),
        strict=True,
    )
    return Table(
        name=f"small-areas-{category}",
        caption="",
        columns=(
            _("Small area (LSOA 2021)"),
            _("District"),
            _("Nearest postcode district"),
            _("Residents"),
            _("Disabled residents"),
            _("A provider comes"),
        ),
        rows=[Row(area) for area in areas],
    )


def price_table(found: Iterable[Prices]) -> Table:
    return Table(
        name="prices",
        caption=_("What it costs"),
        columns=(
            _("Kind of help"),
            _("For"),
            _("A quarter ask at most"),
            _("Half ask at most"),
            _("Three quarters ask at most"),
            _("Providers"),
        ),
        rows=[
            Row(
                (
                    row.term.name,
                    str(PriceUnit(row.unit).label),
                    money(row.low),
                    money(row.middle),
                    money(row.high),
                    row.providers,
                )
            )
            for row in found
        ],
    )


def hours_table(found: Iterable[Hours]) -> Table:
    return Table(
        name="hours-free",
        caption=_("Hours free"),
        columns=(_("Kind of help"), _("Hours a week free, about"), _("Half have at most"), _("Providers who said")),
        rows=[Row((row.term.name, row.hours, row.middle, row.providers)) for row in found],
    )


def search_table(found: Iterable[Searched], period: Period) -> Table:
    def times(number: int | None) -> int | str:
        return _("Fewer than %(least)d") % {"least": LEAST_SEARCHES} if number is None else number

    return Table(
        name="searches",
        caption=_("Searches that found nobody"),
        columns=(
            _("Kind of help"),
            _("District"),
            year_words(period.middle, period.until),
            year_words(period.since, period.middle),
        ),
        rows=[
            Row((row.kind or _("No kind of help that we know"), row.district, times(row.times), times(row.before)))
            for row in found
        ],
    )


def year_words(first: datetime.date, until: datetime.date) -> str:
    last = until - datetime.timedelta(days=1)
    months = {"first": date_format(first, "F Y"), "last": date_format(last, "F Y")}
    return _("%(first)s to %(last)s, about") % months


def openness_table(found: Iterable[Reading]) -> Table:
    return Table(
        name="openness",
        caption=_("How open each requirement was when it was locked"),
        columns=(
            _("Requirement"),
            _("Locked on"),
            _("Micro-providers who do such work"),
            _("Could answer alone"),
            _("Only in a team"),
            _("Openness"),
            _("Lots"),
            _("Lots that nobody met alone"),
        ),
        rows=[
            Row(
                (
                    row.title,
                    date_format(timezone.localtime(row.locked_at), "j F Y"),
                    *(
                        _("Not counted") if number is None else number
                        for number in (row.capable, row.alone, row.in_team)
                    ),
                    openness_words(row),
                    row.lots,
                    row.shut_lots,
                ),
                href=reverse("summary", args=[row.reference]),
            )
            for row in found
        ],
    )


def award_table(found: Iterable[Awarded]) -> Table:
    return Table(
        name="outcomes",
        caption=_("What was awarded, by value"),
        columns=(
            _("Year"),
            _("Lots awarded"),
            _("Value"),
            _("To micro-providers"),
            _("To others"),
            _("Not recorded which"),
            _("Share of micro-providers"),
        ),
        rows=[
            Row(
                (
                    str(row.year),
                    row.contracts,
                    money(row.value),
                    money(row.micro),
                    money(row.others),
                    money(row.not_known),
                    f"{row.share}%",
                )
            )
            for row in found
        ],
    )


def counted(micro: int | None) -> int | str:
    """Summaries locked before there was such a figure do not have it."""
    return _("Not counted") if micro is None else micro


def openness_words(row: Reading) -> str:
    if row.share is not None:
        return f"{row.share}%"
    return _("Nobody does it") if row.capable == 0 else str(counted(row.capable))


def change_table(found: Iterable[Gain], *, has_people: bool) -> Table:
    people = (_("More residents in reach"), _("More disabled residents in reach")) if has_people else ()
    return Table(
        name="conditions",
        caption=_("What one change would do, by kind of help"),
        columns=(_("Kind of help"), _("What would have to change"), _("Providers"), *people),
        rows=[Row(_change_cells(gain, has_people=has_people)) for gain in found],
    )


def _change_cells(gain: Gain, *, has_people: bool) -> tuple[Cell, ...]:
    people = (gain.residents, gain.disabled) if has_people else ()
    return (gain.term.name, str(CHANGES[gain.change]), gain.providers, *people)
