"""What is shown where no view of ours answers: a page for people, problem details for programs."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views import defaults

from registry.problems import is_for_programs, respond


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    if is_for_programs(request):
        return respond(400, _("That request cannot be read."))
    return defaults.bad_request(request, exception)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    if is_for_programs(request):
        return respond(403, _("You may not do this."))
    return defaults.permission_denied(request, exception)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    if is_for_programs(request):
        return respond(404, _("There is nothing at this address."))
    return defaults.page_not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponse | HttpResponseBase:
    if is_for_programs(request):
        return respond(500, _("Something went wrong on our side. Nothing was changed."))
    return defaults.server_error(request)
