import pytest
from bs4 import BeautifulSoup
from drf_spectacular.validation import validate_schema

from providers.api.document import document, sections

pytestmark = pytest.mark.django_db


def operations():
    return [(path, method, told) for path, told in document()["paths"].items() for method, told in told.items()]


def test_the_document_is_openapi_3_1_and_valid(client):
    served = client.get("/api/schema/")
    assert served.json()["openapi"] == "3.1.0"
    validate_schema(served.json())


def test_every_operation_declares_its_answers_with_their_types():
    for path, method, told in operations():
        answers = told["responses"]
        assert {"200", "401", "405", "406", "429"} <= set(answers), path
        assert ("304" in answers) == ("ETag" in answers["200"].get("headers", {}))
        for status, answer in answers.items():
            kinds = {"200": ["application/json"], "304": []}.get(status, ["application/problem+json"])
            assert list(answer.get("content", {})) == kinds, (path, method, status)


def test_every_operation_has_a_name_of_its_own_and_words():
    names = [told["operationId"] for _path, _method, told in operations()]
    assert len(set(names)) == len(names)
    assert all(told["summary"] and told["description"] for _path, _method, told in operations())


def test_the_page_tells_every_operation_and_links_to_where_keys_are_made(client):
    page = BeautifulSoup(client.get("/api/").content, "html.parser")
    for _path, _method, told in operations():
        assert page.find(id=told["operationId"]) is not None
    assert page.find("a", href="/account/api-keys/")
    assert page.find(id="problem-throttled")
    assert page.find("script") is None
    assert sum(len(section.operations) for section in sections()) == len(operations())


def test_writes_need_a_key_and_reads_do_not():
    needs = {each.anchor for section in sections() for each in section.operations if each.needs_key}
    assert needs == {"read_me", "say_availability", "confirm_provider"}
