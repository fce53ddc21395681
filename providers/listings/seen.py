"""Until when what councils have seen of a provider holds, by kind of check: what a search can be narrowed by."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable
from uuid import UUID

from providers.credentials.kinds import KINDS
from providers.credentials.rules import Status
from providers.credentials.standing import having_status
from providers.listings.packing import CHECKS
from providers.models import Credential, DbsRecord

Span = tuple[datetime.date, datetime.date | None]
SEEN = [Status.CURRENT, Status.ENDING_SOON, Status.NOT_YET]


def last_days_of(
    providers: Collection[UUID], today: datetime.date
) -> defaultdict[UUID, dict[str, datetime.date | None]]:
    """By provider and kind of check the last day on which it holds, None for good. Two queries."""
    spans: defaultdict[tuple[UUID, str], list[Span]] = defaultdict(list)
    held = having_status(Credential.listed.filter(provider__in=providers), SEEN, today)
    for provider, kind, starts_on, ends_on in held.values_list("provider", "kind", "starts_on", "ends_on"):
        if kind in KINDS and KINDS[kind].family in CHECKS:
            spans[provider, KINDS[kind].family].append((starts_on, ends_on))
    # A certificate of the police has no last day; without the provider's own yes nobody learns of it (rule 1).
    shown = DbsRecord.objects.filter(provider__in=providers, shown_publicly_since__isnull=False)
    for provider, seen_on in shown.values_list("provider", "seen_on"):
        spans[provider, "dbs"].append((seen_on, None))
    found: defaultdict[UUID, dict[str, datetime.date | None]] = defaultdict(dict)
    for (provider, check), dates in spans.items():
        if any(_holds(span, today) for span in dates):
            found[provider][check] = holds_until(dates, today)
    return found


def holds_until(spans: Iterable[Span], today: datetime.date) -> datetime.date | None:
    """The last day without a gap from today on: a renewal that begins the day after carries on. None: for good."""
    last = today
    for starts_on, ends_on in sorted(spans, key=lambda span: span[0]):
        if starts_on > last + datetime.timedelta(days=1):
            break
        if ends_on is None:
            return None
        last = max(last, ends_on)
    return last


def _holds(span: Span, today: datetime.date) -> bool:
    starts_on, ends_on = span
    return starts_on <= today and (ends_on is None or today <= ends_on)
