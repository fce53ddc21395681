from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from providers.credentials.evidence import MOST_FILES, Cleaned, NotAccepted, cleaned
from providers.models import DbsRecord

ACCEPTED = "application/pdf,image/jpeg,image/png,image/heic,.pdf,.jpg,.jpeg,.png,.heic"


class ManyFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class PagesField(forms.FileField):
    """The pages of one certificate, several at once. Cleaned value: a list of `Cleaned`, in the order chosen.

    Each refusal names its file. What can be kept is in `good` even then, so that nobody takes the same photo twice.
    """

    default_error_messages = {
        "required": _("Choose a file, or take a photo of the certificate."),
        "too_many": _("Choose up to %(most)d files. You chose %(chosen)d."),
        "not_accepted": _("“%(file)s”: %(why)s"),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", ManyFilesInput(attrs={"accept": ACCEPTED}))
        kwargs.setdefault(
            "help_text",
            _("PDFs or photos, up to %(most)d pages of 10 MB each. Never upload a DBS certificate.")
            % {"most": MOST_FILES},
        )
        super().__init__(**kwargs)
        self.good: list[Cleaned] = []

    def clean(self, data: Any, initial: Any = None) -> list[Cleaned]:
        self.good = []
        chosen = [one for one in (data if isinstance(data, list | tuple) else [data]) if one]
        if not chosen and self.required:
            raise ValidationError(self.error_messages["required"], code="required")
        if len(chosen) > MOST_FILES:
            words = {"most": MOST_FILES, "chosen": len(chosen)}
            raise ValidationError(self.error_messages["too_many"], code="too_many", params=words)
        refusals = [refusal for one in chosen if (refusal := self._take(one))]
        if refusals:
            raise ValidationError(refusals)
        return self.good

    def _take(self, uploaded: UploadedFile[bytes]) -> ValidationError | None:
        try:
            self.good.append(cleaned(uploaded))
        except NotAccepted as refusal:
            words = {"file": uploaded.name, "why": refusal.message}
            return ValidationError(self.error_messages["not_accepted"], code="not_accepted", params=words)
        return None


class DbsAnswerForm(forms.Form):
    """The provider's own yes or no about one DBS record; nothing ticked is a no."""

    publicly = forms.BooleanField(
        label=_("Families may read that a DBS certificate was seen, by whom and on what day"), required=False
    )
    with_councils = forms.BooleanField(
        label=_("Other councils may read the same, and the level of the check"), required=False
    )

    @classmethod
    def about(cls, dbs: DbsRecord) -> DbsAnswerForm:
        said = {
            "publicly": dbs.shown_publicly_since is not None,
            "with_councils": dbs.shared_with_councils_since is not None,
        }
        # Several of these stand on one page, so each needs ids of its own.
        return cls(initial=said, auto_id=f"id_{dbs.pk.hex[:8]}_%s")
