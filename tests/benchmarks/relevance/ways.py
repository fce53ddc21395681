"""Ways to find services for a need: our own search, and the plain ones that it is measured against."""

import itertools
from uuid import UUID

import numpy as np
from django.db import connection
from django.test import Client

from providers.meaning import model

FEED = "/open-referral/v3/services"
DOCUMENT = "to_tsvector('english', listing.name || ' ' || listing.provider_name || ' ' || service.description)"
FULL_TEXT = f"""
SELECT listing.service_id FROM providers_listing AS listing
JOIN providers_service AS service ON service.id = listing.service_id, {{query}} AS query
WHERE {DOCUMENT} @@ query ORDER BY ts_rank({DOCUMENT}, query) DESC, listing.service_id LIMIT 10
"""
ALL_OF_THEM = "websearch_to_tsquery('english', %s)"
ANY_OF_THEM = "to_tsquery('english', (SELECT string_agg(quote_literal(one), ' | ') FROM unnest(%s::text[]) AS one))"


def ours(known):
    """As anybody asks the open feed, each time from another address: how often one may ask is not what is measured."""
    askers = itertools.count(1)

    def find(need):
        number = next(askers)
        asker = f"10.0.{number // 250}.{number % 250}"
        answer = Client().get(FEED, {"search": need, "per_page": 10}, REMOTE_ADDR=asker)
        assert answer.status_code == 200, answer.content
        return [known[UUID(service["id"])] for service in answer.json()["contents"]]

    return find


def all_of_the_words(known):
    return lambda need: _full_text(ALL_OF_THEM, need, known)


def any_of_the_words(known):
    return lambda need: _full_text(ANY_OF_THEM, _words(need), known)


def _words(need):
    with connection.cursor() as cursor:
        cursor.execute("SELECT tsvector_to_array(to_tsvector('simple', %s))", [need])
        return cursor.fetchone()[0]


def _full_text(query, asked, known):
    with connection.cursor() as cursor:
        cursor.execute(FULL_TEXT.format(query=query), [asked])
        return [known[key] for (key,) in cursor.fetchall()]


def the_model_alone(services, *, as_it_came):
    sentences = model.read(as_it_came=as_it_came)
    texts = np.stack([sentences.vector(f"{service['name']}. {service['description']}") for service in services])

    def find(need):
        near = texts @ sentences.vector(need)
        return [services[at]["id"] for at in np.argsort(-near, kind="stable")[:10]]

    return find
