"""What `check --deploy` refuses before a registry is shown to the public."""

import pytest
from django.core.checks import run_checks
from django.db import connection

from registry import checks
from registry.failures import Failure
from tests.registry.running import manage

PRODUCTION = {
    "SECRET_KEY": "4f1c0e6a9b7d2835f0a1c4e7b9d3058261fae7c0db94835e7261",
    "DATABASE_URL": "postgresql://nearhand:secret@db.example/nearhand",
    "ALLOWED_HOSTS": "nearhand.example",
    "SITE_URL": "https://nearhand.example",
    "EMAIL_URL": "submission://nearhand:secret@mail.example:587",
}


def test_the_settings_of_a_public_site_are_clean(tmp_path):
    code, said = manage("check", "--deploy", "--fail-level", "WARNING", data=tmp_path, **PRODUCTION)
    assert (code, said.strip()) == (0, "System check identified no issues (0 silenced).")


def test_a_trial_is_not_fit_for_the_public(tmp_path):
    code, said = manage("check", "--deploy", data=tmp_path, DEMO="1")
    assert code == 1
    assert [f"registry.E00{number}" in said for number in (1, 2, 3, 5, 6)] == [True] * 5


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("SECRET_KEY", "django-insecure-only-for-a-trial-on-loopback", "registry.E001"),
        ("EMBEDDED_DATABASE", True, "registry.E002"),
        ("DEMO", True, "registry.E003"),
        ("DEBUG", True, "registry.E004"),
        ("HTTPS", False, "registry.E005"),
        ("EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend", "registry.E006"),
    ],
)
def test_each_setting_of_a_trial_is_refused_by_itself(settings, name, value, code):
    settings.SECRET_KEY = PRODUCTION["SECRET_KEY"]
    settings.EMBEDDED_DATABASE = settings.DEMO = settings.DEBUG = False
    settings.HTTPS = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    assert checks.fit_for_the_public(None) == []
    setattr(settings, name, value)
    assert [message.id for message in checks.fit_for_the_public(None)] == [code]


def test_a_missing_pango_is_found(monkeypatch):
    def missing():
        raise Failure("Pango is missing.")

    assert checks.pango_is_there(None) == []
    monkeypatch.setattr(checks, "need_pango", missing)
    assert [message.id for message in checks.pango_is_there(None)] == ["registry.E007"]


def test_a_server_that_writes_statements_down_is_warned_of(db):
    assert run_checks(tags=["database"], databases=["default"]) == []
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL log_statement = 'all'")
    found = checks.database_keeps_statements_to_itself(None, databases=["default"])
    assert [message.id for message in found] == ["registry.W001"]
    assert "log_statement = none" in found[0].hint
