"""A search leaves no postcode in a log (rule 11), and an error no word that was typed."""

import http.client
import logging
import sys
import time

import pytest
from django.core import signing
from django.core.signing import Signer

from registry import gunicorn
from registry.logs import PlainFormatter
from tests.registry.running import free_port, own_folder, start


def logged(message, *arguments, error=None):
    record = logging.LogRecord("django.server", logging.INFO, __file__, 1, message, arguments, error)
    return PlainFormatter("{message}", style="{").format(record)


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ('"GET /find/?postcode=BA1+1LZ&need=x HTTP/1.1" 200 5', '"GET /find/ HTTP/1.1" 200 5'),
        ("https://nearhand.example/find/?postcode=BA1 does not match", "https://nearhand.example/find/ does not match"),
        ("Is it well? Yes", "Is it well? Yes"),
        (f'"GET /passport/{Signer(sep=".").sign(32 * "a")}/ HTTP/1.1" 200', '"GET /passport/-/ HTTP/1.1" 200'),
        (f"Not Found: /still-right/{signing.dumps(['a', 'b'])}/", "Not Found: /still-right/-/"),
        ("GET /find/somebody-with-quite-a-long-name-in-the-address/", None),
    ],
    # Names of their own: a signed link is another one each time.
    ids=["address", "whole address", "question", "passport", "still right", "words"],
)
def test_query_strings_and_signed_links_are_cut(line, kept):
    assert logged("%s", line) == (kept or line)


def test_an_error_shows_its_kind_and_its_place_but_not_its_words():
    typed = "maggie@example.org"
    try:
        try:
            raise KeyError(typed)
        except KeyError as cause:
            raise ValueError(f"Key (email)=({typed}) already exists") from cause
    except ValueError:
        said = logged("Internal Server Error", error=sys.exc_info())
    assert typed not in said
    assert said.index("KeyError") < said.index("ValueError")
    assert "test_logs.py" in said


def test_the_access_log_for_gunicorn_has_no_query_and_no_address():
    assert not any(field in gunicorn.access_log_format for field in ("%(r)s", "%(q)s", "%(h)s", "%(f)s"))
    assert gunicorn.wsgi_app == "registry.wsgi:application"


def search(port):
    for _ in range(600):
        try:
            asking = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            asking.request("GET", "/nowhere/?postcode=BA1+1LZ&need=washing", headers={"Referer": "http://a/?q=BA1+1LZ"})
            return asking.getresponse().status
        except OSError:
            time.sleep(0.1)
        finally:
            asking.close()
    return None


@pytest.mark.parametrize(
    "command",
    [
        ["manage.py", "runserver", "--noreload", "--skip-checks"],
        ["-m", "granian", "--interface", "wsgi", "--access-log", "registry.wsgi:application", "--port"],
    ],
    ids=["runserver", "granian"],
)
def test_a_search_leaves_no_postcode_in_the_log_of(command):
    port = free_port()
    with own_folder() as data:
        server = start(*command, str(port), data=data)
        status = search(port)
        server.terminate()
        said, _ = server.communicate(timeout=60)
    assert status is not None
    assert "/nowhere/" in said
    assert "BA1" not in said
    assert "washing" not in said
