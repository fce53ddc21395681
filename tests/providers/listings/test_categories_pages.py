import pytest
from bs4 import BeautifulSoup

from providers.meaning.vocabulary import vocabulary


@pytest.fixture
def page(client, db):
    response = client.get("/categories/")
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def test_every_term_stands_on_the_page_with_its_definition(page):
    text = page.main.get_text(" ", strip=True)
    assert all(term.name in text and term.definition in text for term in vocabulary().terms)


def test_every_link_inside_the_page_leads_to_a_heading(page):
    targets = [link["href"][1:] for link in page.main.find_all("a", href=True) if link["href"].startswith("#")]
    assert len(targets) == len(vocabulary().groups())
    assert all(page.find(id=target).name == "h2" for target in targets)


def test_what_is_regulated_is_said_of_it_and_of_nothing_else(page):
    said = {
        heading["id"]: "Regulated in England" in heading.find_next("p").get_text()
        for heading in page.main.find_all("h3")
    }
    assert said == {term.code: term.regulation != "none" for term in vocabulary().terms if not term.is_group}


def test_it_is_given_whole_as_json_for_other_registers(client, db):
    response = client.get("/categories.json")
    assert response["Content-Type"] == "application/json"
    assert response["Access-Control-Allow-Origin"] == "*"
    given = response.json()
    assert given["version"] == vocabulary().version
    assert given["licence"] == "https://creativecommons.org/publicdomain/zero/1.0/"
    assert [term["code"] for term in given["terms"]] == [term.code for term in vocabulary().terms]
    assert "caf\u00e9".encode() in response.content


@pytest.mark.parametrize("address", ["/categories/", "/categories.json"])
def test_nothing_is_written_here(client, db, address):
    assert client.post(address).status_code == 405


def test_the_page_asks_the_database_nothing(client, db, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get("/categories/")
