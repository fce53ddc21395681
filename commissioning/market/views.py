from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from commissioning.market import shown
from commissioning.market.advice import advice
from commissioning.market.conditions import asked_for, conditions
from commissioning.market.forms import AskedForm
from commissioning.market.gaps import gap_map, gaps, kinds, nearest_outcodes, places, reached_by
from commissioning.market.ground import Ground, ground_of
from commissioning.market.past import awarded, readings
from commissioning.market.reading import offers_near
from commissioning.market.rules import LEAST_PROVIDERS, LEAST_SEARCHES
from commissioning.market.searches import period_of, searches
from commissioning.market.supply import supply
from commissioning.market.tables import as_file
from providers.meaning.vocabulary import Term
from registry.access.getters import get_council, get_councils
from registry.access.permissions import Permission
from registry.models import Council

MOST_CHANGES = 25


def market_of(request: HttpRequest, code: str) -> Council:
    """For the council's own staff: in a small place a count of two names both, and a gap may be one family's."""
    return get_council(request.user, code, Permission.SEE_REQUIREMENTS)


def kind_of_help(category: str) -> Term:
    found = next((term for term in kinds() if term.code == category), None)
    if found is None:
        raise Http404("No such kind of help")
    return found


def census_of(council: Council) -> Ground:
    """For files of people: where no census is loaded there is no file."""
    ground = ground_of(council)
    if not ground.has_people:
        raise Http404("No census of this council")
    return ground


@login_required
@require_GET
def market_list(request: HttpRequest) -> HttpResponse:
    """The markets of the councils that a person works for; of one council, its market."""
    councils = list(get_councils(request.user, Permission.SEE_REQUIREMENTS))
    if len(councils) == 1:
        return redirect("market", councils[0].pk)
    return render(request, "commissioning/market_list.html", {"councils": councils})


@login_required
@require_GET
def market(request: HttpRequest, code: str) -> HttpResponse:
    """Who has nobody, over all kinds of help, and the way to the other pages."""
    council = market_of(request, code)
    ground = ground_of(council)
    found = gaps(ground, offers_near(ground)) if ground.has_people else []
    context = {"council": council, "ground": ground, "table": shown.gap_table(council, found)}
    return render(request, "commissioning/market.html", context)


@login_required
@require_GET
def market_gaps_file(request: HttpRequest, code: str) -> HttpResponse:
    council = market_of(request, code)
    ground = census_of(council)
    return as_file(shown.gap_table(council, gaps(ground, offers_near(ground))), council.pk)


@login_required
@require_GET
def market_gap(request: HttpRequest, code: str, category: str) -> HttpResponse:
    """Where nobody gives one kind of help, as a map and as a table."""
    council, term = market_of(request, code), kind_of_help(category)
    ground = ground_of(council)
    context = {"council": council, "term": term, "ground": ground}
    if ground.has_people:
        reached, outcodes = reached_by(offers_near(ground), term.code, ground), nearest_outcodes(ground)
        context |= {
            "is_everywhere": reached.all(),
            "residents": shown.number(int(ground.residents.sum())),
            "without": shown.number(ground.people(~reached)),
            "disabled_without": shown.number(ground.disabled_people(~reached)),
            "drawing": gap_map(council, ground, reached, outcodes),
            "table": shown.place_table(term.code, places(ground, reached, outcodes)),
        }
    return render(request, "commissioning/market_gap.html", context)


@login_required
@require_GET
def market_gap_file(request: HttpRequest, code: str, category: str) -> HttpResponse:
    council, term = market_of(request, code), kind_of_help(category)
    ground = census_of(council)
    reached = reached_by(offers_near(ground), term.code, ground)
    return as_file(shown.place_table(term.code, places(ground, reached, nearest_outcodes(ground))), council.pk)


