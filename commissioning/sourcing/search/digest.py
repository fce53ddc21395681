"""The digest of a saved search: what is new or has changed since the last one, by e-mail, until somebody stops it."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from commissioning.models import SavedSearch
from commissioning.models.saved_search import Digest
from commissioning.sourcing.search.field import FieldSearch
from commissioning.sourcing.search.known import Found
from registry.access.getters import councils_where
from registry.access.permissions import Permission
from registry.mail.actions import queue

SALT = "commissioning.sourcing.search.digest"
DAYS = {Digest.DAILY: 1, Digest.WEEKLY: 7}
# Each costs about what a page of the search costs, and a run must not take its minute.
AT_A_TIME = 20
TOLD_AT_MOST = 25


@dataclass(frozen=True)
class News:
    """Since the last look: found now and not then; found then too, and of a newer version; not found any more."""

    new: Sequence[Found]
    changed: Sequence[Found]
    gone: int

    @property
    def is_any(self) -> bool:
        return bool(self.new or self.changed)


def found_by(search: FieldSearch) -> dict[str, int]:
    """As a saved search keeps it: the version of each service that is left, by its id."""
    return {str(one.service_id): one.version for one in search.left} if search.is_answered else {}


def search_of(saved: SavedSearch, today: datetime.date) -> FieldSearch:
    return FieldSearch(QueryDict(saved.query), today, saved.council)


def news(before: Mapping[str, int], now: Sequence[Found]) -> News:
    then = {str(one.service_id): before.get(str(one.service_id)) for one in now}
    new = [one for one in now if then[str(one.service_id)] is None]
    changed = [one for one in now if then[str(one.service_id)] not in (None, one.version)]
    return News(new, changed, gone=len(before.keys() - then.keys()))


def due(today: datetime.date) -> QuerySet[SavedSearch]:
    long_ago = Q()
    for digest, days in DAYS.items():
        last = today - datetime.timedelta(days=days)
        long_ago |= Q(digest=digest) & (Q(looked_on__isnull=True) | Q(looked_on__lte=last))
    return SavedSearch.objects.filter(long_ago)


def send_digests() -> int:
    """Look at those that are due, and write to their owners. Returns how many were looked at; may be run twice."""
    today = timezone.localdate()
    ids = list(due(today).order_by("looked_on", "pk").values_list("pk", flat=True)[:AT_A_TIME])
    return sum(send_digest(pk, today) for pk in ids)


@transaction.atomic
def send_digest(pk: uuid.UUID, today: datetime.date) -> bool:
    """The mail, and that it was written, in one transaction: whoever is killed half-way has sent nothing."""
    locked = due(today).select_for_update(skip_locked=True, of=("self",)).select_related("owner", "council")
    saved = locked.filter(pk=pk).first()
    if saved is None:
        return False
    # Who may no longer look is told nothing; what they saved goes with the next retention.
    if councils_where(saved.owner, Permission.SEE_REQUIREMENTS).filter(pk=saved.council_id).exists():
        tell(saved, today)
    saved.looked_on = today
    saved.save(update_fields=["found", "looked_on"])
    return True


def tell(saved: SavedSearch, today: datetime.date) -> None:
    search = search_of(saved, today)
    # Of more than are looked at, other ones may be looked at each time: they would be told of as new.
    if not search.is_answered or search.is_more:
        return
    told = news(saved.found, search.left)
    saved.found = found_by(search)
    if told.is_any:
        # A line break in a subject would be another header of the mail.
        counts = {"name": " ".join(saved.name.split()), "new": len(told.new), "changed": len(told.changed)}
        subject = _("%(name)s: %(new)d new, %(changed)d changed") % counts
        queue(to=saved.owner.email, subject=subject, body=render_to_string("mail/field_digest.txt", words(saved, told)))


def words(saved: SavedSearch, told: News) -> dict[str, object]:
    return {
        "saved": saved,
        "new": told.new[:TOLD_AT_MOST],
        "changed": told.changed[:TOLD_AT_MOST],
        "more": max(len(told.new) - TOLD_AT_MOST, 0) + max(len(told.changed) - TOLD_AT_MOST, 0),
        "gone": told.gone,
        "address": f"{settings.SITE_URL}{reverse('field_search')}?{saved.query}",
        "stop": settings.SITE_URL + reverse("stop_digest", args=[token_of(saved)]),
    }


def token_of(saved: SavedSearch) -> str:
    return signing.dumps(saved.pk.hex, salt=SALT)


def saved_of(token: str) -> SavedSearch | None:
    """Of the link in a mail. It does not run out: whoever finds an old mail can still stop the next."""
    try:
        key = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    return SavedSearch.objects.filter(pk=key).first()
