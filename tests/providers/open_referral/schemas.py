"""The schemas of Open Referral UK 3.0, and what every answer of ours keeps besides: nothing null, nothing empty."""

import json
import tarfile
from functools import cache
from pathlib import Path

from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

PACKED = Path(__file__).parents[2] / "data/open_referral_uk_3.0_schemas.tar.gz"
# What a page holds in its `contents`, and what one thing by itself is.
IN_A_LIST = {
    "services": "compiled/service_list.json",
    "service_at_locations": "compiled/service_at_location_list.json",
    "organizations": "compiled/organization_list.json",
    "taxonomies": "taxonomy.json",
    "taxonomy_terms": "taxonomy_term.json",
}
BY_ITSELF = IN_A_LIST | {
    "services": "compiled/service.json",
    "service_at_locations": "compiled/service_at_location.json",
    "organizations": "compiled/organization.json",
}


@cache
def validator(name):
    with tarfile.open(PACKED) as packed:
        schemas = {member.name: json.load(packed.extractfile(member)) for member in packed.getmembers()}
    resources = [(path, Resource(schema, DRAFT202012)) for path, schema in schemas.items()]
    return Draft202012Validator(
        schemas[name], format_checker=FormatChecker(), registry=Registry().with_resources(resources)
    )


def faults(schema, told):
    """Where it is not as the standard says, and where something is null or empty (rule 14)."""
    wrong = [f"{list(fault.absolute_path)}: {fault.message}" for fault in validator(schema).iter_errors(told)]
    return wrong + [f"{path} is null or empty" for path in blanks(told)]


def blanks(told, path="$"):
    if told is None or told in ("", [], {}) or (isinstance(told, str) and not told.strip()):
        yield path
    elif isinstance(told, dict):
        for key, value in told.items():
            yield from blanks(value, f"{path}.{key}")
    elif isinstance(told, list):
        for at, value in enumerate(told):
            yield from blanks(value, f"{path}[{at}]")
