"""What is known of the services that a search found, from their approved versions: a fixed number of statements.

Only what is asked is read out of a version, in the database: thousands of whole ones would be megabytes.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from commissioning.sourcing.rules import Holding
from commissioning.sourcing.search.rules import Held, Known
from providers.models.check import CheckOutcome

FACTS = """
SELECT listing.service_id, listing.provider_id, version.number, listing.confirmed_on, listing.name,
    listing.provider_name, said.people, said.employs_anyone, said.run_by_members, coalesce(said.source, '') <> '',
    said.home_council,
    CASE WHEN listing.price_unit = 'hour' THEN listing.price_pence END, service.regulatory_basis,
    coalesce(service.registration_number, '') <> ''
        OR coalesce(said.identifiers @? '$[*] ? (@.scheme starts with "cqc_")', FALSE),
    (service.availability ->> 'hours_free')::int, said.credentials
FROM providers_listing AS listing
JOIN providers_version AS version ON version.id = listing.version_id
JOIN providers_provider AS provider ON provider.id = listing.provider_id
CROSS JOIN LATERAL jsonb_to_record(version.content) AS said (
    people int, employs_anyone boolean, run_by_members boolean, source text, home_council text,
    identifiers jsonb, services jsonb, credentials text[]
)
JOIN LATERAL jsonb_to_recordset(said.services) AS service (
    id uuid, regulatory_basis text, registration_number text, availability jsonb
) ON service.id = listing.service_id
WHERE listing.service_id = ANY(%s) AND provider.suspended_at IS NULL AND provider.left_at IS NULL
"""
# Named in the approved version and still claimed: one that was renewed since stands in until its renewal is published,
# and one given up holds no longer.
HELD = """
SELECT held.id, held.provider_id, held.kind, held.starts_on, held.ends_on, held.amount_pence, held.held_by,
    seen.council_id, seen.outcome
FROM providers_credential AS held
LEFT JOIN providers_check AS seen ON seen.credential_id = held.id
WHERE held.provider_id = ANY(%(providers)s) AND (%(all)s OR held.kind = ANY(%(kinds)s)) AND EXISTS (
    SELECT FROM providers_credential AS claimed
    WHERE claimed.provider_id = held.provider_id AND claimed.kind = held.kind AND claimed.replaced_at IS NULL
)
ORDER BY held.id, seen.recorded_at DESC, seen.id DESC
"""


@dataclass(frozen=True)
class Found:
    """A service that the search found: what it and its provider are called, and what is known of them."""

    service_id: UUID
    provider_id: UUID
    version: int
    name: str
    provider_name: str
    known: Known


def known_of(services: Sequence[UUID], kinds: Collection[str] | None = ()) -> list[Found]:
    """In the order of the ids, less those that are gone. Credentials of these kinds, None for all of them."""
    with connection.cursor() as cursor:
        cursor.execute(FACTS, [list(services)])
        rows = {row[0]: row for row in cursor.fetchall()}
    held = held_by({row[1] for row in rows.values()}, kinds) if kinds is None or kinds else {}
    return [found_of(rows[service], held) for service in services if service in rows]


def found_of(row: tuple[Any, ...], held: Mapping[UUID, Mapping[str, Held]]) -> Found:
    service, provider, version, confirmed_on, name, provider_name, people, employs, members, imported, home = row[:11]
    pence, basis, has_number, hours_free, credentials = row[11:]
    own = held.get(provider, {})
    known = Known(
        people=people,
        employs_anyone=employs,
        run_by_members=members,
        imported=imported,
        home=home or "",
        basis=basis,
        has_number=has_number,
        hours_free=hours_free,
        pence_an_hour=pence,
        confirmed_on=confirmed_on,
        held=tuple(own[key] for key in credentials or () if key in own),
    )
    return Found(service, provider, version, name, provider_name, known)


def held_by(providers: Collection[UUID], kinds: Collection[str] | None) -> dict[UUID, dict[str, Held]]:
    """By provider and id of the credential. Of each council its newest word counts; of all, the newest decides."""
    asked: dict[str, Any] = {"providers": list(providers), "all": kinds is None, "kinds": sorted(kinds or ())}
    with connection.cursor() as cursor:
        cursor.execute(HELD, asked)
        rows = cursor.fetchall()
    looks: defaultdict[UUID, dict[str, str]] = defaultdict(dict)
    for row in rows:
        if row[7]:
            looks[row[0]].setdefault(row[7], row[8])
    found: defaultdict[UUID, dict[str, Held]] = defaultdict(dict)
    for row in rows:
        found[row[1]].setdefault(str(row[0]), held_of(row, looks.get(row[0], {})))
    return found


def held_of(row: tuple[Any, ...], last_words: Mapping[str, str]) -> Held:
    _key, _provider, kind, starts_on, ends_on, amount, by, _council, newest = row
    holding = Holding(kind, starts_on, ends_on, amount, by, refused=newest == CheckOutcome.NOT_ACCEPTED)
    is_seen = newest == CheckOutcome.SEEN
    seen = frozenset(code for code, word in last_words.items() if is_seen and word == CheckOutcome.SEEN)
    return Held(holding, seen)


def ordered(found: Sequence[Found], by: str) -> list[Found]:
    """As the search found them, or by name, by price an hour, by hours free, by the last confirmation."""
    never = datetime.date.min
    keys: dict[str, Any] = {
        "name": lambda one: (one.provider_name.casefold(), one.name.casefold()),
        "price": lambda one: (one.known.pence_an_hour is None, one.known.pence_an_hour or 0),
        "hours": lambda one: -(one.known.hours_free or 0),
        "confirmed": lambda one: -(one.known.confirmed_on or never).toordinal(),
    }
    return sorted(found, key=keys[by]) if by in keys else list(found)
