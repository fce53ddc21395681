from __future__ import annotations

from django.conf import settings
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView

from registry.access.limits import seconds_to_wait, seconds_to_wait_for
from registry.models import User

# Who can be asked may ask more often: a person is known, an address may be a whole library's.
MORE_WITH_A_KEY = 5
# An address tells the shared count only each so many times, so that a single search waits for no count.
TOLD_EACH = 20


class PerAsker(BaseThrottle):
    """So many in a minute for an address; for a person, wherever they ask from."""

    def __init__(self) -> None:
        self.waits = 0

    def allow_request(self, request: Request, view: APIView) -> bool:
        most: int = settings.API_REQUESTS_A_MINUTE
        if not most:
            return True
        user = request.user if isinstance(request.user, User) else None
        each = min(TOLD_EACH, most)
        if user:
            self.waits = seconds_to_wait_for(f"user {user.pk}", "api", most=most * MORE_WITH_A_KEY, told_each=each)
        else:
            self.waits = seconds_to_wait(request._request, "api", most=most, told_each=each)
        return not self.waits

    def wait(self) -> float | None:
        return float(self.waits) or None
