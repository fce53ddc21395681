"""QR codes, drawn here: for paper, and for whoever points a telephone at a screen."""

from __future__ import annotations

import io

import segno

# Modules of the drawing that stay white around a code: less, and some telephones do not see it.
QUIET = 4


def qr_svg(address: str) -> str:
    out = io.BytesIO()
    # Q: readable with a quarter of it covered or worn away, as on a notice board.
    segno.make(address, error="q", micro=False).save(out, kind="svg", border=QUIET, scale=10, xmldecl=False)
    return out.getvalue().decode()


def qr_png(address: str) -> bytes:
    out = io.BytesIO()
    segno.make(address, error="q", micro=False).save(out, kind="png", border=QUIET, scale=20)
    return out.getvalue()
