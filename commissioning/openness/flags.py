"""Where the law of the nation limits a condition: its dated rows, with section and source (rule 8)."""

from __future__ import annotations

from commissioning.law.governing import Governing
from commissioning.law.rules import BELOW, Route
from commissioning.models import Condition, Law
from commissioning.models.condition import Beyond, ByWhen
from providers.credentials.kinds import KINDS

# Where the Procurement Act governs. Outside England none of its rows exist, whatever the route.
BOUGHT_UNDER_THE_ACT = BELOW | {Route.LIGHT_TOUCH, Route.DYNAMIC_MARKET, Route.USER_CHOICE}
# Nobody can come by these between answering and the start, so they weigh who answers whenever they are asked.
STANDING = frozenset({Beyond.AUDITED_ACCOUNTS, Beyond.YEARS_TRADING, Beyond.TURNOVER})


def limits(condition: Condition, law: Governing) -> list[Law]:
    """The rows that limit what is asked; none where there is no limit, or where the Act does not govern."""
    return law.chosen(*limiting(condition, law)) if law.route in BOUGHT_UNDER_THE_ACT else []


def limiting(condition: Condition, law: Governing) -> list[str]:
    kind, when_answering = KINDS.get(condition.kind), condition.by_when == ByWhen.ANSWER
    keys = []
    if kind and kind.family == "insurance" and when_answering:
        keys.append("insurance")
    if condition.kind == Beyond.AUDITED_ACCOUNTS:
        keys.append("accounts")
    if law.is_below and condition.kind != Beyond.ALL_LOTS and (when_answering or condition.kind in STANDING):
        keys.append("suitability-below")
    return keys


def limit_words(row: Law) -> str:
    return f"{row.wording} ({row.citation})" if row.citation else row.wording
