"""What each thing asked does to a field. Pure: assessments in, counts out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from commissioning.sourcing.rules import About, Assessment, Fit, worst


@dataclass(frozen=True)
class Effect:
    """What one thing asked does to the field: how many meet it, do not yet, and of how many it is not known."""

    about: About
    kind: str
    fits: int
    not_yet: int
    not_known: int


def effects(assessments: Iterable[Assessment]) -> list[Effect]:
    """The effect of each thing asked, over all candidates, in the order in which it is asked.

    Of a candidate without a finding it is not known, so that every row adds up to the field.
    """
    assessments = list(assessments)
    counts: dict[tuple[About, str], dict[Fit, int]] = {}
    for assessment in assessments:
        worst_of: dict[tuple[About, str], Fit] = {}
        for finding in assessment.findings:
            key = (finding.about, finding.kind)
            worst_of[key] = worst([finding.fit, worst_of.get(key, Fit.FITS)])
        for key, fit in worst_of.items():
            counts.setdefault(key, dict.fromkeys(Fit, 0))[fit] += 1
    return [
        Effect(about, kind, fits[Fit.FITS], fits[Fit.NOT_YET], len(assessments) - fits[Fit.FITS] - fits[Fit.NOT_YET])
        for (about, kind), fits in counts.items()
    ]
