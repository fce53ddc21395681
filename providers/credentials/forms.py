from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from providers.credentials.evidence import NotAccepted, judge
from providers.credentials.policy import Policy
from providers.models import DbsRecord

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


class PolicyForm(forms.Form):
    """What a council asks for: for each kind a tick and a number of months."""

    mark_optional = False

    def __init__(self, policies: Iterable[Policy], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.policies = list(policies)
        for policy in self.policies:
            what = {"what": policy.name}
            self.fields[f"{policy.kind}-asked"] = forms.BooleanField(
                label=_("Ask for: %(what)s") % what, required=False, initial=policy.asked_for
            )
            self.fields[f"{policy.kind}-months"] = forms.IntegerField(
                label=_("Months before renewal: %(what)s") % what,
                required=False,
                min_value=1,
                max_value=120,
                initial=policy.renewal_months,
                error_messages={
                    "min_value": _("Months for %(what)s must be 1 or more, or left empty") % what,
                    "max_value": _("Months for %(what)s must be 120 or fewer") % what,
                    "invalid": _("Months for %(what)s must be a whole number, like 12") % what,
                },
                widget=forms.NumberInput(attrs={"class": "govuk-input--width-3"}),
            )

    def rows(self) -> list[tuple[Policy, forms.BoundField, forms.BoundField]]:
        return [(policy, self[f"{policy.kind}-asked"], self[f"{policy.kind}-months"]) for policy in self.policies]

    def changed(self) -> list[tuple[str, bool, int | None]]:
        """What differs from before: kind, whether it is asked for, months."""
        said = [
            (policy, self.cleaned_data[f"{policy.kind}-asked"], self.cleaned_data[f"{policy.kind}-months"])
            for policy in self.policies
        ]
        return [
            (policy.kind, asked, months)
            for policy, asked, months in said
            if (asked, months) != (policy.asked_for, policy.renewal_months)
        ]
