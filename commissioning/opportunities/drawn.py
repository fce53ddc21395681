"""What the register already says of a provider for what was published, so that nobody types it again."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from commissioning.opportunities.frozen import terms_from
from commissioning.sourcing.field import candidate_of, coverage_of, holdings_of
from commissioning.sourcing.rules import About, Assessment, Candidate, Finding, Fit, assess
from commissioning.sourcing.sentences import sentence
from providers.models import Listing, Provider
from registry.models import Outcode

# What somebody can still get, or knows and the register does not. Reach, hours and space are said elsewhere.
CAN_BE_PROMISED = frozenset({About.BASIS, About.CREDENTIAL, About.BUSINESS})


@dataclass(frozen=True)
class Drawn:
    """How one provider stands to one lot. `service` is "" where the register has none of that kind from it."""

    lot: int
    provider: Provider
    service: str
    hours_free: int | None
    assessment: Assessment

    def of(self, fit: Fit) -> list[str]:
        return [sentence(finding) for finding in self.assessment.of(fit)]

    @property
    def open_points(self) -> list[Finding]:
        """What is not met, or not known, and might be by the start."""
        unmet = (Fit.NOT_YET, Fit.NOT_KNOWN)
        return [one for one in self.assessment.findings if one.fit in unmet and one.about in CAN_BE_PROMISED]


def point_key(provider: Provider, finding: Finding) -> str:
    """Names an open point of one provider, over all lots: a certificate is held once and counts for each."""
    return f"{provider.pk.hex}:{finding.kind or finding.about.value}"


def drawn(
    providers: Iterable[Provider], lots: Iterable[Mapping[str, Any]], today: datetime.date
) -> dict[tuple[int, str], Drawn]:
    """How each provider stands to each published lot, by lot and the hex of the provider's id."""
    providers, lots = list(providers), list(lots)
    listings = list(Listing.listed.filter(provider__in=providers).select_related("version"))
    holdings = holdings_of(listings)
    codes = {code for lot in lots for code in lot["outcodes"]}
    places = {place.code: place for place in Outcode.objects.filter(pk__in=codes)}
    found = {}
    for lot in lots:
        within = [places[code] for code in lot["outcodes"] if code in places]
        for provider in providers:
            mine = [listing for listing in listings if listing.provider_id == provider.pk]
            found[lot["id"], provider.pk.hex] = best(provider, lot, mine, within, holdings, today)
    return found


def best(
    provider: Provider,
    lot: Mapping[str, Any],
    listings: list[Listing],
    places: list[Outcode],
    holdings: dict[str, Any],
    today: datetime.date,
) -> Drawn:
    """The provider's service that answers the lot best: of its kind first, then the one that reaches most of it."""
    rows = [(lot["category_code"] in listing.categories, reached(listing, places), listing) for listing in listings]
    rows = sorted(rows, key=lambda row: (not row[0], -row[1], row[2].pk))
    terms = terms_from(lot["terms"])
    if not rows:
        # Nothing is on the register yet: then nothing is known, and nothing is held against it.
        nothing = Candidate(reached=len(places), places=len(places), imported=True)
        return Drawn(lot["id"], provider, "", None, assess(nothing, terms, today))
    is_of_kind, touched, listing = rows[0]
    content = listing.version.content
    service = next(one for one in content["services"] if one["id"] == str(listing.pk))
    candidate = candidate_of(content, service, touched, len(places), holdings)
    name = service["name"] if is_of_kind else ""
    return Drawn(lot["id"], provider, name, candidate.hours_free, assess(candidate, terms, today))


def reached(listing: Listing, places: Iterable[Outcode]) -> int:
    coverage = coverage_of(listing)
    return sum(coverage.reaches((place.easting, place.northing), place.district_code) for place in places)


def business_facts(provider: Provider) -> dict[str, Any]:
    """Who answers, in its approved words: what a council needs to know it by and to reach it."""
    listing = Listing.listed.filter(provider=provider).select_related("version").order_by("pk").first()
    content = listing.version.content if listing else {}
    return {
        "id": provider.pk.hex,
        "slug": provider.slug,
        "name": content.get("name", provider.name),
        "legal_form": content.get("legal_form", provider.legal_form),
        "people": content.get("people", provider.people),
        "identifiers": content.get("identifiers", []),
        "phone": content.get("phone", ""),
        "email": content.get("email", ""),
        "version": str(listing.version_id) if listing else "",
    }


def lot_answer(drawn_here: Drawn, hours: int | None, promised: Iterable[str]) -> dict[str, Any]:
    """How one provider stands to one lot on the day it answers, in words, with what it says it will have."""
    promised = set(promised)
    points = drawn_here.open_points
    will = [one for one in points if point_key(drawn_here.provider, one) in promised]
    lacking = [one for one in drawn_here.assessment.of(Fit.NOT_YET) if one not in will]
    unknown = [one for one in drawn_here.assessment.of(Fit.NOT_KNOWN) if one not in will]
    return {
        "provider": drawn_here.provider.pk.hex,
        "service": drawn_here.service or _("The register has no service of this kind from them"),
        "hours": hours,
        "meets": drawn_here.of(Fit.FITS),
        "will": [sentence(one) for one in will],
        "lacks": [sentence(one) for one in lacking],
        "unknown": [sentence(one) for one in unknown],
    }
