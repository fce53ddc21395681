"""What a summary freezes of the law: the sentences of the nation that apply, and the sums that decide."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from commissioning.law.governing import Governing
from commissioning.law.rules import GOODS_AND_SERVICES, LIGHT_TOUCH, NOTIFIABLE, Route, may_be_reserved_for
from commissioning.models import Law, Requirement
from commissioning.requirements.overview import notice_words
from commissioning.sourcing.sentences import money


def sentence_facts(rows: Iterable[Law]) -> list[dict[str, str | None]]:
    return [
        {
            "key": row.key,
            "wording": row.wording,
            "citation": row.citation,
            "source": row.source_url,
            "checked_on": row.checked_on.isoformat() if row.checked_on else None,
        }
        for row in rows
    ]


def law_facts(requirement: Requirement, law: Governing, *, regulated: bool) -> dict[str, Any]:
    """The sentences of the nation that apply, in the places where the document prints them."""
    size = "below" if law.is_below else "above"
    registration = ["registration"] if regulated else []
    # The selection of health care has a law of its own, which is not covered.
    by_the_act = law.route not in {Route.NOT_A_PROCUREMENT, Route.PROVIDER_SELECTION}
    scope, sounding = (["scope"], ["sounding"]) if by_the_act else ([], [])
    small = [f"small-{size}", "lots", "insurance", "accounts"] if by_the_act else []
    together = {"mutual": "mutuals", "supported": "supported", "local": "local"}
    open_to = may_be_reserved_for(law.route)
    return {
        "nation": law.nation,
        "is": law.route.value,
        "route": sentence_facts(
            law.chosen("governing", f"route-{law.route.value}", *scope, "not-covered", *registration)
        ),
        "notices": sentence_facts(law.chosen(f"notices-{law.route.value}", *sounding)),
        "notice_words": notice_words(law, requirement),
        "payment": sentence_facts(law.chosen(*([f"payment-{size}"] if by_the_act else []))),
        "small": sentence_facts(law.chosen(*small)),
        "together": sentence_facts(law.chosen(*(key for name, key in together.items() if name in open_to))),
        "caveats": sentence_facts(law.chosen(*(["suitability-below"] if law.is_below else []))),
        "sums": sum_facts(law) if by_the_act else [],
    }


def sum_facts(law: Governing) -> list[dict[str, Any]]:
    what = {
        NOTIFIABLE: _("From this sum a below-threshold contract is notifiable"),
        LIGHT_TOUCH: _("From this sum the light-touch rules apply"),
        GOODS_AND_SERVICES: _("From this sum the full rules apply to work that does not count as light-touch"),
    }
    return [
        {
            "amount_pence": row.amount_pence,
            "amount": money(row.amount_pence),
            "what": what[key],
            "since": date_format(row.starts_on, "j F Y"),
            "source": row.source,
            "checked_on": row.checked_on.isoformat() if row.checked_on else None,
            "checked": date_format(row.checked_on, "j F Y") if row.checked_on else _("Not yet"),
        }
        for key, row in law.thresholds.items()
        if key in what
    ]
