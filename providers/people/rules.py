"""Who may go and who must stay, without a database."""

from __future__ import annotations

from collections.abc import Mapping

OWNER = "owner"


def is_last_owner(person: int, roles: Mapping[int, str]) -> bool:
    """Whether nobody else owns the provider; `roles` are today's, by person."""
    others = {other for other, role in roles.items() if role == OWNER and other != person}
    return roles.get(person) == OWNER and not others


def may_hand_over_to(person: int, roles: Mapping[int, str]) -> list[int]:
    """Those who could become the owner: everybody else who already helps and does not own it yet."""
    return [other for other, role in roles.items() if other != person and role != OWNER]
