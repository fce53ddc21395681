"""A council invites a provider that it knows, or registers one by phone; the person takes it over and sends it."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from providers.introducing import actions, rules
from providers.introducing.access import get_introduction, introductions_of
from providers.introducing.forms import IntroduceForm, InviteForm
from providers.introducing.phone import PhoneWalk, known_twins
from providers.joining.actions import save_step
from providers.joining.flow import Walk
from providers.joining.summary import sections
from providers.models import Draft
from registry.access.getters import councils_where, get_councils, signed_in
from registry.access.permissions import Permission
from registry.accounts.forms import posted
from registry.accounts.rules import Refused, same_address
from registry.models import User

ON_A_PAGE = 50


@require_GET
@login_required
def introduced(request: HttpRequest) -> HttpResponse:
    """What the council began, and how far it has come."""
    councils = get_councils(request.user, Permission.INTRODUCE_PROVIDERS)
    page = Paginator(introductions_of(councils), ON_A_PAGE).get_page(request.GET.get("page"))
    rows = [(draft, stage_of(draft)) for draft in page]
    decides = councils_where(request.user, Permission.CHECK_PROVIDERS).exists()
    return render(request, "introducing/introduced.html", {"page": page, "rows": rows, "decides_claims": decides})


def stage_of(draft: Draft) -> rules.Stage:
    return rules.stage(
        is_invited=draft.invited_at is not None,
        is_taken_over=draft.taken_over_at is not None,
        is_sent=draft.provider_id is not None,
    )


@require_http_methods(["GET", "POST"])
@login_required
def invite(request: HttpRequest) -> HttpResponse:
    form = InviteForm(posted(request), councils=get_councils(request.user, Permission.INTRODUCE_PROVIDERS))
    if request.method == "POST" and form.is_valid():
        draft = _begin(request, form)
        if draft is not None:
            actions.send_invitation(draft=draft, by=signed_in(request))
            messages.success(request, _("We have sent the invitation to %(email)s.") % {"email": draft.for_email})
            _warn_of_twins(request, draft)
            return redirect("introduced")
    return render(request, "introducing/invite.html", {"form": form})


@require_http_methods(["GET", "POST"])
@login_required
def register(request: HttpRequest) -> HttpResponse:
    """The first page of a call: for whom it is. Then the same steps as everybody's."""
    form = IntroduceForm(posted(request), councils=get_councils(request.user, Permission.INTRODUCE_PROVIDERS))
    if request.method == "POST" and form.is_valid():
        draft = _begin(request, form)
        if draft is not None:
            _warn_of_twins(request, draft)
            return redirect(PhoneWalk(draft).next_address)
    return render(request, "introducing/register.html", {"form": form})


def _begin(request: HttpRequest, form: IntroduceForm) -> Draft | None:
    """None where it cannot be: the form then says why."""
    try:
        email, council = form.cleaned_data["email"], form.chosen_council()
        return actions.begin(council=council, email=email, known=form.known(), by=signed_in(request))
    except Refused as refused:
        form.add_error("email", str(refused))
        return None


def _warn_of_twins(request: HttpRequest, draft: Draft) -> None:
    if twins := known_twins(draft):
        words = ", ".join(str(twin.title) for twin in twins)
        messages.info(request, _("This may be on the register already: %(which)s") % {"which": words})


@require_GET
@login_required
def phone_steps(request: HttpRequest, draft_id: uuid.UUID) -> HttpResponse:
    walk = PhoneWalk(get_introduction(signed_in(request), draft_id))
    done = len(walk.needed) - len(walk.undone)
    return render(request, "introducing/phone_steps.html", {"walk": walk, "done": done, "of": len(walk.needed)})


@require_http_methods(["GET", "POST"])
@login_required
def phone_step(request: HttpRequest, draft_id: uuid.UUID, step: str) -> HttpResponse:
    draft = get_introduction(signed_in(request), draft_id)
    walk = PhoneWalk(draft)
    shown, today = walk.step(step), timezone.localdate()
    form = walk.form(shown, today=today, data=posted(request))
    if request.method == "POST" and form.is_valid():
        save_step(draft=draft, step=step, facts=form.facts(), by=signed_in(request))
        return redirect(PhoneWalk(draft).after(step))
    number = 0 if shown.optional else walk.needed.index(shown) + 1
    return render(request, shown.template, {"walk": walk, "step": shown, "number": number, "form": form})


@require_http_methods(["GET", "POST"])
@login_required
def phone_check(request: HttpRequest, draft_id: uuid.UUID) -> HttpResponse:
    """All that was written down, to be read out; the button asks the person to confirm it."""
    draft = get_introduction(signed_in(request), draft_id)
    if request.method == "POST":
        _send(request, draft)
        return redirect("introduced")
    walk = PhoneWalk(draft)
    page = {"walk": walk, "draft": draft, "sections": sections(walk, timezone.localdate()), "twins": known_twins(draft)}
    return render(request, "introducing/phone_check.html", page)


@require_POST
@login_required
def send_again(request: HttpRequest, draft_id: uuid.UUID) -> HttpResponse:
    _send(request, get_introduction(signed_in(request), draft_id))
    return redirect("introduced")


def _send(request: HttpRequest, draft: Draft) -> None:
    try:
        actions.send_invitation(draft=draft, by=signed_in(request))
    except Refused as refused:
        messages.info(request, str(refused))
    else:
        messages.success(request, _("We have sent a message to %(email)s.") % {"email": draft.for_email})


@require_POST
@login_required
def withdraw(request: HttpRequest, draft_id: uuid.UUID) -> HttpResponse:
    actions.withdraw(draft=get_introduction(signed_in(request), draft_id), by=signed_in(request))
    messages.success(request, _("Taken back. The link no longer works, and what was written down is deleted."))
    return redirect("introduced")


@require_http_methods(["GET", "POST"])
@never_cache
def introduced_me(request: HttpRequest, draft_id: uuid.UUID) -> HttpResponse:
    """The link in the person's email. Opening it changes nothing, because mail scanners open links too."""
    draft = Draft.objects.filter(pk=draft_id, begun_for__isnull=False).select_related("begun_for", "provider").first()
    user = request.user if isinstance(request.user, User) else None
    if draft and user and draft.user_id == user.pk:
        return redirect("my_provider", draft.provider.slug) if draft.provider else redirect("join_steps")
    if draft is None or _is_over(draft):
        return render(request, "introducing/introduction_ended.html", status=410)
    if user is None:
        return render(request, "introducing/introduction_sign_in.html", {"draft": draft})
    if not same_address(draft.for_email, user.email):
        return render(request, "introducing/introduction_not_yours.html", status=403)
    if request.method == "POST":
        actions.take_over(draft=draft, by=user)
        return redirect("join_check" if Walk(draft, None).is_complete else "join_steps")
    walk = PhoneWalk(draft)
    page = {"draft": draft, "walk": walk, "sections": sections(walk, timezone.localdate())}
    page["has_begun"] = Draft.objects.filter(user=user, provider=None).exists()
    return render(request, "introducing/introduction.html", page)


def _is_over(draft: Draft) -> bool:
    """Taken over by this person, it was led on before; by another, it is none of theirs."""
    touched_on = timezone.localdate(draft.touched_at)
    return draft.taken_over_at is not None or rules.is_forgotten(touched_on, timezone.localdate())
