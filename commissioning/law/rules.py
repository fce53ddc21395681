"""The route a requirement takes under the law of its nation, worked out from value and buyer. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

NOTIFIABLE = "notifiable"
LIGHT_TOUCH = "light-touch"
GOODS_AND_SERVICES = "goods-and-services"


class Route(StrEnum):
    NOT_A_PROCUREMENT = "not_a_procurement"
    PROVIDER_SELECTION = "provider_selection"
    BELOW_NOTIFIABLE = "below_notifiable"
    BELOW_THRESHOLD = "below_threshold"
    USER_CHOICE = "user_choice"
    DYNAMIC_MARKET = "dynamic_market"
    LIGHT_TOUCH = "light_touch"
    NOT_COVERED = "not_covered"


BELOW = frozenset({Route.BELOW_NOTIFIABLE, Route.BELOW_THRESHOLD})
# Ways of buying that have a route of their own from the light-touch threshold up; below it they are the council's own.
ABOVE = {"user_choice": Route.USER_CHOICE, "dynamic_market": Route.DYNAMIC_MARKET}

RESERVED_BELOW = ("nobody", "local", "local_small", "uk_small")
RESERVED_ABOVE = ("nobody", "mutual", "supported")


def route(
    value_pence: int,
    council_buys: bool,
    thresholds: Mapping[str, int],
    *,
    way: str = "undecided",
    is_health_care: bool = False,
) -> Route:
    """The route for an estimated value including VAT and every extension, in pence.

    `thresholds` are the sums of the nation in force on the day, by key (Procurement Act 2023 ss.84-87 and the
    light-touch threshold, for England); an empty mapping is a nation whose law the product does not cover. Regulated
    health care goes by the Health Care Services (Provider Selection Regime) Regulations 2023, whatever its value.
    """
    if not council_buys:
        return Route.NOT_A_PROCUREMENT
    if not {NOTIFIABLE, LIGHT_TOUCH} <= thresholds.keys():
        return Route.NOT_COVERED
    if is_health_care:
        return Route.PROVIDER_SELECTION
    if value_pence < thresholds[NOTIFIABLE]:
        return Route.BELOW_NOTIFIABLE
    if value_pence < thresholds[LIGHT_TOUCH]:
        return Route.BELOW_THRESHOLD
    return ABOVE.get(way, Route.LIGHT_TOUCH)


def may_be_reserved_for(found: Route) -> tuple[str, ...]:
    """To whom alone a competition on this route may be open; "nobody" is always among them.

    Below the threshold by the Local Government (Exclusion of Non-commercial Considerations) (England) Order 2026; from
    it up by Procurement Act 2023 ss.32-33. A direct award and the selection of health care know no such competition.
    """
    if found in BELOW:
        return RESERVED_BELOW
    return RESERVED_ABOVE if found in {Route.LIGHT_TOUCH, Route.DYNAMIC_MARKET} else ("nobody",)
