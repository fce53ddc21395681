"""The words that invented providers are made of: trades, names, towns, and what anybody may say. Read once."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, eq=False)
class Trade:
    """One kind of work: what is sold, to whom, for how much, and the sentences people in it write."""

    code: str
    weight: int
    categories: tuple[tuple[str, ...], ...]
    groups: tuple[str, ...]
    delivery: tuple[str, ...]
    unit: str
    price: tuple[int, int]
    minutes: tuple[int, ...]
    kinds: tuple[str, ...]
    nouns: tuple[str, ...]
    childcare: bool
    lines: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Root:
    """Given and family names of one origin, and the language that comes with it, if not English."""

    weight: int
    first: tuple[str, ...]
    last: tuple[str, ...]
    language: str


@cache
def trades() -> tuple[Trade, ...]:
    """In the order of their file names and of each file, so that the same seed makes the same registry."""
    found = [_read(path) for path in sorted((DATA / "trades").glob("*.toml"))]
    return tuple(_trade(code, told) for told_of in found for code, told in told_of.items())


@cache
def shared_lines() -> Mapping[str, tuple[str, ...]]:
    lines = {key: _lines(text) for key, text in _read(DATA / "shared.toml").items()}
    return {**lines, "limits_light": lines["limits"] + lines["limits_light"]}


@cache
def customers_words() -> Mapping[str, tuple[str, ...]]:
    """What customers say: by bank of words, lines."""
    return {key: _lines(text) for key, text in _read(DATA / "customers.toml").items()}


@cache
def towns() -> Mapping[str, tuple[str, ...]]:
    """By outcode: the town people would say, then places near it."""
    return {outcode: tuple(names) for outcode, names in _read(DATA / "towns.toml").items()}


@cache
def roots() -> tuple[Root, ...]:
    found = _read(DATA / "names.toml")
    return tuple(
        Root(root["weight"], tuple(root["first"].split()), tuple(root["last"].split()), root.get("language", ""))
        for root in found.values()
        if isinstance(root, dict)
    )


@cache
def name_words() -> tuple[str, ...]:
    return tuple(str(_read(DATA / "names.toml")["words"]).split())


def _trade(code: str, told: dict[str, Any]) -> Trade:
    low, high = told["price"]
    return Trade(
        code=code,
        weight=told["weight"],
        categories=tuple(tuple(choice) for choice in told["categories"]),
        groups=tuple(told["groups"]),
        delivery=tuple(told["delivery"]),
        unit=told["unit"],
        price=(low, high),
        minutes=tuple(told["minutes"]),
        kinds=tuple(told["kinds"]),
        nouns=tuple(told["nouns"]),
        childcare=told.get("childcare", False),
        lines={key: _lines(told[key]) for key in ("services", "names", "what", "how", "detail")},
    )


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.strip().splitlines())


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))
