"""A published requirement in plain values, without a database."""

import datetime

from commissioning.notices import ocds
from commissioning.notices.ocds_awards import Outcome, Supplier

NOON = datetime.datetime(2026, 11, 2, 12, tzinfo=datetime.UTC)
A_DAY = datetime.timedelta(days=1)
OCID = "ocds-a1b2c3-K7R2M4QX"
FORMAL = "https://tenders.example/1"


def lot(number, **changes):
    facts = {
        "id": number,
        "number": number,
        "title": f"Lunches {number}",
        "category": "Cooking",
        "category_code": "cooking",
        "area": "BA1, BA2",
        "outcodes": ["BA1", "BA2"],
        "hours_per_week": 12,
        "times": ["Monday, 12:00 to 14:00: 2 hours of work"],
        "terms": {"council_buys": True},
    }
    return facts | changes


def facts(**changes):
    told = {
        "reference": "K7R2M4QX",
        "council": {"code": "E06000022", "name": "Bath and North East Somerset Council", "nation": "England"},
        "title": "Warm lunches",
        "need": "Somebody who cooks a warm lunch.",
        "kind": "sounding",
        "formal_url": "",
        "formal_note": "",
        "reserved_for": "",
        "reserved_code": "nobody",
        "value_pence": 1_234_567,
        "starts_on": "2027-04-01",
        "ends_on": "2028-03-31",
        "extension_months": 0,
        "price_weight": None,
        "questions_until": None,
        "closes_at": "2026-11-20T17:00:00+00:00",
        "decided_on": None,
        "lots": [lot(1), lot(2)],
        "conditions": [],
        "questions": [],
    }
    return told | changes


def process(*versions, outcomes=(), **moments):
    """Each version a day after the one before it; `stopped` and `told` in days after the first."""
    told = [ocds.Version(number, NOON + (number - 1) * A_DAY, one) for number, one in enumerate(versions, start=1)]
    return ocds.Process(
        ocid=OCID,
        page="https://near.example/opportunities/K7R2M4QX/",
        vocabulary="https://near.example/categories/",
        versions=tuple(told),
        outcomes=tuple(outcomes),
        **{f"{name}_at": NOON + days * A_DAY for name, days in moments.items()},
    )


def releases(made):
    return [ocds.release(state) for state in ocds.states(made)]


def awarded(number=1, *suppliers, pence=123_456):
    by = suppliers or (Supplier("Ana’s Kitchen", key="aa11", is_micro=True),)
    return Outcome(number, "awarded", datetime.date(2026, 12, 1), by, pence, "They come on all days.")


def nobody(number, kind="none_suitable"):
    return Outcome(number, kind, datetime.date(2026, 12, 1))


def packages(made):
    """Of releases and of the record."""
    common = {"uri": "https://near.example/ocds/x/", "site": "https://near.example", "links": {}}
    for contents in ({"releases": releases(made)}, {"records": [ocds.record(made)]}):
        yield ocds.package(policy="https://near.example/ocds/", contents=contents, **common)
