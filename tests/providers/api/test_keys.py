import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from providers.api.actions import TooManyKeys, make_key
from providers.api.retention import forget_ended_keys
from providers.api.rules import MOST_KEYS, digest_of, last_day, new_key, read_header
from providers.models import ApiKey
from registry.accounts.actions import leave
from registry.models import AuditEvent, User
from tests.cast import make_staff, sign_in

pytestmark = pytest.mark.django_db


def test_a_key_is_random_marked_and_kept_as_a_digest_only():
    key = new_key()
    assert key.startswith("nh_")
    assert len({new_key() for _ in range(100)}) == 100
    assert len(digest_of(key)) == 64
    assert last_day(datetime.date(2026, 1, 31), 30) == datetime.date(2026, 3, 2)


A_KEY = "nh_" + "a" * 43


@pytest.mark.parametrize(
    "written", ["", "Bearer", "Bearer nh_short", "Basic abc", f"Token {A_KEY}", f"Bearer {A_KEY}x"]
)
def test_what_is_no_key_of_ours_is_not_looked_up(written):
    assert read_header(written) is None


def test_a_person_makes_a_key_sees_it_once_and_ends_it(client, provider_user, provider):
    sign_in(client, provider_user)
    assert "Say what will use this key" in client.post(reverse("api_keys"), {"name": "", "days": "30"}).text
    page = client.post(reverse("api_keys"), {"name": "Our website", "days": "30"}).text
    key = page.partition("<code>")[2].partition("</code>")[0]
    row = ApiKey.objects.get()
    assert row.digest == digest_of(key)
    assert key not in client.get(reverse("api_keys")).text
    assert "Our website" in client.get(reverse("api_keys")).text
    assert "Not used yet" in client.get(reverse("api_keys")).text
    headers = {"Authorization": f"Bearer {key}"}
    client.logout()
    assert client.get("/api/me/", headers=headers).json()["providers"][0]["name"] == provider.name
    row.refresh_from_db()
    assert row.last_used_on == timezone.localdate()
    sign_in(client, provider_user)
    assert client.post(reverse("end_api_key", args=[row.pk])).url == reverse("api_keys")
    client.logout()
    assert client.get("/api/me/", headers=headers).status_code == 401
    said = AuditEvent.objects.filter(verb__startswith="api_key.").values_list("verb", "fields", "target_id")
    assert sorted(said) == [("api_key.ended", [], str(row.pk)), ("api_key.made", [], str(row.pk))]


def test_somebody_elses_key_is_not_there(client, provider_user, give_key):
    give_key(provider_user)
    sign_in(client, User.objects.create_user("x@example.com"))
    assert client.post(reverse("end_api_key", args=[ApiKey.objects.get().pk])).status_code == 404


def test_the_account_leads_to_the_keys(client, provider_user):
    assert reverse("api_keys") in sign_in(client, provider_user).get(reverse("account")).text


def test_nobody_has_more_keys_than_they_can_keep_apart(client, provider_user, give_key):
    for _ in range(MOST_KEYS):
        give_key(provider_user)
    with pytest.raises(TooManyKeys):
        give_key(provider_user)
    page = sign_in(client, provider_user).post(reverse("api_keys"), {"name": "One more", "days": "90"})
    assert "You have as many keys as one person may have" in page.text


def test_a_key_ends_the_day_after_its_last(client, provider_user, give_key):
    headers = give_key(provider_user)
    today = timezone.localdate()
    ApiKey.objects.update(expires_on=today)
    assert client.get("/api/me/", headers=headers).status_code == 200
    ApiKey.objects.update(expires_on=today - datetime.timedelta(days=1))
    answer = client.get("/api/me/", headers=headers)
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"].startswith("Bearer")
    assert answer["Content-Type"] == "application/problem+json"
    assert "Ended on" in sign_in(client, provider_user).get(reverse("api_keys")).text


def test_ended_keys_go_after_a_month_and_all_of_them_with_their_person(provider_user, give_key):
    give_key(provider_user)
    last = ApiKey.objects.get().expires_on
    assert forget_ended_keys(last + datetime.timedelta(days=30)) == 0
    assert forget_ended_keys(last + datetime.timedelta(days=31)) == 1
    give_key(provider_user)
    leave(user=provider_user, by=provider_user)
    assert not ApiKey.objects.exists()


def test_a_person_who_left_is_nobody(client, provider_user, give_key):
    headers = give_key(provider_user)
    User.objects.update(is_active=False)
    assert client.get("/api/me/", headers=headers).status_code == 401


def test_staff_need_a_key_made_after_their_second_step(client, checker, give_key):
    before, after = give_key(checker), give_key(checker, second_step=True)
    refused = client.get("/api/me/", headers=before)
    assert (refused.status_code, "second step" in refused.json()["detail"]) == (401, True)
    assert client.get("/api/me/", headers=after).json()["councils"][0]["may"] == [
        "check_providers",
        "introduce_providers",
        "see_queue",
    ]


def test_a_key_made_in_a_session_with_both_steps_serves_staff(client, checker):
    sign_in(client, checker)
    page = client.post(reverse("api_keys"), {"name": "Nightly", "days": "365"}).text
    key = page.partition("<code>")[2].partition("</code>")[0]
    client.logout()
    assert client.get("/api/me/", headers={"Authorization": f"Bearer {key}"}).status_code == 200


def test_a_session_of_staff_without_the_second_step_is_refused_in_words_for_programs(client, council):
    staff = make_staff("new@council.example", "New", council, "checker")
    client.force_login(staff)
    answer = client.get("/api/me/")
    assert (answer.status_code, answer["Content-Type"]) == (403, "application/problem+json")
    assert sign_in(client, staff).get("/api/me/").status_code == 200


@pytest.mark.parametrize("days", ["0", "36500", "x", "\x00"])
def test_a_key_is_good_for_one_of_the_times_offered(client, provider_user, days):
    sign_in(client, provider_user)
    assert client.post(reverse("api_keys"), {"name": "A", "days": days}).status_code == 200
    assert not ApiKey.objects.exists()


def test_making_a_key_names_its_last_day():
    user = User.objects.create_user("y@example.com")
    now = timezone.now()
    row, _key = make_key(name="A", days=90, after_second_step=False, by=user, now=now)
    assert row.expires_on == timezone.localdate(now) + datetime.timedelta(days=90)
