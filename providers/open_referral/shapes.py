"""The shapes in which systems hand out the same rows: pages, plain lists, organisations with their services inside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

# Names of lists of services at the top of a document, and of lists of organisations.
SERVICES = ("contents", "content", "services", "service", "data", "results", "items")
ORGANISATIONS = ("organizations", "organization", "organisations")


def services_in(element: Any) -> Iterator[Any]:
    """The services that one element of a list stands for: itself, or each service of an organisation.

    What is neither is handed on as it is, so that the report names it.
    """
    services = element.get("services") if isinstance(element, Mapping) else None
    if not isinstance(services, list):
        yield element
        return
    organisation = {key: value for key, value in element.items() if key != "services"}
    for service in services:
        yield _with_organisation(service, organisation)


def _with_organisation(service: Any, organisation: dict[str, Any]) -> Any:
    if not isinstance(service, Mapping) or isinstance(service.get("organization"), Mapping):
        return service
    return {**service, "organization": organisation}


def listed_in(document: Any) -> list[Any] | None:
    """The list in a whole document; None where there is none. One service by itself is a list of one."""
    if isinstance(document, list):
        return document
    if not isinstance(document, Mapping):
        return None
    for name in (*SERVICES, *ORGANISATIONS):
        if isinstance(document.get(name), list):
            is_organisation = name == "services" and "contents" not in document and "name" in document
            return [document] if is_organisation else list(document[name])
    return [document] if "name" in document and "id" in document else None
