"""Registrations, made through the product's own actions. They need the `postcodes` and a council switched on."""

import datetime

from django.utils import timezone

from providers.credentials.evidence import cleaned
from providers.joining.actions import keep_file, save_step, send_draft, start_draft
from registry.models import User
from tests.providers.credentials.files import pdf, upload


def answers(**changes):
    """What a sole trader in Bath says, step by step; `you={"name": ...}` says otherwise in that step."""
    facts = {
        "you": {
            "name": "Rosie's Home Help",
            "legal_form": "sole_trader",
            "phone": "07700 900 123",
            "email": "rosie@homehelp.example",
            "prefers_calls": True,
        },
        "size": {"people": 1, "employs_anyone": False},
        "service": {
            "name": "Lunch and company at home",
            "description": "I cook a fresh lunch in your kitchen and we eat together.",
            "categories": ["cooking", "companionship"],
            "delivery": ["at_home"],
        },
        "customers": {
            "client_groups": ["older", "dementia"],
            "languages": ["English", "Polish"],
            "price_pence": 1850,
            "price_unit": "hour",
            "price_note": "",
            "payers": ["private", "direct_payment"],
        },
        "where": {
            "base_postcode": "BA1 1LZ",
            "town": "Larkhall, Bath",
            "miles": 6,
            "areas": [],
            "place": "",
            "place_postcode": None,
        },
        "when": {
            "days": ["mon", "tue", "thu"],
            "parts": ["morning", "afternoon"],
            "space": "now",
            "away_until": None,
            "hours_free": 6,
        },
        **papers(timezone.localdate()),
    }
    for step, facts_of_step in changes.items():
        name = step.replace("_", "-")
        facts[name] = facts.get(name, {}) | facts_of_step
    return facts


def papers(today):
    """An insurance and a training, both in force."""
    return {
        "insurance": {
            "has": "yes",
            "issuer": "Markel",
            "reference": "MK-123",
            "amount_pence": 500_000_000,
            "starts_on": (today - datetime.timedelta(days=60)).isoformat(),
            "ends_on": (today + datetime.timedelta(days=300)).isoformat(),
        },
        "training": {
            "has": "yes",
            "kind": "first_aid",
            "issuer": "St John Ambulance",
            "starts_on": (today - datetime.timedelta(days=90)).isoformat(),
            "ends_on": None,
        },
    }


def write_draft(user, provider=None, **changes):
    """A draft with every step saved and both certificates uploaded, not sent."""
    draft = start_draft(by=user, provider=provider)
    for step, facts in answers(**changes).items():
        save_step(draft=draft, step=step, facts=facts, by=user)
        if facts.get("has") == "yes":
            keep_file(draft=draft, step=step, upload=cleaned(upload(pdf())), by=user)
    return draft


def register_provider(user=None, **changes):
    """A provider whose registration is sent and waits for its council. Returns the provider."""
    sender = user or User.objects.create_user("rosie@example.com", "Rosie Carer")
    return send_draft(draft=write_draft(sender, **changes), by=sender).provider
