"""Credentials one after another, with the keyboard alone; and those that want another look."""

from __future__ import annotations

import uuid
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from providers.access import get_credential_of, looked_at_by
from providers.credentials.actions import CannotRelyError, destroy_as_dbs
from providers.credentials.actions import take_back as write_take_back
from providers.credentials.evidence import is_openable
from providers.credentials.kinds import name_of
from providers.models import Check, Credential, Evidence
from providers.models.check import CheckOutcome
from providers.moderation import batch, batch_actions
from providers.moderation.batch_forms import BatchForm
from providers.references.reading import answers_to
from registry.access.getters import councils_where, get_council, get_councils, signed_in
from registry.access.permissions import Permission
from registry.models import Council, User


@login_required
@require_http_methods(["GET", "POST"])
def one_by_one(request: HttpRequest, code: str) -> HttpResponse:
    """How much waits, and the way in; at the end of a round, what was left."""
    council = get_council(request.user, code, Permission.CHECK_PROVIDERS)
    if request.method == "POST":
        return _to_next(request, council, None, None)
    waiting = batch.waiting_for(council, timezone.localdate())
    context = {
        "council": council,
        "waiting": waiting.count(),
        "is_end": "end" in request.GET,
        "done": _just_done(request, council),
    }
    return render(request, "moderation/one_by_one.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def check_one(request: HttpRequest, code: str, credential_id: uuid.UUID) -> HttpResponse:
    council, credential = get_credential_of(request.user, code, str(credential_id))
    today, user = timezone.localdate(), signed_in(request)
    held = batch.standing_of(credential, today)
    origin = batch.origin_for(held, council.pk)
    posted = request.POST if request.method == "POST" else None
    form = BatchForm(posted, origin=origin, initial={"seen_on": today})
    if request.method == "POST" and form.is_valid():
        return _decide(request, council, credential, form)
    others = batch_actions.held_by_another(credential, council, user, timezone.now())
    context = {
        "council": council,
        "credential": credential,
        "held": held,
        "pictures": batch.pictures_of([stored for stored in held.evidence if is_openable(stored)]),
        "answers": answers_to(credential),
        "why": batch.why_waits(credential, council, today),
        "left": batch.waiting_for(council, today).count(),
        "form": form,
        "other": others.by if others else None,
        "done": _just_done(request, council),
        "is_unfolded": bool(form.errors),
    }
    return render(request, "moderation/check_one.html", context)


@login_required
@require_POST
def take_back(request: HttpRequest, code: str, check_id: int) -> HttpResponse:
    """A slip of the hand: answered by a new row, and the credential is shown again."""
    council = get_council(request.user, code, Permission.CHECK_PROVIDERS)
    check = get_object_or_404(Check, pk=check_id, council=council)
    write_take_back(check=check, by=signed_in(request))
    messages.success(request, _("Taken back. Your first answer stays on record, with this one after it."))
    return redirect("check_one", code, check.credential_id)


@login_required
@require_http_methods(["GET", "POST"])
def destroy_one(request: HttpRequest, code: str, evidence_id: uuid.UUID) -> HttpResponse:
    """ "This is a DBS certificate: destroy it", for any council that looks at it."""
    council = get_council(request.user, code, Permission.CHECK_PROVIDERS)
    mine = looked_at_by(Council.objects.filter(pk=council.pk))
    kept = Evidence.objects.filter(credential__provider__in=mine, purged_at__isnull=True)
    evidence = get_object_or_404(kept.select_related("credential__provider"), pk=evidence_id)
    back = reverse("check_one", args=[code, evidence.credential_id])
    if request.method == "POST":
        destroy_as_dbs(evidence=evidence, council=council, by=signed_in(request))
        messages.success(request, _("The file is destroyed. We have told the provider why, and what to do instead."))
        return redirect(back)
    return render(request, "moderation/destroy.html", {"provider": evidence.credential.provider, "back": back})


@login_required
@require_GET
def look_again(request: HttpRequest) -> HttpResponse:
    """What was checked so long ago that the council wants another look, and what another council contradicts."""
    councils = get_councils(request.user, Permission.SEE_QUEUE).defer("boundary")
    may = set(councils_where(request.user, Permission.CHECK_PROVIDERS).values_list("pk", flat=True))
    today = timezone.localdate()
    found = [(council, council.pk in may, _named(batch.look_again(council, today))) for council in councils]
    return render(request, "moderation/look_again.html", {"found": found, "Why": batch.Why})


def _named(credentials: list[Credential]) -> list[tuple[Credential, str]]:
    return [(credential, name_of(credential.kind)) for credential in credentials]


def _decide(request: HttpRequest, council: Council, credential: Credential, form: BatchForm) -> HttpResponse:
    check = None
    try:
        check = batch_actions.decide(
            credential=credential, council=council, by=signed_in(request), found=form.found(), now=timezone.now()
        )
    except batch_actions.TurnTakenError as turn:
        messages.info(request, _("%(who)s is looking at that one. Here is the next.") % {"who": turn.by})
    except CannotRelyError:
        messages.info(request, _("That check does not stand any more. Look for yourself."))
        return redirect("check_one", council.pk, credential.pk)
    return _to_next(request, council, credential, check)


def _to_next(request: HttpRequest, council: Council, last: Credential | None, done: Check | None) -> HttpResponse:
    following = batch_actions.take_next(council=council, by=signed_in(request), last=last, now=timezone.now())
    told = {"done": done.pk} if done else {}
    if following is None:
        return redirect(f"{reverse('one_by_one', args=[council.pk])}?{urlencode({**told, 'end': 1})}")
    return redirect(f"{reverse('check_one', args=[council.pk, following.pk])}?{urlencode(told)}".rstrip("?"))


def _just_done(request: HttpRequest, council: Council) -> tuple[Check, str] | None:
    """The answer given a moment ago, while it can be taken back."""
    written = request.GET.get("done", "")
    if not written.isascii() or not written.isdigit() or len(written) > 18 or not isinstance(request.user, User):
        return None
    mine = Check.objects.filter(pk=int(written), council=council, by=request.user)
    check = mine.exclude(outcome=CheckOutcome.TAKEN_BACK).select_related("credential__provider").first()
    is_newest = check and Check.objects.filter(credential=check.credential_id).first() == check
    return (check, name_of(check.credential.kind)) if check and is_newest else None
