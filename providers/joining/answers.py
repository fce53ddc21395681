"""From rows back to answers, so that a change begins with what is on record and nobody says it twice."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from providers.credentials.kinds import kinds_of
from providers.joining.offered import recorded_services
from providers.joining.said import Answers, Facts, slug_of
from providers.joining.waiting import with_waiting
from providers.models import Availability, Coverage, Credential, Draft, Evidence, Provider, Service
from providers.models.coverage import Reach
from providers.models.identifier import Scheme
from providers.models.service import RegulatoryBasis

METRES_IN_A_MILE = 1609.344
YES, NOT_YET = "yes", "not_yet"
KINDS_OF_STEP = {
    "insurance": ["public_liability"],
    "employers-insurance": ["employers_liability"],
    "training": [kind.code for kind in kinds_of("training") if not kind.names_itself],
}


def current_credential(provider: Provider, step: str) -> Credential | None:
    """The newest claim on record of what a step is about."""
    held = Credential.every.filter(provider=provider, replaced_at__isnull=True).order_by("-created_at")
    return held.filter(kind__in=KINDS_OF_STEP[step]).first()


def kept_evidence(credential: Credential | None) -> QuerySet[Evidence]:
    """The certificates of a claim whose files are still here."""
    return Evidence.objects.filter(credential=credential, purged_at__isnull=True).order_by("page", "uploaded_at")


def answers_of(draft: Draft | None, provider: Provider | None) -> Answers:
    """What is on record, over it what was sent and waits, and over that what was saved since and not yet sent."""
    answers = with_waiting(recorded(provider), provider) if provider else {}
    if draft:
        answers |= {step.step: step.answers for step in draft.steps.all()}
    return answers


def recorded(provider: Provider) -> Answers:
    answers: Answers = {"you": _fields(provider, "name", "legal_form", "phone", "email", "prefers_calls")}
    if provider.people is not None:
        answers["size"] = _fields(provider, "people", "employs_anyone", "run_by_members")
    if numbers := dict(provider.identifiers.exclude(scheme=Scheme.CQC_LOCATION).values_list("scheme", "value")):
        answers["numbers"] = numbers
    for number, offered in enumerate(recorded_services(provider)):
        if offered.row is not None:
            about = _about_service(offered.row) | _about_place(provider, offered.row, has_base=number == 0)
            answers |= {slug_of(part, offered.mark): facts for part, facts in about.items()}
    return answers | _about_proof(provider)


def _fields(row: Any, *names: str) -> Facts:
    return {name: getattr(row, name) for name in names}


def _about_service(service: Service) -> Answers:
    categories = list(service.categories.values_list("pk", flat=True))
    answers: Answers = {
        "service": _fields(service, "name", "description", "delivery") | {"categories": categories},
        "customers": _fields(
            service, "client_groups", "languages", "price_pence", "price_unit", "price_note", "payers"
        ),
    }
    if service.regulatory_basis not in (RegulatoryBasis.NOT_PERSONAL_CARE, RegulatoryBasis.NOT_KNOWN):
        answers["personal-care"] = _fields(service, "regulatory_basis", "registration_number")
    if availability := Availability.objects.filter(service=service).first():
        facts = _fields(availability, "days", "parts", "space", "hours_free")
        away = availability.away_until
        answers["when"] = facts | {"away_until": away.isoformat() if away else None}
    return answers | _about_extras(service)


def _about_extras(service: Service) -> Answers:
    """What nobody has to say; a step of which nothing was ever said is not there."""
    answers: Answers = {}
    prices: Facts = dict(service.extras.values_list("extra_for", "price_pence"))
    if prices or service.minimum_minutes:
        answers["extras"] = prices | {"minimum_minutes": service.minimum_minutes}
    if service.accessibility:
        answers["ease"] = _fields(service, "accessibility")
    week: dict[str, list[list[int]]] = {}
    for day, start, end in service.weekly_hours.values_list("day", "starts_minute", "ends_minute"):
        week.setdefault(day, []).append([start, end])
    if week:
        answers["hours"] = {"weekly_hours": week}
    return answers


def _about_place(provider: Provider, service: Service, *, has_base: bool) -> Answers:
    """Where a service reaches people; the base is the provider's, and stands with its first service."""
    rows = list(Coverage.objects.filter(service=service))
    if not rows or not provider.base_postcode:
        return {}
    distance = next((row for row in rows if row.reach == Reach.DISTANCE), None)
    ours = next((row for row in rows if row.reach == Reach.COME_TO_US), None)
    base: Facts = {"base_postcode": provider.base_postcode, "town": provider.town} if has_base else {}
    where: Facts = base | {
        "miles": round((distance.metres or 0) / METRES_IN_A_MILE) if distance else None,
        "areas": [_area(row) for row in rows if row.reach == Reach.AREA],
        "place": ours.place if ours else "",
        "place_postcode": ours.postcode if ours else "",
    }
    return {"where": where}


def _area(row: Coverage) -> str:
    return f"council:{row.council_id}" if row.council_id else f"district:{row.district_id}"


def _about_proof(provider: Provider) -> Answers:
    return {step: _proof(current_credential(provider, step)) for step in KINDS_OF_STEP}


def _proof(credential: Credential | None) -> Facts:
    if credential is None:
        return {"has": NOT_YET}
    facts = _fields(credential, "kind", "held_by", "issuer", "reference", "amount_pence")
    days = {name: day.isoformat() if day else None for name, day in _fields(credential, "starts_on", "ends_on").items()}
    return {"has": YES} | facts | days
