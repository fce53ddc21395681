"""A lot into several: what is proposed, and taking it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from commissioning.access import get_requirement
from commissioning.models import Lot
from commissioning.requirements import actions
from commissioning.requirements.splitting import Part, Proposal, able_to_answer, propose
from commissioning.requirements.views import writing
from commissioning.requirements.wording import span_words, work_words
from commissioning.sourcing.field import assess_lot
from commissioning.sourcing.times import Window
from providers.listings.hours import days_in_words
from registry.access.getters import signed_in
from registry.access.permissions import Permission

TITLE_LENGTH = 120
NAMED_PLACES = 4


@writing
def split_lot(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Show the parts that more people could answer; taken only as they were shown."""
    found = get_requirement(request.user, reference, Permission.WRITE_REQUIREMENTS)
    lot = get_object_or_404(found.lots.select_related("category"), number=number)
    lot.requirement = found
    was = actions.state_of(lot)
    proposal, whole = proposal_for(lot)
    shown = hashlib.sha256(repr(proposal.parts).encode()).hexdigest()
    if request.method == "POST":
        if request.POST.get("shown") != shown or not taken(request, lot, proposal, whole, was):
            messages.info(request, _("The lot or the field has changed meanwhile: look again at what is proposed."))
            return redirect("split_lot", reference, number)
        return redirect("requirement", reference)
    context = {"requirement": found, "lot": lot, "proposal": proposal, "rows": rows(proposal), "shown": shown}
    return render(request, "commissioning/split_lot.html", context)


def proposal_for(lot: Lot) -> tuple[Proposal, Part]:
    """What is proposed for a lot today, and the lot as it stands."""
    field = assess_lot(lot, timezone.localdate())
    minutes = None if lot.hours_per_week is None else lot.hours_per_week * 60
    whole = Part(tuple(sorted(place.code for place in field.places)), field.terms.times, minutes)
    able = able_to_answer(
        (str(one.listing.provider_id), one.candidate, one.assessment, one.reaches) for one in field.standings
    )
    return propose(whole, able, {place.code: (place.easting, place.northing) for place in field.places}), whole


def taken(request: HttpRequest, lot: Lot, proposal: Proposal, whole: Part, was: Any) -> bool:
    parts = [facts_of(lot, part, whole) for part, _count in proposal.parts]
    try:
        actions.split_lot(by=signed_in(request), lot=lot, parts=parts, was=was)
    except actions.LotMovedOnError:
        return False
    messages.success(request, _("The lot is now several. Their hours are shares: change them where you know better."))
    return True


def facts_of(lot: Lot, part: Part, whole: Part) -> dict[str, Any]:
    return {
        "title": title_of(lot, part, whole),
        "outcodes": list(part.places),
        "hours_per_week": None if part.minutes is None else -(-part.minutes // 60),
        "times": [
            {
                "day": window.day,
                "starts_minute": window.starts,
                "ends_minute": window.ends,
                "minutes_needed": window.minutes,
            }
            for window in part.times
        ],
    }


def title_of(lot: Lot, part: Part, whole: Part) -> str:
    """The lot's own title, with what sets the part apart."""
    words = []
    if part.places != whole.places:
        words.append(place_words(part.places))
    if days(part.times) != days(whole.times):
        words.append(", ".join(days_in_words(days(part.times))))
    apart = ", ".join(words)
    return f"{lot.title[: TITLE_LENGTH - len(apart) - 2]}: {apart}" if apart else lot.title


def days(times: Iterable[Window]) -> set[str]:
    return {window.day for window in times}


def place_words(places: tuple[str, ...]) -> str:
    if len(places) <= NAMED_PLACES:
        return ", ".join(places)
    words = _("%(places)s and %(more)d more")
    return words % {"places": ", ".join(places[: NAMED_PLACES - 1]), "more": len(places) - NAMED_PLACES + 1}


def rows(proposal: Proposal) -> list[dict[str, Any]]:
    return [
        {
            "where": ", ".join(part.places),
            "when": [span_words(window.day, window.starts, window.ends) for window in part.times],
            "work": work_words(part.minutes) if part.minutes is not None else _("Not by the hour"),
            "count": count,
        }
        for part, count in proposal.parts
    ]
