"""One copy of the registry, measured from inside its own process: a line of JSON in, a line of JSON out.

Two copies of different sizes are asked in turn, so that a busy moment of the machine falls on both.
"""

import datetime
import itertools
import json
import os
import sys
import time
import uuid
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from unittest import mock

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "registry.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import RequestFactory  # noqa: E402
from rest_framework.renderers import JSONRenderer  # noqa: E402

from providers.api import search_views  # noqa: E402
from providers.finding import views  # noqa: E402
from providers.listings.actions import list_provider  # noqa: E402
from providers.listings.search import Question, ask  # noqa: E402
from providers.meaning.needs import Need, understand  # noqa: E402
from providers.models import Listing, Provider  # noqa: E402
from providers.open_referral.feed_totals import count_what_is_many  # noqa: E402
from registry.places.lookup import Place, look_up  # noqa: E402
from tests.benchmarks import _datasette, _reference  # noqa: E402

TODAY = datetime.date.today()
# Tables that grow with the register: none of them may be read from end to end to answer anybody.
GROWING = ("searchrow", "searchwords", "listing", "service", "provider", "version", "credential", "check", "coverage")


@contextmanager
def database_seconds():
    """How long the statements inside took, each with its rows brought over."""
    taken = SimpleNamespace(seconds=0.0, statements=[])

    def timed(execute, sql, params, many, context):
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            taken.seconds += time.perf_counter() - began
            taken.statements.append((sql, params))

    with connection.execute_wrapper(timed):
        yield taken


@contextmanager
def kept_calls(module, name):
    """Each call of a function inside, with what it was given."""
    real, kept = getattr(module, name), []

    def keeping(*given):
        kept.append((real, given))
        return real(*given)

    with mock.patch.object(module, name, keeping):
        yield kept


