"""Run as a program of its own: a PDF on standard input, one page of it as a PNG on standard output.

It imports nothing of this site, and asks the system to hold it to little memory and time before it reads a byte.
"""

from __future__ import annotations

import resource
import sys
from io import BytesIO

import pypdfium2

MEMORY_BYTES = 1_500_000_000
SECONDS = 5
# The longer side, in dots: enough to read a policy number, little enough to send.
SIDE = 1600


def draw(content: bytes, number: int) -> bytes:
    with pypdfium2.PdfDocument(content) as pdf:
        page = pdf[number - 1]
        picture = page.render(scale=SIDE / max(*page.get_size(), 1), may_draw_forms=False).to_pil()
        out = BytesIO()
        picture.convert("RGB").save(out, "PNG")
        return out.getvalue()


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    sys.stdout.buffer.write(draw(sys.stdin.buffer.read(), int(sys.argv[1])))
