"""Facts of a frozen listing in the form of Open Referral UK 3.0: its objects, its names of fields, ids that stay."""

from __future__ import annotations

import uuid
from typing import Any

from django.utils.translation import gettext as _

from providers.finding import wording
from providers.identifiers import rules
from providers.identifiers.wording import name
from providers.listings.hours import as_clock, week
from providers.models.availability import Day
from providers.models.price_extra import ExtraFor
from providers.models.provider import LegalForm
from providers.models.service import PriceUnit

Frozen = dict[str, Any]


def cost_options(service: Frozen) -> list[Frozen]:
    """The usual price, then what it costs at other times. Amounts are pounds."""
    usual = [] if service["price_pence"] is None else [(_("Usual price"), service)]
    others = [(str(ExtraFor(extra["for"]).label), extra) for extra in service.get("extras") or []]
    return [
        {
            "id": _id(service["id"], "cost", str(option)),
            "option": option,
            "amount": priced["price_pence"] / 100,
            "amount_description": str(PriceUnit(priced["price_unit"]).label),
        }
        for option, priced in usual + others
    ]


def schedules(service: Frozen) -> list[Frozen]:
    """Weekly hours, one object for the days that share them; where no hours were given, the days and parts of a day.

    Times are those of the clock in the United Kingdom: an offset would be wrong for half of the year.
    """
    hours = [
        {**_weekly(service, days, as_clock(start)), "opens_at": as_clock(start), "closes_at": as_clock(end)}
        for days, spans in week(service.get("hours") or {})
        for start, end in spans
    ]
    availability = service["availability"]
    said = wording.times(availability)
    if hours or not said:
        return hours
    return [{**_weekly(service, availability["days"], "days"), "description": said}]


def _weekly(service: Frozen, days: list[str], what: str) -> Frozen:
    # iCalendar's two letters of a day are the first two of ours.
    byday = ",".join(day[:2].upper() for day in Day.values if day in days)
    weekly = {"id": _id(service["id"], "schedule", f"{byday} {what}"), "freq": "WEEKLY", "interval": 1}
    return weekly | ({"byday": byday} if byday else {})


def languages(service: Frozen) -> list[Frozen]:
    """The UK profile gives a language no name of its own, and allows one to be added."""
    return [
        {"id": _id(service["id"], "language", spoken), "name": spoken}
        for spoken in service["languages"]
        if spoken.strip()
    ]


def accessibility(service: Frozen) -> list[Frozen]:
    """Of the service: a home-based provider has no location that it could stand with (rule 10)."""
    said = wording.accessibility(service)
    return [{"id": _id(service["id"], "accessibility", words), "description": words} for words in said]


def organization(content: Frozen, provider_id: uuid.UUID) -> Frozen:
    """The provider as it is open to all. Phone and email stay on the page that `provider_url` names."""
    form, place = LegalForm(content["legal_form"]), " ".join(filter(None, [content["town"], content["outcode"]]))
    kind = str(form.label) if form is not LegalForm.UNKNOWN else _("Care and support")
    about = content["about"].strip() or (_("%(kind)s, %(place)s") % {"kind": kind, "place": place} if place else kind)
    told = {"id": str(provider_id), "name": content["name"], "description": about}
    numbers = [_identifier(held, provider_id) for held in content.get("identifiers") or []]
    return told | ({"organization_identifiers": numbers} if numbers else {})


def _identifier(held: Frozen, provider_id: uuid.UUID) -> Frozen:
    """`identifier_scheme` is the code of org-id.guide; a register that it does not list is named in words alone."""
    code = rules.list_code(held["scheme"], held["value"])
    told = {
        "id": _id(str(provider_id), "identifier", held["scheme"]),
        "identifier_type": name(held["scheme"]),
        "identifier": held["value"],
    }
    return told | ({"identifier_scheme": code} if code else {})


def _id(owner: str, kind: str, what: str) -> str:
    """The schema wants a UUID for each: made from what it is of, so that it is the same in every answer."""
    return str(uuid.uuid5(uuid.UUID(owner), f"{kind} {what}"))
