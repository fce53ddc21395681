"""The public page that says whether a summary is ours, and nothing else about it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from commissioning.summaries.checking import FileForm, ReferenceForm
from registry.access.limits import seconds_to_wait
from registry.uploads import HashingUploadHandler

CHECKS_A_MINUTE = 20


@require_http_methods(["GET", "POST"])
def check_summary(request: HttpRequest) -> HttpResponse:
    """By what stands on the paper."""
    if request.method == "GET":
        return _page(request, ReferenceForm(), FileForm())
    if wait := seconds_to_wait(request, "check_summary", most=CHECKS_A_MINUTE):
        return _later(request, wait)
    return _answer(request, ReferenceForm(request.POST), of_file=False)


@csrf_exempt
@require_http_methods(["GET", "POST"])
def check_summary_file(request: HttpRequest) -> HttpResponse:
    """By the file. The token is looked at once the file has somewhere to go: looking reads the whole request."""
    if request.method == "GET":
        return redirect("check_summary")
    if wait := seconds_to_wait(request, "check_summary", most=CHECKS_A_MINUTE):
        return _later(request, wait)
    request.upload_handlers = [HashingUploadHandler(request)]
    return _check_file(request)


@csrf_protect
def _check_file(request: HttpRequest) -> HttpResponse:
    return _answer(request, FileForm(request.POST, request.FILES), of_file=True)


def _answer(request: HttpRequest, form: ReferenceForm | FileForm, *, of_file: bool) -> HttpResponse:
    by_reference, by_file = (ReferenceForm(), form) if of_file else (form, FileForm())
    if not form.is_valid():
        return _page(request, by_reference, by_file, wrong=form)
    return _page(request, by_reference, by_file, is_answered=True, of_file=of_file, summary=form.find())


def _later(request: HttpRequest, seconds: int) -> HttpResponse:
    response = render(request, "commissioning/check_later.html", status=429)
    response["Retry-After"] = str(seconds)
    return response


def _page(request: HttpRequest, by_reference: object, by_file: object, **more: object) -> HttpResponse:
    context = {"by_reference": by_reference, "by_file": by_file, **more}
    response = render(request, "commissioning/check_summary.html", context)
    patch_cache_control(response, private=True, no_store=True)
    return response
