"""The demonstration registry: everything from an empty folder to a served page, in one command."""

from __future__ import annotations

import http.client
import signal
import sys
import time
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from registry import demonstration, frontend
from registry.accounts.demo import DEMO_ROLES
from registry.children import Children
from registry.failures import need_pango, need_port

# What fills the registry, in order; each knows by itself when it is done.
SEEDS = ("seed_people", "seed_providers", "seed_commissioning")
# Seconds until a web server that says nothing is given up.
PATIENCE = 60
MINUTE = 60


class Command(BaseCommand):
    help = "Prepare the demonstration registry and serve it on this machine. Run it again: it starts in seconds."
    # The database may not be there yet.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--no-serve", action="store_true", help="stop once all is ready")
        parser.add_argument("--port", type=int, default=8000, help="where to serve (default: 8000)")
        parser.add_argument("--reset", action="store_true", help="throw the demonstration away and begin again")
        parser.add_argument(
            "--areas", default="", help="load only the postcodes of these areas, such as BA,BS,SN,SP,TA"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        # Started in the background by a script, a process is born deaf to Ctrl-C.
        signal.signal(signal.SIGINT, signal.default_int_handler)
        if not settings.DEMO:
            raise CommandError("The demonstration has to be started as `manage.py demo`.")
        if not options["no_serve"]:
            need_port(options["port"])
        need_pango()
        self.prepare(reset=options["reset"], areas=options["areas"])
        if options["no_serve"]:
            self.say("All is ready: `manage.py demo` serves it.")
        else:
            demonstration.serving()
            self.serve(options["port"])

    def prepare(self, *, reset: bool, areas: str) -> None:
        self.say("The database ...")
        demonstration.claim(reset=reset)
        call_command("migrate", verbosity=0, interactive=False)
        self.say("The style of the pages ...")
        try:
            frontend.build(self.say)
        except frontend.NotBuilt as problem:
            # Every page reads well without it.
            self.say(f"{problem} The pages go without their style.")
        self.say("The postcodes ...")
        call_command("load_postcodes", areas=areas)
        self.say("The people, their services and the council's work ...")
        for name in SEEDS:
            call_command(name)

    def serve(self, port: int) -> None:
        children = Children(settings.BASE_DIR)
        environment = {"DEMO": "1", "DEBUG": "0", "SITE_URL": address(port)}
        try:
            children.start("web server", web_server(port), environment)
            children.start("worker", [sys.executable, "manage.py", "db_worker", "--queue-name", "*"], environment)
            wait_for(port, children)
            self.announce(port)
            self.look_after(children)
        except KeyboardInterrupt:
            self.say("\nStopping ...")
        finally:
            children.stop()

    def announce(self, port: int) -> None:
        site = address(port)
        self.say(f"\nNearhand is at {site}/ (Ctrl-C stops it). Nobody in it is real.\n")
        self.say(f"Begin as a family: {site}/find/?postcode=BA1+1LZ&need=someone+to+cook+lunch")
        self.say("or sign in with one click as:")
        for role, words in DEMO_ROLES.items():
            self.say(f"  {site}/demo/sign-in/{role}/".ljust(len(site) + 38) + str(words))
        self.say(f"\nE-mail is not sent: {site}/demo/mail/ shows it.")

    def look_after(self, children: Children) -> None:
        """Until Ctrl-C: what falls due each minute, as cron does it for a real registry."""
        due = time.monotonic() + MINUTE
        while (ended := children.ended()) is None:
            time.sleep(0.5)
            if time.monotonic() >= due:
                due += MINUTE
                self.run_due()
        raise CommandError(f"The {ended} ended by itself, so everything was stopped: what it said stands above.")

    def run_due(self) -> None:
        try:
            call_command("run_due", stdout=self.stdout)
        except CommandError as error:
            self.stderr.write(str(error))

    def say(self, words: str) -> None:
        self.stdout.write(words)
        self.stdout.flush()


def address(port: int) -> str:
    return f"http://127.0.0.1:{port}"


def web_server(port: int) -> list[str]:
    """As for a real registry, but one process; it writes no access log."""
    options = {"interface": "wsgi", "host": "127.0.0.1", "port": str(port), "blocking-threads": "4"}
    flags = [part for name, value in options.items() for part in (f"--{name}", value)]
    return [sys.executable, "-m", "granian", *flags, "--no-ws", "--log-level", "warning", "registry.wsgi:application"]


def wait_for(port: int, children: Children) -> None:
    """Until the first page is served."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and not children.ended():
        try:
            asking = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
            asking.request("HEAD", "/")
            asking.getresponse()
        except (OSError, http.client.HTTPException):
            time.sleep(0.2)
        else:
            return
        finally:
            asking.close()
    raise CommandError(f"The web server did not start on port {port}: what it said stands above.")
