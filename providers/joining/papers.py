"""The pages of a certificate on their way into a draft, with what to say where one of them cannot be kept."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from providers.credentials.evidence import MOST_FILES
from providers.credentials.storage import NotStored
from providers.joining import actions
from providers.joining.flow import Walk
from providers.joining.forms.base import StepForm
from providers.joining.forms.proof import ProofForm
from providers.models import Draft
from registry.models import User

NOT_STORED = _(
    "We could not store your file just now. What you typed is still here. Wait a few minutes, then choose it again."
)
NO_ROOM = _("There is room for %(most)d pages, and they are all taken. Remove one first.")


def keep_pages(walk: Walk, step: str, form: StepForm, *, by: User) -> Draft | None:
    """Store what is good even if the page comes back for something else: nobody takes the photo twice."""
    pages = form.good_pages() if isinstance(form, ProofForm) else []
    if not pages:
        return None
    draft = actions.start_draft(by=by, provider=walk.provider)
    try:
        for page in pages:
            actions.keep_file(draft=draft, step=step, upload=page, by=by)
    except actions.NoRoomLeft:
        form.add_error("certificate", NO_ROOM % {"most": MOST_FILES})
    except NotStored:
        form.add_error("certificate", NOT_STORED)
    return draft


def papers_of(walk: Walk, step: str) -> dict[str, Any]:
    """What a step's page says about certificates: those that are here, those destroyed, those sent earlier."""
    return {"files": walk.files(step), "refused": walk.refused_files(step), "sent_on": walk.sent_on(step)}
