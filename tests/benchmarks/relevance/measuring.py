"""Imports texts into the registry that `NEARHAND_DATA` names, asks for every need in every way, prints JSON.

The parts that are named share their texts.
"""

import json
import os
import sys
import tempfile
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "registry.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402

from providers.meaning.model import SWITCHED_OFF  # noqa: E402
from tests.benchmarks.relevance import loading, scoring, ways  # noqa: E402


def measured(part, services, known):
    told = {
        "ours": scoring.figures(part, ways.ours(known)),
        "the model alone": scoring.figures(part, ways.the_model_alone(services, as_it_came=True)),
        "the model as taught here": scoring.figures(part, ways.the_model_alone(services, as_it_came=False)),
        "any of the words": scoring.figures(part, ways.any_of_the_words(known)),
        "websearch_to_tsquery": scoring.figures(part, ways.all_of_the_words(known)),
    }
    os.environ[SWITCHED_OFF] = "1"
    told["ours without the model"] = scoring.figures(part, ways.ours(known))
    del os.environ[SWITCHED_OFF]
    return told


def main(parts):
    settings.ALLOWED_HOSTS = ["*"]
    services = scoring.services(parts[0])
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "feed.json"
        loading.write(services, file)
        call_command("import_open_referral", str(file), council=loading.COUNCIL, publish=True, verbosity=0)
    known = loading.ids_by_source(services)
    print(json.dumps({part: measured(part, services, known) for part in parts}))


if __name__ == "__main__":
    main(sys.argv[1:])
