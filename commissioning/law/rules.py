"""The route a requirement takes under the law of its nation, worked out from value and buyer. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

NOTIFIABLE = "notifiable"
LIGHT_TOUCH = "light-touch"


class Route(StrEnum):
    NOT_A_PROCUREMENT = "not_a_procurement"
    BELOW_NOTIFIABLE = "below_notifiable"
    BELOW_THRESHOLD = "below_threshold"
    LIGHT_TOUCH = "light_touch"
    NOT_COVERED = "not_covered"


def route(value_pence: int, council_buys: bool, thresholds: Mapping[str, int]) -> Route:
    """The route for an estimated value including VAT, in pence.

    `thresholds` are the sums of the nation in force on the day, by key (Procurement Act 2023 ss.84-87 and the
    light-touch threshold, for England); an empty mapping is a nation whose law the product does not cover.
    """
    if not council_buys:
        return Route.NOT_A_PROCUREMENT
    if not {NOTIFIABLE, LIGHT_TOUCH} <= thresholds.keys():
        return Route.NOT_COVERED
    if value_pence < thresholds[NOTIFIABLE]:
        return Route.BELOW_NOTIFIABLE
    if value_pence < thresholds[LIGHT_TOUCH]:
        return Route.BELOW_THRESHOLD
    return Route.LIGHT_TOUCH
