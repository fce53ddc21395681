"""The two forms of the file, each made while it is sent: JSON, and a zip of CSV files."""

from __future__ import annotations

import csv
import datetime
import io
import json
import zipfile
from collections.abc import Iterator

from providers.models import Provider
from providers.own_data.collecting import People, keys, rows
from providers.own_data.parts import PARTS, Part
from providers.own_data.rules import cell

# Raised when a part or a key goes or changes its meaning; new ones may come at any time.
FORMAT = {"format": "nearhand-own-data", "version": 1}
NOT_IN_IT = (
    "The files themselves (open each by its link while you are signed in), notes that a council's staff wrote for "
    "themselves, and what your customers said in confidence: ask your council for those. Messages that we sent you are "
    "kept for a week and are not in it."
)


def as_json(provider: Provider, now: datetime.datetime) -> Iterator[str]:
    """One object: what each key means, then each part as a list."""
    people = People(provider)
    head = {**FORMAT, "made_at": now.isoformat(), "not_in_it": NOT_IN_IT, "what_it_means": _meanings()}
    yield json.dumps(head, ensure_ascii=False, indent=1)[:-2]
    for part in PARTS:
        yield f",\n {json.dumps(part.name)}: ["
        for number, row in enumerate(rows(part, provider, people)):
            yield (",\n  " if number else "\n  ") + json.dumps(row, ensure_ascii=False)
        yield "\n ]"
    yield "\n}\n"


def as_zip(provider: Provider, now: datetime.datetime) -> Iterator[bytes]:
    """A CSV file for each part, and one that says what each column means."""
    people = People(provider)
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(_entry("README.txt", now), f"{NOT_IN_IT}\n\n{_meanings_in_words()}")
        yield pipe.taken()
        for part in PARTS:
            archive.writestr(_entry(f"{part.name}.csv", now), _csv(part, provider, people))
            yield pipe.taken()
    yield pipe.taken()


def _entry(name: str, now: datetime.datetime) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, (now.year, now.month, now.day, now.hour, now.minute, now.second))
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _csv(part: Part, provider: Provider, people: People) -> bytes:
    out = io.StringIO(newline="")
    names = list(keys(part))
    writer = csv.writer(out)
    writer.writerow(names)
    for row in rows(part, provider, people):
        writer.writerow([cell(row[name]) for name in names])
    # The mark at the start tells spreadsheets that it is UTF-8.
    return out.getvalue().encode("utf-8-sig")


def _meanings() -> dict[str, dict[str, object]]:
    return {part.name: {"what": str(part.what), "keys": keys(part)} for part in PARTS}


def _meanings_in_words() -> str:
    lines = []
    for part in PARTS:
        lines += ["", f"{part.name}.csv: {part.what}", *(f"  {key}: {words}" for key, words in keys(part).items())]
    return "\n".join(lines) + "\n"


class _Pipe(io.RawIOBase):
    """What the archive writes, handed on as it comes: nothing of it is kept."""

    def __init__(self) -> None:
        self._written = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]  # the archive hands over nothing but bytes
        self._written += data
        return len(data)

    def taken(self) -> bytes:
        taken = bytes(self._written)
        self._written.clear()
        return taken
