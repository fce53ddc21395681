"""Imports of invented rows into a registry of their own, measured; prints the figures as JSON.

`NEARHAND_DATA=... python -m tests.benchmarks._importing ROWS`
"""

import gzip
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
import uuid
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "registry.settings")
django.setup()

from django.db import connection  # noqa: E402
from jsonschema import Draft202012Validator  # noqa: E402

from registry.places.grid import to_latitude_longitude  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = ROOT / "tests" / "data" / "open_referral_uk_3.0_service.json.gz"
COUNCIL = "E06000054"
TABLES = [
    "providers_provider",
    "providers_service",
    "providers_service_categories",
    "providers_coverage",
    "providers_availability",
    "providers_weeklyhours",
    "providers_priceextra",
    "providers_importedrow",
    "providers_version",
    "providers_listing",
    "providers_searchrow",
    "providers_searchwords",
]
DOES = [
    ("Help at home", "I clean, iron and do the shopping, and stop for a cup of tea. Two visits a week are usual."),
    ("A cooked lunch", "A fresh lunch in your own kitchen, for older people and people living with dementia."),
    ("Walks and company", "Walks, trips to the library and someone to talk to. I have a car."),
    ("Garden club", "Planting and pruning for people with a learning disability, in a small group."),
    ("Nights", "A waking night or a sleep-in, so that a carer can rest."),
]
UUIDS = uuid.UUID("0d9e2b5c-4b1f-4f53-8c7c-6f2f3f3f9a10")


def write_rows(file, count):
    """Rows as a council's feed gives them: two services an organisation, at real postcodes."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT code, easting, northing, district_code FROM registry_postcode WHERE easting IS NOT NULL"
            " AND district_code ~ '^[EWS]' ORDER BY md5(code) LIMIT 20000"
        )
        places = cursor.fetchall()
    chance = random.Random(1)
    with file.open("w", encoding="utf-8") as opened:
        opened.write('{"contents": [\n')
        for number in range(count):
            opened.write((",\n" if number else "") + json.dumps(row_of(number, places, chance)))
        opened.write("\n]}")


def row_of(number, places, chance):
    postcode, easting, northing, district = places[(number // 2) % len(places)]
    latitude, longitude = to_latitude_longitude(easting, northing)
    name, description = chance.choice(DOES)
    days = ",".join(chance.sample(["MO", "TU", "WE", "TH", "FR", "SA"], 3))

    def key(what):
        return str(uuid.uuid5(UUIDS, f"{what} {number}"))

    organisation = str(uuid.uuid5(UUIDS, f"organisation {number // 2}"))
    address = {
        "id": key("address"),
        "address_1": f"{number % 90 + 1} High Street",
        "city": "Town",
        "state_province": "County",
        "postal_code": f"{postcode[:-3]} {postcode[-3:]}",
        "country": "GB",
        "address_type": "physical",
    }
    place = {"id": key("location"), "location_type": "physical", "latitude": latitude, "longitude": longitude}
    return {
        "id": key("service"),
        "name": f"{name} {number}",
        "status": "active",
        "description": f"{description} Number {number}.",
        "organization_id": organisation,
        "organization": {"id": organisation, "name": f"Neighbours {number // 2}", "description": "A small group."},
        "schedules": [{"id": key("hours"), "freq": "WEEKLY", "byday": days, "opens_at": "09:00", "closes_at": "15:00"}],
        "cost_options": [{"id": key("cost"), "option": "Usual price", "amount": 18.5, "amount_description": "an hour"}],
        "languages": [{"id": key("language"), "name": "Polish"}],
        "service_areas": [
            {
                "id": key("area"),
                "name": "The district",
                "uri": f"http://statistics.data.gov.uk/id/statistical-geography/{district}",
            }
        ],
        "service_at_locations": [{"id": key("at"), "location": {**place, "addresses": [address]}}],
    }


def bring(file):
    """Seconds and peak megabytes of one run of the command."""
    began = time.perf_counter()
    process = subprocess.Popen(command(file), cwd=ROOT, stdout=subprocess.DEVNULL)
    _pid, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"the import ended with {process.returncode}")
    return time.perf_counter() - began, used.ru_maxrss / 1024


def command(file):
    words = ["import_open_referral", str(file), "--council", COUNCIL, "--publish", "--verbosity", "0"]
    return [sys.executable, "manage.py", *words]


def reference(file):
    """Seconds to parse, to check by the schema, and to COPY the very rows into twins of the indexed tables."""
    began = time.perf_counter()
    rows = json.loads(file.read_bytes())["contents"]
    parsed = time.perf_counter()
    check = Draft202012Validator(json.loads(gzip.decompress(SCHEMA.read_bytes())))
    wrong = sum(not check.is_valid(row) for row in rows)
    checked = time.perf_counter()
    if wrong:
        raise SystemExit(f"{wrong} invented rows are not of the schema")
    return parsed - began, checked - parsed, copied()


def copied():
    seconds = 0.0
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"DROP TABLE IF EXISTS bare_{table}")
            cursor.execute(f"CREATE TABLE bare_{table} (LIKE {table} INCLUDING ALL)")
            with cursor.copy(f"COPY {table} TO STDOUT") as copy:
                rows = [bytes(block) for block in copy]
            began = time.perf_counter()
            with cursor.copy(f"COPY bare_{table} FROM STDIN") as copy:
                for start in range(0, len(rows), 5_000):
                    copy.write(b"".join(rows[start : start + 5_000]))
            seconds += time.perf_counter() - began
            cursor.execute(f"DROP TABLE bare_{table}")
    return seconds


def empty():
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE providers_provider CASCADE")


def how_many(table="providers_importedrow"):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return cursor.fetchone()[0]


def killed_and_resumed(file, count):
    """Killed without warning when half is in, then run again: what is there twice, and what is missing."""
    process = subprocess.Popen(command(file), cwd=ROOT, stdout=subprocess.DEVNULL)
    while process.poll() is None and how_many() < count // 2:
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.wait()
    half = how_many()
    seconds, _peak = bring(file)
    services, providers, listed = (how_many(f"providers_{name}") for name in ("service", "provider", "listing"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) - count(DISTINCT source_id) FROM providers_service")
        twice = cursor.fetchone()[0]
    return {
        "there when killed": half,
        "seconds to go on": seconds,
        "twice": twice,
        "missing": 3 * count - services - 2 * providers - listed,
    }


def main(count):
    with tempfile.TemporaryDirectory() as folder:
        few, many = Path(folder) / "few.json", Path(folder) / "many.json"
        write_rows(few, count)
        write_rows(many, 10 * count)
        _seconds, small = bring(few)
        again, _peak = bring(few)
        empty()
        seconds, large = bring(many)
        parse, check, copy = reference(many)
        empty()
        print(
            json.dumps(
                {
                    "seconds": seconds,
                    "parse": parse,
                    "check": check,
                    "copy": copy,
                    "peak few": small,
                    "peak many": large,
                    "again": again,
                    **killed_and_resumed(few, count),
                }
            )
        )


if __name__ == "__main__":
    main(int(sys.argv[1]))
