"""What a publication freezes: the requirement as it stands, in words and in numbers, never read from its rows again."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commissioning.models import Condition, Lot, LotTime, Requirement
from commissioning.models.condition import ByWhen
from commissioning.models.requirement import Buyer, Reserved
from commissioning.sourcing.field import places_of, terms_of
from commissioning.sourcing.rules import Asked, Terms
from commissioning.sourcing.sentences import condition_words
from commissioning.sourcing.times import Window
from providers.models.availability import Day

FORMAT = 1


def frozen(requirement: Requirement, *, kind: str, formal_url: str, formal_note: str) -> dict[str, Any]:
    """All that the public reads of a requirement, as JSON."""
    lots = requirement.lots.select_related("category", "requirement__council").prefetch_related("times")
    return {
        "format": FORMAT,
        "reference": requirement.reference,
        "council": {
            "code": requirement.council_id,
            "name": requirement.council.full_name,
            "nation": requirement.council.nation,
        },
        "title": requirement.title,
        "need": requirement.need,
        "kind": kind,
        "formal_url": formal_url,
        "formal_note": formal_note,
        "buyer": str(Buyer(requirement.buyer).label),
        "reserved_for": "" if requirement.reserved_for == Reserved.NOBODY else requirement.get_reserved_for_display(),
        "reserved_code": requirement.reserved_for,
        "value_pence": requirement.value_pence,
        "payment_days": requirement.payment_days,
        "starts_on": requirement.starts_on.isoformat(),
        "ends_on": requirement.ends_on.isoformat(),
        "extension_months": requirement.extension_months,
        "price_weight": requirement.price_weight,
        "questions_until": moment(requirement.questions_until),
        "closes_at": moment(requirement.closes_at),
        "decided_on": requirement.decided_on.isoformat() if requirement.decided_on else None,
        "lots": [lot_facts(lot) for lot in lots],
        "conditions": [condition_facts(one) for one in requirement.conditions.select_related("lot")],
        "questions": [
            {"number": one.number, "text": one.text, "weight": one.weight, "most_words": one.most_words}
            for one in requirement.questions.all()
        ],
    }


def moment(value: datetime.datetime | None) -> str | None:
    return value.astimezone(datetime.UTC).isoformat() if value else None


def lot_facts(lot: Lot) -> dict[str, Any]:
    """`id` names the lot in every later version, whatever number it has then."""
    return {
        "id": lot.pk,
        "number": lot.number,
        "title": lot.title,
        "category": lot.category.name,
        "category_code": lot.category_id,
        "area": ", ".join(lot.outcodes) or _("All of %(council)s") % {"council": lot.requirement.council.full_name},
        "outcodes": [place.code for place in places_of(lot)],
        "hours_per_week": lot.hours_per_week,
        "times": [time_words(one) for one in in_week(lot)],
        "terms": terms_facts(terms_of(lot)),
    }


def in_week(lot: Lot) -> list[LotTime]:
    return sorted(lot.times.all(), key=lambda one: (Day.values.index(one.day), one.starts_minute))


def time_words(time: LotTime) -> str:
    """ "Monday, 07:00 to 10:00: 3 hours of work"."""
    hours = time.minutes_needed / 60
    work = ngettext("%(hours)g hour of work", "%(hours)g hours of work", 1 if hours == 1 else 2) % {"hours": hours}
    return _("%(day)s, %(start)s to %(end)s: %(work)s") % {
        "day": Day(time.day).label,
        "start": clock(time.starts_minute),
        "end": clock(time.ends_minute),
        "work": work,
    }


def clock(minute: int) -> str:
    return _("midnight") if minute == 24 * 60 else f"{minute // 60:02}:{minute % 60:02}"


def condition_facts(condition: Condition) -> dict[str, Any]:
    return {
        "words": condition_words(condition),
        "lot": condition.lot_id,
        "kind": condition.kind,
        "by_start": condition.by_when == ByWhen.START,
    }


def terms_facts(terms: Terms) -> dict[str, Any]:
    """Through JSON and back: what is stored must equal what is frozen anew, or all would seem to have changed."""
    written: dict[str, Any] = json.loads(json.dumps({**asdict(terms), "starts_on": terms.starts_on.isoformat()}))
    return written


def terms_from(facts: Mapping[str, Any]) -> Terms:
    """The terms of a lot as they were published: a provider is held against these, not against a later edit."""
    rebuilt = {
        "starts_on": datetime.date.fromisoformat(facts["starts_on"]),
        "conditions": tuple(Asked(**one) for one in facts["conditions"]),
        "times": tuple(Window(**one) for one in facts["times"]),
    }
    return Terms(**{**facts, **rebuilt})
