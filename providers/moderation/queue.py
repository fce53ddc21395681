"""What waits for a council's decision, and what it decided: the rows of the queue page."""

from __future__ import annotations

import datetime
import statistics
from dataclasses import dataclass

from django.db import models
from django.db.models import Min, QuerySet
from django.utils.translation import gettext_lazy as _

from providers.models import Submission
from providers.models.submission import Decision
from registry.models import Council

LOOKED_BACK = datetime.timedelta(days=90)


class State(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    SENT_BACK = "sent_back", _("Sent back")
    PUBLISHED = "published", _("Published")


@dataclass(frozen=True)
class Waiting:
    """How much waits, and for how many days the oldest of it has."""

    number: int
    oldest_days: int


def found(councils: QuerySet[Council], state: State, words: str) -> QuerySet[Submission]:
    """The oldest first of what waits, the newest decision first of what does not."""
    submissions = Submission.objects.filter(council__in=councils).select_related("provider", "council", "decided_by")
    if words:
        submissions = submissions.filter(provider__name__icontains=words)
    if state == State.WAITING:
        return submissions.filter(decided_at__isnull=True).order_by("sent_at", "pk")
    return submissions.filter(decision=Decision(state.value)).order_by("-decided_at", "pk")


def waiting(councils: QuerySet[Council], today: datetime.date) -> Waiting:
    undecided = Submission.objects.waiting().filter(council__in=councils)
    counted = undecided.aggregate(number=models.Count("pk"), oldest=Min("sent_at__date"))
    return Waiting(counted["number"], (today - counted["oldest"]).days if counted["oldest"] else 0)


def median_minutes(councils: QuerySet[Council], now: datetime.datetime) -> int | None:
    """From sending to decision, over the last 90 days; None where nothing was decided."""
    decided = Submission.objects.filter(council__in=councils, decided_at__gte=now - LOOKED_BACK)
    moments = decided.values_list("sent_at", "decided_at")
    took = [(end - start).total_seconds() / 60 for start, end in moments if end is not None]
    return round(statistics.median(took)) if took else None
