"""What a provider sent, in few words."""

import datetime

from django.utils import timezone

from providers.credentials.actions import add_credential, attach_evidence
from providers.credentials.evidence import cleaned
from providers.models import Check, ProviderMembership, Submission
from registry.models import User
from tests.providers.credentials.files import pdf, upload
from tests.providers.listings.makers import comes_from, has_space, make_category, make_provider, make_service

TODAY = datetime.date(2026, 11, 21)


def make_owner(provider, email="owner@provider.example", role="owner"):
    user = User.objects.create_user(email, "Ana Owner")
    ProviderMembership.objects.create(user=user, provider=provider, role=role)
    return user


def sent(council, name="Lunch with Ana", regulation="none", basis="not_personal_care", sent_at=None, **fields):
    """A submission that waits, of a provider with one service and a current insurance."""
    provider = make_provider(council, name, **{"employs_anyone": False, **fields})
    category = make_category(f"term-{regulation}", "Making meals", regulation=regulation)
    service = make_service(provider, "Lunch at home", [category], regulatory_basis=basis)
    comes_from(service)
    has_space(service)
    return Submission.objects.create(provider=provider, council=council, sent_at=sent_at or timezone.now())


def insured(provider, kind="public_liability", **fields):
    today = timezone.localdate()
    facts = {"starts_on": today - datetime.timedelta(days=30), "ends_on": today + datetime.timedelta(days=300)}
    return add_credential(provider=provider, kind=kind, by=None, amount_pence=500_000_000, **{**facts, **fields})


def certificate(credential, content=None):
    return attach_evidence(credential=credential, upload=cleaned(upload(content or pdf())), by=None)


def looked_at(credential, council, by, outcome="seen", seen_on=None):
    return Check.objects.create(
        credential=credential,
        council=council,
        by=by,
        outcome=outcome,
        means="copy",
        seen_on=seen_on or timezone.localdate(),
    )
