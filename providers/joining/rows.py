"""From answers to rows, inside the transaction of a sending or of a council's yes: only what changed is written."""

from __future__ import annotations

import datetime
from collections.abc import Collection

from django.utils import timezone
from django.utils.text import slugify

from providers.identifiers.rules import asked, cqc_location
from providers.joining.answers import METRES_IN_A_MILE
from providers.joining.offered import Offered
from providers.joining.rules import OFSTED, grounds
from providers.joining.said import Facts, Said, slug_of
from providers.models import Availability, Coverage, Identifier, PriceExtra, Provider, Service, WeeklyHours
from providers.models.coverage import Reach
from providers.models.identifier import Scheme
from providers.models.price_extra import ExtraFor
from providers.models.service import PriceUnit, RegulatoryBasis
from registry.models import Council
from registry.places.lookup import Place, look_up

LONGEST_SLUG = 70
OF_PROVIDER = ("you", "size")
PLAIN_OF_SERVICE = ("service", "customers", "extras", "ease")
# Facts of these steps that are rows of their own, and no column of the service.
OWN_ROWS = {"categories", *ExtraFor.values}


def write_provider(provider: Provider | None, said: Said, council: Council, changed: Collection[str]) -> Provider:
    """The provider's own facts. A new one gets its address here, and keeps it when its name changes."""
    row = provider or Provider(slug=free_slug(said.get("you", "name")))
    for step in OF_PROVIDER:
        _set(row, said.answers[step] if step in changed else {})
    if slug_of("where", said.leading) in changed and said.place:
        row.base_postcode, row.town = said.place.written, said.base["town"]
    row.home_council = council
    row.save()
    if {"you", "numbers"} & set(changed):
        _write_numbers(row, said)
    return row


def free_slug(name: str) -> str:
    """Rosie's Home Help lives at rosies-home-help, or at rosies-home-help-2 where another one came first."""
    wish = slugify(name)[:LONGEST_SLUG].strip("-") or "listing"
    taken = set(Provider.every.filter(slug__startswith=wish).values_list("slug", flat=True))
    number, slug = 1, wish
    while slug in taken:
        number += 1
        slug = f"{wish}-{number}"
    return slug


def write_service(provider: Provider, offered: Offered, said: Said, changed: Collection[str]) -> Service:
    """One service; `said` reads the answers as its own, and `changed` names its parts without its mark."""
    service = offered.row or Service(provider=provider, **({"pk": offered.pk} if offered.pk else {}))
    for part in PLAIN_OF_SERVICE:
        facts = said.facts(part) if part in changed else {}
        _set(service, {name: value for name, value in facts.items() if name not in OWN_ROWS})
    _set(service, _basis(said))
    service.save()
    if "service" in changed:
        service.categories.set(said.get("service", "categories"))
    if "where" in changed:
        _write_coverage(service, said)
    if "when" in changed:
        _write_availability(service, said.facts("when"))
    if {"when", "hours"} & set(changed):
        _write_hours(service, said)
    if {"customers", "extras"} & set(changed):
        _write_extras(service, said)
    if {"service", "personal-care"} & set(changed):
        _name_location(provider)
    return service


def move_base(provider: Provider, was: str, base: Place) -> None:
    """Every service sets out from the one base: what stood at the old postcode moves with it."""
    before = look_up(was)
    if isinstance(before, Place):
        rows = Coverage.objects.filter(service__in=Service.every.offered().filter(provider=provider))
        there = rows.filter(easting=before.easting, northing=before.northing, postcode="")
        there.update(easting=base.easting, northing=base.northing)


def _set(row: Provider | Service, facts: Facts) -> None:
    for name, value in facts.items():
        setattr(row, name, value)


def _basis(said: Said) -> Facts:
    """On what ground the service is given (rule 2); the regulator is the one of the nation of the base."""
    if not said.is_regulated:
        return {"regulatory_basis": RegulatoryBasis.NOT_PERSONAL_CARE, "regulator": "", "registration_number": ""}
    basis = said.get("personal-care", "regulatory_basis")
    if not basis:
        # An imported one of which nobody ever said: what stands, stands.
        return {}
    is_registered = basis == RegulatoryBasis.REGISTERED
    asked_by = grounds(said.nation, said.regulations)
    return {
        "regulatory_basis": basis,
        # Ofsted is named whatever the answer: else the care regulator would be taken for the one that was meant.
        "regulator": asked_by.regulator if is_registered or asked_by is OFSTED else "",
        "registration_number": said.get("personal-care", "registration_number", "") if is_registered else "",
    }


