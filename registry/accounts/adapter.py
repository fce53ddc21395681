"""What allauth asks of the site: how its mail goes out, and its words in plain English."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from registry.mail.actions import queue

WRONG_CODE = _("That code is not right. Check the newest message from us, or ask for a new code.")
TOO_MANY_TRIES = _("That was too many tries. Wait a minute, then ask for a new code.")


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account has been closed."),
        "email_taken": _("Someone already uses this email address."),
        "incorrect_code": WRONG_CODE,
        "too_many_login_attempts": TOO_MANY_TRIES,
        "rate_limited": _("You have asked for that too many times. Wait a minute, then try again."),
    }

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Through our own outbox: a code is not lost when a process dies, and the demonstration can show it."""
        words = {"email": email, "site_url": settings.SITE_URL, **context}
        message = self.render_mail(template_prefix, email, words)
        with transaction.atomic():
            queue(to=email, subject=message.subject, body=str(message.body))


class MFAAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("That code is not right. Codes change every 30 seconds: type the one shown now."),
        "unverified_email": _("Confirm your email address first, then add a second step."),
    }

    def _get_site_name(self) -> str:
        return settings.MFA_TOTP_ISSUER
