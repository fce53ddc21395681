"""The search's own rows, written from the truth: the approved version, the listing made of it, what councils saw.

Whatever changes what the search knows of a service calls `refresh` in its own transaction, so that the next search
sees it. One service costs the same in a register of ten as in one of a million: nothing else is touched.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from providers.listings import packing
from providers.listings.known import as_said, category_numbers, numbers_of_languages
from providers.listings.meanings import write_meanings
from providers.listings.seen import last_days_of
from providers.models import Category, Credential, Listing, Provider, SearchRow
from registry.copying import copy_in

AT_ONCE = 200
# A site that stood still for so long still catches up with what began meanwhile.
LATE_AT_MOST = datetime.timedelta(days=14)
# Of so many providers the texts are read by meaning at once; of more, by whoever brought them, or by `run_due`.
FEW = 5
# Name and trading name, the everyday words of its categories, what it says of itself, what can be chosen.
# Services share their kinds of help: of each lot of everyday words the stems are found once.
WORDS = """
WITH everyday AS MATERIALIZED (
    SELECT number, setweight(to_tsvector('english', said), 'B') AS words
    FROM unnest(%s::text[]) WITH ORDINALITY AS given (said, number)
)
INSERT INTO providers_searchwords (service_id, words)
SELECT given.service_id, setweight(to_tsvector('english', given.name), 'A')
    || everyday.words
    || setweight(to_tsvector('english', given.description), 'C')
    || array_to_tsvector(string_to_array(given.chosen, ' '))
FROM unnest(%s::uuid[], %s::text[], %s::bigint[], %s::text[], %s::text[])
    AS given (service_id, name, everyday, description, chosen)
JOIN everyday ON everyday.number = given.everyday
ON CONFLICT (service_id) DO UPDATE SET words = EXCLUDED.words,
    vector = CASE WHEN providers_searchwords.words = EXCLUDED.words THEN providers_searchwords.vector END
RETURNING service_id, tsvector_to_array(words)
"""
COLUMNS = [field.name for field in SearchRow._meta.concrete_fields if not field.primary_key]


@transaction.atomic
def refresh(*, providers: Collection[UUID]) -> int:
    """Write the rows of these providers' listed services anew, and say how many there are now."""
    keys = sorted(set(providers))
    return sum(_refresh_batch(keys[start : start + AT_ONCE]) for start in range(0, len(keys), AT_ONCE))


def refresh_provider(provider: UUID) -> None:
    refresh(providers=[provider])


def refresh_services(*, services: Collection[UUID]) -> int:
    """The same for those whose services these are."""
    return refresh(providers=set(Listing.objects.filter(service__in=services).values_list("provider", flat=True)))


def refresh_what_begins(today: datetime.date | None = None) -> int:
    """Rows of those for whom something that a council saw begins to hold; run each minute, it finds them once.

    What ends needs no such thing: rows hold the day.
    """
    day = today or timezone.localdate()
    begun = Credential.listed.filter(starts_on__range=(day - LATE_AT_MOST, day))
    providers = set(begun.values_list("provider", flat=True))
    seen = last_days_of(providers, day)
    rows = SearchRow.objects.filter(listing__provider__in=providers)
    kept = rows.values_list("listing__provider", "checked_low", "checked_high")
    return refresh(providers={provider for provider, *was in kept if tuple(was) != packing.checked(seen[provider])})


