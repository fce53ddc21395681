"""Joining, and changing what was said: the same pages at /join/ and at /my/<slug>/."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from providers.credentials.evidence import is_openable
from providers.joining import actions
from providers.joining.access import get_file, get_walk
from providers.joining.asides import first_aside
from providers.joining.flow import Walk
from providers.joining.forms.answer import AnswerForm
from providers.joining.forms.base import StepForm
from providers.joining.link_back import TooManyLinks, send_link_back
from providers.joining.meanwhile import differences, read_moment
from providers.joining.papers import keep_pages, papers_of
from providers.joining.said import slug_of
from providers.joining.steps import Step
from providers.joining.summary import sections
from registry.models import User

# Once they have said who they are and where, a package above may have a question of its own.
ASIDES_AFTER = ("you", "numbers", "where")


class SignedInRequest(HttpRequest):
    user: User


@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """What you will need, how long it takes, what the public sees."""
    walk = get_walk(request.user) if isinstance(request.user, User) else Walk(None, None)
    return render(request, "joining/start.html", {"walk": walk})


@require_POST
@login_required
def another(request: SignedInRequest) -> HttpResponse:
    """A second business of the same person; the first is left as it is."""
    actions.start_draft(by=request.user)
    return redirect("join_steps")


@require_GET
@login_required
def task_list(request: SignedInRequest, slug: str = "") -> HttpResponse:
    walk = get_walk(request.user, slug)
    done = len(walk.needed) - len(walk.undone)
    return render(request, "joining/steps.html", {"walk": walk, "done": done, "of": len(walk.needed)})


@require_POST
@login_required
def send_link(request: SignedInRequest, slug: str = "") -> HttpResponse:
    """The address of the list, sent to the person's own: to carry on from another device, or another day."""
    walk = get_walk(request.user, slug)
    try:
        send_link_back(by=request.user, provider=walk.provider, address=walk.list_address, now=timezone.now())
        messages.success(request, _("We have sent a link to %(email)s.") % {"email": request.user.email})
    except TooManyLinks:
        messages.error(request, _("We have sent you three links in the last hour. Look in your spam folder too."))
    return redirect(walk.list_address)


@require_POST
@login_required
def add_service(request: SignedInRequest, slug: str = "") -> HttpResponse:
    walk = get_walk(request.user, slug)
    draft = walk.draft or actions.start_draft(by=request.user, provider=walk.provider)
    try:
        mark = actions.add_service(draft=draft, by=request.user)
    except actions.TooManyServices:
        messages.error(request, _("That is as many services as one list can hold. Take one off first."))
        return redirect(walk.list_address)
    return redirect(walk.address_of(slug_of("service", mark)))


@require_http_methods(["GET", "POST"])
@login_required
def take_off_service(request: SignedInRequest, service: str, slug: str = "") -> HttpResponse:
    """What will happen, and the button; of the last service, how to leave instead."""
    walk = get_walk(request.user, slug)
    offered = walk.service_at(service)
    if offered is None:
        # Taken off before, from another page or by somebody else: then it is as it was meant to be.
        return redirect(walk.list_address)
    if request.method == "POST":
        draft = walk.draft or actions.start_draft(by=request.user, provider=walk.provider)
        try:
            actions.take_off_service(draft=draft, mark=offered.mark, by=request.user, now=timezone.now())
            return redirect(walk.list_address)
        except actions.LastServiceError:
            walk = get_walk(request.user, slug)
    page = {"walk": walk, "offered": offered, "name": walk.name_of(offered.mark)}
    page |= {"may_take_off": walk.may_take_off(offered.mark), "change_address": walk.address_of(service)}
    return render(request, "joining/take_off_service.html", page)


@require_http_methods(["GET", "POST"])
@login_required
def step(request: SignedInRequest, step: str, slug: str = "") -> HttpResponse:
    walk = get_walk(request.user, slug)
    shown = walk.any_step(step)
    if not walk.is_asked(shown):
        return _not_asked(request, walk, shown)
    if request.method == "GET":
        return render(request, shown.template, _page(walk, shown, walk.form(shown, today=timezone.localdate())))
    form = walk.form(shown, today=timezone.localdate(), data=request.POST, files=request.FILES)
    form.is_valid()
    draft = keep_pages(walk, step, form, by=request.user)
    if form.is_valid():
        draft = draft or actions.start_draft(by=request.user, provider=walk.provider)
        read_at = read_moment(request.POST.get("read_at", ""))
        try:
            actions.save_step(draft=draft, step=step, facts=form.facts(), by=request.user, read_at=read_at)
        except actions.SavedMeanwhileError:
            return _both_versions(request, get_walk(request.user, slug), shown, form)
        return redirect(_next(request.user, get_walk(request.user, slug), shown))
    # A certificate may have been kept just now, and stands on the page from here on.
    page = _page(get_walk(request.user, slug), shown, form) | {"read_at": request.POST.get("read_at", "")}
    return render(request, shown.template, page)


