"""What a summary freezes of the market: everybody found in any lot, each counted once."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commissioning.sourcing.field import LotField, Standing
from commissioning.sourcing.shown import size_words
from providers.models.provider import LegalForm


def market_facts(fields: Iterable[LotField]) -> dict[str, Any]:
    found = [one for field in fields for one in field.standings]
    services = {one.listing.pk: one for one in found}
    providers = {one.listing.provider_id: one.provider for one in found}
    forms = Counter(
        (str(LegalForm(provider["legal_form"]).label), provider["people"]) for provider in providers.values()
    )
    return {
        "providers": len(providers),
        "services": len(services),
        "hours": hours_words(list(services.values())),
        "confirmed": confirmed_words(list(services.values())),
        "seen": len({one.listing.pk for one in found if any(finding.seen_by for finding in one.assessment.findings)}),
        "forms": [
            {"legal_form": form, "size": size_words(people), "providers": number}
            for (form, people), number in sorted(forms.items(), key=lambda row: (row[0][0], row[0][1] or 0))
        ],
    }


def hours_words(services: list[Standing]) -> str:
    """Capacity, and of how many it is known: a sum over those who said something is no sum of the market."""
    hours = [one.service["availability"]["hours_free"] for one in services]
    said = [number for number in hours if number is not None]
    words = ngettext("%(hours)d, as %(said)d of %(all)d says", "%(hours)d, as %(said)d of %(all)d say", len(said))
    return words % {"hours": sum(said), "said": len(said), "all": len(hours)}


def confirmed_words(services: list[Standing]) -> str:
    days = sorted(day for one in services if (day := one.service["availability"]["confirmed_on"]))
    never = len(services) - len(days)
    if not days:
        return _("Never")
    first, last = (date_format(datetime.date.fromisoformat(day), "j F Y") for day in (days[0], days[-1]))
    words = first if first == last else _("Between %(first)s and %(last)s") % {"first": first, "last": last}
    return words + ("; " + _("never: %(never)d") % {"never": never} if never else "")
