from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import model_to_dict
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from providers.models.moderation_policy import moderation_policy_of
from providers.moderation.forms import ModerationPolicyForm
from providers.moderation.policy_actions import set_moderation_policy
from registry.access.getters import get_council, signed_in
from registry.access.permissions import Permission


@login_required
@require_http_methods(["GET", "POST"])
def changes_at_once(request: HttpRequest, code: str) -> HttpResponse:
    """What a council lets providers change without its yes, and whether it relies on other councils' checks."""
    council = get_council(request.user, code, Permission.MANAGE_COUNCIL)
    form = ModerationPolicyForm(
        request.POST if request.method == "POST" else None, initial=model_to_dict(moderation_policy_of(council.pk))
    )
    if request.method == "POST" and form.is_valid():
        set_moderation_policy(council=council, by=signed_in(request), **form.cleaned_data)
        messages.success(request, _("Saved. It holds for what providers send from now on."))
        return redirect("changes_at_once", code)
    return render(request, "moderation/changes_at_once.html", {"council": council, "form": form})
