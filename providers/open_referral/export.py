"""The whole open register, written out: the feed's own objects, with what brings them back as the same pages.

Only what the feed would give anybody today: listed, and not of those who asked to stay out of it. Read by key in
batches, so that memory does not grow with the register.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import UUID

from providers.open_referral.feed_entries import Entry, entries_of, in_feed
from providers.open_referral.feed_objects import middles_for, whole_service
from providers.open_referral.ours import KEY, provider_extras, service_extras

AT_ONCE = 200
ON_A_PAGE = 1000


def entries(today: datetime.date) -> Iterator[Entry]:
    """Every service of the open feed, in the order of their ids."""
    after = UUID(int=0)
    while ids := _following(after):
        yield from entries_of(ids, today)
        after = ids[-1]


def _following(after: UUID) -> Sequence[UUID]:
    rows = in_feed().filter(service__gt=after).order_by("service")
    return list(rows.values_list("service", flat=True)[:AT_ONCE])


def services(today: datetime.date) -> Iterator[dict[str, Any]]:
    """As the feed writes them. The phone and the e-mail of a page go along: they are what a copy is rung by."""
    every = entries(today)
    while batch := list(islice(every, AT_ONCE)):
        middles = middles_for(batch)
        for entry in batch:
            service = whole_service(entry, middles)
            confirmed = entry.confirmed_on.isoformat() if entry.confirmed_on else None
            service["organization"] = service["organization"] | {KEY: provider_extras(entry.content)}
            yield service | {KEY: service_extras(entry.service, confirmed)}


def write_lines(file: Path, today: datetime.date) -> Iterator[int]:
    """One service a line. Yields after each, and puts the file in its place only when it is whole."""
    begun = file.with_name(file.name + ".part")
    with begun.open("w", encoding="utf-8") as opened:
        for service in services(today):
            opened.write(json.dumps(service, ensure_ascii=False) + "\n")
            yield 1
    begun.replace(file)


def write_pages(folder: Path, today: datetime.date) -> Iterator[int]:
    """Pages as the feed gives them, one a file. How many there are is known at the start, and may change on the way."""
    folder.mkdir(parents=True, exist_ok=True)
    total = in_feed().count()
    pages = max(1, -(-total // ON_A_PAGE))
    every = services(today)
    for number in range(1, pages + 1):
        contents = list(islice(every, ON_A_PAGE if number < pages else None))
        page = {
            "total_items": total,
            "total_pages": pages,
            "page_number": number,
            "size": len(contents),
            "first_page": number == 1,
            "last_page": number == pages,
            "empty": not contents,
            "contents": contents,
        }
        (folder / f"services-{number:05}.json").write_text(json.dumps(page, ensure_ascii=False), encoding="utf-8")
        yield len(contents)
