"""The answer that is sent: the draft, and beside it what the register says of each on that day, frozen."""

from __future__ import annotations

import datetime
from typing import Any

from commissioning.models import Interest, Opportunity
from commissioning.opportunities import rules
from commissioning.opportunities.drawn import business_facts, drawn, lot_answer
from providers.models import Provider

FORMAT = 1


def facts_of(opportunity: Opportunity) -> dict[str, Any]:
    """What the public reads today."""
    facts: dict[str, Any] = opportunity.versions.latest("number").facts
    return facts


def answer_of(
    interest: Interest, members: list[Provider], facts: dict[str, Any], today: datetime.date
) -> dict[str, Any]:
    """All that the council is given. What the register says of a business needs no typing, and is dated."""
    draft = interest.draft
    chosen = [lot for lot in facts["lots"] if lot["id"] in set(draft.get("lots", []))]
    standings = drawn(members, chosen, today)
    return {
        "format": FORMAT,
        "drawn_on": today.isoformat(),
        "team": interest.team.name if interest.team else "",
        "team_form": interest.team.get_form_display() if interest.team else "",
        "members": [business_facts(one) for one in members],
        "lots": [
            {
                "id": lot["id"],
                "number": lot["number"],
                "title": lot["title"],
                "by": [
                    lot_answer(
                        standings[lot["id"], one.pk.hex],
                        rules.hours_of(draft, lot["id"]).get(one.pk.hex),
                        draft.get("will", []),
                    )
                    for one in members
                ],
            }
            for lot in chosen
        ],
        "questions": [
            {**one, "answer": draft.get("answers", {}).get(str(one["number"]), "")} for one in facts["questions"]
        ],
        "remarks": draft.get("remarks", ""),
    }


def name_of(answer: dict[str, Any]) -> str:
    """Who answered, in one line: the team's name, or the business's."""
    return str(answer["team"] or answer["members"][0]["name"])
