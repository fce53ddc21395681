"""What was published of a requirement, as the planning and the tender of OCDS 1.1.5. Pure.

Lots, and whether they suit small and voluntary suppliers, are fields that 1.1.5 does not have. They stand here as
additional ones, named as in the standard's own extensions, which no package declares: a checker would look those up.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable

from commissioning.notices.ocds_values import Facts, last_moment, moment, money, period

# Who alone may answer, where that says nothing of whether small or voluntary suppliers can.
NOT_BY_SIZE = frozenset({"mutual", "supported"})
VOCABULARY = "nearhand-care"


def contract_period(facts: Facts) -> Facts:
    return period(facts["starts_on"], facts["ends_on"], facts["extension_months"])


def planning(facts: Facts, page: str, first_published: datetime.datetime) -> Facts:
    """Answers here are no tender, so the last moment for them is a milestone and never the period of the tender."""
    return {
        "milestones": [
            {
                "id": "answers",
                "title": "Last moment to say who could do it",
                "type": "engagement",
                "dueDate": _written(facts["closes_at"]),
            }
        ],
        "documents": [
            {
                "id": "page",
                "documentType": "plannedProcurementNotice",
                "title": facts["title"],
                "url": page,
                "datePublished": moment(first_published),
                "format": "text/html",
                "language": "en",
            }
        ],
    }


def tender(facts: Facts, ocid: str, status: str, lots: list[Facts], vocabulary: str) -> Facts:
    return {
        "id": ocid,
        "title": facts["title"],
        "description": facts["need"],
        "status": status,
        "value": money(facts["value_pence"]),
        "mainProcurementCategory": "services",
        "submissionMethodDetails": facts["formal_note"],
        "enquiryPeriod": {"endDate": _written(facts["questions_until"])},
        "awardPeriod": {"endDate": last_moment(facts["decided_on"]) if facts["decided_on"] else None},
        "contractPeriod": contract_period(facts),
        "eligibilityCriteria": _eligibility(facts),
        "awardCriteria": _criteria(facts["price_weight"]),
        "awardCriteriaDetails": _criteria_details(facts),
        "documents": _formal(facts),
        "lots": [_lot(facts, lot) for lot in lots],
        "items": [_item(lot, vocabulary) for lot in lots],
    }


def lots_of(versions: Iterable[Facts], status_of: Callable[[Facts], str]) -> list[Facts]:
    """Every lot that was ever published, as it was last, with how it stands.

    A lot that was dropped goes on being told, as cancelled: who puts releases together would keep it as open.
    """
    last: dict[int, Facts] = {}
    newest: Facts = {}
    for newest in versions:
        last |= {lot["id"]: lot for lot in newest["lots"]}
    there = {lot["id"] for lot in newest["lots"]}
    return [{**lot, "status": status_of(lot) if key in there else "cancelled"} for key, lot in sorted(last.items())]


def _lot(facts: Facts, lot: Facts) -> Facts:
    is_by_size = facts["reserved_code"] not in NOT_BY_SIZE
    return {
        "id": str(lot["id"]),
        "title": lot["title"],
        "description": _words_of(facts, lot),
        "status": lot["status"],
        "contractPeriod": contract_period(facts),
        # It is asked of a register of micro-enterprises of every form, charities and community interest companies too.
        "suitability": {"sme": True, "vcse": True} if is_by_size else {},
    }


def _words_of(facts: Facts, lot: Facts) -> str:
    asked = [one["words"] for one in facts["conditions"] if one["lot"] == lot["id"]]
    said = [lot["area"], *lot["times"], *(f"Asked: {words}" for words in asked)]
    return ". ".join(said)


def _item(lot: Facts, vocabulary: str) -> Facts:
    code = lot["category_code"]
    return {
        "id": str(lot["id"]),
        "description": lot["title"],
        "classification": {
            "scheme": VOCABULARY,
            "id": code,
            "description": lot["category"],
            "uri": f"{vocabulary}#{code}",
        },
        "quantity": lot["hours_per_week"],
        "unit": {"name": "hours a week"} if lot["hours_per_week"] else {},
        "relatedLot": str(lot["id"]),
    }


def _eligibility(facts: Facts) -> str:
    of_everyone = [one["words"] for one in facts["conditions"] if one["lot"] is None]
    return ". ".join([facts["reserved_for"], *of_everyone]).strip(". ")


def _criteria(price_weight: int | None) -> str:
    if price_weight is None:
        return ""
    return {0: "qualityOnly", 100: "priceOnly"}.get(price_weight, "ratedCriteria")


def _criteria_details(facts: Facts) -> str:
    if facts["price_weight"] is None:
        return ""
    asked = [f"{one['weight']} %: {one['text']}" for one in facts["questions"]]
    return "\n".join([f"{facts['price_weight']} %: price", *asked])


def _formal(facts: Facts) -> list[Facts]:
    """The page of the formal tender, once there is one: it runs elsewhere."""
    if not facts["formal_url"]:
        return []
    return [{"id": "formal", "documentType": "tenderNotice", "url": facts["formal_url"], "title": facts["title"]}]


def _written(at: str | None) -> str | None:
    return moment(datetime.datetime.fromisoformat(at)) if at else None
