"""What a council asks of its providers, and for how long a check is good."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from providers.credentials import actions
from providers.credentials.kinds import KINDS
from providers.credentials.policy import EMPLOYERS_LIABILITY, Policy, policies_of
from providers.credentials.policy_forms import KindPolicyForm
from providers.models import Category
from registry.access.getters import get_council, signed_in
from registry.access.permissions import Permission
from registry.models import Council


@login_required
@require_GET
def checks_asked_for(request: HttpRequest, code: str) -> HttpResponse:
    """Every kind with what the council says of it, each with a page of its own to change that."""
    council = get_council(request.user, code, Permission.MANAGE_COUNCIL)
    names = dict(Category.objects.groups().values_list("pk", "name"))
    by_family = groupby(policies_of(council).values(), key=lambda policy: policy.family)
    families = [(family, [_row(policy, council, names) for policy in policies]) for family, policies in by_family]
    return render(request, "credentials/checks_asked_for.html", {"council": council, "families": families})


@login_required
@require_http_methods(["GET", "POST"])
def check_asked_for(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    council = get_council(request.user, code, Permission.MANAGE_COUNCIL)
    policy = policies_of(council).get(kind)
    if policy is None:
        raise Http404("No such kind")
    form = KindPolicyForm(request.POST if request.method == "POST" else None, policy=policy)
    if request.method == "POST" and form.is_valid():
        actions.set_policy(council=council, by=signed_in(request), kind=kind, **form.answers())
        messages.success(request, _("Saved. New numbers of months count from the next certificate on."))
        return redirect("checks_asked_for", code)
    context = {
        "council": council,
        "form": form,
        "policy": policy,
        "known": KINDS.get(kind),
        "follows_from_employing": kind == EMPLOYERS_LIABILITY,
    }
    return render(request, "credentials/check_asked_for.html", context)


def _row(policy: Policy, council: Council, names: dict[str, str]) -> dict[str, Any]:
    return {
        "key": policy.name,
        "value": "\n".join(_sentences(policy, names)),
        "href": reverse("check_asked_for", args=[council.pk, policy.kind]),
        "hidden": policy.name,
    }


def _sentences(policy: Policy, names: dict[str, str]) -> list[str]:
    said = [_of_whom(policy, names)]
    kind = KINDS.get(policy.kind)
    renewal, again = policy.renewal_months, policy.check_months
    if renewal and not (kind and kind.runs_out):
        words = ngettext("Renewed after %(months)d month", "Renewed after %(months)d months", renewal)
        said.append(words % {"months": renewal})
    if again:
        words = ngettext("Looked at again after %(months)d month", "Looked at again after %(months)d months", again)
        said.append(words % {"months": again})
    return said


def _of_whom(policy: Policy, names: dict[str, str]) -> str:
    if policy.kind == EMPLOYERS_LIABILITY:
        return _("Asked of those who employ anyone")
    if policy.of_all:
        return _("Asked of everybody")
    if not policy.only_of:
        return _("Not asked for")
    return _("Asked of: %(categories)s") % {"categories": ", ".join(names.get(code, code) for code in policy.only_of)}
