"""What the base template needs on every page."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from registry import site


def header(request: HttpRequest) -> dict[str, Any]:
    return {
        "header_links": LinksOnDemand(request),
        "footer_links": site.footer_links(),
        "is_demonstration": settings.DEMO,
    }


class LinksOnDemand:
    """The header's links, worked out only when a template walks them: feeds and tables ask for no page at all."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def __iter__(self) -> Any:
        for link in site.header_links(self.request):
            address = reverse(link.url_name)
            yield {"words": link.words, "address": address, "is_current": self.request.path == address}
