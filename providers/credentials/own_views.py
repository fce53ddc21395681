"""A provider's own proof: what it holds, adding to it, renewing, correcting and taking it back."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from providers.access import get_provider, may
from providers.credentials import actions, claims, own
from providers.credentials.claim_forms import ClaimForm, said_before, to_renew
from providers.credentials.kinds import KINDS, Kind
from providers.credentials.policy import policies_of
from providers.credentials.standing import with_checks
from providers.credentials.storage import NotStored
from providers.credentials.wording import day, what_is_held
from providers.models import Credential, Provider
from registry.access.getters import signed_in
from registry.access.permissions import Permission


@login_required
@require_GET
def my_credentials(request: HttpRequest, slug: str) -> HttpResponse:
    provider = get_provider(request.user, slug, Permission.SEE_PROVIDER)
    today = timezone.localdate()
    page = {
        "provider": provider,
        "families": own.held_by(provider, today),
        "missing": own.missing(provider, today),
        "dbs_asked_by": own.asks_for_dbs(provider),
        "employs_nobody": provider.employs_anyone is False,
        "may_edit": may(request.user, provider, Permission.EDIT_PROVIDER),
    }
    return render(request, "credentials/mine.html", page)


@login_required
@require_GET
def my_credential(request: HttpRequest, slug: str, credential_id: uuid.UUID) -> HttpResponse:
    provider = get_provider(request.user, slug, Permission.SEE_PROVIDER)
    credential = _get(provider, credential_id)
    today = timezone.localdate()
    page = {
        "provider": provider,
        "held": own.held_one(credential, today),
        "earlier": own.earlier_than(credential, today),
        "may_edit": may(request.user, provider, Permission.EDIT_PROVIDER) and credential.replaced_at is None,
        "is_claimed_by_hand": credential.kind in KINDS and KINDS[credential.kind].is_claimed_by_hand,
    }
    return render(request, "credentials/one.html", page)


@login_required
@require_GET
def kinds_to_add(request: HttpRequest, slug: str) -> HttpResponse:
    provider = get_provider(request.user, slug, Permission.EDIT_PROVIDER)
    page = {"provider": provider, "families": own.kinds_to_add(provider).items()}
    return render(request, "credentials/kinds.html", page)


@login_required
@require_http_methods(["GET", "POST"])
def add_credential(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    provider = get_provider(request.user, slug, Permission.EDIT_PROVIDER)
    known = next((one for kinds in own.kinds_to_add(provider).values() for one in kinds if one.code == kind), None)
    if known is None:
        raise Http404("No such kind for this provider")
    form = _form(request, provider, known)
    if made := _write(request, form, partial(claims.claim, provider=provider, kind=kind)):
        return _saved(request, provider, made, form)
    page = {"provider": provider, "form": form, "kind": known, "title": known.name}
    return render(request, "credentials/claim.html", page)


@login_required
@require_http_methods(["GET", "POST"])
def renew_credential(request: HttpRequest, slug: str, credential_id: uuid.UUID) -> HttpResponse:
    provider = get_provider(request.user, slug, Permission.EDIT_PROVIDER)
    old = _get_current(provider, credential_id)
    form = _form(request, provider, KINDS[old.kind], to_renew(old))
    if made := _write(request, form, partial(claims.claim, provider=provider, kind=old.kind, renews=old)):
        return _saved(request, provider, made, form)
    page = {"provider": provider, "form": form, "kind": KINDS[old.kind], "renews": own.held_one(old, form.today)}
    return render(request, "credentials/claim.html", page)


@login_required
@require_http_methods(["GET", "POST"])
def correct_credential(request: HttpRequest, slug: str, credential_id: uuid.UUID) -> HttpResponse:
    provider = get_provider(request.user, slug, Permission.EDIT_PROVIDER)
    old = _get_current(provider, credential_id)
    if old.checks.exists():
        return _checked_meanwhile(request, provider, old)
    form = _form(request, provider, KINDS[old.kind], said_before(old))
    try:
        made = _write(request, form, partial(claims.correct_credential, credential=old))
    except claims.AlreadyCheckedError:
        return _checked_meanwhile(request, provider, old)
    if made:
        return _saved(request, provider, made, form)
    page = {"provider": provider, "form": form, "kind": KINDS[old.kind], "corrects": own.held_one(old, form.today)}
    return render(request, "credentials/claim.html", page)


@login_required
@require_http_methods(["GET", "POST"])
def withdraw_credential(request: HttpRequest, slug: str, credential_id: uuid.UUID) -> HttpResponse:
    provider = get_provider(request.user, slug, Permission.EDIT_PROVIDER)
    credential = _get(provider, credential_id)
    if request.method == "POST":
        if credential.replaced_at is None:
            actions.withdraw_credential(credential=credential, by=signed_in(request))
        messages.success(request, _("Taken off. Families and councils no longer see it."))
        return redirect("my_credentials", slug)
    page = {"provider": provider, "held": own.held_one(credential, timezone.localdate())}
    return render(request, "credentials/withdraw.html", page)


def _form(request: HttpRequest, provider: Provider, kind: Kind, initial: dict[str, object] | None = None) -> ClaimForm:
    is_post = request.method == "POST"
    return ClaimForm(
        request.POST if is_post else None,
        request.FILES if is_post else None,
        kind=kind,
        people=provider.people,
        council=provider.home_council.full_name,
        months=policies_of(provider.home_council)[kind.code].renewal_months,
        today=timezone.localdate(),
        initial=initial,
    )


def _write(request: HttpRequest, form: ClaimForm, act: Callable[..., Credential]) -> Credential | None:
    """What was claimed; None where there is nothing to write, or something is wrong that the form now says."""
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        return act(by=signed_in(request), facts=form.facts(), pages=form.cleaned_data["pages"])
    except NotStored:
        form.add_error("pages", _("There was no room to keep this just now. Nothing was sent. Try again in an hour."))
        return None


def _saved(request: HttpRequest, provider: Provider, made: Credential, form: ClaimForm) -> HttpResponse:
    """Say what became of it, and name a last day that was filled in."""
    was_sent = provider.submissions.filter(decided_at__isnull=True).exists()
    words = [_("Saved: %(what)s.") % {"what": what_is_held(made, provider.people)}]
    if made.ends_on and not form.cleaned_data.get("ends_on"):
        words.append(_("We filled in the last day: %(day)s.") % {"day": day(made.ends_on)})
    if was_sent:
        words.append(_("%(council)s will look at it.") % {"council": provider.home_council.full_name})
    else:
        words.append(_("It goes to the council when you send your listing."))
    messages.success(request, " ".join(words))
    return redirect("my_credentials", provider.slug)


def _checked_meanwhile(request: HttpRequest, provider: Provider, credential: Credential) -> HttpResponse:
    messages.info(request, _("A council has looked at this one, so it stays as it is. You can send a new one instead."))
    return redirect("my_credential", provider.slug, credential.pk)


def _get(provider: Provider, credential_id: uuid.UUID) -> Credential:
    return get_object_or_404(with_checks(Credential.every.filter(provider=provider)), pk=credential_id)


def _get_current(provider: Provider, credential_id: uuid.UUID) -> Credential:
    """One that may be renewed or corrected here: claimed by hand, of a kind that we know, not replaced."""
    by_hand = [kind.code for kind in KINDS.values() if kind.is_claimed_by_hand]
    current = Credential.every.filter(provider=provider, replaced_at__isnull=True, kind__in=by_hand)
    return get_object_or_404(with_checks(current), pk=credential_id)
