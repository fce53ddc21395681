"""The feed's filters as conditions on listings. A term found is a term shown: each condition is of what the feed tells.

What a service has not said (days, hours, ages) shuts it out of no answer, as on the page for families.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q

from providers.credentials.rules import Status
from providers.credentials.standing import having_status
from providers.listings.facets import terms_of
from providers.models import Credential, DbsRecord, LanguageSet
from providers.models.availability import Space
from providers.models.provider import LegalForm
from providers.models.weekly_hours import WeeklyHours
from providers.open_referral.feed_changes import changed_since
from providers.open_referral.feed_terms import Term, published

Asked = dict[str, Any]
IN_FORCE = [status for status in Status if status.holds_today]
NOBODY, EVERYBODY = Q(pk__in=[]), Q(pk__isnull=False)
SIZES = {"one": (1, 1), "two_to_four": (2, 4), "five_to_nine": (5, 9), "ten_or_more": (10, 5000)}


def narrowing(asked: Asked, today: datetime.date) -> Q:
    """All that was asked besides words and place."""
    wanted = Q()
    for terms in _by_taxonomy(asked["taxonomy_term_id"]):
        wanted &= _any(_of_term(term, today) for term in terms)
    if asked["taxonomy_id"]:
        wanted &= _any(_of_taxonomy(id, today) for id in asked["taxonomy_id"])
    if asked["organization_id"]:
        wanted &= Q(provider=asked["organization_id"])
    if asked["modified_after"]:
        wanted &= changed_since(asked["modified_after"], today)
    return wanted & _when(asked)


def _when(asked: Asked) -> Q:
    day, starts, ends = asked["day"], asked["start_time"], asked["end_time"]
    wanted = Q(days__contains=[day]) | Q(days=[]) if day else Q()
    if starts is None and ends is None:
        return wanted
    hours = WeeklyHours.objects.filter(service=OuterRef("service"))
    fitting = hours.filter(day=day) if day else hours
    if starts is not None:
        fitting = fitting.filter(starts_minute__gte=starts)
    if ends is not None:
        fitting = fitting.filter(ends_minute__lte=ends)
    return wanted & (Q(Exists(fitting)) | ~Q(Exists(hours)))


def _by_taxonomy(ids: Iterable[str]) -> list[list[Term]]:
    """Terms of one taxonomy are any of them, and of several taxonomies one of each. An unknown id is nobody's."""
    together: dict[str, list[Term]] = {}
    for id in ids:
        found = published().by_id.get(id)
        together.setdefault(found.taxonomy if found else "", []).extend([found] if found else [])
    return list(together.values())


def _any(conditions: Iterable[Q]) -> Q:
    wanted = NOBODY
    for condition in conditions:
        wanted |= condition
    return wanted


def _of_term(term: Term, today: datetime.date) -> Q:
    return TERMS[term.taxonomy](term.code, today)


def _of_taxonomy(id: str, today: datetime.date) -> Q:
    taxonomy = published().taxonomies.get(id)
    if taxonomy is None:
        return NOBODY
    said = SAID.get(taxonomy.code)
    return said if said is not None else _any(_of_term(term, today) for term in taxonomy.terms)


def _space(code: str, today: datetime.date) -> Q:
    """Who is back from being away has not said whether there is space."""
    gone = Q(space=Space.AWAY, away_until__gt=today)
    if code == Space.AWAY:
        return gone
    if code == Space.NOT_KNOWN:
        return Q(space=code) | Q(space=Space.AWAY, away_until__lte=today)
    return Q(space=code)


def _check(code: str, today: datetime.date) -> Q:
    if code == "dbs":
        shown = DbsRecord.objects.filter(shown_publicly_since__isnull=False)
        return Q(provider__in=shown.values("provider"))
    held = having_status(Credential.listed.filter(kind=code), IN_FORCE, today)
    return Q(provider__in=held.values("provider"))


def _ownership(code: str, today: datetime.date) -> Q:
    if code == "members":
        return Q(version__content__run_by_members=True)
    return Q(version__content__employs_anyone=code == "employer")


def _size(code: str, today: datetime.date) -> Q:
    least, most = SIZES[code]
    return Q(version__content__people__gte=least, version__content__people__lte=most)


TERMS: dict[str, Callable[[str, datetime.date], Q]] = {
    "care": lambda code, today: Q(categories__overlap=list(terms_of([code]))),
    "client_group": lambda code, today: Q(client_groups__contains=[code]),
    "payer": lambda code, today: Q(payers__contains=[code]),
    "space": _space,
    "delivery": lambda code, today: Q(service__delivery__contains=[code]),
    "accessibility": lambda code, today: Q(service__accessibility__contains=[code]),
    "language": lambda code, today: Q(
        search_row__language_set__in=LanguageSet.objects.filter(names__contains=[code]).values("pk")
    ),
    "legal_form": lambda code, today: Q(version__content__legal_form=code),
    "size": _size,
    "ownership": _ownership,
    "regulation": lambda code, today: Q(service__regulatory_basis=code),
    "check": _check,
    "source": lambda code, today: (
        ~Q(version__content__source="") if code == "imported" else Q(version__content__source="")
    ),
}
# Taxonomies with many terms, of which every service has one or whose column is empty where it has none.
SAID = {
    "care": ~Q(categories=[]),
    "client_group": ~Q(client_groups=[]),
    "payer": ~Q(payers=[]),
    "space": EVERYBODY,
    "source": EVERYBODY,
    "regulation": EVERYBODY,
    "legal_form": ~Q(version__content__legal_form=str(LegalForm.UNKNOWN)),
}
