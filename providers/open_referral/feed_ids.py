"""The UUIDs of the feed: the same in every answer, on every machine, for as long as what they name is the same."""

from __future__ import annotations

from uuid import UUID, uuid5

NAMESPACE = UUID("5b1e9a52-7f0c-4d43-9c56-0f6a8e2b7d11")
# A service has at most one place that people come to, so its link and its location have no key of their own. These turn
# the service's id into theirs and back, without a table; the digits that say "version 4" are left as they are.
LINK = UUID("5e1f3a77-9c04-0b6d-1a2e-64d7c80f93b5")
LOCATION = UUID("c27d08e1-46b9-03fa-2d51-9e80b37a1c4f")


def made_from(*key: str) -> str:
    return str(uuid5(NAMESPACE, "\x1f".join(key)))


def turned(id: UUID, into: UUID) -> UUID:
    """The link's or location's id of a service; of such an id, the service's."""
    return UUID(int=id.int ^ into.int)
