"""The forms of accounts. Those of allauth keep their checks and get our words."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from django import forms
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from registry.names import readable

EMAIL_ERRORS = {
    "required": _("Enter your email address"),
    "invalid": _("Enter an email address in the correct format, like name@example.com"),
}


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent, even if it is nothing at all; None when the page is only looked at."""
    return request.POST if request.method == "POST" else None


def dress_email(field: forms.Field, label: Any, hint: Any) -> None:
    field.label = label
    field.help_text = hint
    field.error_messages |= EMAIL_ERRORS
    field.widget = forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"})


def dress_code(field: forms.Field, label: Any, hint: Any) -> None:
    field.label = label
    field.help_text = hint
    field.error_messages |= {"required": _("Enter the code")}
    field.widget = forms.TextInput(
        attrs={"autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false"}
    )


class AskForCodeForm(account.RequestLoginCodeForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress_email(
            self.fields["email"],
            _("Email address"),
            _("We will send a code to it. You do not need a password, and you do not need to have been here before."),
        )


class TypeCodeForm(account.ConfirmLoginCodeForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress_code(self.fields["code"], _("Code from our email"), _("Eight letters, like BCDF-GHJK"))


class ChangeAddressForm(account.AddEmailForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress_email(
            self.fields["email"],
            _("New email address"),
            _("We will send a code to it. Your old address works until you have typed the code."),
        )


class ConfirmAddressForm(account.ConfirmEmailVerificationCodeForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress_code(self.fields["code"], _("Code from our email"), _("Eight letters, like BCDF-GHJK"))


SECOND_STEP = _("Code from your authenticator app")
SECOND_STEP_HINT = _("Six digits, or one of your recovery codes if you do not have your phone")


class SecondStepForm(mfa.AuthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress_code(self.fields["code"], SECOND_STEP, SECOND_STEP_HINT)


class SecondStepAgainForm(mfa.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress_code(self.fields["code"], SECOND_STEP, SECOND_STEP_HINT)


class ActivateAppForm(totp.ActivateTOTPForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress_code(self.fields["code"], SECOND_STEP, _("The six digits that the app shows now"))


class NameForm(forms.Form):
    name = forms.CharField(
        label=_("Your name"),
        help_text=_("As the people you work with know you."),
        max_length=150,
        error_messages={"required": _("Enter your name")},
        widget=forms.TextInput(attrs={"autocomplete": "name", "spellcheck": "false"}),
    )

    def clean_name(self) -> str:
        name = readable(self.cleaned_data["name"])
        if not name:
            raise forms.ValidationError(_("Enter your name"))
        return name


class LeaveForm(forms.Form):
    sure = forms.BooleanField(
        label=_("Yes, close my account for good"),
        error_messages={"required": _("Tick the box if you want to close your account")},
    )
