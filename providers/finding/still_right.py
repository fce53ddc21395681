"""The page behind the link that asks a provider whether its listing is still right. Nobody signs in for it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from providers.confirming.actions import confirm
from providers.confirming.last import confirmed_last
from providers.confirming.links import Asked, LinkEnded, read
from providers.finding.profile import public_profile
from providers.listings.freshness import good_until
from providers.models import Provider, Version


@require_http_methods(["GET", "POST"])
@never_cache
def still_right(request: HttpRequest, token: str) -> HttpResponse:
    """What the public reads, and one button. Opening it does nothing: mail scanners open links (rule 17)."""
    try:
        asked = read(token)
    except LinkEnded:
        return render(request, "confirming/ended.html", status=404)
    provider = Provider.listed.filter(pk=asked.provider_id).first()
    if provider is None:
        return render(request, "confirming/ended.html", {"is_down": True}, status=404)
    if request.method == "POST":
        confirm(provider=provider, by=None, now=timezone.now())
        return redirect("still_right", token)
    return render(request, "confirming/confirm.html", _page(provider, asked))


def _page(provider: Provider, asked: Asked) -> dict[str, object]:
    confirmed_on = confirmed_last(provider)
    newest = Version.objects.select_related("provider__home_council").filter(provider=provider).first()
    assert newest is not None, "a listed provider has a version"
    return {
        "provider": provider,
        "profile": public_profile(newest, timezone.localdate()),
        # Used twice, or forwarded: the link then says what has been done, and asks for nothing.
        "is_done": confirmed_on is not None and good_until(confirmed_on) > asked.due_on,
        "confirmed_on": confirmed_on,
        "good_until": good_until(confirmed_on) if confirmed_on else None,
    }
