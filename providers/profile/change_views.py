from __future__ import annotations

import uuid

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from providers.access import get_provider
from providers.joining.changed import Wording
from providers.models import FieldChange
from providers.models.field_change import ChangeOutcome
from providers.profile.change_actions import NotOpenError, answer_refusal
from registry.access.getters import signed_in
from registry.access.permissions import Permission


class AnswerRefusalForm(forms.Form):
    words = forms.CharField(
        label=gettext_lazy("What do you want to tell the council?"),
        help_text=gettext_lazy("For example: The price went up because I now bring the food. It is £12 with no food."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={
            "required": gettext_lazy("Write what you want to tell the council"),
            "max_length": gettext_lazy("Write it shorter: there is room for 2,000 letters"),
        },
    )


@login_required
@require_http_methods(["GET", "POST"])
def answer_refused_change(request: HttpRequest, slug: str, change_id: uuid.UUID) -> HttpResponse:
    """The council's reason, and room to say something to it; the change then waits again."""
    provider = get_provider(request.user, slug, Permission.EDIT_PROVIDER)
    refused = FieldChange.objects.filter(provider=provider, outcome=ChangeOutcome.REFUSED)
    change = get_object_or_404(refused.select_related("service", "submission__council"), pk=change_id)
    form = AnswerRefusalForm(request.POST if request.method == "POST" else None, label_suffix="")
    if request.method == "POST" and form.is_valid():
        try:
            answer_refusal(change=change, by=signed_in(request), words=form.cleaned_data["words"])
        except NotOpenError:
            messages.info(request, _("This was answered or changed already. See below how it stands."))
        else:
            messages.success(request, _("Sent. The council looks at it again, with your answer."))
        return redirect("my_provider", slug)
    page = {"provider": provider, "change": change, "rows": Wording().rows(change), "form": form}
    return render(request, "profile/answer.html", page)
