"""The one-page flyer of a provider: what the approved version says, and what councils had seen on the day it is made.

It is one page whatever people wrote. The page is laid out with all there is to say, then with less and less, until
it fits; the page on the screen says what the paper says.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from providers.credentials.wording import day
from providers.finding import wording
from providers.finding.checks import checks_of
from providers.finding.short_address import short_address, spoken
from providers.models import Provider, Version
from providers.showing.rules import in_short, shortened
from registry.pdf.qr import qr_svg
from registry.pdf.render import pages_of, pdf_from, written_out

TEMPLATE = "showing/flyer_pdf.html"
# The paper, and how many points its text has: the two have one shape.
SIZES = {"a4": ("A4", 12.2), "a5": ("A5", 8.9)}


@dataclass(frozen=True)
class Amount:
    """How much is said (letters of a text, how many of a kind) and how large: where there is room, text grows."""

    larger: float
    name: int
    about: int
    services: int
    text: int
    ways: int
    checks: int


AMOUNTS = [
    Amount(larger=1.35, name=120, about=240, services=4, text=260, ways=3, checks=6),
    Amount(larger=1.15, name=120, about=240, services=4, text=260, ways=3, checks=6),
    Amount(larger=1, name=120, about=240, services=4, text=260, ways=3, checks=6),
    Amount(larger=1, name=120, about=120, services=4, text=140, ways=2, checks=5),
    Amount(larger=1, name=80, about=80, services=3, text=70, ways=1, checks=3),
    Amount(larger=1, name=50, about=0, services=2, text=0, ways=1, checks=2),
]


def newest_public(provider: Provider) -> Version | None:
    """What the public may read of a provider today, if anything."""
    return (
        Version.objects.select_related("provider").filter(provider__in=Provider.listed.filter(pk=provider.pk)).first()
    )


def flyer(version: Version, today: datetime.date) -> dict[str, Any]:
    """All that the flyer says, in the largest amount that stays on one page of the smallest size."""
    return next(said for said in _shorter_and_shorter(version, today) if said["fits"])


def flyer_pdf(said: dict[str, Any], size: str) -> bytes:
    return pdf_from(TEMPLATE, _on_paper(said, size))


def _shorter_and_shorter(version: Version, today: datetime.date) -> Any:
    checks = checks_of([version.provider_id], today)[version.provider_id].current
    for amount in AMOUNTS:
        said = _said(version, checks, today, amount)
        # The last one says so little that there is nothing to wait for.
        said["fits"] = amount is AMOUNTS[-1] or all(pages_of(TEMPLATE, _on_paper(said, size)) == 1 for size in SIZES)
        yield said


def _on_paper(said: dict[str, Any], size: str) -> dict[str, Any]:
    paper, points = SIZES[size]
    return {"flyer": said, "paper": paper, "letter": f"{points * said['larger']:.2f}pt"}


def _said(version: Version, checks: list[str], today: datetime.date, amount: Amount) -> dict[str, Any]:
    content, address = version.content, short_address(version.provider.short_code)
    services = content["services"]
    return {
        "larger": amount.larger,
        "name": shortened(content["name"], amount.name),
        "about": in_short(content["about"], amount.about),
        "is_invented": content["is_invented"],
        "services": [_service(service, amount) for service in services[: amount.services]],
        "more_services": _more_services(len(services) - amount.services),
        "phone": content["phone"],
        "email": shortened(content["email"], 60),
        "address": spoken(address),
        "qr": written_out(qr_svg(address)),
        "checks": [shortened(check, 200) for check in checks[: amount.checks]],
        "more_checks": _more_checks(len(checks) - amount.checks),
        "as_of": day(today),
    }


def _service(service: dict[str, Any], amount: Amount) -> dict[str, str]:
    ways = [wording.where(way) for way in service["coverage"]]
    where = "; ".join(ways[: amount.ways])
    if len(ways) > amount.ways:
        where = _("%(where)s; and elsewhere") % {"where": where}
    return {
        "name": shortened(service["name"], amount.name),
        "text": in_short(service["description"], amount.text),
        "where": shortened(where, 180),
        "price": wording.price(service) or _("Ask about the price"),
    }


def _more_services(number: int) -> str:
    if number < 1:
        return ""
    return ngettext("And %(number)d more service.", "And %(number)d more services.", number) % {"number": number}


def _more_checks(number: int) -> str:
    if number < 1:
        return ""
    return ngettext("And %(number)d more.", "And %(number)d more.", number) % {"number": number}
