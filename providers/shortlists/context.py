"""What every page may ask about this device's list, such as a card that says "On your list"."""

from __future__ import annotations

from functools import cached_property

from django.http import HttpRequest
from django.utils import timezone

from providers.shortlists.links import list_of_device


def device_list(request: HttpRequest) -> dict[str, DeviceList]:
    return {"device_list": DeviceList(request)}


class DeviceList:
    """Asks the database only when a page wants to know, and only where the device remembers a list."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @cached_property
    def services(self) -> frozenset[str]:
        kept = list_of_device(self.request, timezone.localdate())
        ids = kept.kept.still_on().values_list("service_id", flat=True) if kept else []
        return frozenset(map(str, ids))
