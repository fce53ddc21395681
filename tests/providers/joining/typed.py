"""What a carer types into each step's page, as a browser posts it."""

import datetime

from django.utils import timezone


def date(name, day):
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


def typed(step, **changes):
    today = timezone.localdate()
    pages = {
        "you": {
            "name": "Rosie's Home Help",
            "legal_form": "sole_trader",
            "phone": "07700 900 123",
            "email": "rosie@homehelp.example",
        },
        "size": {"people": "1", "employs_anyone": "no"},
        "service": {
            "name": "Lunch and company at home",
            "description": "I cook a fresh lunch in your kitchen.",
            "categories": ["cooking", "companionship"],
            "delivery": ["at_home"],
        },
        "customers": {
            "client_groups": ["older"],
            "languages": "English, Polish, ",
            "price_pence": "18.50",
            "price_unit": "hour",
            "payers": ["private", "direct_payment"],
        },
        "where": {"base_postcode": "ba11lz", "town": "Larkhall, Bath", "miles": "6"},
        "when": {"days": ["tue"], "parts": ["morning"], "space": "now", "hours_free": "6"},
        "personal-care": {"regulatory_basis": "individual"},
        "insurance": {
            "has": "yes",
            "issuer": "Markel",
            "reference": "MK-123",
            "amount_pence": "£5 million",
            **date("starts_on", today - datetime.timedelta(days=60)),
            **date("ends_on", today + datetime.timedelta(days=300)),
        },
        "training": {
            "has": "yes",
            "kind": "first_aid",
            "issuer": "St John Ambulance",
            **date("starts_on", today - datetime.timedelta(days=90)),
        },
    }
    return pages[step] | changes


SIMPLE_STEPS = ["you", "size", "service", "customers", "where", "when", "insurance", "training"]
