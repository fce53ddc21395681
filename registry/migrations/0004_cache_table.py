from django.db import migrations

# Unlogged: nothing in a cache is worth a write-ahead log, and a crash may empty it.
MAKE = """
CREATE UNLOGGED TABLE registry_cache (
    cache_key varchar(255) PRIMARY KEY,
    value text NOT NULL,
    expires timestamp with time zone NOT NULL
);
CREATE INDEX registry_cache_expires ON registry_cache (expires);
"""


class Migration(migrations.Migration):
    """The table of the shared cache, as `createcachetable` would make it, so that `migrate` alone is enough."""

    dependencies = [("registry", "0003_councils_and_districts")]

    operations = [migrations.RunSQL(MAKE, "DROP TABLE registry_cache")]
