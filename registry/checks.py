"""What `manage.py check --deploy` asks before a registry is shown to the public."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register
from django.db import connections

from registry.failures import Failure, need_pango


@register("registry", deploy=True)
def fit_for_the_public(app_configs: Sequence[AppConfig] | None, **options: Any) -> list[CheckMessage]:
    """The settings that are only good for a trial, each with what to set instead."""
    trial = {
        "registry.E001": (
            settings.SECRET_KEY == settings.TRIAL_SECRET_KEY,
            "SECRET_KEY is the one of the trial: set your own.",
        ),
        "registry.E002": (
            settings.EMBEDDED_DATABASE,
            "The embedded database is for a trial only: name a PostgreSQL server in DATABASE_URL.",
        ),
        "registry.E003": (settings.DEMO, "DEMO signs anybody in as anybody: take it away."),
        "registry.E004": (settings.DEBUG, "DEBUG shows visitors what is inside: take it away."),
        "registry.E005": (not settings.HTTPS, "SITE_URL must be the public address, starting with https://."),
        "registry.E006": (
            not settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"),
            "No mail goes out: name a mail server in EMAIL_URL.",
        ),
    }
    return [Error(sentence, id=code) for code, (found, sentence) in trial.items() if found]


@register("registry", deploy=True)
def pango_is_there(app_configs: Sequence[AppConfig] | None, **options: Any) -> list[CheckMessage]:
    try:
        need_pango()
    except Failure as failure:
        return [Error(str(failure), id="registry.E007")]
    return []


# The statements that a server may write down hold what people searched for (rule 11).
QUIET = {"log_min_error_statement": ("panic", "fatal"), "log_statement": ("none", "ddl")}


@register("registry", "database")
def database_keeps_statements_to_itself(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **options: Any
) -> list[CheckMessage]:
    """Asked by `migrate`, and by `check --database default`: only the server knows what it logs."""
    found: list[CheckMessage] = []
    for alias in databases or []:
        with connections[alias].cursor() as cursor:
            for name, quiet in QUIET.items():
                cursor.execute("SELECT current_setting(%s)", [name])
                if cursor.fetchone()[0] not in quiet:
                    hint = f"As its superuser: ALTER DATABASE ... SET {name} = {quiet[0]};"
                    found.append(
                        Warning(f"PostgreSQL may log what people type ({name}).", hint=hint, id="registry.W001")
                    )
    return found
