"""The provider's side: what it was asked, and its answer. Those without an account answer by the link in the mail."""

from __future__ import annotations

import uuid
from contextlib import suppress

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from providers.access import get_provider, may
from providers.enquiring import actions, links
from providers.enquiring.forms import AnswerForm
from providers.enquiring.shown import usually
from providers.models import Enquiry
from providers.models.enquiry import Answered
from registry.access.getters import signed_in
from registry.access.permissions import Permission
from registry.models import User

A_PAGE = 25


@login_required
@require_GET
def mine(request: HttpRequest, slug: str) -> HttpResponse:
    """What waits for an answer first, the one that has waited longest at the top."""
    provider = get_provider(request.user, slug, Permission.SEE_PROVIDER)
    relayed = Enquiry.objects.relayed().filter(provider=provider).select_related("service")
    waiting = relayed.unanswered().order_by("relayed_at")
    over = relayed.exclude(pk__in=waiting.values("pk")).order_by("-relayed_at")
    page = {
        "provider": provider,
        "waiting": list(waiting),
        "page": Paginator(over, A_PAGE).get_page(request.GET.get("page")),
        "usually": usually(provider.pk, timezone.now()),
    }
    return render(request, "enquiring/mine.html", page)


@login_required
@require_GET
def one(request: HttpRequest, slug: str, enquiry_id: uuid.UUID) -> HttpResponse:
    enquiry = _mine(request, slug, enquiry_id, Permission.SEE_PROVIDER)
    may_answer = may(request.user, enquiry.provider, Permission.EDIT_PROVIDER)
    return _page(request, enquiry, AnswerForm(), _addresses(enquiry), may_answer=may_answer)


@login_required
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, slug: str, enquiry_id: uuid.UUID) -> HttpResponse:
    enquiry = _mine(request, slug, enquiry_id, Permission.EDIT_PROVIDER)
    return _answer(request, enquiry, _addresses(enquiry), by=signed_in(request))


@login_required
@require_POST
def done(request: HttpRequest, slug: str, enquiry_id: uuid.UUID) -> HttpResponse:
    enquiry = _mine(request, slug, enquiry_id, Permission.EDIT_PROVIDER)
    actions.mark_answered(enquiry=enquiry, how=_how(request), by=signed_in(request))
    messages.success(request, _("Noted: you have answered."))
    return redirect("my_enquiry", slug, enquiry.pk)


@login_required
@require_POST
def delete(request: HttpRequest, slug: str, enquiry_id: uuid.UUID) -> HttpResponse:
    enquiry = _mine(request, slug, enquiry_id, Permission.EDIT_PROVIDER)
    actions.delete(enquiry=enquiry, by=signed_in(request))
    messages.success(request, _("Deleted. Nothing of it is kept here."))
    return redirect("my_enquiries", slug)


@never_cache
@require_http_methods(["GET", "POST"])
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """For a record that nobody runs: whoever reads its published mail answers without an account."""
    enquiry = links.enquiry_of(token, links.ANSWERS)
    if enquiry is None or enquiry.relayed_at is None:
        return render(request, "enquiring/gone.html", status=404)
    here = reverse("answer_enquiry_by_link", args=[token])
    urls = {"see": here, "answer": here, "done": reverse("enquiry_done_by_link", args=[token])}
    return _answer(request, enquiry, urls, by=None)


@never_cache
@require_POST
def done_by_link(request: HttpRequest, token: str) -> HttpResponse:
    enquiry = links.enquiry_of(token, links.ANSWERS)
    if enquiry is None:
        return render(request, "enquiring/gone.html", status=404)
    actions.mark_answered(enquiry=enquiry, how=_how(request), by=None)
    return redirect("answer_enquiry_by_link", token)


def _addresses(enquiry: Enquiry) -> dict[str, str]:
    which = [enquiry.provider.slug, enquiry.pk]
    return {
        "back": reverse("my_enquiries", args=which[:1]),
        "see": reverse("my_enquiry", args=which),
        "answer": reverse("answer_my_enquiry", args=which),
        "done": reverse("my_enquiry_done", args=which),
        "delete": reverse("delete_my_enquiry", args=which),
    }


def _answer(request: HttpRequest, enquiry: Enquiry, urls: dict[str, str], *, by: User | None) -> HttpResponse:
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and enquiry.email:
        # Answered in another window, or taken back: the page that follows says so.
        with suppress(actions.TooLateError):
            actions.answer(enquiry=enquiry, words=form.cleaned_data["words"], by=by)
            messages.success(request, _("We have passed your answer on."))
        return redirect(urls["see"])
    return _page(request, enquiry, form, urls, may_answer=True)


def _page(
    request: HttpRequest, enquiry: Enquiry, form: AnswerForm, urls: dict[str, str], *, may_answer: bool
) -> HttpResponse:
    council = enquiry.provider.home_council
    page = {"enquiry": enquiry, "provider": enquiry.provider, "council": council, "form": form, "urls": urls}
    return render(request, "enquiring/answer.html", {**page, "may_answer": may_answer})


def _how(request: HttpRequest) -> Answered:
    return Answered.WROTE if request.POST.get("how") == Answered.WROTE else Answered.RANG


def _mine(request: HttpRequest, slug: str, enquiry_id: uuid.UUID, needed: Permission) -> Enquiry:
    provider = get_provider(request.user, slug, needed)
    relayed = Enquiry.objects.relayed().select_related("provider__home_council", "service")
    return get_object_or_404(relayed.defer("provider__home_council__boundary"), pk=enquiry_id, provider=provider)
