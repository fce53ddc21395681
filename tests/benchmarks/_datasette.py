"""The same services in SQLite behind Datasette: FTS5 for the words, an R-tree for the place, JSON over its own HTTP."""

import asyncio
import json
import sqlite3
import time

from django.db import connection

WITHIN = 10_000
NEAREST = 10
ROWS = """
SELECT listing.service_id::text, listing.name, provider.name, service.description, provider.slug,
       listing.easting, listing.northing, listing.space, listing.price_pence
  FROM providers_listing listing
  JOIN providers_service service ON service.id = listing.service_id
  JOIN providers_provider provider ON provider.id = listing.provider_id
 WHERE listing.easting IS NOT NULL
"""
SCHEMA = """
CREATE TABLE services (
  number INTEGER PRIMARY KEY, id TEXT, name TEXT, provider TEXT, description TEXT, slug TEXT,
  easting INTEGER, northing INTEGER, space TEXT, price_pence INTEGER
);
CREATE VIRTUAL TABLE places USING rtree_i32(number, low_east, high_east, low_north, high_north);
CREATE VIRTUAL TABLE words USING fts5(name, provider, description, content='services', content_rowid='number',
                                      tokenize='porter unicode61');
"""
QUESTION = """
SELECT s.id, s.name, s.provider, s.slug, s.space, s.price_pence,
       (s.easting - :east) * (s.easting - :east) + (s.northing - :north) * (s.northing - :north) AS squared
  FROM places p JOIN services s ON s.number = p.number
 WHERE p.low_east BETWEEN :east - 10000 AND :east + 10000 AND p.low_north BETWEEN :north - 10000 AND :north + 10000
   AND s.number IN (SELECT rowid FROM words WHERE words MATCH :text)
   AND squared <= 100000000
 ORDER BY squared, s.id LIMIT 10
"""


def make(path):
    """The database file, made anew; says how many services are in it."""
    path.unlink(missing_ok=True)
    with sqlite3.connect(path) as database:
        database.executescript(f"PRAGMA journal_mode=off; PRAGMA synchronous=off; {SCHEMA}")
        with connection.cursor() as cursor:
            cursor.execute(ROWS)
            while rows := cursor.fetchmany(20_000):
                database.executemany("INSERT INTO services VALUES (NULL, ?,?,?,?,?,?,?,?,?)", rows)
        database.execute("INSERT INTO places SELECT number, easting, easting, northing, northing FROM services")
        database.execute("INSERT INTO words (words) VALUES ('rebuild')")
        database.execute("ANALYZE")
        return database.execute("SELECT count(*) FROM services").fetchone()[0]


class Datasette:
    """Asks as a client of its HTTP would, without a network between."""

    def __init__(self, path):
        # Part of an optional group: only this comparison needs it.
        from datasette.app import Datasette as Application

        self.name = path.stem
        self.loop = asyncio.new_event_loop()
        settings = {"sql_time_limit_ms": 60_000, "suggest_facets": False}
        self.application = Application([str(path)], settings=settings)
        self.loop.run_until_complete(self.application.invoke_startup())

    def ask(self, spot, text):
        """Seconds taken, and the ids of the nearest."""
        asked = {"sql": QUESTION, "east": spot.easting, "north": spot.northing, "text": text, "_shape": "array"}
        began = time.perf_counter()
        answer = self.loop.run_until_complete(self.application.client.get(f"/{self.name}.json", params=asked))
        rows = json.loads(answer.content)
        taken = time.perf_counter() - began
        assert answer.status_code == 200, answer.text
        return taken, [row["id"] for row in rows]