def _page(walk: Walk, shown: Step, form: StepForm) -> dict[str, Any]:
    number = 0 if shown.optional else walk.needed.index(shown) + 1
    page = {"walk": walk, "step": shown, "number": number, "form": form, **papers_of(walk, shown.slug)}
    page |= {"service": walk.service_of(shown), "is_alike": bool(walk.alike(shown))}
    return page | {"first": walk.name_of(walk.said.leading), "read_at": timezone.now().isoformat()}


def _both_versions(request: SignedInRequest, walk: Walk, shown: Step, form: StepForm) -> HttpResponse:
    """Theirs as words, one's own in the form. Whoever presses again has seen both, and wins."""
    page = _page(walk, shown, form) | {"differences": differences(walk, shown, form)}
    return render(request, shown.template, page, status=409)


def _not_asked(request: SignedInRequest, walk: Walk, shown: Step) -> HttpResponse:
    """An old page of a question that does not apply any more: what was typed on it is given back to copy."""
    form = walk.form(shown, today=timezone.localdate(), data=request.POST)
    typed = [(field.label, field.value()) for field in form if isinstance(field.value(), str) and field.value()]
    page = {"walk": walk, "step": shown, "typed": typed}
    return render(request, "joining/not_asked.html", page, status=404)


def _next(user: User, walk: Walk, saved: Step) -> str:
    if saved.part in ASIDES_AFTER and (aside := first_aside(walk, user, sending=False)):
        return aside
    # What stands in the way of sending is told at once, on the list, and not after ten more questions.
    return walk.list_address if saved.part in ("size", "where") and walk.obstacles else walk.after(saved.slug)


@require_http_methods(["GET", "POST"])
@login_required
def check(request: SignedInRequest, slug: str = "") -> HttpResponse:
    walk = get_walk(request.user, slug)
    if aside := first_aside(walk, request.user, sending=True):
        return redirect(aside)
    data = request.POST if request.method == "POST" else None
    form = AnswerForm(data, wanted=walk.is_sent_back, is_new=walk.provider is None)
    if request.method == "POST" and form.is_valid():
        return _send(request, walk, form)
    rows = sections(walk, timezone.localdate())
    return render(request, "joining/check.html", {"walk": walk, "sections": rows, "form": form})


def _send(request: SignedInRequest, walk: Walk, form: AnswerForm) -> HttpResponse:
    draft = walk.draft or actions.start_draft(by=request.user, provider=walk.provider)
    try:
        submission = actions.send_draft(
            draft=draft,
            by=request.user,
            answer=form.cleaned_data.get("answer", ""),
            stay_out_of_feed=form.cleaned_data.get("stay_out", False),
        )
    except actions.CannotBeSent:
        messages.error(request, _("It is not sent yet: there is something left to do. What you saved is still here."))
        return redirect(walk.list_address)
    if submission is None:
        messages.success(request, _("Saved. Families see it already: nobody has to check this."))
        return redirect("my_provider", draft.provider.slug if draft.provider else "")
    return redirect("my_sent", submission.provider.slug)


@require_GET
@login_required
def file(request: SignedInRequest, file_id: str) -> FileResponse:
    """The person's own certificate back: as a download, since what others upload is never shown inside the site."""
    kept = get_file(request.user, file_id)
    if not is_openable(kept):
        raise Http404("Waits for the virus scanner")
    try:
        content = kept.file.open("rb")
    except FileNotFoundError as missing:
        raise Http404("Not in storage") from missing
    response = FileResponse(content, as_attachment=True, filename=kept.shown_name, content_type=kept.content_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
@login_required
def remove_file(request: SignedInRequest, file_id: str) -> HttpResponse:
    kept = get_file(request.user, file_id)
    step, provider = kept.step, kept.draft.provider
    actions.remove_file(kept=kept, by=request.user)
    return redirect(get_walk(request.user, provider.slug if provider else "").address_of(step))


@require_POST
@login_required
def move_file_up(request: SignedInRequest, file_id: str) -> HttpResponse:
    kept = get_file(request.user, file_id)
    actions.move_file_up(kept=kept, by=request.user)
    provider = kept.draft.provider
    return redirect(get_walk(request.user, provider.slug if provider else "").address_of(kept.step))
