""" "This is still right": one press, good for 90 days, and no sign-in."""

import datetime

import pytest
from django.core import mail
from django.utils import timezone

from providers.confirming.actions import confirm
from providers.confirming.links import Asked, LinkEnded, address, read
from providers.listings.entries import refresh
from providers.listings.freshness import good_until, is_good
from providers.models import Availability, Confirmation, Listing
from registry.audit.sentences import sentence
from registry.models import AuditEvent, OutgoingMail
from registry.reminders.actions import climb
from tests.cast import sign_in
from tests.providers.listings.makers import listed

DAY = datetime.timedelta(days=1)
MARCH = datetime.date(2026, 3, 1)


def path_of(link):
    return "/" + link.split("/", 3)[3]


@pytest.fixture
def rosie(provider):
    """Listed, and confirmed on 1 March 2026."""
    listed(provider)
    Listing.objects.update(confirmed_on=MARCH)
    Availability.objects.update(confirmed_on=MARCH)
    OutgoingMail.objects.all().delete()
    return provider


@pytest.fixture
def link(rosie):
    return path_of(address(Asked(rosie.pk, good_until(MARCH))))


def test_it_is_good_for_90_days_and_not_for_one_more():
    assert is_good(MARCH, MARCH + 90 * DAY)
    assert not is_good(MARCH, MARCH + 91 * DAY)
    assert not is_good(None, MARCH)


def test_two_messages_ask_before_the_90_days_are_over(rosie):
    day = MARCH
    asked_on = []
    while day <= MARCH + 120 * DAY:
        if climb(day):
            asked_on.append((day - MARCH).days)
        day += DAY
    assert asked_on == [76, 87]
    assert [message.subject for message in OutgoingMail.objects.order_by("pk")] == [
        "Is your listing still right?",
        "Your listing: one press, please",
    ]
    assert "30 May 2026" in OutgoingMail.objects.first().body


def test_the_link_of_the_message_opens_a_page_with_one_button(client, rosie):
    climb(MARCH + 80 * DAY)
    body = OutgoingMail.objects.get().body
    link = path_of(next(line for line in body.splitlines() if "/still-right/" in line))
    page = client.get(link)
    assert page.status_code == 200
    text = page.content.decode()
    assert "Is this still right?" in text
    assert "Lunch and company at home" in text
    assert text.count("<button") == 1
    assert rosie.base_postcode not in text


def test_rule_17_opening_the_link_confirms_nothing(client, link):
    client.get(link)
    client.head(link)
    assert not Confirmation.objects.exists()
    assert Listing.objects.get().confirmed_on == MARCH


def test_one_press_confirms_every_service_for_90_days(client, link, rosie):
    done = client.post(link, follow=True)
    today = timezone.localdate()
    assert Confirmation.objects.get().by is None
    assert set(Listing.objects.values_list("confirmed_on", flat=True)) == {today}
    assert set(Availability.objects.values_list("confirmed_on", flat=True)) == {today}
    assert "Thank you" in done.content.decode()
    line = AuditEvent.objects.get(verb="provider.confirmed")
    assert (line.by, line.provider_id) == (None, rosie.pk)
    assert str(sentence(line.verb)) == "Said that the listing is still right"


def test_the_link_used_twice_or_forwarded_asks_for_nothing_more(client, link):
    client.post(link)
    again = client.post(link, follow=True)
    assert Confirmation.objects.count() == 1
    assert "There is nothing more to do." in again.content.decode()


def test_a_link_that_was_cut_short_or_is_too_old_says_what_to_do(client, link, rosie, monkeypatch):
    cut = client.get(link[:-4] + "/")
    assert cut.status_code == 404
    assert "Nothing is lost." in cut.content.decode()
    token = link.split("/")[-2]
    monkeypatch.setattr("providers.confirming.links.LASTS", -DAY)
    with pytest.raises(LinkEnded):
        read(token)
    assert client.post(link).status_code == 404
    assert not Confirmation.objects.exists()


def test_a_listing_that_is_down_has_nothing_to_confirm(client, link, rosie, provider_user):
    rosie.suspended_at, rosie.suspended_by = timezone.now(), provider_user
    rosie.save()
    answer = client.post(link)
    assert answer.status_code == 404
    assert "not shown at the moment" in answer.content.decode()
    assert not Confirmation.objects.exists()


def test_the_own_page_has_the_same_button(client, rosie, provider_user):
    sign_in(client, provider_user)
    assert "You last said on 1 March 2026" in client.get(f"/my/{rosie.slug}/").content.decode()
    answer = client.post(f"/my/{rosie.slug}/confirm/", follow=True)
    assert "Thank you." in answer.content.decode()
    assert Confirmation.objects.get().by == provider_user


def test_what_is_not_listed_cannot_be_confirmed(client, provider, provider_user):
    sign_in(client, provider_user)
    answer = client.post(f"/my/{provider.slug}/confirm/", follow=True)
    assert "nothing to confirm yet" in answer.content.decode()
    assert not Confirmation.objects.exists()


def test_who_has_not_confirmed_for_90_days_drops_below_those_who_have_and_stays_found(client, rosie, other_provider):
    listed(other_provider)
    Listing.objects.filter(provider=other_provider).update(confirmed_on=timezone.localdate() - 91 * DAY)
    # Nearer, and still below.
    Listing.objects.filter(provider=rosie).update(confirmed_on=timezone.localdate() - 90 * DAY, easting=375_900)
    refresh(providers=[rosie.pk, other_provider.pk])
    found = client.get("/find/", {"postcode": "BA1 1LZ"}).content.decode()
    assert found.index(rosie.name.split("'")[0]) < found.index("Marek")
    assert "ask if that still holds" in found


def test_a_confirmation_moves_the_day_that_families_read(client, rosie):
    before = client.get(f"/providers/{rosie.slug}/").content.decode()
    assert "Space now on 1 March 2026: ask if that still holds" in before
    confirm(provider=rosie, by=None, now=timezone.now())
    after = client.get(f"/providers/{rosie.slug}/").content.decode()
    assert "ask if that still holds" not in after
    assert mail.outbox == []
