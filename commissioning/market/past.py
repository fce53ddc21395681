"""How open the council's requirements have been, and what came of them: from locked facts and recorded outcomes."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection

from commissioning.models import LotOutcome
from commissioning.models.lot_outcome import OutcomeKind
from registry.models import Council

SHOWN_AT_MOST = 50
LOCKED = """
SELECT summary.reference, summary.locked_at, requirement.title, jsonb_array_length(summary.facts -> 'lots'),
    (SELECT count(*) FROM jsonb_array_elements(summary.facts -> 'lots') AS lot
        WHERE jsonb_array_length(lot #> '{groups,fits}') = 0),
    (summary.facts #>> '{openness,figure,capable}')::int,
    (summary.facts #>> '{openness,figure,alone}')::int,
    (summary.facts #>> '{openness,figure,in_team}')::int
FROM commissioning_summary AS summary
JOIN commissioning_requirement AS requirement ON requirement.id = summary.requirement_id
WHERE summary.council_id = %s AND summary.ended_at IS NULL
ORDER BY summary.locked_at DESC, summary.reference
LIMIT %s
"""


@dataclass(frozen=True)
class Reading:
    """The openness figure of a locked requirement: of the micro-providers capable of any lot, who could answer.

    `shut_lots`: how many lots nobody met alone. Summaries locked before the figure was counted have none.
    """

    reference: str
    locked_at: datetime.datetime
    title: str
    lots: int
    shut_lots: int
    capable: int | None
    alone: int | None
    in_team: int | None

    @property
    def share(self) -> int | None:
        """Of a hundred; None where nobody is capable, or nobody counted."""
        return round(100 * ((self.alone or 0) + (self.in_team or 0)) / self.capable) if self.capable else None


def readings(council: Council) -> list[Reading]:
    """The newest first. Summaries whose time is over are gone with their facts (rule 9). One query."""
    with connection.cursor() as cursor:
        cursor.execute(LOCKED, [council.pk, SHOWN_AT_MOST])
        return [Reading(*row) for row in cursor.fetchall()]


@dataclass
class Awarded:
    """What was awarded in a year, in pence: to micro-providers, to others, and where nobody recorded which."""

    year: int
    contracts: int = 0
    micro: int = 0
    others: int = 0
    not_known: int = 0

    @property
    def value(self) -> int:
        return self.micro + self.others + self.not_known

    @property
    def share(self) -> int:
        """Of a hundred, by value. What nobody recorded counts as not micro: the share is never flattered."""
        return round(100 * self.micro / self.value)


def awarded(council: Council) -> list[Awarded]:
    """By the year of the decision, the newest first. One query."""
    of_council = LotOutcome.objects.filter(opportunity__council=council, kind=OutcomeKind.AWARDED)
    return by_year(of_council.order_by().values_list("decided_on", "is_micro", "value_pence"))


def by_year(outcomes: Iterable[tuple[datetime.date, bool | None, int | None]]) -> list[Awarded]:
    found: dict[int, Awarded] = defaultdict(lambda: Awarded(0))
    for decided_on, is_micro, pence in outcomes:
        year = found[decided_on.year]
        year.year = decided_on.year
        year.contracts += 1
        part = "not_known" if is_micro is None else "micro" if is_micro else "others"
        setattr(year, part, getattr(year, part) + (pence or 0))
    return sorted(found.values(), key=lambda year: -year.year)
