"""How long a key is kept that opens nothing any more."""

from __future__ import annotations

import datetime

from django.utils.translation import gettext_lazy as _

from providers.models import ApiKey
from registry.site import RetentionRule

KEPT = datetime.timedelta(days=30)


def forget_ended_keys(today: datetime.date) -> int:
    return ApiKey.objects.filter(expires_on__lt=today - KEPT).delete()[0]


RULE = RetentionRule(
    name="api-keys",
    what=_("The name that you gave to a key of our API, and the day it was last used"),
    how_long=_("30 days after its last day; at once when you end it or close your account"),
    why=_("So that you can see which of your programs has stopped working, and why"),
    purge=forget_ended_keys,
)
