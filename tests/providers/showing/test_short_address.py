import pytest
from django.utils import timezone

from providers.models import Provider

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("typed", [str.lower, str.upper])
def test_the_short_address_leads_to_the_page_however_it_is_typed(client, rosie, typed):
    answer = client.get(f"/p/{typed(rosie.short_code)}/")
    assert answer.status_code == 302
    assert answer["Location"] == f"/providers/{rosie.slug}/"


def test_it_outlives_a_new_name(client, rosie):
    Provider.every.filter(pk=rosie.pk).update(slug="another")
    assert client.get(f"/p/{rosie.short_code}/")["Location"] == "/providers/another/"


@pytest.mark.parametrize("gone", ["unknown", "unlisted", "suspended", "left"])
def test_an_address_that_leads_nowhere_says_what_to_do(client, rosie, checker, gone):
    changes = {
        "unknown": {"short_code": "zzzzzz"},
        "unlisted": {"listed_at": None},
        "suspended": {"suspended_at": timezone.now(), "suspended_by": checker},
        "left": {"left_at": timezone.now()},
    }
    Provider.every.filter(pk=rosie.pk).update(**changes[gone])
    answer = client.get(f"/p/{rosie.short_code}/")
    assert answer.status_code == 404
    assert "This address leads nowhere" in answer.text
    assert "/find/" in answer.text
