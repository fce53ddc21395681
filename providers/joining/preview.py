"""A listing as it would be frozen if it were published as it is said now: for the preview. Nothing is written.

The shape is that of `providers.listings.freeze`; a test sends a registration and finds both the same.
"""

from __future__ import annotations

import copy
import datetime
import uuid
from typing import Any

from providers.joining.answers import METRES_IN_A_MILE
from providers.joining.flow import Walk
from providers.joining.offered import Offered
from providers.joining.rules import OFSTED, grounds
from providers.joining.said import Facts, Said
from providers.listings.freeze import CONTACT_FACTS, PLAIN_FACTS
from providers.listings.gathering import PAYING_FACTS, SERVICE_FACTS
from providers.models import Provider, Service
from providers.models.coverage import Reach
from providers.models.price_extra import ExtraFor
from providers.models.provider import LegalForm
from providers.models.service import PriceUnit, RegulatoryBasis
from registry.models import Council, District

OF_PROVIDER = ("you", "size")
OF_SERVICE = ("service", "customers", "extras", "ease")


def content_of(walk: Walk, today: datetime.date) -> dict[str, Any]:
    """What the public would read if it were sent today; where nothing was said yet, it is "not known" there too."""
    said = walk.said
    provider = copy.copy(walk.provider) if walk.provider else Provider(legal_form=LegalForm.UNKNOWN)
    for part in OF_PROVIDER:
        _tell(provider, said.facts(part))
    if said.place:
        provider.base_postcode, provider.town = said.place.written, said.base.get("town", "")
    numbers = said.answers.get("numbers", {})
    return {
        **{fact: getattr(provider, fact) for fact in PLAIN_FACTS + CONTACT_FACTS},
        "home_council": said.council.pk if said.council else "",
        "identifiers": [{"scheme": scheme, "value": value} for scheme, value in sorted(numbers.items()) if value],
        "services": [_service(offered, said.of(offered.mark), provider, today) for offered in walk.services],
        "credentials": [],
    }


def _tell(row: Provider | Service, facts: Facts) -> None:
    for name, value in facts.items():
        if name in PLAIN_FACTS + CONTACT_FACTS + SERVICE_FACTS + PAYING_FACTS and value is not None:
            setattr(row, name, value)


def _service(offered: Offered, said: Said, provider: Provider, today: datetime.date) -> dict[str, Any]:
    service = copy.copy(offered.row) if offered.row else Service(pk=offered.pk or uuid.uuid4())
    for part in OF_SERVICE:
        _tell(service, said.facts(part))
    return {
        "id": str(service.pk),
        **{fact: getattr(service, fact) for fact in SERVICE_FACTS + PAYING_FACTS},
        **_regulation(said),
        # Nobody is asked this: it came with an import, and stays.
        "source_says": service.source_says,
        "categories": sorted(said.get("service", "categories", [])),
        "coverage": _coverage(said, provider),
        "extras": _extras(said),
        "hours": _hours(said),
        "availability": _availability(said, today),
    }


def _regulation(said: Said) -> Facts:
    basis = said.get("personal-care", "regulatory_basis")
    if not said.is_regulated:
        return {"regulatory_basis": RegulatoryBasis.NOT_PERSONAL_CARE, "regulator": "", "registration_number": ""}
    asked_by = grounds(said.nation, said.regulations)
    is_registered = basis == RegulatoryBasis.REGISTERED
    return {
        "regulatory_basis": basis or RegulatoryBasis.NOT_KNOWN,
        "regulator": asked_by.regulator if is_registered or asked_by is OFSTED else "",
        "registration_number": said.get("personal-care", "registration_number", "") if is_registered else "",
    }


def _coverage(said: Said, provider: Provider) -> list[dict[str, Any]]:
    """Town and first half of the postcode alone say where somebody sets out from (rule 10)."""
    where = said.facts("where")
    ways = [_area(code) for code in where.get("areas") or []]
    if where.get("miles"):
        # As it is after a journey through whole metres.
        miles = round(round(where["miles"] * METRES_IN_A_MILE) / METRES_IN_A_MILE, 1)
        ways.append({"reach": Reach.DISTANCE, "miles": miles, "from": provider.outcode or provider.town})
    if where.get("place"):
        ways.append({"reach": Reach.COME_TO_US, "place": where["place"]})
    return ways


def _area(chosen: str) -> dict[str, Any]:
    kind, _, code = chosen.partition(":")
    model = Council if kind == "council" else District
    name = model.objects.filter(pk=code).values_list("name", flat=True).first()
    return {"reach": Reach.AREA, "code": code, "name": name or ""}


def _extras(said: Said) -> list[dict[str, Any]]:
    prices, unit = said.facts("extras"), said.get("customers", "price_unit")
    return [
        {
            "for": extra,
            "price_pence": prices[extra],
            "price_unit": PriceUnit.MILE if extra == ExtraFor.MILEAGE else unit,
        }
        for extra in sorted(ExtraFor.values)
        if unit and prices.get(extra) is not None
    ]


def _hours(said: Said) -> dict[str, Any]:
    week, worked = said.get("hours", "weekly_hours") or {}, said.get("when", "days") or []
    return {day: spans for day, spans in week.items() if day in worked and spans}


def _availability(said: Said, today: datetime.date) -> dict[str, Any]:
    when = said.facts("when")
    return {
        "days": when.get("days") or [],
        "parts": when.get("parts") or [],
        "space": when.get("space") or "not_known",
        "away_until": when.get("away_until"),
        "hours_free": when.get("hours_free"),
        "confirmed_on": today.isoformat() if when else None,
    }
