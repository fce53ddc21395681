"""Rows of a feed from wherever it lies: a file, a folder of files, an address. One at a time, whatever the length."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import ijson

from providers.open_referral.fetching import Fetcher, is_address
from providers.open_referral.packages import is_package, package_rows
from providers.open_referral.shapes import ORGANISATIONS, SERVICES, services_in

LINES = frozenset({".ndjson", ".jsonl"})
STARTS = frozenset({"", *SERVICES, *ORGANISATIONS})
TOO_DEEP = 4


class CannotRead(Exception):
    """Why there is nothing to import, in a sentence for whoever typed the command."""


def rows_of(source: str, fetcher: Fetcher | None = None) -> Iterator[Any]:
    """Every service of the source, organisations opened up. Raises CannotRead before the first row or in its place."""
    if is_address(source):
        return itertools.chain.from_iterable(map(services_in, (fetcher or Fetcher()).rows(source)))
    path = Path(source)
    if path.is_dir():
        return _of_folder(path)
    return _of_file(path)


def _of_folder(folder: Path) -> Iterator[Any]:
    if is_package(folder):
        yield from package_rows(folder)
        return
    kept = {".json", *LINES}
    files = sorted(file for file in folder.rglob("*") if file.suffix.lower() in kept and file.is_file())
    if not files:
        raise CannotRead(f"{folder} holds no .json, .ndjson or .jsonl file, and no table of services.")
    for file in files:
        yield from _of_file(file)


def _of_file(file: Path) -> Iterator[Any]:
    try:
        with file.open("rb") as opened:
            yield from _of_stream(file, opened)
    except OSError as error:
        raise CannotRead(f"{file} cannot be read: {error.strerror}.") from error
    except (ijson.JSONError, UnicodeDecodeError, OverflowError, RecursionError) as error:
        raise CannotRead(
            f"{file} is not JSON in UTF-8, or breaks off in the middle. What came before is in."
        ) from error


def _of_stream(file: Path, opened: BinaryIO) -> Iterator[Any]:
    if opened.read(3) != b"\xef\xbb\xbf":
        opened.seek(0)
    start = opened.tell()
    if file.suffix.lower() in LINES:
        elements = ijson.items(opened, "", multiple_values=True, use_float=True)
    else:
        where = _where_the_list_is(file, opened)
        opened.seek(start)
        elements = ijson.items(opened, where, use_float=True)
    for element in elements:
        yield from services_in(element)


def _where_the_list_is(file: Path, opened: BinaryIO) -> str:
    """The path of the rows in ijson's terms: `item` of a plain list, `contents.item` of a page, "" of one service."""
    keys: set[str] = set()
    for prefix, kind, value in ijson.parse(opened, use_float=True):
        if kind == "start_array" and prefix in STARTS:
            is_organisation = prefix == "services" and "name" in keys
            return "" if is_organisation else f"{prefix}.item" if prefix else "item"
        if kind == "map_key" and not prefix:
            keys.add(value)
    if {"id", "name"} <= keys:
        return ""
    raise CannotRead(f"{file} is not a page of Open Referral UK: it has no list called contents.")
