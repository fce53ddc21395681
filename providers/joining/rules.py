"""What may be asked of whom, and what must be said plainly. No database here; the date is an argument."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

CARE = frozenset({"personal_care", "accommodation", "nursing"})
CHILDCARE = "childcare"
REGULATED = CARE | {CHILDCARE}
# A sole trader is not run by members; an imported record may not say.
RUN_BY_ONE = frozenset({"sole_trader", "unknown", ""})


@dataclass(frozen=True)
class Grounds:
    """On what grounds regulated care may be given in a nation, and who registers it there (field-notes 3.1)."""

    regulator: str
    bases: tuple[str, ...]


NOT_PLACED = Grounds("", ("registered", "will_register", "not_sure"))
# The exemptions are those of the Childcare (Exemptions from Registration) Order 2008, SI 2008/979.
OFSTED = Grounds("Ofsted", ("registered", "exempt", "will_register", "not_sure"))
GROUNDS = {
    # 2014/2936 Sch 1 para 1(3)(c) and (b) are England's alone: an introducer is a ground nowhere else.
    "England": Grounds(
        "Care Quality Commission (CQC)", ("registered", "individual", "introducer", "will_register", "not_sure")
    ),
    "Scotland": Grounds("Care Inspectorate", ("registered", "individual", "will_register", "not_sure")),
    "Wales": Grounds("Care Inspectorate Wales (CIW)", ("registered", "individual", "will_register", "not_sure")),
    "Northern Ireland": Grounds(
        "Regulation and Quality Improvement Authority (RQIA)", ("registered", "will_register", "not_sure")
    ),
}


def is_regulated(regulations: Collection[str]) -> bool:
    """Whether any chosen category is an activity that a regulator registers: only then do we ask (rule 2)."""
    return bool(REGULATED & set(regulations))


def grounds(nation: str, regulations: Collection[str] = ()) -> Grounds:
    """England's childcare is Ofsted's, unless there is also care that belongs to the care regulator."""
    if nation == "England" and REGULATED & set(regulations) == {CHILDCARE}:
        return OFSTED
    return GROUNDS.get(nation, NOT_PLACED)


def needs_checkers_reason(*, regulations: Collection[str], people: int | None, basis: str) -> bool:
    """Personal care by more than one worker without registration is published only with a reason (rule 2).

    Childcare is not of these: who need not register with Ofsted may be several.
    """
    return bool(CARE & set(regulations)) and basis != "registered" and (people or 1) > 1


OF_A_PLACE = frozenset({"step_free", "accessible_toilet", "parking", "hearing_loop", "quiet_space"})


def accessibility_for(delivery: Collection[str]) -> frozenset[str]:
    """What can be true of a service given there: a step-free door is of a place, easy read of any service."""
    sensible = frozenset({"sign_language", "easy_read", "large_print"})
    if "at_ours" in delivery:
        sensible |= OF_A_PLACE
    if {"at_ours", "out_and_about"} & set(delivery):
        sensible |= {"wheelchair_car", "assistance_dogs"}
    return sensible


def asks_members(legal_form: str) -> bool:
    return legal_form not in RUN_BY_ONE
