"""The first person of a new site, and every other operator."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email

from registry.accounts.actions import make_operator
from registry.accounts.rules import Refused


class Command(BaseCommand):
    help = "Lets the holder of an email address look after the whole site."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            validate_email(options["email"])
            user = make_operator(email=options["email"], by=None)
        except ValidationError:
            raise CommandError(f"{options['email']} is not an email address.") from None
        except Refused as refused:
            raise CommandError(str(refused)) from None
        self.stdout.write(f"{user.email} looks after the site. They sign in with a code and set up a second step.")
