"""A pasted list of postcodes, as the districts they are in: the only part of them that is kept, or goes anywhere."""

from __future__ import annotations

import re
from dataclasses import dataclass

from registry.models import Outcode, Postcode
from registry.places.rules import Written, read

BETWEEN = re.compile(r"[,;|\t\r\n]+")
# Postcodes with nothing but spaces between them.
WHOLE = re.compile(r"[A-Za-z]{1,2}[0-9][0-9A-Za-z]?\s*[0-9][A-Za-z]{2}")


@dataclass(frozen=True)
class Pasted:
    """First halves of what was understood, in order and each once; and what was not, as it was typed."""

    outcodes: tuple[str, ...]
    strange: tuple[str, ...]


def read_postcodes(text: str) -> Pasted:
    """Two queries, however many were pasted. A postcode that the national list does not hold is not understood."""
    typed = {piece: read(piece) for piece in pieces_of(text)}
    written = [one for one in typed.values() if one]
    postcodes = Postcode.objects.filter(pk__in=[one.code for one in written if one.inward])
    known = set(postcodes.values_list("pk", flat=True))
    outcodes = Outcode.objects.filter(pk__in=[one.outward for one in written])
    halves = set(outcodes.values_list("pk", flat=True))

    def is_known(one: Written | None) -> bool:
        return one is not None and one.outward in halves and (not one.inward or one.code in known)

    understood = dict.fromkeys(one.outward for one in written if is_known(one))
    return Pasted(tuple(understood), tuple(piece for piece, one in typed.items() if not is_known(one)))


def pieces_of(text: str) -> list[str]:
    """Each once. Lines, commas and semicolons part them; so do spaces, where whole postcodes follow one another."""
    pieces: list[str] = []
    for line in BETWEEN.split(text):
        whole = WHOLE.findall(line)
        is_row = len(whole) > 1 and not WHOLE.sub("", line).strip()
        pieces += whole if is_row else [" ".join(line.split())]
    return list(dict.fromkeys(filter(None, pieces)))
