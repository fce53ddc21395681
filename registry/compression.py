"""Pages and data are sent compressed. Pictures and PDFs are so already, and keep their length and their parts."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

READS_AS_TEXT = (
    "text/",
    "application/json",
    "application/problem+json",
    "application/geo+json",
    "application/x-ndjson",
    "application/vnd.oai.openapi",
    "image/svg+xml",
)


class CompressTextMiddleware(GZipMiddleware):
    """A page that says back what was typed and holds a secret could be guessed at by its length (BREACH).

    Django adds a random number of bytes to each compressed page, and writes the only secret that our forms hold, the
    CSRF token, differently each time.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if not str(response.get("Content-Type", "")).startswith(READS_AS_TEXT):
            return response
        return super().process_response(request, response)
