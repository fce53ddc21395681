import html

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from providers.councils import actions
from providers.models import CouncilListing, Provider, ProviderMembership, Submission
from registry.models import Council, District, User
from tests.cast import make_council, sign_in
from tests.places import store_postcodes
from tests.providers.councils.makers import asked, make_checker, on_the_list
from tests.providers.listings.makers import goes_anywhere_in, make_service

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]


@pytest.fixture
def ana(council):
    return on_the_list(council)


@pytest.fixture
def hers(client, ana):
    return sign_in(client, ana[1])


def page_of(provider):
    return reverse("my_councils", args=[provider.slug])


def asking(provider):
    return reverse("ask_council", args=[provider.slug])


def leaving(provider, council):
    return reverse("leave_council", args=[provider.slug, council.pk])


def text(response):
    return " ".join(html.unescape(response.content.decode()).split())


def test_a_provider_asks_another_council_and_takes_it_back(hers, ana, other_council):
    provider = ana[0]
    page = text(hers.get(page_of(provider)))
    assert "Bath and North East Somerset Council" in page
    assert "Lists you since" in page
    answer = hers.post(asking(provider), {"council": other_council.pk}, follow=True)
    assert "Asked. Wiltshire Council can see your page and your papers now." in text(answer)
    assert "Asked, no answer yet" in text(answer)
    assert "They can no longer see your certificates" in text(hers.get(leaving(provider, other_council)))
    hers.post(leaving(provider, other_council))
    assert not CouncilListing.objects.asked().exists()


def test_nothing_chosen_is_said_plainly(hers, ana):
    assert "Choose a council" in text(hers.post(asking(ana[0]), {}))
    assert hers.post(asking(ana[0]), {"council": "E09000001"}).status_code == 200


def test_councils_within_reach_or_next_to_it_stand_first(hers, ana, council, other_council):
    store_postcodes()
    far, named, next_door = (
        make_council("E06000052", "Cornwall"),
        make_council("E10000018", "Leicestershire"),
        make_council("E06000062", "West Northamptonshire"),
    )
    named.borders.add(next_door)
    goes_anywhere_in(make_service(ana[0], "Gardening"), council=named)
    district = District.objects.update_or_create(code="E06000052", defaults={"name": "Cornwall", "council": far})[0]
    page = text(hers.get(asking(ana[0])))
    near, others = page.index("Where you work, and next to it"), page.index("Other councils")
    assert near < page.index("Leicestershire Council<") < others
    assert near < page.index("West Northamptonshire Council<") < others
    assert others < page.index("Cornwall Council</option>")
    goes_anywhere_in(make_service(ana[0], "Walks"), district=district)
    page = text(hers.get(asking(ana[0])))
    assert "Other councils" not in page


def test_leaving_one_of_two_needs_one_press_and_keeps_the_page_up(hers, ana, council, other_council):
    provider = ana[0]
    actions.list_with(provider=provider, council=other_council, by=None, now=timezone.now())
    page = text(hers.get(leaving(provider, council)))
    assert "Your page stays up" in page
    assert "Wiltshire Council looks after your listing from then on." in page
    answer = text(hers.post(leaving(provider, council), follow=True))
    assert "You are not on that list any more." in answer
    assert Provider.listed.get().home_council == other_council
    assert hers.get(leaving(provider, council)).status_code == 404


def test_the_last_council_comes_with_a_warning_and_takes_the_page_down(hers, ana, council, other_council):
    provider = ana[0]
    assert "This is the last council that lists you" in text(hers.get(leaving(provider, council)))
    answer = text(hers.post(leaving(provider, council), follow=True))
    assert "No council lists you now. Nothing that you wrote is lost." in answer
    assert not Provider.listed.exists()
    answer = text(hers.post(asking(provider), {"council": other_council.pk}, follow=True))
    assert "Sent to Wiltshire Council" in answer
    assert Submission.objects.waiting().get().council == other_council


def test_with_several_left_the_page_asks_which_is_home(hers, ana, council, other_council):
    provider = ana[0]
    third = make_council("E06000066", "Somerset")
    for other in (other_council, third):
        actions.list_with(provider=provider, council=other, by=None, now=timezone.now())
    assert "Which council looks after your listing" in text(hers.get(leaving(provider, council)))
    assert "Choose the council that looks after" in text(hers.post(leaving(provider, council)))
    hers.post(leaving(provider, council), {"new_home": third.pk})
    assert Provider.listed.get().home_council == third


def test_the_provider_reads_why_a_council_said_no_until_it_asks_again(hers, ana, other_council):
    provider, owner = ana
    listing = asked(provider, other_council, owner)
    reason = "You do not come to us yet."
    actions.say_no(listing=listing, by=make_checker(other_council), reason=reason, now=timezone.now())
    assert reason in text(hers.get(page_of(provider)))
    asked(provider, other_council, owner)
    assert reason not in text(hers.get(page_of(provider)))


def test_who_is_not_published_yet_is_told_to_wait(hers, ana, other_council):
    Provider.every.update(listed_at=None, suspended_at=timezone.now(), suspended_by=ana[1])
    CouncilListing.objects.all().delete()
    assert "Once your council has published your page" in text(hers.get(page_of(ana[0])))
    answer = text(hers.post(asking(ana[0]), {"council": other_council.pk}, follow=True))
    assert "You can ask once families can see your page." in answer


def test_a_reader_reads_and_changes_nothing_and_strangers_find_nothing(client, ana, council):
    provider = ana[0]
    reader = User.objects.create_user("reader@example.com", "Kit Reader")
    ProviderMembership.objects.create(user=reader, provider=provider, role="reader")
    sign_in(client, reader)
    page = text(client.get(page_of(provider)))
    assert "Lists you since" in page
    assert "Ask another council" not in page
    assert client.get(asking(provider)).status_code == 403
    assert client.post(asking(provider), {}).status_code == 403
    assert client.get(leaving(provider, council)).status_code == 403
    sign_in(client, User.objects.create_user("stranger@example.com", "Sol"))
    assert client.get(page_of(provider)).status_code == 404


def test_the_page_costs_the_same_for_ten_councils_and_twenty(hers, ana):
    def count():
        with CaptureQueriesContext(connection) as queries:
            hers.get(page_of(ana[0]))
            hers.get(asking(ana[0]))
        return len(queries)

    def list_more():
        for council in Council.objects.exclude(switched_on_on__isnull=False)[:10]:
            make_council(council.pk, council.name)
            actions.list_with(provider=ana[0], council=council, by=None, now=timezone.now())

    list_more()
    hers.get(page_of(ana[0]))
    ten = count()
    list_more()
    assert count() == ten
