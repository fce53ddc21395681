"""The columns of our table of services: their order, what each holds, and what it may say. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

# Between several values in one cell.
BETWEEN = "; "
# What a spreadsheet takes for the beginning of a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


@dataclass(frozen=True)
class Column:
    """`facet` names one of our lists of codes, of which a cell holds one or, in a column of `many`, several."""

    name: str
    holds: str
    example: str
    needed: bool = False
    facet: str = ""
    many: bool = False


COLUMNS = (
    Column("id", "Your own id of the service. It stays the same when you send the table again.", "S1", needed=True),
    Column("name", "What the service is called.", "Help at home", needed=True),
    Column("description", "What it does, in plain words.", "I clean, shop and stop for a cup of tea."),
    Column("status", "active; or inactive, to take it off. Left empty it is active.", "active"),
    Column("organisation_id", "Your own id of who gives it. Left empty: the organisation's name.", "O1"),
    Column("organisation", "The trading name of who gives it.", "Rosie's Home Help", needed=True),
    Column("about", "About the organisation.", "I have done this since 2015."),
    Column("legal_form", "What it is in law.", "sole_trader", facet="legal_form"),
    Column("people", "How many people do the work, owner included.", "1"),
    Column("phone", "Its phone number.", "01225 000000"),
    Column("email", "Its e-mail address.", "rosie@example.org"),
    Column("website", "Its website, with https://", "https://rosie.example.org"),
    Column("postcode", "Where it is based. Only the first half is kept, and no more is ever shown.", "BA1 1LZ"),
    Column("town", "The town or village of its base.", "Bath"),
    Column("categories", "Kinds of help: codes or names from /categories.json.", "cleaning; shopping", many=True),
    Column("client_groups", "For whom it is.", "older; dementia", facet="client_group", many=True),
    Column("delivery", "Where it is given.", "at_home", facet="delivery", many=True),
    Column("languages", "Languages spoken or signed.", "English; Polish", many=True),
    Column("accessibility", "What helps people to use it.", "step_free", facet="accessibility", many=True),
    Column("payers", "Who can pay.", "private; direct_payment", facet="payer", many=True),
    Column("price", "The usual price in pounds.", "18.50"),
    Column("price_unit", "For what: hour, visit, session, meal, mile, day, night or week.", "hour"),
    Column("price_note", "Anything else about the price.", "The first visit is free"),
    Column("shortest_visit", "The shortest visit in minutes.", "60"),
    Column("hours", "Days, with hours where they are fixed.", "Monday to Friday 9am-1pm; Saturday 10am-noon"),
    Column("space", "Whether there is room: now, waiting or full.", "now", facet="space"),
    Column("miles", "How far it travels from its base, in miles.", "5"),
    Column("areas", "Councils or districts it goes to: names or ONS codes.", "Wiltshire; E06000022", many=True),
    Column("place", "The address that people come to, as it may be shown.", "The Hall, 1 High Street, Bath, BA1 5DD"),
    Column("place_postcode", "The postcode of that place.", "BA1 5DD"),
    Column("regulation", "On what ground it may be given.", "not_personal_care", facet="regulation"),
    Column("regulator", "The regulator it is registered with.", ""),
    Column("registration_number", "Its number there.", ""),
    Column("company_number", "Its number at Companies House.", ""),
    Column("charity_number", "Its charity number.", ""),
)
NAMES = tuple(column.name for column in COLUMNS)
ALSO = {"organization": "organisation", "organization_id": "organisation_id", "category": "categories"}


class WrongCell(Exception):
    """What is wrong in one cell, and how to mend it."""


def header_of(cells: list[str]) -> list[str]:
    """The columns in the order of the file. WrongCell where one is not known, stands twice or is missing."""
    names = [_column(cell) for cell in cells]
    unknown = [cell.strip() for cell, name in zip(cells, names, strict=True) if name not in NAMES]
    if unknown:
        raise WrongCell(f"no column is called {unknown[0]!r}: the columns are {', '.join(NAMES)}")
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise WrongCell(f"the column {twice[0]} stands there twice: take one away")
    missing = [column.name for column in COLUMNS if column.needed and column.name not in names]
    if missing:
        raise WrongCell(f"the column {missing[0]} is missing: its first line must name id, name and organisation")
    return names


def _column(cell: str) -> str:
    plain = re.sub(r"[\s-]+", "_", cell.strip().strip("\ufeff").casefold())
    return ALSO.get(plain, plain)


def several(cell: str) -> list[str]:
    return [piece.strip() for piece in re.split(r"[;|\n]", cell) if piece.strip()]


def safe(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: with an apostrophe before it, which `unsafe` takes away."""
    return f"'{cell}" if cell.startswith((*FORMULA, "'")) else cell


def unsafe(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:].startswith((*FORMULA, "'")) else cell


def whole_number(cell: str, column: str, at_most: int) -> int | None:
    if not cell:
        return None
    if not re.fullmatch(r"\d{1,6}", cell, re.ASCII) or int(cell) > at_most:
        raise WrongCell(f"{column} says {cell[:40]!r}: write a whole number up to {at_most}, without words")
    return int(cell)


def decimal(cell: str, column: str, at_most: float) -> float | None:
    """18.50, £18.50 or 18,50: people write money in every way that a spreadsheet lets them."""
    if not cell:
        return None
    plain = cell.replace("£", "").replace(" ", "")
    plain = plain.replace(",", ".") if re.fullmatch(r"\d+,\d{1,2}", plain, re.ASCII) else plain.replace(",", "")
    if not re.fullmatch(r"\d{1,7}(\.\d{1,4})?", plain, re.ASCII) or float(plain) > at_most:
        raise WrongCell(f"{column} says {cell[:40]!r}: write a number like 18.50")
    return float(plain)
