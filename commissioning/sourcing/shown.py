"""A field in words: what a page and a summary say of each service. JSON-safe, so that a summary can freeze it."""

from __future__ import annotations

import datetime
from typing import Any, TypedDict

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commissioning.sourcing.field import LotField, Standing
from commissioning.sourcing.rules import About, Fit
from commissioning.sourcing.sentences import money, sentence, what_was_asked
from providers.models.availability import Space
from providers.models.provider import LegalForm
from providers.models.service import PriceUnit, RegulatoryBasis

METRES_IN_A_MILE = 1609.344


class ShownService(TypedDict):
    """One service as a row: ids to find it again, words to read, and which things are met, missing and not known."""

    service_id: str
    slug: str
    version: int
    name: str
    provider: str
    legal_form: str
    size: str
    base: str
    distance: str
    price: str
    space: str
    said: list[str]
    basis: str
    source: str
    meets: list[str]
    lacks: list[str]
    unknown: list[str]


def shown_field(field: LotField) -> list[tuple[Fit, list[ShownService]]]:
    """The three groups in order: fits, not known, not yet."""
    return [(fit, [shown(one) for one in field.standing(fit)]) for fit in (Fit.FITS, Fit.NOT_KNOWN, Fit.NOT_YET)]


def shown_effects(field: LotField) -> list[dict[str, Any]]:
    """What each thing asked does to the field, in counts of services."""
    return [
        {
            "asked": what_was_asked(effect.about, effect.kind),
            "fits": effect.fits,
            "not_yet": effect.not_yet,
            "not_known": effect.not_known,
        }
        for effect in field.effects
    ]


def shown(standing: Standing) -> ShownService:
    provider, service = standing.provider, standing.service
    findings = standing.assessment
    return {
        "service_id": service["id"],
        "slug": provider["slug"],
        "version": standing.listing.version.number,
        "name": service["name"],
        "provider": provider["name"],
        "legal_form": str(LegalForm(provider["legal_form"]).label),
        "size": size_words(provider["people"]),
        "base": " ".join(filter(None, [provider["town"], provider["outcode"]])),
        "distance": distance_words(standing.metres),
        "price": price_words(service),
        "space": space_words(service["availability"]),
        "said": said_words(standing),
        "basis": basis_words(service),
        "source": provider["source"],
        "meets": [sentence(finding) for finding in findings.of(Fit.FITS)],
        "lacks": [sentence(finding) for finding in findings.of(Fit.NOT_YET)],
        "unknown": [sentence(finding) for finding in findings.of(Fit.NOT_KNOWN)] + unasked_gaps(standing),
    }


def unasked_gaps(standing: Standing) -> list[str]:
    """What the register does not hold although nobody asked it: a reader should not take silence for an answer."""
    service, provider = standing.service, standing.provider
    gaps = []
    if service["availability"]["space"] == Space.NOT_KNOWN:
        gaps.append(_("Space: not known"))
    if service["availability"]["hours_free"] is None and not asks_hours(standing):
        gaps.append(_("Hours free a week: not known"))
    if service["price_pence"] is None:
        gaps.append(_("Price: not known"))
    if provider["people"] is None:
        gaps.append(_("Size: not known"))
    if provider["legal_form"] == LegalForm.UNKNOWN:
        gaps.append(_("Legal form: not known"))
    return gaps


def space_words(availability: dict[str, Any]) -> str:
    if availability["space"] == Space.AWAY and availability["away_until"]:
        return _("Away until %(day)s") % {"day": written_day(availability["away_until"])}
    return str(Space(availability["space"]).label)


def said_words(standing: Standing) -> list[str]:
    """Hours that nobody asked about, and the day on which somebody last said what is said of time and space."""
    availability = standing.service["availability"]
    hours, confirmed = availability["hours_free"], availability["confirmed_on"]
    words = []
    if hours is not None and not asks_hours(standing):
        words = [ngettext("%(hours)d hour a week free", "%(hours)d hours a week free", hours) % {"hours": hours}]
    if not confirmed:
        return [*words, _("Never confirmed")]
    return [*words, _("Confirmed on %(day)s") % {"day": written_day(confirmed)}]


def asks_hours(standing: Standing) -> bool:
    return any(finding.about is About.HOURS for finding in standing.assessment.findings)


def written_day(day: str) -> str:
    return date_format(datetime.date.fromisoformat(day), "j F Y")


def basis_words(service: dict[str, Any]) -> str:
    """On what ground personal care is given, with the regulator's number where there is one."""
    unsaid = {RegulatoryBasis.NOT_PERSONAL_CARE, RegulatoryBasis.NOT_SURE, RegulatoryBasis.NOT_KNOWN}
    if service["regulatory_basis"] in unsaid:
        return ""
    registered = " ".join(filter(None, [service["regulator"], service["registration_number"]]))
    words = str(RegulatoryBasis(service["regulatory_basis"]).label)
    return f"{words}: {registered}" if registered else words


def size_words(people: int | None) -> str:
    if people is None:
        return _("Not known")
    return ngettext("%(people)d person", "%(people)d people", people) % {"people": people}


def distance_words(metres: int | None) -> str:
    """To whole miles: finer, and the distances to the middles of a few lots would find a home (rule 10).

    Nothing for a base that is nowhere on the map.
    """
    if metres is None:
        return ""
    miles = round(metres / METRES_IN_A_MILE)
    if miles == 0:
        return _("less than a mile")
    return ngettext("%(miles)d mile", "%(miles)d miles", miles) % {"miles": miles}


def price_words(service: dict[str, Any]) -> str:
    pence = service["price_pence"]
    if pence is None:
        return _("Not known")
    pounds = money(pence) if pence % 100 == 0 else f"£{pence / 100:,.2f}"
    return f"{pounds} {PriceUnit(service['price_unit']).label}"
