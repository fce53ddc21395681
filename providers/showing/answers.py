"""Answers that the flyer and the passport have in common."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control


def pdf_answer(pdf: bytes, filename: str) -> HttpResponse:
    """A PDF that no cache keeps: it says how things stood when it was made."""
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{filename}"'
    patch_cache_control(response, private=True, no_store=True)
    return response


def made_too_many(request: HttpRequest) -> HttpResponse:
    response = render(request, "showing/made_too_many.html", status=429)
    response["Retry-After"] = "60"
    return response
