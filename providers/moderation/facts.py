"""The facts of a submission, fetched once, for the rules that judge them."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection

from django.utils import timezone

from providers.credentials.kinds import DBS_POLICY
from providers.credentials.policy import Policy, asked_of, policies_of
from providers.credentials.rules import check_is_good
from providers.credentials.standing import counting_check, with_checks
from providers.joining.rules import CARE
from providers.models import Credential, Provider, Service, Submission
from providers.models.category import Regulation
from providers.models.check import CheckOutcome
from providers.moderation.rules import Facts, Held, ServiceFacts
from registry.models.council import Nation
from registry.places.lookup import Place, look_up


def facts_of(submission: Submission, *, only_approved: bool = False) -> Facts:
    provider, council = submission.provider, submission.council
    shown = Service.every.approved() if only_approved else Service.every.offered()
    services = shown.filter(provider=provider).prefetch_related("categories")
    return Facts(
        people=provider.people,
        services=tuple(_service(service, council.nation) for service in services),
        size_limit=council.size_limit,
        council=council.pk,
        base_council=_base_council(provider),
        # A DBS certificate is shown in person, so its absence from what was sent says nothing.
        asked_for=set(asked_of(provider, council)) - {DBS_POLICY},
        held=_held(provider, policies_of(council), timezone.localdate()),
    )


def _service(service: Service, nation: str) -> ServiceFacts:
    return service_facts(
        name=service.name,
        regulations={term.regulation for term in service.categories.all()},
        basis=service.regulatory_basis,
        registration_number=service.registration_number,
        nation=nation,
    )


def service_facts(
    *, name: str, regulations: Collection[str], basis: str, registration_number: str, nation: str
) -> ServiceFacts:
    """Of one service, as its row says or as somebody wants to say it."""
    is_care, is_childcare = bool(CARE & set(regulations)), Regulation.CHILDCARE in regulations
    return ServiceFacts(
        name=name,
        is_personal_care=is_care,
        basis=basis,
        registration_number=registration_number,
        is_childcare=is_childcare,
        has_two_regulators=is_care and is_childcare and nation == Nation.ENGLAND,
    )


def _base_council(provider: Provider) -> str | None:
    place = look_up(provider.base_postcode)
    return place.council.pk if isinstance(place, Place) and place.council else None


def _held(provider: Provider, policies: dict[str, Policy], today: datetime.date) -> dict[str, list[Held]]:
    """What is claimed and not refused, by kind."""
    held: dict[str, list[Held]] = defaultdict(list)
    for credential in with_checks(Credential.every.filter(provider=provider, replaced_at__isnull=True)):
        newest = counting_check(credential)
        if newest is None or newest.outcome != CheckOutcome.NOT_ACCEPTED:
            policy = policies.get(credential.kind)
            is_checked = newest is not None and newest.outcome == CheckOutcome.SEEN
            months = policy.check_months if policy else None
            is_good = newest is None or check_is_good(seen_on=newest.seen_on, months=months, today=today)
            held[credential.kind].append(Held(credential.ends_on, is_checked, look_again=is_checked and not is_good))
    return dict(held)
