"""The pages of a stored PDF as pictures, so that a checker sees a certificate without downloading it.

PDF readers have holes, and this one reads what strangers sent: it draws in a process of its own, with no database, no
settings, little memory and little time. A page that cannot be drawn is no fault: the file itself can still be opened.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import BinaryIO, cast

import pikepdf
from django.core.files.base import File

from providers.credentials.evidence import PDF
from providers.models import Evidence

MOST_PAGES = 6
PATIENCE_SECONDS = 10
PROGRAM = Path(__file__).with_name("draw_page.py")


def pages_of(stored: Evidence) -> range:
    """The numbers of the pages to show of a PDF, from 1; the rest are in the file."""
    if stored.content_type != PDF:
        return range(0)
    try:
        with stored.file.open("rb") as content, _opened(content) as pdf:
            return range(1, min(len(pdf.pages), MOST_PAGES) + 1)
    except (FileNotFoundError, pikepdf.PdfError):
        return range(0)


def _opened(content: File[bytes]) -> pikepdf.Pdf:
    return pikepdf.open(cast(BinaryIO, content), suppress_warnings=True)


def drawn(content: bytes, number: int) -> bytes | None:
    """One page as a PNG; None where there is no such page or it cannot be drawn."""
    if number not in range(1, MOST_PAGES + 1):
        return None
    try:
        # Isolated: neither the environment nor the working folder can lend it a module.
        done = subprocess.run(
            [sys.executable, "-I", str(PROGRAM), str(number)],
            input=content,
            capture_output=True,
            timeout=PATIENCE_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return None
    return done.stdout if done.returncode == 0 else None
