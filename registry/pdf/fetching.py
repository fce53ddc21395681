"""What the PDF renderer may fetch: two fonts from a package, a drawing that the page carries, nothing else."""

from __future__ import annotations

from pathlib import Path

import font_source_sans_pro
from weasyprint.urls import URLFetcher, URLFetcherResponse

FOLDER = Path(font_source_sans_pro.__file__).parent / "files"
FONTS = {"font:regular": "SourceSansPro-Regular.ttf", "font:bold": "SourceSansPro-Bold.ttf"}

# A map, a QR code: made by us a moment ago, and written into the page itself.
DRAWING = "data:image/svg+xml;base64,"


class OnlyFonts(URLFetcher):  # type: ignore[misc]  # the library carries no types
    """Knows `font:regular`, `font:bold` and drawings written out; asking for anything else stops the rendering."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=["font", "data"], fail_on_errors=True)

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        if url.startswith(DRAWING):
            return super().fetch(url, headers)
        if url not in FONTS:
            raise ValueError(f"A PDF fetches nothing from outside: {url}")
        return URLFetcherResponse(url, (FOLDER / FONTS[url]).read_bytes(), {"Content-Type": "font/ttf"})
