"""Answers that carry a PDF, or say that somebody asks for too many."""

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


def made_too_many(request: HttpRequest, seconds: int = 60) -> HttpResponse:
    response = render(request, "pages/made_too_many.html", status=429)
    response["Retry-After"] = str(seconds)
    return response
