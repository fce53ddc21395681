from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from providers.access import get_provider
from providers.confirming.actions import confirm
from providers.credentials.wording import day
from providers.listings.freshness import good_until
from providers.models import Provider
from registry.access.getters import signed_in
from registry.access.permissions import Permission


@require_POST
@login_required
def confirm_mine(request: HttpRequest, slug: str) -> HttpResponse:
    """The button on the provider's own page."""
    user = signed_in(request)
    provider = get_provider(user, slug, Permission.EDIT_PROVIDER)
    if not Provider.listed.filter(pk=provider.pk).exists():
        messages.info(request, _("Your listing is not up, so there is nothing to confirm yet."))
        return redirect("my_provider", slug)
    confirm(provider=provider, by=user, now=timezone.now())
    until = day(good_until(timezone.localdate()))
    messages.success(
        request, _("Thank you. That is good until %(day)s; we ask you again before then.") % {"day": until}
    )
    return redirect("my_provider", slug)
