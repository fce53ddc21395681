"""The credentials passport: what a provider holds, who saw it and when, as it stands today, for any buyer to read."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from providers.credentials.rules import Status
from providers.credentials.standing import status_of, with_checks
from providers.credentials.wording import day, dbs_sentence, what_is_held
from providers.finding.short_address import short_address, spoken
from providers.finding.wording import category_names
from providers.models import Check, Credential, DbsRecord, Identifier, Version
from providers.models.check import CheckOutcome, Means
from providers.models.provider import LegalForm

TEMPLATE = "showing/passport_pdf.html"
WAITS = (Status.WAITING, Status.NOT_YET)


@dataclass(frozen=True)
class Entry:
    what: str
    lines: list[str]


def passport(version: Version, today: datetime.date) -> dict[str, Any]:
    """All that a passport says; page and PDF are made from this. Names come from the approved version (rule 6)."""
    standings = _standings(version, today)
    content = version.content
    return {
        "name": content["name"],
        "is_invented": content["is_invented"],
        "facts": _facts(version),
        "current": _entries(standings, [status for status in Status if status.holds_today], content["people"], today),
        "dbs": _dbs(version),
        "waiting": _entries(standings, WAITS, content["people"], today),
        "ended": _entries(standings, [Status.LAPSED], content["people"], today),
        "address": spoken(short_address(version.provider.short_code)),
        "as_of": day(today),
    }


def _standings(version: Version, today: datetime.date) -> list[tuple[Credential, Status]]:
    held = Credential.every.filter(provider=version.provider_id, replaced_at__isnull=True)
    return [(credential, status_of(credential, today)) for credential in with_checks(held)]


def _entries(
    standings: list[tuple[Credential, Status]], wanted: Any, people: int | None, today: datetime.date
) -> list[Entry]:
    return [
        Entry(what_is_held(credential, people), [_from(credential), _dates(credential, today), *_looks(credential)])
        for credential, status in standings
        if status in wanted
    ]


def _facts(version: Version) -> list[dict[str, str]]:
    content = version.content
    listed_since = version.provider.listed_at
    services = [name for service in content["services"] for name in category_names(service["categories"])]
    rows = [
        (_("What they are"), str(LegalForm(content["legal_form"]).label)),
        (_("Where they are based"), " ".join(filter(None, [content["town"], content["outcode"]]))),
        (_("What they do"), "; ".join(dict.fromkeys(services))),
        (_("On this register since"), day(listed_since.date()) if listed_since else ""),
        *((str(row.get_scheme_display()), row.value) for row in _identifiers(version)),
    ]
    return [{"key": key, "value": value} for key, value in rows if value]


def _identifiers(version: Version) -> list[Identifier]:
    return list(Identifier.objects.filter(provider=version.provider_id))


def _from(credential: Credential) -> str:
    parts = {"issuer": credential.issuer, "number": credential.reference}
    if parts["issuer"] and parts["number"]:
        return _("From %(issuer)s, number %(number)s") % parts
    if parts["issuer"]:
        return _("From %(issuer)s") % parts
    return _("Number %(number)s") % parts if parts["number"] else ""


def _dates(credential: Credential, today: datetime.date) -> str:
    dates = {"first": day(credential.starts_on), "last": day(credential.ends_on) if credential.ends_on else ""}
    if credential.ends_on is None:
        return _("Dated %(first)s") % dates
    if credential.ends_on < today:
        return _("Ran from %(first)s, ended on %(last)s") % dates
    return _("Runs from %(first)s to %(last)s") % dates


def _looks(credential: Credential) -> list[str]:
    """Who looked, when and how: of each council its newest word, where that is still that it saw the paper."""
    newest: dict[str, Check] = {}
    for check in credential.checks.all():
        newest.setdefault(check.council_id, check)
    seen = [check for check in newest.values() if check.outcome == CheckOutcome.SEEN]
    said = [_look(check) for check in sorted(seen, key=lambda check: check.seen_on, reverse=True)]
    return said or [_("Not yet seen by a council: what they say themselves")]


def _look(check: Check) -> str:
    facts = {"council": check.council.full_name, "day": day(check.seen_on), "how": Means(check.means).label}
    if check.relies_on is not None:
        origin = check.relies_on.council.full_name
        return _("%(council)s relies on what %(origin)s saw on %(day)s") % {**facts, "origin": origin}
    return _("Seen by %(council)s on %(day)s. How: %(how)s") % facts


def _dbs(version: Version) -> list[str]:
    """Only with the provider's own yes, and then only who saw it and when (rule 1)."""
    shown = DbsRecord.objects.filter(provider=version.provider_id, shown_publicly_since__isnull=False)
    rows = shown.select_related("seen_for").defer("seen_for__boundary").order_by("-seen_on")
    return list(dict.fromkeys(dbs_sentence(row.seen_for, row.seen_on) for row in rows))