class Copy:
    def __init__(self):
        settings.ALLOWED_HOSTS = ["*"]
        # As where there is a DATABASE_URL: a connection serves more than one request.
        connection.settings_dict["CONN_MAX_AGE"] = 60
        self.application = get_wsgi_application()
        self.requests = RequestFactory()
        self.datasette = None
        self.askers = itertools.count(1)

    def get(self, address, asked=None):
        """Seconds from a request as a server hands it over to the last byte of the answer, and the answer.

        Each from another address: how often one may ask is not what is measured.
        """
        number = next(self.askers)
        asker = f"10.{number // 62500 % 250}.{number // 250 % 250}.{number % 250}"
        request = self.requests.get(address, asked or {}, REMOTE_ADDR=asker).environ
        told = []
        began = time.perf_counter()
        answer = self.application(request, lambda status, headers: told.append(status))
        content = b"".join(answer)
        taken = time.perf_counter() - began
        answer.close()
        assert told[0].startswith(("200", "404")), (told, address, content[:500])
        return taken, content

    def spots(self, count, areas):
        """Postcodes by a hash: the same in every run, and as thick as people live."""
        known = f"code ~ '^({'|'.join(areas)})[0-9]'" if areas else "easting IS NOT NULL"
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT code FROM registry_postcode WHERE {known} AND easting IS NOT NULL "
                "AND district_code ~ '^[EWS]' ORDER BY md5(code || 'asked') LIMIT %s",
                [count],
            )
            return [row[0] for row in cursor.fetchall()]

    def reference_table(self):
        return _reference.make()

    def reference(self, postcode, text="", two=False):
        facets = _reference.TWO if two else (*_reference.COLUMNS, "category")
        seconds, rows = _reference.ask(place(postcode), text, facets)
        return {"seconds": seconds, "found": next(row[3] for row in rows if row[0] == "total")}

    def search(self, postcode="", text=""):
        """The product's own question, as typed: the words and not what they may mean, like the yardstick's."""
        need = Need.as_typed(text) if text else Need.nothing()
        question = Question(need=need, today=TODAY, spot=place(postcode) if postcode else None)
        with database_seconds() as taken:
            answer = ask(question)
            shown = Listing.listed.filter(pk__in=[hit.listing_id for hit in answer.hits]).select_related("version")
            list(shown)
        return {"seconds": taken.seconds, "found": answer.total, "statements": len(taken.statements)}

    def understood(self, text):
        """Seconds to understand somebody's words: no part of the database's time, and all of the reader's."""
        began = time.perf_counter()
        understand(text)
        return {"seconds": time.perf_counter() - began}

    def page(self, postcode):
        """A whole answer, and the same template with everything ready."""
        with kept_calls(views, "render") as kept:
            whole, _page = self.get("/find/", {"postcode": postcode})
        render, given = kept[-1]
        began = time.perf_counter()
        render(*given)
        return {"seconds": whole, "ready": time.perf_counter() - began}

    def json(self, postcode):
        """A whole answer as JSON, and the same services written as JSON with everything ready."""
        with kept_calls(search_views, "service_facts") as kept:
            whole, _answer = self.get("/api/services/", {"postcode": postcode, "per_page": _reference.SHOWN})
        assert kept, postcode
        began = time.perf_counter()
        JSONRenderer().render([facts(*given) for facts, given in kept])
        return {"seconds": whole, "ready": time.perf_counter() - began}

    def publish(self):
        """Seconds to publish a provider's change, and whether the next search shows it."""
        # The next after a key by chance.
        by_chance = Provider.listed.filter(is_invented=True, pk__gte=uuid.uuid4()).order_by("pk")
        provider = by_chance[0]
        provider.name = f"Changed {uuid.uuid4().hex[:12]}"
        provider.save(update_fields=["name"])
        began = time.perf_counter()
        list_provider(provider=provider, by=None, now=django.utils.timezone.now())
        taken = time.perf_counter() - began
        answer = ask(Question(need=Need.as_typed(provider.name.split()[1]), today=TODAY))
        return {"seconds": taken, "found": answer.total}

    def size(self):
        """Bytes of the search's own tables with their indexes, and rows."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*), pg_total_relation_size('providers_searchrow'),"
                " pg_relation_size('providers_searchrow'),"
                " pg_total_relation_size('providers_searchwords') FROM providers_searchrow"
            )
            rows, lean, heap, words = cursor.fetchone()
        return {"rows": rows, "row": heap / rows, "row_with_indexes": lean / rows, "words": words / rows}

    def plans(self, addresses):
        """Statements of these pages that read a growing table from end to end; there may be none."""
        # What is done in the background each minute, where the site runs.
        count_what_is_many()
        read = []
        for address in addresses:
            with database_seconds() as taken:
                self.get(address)
            read += [f"{address}: {table}" for sql, params in taken.statements for table in scanned(sql, params)]
        return sorted(set(read))

    def sqlite(self, path):
        rows = _datasette.make(Path(path))
        self.datasette = _datasette.Datasette(Path(path))
        return rows

    def nearest_by_datasette(self, postcode, text):
        seconds, ids = self.datasette.ask(place(postcode), text)
        return {"seconds": seconds, "ids": ids}

    def nearest_by_us(self, postcode, text):
        asked = {"postcode": postcode, "need": text, "as_typed": "on", "within": _datasette.WITHIN, "per_page": 10}
        taken, content = self.get("/api/services/", {**asked, "fields": "minimal"})
        return {"seconds": taken, "ids": [row["id"] for row in json.loads(content)["results"]]}


def place(postcode):
    found = look_up(postcode)
    assert isinstance(found, Place), postcode
    return found


def scanned(sql, params):
    if not sql.lstrip().upper().startswith(("SELECT", "WITH")):
        return []
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {sql}", params)
        plan = "\n".join(row[0] for row in cursor.fetchall())
    return [table for table in GROWING if f"Seq Scan on providers_{table} " in plan]


def main():
    copy = Copy()
    print(json.dumps("ready"), flush=True)
    for line in sys.stdin:
        name, given = json.loads(line)
        print(json.dumps(getattr(copy, name)(**given), default=str), flush=True)


if __name__ == "__main__":
    main()
