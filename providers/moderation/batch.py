"""What waits for a council's eyes, credential by credential: never seen, due again, or contradicted."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.enums import TextChoices
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from providers.access import looked_at_by
from providers.credentials.page_pictures import pages_of
from providers.credentials.relying import relies_on_others, to_rely_on
from providers.credentials.standing import Standing, standing, with_checks
from providers.models import Check, CheckPolicy, CheckTurn, Credential, Evidence, Service, Submission
from providers.models.check import CheckOutcome
from providers.moderation.rules import looked_too_long_ago
from registry.models import Council, User


class Why(TextChoices):
    NEW = "new", _("Not looked at yet")
    AGAIN = "again", _("Due to be looked at again")
    CONTRADICTED = "contradicted", _("The council that you rely on says otherwise now")


@dataclass(frozen=True)
class Picture:
    """A page of a certificate: where its picture is, and where the file itself opens."""

    shown: str
    opens: str


def waiting_for(council: Council, today: datetime.date) -> QuerySet[Credential]:
    """In the order in which they came; each says `why`. What has ended or was replaced waits for nobody."""
    own = Check.objects.filter(credential=OuterRef("pk"), council=council)
    origin = Check.objects.filter(credential=OuterRef("pk"), council=OuterRef("own_origin"))
    sent = Submission.objects.waiting().filter(provider=OuterRef("provider"))
    unseen = Q(own_outcome__isnull=True) | Q(own_outcome=CheckOutcome.TAKEN_BACK)
    relied = Q(own_outcome=CheckOutcome.SEEN, own_origin__isnull=False) & ~Q(origin_outcome=CheckOutcome.SEEN)
    why = Case(
        When(unseen, then=Value(Why.NEW)),
        When(relied, then=Value(Why.CONTRADICTED)),
        When(Q(own_outcome=CheckOutcome.SEEN) & _due(council, today), then=Value(Why.AGAIN)),
        output_field=CharField(),
    )
    return (
        Credential.every.filter(provider__in=looked_at_by(Council.objects.filter(pk=council.pk)))
        # One that was sent back and is not public waits for the provider, not for the council.
        .filter(Q(provider__listed_at__isnull=False) | Exists(sent), replaced_at__isnull=True)
        .exclude(ends_on__lt=today)
        .annotate(
            own_outcome=Subquery(own.values("outcome")[:1]),
            own_seen_on=Subquery(own.values("seen_on")[:1]),
            own_origin=Subquery(own.values("relies_on__council")[:1]),
        )
        .annotate(origin_outcome=Subquery(origin.values("outcome")[:1]))
        .annotate(why=why)
        .filter(why__isnull=False)
        .order_by("created_at", "pk")
    )


def why_waits(credential: Credential, council: Council, today: datetime.date) -> str:
    """Empty where nobody asks for it: a checker may look at any credential of their council's providers."""
    found = waiting_for(council, today).filter(pk=credential.pk).first()
    return str(getattr(found, "why", ""))


def free_for(by: User, council: Council, now: datetime.datetime, today: datetime.date) -> QuerySet[Credential]:
    """What nobody else is looking at for this council."""
    held = CheckTurn.objects.held(now).filter(credential=OuterRef("pk"), council=council).exclude(by=by)
    return waiting_for(council, today).filter(~Exists(held))


def after(credentials: QuerySet[Credential], last: Credential | None) -> QuerySet[Credential]:
    if last is None:
        return credentials
    return credentials.filter(Q(created_at__gt=last.created_at) | Q(created_at=last.created_at, pk__gt=last.pk))


def look_again(council: Council, today: datetime.date) -> list[Credential]:
    """Those looked at before that want another look, what another council contradicts first."""
    again = waiting_for(council, today).filter(~Q(why=Why.NEW)).select_related("provider")
    return list(again.order_by(Case(When(why=Why.CONTRADICTED, then=Value(0)), default=Value(1)), F("own_seen_on")))


def standing_of(credential: Credential, today: datetime.date) -> Standing:
    return standing(with_checks(Credential.every.filter(pk=credential.pk)).get(), today)


def origin_for(held: Standing, council_code: str) -> Check | None:
    """The check of another council that this one may rely on with one press."""
    return to_rely_on(held.checks, council_code) if relies_on_others(council_code) else None


def pictures_of(evidence: list[Evidence]) -> list[Picture]:
    """Every page of every file, in order; a PDF that cannot be drawn is still there to open."""
    pictures = []
    for stored in evidence:
        opens = reverse("evidence", args=[stored.pk])
        if stored.content_type.startswith("image/"):
            pictures.append(Picture(opens, opens))
            continue
        pages = [reverse("evidence_page", args=[stored.pk, number]) for number in pages_of(stored)]
        pictures += [Picture(page, opens) for page in pages] or [Picture("", opens)]
    return pictures


def _due(council: Council, today: datetime.date) -> Q:
    """By the council's own months for its kind; where several rows speak of one credential, the strictest."""
    due = Q(pk__in=[])
    for policy in CheckPolicy.objects.filter(council=council, check_months__isnull=False):
        latest = looked_too_long_ago(today, policy.check_months or 0)
        row = Q(kind=policy.kind, own_seen_on__lte=latest)
        if policy.category_id:
            of_category = Service.every.filter(provider=OuterRef("provider"), categories=policy.category_id)
            row &= Q(Exists(of_category))
        due |= row
    return due