@login_required
@require_GET
def market_areas_file(request: HttpRequest, code: str, category: str) -> HttpResponse:
    council, term = market_of(request, code), kind_of_help(category)
    ground = census_of(council)
    reached = reached_by(offers_near(ground), term.code, ground)
    outcodes = [place.pk for place in nearest_outcodes(ground)]
    return as_file(shown.area_table(term.code, ground, reached.tolist(), outcodes), council.pk)


@login_required
@require_GET
def market_supply(request: HttpRequest, code: str) -> HttpResponse:
    """What help costs and how many hours are free."""
    council = market_of(request, code)
    ground = ground_of(council)
    found = supply(ground, offers_near(ground))
    context = {
        "council": council,
        "supply": found,
        "prices": shown.price_table(found.prices),
        "hours": shown.hours_table(found.hours),
        "least": LEAST_PROVIDERS,
    }
    return render(request, "commissioning/market_supply.html", context)


@login_required
@require_GET
def market_prices_file(request: HttpRequest, code: str) -> HttpResponse:
    council = market_of(request, code)
    ground = ground_of(council)
    return as_file(shown.price_table(supply(ground, offers_near(ground)).prices), council.pk)


@login_required
@require_GET
def market_hours_file(request: HttpRequest, code: str) -> HttpResponse:
    council = market_of(request, code)
    ground = ground_of(council)
    return as_file(shown.hours_table(supply(ground, offers_near(ground)).hours), council.pk)


@login_required
@require_GET
def market_searches(request: HttpRequest, code: str) -> HttpResponse:
    """What families looked for and did not find."""
    council, period = market_of(request, code), period_of(timezone.localdate())
    table = shown.search_table(searches(council, period), period)
    context = {"council": council, "table": table, "least": LEAST_SEARCHES}
    return render(request, "commissioning/market_searches.html", context)


@login_required
@require_GET
def market_searches_file(request: HttpRequest, code: str) -> HttpResponse:
    council, period = market_of(request, code), period_of(timezone.localdate())
    return as_file(shown.search_table(searches(council, period), period), council.pk)


@login_required
@require_GET
def market_past(request: HttpRequest, code: str) -> HttpResponse:
    """How open requirements were when they were locked, and what share of what was awarded micro-providers had."""
    council = market_of(request, code)
    context = {
        "council": council,
        "openness": shown.openness_table(readings(council)),
        "outcomes": shown.award_table(awarded(council)),
    }
    return render(request, "commissioning/market_past.html", context)


@login_required
@require_GET
def market_openness_file(request: HttpRequest, code: str) -> HttpResponse:
    council = market_of(request, code)
    return as_file(shown.openness_table(readings(council)), council.pk)


@login_required
@require_GET
def market_outcomes_file(request: HttpRequest, code: str) -> HttpResponse:
    council = market_of(request, code)
    return as_file(shown.award_table(awarded(council)), council.pk)


@login_required
@require_GET
def market_conditions(request: HttpRequest, code: str) -> HttpResponse:
    """In what conditions more people could do the work: what would have to change, ranked."""
    council, today = market_of(request, code), timezone.localdate()
    ground, form = ground_of(council), AskedForm(request.GET, policies=asked_for(council))
    found = conditions(ground, offers_near(ground), form.kept(), today)
    context = {
        "council": council,
        "ground": ground,
        "form": form,
        "address": form.address(),
        "found": found,
        "advised": advice(council, found.overall, today),
        "table": shown.change_table(found.by_kind[:MOST_CHANGES], has_people=ground.has_people),
        "more": len(found.by_kind) > MOST_CHANGES,
    }
    return render(request, "commissioning/market_conditions.html", context)


@login_required
@require_GET
def market_conditions_file(request: HttpRequest, code: str) -> HttpResponse:
    """The same rows for the same choice of what is asked for, and all of them."""
    council = market_of(request, code)
    ground, form = ground_of(council), AskedForm(request.GET, policies=asked_for(council))
    found = conditions(ground, offers_near(ground), form.kept(), timezone.localdate())
    return as_file(shown.change_table(found.by_kind, has_people=ground.has_people), council.pk)
