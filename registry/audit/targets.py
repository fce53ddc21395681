"""What a line of the audit is about, in words, looked up when it is read.

The stored line holds an id and nothing else (rule 15): the name is today's, and is gone when its row is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from registry.models import AuditEvent

Namer = Callable[[set[str]], Mapping[str, str]]
"""From ids to words, for those that still exist, in one query."""

PROVIDER = "providers.provider"
_namers: dict[str, Namer] = {}


def register(namers: Mapping[str, Namer]) -> None:
    """Add the namers of an app's kinds of row: `{"commissioning.requirement": titles}`."""
    _namers.update(namers)


def named(events: Iterable[AuditEvent]) -> list[tuple[AuditEvent, str]]:
    """Each line with the words for what it is about; a line about a provider's papers is about the provider."""
    lines = [(event, *subject(event)) for event in events]
    wanted: dict[str, set[str]] = {}
    for _event, kind, key in lines:
        wanted.setdefault(kind, set()).add(key)
    names = {kind: namer(wanted[kind]) for kind, namer in _namers.items() if kind in wanted}
    return [(event, names.get(kind, {}).get(key, "")) for event, kind, key in lines]


def subject(event: AuditEvent) -> tuple[str, str]:
    if event.provider_id is not None:
        return PROVIDER, str(event.provider_id)
    return event.target_kind, event.target_id
