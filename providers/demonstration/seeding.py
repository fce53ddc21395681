"""Fills the demonstration registry with providers: all of them in one transaction, or none."""

from __future__ import annotations

import datetime
import random
from collections import defaultdict
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from providers.demonstration.customers import write_customers
from providers.demonstration.figuring import write_figures
from providers.demonstration.invented import InventedProvider
from providers.demonstration.inventing import LEADS, SEED, invent_providers
from providers.demonstration.lists import note_lists
from providers.demonstration.places import COUNCILS, spots
from providers.demonstration.teaming import write_teams
from providers.demonstration.writing import DECIDED_AT, Book, make_owners, note_provider, write
from providers.listings.actions import list_providers
from providers.models import FieldChange, Provider, ProviderMembership, Service, Submission
from providers.models.provider_membership import ProviderRole
from registry.models import Council, CouncilMembership, User
from registry.models.council_membership import CouncilRole

PEOPLE = "demo.nearhand.example"
# Whom visitors sign in as, in the order of the two leading businesses.
OWNERS = ("provider", "other-provider")
READER = "colleague"
# Rows in memory at once.
AT_ONCE = 100
NEW_PRICE = "New price from the first of next month"
# Publications are made in so many batches, each on a day of its own.
DAYS_OF_PUBLICATION = 8


class NoPlaces(Exception):
    """There are no postcodes of the three councils to put anybody."""


def is_there() -> bool:
    return Provider.every.filter(is_invented=True).exists()


@transaction.atomic
def seed(*, count: int, today: datetime.date, progress: Iterable[int] | None = None) -> int:
    """Make so many providers; says how many. `progress` is counted along, one for each provider and batch."""
    rng = random.Random(SEED)
    invented = invent_providers(spots(count, rng))
    if not invented:
        raise NoPlaces
    leads = _leads(invented)
    owners = make_owners(invented, leads)
    neighbours = dict(zip(COUNCILS, (*COUNCILS[1:], COUNCILS[0]), strict=True))
    book = Book(today, rng, {code: _checker(code) for code in COUNCILS}, neighbours, sound=set(leads))
    steps = iter(progress or ())
    for number, each in enumerate(invented, start=1):
        provider = note_provider(each, owners[each.slug], book)
        if each.slug in leads and leads[each.slug].email.startswith(f"{OWNERS[0]}@"):
            # The first of the two has a colleague who may only read.
            reader = _person(READER)
            book.add(ProviderMembership(user=reader, provider=provider, role=ProviderRole.READER))
        next(steps, None)
        if number % AT_ONCE == 0:
            write(book)
    write(book)
    _publish(book)
    note_lists(book)
    write(book)
    _change(book)
    write_figures(leads, today, SEED)
    write_customers(book, leads, SEED)
    write(book)
    for lead in Provider.listed.filter(memberships__user__email=f"{OWNERS[0]}@{PEOPLE}"):
        write_teams(lead, today)
    return len(invented)


def _leads(invented: Iterable[InventedProvider]) -> dict[str, User]:
    """The demonstration's own people, each as owner of the business made for them."""
    by_name = {name: slug for slug, (_council, _trade, _person, name) in zip(OWNERS, LEADS, strict=True)}
    return {each.slug: _person(by_name[each.name]) for each in invented if each.name in by_name}


def _person(role: str) -> User:
    """Made by `seed_people`; without it, just an address."""
    person = User.objects.filter(email=f"{role}@{PEOPLE}").first()
    return person or User.objects.create_user(f"{role}@{PEOPLE}", role.replace("-", " ").capitalize())


def _checker(code: str) -> User:
    """Somebody who checks for the council: there already, or made now."""
    here = CouncilMembership.objects.current().filter(council=code, role=CouncilRole.CHECKER)
    membership = here.select_related("user").order_by("pk").first()
    if membership is not None:
        return membership.user
    council = Council.objects.get(pk=code)
    user = _person(f"{code.lower()}-checker")
    CouncilMembership.objects.create(user=user, council=council, role=CouncilRole.CHECKER)
    return user


def _publish(book: Book) -> None:
    """Freeze and list, as publishing does; a council's decisions fall on a few days, the last of each batch."""
    batches: dict[tuple[str, int], list[tuple[datetime.date, Provider]]] = defaultdict(list)
    by_council: dict[str, list[tuple[datetime.date, Provider]]] = defaultdict(list)
    for decided, council, provider in book.to_list:
        by_council[council].append((decided, provider))
    for council, decisions in by_council.items():
        decisions.sort(key=lambda decision: (decision[0], decision[1].slug))
        size = len(decisions) // DAYS_OF_PUBLICATION + 1
        for number, decision in enumerate(decisions):
            batches[council, number // size].append(decision)
    for (council, _number), decisions in batches.items():
        last_day = decisions[-1][0]
        now = timezone.make_aware(datetime.datetime.combine(last_day, DECIDED_AT))
        list_providers(providers=[provider for _, provider in decisions], by=book.checkers[council], now=now)


def _change(book: Book) -> None:
    """What those who wait with a change ask for: a price beyond the band, and how it is told."""
    services = Service.every.filter(provider__in=book.changing).order_by("provider__slug", "name")
    waiting = {each.provider_id: each for each in Submission.objects.waiting().filter(provider__in=book.changing)}
    changes = [change for service in services for change in _wishes(service, waiting[service.provider_id])]
    FieldChange.objects.bulk_create(changes)


def _wishes(service: Service, sent: Submission) -> list[FieldChange]:
    unit, dearer = service.price_unit, (service.price_pence or 0) * 5 // 4
    was, will_be = ({"price_pence": pence, "price_unit": unit} for pence in (service.price_pence, dearer))
    common = {"provider_id": service.provider_id, "service": service, "submission": sent, "part": "customers"}
    signed = {"made_at": sent.sent_at, "made_by_id": sent.sent_by_id}
    return [
        FieldChange(**common, **signed, fact="price", was=was, will_be=will_be),
        FieldChange(
            **common,
            **signed,
            fact="price_note",
            was={"price_note": service.price_note},
            will_be={"price_note": NEW_PRICE},
        ),
    ]
