from __future__ import annotations

import datetime
import uuid

from django.db import models

# After the last change. Long enough to choose a carer in; printed on the privacy page.
LASTS = datetime.timedelta(days=90)


class KeptListQuerySet(models.QuerySet["KeptList"]):
    def open_on(self, day: datetime.date) -> KeptListQuerySet:
        return self.filter(changed_on__gte=day - LASTS)


class KeptList(models.Model):
    """What a family has put aside to choose from. Nobody's: whoever holds its signed link may change it.

    It has no place for a name, an address or a postcode.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # What the link to look at it is made from: a new one, and links that were sent before open nothing any more.
    shown_by = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    changed_on = models.DateField(db_index=True)

    objects = KeptListQuerySet.as_manager()

    def __str__(self) -> str:
        return f"list {self.id}"

    @property
    def kept_until(self) -> datetime.date:
        return self.changed_on + LASTS
