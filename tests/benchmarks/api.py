"""Thousands of requests made from our two OpenAPI documents, by schemathesis, in this process.

`python -m tests.benchmarks api [--cases 5000] [--json]` prints how many, and what broke a promise of its document.
"""

import argparse
import json
import logging
import tempfile
import warnings
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.conf import settings
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, connections, transaction
from django.test.utils import override_settings, setup_databases, setup_test_environment, teardown_databases
from django.utils import timezone

DOCUMENTS = {"api": "/api/schema/", "feed": "/open-referral/v3/openapi.json"}


@dataclass
class Tried:
    document: str
    cases: int = 0
    failures: dict[str, str] = field(default_factory=dict)

    @property
    def facts(self):
        return {"document": self.document, "cases": self.cases, "failures": list(self.failures.values())}


def run(arguments):
    reads = argparse.ArgumentParser(prog="python -m tests.benchmarks api", description=__doc__)
    reads.add_argument("--cases", type=int, default=5000, help="at least so many, over both documents")
    reads.add_argument("--json", action="store_true")
    reads.add_argument("--seed", type=int, default=1)
    asked = reads.parse_args(arguments)
    setup_test_environment()
    made = setup_databases(verbosity=0, interactive=False)
    try:
        with something_to_read() as headers:
            found = until(asked.cases, headers, asked.seed)
    finally:
        teardown_databases(made, verbosity=0)
    show(found, as_json=asked.json)
    return 1 if any(each.failures for each in found) else 0


def until(wanted, headers, seed):
    """Again with other examples, until there are enough cases."""
    found = {name: Tried(name) for name in DOCUMENTS}
    while sum(each.cases for each in found.values()) < wanted:
        for name in DOCUMENTS:
            tried = attempt(name, headers, examples=60, seed=seed)
            found[name].cases += tried.cases
            found[name].failures |= tried.failures
        seed += 1
    return list(found.values())


def show(found, *, as_json):
    if as_json:
        print(json.dumps({"title": "Fuzzing the documents", "results": [each.facts for each in found]}, indent=2))
        return
    for each in found:
        print(f"{each.document}: {each.cases:,} cases, {len(each.failures)} failures")
        for words in each.failures.values():
            print(f"\n{words}")


@contextmanager
def something_to_read():
    """One of everything in the database until the end; gives the headers of somebody who runs a provider."""
    from providers.api.actions import make_key
    from tests.access_world import build_world

    with tempfile.TemporaryDirectory() as folder, transaction.atomic(), quiet(folder):
        world = build_world()
        owner = world.owner
        _row, key = make_key(name="Fuzz", days=30, after_second_step=False, by=owner, now=timezone.now())
        yield {"Authorization": f"Bearer {key}"}
        transaction.set_rollback(True)


@contextmanager
def quiet(folder):
    """No limits, files in a folder of their own, and no line for each refusal."""
    default = settings.STORAGES["default"]
    storages = {**settings.STORAGES, "default": {**default, "OPTIONS": {**default["OPTIONS"], "location": folder}}}
    limits = dict.fromkeys(["API_REQUESTS_A_MINUTE", "SEARCHES_A_MINUTE", "FEED_REQUESTS_A_MINUTE"], 0)
    with override_settings(**limits, STORAGES=storages):
        logging.disable(logging.CRITICAL)
        try:
            yield
        finally:
            logging.disable(logging.NOTSET)


def attempt(name, headers, *, examples, seed):
    """All phases over one document: its examples, the edges of each shape, generated cases, what leads to what."""
    import schemathesis
    from schemathesis import engine
    from schemathesis.config import SchemathesisConfig

    settled = {
        "seed": seed,
        "headers": headers if name == "api" else {},
        "generation": {"max-examples": examples, "database": "none", "no-shrink": True},
        "phases": {"stateful": {"max-steps": 4}},
        # It cannot ask without a key where there is no network; `test_keys` does.
        "checks": {"ignored_auth": {"enabled": False}},
    }
    tried = Tried(name)
    with warnings.catch_warnings(), one_connection() as application:
        warnings.simplefilter("ignore")
        schema = schemathesis.openapi.from_wsgi(
            DOCUMENTS[name], application, config=SchemathesisConfig.from_dict(settled)
        )
        for event in engine.from_schema(schema).execute():
            count(event, tried)
    return tried


def count(event, tried):
    recorder = getattr(event, "recorder", None)
    if recorder is not None and hasattr(event, "elapsed_time"):
        tried.cases += len(recorder.cases)
        for case, checks in recorder.checks.items():
            for check in checks:
                if check.failure_info is not None:
                    failure = check.failure_info.failure
                    asked = recorder.cases[case].value
                    key = f"{asked.operation.label} {failure.title}"
                    tried.failures.setdefault(key, f"{key}\n{asked.as_curl_command()}\n{failure.message[:600]}")
    elif hasattr(event, "info") and hasattr(event, "related_to_operation"):
        tried.failures.setdefault(str(event.info), f"{event.label}: {event.info}")


@contextmanager
def one_connection():
    """Our application, answering on the database connection of whoever asks for it.

    Cases are sent from threads of their own, and what is in the database is in an open transaction.
    """
    shared, application = connections["default"], get_wsgi_application()

    def answer(environment, start_response):
        connections["default"] = shared
        # Its client does not unpack what comes compressed.
        environment.pop("HTTP_ACCEPT_ENCODING", None)
        return application(environment, start_response)

    shared.inc_thread_sharing()
    # The end of a request would close the connection, and with it the transaction.
    ends = (request_started, request_finished)
    for end in ends:
        end.disconnect(close_old_connections)
    try:
        yield answer
    finally:
        for end in ends:
            end.connect(close_old_connections)
        shared.dec_thread_sharing()
