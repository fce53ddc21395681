"""Listed services around Bath, in few words."""

import datetime

from providers.models import Credential
from tests.providers.listings.makers import (
    comes_from,
    goes_anywhere_in,
    has_space,
    listed,
    make_provider,
    make_service,
    people_come_to,
)


def one_service(council, *, miles=None, door=None, area=None, name="Ana", categories=("cooking",), **facts):
    """`holds`: kinds of credential, each with what is different about it; `space` and `hours_free` as said."""
    holds, space, hours = facts.pop("holds", {}), facts.pop("space", None), facts.pop("hours_free", None)
    service_facts = {key: facts.pop(key) for key in ("price_pence", "price_unit", "regulatory_basis") if key in facts}
    made = make_provider(council, name, **facts)
    service = make_service(made, categories=list(categories), **service_facts)
    if miles:
        comes_from(service, miles=miles)
    if door:
        people_come_to(service, *door)
    if area:
        goes_anywhere_in(service, district=area)
    if space or hours is not None:
        has_space(service, space=space or "not_known", hours_free=hours)
    for kind, changes in holds.items():
        Credential.every.create(
            **{"provider": made, "kind": kind, "holder": "provider", "starts_on": datetime.date(2026, 1, 1), **changes}
        )
    listed(made)
    return service
