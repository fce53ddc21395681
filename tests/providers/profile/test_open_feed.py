import pytest
from django.urls import reverse

from providers.models import Provider, ProviderMembership
from tests.cast import sign_in
from tests.providers.listings.makers import comes_from, listed, make_provider, make_service

pytestmark = pytest.mark.usefixtures("postcodes")


@pytest.fixture
def ana(council, provider_user):
    provider = make_provider(council)
    comes_from(make_service(provider))
    listed(provider)
    ProviderMembership.objects.create(user=provider_user, provider=provider, role="owner")
    return provider


def test_a_provider_takes_its_listing_out_of_the_feed_and_puts_it_back(client, ana, provider_user):
    sign_in(client, provider_user)
    address = reverse("my_open_feed", args=[ana.slug])
    assert "your listing may be shown on other websites" in client.get(f"/my/{ana.slug}/").text
    page = client.get(address)
    assert "Your phone number, email address and full postcode are not in it." in page.text
    answer = client.post(address, {"in_feed": "no"}, follow=True)
    assert "Your listing is out of the open feed." in answer.text
    assert "your listing is not in it" in answer.text
    assert client.get("/api/services/").json()["count"] == 0
    assert client.get(f"/providers/{ana.slug}/").status_code == 200
    answer = client.post(address, {"in_feed": "yes"}, follow=True)
    assert "Your listing is in the open feed." in answer.text
    assert client.get("/api/services/").json()["count"] == 1


def test_the_question_wants_an_answer(client, ana, provider_user):
    sign_in(client, provider_user)
    page = client.post(reverse("my_open_feed", args=[ana.slug]), {})
    assert "Say if your listing may be in the open feed" in page.text
    assert Provider.every.get().out_of_feed_since is None
