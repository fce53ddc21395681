"""What waits for a council's decision, and what it decided: the rows of the queue page."""

from __future__ import annotations

import datetime
import re
import statistics
from dataclasses import dataclass

from django.db import models
from django.db.models import Exists, Min, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from providers.access import submissions_of
from providers.models import FieldChange, Submission, Version
from providers.models.submission import Decision
from providers.moderation.rules import LEASE
from registry.models import Council, User

LOOKED_BACK = datetime.timedelta(days=90)
OUTCODE = re.compile(r"[A-Z]{1,2}[0-9][0-9A-Z]?")


class State(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    SENT_BACK = "sent_back", _("Sent back")
    PUBLISHED = "published", _("Published")


class Kind(models.TextChoices):
    NEW = "new", _("New registrations")
    CHANGE = "change", _("Changes to what they say")
    PROOF = "proof", _("Certificates only")


class Whose(models.TextChoices):
    MINE = "mine", _("I am on it")
    NOBODYS = "nobodys", _("Nobody is on it")
    OTHERS = "others", _("Someone else is on it")


class Age(models.TextChoices):
    A_DAY = "1", _("More than a day")
    THREE_DAYS = "3", _("More than 3 days")
    A_WEEK = "7", _("More than a week")


@dataclass(frozen=True)
class Wanted:
    """What somebody wants to see of the queue; everything empty shows all that waits."""

    state: State = State.WAITING
    words: str = ""
    kind: str = ""
    whose: str = ""
    age: str = ""
    council: str = ""

    @property
    def is_filtered(self) -> bool:
        return self.state != State.WAITING or any((self.kind, self.whose, self.age, self.council))

    @property
    def is_narrowed(self) -> bool:
        return bool(self.words) or self.is_filtered


@dataclass(frozen=True)
class Waiting:
    """How much waits, and for how many days the oldest of it has."""

    number: int
    oldest_days: int


def found(councils: QuerySet[Council], wanted: Wanted, by: User, now: datetime.datetime) -> QuerySet[Submission]:
    """The oldest first of what waits, the newest decision first of what does not."""
    submissions = with_kind(submissions_of(councils))
    submissions = submissions.select_related("provider", "council", "decided_by", "taken_by")
    submissions = submissions.filter(_named(wanted.words), _of_kind(wanted.kind), _held(wanted.whose, by, now))
    if wanted.council:
        submissions = submissions.filter(council=wanted.council)
    if wanted.age:
        submissions = submissions.filter(sent_at__lt=now - datetime.timedelta(days=int(wanted.age)))
    if wanted.state == State.WAITING:
        return submissions.filter(decided_at__isnull=True).order_by("sent_at", "pk")
    return submissions.filter(decision=Decision(wanted.state.value)).order_by("-decided_at", "pk")


def with_kind(submissions: QuerySet[Submission]) -> QuerySet[Submission]:
    """Each with what it is about: a provider that was published before changes what it says, or only proves it."""
    published = Version.objects.filter(provider=OuterRef("provider"), approved_at__lt=OuterRef("sent_at"))
    changes = FieldChange.objects.filter(submission=OuterRef("pk"))
    return submissions.annotate(was_published=Exists(published), has_changes=Exists(changes))


def _named(words: str) -> Q:
    """By name or town; what reads like the first half of a postcode is one."""
    if not words:
        return Q()
    code = words.upper().replace(" ", "")
    if OUTCODE.fullmatch(code):
        return Q(provider__base_postcode__startswith=f"{code} ")
    return Q(provider__name__icontains=words) | Q(provider__town__icontains=words)


def _of_kind(kind: str) -> Q:
    kinds = {
        Kind.NEW: Q(was_published=False),
        Kind.CHANGE: Q(was_published=True, has_changes=True),
        Kind.PROOF: Q(was_published=True, has_changes=False),
    }
    return kinds[Kind(kind)] if kind else Q()


def _held(whose: str, by: User, now: datetime.datetime) -> Q:
    """Who has it: a claim that has run out is nobody's."""
    held = Q(taken_at__gt=now - LEASE, taken_at__lt=now + LEASE)
    holders = {Whose.MINE: held & Q(taken_by=by), Whose.NOBODYS: ~held, Whose.OTHERS: held & ~Q(taken_by=by)}
    return holders[Whose(whose)] if whose else Q()


def waiting(councils: QuerySet[Council], today: datetime.date) -> Waiting:
    undecided = Submission.objects.waiting().filter(council__in=councils)
    counted = undecided.aggregate(number=models.Count("pk"), oldest=Min("sent_at__date"))
    return Waiting(counted["number"], (today - counted["oldest"]).days if counted["oldest"] else 0)


def median_minutes(councils: QuerySet[Council], now: datetime.datetime) -> int | None:
    """From sending to decision, over the last 90 days; None where nothing was decided.

    Only what a person decided counts: a fact that goes live at once makes no submission, and so flatters nobody.
    """
    decided = Submission.objects.filter(council__in=councils, decided_at__gte=now - LOOKED_BACK)
    moments = decided.values_list("sent_at", "decided_at")
    took = [(end - start).total_seconds() / 60 for start, end in moments if end is not None]
    return round(statistics.median(took)) if took else None
