from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from providers.credentials.evidence import NotAccepted, judge

ACCEPTED = "application/pdf,image/jpeg,image/png,image/heic,.pdf,.jpg,.jpeg,.png,.heic"


class EvidenceField(forms.FileField):
    """An uploaded certificate. Its cleaned value's `content_type` is ours, judged by content, not the browser's."""

    default_error_messages = {
        "required": _("Choose a file, or take a photo of the certificate."),
        "empty": _("The file is empty. Choose it again, or take a new photo."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.ClearableFileInput(attrs={"accept": ACCEPTED}))
        kwargs.setdefault("help_text", _("A PDF or a photo, up to 10 MB. Never upload a DBS certificate."))
        super().__init__(**kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        uploaded = super().clean(data, initial)
        if isinstance(uploaded, UploadedFile):
            try:
                uploaded.content_type = judge(uploaded)
            except NotAccepted as refusal:
                raise ValidationError(refusal.message, code="not_accepted") from refusal
        return uploaded
