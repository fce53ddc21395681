"""What the standard's own checker says of a package, with the schemas of 1.1.5 that lie here: it asks no other site."""

import json
import socket
import zipfile
from contextlib import ExitStack
from pathlib import Path
from unittest import mock

import requests
from libcoveocds.api import ocds_json_output
from libcoveocds.config import LibCoveOCDSConfig

from tests.providers.open_referral.schemas import blanks

STANDARD = Path(__file__).parents[2] / "data/ocds_1.1.5_standard.zip"
SCHEMAS = "https://standard.open-contracting.org/schema/1__1__5/"
# Everything of its answer that is a fault, or might be one.
FAULTS = (
    "validation_errors",
    "additional_checks",
    "conformance_errors",
    "additional_closed_codelist_values",
    "deprecated_fields",
    "json_deref_error",
)
# What is told beyond 1.1.5, under the names of the standard's own extensions or of others' data.
ADDITIONAL = {"lots", "relatedLot", "relatedLots", "scale", "valueAddedTaxIncluded", "links"}


def from_the_archive(address, **_kwargs):
    """The schema of records is looked up by its address, even where the whole standard is at hand."""
    assert address.startswith(SCHEMAS), f"it asked {address}"
    with zipfile.ZipFile(STANDARD) as standard:
        answer = requests.Response()
        answer.status_code = 200
        answer._content = standard.read(f"standard-1__1__5/schema/{address.removeprefix(SCHEMAS)}")
    return answer


def judged(package):
    config = LibCoveOCDSConfig({"standard_zip": f"file://{STANDARD}", "context": "api"})
    asked = AssertionError("it asked another site")
    with ExitStack() as held:
        held.enter_context(mock.patch.object(requests, "get", from_the_archive))
        held.enter_context(mock.patch.object(socket, "getaddrinfo", side_effect=asked))
        held.enter_context(mock.patch.object(socket.socket, "connect", side_effect=asked))
        return ocds_json_output(json_data=package, lib_cove_ocds_config=config)


def faults(package):
    """None, where it is as the standard says and where nothing is null or empty but the list of extensions."""
    told = judged(json.loads(json.dumps(package)))
    found = [(name, told[name]) for name in FAULTS if told.get(name)]
    unknown = {row["field"] for row in told.get("additional_fields", [])} - ADDITIONAL
    empty = [path for path in blanks(package) if path != "$.extensions"]
    return [*found, *sorted(unknown), *empty]
