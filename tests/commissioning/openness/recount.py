"""The openness figure counted the plain way: everything read again, everyone walked one by one, every cut tried."""

import math
from itertools import chain, combinations

from commissioning.sourcing.field import assess_lot
from providers.credentials.kinds import kinds_of

INSURANCE = {kind.code for kind in kinds_of("insurance")}
PLENTY = 10**9


def could_answer(requirement, today, *, hoped=False):
    """Ids of the micro-providers who could answer alone, and in a team."""
    fields = [assess_lot(lot, today) for lot in requirement.lots.select_related("category", "requirement__council")]
    limit = requirement.council.size_limit
    if requirement.conditions.filter(kind="all_lots").exists():
        return all_lots_together(fields, limit, hoped)
    alone, in_team = set(), set()
    for field in fields:
        ready = [one for one in field.standings if is_ready(one, field, limit, hoped, ())]
        alone |= {one.listing.provider_id for one in ready if fits(one, field, hoped)}
        in_team |= team_of([(field, ready)], hoped)
    return alone, in_team


def capable_of(requirement, today):
    """Ids of the micro-providers whose service does the work, there, on no wrong basis."""
    found = set()
    for lot in requirement.lots.select_related("category", "requirement__council"):
        for one in assess_lot(lot, today).standings:
            if is_micro(one, requirement.council.size_limit) and not has(one, "basis", "not_yet"):
                found.add(one.listing.provider_id)
    return found


def all_lots_together(fields, limit, hoped):
    ready = [
        (field, [one for one in field.standings if is_ready(one, field, limit, hoped, {"all_lots"})])
        for field in fields
    ]
    in_team = team_of(ready, hoped)
    alone = set.intersection(
        *({one.listing.provider_id for one in some if fits(one, field, hoped)} for field, some in ready)
    )
    hours = sum(field.lot.hours_per_week or 0 for field in fields)
    for key in list(alone):
        mine = [(field, [one for one in some if one.listing.provider_id == key]) for field, some in ready]
        if not fills(mine, hoped) or (hours and not has_hours(mine, hours, hoped)):
            alone.discard(key)
    return alone, in_team


def has_hours(mine, hours, hoped):
    free = [one.candidate.hours_free for field, some in mine if field.lot.hours_per_week for one in some]
    return (hoped and None in free) or max((each for each in free if each is not None), default=0) >= hours


def is_micro(standing, limit):
    return standing.candidate.people is not None and standing.candidate.people <= limit


def has(standing, about, fit):
    return any(finding.about == about and finding.fit == fit for finding in standing.assessment.findings)


def passes(finding, hoped):
    return finding.fit == "fits" or (hoped and finding.fit == "not_known")


def conditions_pass(standing, field, hoped, left_out):
    asked = field.terms.conditions
    findings = standing.assessment.findings[len(standing.assessment.findings) - len(asked) :]
    return all(
        passes(finding, hoped) or (hoped and one.by_start and one.kind in INSURANCE)
        for one, finding in zip(asked, findings, strict=True)
        if one.kind not in left_out
    )


def is_ready(standing, field, limit, hoped, left_out):
    left = left_out or {"all_lots"}
    return (
        is_micro(standing, limit)
        and not has(standing, "space", "not_yet")
        and all(passes(one, hoped) for one in standing.assessment.findings if one.about == "basis")
        and conditions_pass(standing, field, hoped, left)
    )


def fits(standing, field, hoped):
    own = [one for one in standing.assessment.findings if one.about in {"reach", "hours", "times", "basis", "space"}]
    return all(passes(one, hoped) for one in own) and conditions_pass(standing, field, hoped, ())


def team_of(ready, hoped):
    """Everyone ready who can give something, if together they reach and fill every one of these lots."""
    for field, some in ready:
        if not {place.code for place in field.places} <= set(chain.from_iterable(one.reaches for one in some)):
            return set()
        if not some:
            return set()
    if not fills(ready, hoped):
        return set()
    return {one.listing.provider_id for field, some in ready for one in some if gives(one, field, hoped)}


def cells_of(field):
    """Windows and the hours besides; nothing where the lot wants nothing by the hour."""
    timed = [(time, time.minutes) for time in field.terms.times]
    rest = (field.lot.hours_per_week or 0) * 60 - sum(minutes for _time, minutes in timed)
    return [*timed, *([(None, rest)] if rest > 0 else [])]


def free_of(standing, field, hoped):
    if field.lot.hours_per_week is None:
        return PLENTY
    hours = standing.candidate.hours_free
    return (PLENTY if hoped else 0) if hours is None else hours * 60


def most_in(standing, field, window, hoped):
    if window is None:
        return free_of(standing, field, hoped)
    spans = standing.candidate.week.spans.get(window.day)
    if spans is None:
        return PLENTY if hoped else 0
    minutes = sum(1 for minute in range(window.starts, window.ends) if any(a <= minute < b for a, b in spans))
    return minutes * (standing.candidate.people or 0 or (PLENTY if hoped else 1))


def gives(standing, field, hoped):
    cells = cells_of(field)
    return not cells or (
        free_of(standing, field, hoped) > 0 and any(most_in(standing, field, cell, hoped) for cell, _minutes in cells)
    )


def fills(ready, hoped):
    """By the theorem of the smallest cut: no set of cells wants more than all together can give to it."""
    cells = [
        (number, cell, minutes) for number, (field, _some) in enumerate(ready) for cell, minutes in cells_of(field)
    ]
    keys = {one.listing.provider_id for _field, some in ready for one in some}
    free, most = {}, {}
    for number, (field, some) in enumerate(ready):
        for one in some if cells_of(field) else ():
            key = one.listing.provider_id
            free[key] = max(free.get(key, 0), free_of(one, field, hoped))
            for place, (lot, cell, _minutes) in enumerate(cells):
                if lot == number:
                    most[key, place] = max(most.get((key, place), 0), most_in(one, field, cell, hoped))
    for size in range(1, len(cells) + 1):
        for chosen in combinations(range(len(cells)), size):
            given = sum(min(free.get(key, 0), sum(most.get((key, place), 0) for place in chosen)) for key in keys)
            if given < sum(cells[place][2] for place in chosen):
                return False
    return True


def in_parts(number, parts):
    return math.ceil(number / parts)
