"""A person's keys for programs, under their account."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from providers.api.actions import TooManyKeys, end_key, make_key
from providers.api.forms import KeyForm
from providers.models import ApiKey
from registry.access.getters import signed_in
from registry.accounts.second_factor import session_passed
from registry.models import User


@require_http_methods(["GET", "POST"])
@login_required
@never_cache
def api_keys(request: HttpRequest) -> HttpResponse:
    """The key is shown in the answer that makes it, and never again: it is in no address and no session."""
    user = signed_in(request)
    form = KeyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        passed = session_passed(request, user)
        try:
            made, key = make_key(**form.cleaned_data, after_second_step=passed, by=user, now=timezone.now())
        except TooManyKeys:
            form.add_error(None, _("You have as many keys as one person may have. End one that you do not need"))
        else:
            return render(request, "api/key_made.html", {"made": made, "key": key})
    return render(request, "api/keys.html", {"form": form, "keys": _rows(user)})


@require_POST
@login_required
def end_api_key(request: HttpRequest, key_id: uuid.UUID) -> HttpResponse:
    user = signed_in(request)
    key = ApiKey.objects.filter(user=user, pk=key_id).first()
    if key is None:
        raise Http404("No such key of this person")
    end_key(key=key, by=user)
    messages.success(request, _("That key is ended. Nothing can use it any more."))
    return redirect("api_keys")


def _rows(user: User) -> list[dict[str, object]]:
    today = timezone.localdate()
    return [{"key": key, "is_over": key.expires_on < today} for key in ApiKey.objects.filter(user=user)]
