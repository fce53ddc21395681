"""Listed providers, in few words. Points are on the British National Grid."""

import datetime
from dataclasses import dataclass

from django.utils import timezone

from providers.listings.actions import list_provider
from providers.models import Availability, Category, Coverage, Provider, Service
from registry.models import District

BATH_ABBEY = (375_100, 164_800)
MILE = 1609


@dataclass(frozen=True)
class Spot:
    easting: int = BATH_ABBEY[0]
    northing: int = BATH_ABBEY[1]
    district_code: str = "E06000022"


def make_category(code="meals", name="Making meals", everyday=("cook lunch",), parent=None, regulation="none"):
    group, _ = Category.objects.get_or_create(
        code=parent or "a-group",
        defaults={"name": "A group", "definition": "-", "position": 0, "vocabulary_version": "test"},
    )
    return Category.objects.update_or_create(
        code=code,
        defaults={
            "name": name,
            "parent": group,
            "definition": name,
            "everyday_words": list(everyday),
            "regulation": regulation,
            "position": 1,
            "vocabulary_version": "test",
        },
    )[0]


def make_provider(council, name="Lunch with Ana", **fields):
    defaults = {
        "slug": name.lower().replace(" ", "-"),
        "legal_form": "sole_trader",
        "people": 1,
        "phone": "01225 000000",
        "base_postcode": "BA2 3AA",
        "town": "Bath",
    }
    return Provider.every.create(name=name, home_council=council, **{**defaults, **fields})


def make_service(provider, name="Lunch at home", categories=(), **fields):
    defaults = {"description": "I come and cook.", "price_pence": 2000, "price_unit": "hour", "payers": ["private"]}
    service = Service.every.create(provider=provider, name=name, **{**defaults, **fields})
    service.categories.set(categories)
    return service


def comes_from(service, point=BATH_ABBEY, miles=5):
    return Coverage.objects.create(
        service=service, reach="distance", easting=point[0], northing=point[1], metres=miles * MILE
    )


def people_come_to(service, point=BATH_ABBEY, place="The Hall, Bath"):
    return Coverage.objects.create(
        service=service, reach="come_to_us", easting=point[0], northing=point[1], place=place
    )


def goes_anywhere_in(service, council=None, district=None):
    return Coverage.objects.create(service=service, reach="area", council=council, district=district)


def has_space(service, space="now", days=("tue",), confirmed_on=datetime.date(2026, 3, 3), **fields):
    return Availability.objects.create(
        service=service, space=space, days=list(days), confirmed_on=confirmed_on, **fields
    )


def make_district(code, council):
    return District.objects.update_or_create(code=code, defaults={"name": code, "council": council})[0]


def listed(provider):
    return list_provider(provider=provider, by=None, now=timezone.now())
