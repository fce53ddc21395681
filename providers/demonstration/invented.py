"""What an invented provider consists of, before any of it is a row. Pure."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import StrEnum

from providers.demonstration.banks import Trade
from providers.demonstration.naming import Person


@dataclass(frozen=True)
class Spot:
    """A real postcode: nobody invented lives at a real door, and only its first half is ever shown."""

    postcode: str
    easting: int
    northing: int
    council: str
    town: str
    near: str


class Standing(StrEnum):
    LISTED = "listed"
    # Sent for the first time, not looked at yet.
    NEW = "new"
    # Listed, with a change that waits.
    CHANGING = "changing"
    SENT_BACK = "sent_back"


@dataclass(frozen=True)
class InventedCoverage:
    reach: str
    metres: int | None = None
    councils: tuple[str, ...] = ()
    place: str = ""


@dataclass(frozen=True)
class InventedAvailability:
    days: tuple[str, ...]
    parts: tuple[str, ...]
    space: str
    away_for_days: int | None
    hours_free: int | None
    confirmed_days_ago: int


@dataclass(frozen=True)
class InventedService:
    name: str
    description: str
    categories: tuple[str, ...]
    client_groups: tuple[str, ...]
    delivery: tuple[str, ...]
    languages: tuple[str, ...]
    payers: tuple[str, ...]
    price_pence: int
    price_unit: str
    price_note: str
    minimum_minutes: int
    basis: str
    regulator: str
    registration_number: str
    coverage: tuple[InventedCoverage, ...]
    availability: InventedAvailability


@dataclass(frozen=True)
class InventedProvider:
    slug: str
    name: str
    owner: Person
    trade: Trade
    legal_form: str
    people: int
    employs_anyone: bool
    run_by_members: bool
    about: str
    phone: str
    email: str
    website: str
    prefers_calls: bool
    spot: Spot
    standing: Standing
    # How long ago it was first sent, and for those decided, how many days the council took.
    sent_days_ago: int
    decided_after_days: int
    services: tuple[InventedService, ...]


@dataclass(frozen=True)
class InventedCredential:
    """`seen_on` is None while nobody has looked; `refused` is a check that did not accept it."""

    kind: str
    held_by: int | None
    issuer: str
    reference: str
    amount_pence: int | None
    starts_on: datetime.date
    ends_on: datetime.date | None
    seen_on: datetime.date | None
    refused: bool
    means: str
    note: str
    also_seen_by_neighbour: bool
    level: str = ""
    edition: int | None = None
    standards: tuple[int, ...] = ()


@dataclass(frozen=True)
class InventedDbs:
    person_number: int
    level: str
    issued_on: datetime.date
    seen_on: datetime.date
    last_four: str
    on_update_service: bool
    means: str
    shown_publicly: bool
    shared_with_councils: bool