def _write_coverage(service: Service, said: Said) -> None:
    where, base = said.facts("where"), said.place
    assert base is not None  # sending without a base was refused before
    rows = [_area(service, code) for code in where["areas"]]
    if where["miles"]:
        rows.append(_distance(service, base, where["miles"]))
    if where.get("place"):
        rows.append(_come_to_us(service, base, where))
    service.coverage.all().delete()
    Coverage.objects.bulk_create(rows)


def _area(service: Service, chosen: str) -> Coverage:
    kind, _, code = chosen.partition(":")
    whole = kind == "council"
    return Coverage(
        service=service, reach=Reach.AREA, council_id=code if whole else None, district_id=None if whole else code
    )


def _distance(service: Service, base: Place, miles: int) -> Coverage:
    metres = round(miles * METRES_IN_A_MILE)
    return Coverage(service=service, reach=Reach.DISTANCE, easting=base.easting, northing=base.northing, metres=metres)


def _come_to_us(service: Service, base: Place, where: Facts) -> Coverage:
    found = look_up(where.get("place_postcode") or "")
    there = found if isinstance(found, Place) else base
    return Coverage(
        service=service,
        reach=Reach.COME_TO_US,
        easting=there.easting,
        northing=there.northing,
        place=where["place"],
        postcode="" if there is base else there.written,
    )


def _write_availability(service: Service, when: Facts) -> None:
    away = when.get("away_until")
    facts = when | {"away_until": datetime.date.fromisoformat(away) if away else None}
    Availability.objects.update_or_create(service=service, defaults=facts | {"confirmed_on": timezone.localdate()})


def _write_hours(service: Service, said: Said) -> None:
    """Only of the days that are worked: a day taken back takes its hours along."""
    week, worked = said.get("hours", "weekly_hours") or {}, said.get("when", "days") or []
    service.weekly_hours.all().delete()
    WeeklyHours.objects.bulk_create(
        WeeklyHours(service=service, day=day, starts_minute=start, ends_minute=end)
        for day in worked
        for start, end in week.get(day, [])
    )


def _write_extras(service: Service, said: Said) -> None:
    """In the unit of the usual price, whatever that is today; travel is by the mile."""
    prices, unit = said.facts("extras"), said.get("customers", "price_unit")
    service.extras.all().delete()
    PriceExtra.objects.bulk_create(
        PriceExtra(
            service=service,
            extra_for=extra,
            price_pence=prices[extra],
            price_unit=PriceUnit.MILE if extra == ExtraFor.MILEAGE else unit,
        )
        for extra in ExtraFor.values
        if unit and prices.get(extra) is not None
    )


def _write_numbers(provider: Provider, said: Said) -> None:
    """What this kind of business can have: a number of a company goes with the company."""
    numbers = said.answers.get("numbers", {})
    can_have = asked(legal_form=provider.legal_form, nation=said.nation, is_care=said.may_have_cqc)
    provider.identifiers.exclude(scheme=Scheme.CQC_LOCATION).delete()
    Identifier.objects.bulk_create(
        Identifier(provider=provider, scheme=scheme, value=numbers[scheme])
        for scheme in can_have
        if numbers.get(scheme)
    )


def _name_location(provider: Provider) -> None:
    """The CQC location is the number of a registered service, so nobody is asked for it twice."""
    offered = Service.every.offered().filter(provider=provider).order_by("created_at")
    seen = offered.approved() if offered.approved().exists() else offered
    location = cqc_location(list(seen.values_list("regulator", "registration_number")))
    if location:
        Identifier.objects.update_or_create(provider=provider, scheme=Scheme.CQC_LOCATION, defaults={"value": location})
    else:
        provider.identifiers.filter(scheme=Scheme.CQC_LOCATION).delete()
