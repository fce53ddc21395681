import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from providers.credentials.actions import record_check
from providers.joining.actions import save_step, start_draft
from providers.models import Credential, Provider, ProviderMembership
from providers.profile.handed_down import has_listing, panel
from tests.cast import sign_in
from tests.factories.registrations import answers
from tests.providers.joining.test_actions import decide


@pytest.fixture
def page(client, provider, provider_user):
    sign_in(client, provider_user)
    return lambda: client.get(reverse("my_provider", args=[provider.slug])).text


def test_it_says_that_it_was_sent_and_that_nobody_sees_it_yet(page, council):
    assert f"Sent to {council.full_name} on" in page()
    assert "Families cannot see it yet." in page()


def test_it_gives_the_reason_and_the_way_to_mend_it(page, provider, checker):
    decide(provider, checker, "sent_back", "We cannot read the certificate.")
    assert "We cannot read the certificate." in page()
    assert "Mend it and send it again" in page()


def test_it_says_since_when_it_is_listed_and_what_families_see(page, provider, provider_user, checker):
    decide(provider, checker, "published")
    Provider.every.update(listed_at=timezone.make_aware(datetime.datetime(2026, 3, 3)))
    assert "Listed since 3 March 2026." in page()
    assert "before, until the council" not in page()
    draft = start_draft(by=provider_user, provider=provider)
    save_step(draft=draft, step="you", facts=answers()["you"], by=provider_user)
    assert "You changed something and have not sent it yet." in page()


def test_it_says_that_the_council_took_it_down(page, checker):
    Provider.every.update(suspended_at=timezone.now(), suspended_by=checker)
    assert "has taken your listing down" in page()


def test_one_made_by_somebody_else_and_never_sent_says_so(page, provider):
    provider.submissions.all().delete()
    assert "Not sent yet." in page()


def test_it_shows_how_each_credential_stands(page, provider, checker, council):
    assert "Public liability insurance £5 million" in page()
    assert "To be checked" in page()
    seen = {"means": "copy", "seen_on": timezone.localdate()}
    insurance = Credential.every.get(kind="public_liability")
    record_check(credential=insurance, council=council, by=checker, outcome="seen", **seen)
    assert "Current" in page()
    record_check(credential=insurance, council=council, by=checker, outcome="not_accepted", **seen)
    assert "Not accepted" in page()


def test_rule_04_it_says_why_employers_liability_does_not_apply(page):
    assert "Does not apply" in page()
    assert "You employ nobody." in page()


def test_a_reader_reads_and_has_nothing_to_press(client, provider, colleague):
    text = sign_in(client, colleague).get(reverse("my_provider", args=[provider.slug])).text
    assert "Change something" not in text
    assert "Reads, and changes nothing." in text


def test_it_is_nobody_elses(client, provider, other_provider_user):
    sign_in(client, other_provider_user)
    for name in ["my_provider", "my_sent"]:
        assert client.get(reverse(name, args=[provider.slug])).status_code == 404


def test_after_sending_it_says_what_happens_next(client, provider, provider_user):
    text = sign_in(client, provider_user).get(reverse("my_sent", args=[provider.slug])).text
    assert "We have it" in text
    assert "What happens next" in text


def test_my_listing_leads_to_the_one_there_is(client, provider, provider_user, other_provider, checker):
    sign_in(client, provider_user)
    assert client.get(reverse("my_listing"))["Location"] == reverse("my_provider", args=[provider.slug])
    ProviderMembership.objects.create(user=provider_user, provider=other_provider, role="editor")
    assert "Marek&#x27;s Garden Help" in client.get(reverse("my_listing")).text
    assert sign_in(client, checker).get(reverse("my_listing"))["Location"] == reverse("join")


def asked_by(user):
    request = RequestFactory().get("/")
    request.user = user
    return request


def test_the_header_and_home_page_know_who_has_a_listing(provider, provider_user, checker):
    assert has_listing(asked_by(provider_user))
    assert panel(asked_by(provider_user))["listings"][0]["provider"] == provider
    for nobody in [AnonymousUser(), checker]:
        assert not has_listing(asked_by(nobody))
        assert panel(asked_by(nobody)) is None


def test_the_home_page_leads_back_to_what_was_begun(client, checker):
    start_draft(by=checker)
    assert "You have begun to list what you do." in sign_in(client, checker).get(reverse("home")).text


def test_the_home_page_shows_the_listing(client, provider, provider_user):
    text = sign_in(client, provider_user).get(reverse("home")).text
    assert provider.slug in text
    assert "Your listing" in text
