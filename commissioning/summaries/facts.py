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

from commissioning.law.governing import Governing, governing
from commissioning.law.rules import GOODS_AND_SERVICES, LIGHT_TOUCH, NOTIFIABLE, Route, may_be_reserved_for
from commissioning.models import Law, Lot, Requirement, ShortlistEntry
from commissioning.models.requirement import Buyer
from commissioning.requirements.overview import barrier_names, flags
from commissioning.sourcing.field import LotField, assess_lot, narrowing
from commissioning.sourcing.sentences import condition_words, money
from commissioning.sourcing.shown import shown_effects, shown_field
from commissioning.summaries.document import document
from commissioning.summaries.map import map_facts
from providers.models import Listing
from providers.models.category import Regulation
from registry.models import User

FORMAT = 2


def freeze(requirement: Requirement, *, reference: str, by: User, now: datetime.datetime) -> dict[str, Any]:
    """Everything the summary will ever say, as JSON: facts for machines, and `document` for people."""
    today = timezone.localdate(now)
    law = governing(requirement, today)
    lots = requirement.lots.select_related("category", "requirement__council")
    fields = [assess_lot(lot, today) for lot in lots]
    facts = {
        "format": FORMAT,
        "reference": reference,
        "requirement": requirement.reference,
        "title": requirement.title,
        "council": {"code": requirement.council_id, "name": requirement.council.name, "nation": law.nation},
        "locked": {"at": now.isoformat(), "words": moment_words(now), "by": str(by)},
        "written_by": str(requirement.created_by),
        "need": need_facts(requirement),
        "law": law_facts(law, regulated=any(field.lot.category.regulation != Regulation.NONE for field in fields)),
        "openness": openness_facts(requirement),
        "conditions": condition_facts(requirement, law),
        "lots": [lot_facts(field) for field in fields],
        "map": map_facts(requirement.council, fields),
        "versions": version_facts(fields),
    }
    return {**facts, "document": document(facts)}


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
        "buyer": str(Buyer(requirement.buyer).label),
        "payment_days": requirement.payment_days,
    }


def sentence_facts(rows: Iterable[Law]) -> list[dict[str, str | None]]:
    return [
        {
            "key": row.key,
            "wording": row.wording,
            "citation": row.citation,
            "source": row.source_url,
            "checked_on": row.checked_on.isoformat() if row.checked_on else None,
        }
        for row in rows
    ]


def law_facts(law: Governing, *, regulated: bool) -> dict[str, Any]:
    """The sentences of the nation that apply, in the places where the document prints them."""
    size = "below" if law.is_below else "above"
    route = [f"route-{law.route.value}", f"notices-{law.route.value}"]
    registration = ["registration"] if regulated else []
    # The selection of health care has a law of its own, which is not covered.
    by_the_act = law.route not in {Route.NOT_A_PROCUREMENT, Route.PROVIDER_SELECTION}
    scope = ["scope"] if by_the_act else []
    small = [f"small-{size}", "lots", "insurance", "accounts", f"payment-{size}"] if by_the_act else []
    together = {"mutual": "mutuals", "supported": "supported", "local": "local"}
    open_to = may_be_reserved_for(law.route)
    return {
        "nation": law.nation,
        "is": law.route.value,
        "route": sentence_facts(law.chosen("governing", *route, *scope, "not-covered", *registration)),
        "small": sentence_facts(law.chosen(*small)),
        "together": sentence_facts(law.chosen(*(key for name, key in together.items() if name in open_to))),
        "caveats": sentence_facts(law.chosen(*(["suitability-below"] if law.is_below else []))),
        "sums": sum_facts(law) if by_the_act else [],
    }


def sum_facts(law: Governing) -> list[dict[str, Any]]:
    what = {
        NOTIFIABLE: _("From this sum a below-threshold contract is notifiable"),
        LIGHT_TOUCH: _("From this sum the light-touch rules apply"),
        GOODS_AND_SERVICES: _("From this sum the full rules apply to work that does not count as light-touch"),
    }
    return [
        {
            "amount_pence": row.amount_pence,
            "amount": money(row.amount_pence),
            "what": what[key],
            "since": day_words(row.starts_on),
            "source": row.source,
            "checked_on": row.checked_on.isoformat() if row.checked_on else None,
            "checked": day_words(row.checked_on) if row.checked_on else _("Not yet"),
        }
        for key, row in law.thresholds.items()
        if key in what
    ]


def openness_facts(requirement: Requirement) -> dict[str, Any]:
    return {
        "barriers": barrier_names(requirement),
        "note": requirement.barriers_note,
        "lots_note": requirement.lots_note if requirement.lots.count() == 1 else "",
    }


def condition_facts(requirement: Requirement, law: Governing) -> list[dict[str, Any]]:
    return [
        {
            "kind": condition.kind,
            "amount_pence": condition.amount_pence,
            "by_when": condition.by_when,
            "words": condition_words(condition),
            "flags": flags(condition, law),
        }
        for condition in requirement.conditions.select_related("lot")
    ]


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
        "hours": str(lot.hours_per_week) if lot.hours_per_week else _("Not by the hour"),
        "narrowing": narrowing(field),
        "groups": {fit.value: rows for fit, rows in shown_field(field)},
        "effects": shown_effects(field),
        "shortlist": shortlist_words(lot),
    }


def area_words(lot: Lot) -> str:
    if lot.outcodes:
        return ", ".join(lot.outcodes)
    return _("All of %(council)s") % {"council": lot.requirement.council.name}


def shortlist_words(lot: Lot) -> list[str]:
    """In the approved words: the provider's live row may hold an edit that nobody has approved (rule 6)."""
    listed = Listing.objects.filter(service__in=ShortlistEntry.objects.filter(lot=lot).values("service"))
    return sorted(f"{listing.provider_name}: {listing.name}" for listing in listed)


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
