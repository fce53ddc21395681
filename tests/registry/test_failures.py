"""What stands in the way is one plain sentence."""

import errno
import socket
import sys

import environs
import psycopg
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError

from registry.failures import DISK_FULL, PANGO_MISSING, Failure, explain, need_pango, need_port
from tests.registry.running import manage


def caused_by(cause):
    try:
        try:
            raise cause
        except type(cause) as error:
            raise OperationalError("wrapped") from error
    except OperationalError as error:
        return error


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (Failure("Do this."), "Do this."),
        (OSError(errno.ENOSPC, "No space left on device"), DISK_FULL),
        (psycopg.errors.DiskFull("could not extend file"), DISK_FULL),
        (caused_by(psycopg.errors.DiskFull("could not extend file")), DISK_FULL),
        (
            PermissionError(errno.EACCES, "Permission denied", "/srv/data"),
            "/srv/data cannot be written: name a folder of your own in NEARHAND_DATA, and run it again.",
        ),
        (OSError("cannot load library 'libpango-1.0-0': no such file"), PANGO_MISSING),
        (environs.EnvError("DEBUG\n invalid"), "The settings cannot be used: DEBUG invalid"),
        (ImproperlyConfigured("No."), "The settings cannot be used: No."),
        (ValueError("a fault of ours"), None),
        (OSError(errno.ENOENT, "No such file"), None),
        (psycopg.errors.UniqueViolation("twice"), None),
    ],
)
def test_an_obstacle_has_its_sentence_and_a_fault_its_traceback(error, sentence):
    assert explain(error) == sentence


def test_an_unreachable_database_is_named_without_its_password(settings, monkeypatch):
    error = caused_by(psycopg.OperationalError("connection refused, password=secret"))
    default = settings.DATABASES["default"]
    for name, value in {"HOST": "db.example", "PORT": "", "PASSWORD": "secret"}.items():
        monkeypatch.setitem(default, name, value)
    assert explain(error) == (
        "The database at db.example:5432 cannot be reached: check that it is running and that DATABASE_URL names it."
    )
    monkeypatch.setitem(default, "HOST", "")
    assert explain(error).startswith("The database cannot be reached")


def test_a_missing_pango_is_told_before_the_long_work(monkeypatch):
    need_pango()

    class Broken:
        def find_spec(self, name, path=None, target=None):
            if name == "weasyprint":
                raise OSError("cannot load library 'libgobject-2.0-0'")

    for name in [name for name in sys.modules if name.split(".")[0] == "weasyprint"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(sys, "meta_path", [Broken(), *sys.meta_path])
    with pytest.raises(Failure, match="apt install"):
        need_pango()


def test_a_taken_port_is_told_before_the_long_work():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(Failure, match=f"^Port {port} is taken: .*--port {port + 1}"):
            need_port(port)
    need_port(port)


@pytest.mark.parametrize(
    ("arguments", "environment", "words"),
    [
        (["migrate"], {"DATABASE_URL": "postgresql://a:secret@127.0.0.1:9/b"}, "127.0.0.1:9 cannot be reached"),
        (["check"], {"DEBUG": "perhaps"}, '"DEBUG" invalid: Not a valid boolean'),
        (["check"], {"DATABASE_URL": "mysql://a:secret@b/c"}, "address of a PostgreSQL"),
        (["check"], {"SITE_URL": "nearhand.example"}, "https://nearhand.example"),
        (["check"], {"ALLOWED_HOSTS": "*"}, "Name each host"),
        (["check"], {"SECRET_KEY": "short"}, "openssl rand"),
        (["check"], {"EMAIL_URL": "pigeon://home"}, "address of a mail server"),
        (["demo"], {"ALLOWED_HOSTS": "nearhand.example"}, "DEMO signs anybody in as anybody"),
    ],
)
def test_a_command_that_cannot_run_says_why_in_one_line(tmp_path, arguments, environment, words):
    code, said = manage(*arguments, data=tmp_path / "data", **environment)
    assert code == 1
    assert words in said
    assert len(said.strip().splitlines()) == 1
    assert "secret" not in said
