"""The forms of a council's administrators and of the site's operators."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from registry.access.permissions import COUNCIL_ROLES
from registry.accounts.forms import EMAIL_ERRORS
from registry.models import Council
from registry.models.council_membership import CouncilRole


def roles_with_sentences() -> list[tuple[str, Any]]:
    return [
        (role.value, _("%(role)s: %(what)s") % {"role": role.label, "what": listed.sentence})
        for role, listed in COUNCIL_ROLES.items()
    ]


class InviteAdministratorForm(forms.Form):
    email = forms.EmailField(
        label=_("Email address"),
        help_text=_("We send them a link. They sign in with this address and say yes."),
        error_messages=EMAIL_ERRORS,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class InviteForm(InviteAdministratorForm):
    role = forms.ChoiceField(
        label=_("What will they do?"),
        choices=roles_with_sentences,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what they will do")},
    )

    def chosen_role(self) -> CouncilRole:
        return CouncilRole(self.cleaned_data["role"])


def https_by_default(field: models.Field[Any, Any], **kwargs: Any) -> forms.Field | None:
    """An address typed without a scheme is taken as https, as Django will do from its next version."""
    if isinstance(field, models.URLField):
        kwargs["assume_scheme"] = "https"
    return field.formfield(**kwargs)


class CouncilSettingsForm(forms.ModelForm[Council]):
    size_limit = forms.IntegerField(
        label=_("Most people a listed provider may have"),
        help_text=_("Everyone who does the work counts, owners too. From 1 to 50; most councils say 9."),
        min_value=1,
        max_value=50,
        error_messages={
            "required": _("Enter the most people a listed provider may have"),
            "invalid": _("Enter a whole number, like 9"),
            "min_value": _("The number of people must be 1 or more"),
            "max_value": _("The number of people must be 50 or fewer"),
        },
    )

    class Meta:
        model = Council
        formfield_callback = https_by_default
        fields = [
            "size_limit",
            "adults_phone",
            "adults_email",
            "website",
            "safeguarding_phone",
            "safeguarding_url",
        ]
        labels = {
            "adults_phone": _("Phone number of adult social care"),
            "adults_email": _("Email address of adult social care"),
            "website": _("Web page about adult social care"),
            "safeguarding_phone": _("Phone number to report a safeguarding concern"),
            "safeguarding_url": _("Web page to report a safeguarding concern"),
        }
        error_messages = {
            "adults_email": EMAIL_ERRORS,
            "website": {"invalid": _("Enter a full web address, like https://www.example.gov.uk")},
            "safeguarding_url": {"invalid": _("Enter a full web address, like https://www.example.gov.uk")},
        }


class FindCouncilForm(forms.Form):
    q = forms.CharField(label=_("Name of a council"), required=False, max_length=100)
    on = forms.BooleanField(label=_("Only councils that are switched on"), required=False)