def _refresh_batch(keys: Sequence[UUID]) -> int:
    # Suspending takes turns with this: neither may write rows while the other takes them away.
    list(Provider.every.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk").values_list("pk"))
    return write_rows(list(Listing.listed.filter(provider__in=keys).select_related("version", "provider")), keys)


def write_rows(listings: Sequence[Listing], keys: Sequence[UUID]) -> int:
    """Rows of these providers, whose public listings these are, with provider and version; the providers are locked."""
    SearchRow.objects.filter(listing__provider__in=keys).exclude(listing__in=listings).delete()
    if not listings:
        return 0
    entries = _entries(listings)
    lexemes = _write_words(entries)
    seen = last_days_of(keys, timezone.localdate())
    rows = [_row(each, lexemes[each.listing.pk], seen[each.listing.provider_id]) for each in entries]
    there = set(SearchRow.objects.filter(listing__in=listings).values_list("pk", flat=True))
    again = [row for row in rows if row.pk in there]
    SearchRow.objects.bulk_create(again, update_conflicts=True, unique_fields=["listing"], update_fields=COLUMNS)
    copy_in(row for row in rows if row.pk not in there)
    if len(keys) <= FEW:
        write_meanings(services=[listing.pk for listing in listings])
    return len(rows)


@dataclass(frozen=True, slots=True)
class _Entry:
    """A listing with its frozen service, and what both say as numbers."""

    listing: Listing
    service: dict[str, Any]
    categories: list[int]
    facts: int
    languages: int | None


def _entries(listings: Sequence[Listing]) -> list[_Entry]:
    versions = {listing.version_id: listing.version for listing in listings}
    services = {said["id"]: said for version in versions.values() for said in version.content["services"]}
    frozen = [services[str(listing.pk)] for listing in listings]
    known = category_numbers({code for listing in listings for code in listing.categories})
    spoken = numbers_of_languages(service["languages"] for service in frozen)
    return [
        _Entry(
            listing=listing,
            service=service,
            categories=[known[code] for code in listing.categories if code in known],
            facts=_facts_of(listing, service),
            languages=spoken.get(tuple(as_said(service["languages"]))),
        )
        for listing, service in zip(listings, frozen, strict=True)
    ]


def _write_words(entries: Sequence[_Entry]) -> dict[UUID, list[str]]:
    """By service the stems that its text now has."""
    everyday = _everyday_words({code for each in entries for code in each.listing.categories})
    said = [" ".join(everyday.get(code, "") for code in each.listing.categories) for each in entries]
    numbers = {words: number for number, words in enumerate(dict.fromkeys(said), start=1)}
    columns = (
        list(numbers),
        [each.listing.pk for each in entries],
        [f"{each.listing.name} {each.listing.provider_name}" for each in entries],
        [numbers[words] for words in said],
        [each.service["description"] for each in entries],
        [" ".join(_chosen(each)) for each in entries],
    )
    with connection.cursor() as cursor:
        cursor.execute(WORDS, columns)
        return dict(cursor.fetchall())


def _everyday_words(codes: Iterable[str]) -> dict[str, str]:
    rows = Category.objects.filter(pk__in=set(codes)).values_list("code", "name", "everyday_words")
    return {code: " ".join([name, *said]) for code, name, said in rows}


def _row(each: _Entry, lexemes: Collection[str], seen: packing.LastDays) -> SearchRow:
    listing = each.listing
    low, high = packing.categories(each.categories)
    checked_low, checked_high = packing.checked(seen)
    return SearchRow(
        listing_id=listing.pk,
        categories_low=low,
        categories_high=high,
        facts=each.facts,
        **{f"signature_{at}": bits for at, bits in enumerate(packing.signature(lexemes), start=1)},
        in_open_feed=listing.provider.out_of_feed_since is None,
        easting=listing.easting,
        northing=listing.northing,
        confirmed_on=listing.confirmed_on,
        language_set=each.languages,
        away_until=listing.away_until,
        checked_low=checked_low,
        checked_high=checked_high,
        reach=listing.reach,
        come_to_us=listing.come_to_us,
        areas=listing.areas or None,
    )


def _facts_of(listing: Listing, service: dict[str, Any]) -> int:
    return packing.facts(
        days=listing.days,
        payers=listing.payers,
        client_groups=listing.client_groups,
        delivery=service["delivery"],
        accessibility=service["accessibility"],
        space=listing.space,
        legal_form=listing.version.content["legal_form"],
        price_pence=listing.price_pence,
        price_unit=listing.price_unit,
    )


def _chosen(each: _Entry) -> list[str]:
    towns = [each.listing.version.content["town"]]
    return packing.chosen_lexemes(numbers=each.categories, chosen=each.facts, languages=each.languages, towns=towns)
