"""The product as shipped, in a process of its own, on the database of the test: real logs, real bytes."""

import http.client
import time
from contextlib import contextmanager
from urllib.parse import quote

from django.conf import settings
from django.db import connection

from tests.registry.running import free_port, start

GRANIAN = ("-m", "granian", "--interface", "wsgi", "--access-log", "registry.wsgi:application", "--port")
RUNSERVER = ("manage.py", "runserver", "--noreload", "--skip-checks")
COMMANDS = {"granian": GRANIAN, "runserver": RUNSERVER}


def database_address():
    """The test's own database, as `DATABASE_URL` names it."""
    here = connection.get_connection_params()
    who = quote(here.get("user") or "", safe="")
    if here.get("password"):
        who += ":" + quote(here["password"], safe="")
    port = f":{here['port']}" if here.get("port") else ""
    return f"postgresql://{who}@{quote(here.get('host') or '', safe='')}{port}/{here['dbname']}"


def surroundings(**more):
    return {"data": settings.NEARHAND_DATA, "DATABASE_URL": database_address(), **more}


@contextmanager
def served(command, **more):
    """Yields the port, and a list that holds, once the server has ended, all that it said."""
    port, said = free_port(), []
    server = start(*COMMANDS[command], str(port), **surroundings(SITE_URL=f"http://127.0.0.1:{port}", **more))
    try:
        wait_for(port, server)
        yield port, said
    finally:
        server.terminate()
        said.append(server.communicate(timeout=60)[0])


def wait_for(port, server):
    for _ in range(1200):
        assert server.poll() is None, server.communicate()[0]
        try:
            ask(port, "/healthz/")
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("The server did not start")


def ask(port, address, method="GET", body=None, headers=None):
    """Status and body. Nothing is followed and nothing is kept between two asks."""
    asking = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        asking.request(method, address, body, headers or {})
        answer = asking.getresponse()
        return answer.status, answer.read()
    finally:
        asking.close()
