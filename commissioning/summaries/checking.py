"""Whether a summary is ours: by its reference and fingerprint, or by a file that somebody has."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from commissioning.models import Summary
from registry.uploads import HashedUpload

DIGITS = 64
# None of ours is near it.
MOST_BYTES = 10 * 1024 * 1024


def of_reference(reference: str, fingerprint: str) -> Summary | None:
    """Both must be right: who knows one of them learns nothing about the other."""
    summaries = Summary.objects.select_related("council")
    return summaries.filter(reference=reference, fingerprint=fingerprint).first()


def of_file(digest: str) -> Summary | None:
    """The summary of which the file is a paper as we made it, to the last byte."""
    return Summary.objects.select_related("council").filter(papers__digest=digest).first()


class ReferenceForm(forms.Form):
    """What stands on the last page of each paper, typed in or pasted: spaces and capitals do not matter."""

    reference = forms.CharField(
        label=_("Reference, or number"),
        max_length=40,
        help_text=_("8 letters and figures, such as BNSX22BC."),
        error_messages={"required": _("Enter the reference of the summary")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    fingerprint = forms.CharField(
        label=_("Fingerprint, or code"),
        max_length=400,
        help_text=_("64 figures and letters from a to f, such as 6f06ae58 c8436328 and so on. It is on the last page."),
        error_messages={"required": _("Enter the fingerprint of the summary")},
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_reference(self) -> str:
        return "".join(str(self.cleaned_data["reference"]).split()).upper()

    def clean_fingerprint(self) -> str:
        typed = "".join(str(self.cleaned_data["fingerprint"]).split()).lower()
        if strange := sorted(set(typed) - set("0123456789abcdef")):
            words = _("A fingerprint has figures and the letters a to f. “%(strange)s” is none of them.")
            raise ValidationError(words % {"strange": strange[0]})
        if len(typed) != DIGITS:
            words = _("A fingerprint has 64 figures and letters. You typed %(number)d.")
            raise ValidationError(words % {"number": len(typed)})
        return typed

    def find(self) -> Summary | None:
        return of_reference(self.cleaned_data["reference"], self.cleaned_data["fingerprint"])


class FileForm(forms.Form):
    file = forms.FileField(
        label=_("PDF of the summary"),
        help_text=_("As you got it: not printed again, signed or made smaller. Up to 10 MB. We do not keep it."),
        error_messages={
            "required": _("Choose the PDF of the summary"),
            "empty": _("That file is empty. Choose the PDF of the summary"),
            "invalid": _("Choose the PDF of the summary"),
        },
        widget=forms.FileInput(attrs={"accept": "application/pdf,.pdf"}),
    )

    def clean_file(self) -> Any:
        file = cast(HashedUpload, self.cleaned_data["file"])
        if (file.size or 0) > MOST_BYTES:
            raise ValidationError(_("That file is larger than 10 MB. No paper of ours is."))
        if not file.head.startswith(b"%PDF-"):
            raise ValidationError(_("That file is not a PDF. Choose the PDF of the summary"))
        return file

    def find(self) -> Summary | None:
        return of_file(self.cleaned_data["file"].digest)
