import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.test import RequestFactory
from rest_framework.exceptions import APIException

from providers.api.failures import as_problem
from registry.database.time_limit import TookTooLong
from registry.pages import errors

pytestmark = pytest.mark.django_db


def problem(answer):
    assert answer["Content-Type"] == "application/problem+json"
    body = answer.json()
    assert body["status"] == answer.status_code
    assert body["title"]
    assert body["detail"]
    return body


def test_unknown_addresses_wrong_methods_and_types_are_problems(client):
    assert problem(client.get("/api/nothing/"))["title"] == "Not Found"
    assert problem(client.get("/open-referral/v3/nothing"))["title"] == "Not Found"
    wrong = client.delete("/api/categories/")
    assert problem(wrong)["status"] == 405
    assert "GET" in wrong["Allow"]
    assert problem(client.options("/api/categories/"))["status"] == 405
    assert problem(client.get("/api/categories/", headers={"Accept": "text/csv"}))["status"] == 406
    assert client.get("/nothing/")["Content-Type"].startswith("text/html")


def test_too_many_questions_are_told_when_to_come_again(client, settings):
    settings.API_REQUESTS_A_MINUTE = 2
    answers = [client.get("/api/categories/") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert int(answers[2]["Retry-After"]) > 0
    assert problem(answers[2])["type"].endswith("#problem-throttled")


def test_a_person_with_a_key_may_ask_more_often_wherever_from(client, settings, provider_user, give_key):
    settings.API_REQUESTS_A_MINUTE = 1
    headers = give_key(provider_user)
    asked = [client.get("/api/me/", headers=headers, REMOTE_ADDR=f"10.0.0.{n}").status_code for n in range(6)]
    assert asked == [200, 200, 200, 200, 200, 429]


def test_no_limit_is_a_setting(client, settings):
    settings.API_REQUESTS_A_MINUTE = 0
    assert {client.get("/api/categories/").status_code for _ in range(5)} == {200}


@pytest.mark.parametrize("error", [Http404("/a/b"), PermissionDenied("x")])
def test_what_is_not_there_or_not_allowed_says_nothing_of_why(error):
    answer = as_problem(error, {})
    assert answer.data["detail"] == "There is nothing here for you."


def test_what_took_too_long_says_so_and_what_is_unknown_is_left_to_django():
    answer = as_problem(TookTooLong(), {})
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert as_problem(RuntimeError(), {}) is None
    assert as_problem(APIException("x"), {}).data["type"] == "about:blank"


@pytest.mark.parametrize("path", ["/api/x", "/find/"])
def test_where_no_view_answers_programs_get_problems_and_people_pages(path):
    request = RequestFactory().get(path)
    request.user = None
    wanted = "application/problem+json" if path.startswith("/api/") else "text/html"
    found = [
        errors.bad_request(request, ValueError("x")),
        errors.permission_denied(request, PermissionDenied("x")),
        errors.not_found(request, Http404("x")),
        errors.server_error(request),
    ]
    assert [answer.status_code for answer in found] == [400, 403, 404, 500]
    assert all(answer["Content-Type"].startswith(wanted) for answer in found)


def test_a_fault_of_ours_is_a_problem_without_a_word_of_what_was_asked(client, monkeypatch):
    def broken(*args):
        raise RuntimeError("BA1 1LZ")

    monkeypatch.setattr("providers.api.register_views.vocabulary", broken)
    client.raise_request_exception = False
    answer = client.get("/api/categories/?postcode=BA1+1LZ")
    assert problem(answer)["status"] == 500
    assert "BA1" not in answer.text


def test_what_somebody_holds_is_not_sent_again(client):
    first = client.get("/api/categories/")
    for held in (first["ETag"], f"W/{first['ETag']}", f'"x", {first["ETag"]}', "*"):
        again = client.get("/api/categories/", headers={"If-None-Match": held})
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
        assert again["Access-Control-Allow-Origin"] == "*"
    assert client.get("/api/categories/", headers={"If-None-Match": '"x"'}).status_code == 200
    assert client.head("/api/categories/")["ETag"] == first["ETag"]


def test_other_origins_read_what_nobody_signed_in_for(client, provider_user, give_key):
    assert client.get("/api/categories/")["Access-Control-Allow-Origin"] == "*"
    with_key = client.get("/api/categories/", headers=give_key(provider_user))
    assert "Access-Control-Allow-Origin" not in with_key
    client.force_login(provider_user)
    assert "Access-Control-Allow-Origin" not in client.get("/api/categories/")
    assert "Access-Control-Allow-Origin" not in client.post("/api/me/")
