"""A published requirement as OCDS 1.1.5: a release for each thing that happened to it, and a record of them. Pure.

A release tells the whole as it was after that, from what was frozen then. So its bytes follow from its id.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from commissioning.notices.ocds_awards import (
    AWARDED,
    NONE_SUITABLE,
    STOPPED,
    Outcome,
    award,
    contract,
    suppliers,
)
from commissioning.notices.ocds_tender import contract_period, lots_of, planning, tender
from commissioning.notices.ocds_values import Facts, moment, only_told

VERSION = "1.1"
LICENCE = "http://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
WAS_STOPPED, WAS_TOLD = "stopped", "outcome"
SOUNDING = "sounding"
LOT_STATUS = {AWARDED: "complete", NONE_SUITABLE: "unsuccessful", STOPPED: "cancelled"}


@dataclass(frozen=True)
class Version:
    number: int
    at: datetime.datetime
    facts: Facts


@dataclass(frozen=True)
class Process:
    """One published requirement with all that came of it. `page` and `vocabulary` are addresses for people."""

    ocid: str
    page: str
    vocabulary: str
    versions: tuple[Version, ...]
    stopped_at: datetime.datetime | None = None
    told_at: datetime.datetime | None = None
    outcomes: tuple[Outcome, ...] = ()


@dataclass(frozen=True)
class State:
    """How it stood after one step: after a version, after it was stopped, after all were told what came of it."""

    process: Process
    at: datetime.datetime
    step: str
    versions: tuple[Version, ...]
    is_stopped: bool
    outcomes: tuple[Outcome, ...]

    @property
    def facts(self) -> Facts:
        return self.versions[-1].facts

    @property
    def has_tender(self) -> bool:
        """Whether a formal tender has been named, now or before."""
        return any(version.facts["formal_url"] for version in self.versions)

    @property
    def is_first_tender(self) -> bool:
        return self.has_tender and not any(version.facts["formal_url"] for version in self.versions[:-1])


def states(process: Process) -> list[State]:
    """In the order in which they came."""
    steps = [(one.at, 0, one.number, str(one.number)) for one in process.versions]
    steps += [(process.stopped_at, 1, 0, WAS_STOPPED)] if process.stopped_at else []
    steps += [(process.told_at, 2, 0, WAS_TOLD)] if process.told_at else []
    steps.sort()
    found = []
    for at, rank, number, name in steps:
        come = {step[3] for step in steps if step[:3] <= (at, rank, number)}
        found.append(
            State(
                process=process,
                at=at,
                step=name,
                versions=tuple(one for one in process.versions if str(one.number) in come),
                is_stopped=WAS_STOPPED in come,
                outcomes=process.outcomes if WAS_TOLD in come else (),
            )
        )
    return found


def release_id(ocid: str, step: str) -> str:
    return f"{ocid}-{step}"


def release(state: State) -> Facts:
    facts, ocid = state.facts, state.process.ocid
    council = {"id": facts["council"]["code"], "name": facts["council"]["name"]}
    status, awarded = _status(state), _awarded(state)
    outcomes = {one.lot: one for one in state.outcomes}
    lots = lots_of(
        (version.facts for version in state.versions),
        lambda lot: LOT_STATUS[outcomes[lot["id"]].kind] if lot["id"] in outcomes else status,
    )
    titles, span = {lot["id"]: lot["title"] for lot in lots}, contract_period(facts)
    told_tender = tender(facts, ocid, status, lots, state.process.vocabulary)
    buys = _council_buys(facts)
    told: Facts = only_told(
        {
            "ocid": ocid,
            "id": release_id(ocid, state.step),
            "date": moment(state.at),
            "tag": _tags(state),
            "initiationType": "tender",
            "language": "en",
            "parties": [_council(facts, buys), *suppliers(awarded)],
            "buyer": council if buys else {},
            "planning": planning(facts, state.process.page, state.process.versions[0].at),
            "tender": {**told_tender, "procuringEntity": {} if buys else council},
            "awards": [award(one, titles[one.lot], span) for one in state.outcomes if one.kind != STOPPED],
            "contracts": [contract(one, titles[one.lot], span) for one in awarded],
        }
    )
    return told


def record(process: Process) -> Facts:
    """Every release, the oldest first, and how it stands now. Each release is whole, so the last one is that."""
    releases = [release(state) for state in states(process)]
    newest = releases[-1]
    compiled = {**newest, "id": release_id(process.ocid, newest["date"]), "tag": ["compiled"]}
    return {"ocid": process.ocid, "releases": releases, "compiledRelease": compiled}


def package(*, uri: str, site: str, policy: str, contents: Facts, links: Facts) -> Facts:
    """Releases or records under their name in `contents`. It was published when the newest of them was."""
    return {
        "uri": uri,
        "version": VERSION,
        "extensions": [],
        "publishedDate": max(_dates(contents)),
        "publisher": {"name": "Nearhand", "uri": site},
        "license": LICENCE,
        "publicationPolicy": policy,
        **contents,
        **({"links": links} if links else {}),
    }


def _dates(contents: Facts) -> Iterable[str]:
    for one in contents.get("releases") or [each["compiledRelease"] for each in contents["records"]]:
        yield one["date"]


def _awarded(state: State) -> list[Outcome]:
    return [one for one in state.outcomes if one.kind == AWARDED]


def _status(state: State) -> str:
    """Of the tender as a whole: what came of its best lot."""
    kinds = {one.kind for one in state.outcomes}
    for kind in (AWARDED, NONE_SUITABLE, STOPPED):
        if kind in kinds:
            return LOT_STATUS[kind]
    if state.is_stopped:
        return "cancelled"
    if state.facts["formal_url"]:
        return "active"
    return "planning" if state.facts["kind"] == SOUNDING else "planned"


def _tags(state: State) -> list[str]:
    if state.step == WAS_TOLD and _awarded(state):
        return ["award", "contract"]
    if state.step == WAS_STOPPED and state.has_tender:
        return ["tenderCancellation"]
    is_version = state.step not in (WAS_STOPPED, WAS_TOLD)
    if is_version and state.is_first_tender and not state.outcomes:
        return ["tender"]
    if state.has_tender:
        return ["tenderUpdate"]
    return ["planning"] if len(state.versions) == 1 and is_version else ["planningUpdate"]


def _council_buys(facts: Facts) -> bool:
    return all(lot["terms"]["council_buys"] for lot in facts["lots"])


def _council(facts: Facts, buys: bool) -> Facts:
    """Where people buy for themselves the council tells of it, and is not the buyer."""
    council = facts["council"]
    return {
        "id": council["code"],
        "name": council["name"],
        "address": {"region": council["nation"], "countryName": "United Kingdom"},
        "roles": ["buyer"] if buys else ["procuringEntity"],
    }
