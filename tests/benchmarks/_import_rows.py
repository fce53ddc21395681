"""Invented rows as a council's feed gives them: two services an organisation, at real postcodes."""

import json
import random
import uuid

from django.db import connection

from providers.meaning.vocabulary import vocabulary
from registry.places.grid import to_latitude_longitude

DOES = [
    ("Help at home", "I clean, iron and do the shopping, and stop for a cup of tea. Two visits a week are usual."),
    ("A cooked lunch", "A fresh lunch in your own kitchen, for older people and people living with dementia."),
    ("Walks and company", "Walks, trips to the library and someone to talk to. I have a car."),
    ("Garden club", "Planting and pruning for people with a learning disability, in a small group."),
    ("Nights", "A waking night or a sleep-in, so that a carer can rest."),
]
LANGUAGES = [["Polish"], ["Urdu", "Punjabi"], []]
UUIDS = uuid.UUID("0d9e2b5c-4b1f-4f53-8c7c-6f2f3f3f9a10")


def write_rows(file, count, *, is_named=True):
    """`is_named`: each row says of what kind its help is, as feeds do; else that is left to be read from its words.

    No text stands in a file of both kinds: a text that was read once is not read again.
    """
    numbers = range(count) if is_named else range(10**6, 10**6 + count)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT code, easting, northing, district_code FROM registry_postcode WHERE easting IS NOT NULL"
            " AND district_code ~ '^[EWS]' ORDER BY md5(code) LIMIT 20000"
        )
        places = cursor.fetchall()
    terms = [term for term in vocabulary().terms if not term.is_group]
    chance = random.Random(1)
    with file.open("w", encoding="utf-8") as opened:
        opened.write('{"contents": [\n')
        for number in numbers:
            row = row_of(number, places[(number // 2) % len(places)], chance)
            named = chance.sample(terms, chance.randint(1, 2))
            labels = [label(row["id"], term) for term in named] if is_named else []
            opened.write((",\n" if number > numbers[0] else "") + json.dumps({**row, "attributes": labels}))
        opened.write("\n]}")


def key_of(what):
    return str(uuid.uuid5(UUIDS, what))


def label(service, term):
    told = {
        "id": key_of(term.code),
        "name": term.name,
        "description": term.definition,
        "taxonomy": "care",
        "term": term.code,
    }
    return {
        "id": key_of(f"{service} {term.code}"),
        "link_id": service,
        "link_type": "service",
        "taxonomy_term_id": told["id"],
        "taxonomy_term": told,
    }


def row_of(number, place, chance):
    postcode, easting, northing, district = place
    latitude, longitude = to_latitude_longitude(easting, northing)
    name, description = chance.choice(DOES)
    days = ",".join(chance.sample(["MO", "TU", "WE", "TH", "FR", "SA"], 3))

    def key(what):
        return key_of(f"{what} {number}")

    organisation = key_of(f"organisation {number // 2}")
    address = {
        "id": key("address"),
        "address_1": f"{number % 90 + 1} High Street",
        "city": "Town",
        "state_province": "County",
        "postal_code": f"{postcode[:-3]} {postcode[-3:]}",
        "country": "GB",
        "address_type": "physical",
    }
    at = {"id": key("location"), "location_type": "physical", "latitude": latitude, "longitude": longitude}
    return {
        "id": key("service"),
        "name": f"{name} {number}",
        "status": "active",
        "description": f"{description} Number {number}.",
        "organization_id": organisation,
        "organization": {"id": organisation, "name": f"Neighbours {number // 2}", "description": "A small group."},
        "schedules": [{"id": key("hours"), "freq": "WEEKLY", "byday": days, "opens_at": "09:00", "closes_at": "15:00"}],
        "cost_options": [{"id": key("cost"), "option": "Usual price", "amount": 18.5, "amount_description": "an hour"}],
        "languages": [{"id": key(f"language {name}"), "name": name} for name in chance.choice(LANGUAGES)],
        "service_areas": [
            {
                "id": key("area"),
                "name": "The district",
                "uri": f"http://statistics.data.gov.uk/id/statistical-geography/{district}",
            }
        ],
        "service_at_locations": [{"id": key("at"), "location": {**at, "addresses": [address]}}],
    }
