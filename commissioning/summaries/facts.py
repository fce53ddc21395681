"""What a summary freezes: gathered once, at locking, and never again."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable
from typing import Any

import rfc8785
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commissioning.law.governing import Governing, governing
from commissioning.models import Condition, Lot, LotTime, Requirement, ShortlistEntry
from commissioning.models.requirement import Buyer, Reserved, Way
from commissioning.openness.figures import OpenField
from commissioning.openness.flags import limit_words, limits
from commissioning.openness.shown import shown_openness
from commissioning.opportunities.facts import engagement_facts
from commissioning.requirements.overview import barrier_names
from commissioning.requirements.wording import in_order, window_words, work_words
from commissioning.sourcing.field import LotField, assess_lot, narrowing
from commissioning.sourcing.sentences import asked_words, condition_words, money
from commissioning.sourcing.shown import shown_effects, shown_field
from commissioning.summaries.document import document
from commissioning.summaries.easier import easier
from commissioning.summaries.law_facts import law_facts
from commissioning.summaries.map import map_facts, reach_by_outcode
from commissioning.summaries.market_facts import market_facts
from providers.models import Listing
from providers.models.category import Regulation
from registry.models import User

# 3: two readings of the document, and easier words. 4: how open the requirement is; the talk with the market.
FORMAT = 4


def freeze(requirement: Requirement, *, reference: str, by: User, now: datetime.datetime) -> dict[str, Any]:
    """Everything the summary will ever say, as JSON: facts for machines, and `document` for people."""
    today = timezone.localdate(now)
    law = governing(requirement, today)
    lots = requirement.lots.select_related("category", "requirement__council").prefetch_related("times")
    fields = [assess_lot(lot, today) for lot in lots]
    versions = version_facts(fields)
    facts = {
        "format": FORMAT,
        "reference": reference,
        "requirement": requirement.reference,
        "title": requirement.title,
        "council": {"code": requirement.council_id, "name": requirement.council.name, "nation": law.nation},
        "locked": {"at": now.isoformat(), "words": moment_words(now), "by": str(by)},
        "data": data_facts(versions),
        "written_by": str(requirement.created_by),
        "need": need_facts(requirement),
        "law": law_facts(
            requirement, law, regulated=any(field.lot.category.regulation != Regulation.NONE for field in fields)
        ),
        "openness": openness_facts(requirement, OpenField.over(requirement, fields, today)),
        "conditions": condition_facts(requirement, law, fields),
        "answering": answering_facts(requirement),
        "engagement": engagement_facts(requirement),
        "market": market_facts(fields),
        "lots": [lot_facts(field) for field in fields],
        "map": map_facts(requirement.council, fields),
        "versions": versions,
    }
    return {**facts, "document": document(facts), "easier": easier(facts)}


def fingerprint(facts: dict[str, Any]) -> str:
    """SHA-256 of the canonical JSON of the facts (RFC 8785), as 64 hexadecimal digits."""
    return hashlib.sha256(rfc8785.dumps(facts)).hexdigest()


def moment_words(now: datetime.datetime) -> str:
    return date_format(timezone.localtime(now), "j F Y, H:i")


def day_words(day: datetime.date) -> str:
    return date_format(day, "j F Y")


def need_facts(requirement: Requirement) -> dict[str, Any]:
    return {
        "need": requirement.need,
        "starts_on": requirement.starts_on.isoformat(),
        "ends_on": requirement.ends_on.isoformat(),
        "starts": day_words(requirement.starts_on),
        "ends": day_words(requirement.ends_on),
        "value_pence": requirement.value_pence,
        "value": money(requirement.value_pence),
        "extension_months": requirement.extension_months,
        "buyer": str(Buyer(requirement.buyer).label),
        "buyer_code": requirement.buyer,
        "way": str(Way(requirement.way).label) if requirement.way != Way.UNDECIDED else "",
        "reserved_for": str(Reserved(requirement.reserved_for).label),
        "payment_days": requirement.payment_days,
    }


def openness_facts(requirement: Requirement, field: OpenField) -> dict[str, Any]:
    return {
        "figure": shown_openness(field.openness()),
        "barriers": barrier_names(requirement),
        "note": requirement.barriers_note,
        "lots_note": requirement.lots_note if requirement.lots.count() == 1 else "",
    }


def condition_facts(requirement: Requirement, law: Governing, fields: Iterable[LotField]) -> list[dict[str, Any]]:
    fields = list(fields)
    return [
        {
            "kind": condition.kind,
            "amount_pence": condition.amount_pence,
            "number": condition.number,
            "lot": condition.lot.number if condition.lot else None,
            "by_when": condition.by_when,
            "asked": asked_words(condition),
            "words": condition_words(condition),
            "flags": [limit_words(row) for row in limits(condition, law)],
            "keep_reason": condition.keep_reason,
            "effects": [row for field in fields for row in effect_rows(condition, field)],
        }
        for condition in requirement.conditions.select_related("lot")
    ]


def effect_rows(condition: Condition, field: LotField) -> list[dict[str, int]]:
    """What the condition does to the field of a lot in which it is asked; nothing where nobody is there to meet it."""
    if condition.lot_id not in (None, field.lot.pk):
        return []
    return [
        {"lot": field.lot.number, "fits": effect.fits, "not_yet": effect.not_yet, "not_known": effect.not_known}
        for effect in field.effects
        if effect.kind == condition.kind
    ]


def answering_facts(requirement: Requirement) -> dict[str, Any]:
    """The timetable, and what counts for how much; empty words for what the council has not said."""
    marks = [{"what": one.text, "share": share_words(one.weight)} for one in requirement.questions.all()]
    if requirement.price_weight is not None:
        marks.append({"what": _("The price"), "share": share_words(requirement.price_weight)})
    return {
        "days": {
            "questions_until": moment_words(requirement.questions_until) if requirement.questions_until else "",
            "closes_at": moment_words(requirement.closes_at) if requirement.closes_at else "",
            "decided_on": day_words(requirement.decided_on) if requirement.decided_on else "",
        },
        "marks": marks,
    }


def share_words(marks: int) -> str:
    return _("%(marks)d of 100") % {"marks": marks}


def lot_facts(field: LotField) -> dict[str, Any]:
    lot = field.lot
    return {
        "number": lot.number,
        "title": lot.title,
        "category": lot.category.name,
        "category_code": lot.category_id,
        "outcodes": [place.code for place in field.places],
        "area": area_words(lot),
        "hours_per_week": lot.hours_per_week,
        "times": [_("%(when)s: %(work)s") % time_words(time) for time in in_order(lot)],
        "reach": reach_by_outcode(field),
        "hours": str(lot.hours_per_week) if lot.hours_per_week else _("Not by the hour"),
        "narrowing": narrowing(field),
        "groups": {fit.value: rows for fit, rows in shown_field(field)},
        "effects": shown_effects(field),
        "shortlist": shortlist_words(lot),
    }


def time_words(time: LotTime) -> dict[str, str]:
    return {"when": window_words(time), "work": work_words(time.minutes_needed)}


def area_words(lot: Lot) -> str:
    if lot.outcodes:
        return ", ".join(lot.outcodes)
    return _("All of %(council)s") % {"council": lot.requirement.council.name}


def shortlist_words(lot: Lot) -> list[str]:
    """In the approved words: the provider's live row may hold an edit that nobody has approved (rule 6)."""
    listed = Listing.objects.filter(service__in=ShortlistEntry.objects.filter(lot=lot).values("service"))
    return sorted(f"{listing.provider_name}: {listing.name}" for listing in listed)


def data_facts(versions: list[dict[str, Any]]) -> dict[str, Any]:
    """Which data this was: two summaries over the same listings in the same words say the same here."""
    digest = hashlib.sha256(rfc8785.dumps([[row["id"], row["digest"]] for row in versions])).hexdigest()
    words = ngettext("%(number)d frozen listing, %(digest)s", "%(number)d frozen listings, %(digest)s", len(versions))
    return {"digest": digest, "words": words % {"number": len(versions), "digest": digest[:16]}}


def version_facts(fields: Iterable[LotField]) -> list[dict[str, Any]]:
    """Each listing that stands in the summary, with the digest of the approved words it stood with."""
    versions = {one.listing.version_id: one.listing.version for field in fields for one in field.standings}
    rows = [
        {
            "id": str(version.pk),
            "provider": version.content["name"],
            "number": version.number,
            "digest": hashlib.sha256(rfc8785.dumps(version.content)).hexdigest(),
        }
        for version in versions.values()
    ]
    return sorted(rows, key=lambda row: (str(row["provider"]).casefold(), row["id"]))
