"""A provider's page as it will look, before anybody published it: for those who write it alone."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from providers.finding.checks import Checks, checks_of
from providers.finding.profile import profile_of
from providers.joining.access import get_walk
from providers.joining.preview import content_of
from registry.models import User


class SignedInRequest(HttpRequest):
    user: User


@require_GET
@login_required
@never_cache
def preview(request: SignedInRequest, slug: str = "") -> HttpResponse:
    walk = get_walk(request.user, slug)
    today = timezone.localdate()
    content, council = content_of(walk, today), walk.said.council
    if council is None or not content["name"]:
        # Without a name and a place there is no page to show, and no council to show it for.
        return render(request, "joining/no_preview.html", {"walk": walk})
    for service in content["services"]:
        service["name"] = service["name"] or _("A service without a name yet")
    # What a council has seen stays seen while the words change.
    checks = checks_of([walk.provider.pk], today)[walk.provider.pk] if walk.provider else Checks()
    page = {"profile": profile_of(content, council, checks, today), "is_preview": True, "back": walk.list_address}
    return render(request, "finding/provider.html", page | {"walk": walk})
