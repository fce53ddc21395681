"""The kinds of credential a council may ask for, read from `data/kinds.toml` and refused if they make no sense.

The months are what councils and trainers use in practice, not law; each council sets its own (CheckPolicy). A DBS
check is none of these: it has a table of its own that has no room for what was on it (rule 1).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from providers.models.credential import Edition, Holder

Family = Literal["insurance", "training", "registration", "policy", "membership", "reference"]
Asked = Literal["issuer", "reference", "amount", "cover_per", "level", "standards", "held_by", "start", "end"]
SeenAs = Literal["certificate", "document", "entry", "answers"]
Sureness = Literal["official", "reported"]

DATA = Path(__file__).parent / "data" / "kinds.toml"
DBS_POLICY = "dbs"
DBS_RENEWAL_MONTHS = 36
LONGEST_RENEWAL = 120
LONGEST_LEVEL = 40
REFERENCES = "references"


class BadKindsError(ValueError):
    """The data of the kinds makes no sense; the message says which and why."""


@dataclass(frozen=True)
class Question:
    """What is asked, with an example answer, and what to say when a needed answer is missing."""

    label: Any
    hint: Any
    missing: Any


@dataclass(frozen=True)
class Standard:
    """`sure`: read in the standards themselves, or as others list them."""

    number: int
    title: str | Promise
    sure: Sureness


@dataclass(frozen=True)
class Kind:
    """`must` and `may` are what is asked of whoever claims it; `renewal_months` when to renew one without a last day.

    `names_itself`: what it is in is typed, and stands in the credential's level.
    """

    code: str
    name: str | Promise
    family: Family
    holder: Holder
    must: frozenset[Asked]
    may: frozenset[Asked]
    explanation: str | Promise
    evidence: str | Promise
    seen_as: SeenAs
    questions: Mapping[str, Question]
    renewal_months: int | None = None
    asked_for_by_default: bool = False
    minimum_pence: int | None = None
    levels: tuple[str, ...] = ()
    names_itself: bool = False

    def asks(self, what: Asked) -> bool:
        return what in self.must or what in self.may

    @property
    def has_amount(self) -> bool:
        return self.asks("amount")

    @property
    def runs_out(self) -> bool:
        """Whether its paper carries a last day."""
        return "end" in self.must

    @property
    def is_claimed_by_hand(self) -> bool:
        """References are claimed when enough customers have answered."""
        return self.family != "reference"


def read(text: str) -> tuple[dict[Family, str | Promise], dict[str, Kind], dict[int, tuple[Standard, ...]]]:
    """Families by name, kinds by code and the Care Certificate's standards by edition. Raises BadKindsError."""
    data = tomllib.loads(text)
    families: dict[Family, Any] = data["families"]
    if set(families) - set(get_args(Family)):
        raise BadKindsError(f"unknown families: {sorted(set(families) - set(get_args(Family)))}")
    kinds: dict[str, Kind] = {}
    for row in data["kinds"]:
        if row["code"] in kinds:
            raise BadKindsError(f"{row['code']} is there twice")
        kinds[row["code"]] = _kind(row, families, data["questions"])
    # Words of data: a translator finds them in this file, and not by a search of the code.
    names: dict[Family, str | Promise] = {family: _(rows["name"]) for family, rows in families.items()}
    return names, kinds, {row["edition"]: _standards(row) for row in data["care_certificate"]}


def _kind(row: dict[str, Any], families: dict[Family, Any], questions: dict[str, Any]) -> Kind:
    family = families.get(row["family"])
    if family is None:
        raise BadKindsError(f"{row['code']}: no such family")
    whole = {**family, **row}
    kind = Kind(
        code=row["code"],
        name=_(row["name"]),
        family=row["family"],
        holder=whole["holder"],
        must=frozenset(whole["must"]),
        may=frozenset(whole["may"]) - frozenset(whole["must"]),
        explanation=_(row["explanation"]),
        evidence=_(whole["evidence"]),
        seen_as=whole["seen_as"],
        questions=_questions(questions, family.get("questions", {}), row.get("questions", {})),
        # No months of its own: those of its family. Nought: it does not run out by itself.
        renewal_months=whole.get("renewal_months") or None,
        asked_for_by_default=row.get("asked_for_by_default", False),
        minimum_pence=row.get("minimum_pence"),
        levels=tuple(row.get("levels", ())),
        names_itself=row.get("names_itself", False),
    )
    for fault in _faults(kind):
        raise BadKindsError(f"{kind.code}: {fault}")
    return kind


def _questions(*layers: dict[str, dict[str, str]]) -> dict[str, Question]:
    """The nearest words win: the kind's own, those of its family, those that all kinds share."""
    found: dict[str, dict[str, str]] = {}
    for layer in layers:
        found |= layer
    return {
        name: Question(_(words["label"]), _(words["hint"]) if words["hint"] else "", _(words["missing"]))
        for name, words in found.items()
    }


def _faults(kind: Kind) -> Iterator[str]:
    unknown = (kind.must | kind.may) - set(get_args(Asked))
    if unknown:
        yield f"asks for {sorted(unknown)}, which a credential has no room for"
    if DBS_POLICY in kind.code:
        yield "a DBS check is no credential"
    if kind.holder not in Holder.values:
        yield "nobody can hold it"
    if ("held_by" in kind.must) != (kind.holder == Holder.WORKERS):
        yield "how many hold it is asked of what people hold, and of nothing else"
    if "start" not in kind.must:
        yield "everything began on some day"
    if kind.seen_as not in get_args(SeenAs):
        yield "does not say how it is seen"
    if kind.renewal_months is not None and not 1 <= kind.renewal_months <= LONGEST_RENEWAL:
        yield "its months make no sense"
    if kind.minimum_pence is not None and not kind.has_amount:
        yield "a least amount, and no amount"
    yield from _faults_of_level(kind)


def _faults_of_level(kind: Kind) -> Iterator[str]:
    if kind.levels and not kind.asks("level"):
        yield "levels that nobody asks for"
    if kind.asks("level") and not kind.levels and not kind.names_itself:
        yield "a level and nothing to choose from"
    if kind.names_itself and "level" not in kind.must:
        yield "does not ask for its own name"
    if any(len(level) > LONGEST_LEVEL for level in kind.levels):
        yield "a level is too long to be stored"


def _standards(row: dict[str, Any]) -> tuple[Standard, ...]:
    standards = tuple(
        Standard(number, _(each["title"]), each["sure"]) for number, each in enumerate(row["standards"], 1)
    )
    if row["edition"] not in Edition.values:
        raise BadKindsError(f"no such edition of the Care Certificate: {row['edition']}")
    if any(standard.sure not in get_args(Sureness) for standard in standards):
        raise BadKindsError(f"the edition of {row['edition']} does not say how sure its titles are")
    return standards


FAMILY_NAMES, KINDS, STANDARDS = read(DATA.read_text(encoding="utf-8"))


def kinds_of(family: Family) -> list[Kind]:
    return [kind for kind in KINDS.values() if kind.family == family]


def name_of(code: str) -> str:
    """The plain name of a kind; a code that came with an import and is not one of ours stands for itself."""
    kind = KINDS.get(code)
    return str(kind.name) if kind else code.replace("_", " ").capitalize()
