"""The kinds of credential a council may ask for: plain names, who holds them, how long a check is good by default.

The months are what councils and trainers use in practice, not law; each council sets its own (CheckPolicy). A DBS
check is none of these: it has a table of its own that has no room for what was on it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from providers.models.credential import Holder

Family = Literal["insurance", "training", "registration", "policy"]
FAMILY_NAMES: dict[Family, str | Promise] = {
    "insurance": _("Insurance"),
    "training": _("Training"),
    "registration": _("Registration"),
    "policy": _("Written policy"),
}
DBS_POLICY = "dbs"
DBS_RENEWAL_MONTHS = 36


@dataclass(frozen=True)
class Kind:
    """`runs_out`: its paper carries a last day. `renewal_months`: when to renew one whose paper carries none."""

    code: str
    name: str | Promise
    family: Family
    holder: Holder
    has_amount: bool
    runs_out: bool
    explanation: str | Promise
    renewal_months: int | None = None
    asked_for_by_default: bool = False


def _insurance(code: str, name: Promise, explanation: Promise, *, asked: bool = False) -> Kind:
    return Kind(code, name, "insurance", Holder.PROVIDER, True, True, explanation, 12, asked)


def _training(code: str, name: Promise, explanation: Promise, months: int | None, *, asked: bool = False) -> Kind:
    return Kind(code, name, "training", Holder.WORKERS, False, False, explanation, months, asked)


def _policy(code: str, name: Promise, explanation: Promise) -> Kind:
    return Kind(code, name, "policy", Holder.PROVIDER, False, False, explanation, 36)


_ALL = [
    _insurance(
        "public_liability",
        _("Public liability insurance"),
        _("Pays if someone is hurt, or something is broken, because of your work."),
        asked=True,
    ),
    _insurance(
        "employers_liability",
        _("Employers' liability insurance"),
        _("The law asks for it if you employ anyone, for £5 million or more. If you employ nobody you do not need it."),
    ),
    _insurance(
        "professional_indemnity",
        _("Professional indemnity insurance"),
        _("Pays if advice you give turns out to be wrong and someone loses by it."),
    ),
    _insurance(
        "motor_business",
        _("Motor insurance with business use"),
        _("Needed if you drive people, or drive between them. Ordinary motor insurance does not cover it."),
    ),
    _insurance(
        "treatment",
        _("Treatment insurance"),
        _("Covers care tasks such as helping with medicines, if your public liability does not."),
    ),
    _training(
        "care_certificate",
        _("Care Certificate"),
        _("The 16 standards that people new to care learn. It does not run out."),
        None,
    ),
    _training(
        "moving_and_handling",
        _("Moving and handling people"),
        _("How to help someone move without hurting them or yourself."),
        12,
        asked=True,
    ),
    _training("medication", _("Helping with medicines"), _("How to prompt or give medicines safely."), 12),
    _training(
        "basic_life_support",
        _("Basic life support"),
        _("What to do if someone stops breathing or their heart stops."),
        12,
    ),
    _training("first_aid", _("First aid"), _("What to do first when someone is hurt or taken ill."), 36, asked=True),
    _training(
        "safeguarding_adults",
        _("Safeguarding adults"),
        _("How to notice that an adult is being harmed, and whom to tell."),
        12,
        asked=True,
    ),
    _training(
        "safeguarding_children",
        _("Safeguarding children"),
        _("How to notice that a child is being harmed, and whom to tell."),
        12,
    ),
    _training("food_hygiene", _("Food hygiene"), _("How to store, cook and serve food safely."), 36),
    _training(
        "infection_control",
        _("Infection prevention and control"),
        _("How to stop illness passing from one person to the next."),
        36,
    ),
    _training(
        "mental_capacity",
        _("Mental Capacity Act"),
        _("How people are helped to decide for themselves, and what happens when they cannot."),
        36,
    ),
    _training(
        "dementia_awareness",
        _("Dementia awareness"),
        _("What dementia is, and how to support someone who lives with it."),
        36,
    ),
    _training(
        "oliver_mcgowan_1",
        _("Oliver McGowan training, tier 1"),
        _("Learning disability and autism, for people who need to know in general."),
        36,
    ),
    _training(
        "oliver_mcgowan_2",
        _("Oliver McGowan training, tier 2"),
        _("Learning disability and autism, for people who give care and support."),
        36,
    ),
    Kind(
        "ico",
        _("Registered with the ICO for data protection"),
        "registration",
        Holder.PROVIDER,
        False,
        True,
        _("A yearly fee to the Information Commissioner, for most businesses that keep people's details on a phone."),
        12,
    ),
    _policy(
        "safeguarding_policy",
        _("Safeguarding policy"),
        _("A page or two that says what you do if you are worried about someone."),
    ),
    _policy("complaints_policy", _("Complaints policy"), _("How people complain, and what you do about it.")),
]
KINDS: dict[str, Kind] = {kind.code: kind for kind in _ALL}


def kinds_of(family: Family) -> list[Kind]:
    return [kind for kind in _ALL if kind.family == family]


def name_of(code: str) -> str:
    """The plain name of a kind; a code that came with an import and is not one of ours stands for itself."""
    kind = KINDS.get(code)
    return str(kind.name) if kind else code.replace("_", " ").capitalize()
