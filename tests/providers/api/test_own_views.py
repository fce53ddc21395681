import datetime

import pytest
from django.test import Client
from django.utils import timezone

from providers.joining.changes import say_at_once
from providers.models import Availability, Confirmation, FieldChange, Provider, Service, Submission
from providers.moderation.actions import publish
from tests.cast import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def service(provider, checker):
    publish(submission=Submission.objects.get(), by=checker)
    return Service.every.get()


@pytest.fixture
def say(client, service, provider_user, give_key):
    headers = give_key(provider_user)

    def patch(body, **more):
        return client.patch(
            f"/api/services/{service.pk}/availability/",
            body,
            **{"content_type": "application/json", "headers": headers, **more},
        )

    return patch


def test_a_provider_says_that_it_is_full_and_the_public_reads_it_at_once(client, say, service):
    answer = say({"space": "full", "hours_free": 0})
    assert answer.json()["space"] == "full"
    assert "Full" in client.get(f"/api/services/{service.pk}/").json()["space"]
    made = FieldChange.objects.values_list("fact", "outcome")
    assert sorted(made) == [("hours_free", "at_once"), ("space", "at_once")]
    assert say({"space": "full"}).status_code == 200
    assert FieldChange.objects.count() == 2


def test_away_is_said_with_a_day_back(say, service):
    back = timezone.localdate() + datetime.timedelta(days=20)
    assert say({"space": "away", "away_until": back.isoformat()}).json()["away_until"] == back.isoformat()
    assert "away_until" not in say({"space": "now"}).json()
    assert Availability.objects.get().away_until is None


UNREADABLE = [
    *({}, [], '"x"', {"space": "maybe"}, {"space": "away"}, {"away_until": "2099-01-01"}, {"hours_free": "6"}),
    *({"space": "now", "colour": "red"}, {"hours_free": True}, {"hours_free": -1}),
    {"space": "now", "away_until": None},
]


@pytest.mark.parametrize("body", UNREADABLE)
def test_what_cannot_be_read_is_a_400_that_names_it(say, body):
    answer = say(body)
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert answer.json()["errors"][0]["detail"]


def test_what_cannot_be_is_a_conflict(say):
    assert say({"space": "away", "away_until": timezone.localdate().isoformat()}).status_code == 409
    assert say({"hours_free": 169}).status_code == 409
    Provider.every.update(listed_at=None)
    assert "not up" in say({"space": "now"}).json()["detail"]


def test_broken_json_and_other_types_are_told_as_problems(say):
    assert say("{", content_type="application/json").status_code == 400
    assert say("space=now", content_type="application/x-www-form-urlencoded").status_code == 415


def test_only_those_who_may_change_it_may_say_so(client, service, colleague, other_provider_user, give_key):
    address, body = f"/api/services/{service.pk}/availability/", {"space": "full"}
    for headers, status in [({}, 401), (give_key(colleague), 403), (give_key(other_provider_user), 404)]:
        answer = client.patch(address, body, content_type="application/json", headers=headers)
        assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    nobodys = "/api/services/00000000-0000-4000-8000-000000000000/availability/"
    assert client.patch(nobodys, body, content_type="application/json", headers=give_key(colleague)).status_code == 404


def test_a_session_needs_the_token_of_our_own_page(service, provider_user):
    browser = sign_in(Client(enforce_csrf_checks=True), provider_user)
    address = f"/api/services/{service.pk}/availability/"
    assert browser.get(address).status_code == 200
    answer = browser.patch(address, {"space": "full"}, content_type="application/json")
    assert (answer.status_code, answer["Content-Type"]) == (403, "application/problem+json")


def test_what_a_council_has_to_read_is_refused(service, provider_user):
    with pytest.raises(ValueError, match="A council has to read"):
        say_at_once(service=service, by=provider_user, now=timezone.now(), when={"price_pence": 1})


def test_availability_is_read_by_anybody_of_what_is_listed_and_by_its_people_always(
    client, service, colleague, give_key
):
    address = f"/api/services/{service.pk}/availability/"
    assert client.get(address).json()["days"] == ["mon", "tue", "thu"]
    Provider.every.update(out_of_feed_since=timezone.now())
    assert client.get(address).status_code == 404
    assert client.get(address, headers=give_key(colleague)).status_code == 200


def test_nothing_is_made_up_where_nothing_was_said(client, service):
    Availability.objects.all().delete()
    assert client.get(f"/api/services/{service.pk}/availability/").json() == {
        "service_id": str(service.pk),
        "space": "not_known",
    }


def test_still_right_is_said_by_one_post(client, service, provider, provider_user, colleague, give_key):
    address = f"/api/providers/{provider.pk}/confirmation/"
    headers = give_key(provider_user)
    today = timezone.localdate()
    good = {
        "provider_id": str(provider.pk),
        "confirmed_on": today.isoformat(),
        "good_until": (today + datetime.timedelta(days=90)).isoformat(),
    }
    assert client.post(address, headers=headers).json() == good
    assert client.post(address, headers=headers).json() == good
    assert Confirmation.objects.count() == 1
    assert client.post(address, headers=give_key(colleague)).status_code == 403
    assert client.post(address).status_code == 401
    Provider.every.update(listed_at=None)
    assert client.post(address, headers=headers).status_code == 409
