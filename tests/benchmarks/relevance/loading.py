"""The texts as a council's feed would give them: a name, a description, an organisation, an area, and nothing else."""

import json
import uuid

SPACE = uuid.UUID("5b0f1d0e-6d0c-4b3e-9f57-3b7e3c1c2a77")
COUNCIL = "E06000022"
AREA = f"http://statistics.data.gov.uk/id/statistical-geography/{COUNCIL}"


def key(name):
    return str(uuid.uuid5(SPACE, name))


def row_of(service):
    organisation = key(f"organisation {service['provider']}")
    return {
        "id": key(service["id"]),
        "name": service["name"],
        "description": service["description"],
        "status": "active",
        "organization_id": organisation,
        "organization": {"id": organisation, "name": service["provider"], "description": "-"},
        "service_areas": [{"id": key(f"area {service['id']}"), "name": "The council", "uri": AREA}],
    }


def write(services, file):
    file.write_text(json.dumps({"contents": [row_of(service) for service in services]}), encoding="utf-8")


def ids_by_source(services):
    """Our keys of the services by the ids that the texts have here."""
    from providers.models import Service

    ours = {key(service["id"]): service["id"] for service in services}
    return {pk: ours[source] for pk, source in Service.every.values_list("pk", "source_id") if source in ours}
