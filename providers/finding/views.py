from __future__ import annotations

from urllib.parse import urlsplit

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from providers.access import providers_of
from providers.enquiring.shown import asking
from providers.figures.counting import count_visit
from providers.finding.bounds import in_bounds, may_tell, too_often
from providers.finding.forms import NobodyFoundForm
from providers.finding.profile import public_profile
from providers.finding.search import Search
from providers.listings.gaps import record_gap
from providers.models import Provider, Version
from providers.recommending.shown import recommendations
from registry.places.lookup import council_of


@require_safe
@cache_control(private=True, max_age=0)
@in_bounds
def find(request: HttpRequest) -> HttpResponse:
    """Families' search. The postcode stands in the address alone: nothing here writes it down (rule 11)."""
    search = Search(request.GET, timezone.localdate())
    response = render(request, "finding/find.html", {"search": search, "form": search.form})
    if search.is_answered:
        count_visit(request, {result.provider_id for result in search.results}, "found")
    return response


@require_POST
def nobody_found(request: HttpRequest) -> HttpResponse:
    """A family tells the council that nobody was found: what kind of help and which district, and nothing else."""
    form = NobodyFoundForm(request.POST)
    if not form.is_valid():
        raise BadRequest("Not one of our own forms")
    if wait := may_tell(request):
        return too_often(request, wait)
    district = form.cleaned_data["district"]
    record_gap(categories=form.cleaned_data["category"], district=district.pk, today=timezone.localdate())
    return redirect(f"{reverse('council_was_told')}?district={district.pk}")


@require_safe
@cache_control(private=True, max_age=0)
@vary_on_headers("Referer")
def council_was_told(request: HttpRequest) -> HttpResponse:
    council = council_of(request.GET.get("district", "").replace("\0", ""))
    return render(request, "finding/council_was_told.html", {"council": council, "back": _search_before(request)})


@require_safe
@cache_control(private=True, max_age=0)
@vary_on_headers("Referer")
def provider(request: HttpRequest, slug: str) -> HttpResponse:
    versions = Version.objects.filter(provider__in=Provider.listed.filter(slug=slug))
    newest = versions.select_related("provider__home_council").defer("provider__home_council__boundary").first()
    if newest is None:
        raise Http404("No such provider, or not listed today")
    page = {
        "profile": public_profile(newest, timezone.localdate()),
        "back": _search_before(request),
        "asking": asking(newest.provider, newest.content, timezone.now()),
        "recommendations": recommendations(newest.provider_id),
    }
    response = render(request, "finding/provider.html", page)
    # Those who run it look at their own page more often than anybody.
    if not providers_of(request.user).filter(pk=newest.provider_id).exists():
        count_visit(request, [newest.provider_id], "opened")
    return response


def _search_before(request: HttpRequest) -> str:
    """The search that led here, as the browser alone remembers it: going back must not ask for it all again."""
    try:
        came_from = urlsplit(request.headers.get("Referer", ""))
    except ValueError:
        return ""
    is_ours = came_from.netloc == request.get_host() and came_from.path == reverse("find")
    return f"{came_from.path}?{came_from.query}" if is_ours and came_from.query else ""
