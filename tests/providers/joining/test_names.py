"""A trading name goes into lists, mails and addresses: it may hold emoji, and nothing that turns words round."""

import pytest
from django.urls import reverse

from providers.models import DraftStep
from tests.cast import sign_in
from tests.providers.joining.typed import typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def save(client, provider_user, council, postcodes):
    sign_in(client, provider_user)
    return lambda name: client.post(reverse("join_step", args=["you"]), typed("you", name=name))


def test_marks_that_turn_words_round_are_dropped_and_emoji_kept(save):
    assert save("\u202eRosie's\u2069 Help 🌻").status_code == 302
    assert DraftStep.objects.get().answers["name"] == "Rosie's Help 🌻"


def test_a_name_that_nobody_can_see_is_refused(save):
    page = save("\u200b\u3164\u202e").content.decode()
    assert "Type the name you trade under" in page
    assert not DraftStep.objects.exists()
