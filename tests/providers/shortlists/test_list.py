import datetime
import re
import uuid

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from providers.listings.actions import list_provider
from providers.models import Credential, KeptList, KeptService, Listing, Provider, Service
from providers.shortlists.actions import make_list
from providers.shortlists.handed_down import purge_lists
from providers.shortlists.links import CHANGING, COOKIE, LOOKING, look_token_of, token_of
from providers.shortlists.rules import MOST_KEPT
from registry.models import AuditEvent
from tests.providers.listings.makers import listed, make_provider, make_service
from tests.reading import words_of_page

pytestmark = pytest.mark.django_db
NAUGHTY = ["\0", "x" * 201, "x" * 10_000]


def words(client, address):
    return " ".join(words_of_page(client.get(address).content))


def order(client, address):
    return re.findall(r'id="name-([0-9a-f-]{36})"', client.get(address).text)


def test_it_says_what_somebody_needs_to_choose(family, mine, rosie):
    said = words(family, mine)
    for each in (
        "1. Lunch and company",
        "Rosie's Home Help",
        "Travels up to 6 miles from BA1",
        "£18.50 an hour",
        "Public liability insurance £5 million",
        "seen by Bath and North East Somerset Council on 3 March 2026",
        "Listed is not recommended.",
        "2. Lunch at home",
        "Goes anywhere in Bath and North East Somerset",
        "We keep it until",
    ):
        assert each in said, each


def test_a_phone_number_comes_first_where_they_would_rather_be_rung(family, mine, rosie):
    """Rosie would; the same two lines the other way round where she would not."""
    first, ana = family.get(mine).text.split("<article")[1:3]
    assert first.index("They would rather you rang.") < first.index("tel:") < first.index("Write to them")
    assert "/providers/rosies-home-help/ask/" in first
    assert "@" not in re.sub(r"<svg.*?</svg>", "", first)
    assert "Write to them" not in ana
    Provider.every.filter(pk=rosie.provider_id).update(prefers_calls=False)
    listed(Provider.every.get(pk=rosie.provider_id))
    first = family.get(mine).text.split("<article")[1]
    assert "They would rather you rang." not in first
    assert first.index("Write to them") < first.index("tel:")


def test_one_that_nobody_can_reach_leads_to_its_page(family, council, postcodes, today):
    provider = make_provider(council, "Silent", phone="", slug="silent")
    service = make_service(provider)
    listed(provider)
    family.post("/shortlist/keep/", {"service": service.pk})
    assert "Their page says whom you can ask" in words(family, f"/shortlist/{token_of(KeptList.objects.get())}/")


def test_they_move_up_and_down(family, mine, rosie, ana):
    ids = [str(rosie.pk), str(ana.pk)]
    assert order(family, mine) == ids
    answer = family.post(f"{mine}{ana.pk}/up/")
    assert answer["Location"] == f"{mine}#service-{ana.pk}"
    assert order(family, mine) == ids[::-1]
    family.post(f"{mine}{ana.pk}/down/")
    family.post(f"{mine}{ana.pk}/down/")
    assert order(family, mine) == ids


def test_what_is_taken_off_can_be_put_back_with_its_note(family, mine, rosie, ana, today):
    family.post(f"{mine}{rosie.pk}/note/", {f"{rosie.pk}-note": "Rang on Monday"})
    family.post(f"{mine}{rosie.pk}/take-off/")
    assert order(family, mine) == [str(ana.pk)]
    assert "Taken off You can put these back. After 7 days they are gone. Lunch" in words(family, mine)
    family.post(f"{mine}{rosie.pk}/put-back/")
    assert order(family, mine) == [str(rosie.pk), str(ana.pk)]
    assert "Your note: Rang on Monday" in words(family, mine)


def test_what_was_taken_off_is_gone_after_a_week(family, mine, rosie, today):
    family.post(f"{mine}{rosie.pk}/take-off/")
    assert purge_lists(today + datetime.timedelta(days=7)) == 0
    assert purge_lists(today + datetime.timedelta(days=8)) == 1
    assert family.post(f"{mine}{rosie.pk}/put-back/").status_code == 404


def test_nothing_is_put_back_on_a_full_list(family, mine, kept, rosie, today):
    family.post(f"{mine}{rosie.pk}/take-off/")
    for number in range(MOST_KEPT - 1):
        KeptService.objects.create(kept_list=kept, service_id=uuid.uuid4(), position=number, kept_on=today)
    assert "Take one off first" in family.post(f"{mine}{rosie.pk}/put-back/", follow=True).text
    assert kept.kept.still_on().count() == MOST_KEPT


@pytest.mark.parametrize("typed", NAUGHTY, ids=["nul", "a letter too long", "far too long"])
def test_a_note_that_is_too_long_is_refused_beside_what_was_typed(family, mine, rosie, typed):
    answer = family.post(f"{mine}{rosie.pk}/note/", {f"{rosie.pk}-note": typed})
    assert answer.status_code == 200
    assert "There is a problem" in answer.text
    assert f'href="#id_{rosie.pk}-note"' in answer.text
    assert f'id="id_{rosie.pk}-note"' in answer.text
    assert not KeptService.objects.exclude(note="").exists()


def test_a_note_is_words_and_never_markup(family, mine, shared, rosie):
    family.post(f"{mine}{rosie.pk}/note/", {f"{rosie.pk}-note": "<b>Tuesdays</b>"})
    for address in (mine, shared, f"{mine}on-paper/", f"{mine}side-by-side/"):
        assert "&lt;b&gt;Tuesdays&lt;/b&gt;" in family.get(address).text


def test_a_note_asks_for_nothing_about_health(family, mine):
    assert "Please write nothing about anybody’s health" in words(family, mine)


@pytest.mark.parametrize("what", ["note", "up", "down", "take-off", "put-back"])
def test_what_is_not_on_the_list_is_not_there_to_change(family, mine, what):
    assert family.post(f"{mine}{uuid.uuid4()}/{what}/").status_code == 404


def test_somebody_who_left_the_register_is_said_plainly_and_not_lost(family, mine, shared, rosie, today, checker):
    family.post(f"{mine}{rosie.pk}/note/", {f"{rosie.pk}-note": "The one with the dog"})
    Provider.every.filter(pk=rosie.provider_id).update(suspended_at=timezone.now(), suspended_by=checker)
    for address in (mine, shared, f"{mine}on-paper/"):
        said = words(family, address)
        assert "1. No longer on the register" in said
        assert f"You kept it on {today.day} {today:%B %Y}." in said
        assert "The one with the dog" in said
        assert "Rosie" not in said
    assert "are left out here" in words(family, f"{mine}side-by-side/")


def test_a_service_that_is_not_offered_any_more_leads_to_what_they_do_now(family, mine, rosie):
    content = Listing.listed.get(service=rosie).version.content
    Listing.objects.filter(service=rosie).delete()
    said = words(family, mine)
    assert f"1. {content['name']}" in said
    assert "does not list this service any more" in said
    assert "See what they do now" in said
    assert "does not list this service any more" in words(family, f"{mine}on-paper/")


def test_one_whose_rows_are_gone_altogether_is_told_of_too(family, mine, ana):
    Service.every.filter(pk=ana.pk).delete()
    assert "2. No longer on the register" in words(family, mine)
    family.post(f"{mine}{ana.pk}/take-off/")
    assert "This one is not on the register any more." in words(family, mine)


def test_rule_05_nothing_lapsed_stands_as_current(family, mine, shared):
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    Credential.every.filter(kind="public_liability").update(ends_on=yesterday)
    for address in (mine, shared, f"{mine}side-by-side/", f"{mine}on-paper/"):
        said = words(family, address)
        assert said.index("No longer current") < said.index("Public liability")
        assert said.index("First aid") < said.index("No longer current")


def test_rule_10_it_never_says_where_a_home_is(family, mine, rosie):
    for address in (mine, f"{mine}side-by-side/", f"{mine}on-paper/"):
        assert rosie.provider.base_postcode.split()[1] not in family.get(address).text


def test_rule_12_each_page_says_who_saw_what_and_when_and_that_listed_is_not_recommended(family, mine, shared):
    for address in (
        mine,
        shared,
        *(f"{each}{page}/" for each in (mine, shared) for page in ("side-by-side", "on-paper")),
    ):
        said = words(family, address)
        assert "seen by Bath and North East Somerset Council on 3 March 2026" in said
        assert "Listed is not recommended" in said


def test_side_by_side_says_the_same_of_each(family, mine):
    table = words(family, f"{mine}side-by-side/")
    for each in ("When", "Price", "Space", "Checked", "Languages", "English, Portuguese", "£18.50 an hour", "Tuesday"):
        assert each in table


def test_an_empty_list_says_how_to_fill_it(family, today):
    made = make_list(by=None, today=today)
    mine, shared = f"/shortlist/{token_of(made)}/", f"/shared-list/{look_token_of(made)}/"
    assert "press “Keep this one”" in words(family, mine)
    for address in (shared, f"{mine}side-by-side/", f"{shared}on-paper/"):
        assert "Nothing is on this list now." in words(family, address)


def test_a_device_is_told_to_remember_and_to_forget(family, mine, kept, rosie):
    assert "does not add to this list yet" in words(family, mine)
    assert family.post(f"{mine}remember/").cookies[COOKIE].value == token_of(kept)
    assert "This device remembers the list" in words(family, mine)
    family.post("/shortlist/forget/")
    assert not family.cookies[COOKIE].value
    assert KeptList.objects.filter(pk=kept.pk).exists()


def test_a_list_can_be_deleted_at_once(family, mine, shared, kept):
    family.post(f"{mine}remember/")
    assert "This cannot be undone" in words(family, f"{mine}delete/")
    assert KeptList.objects.exists()
    assert family.post(f"{mine}delete/")["Location"] == "/shortlist/"
    assert not KeptList.objects.exists()
    assert not KeptService.objects.exists()
    assert not family.cookies[COOKIE].value
    for address in (mine, shared):
        assert family.get(address).status_code == 404
    assert AuditEvent.objects.filter(verb="kept_list.deleted", target_id=str(kept.pk)).exists()


def test_deleting_a_list_leaves_alone_the_one_that_the_device_remembers(family, mine, today):
    other = make_list(by=None, today=today)
    family.post(f"/shortlist/{token_of(other)}/remember/")
    family.post(f"{mine}delete/")
    assert family.cookies[COOKIE].value == token_of(other)


def test_a_link_to_look_changes_nothing_and_neither_opens_the_other(kept, rosie):
    look, change = look_token_of(kept), token_of(kept)
    visitor = Client()
    assert visitor.get(f"/shared-list/{look}/").status_code == 200
    page = visitor.get(f"/shared-list/{look}/").text
    assert change not in page
    assert kept.pk.hex not in page
    assert "<form" not in page.split("<main")[1]
    for address in (f"/shortlist/{look}/", f"/shared-list/{change}/"):
        assert visitor.get(address).status_code == 404
    for what in ("note", "up", "take-off"):
        assert visitor.post(f"/shortlist/{look}/{rosie.pk}/{what}/").status_code == 404


NOT_OURS = uuid.UUID(int=4).hex
FORGED = {
    "nonsense": "nonsense",
    "nul": "%00",
    "no signature": "a.b",
    "no number": CHANGING.sign("nonsense"),
    "long": LOOKING.sign("x" * 5000),
    "nothing to change": CHANGING.sign(NOT_OURS),
    "nothing to look at": LOOKING.sign(NOT_OURS),
}


@pytest.mark.parametrize("token", FORGED.values(), ids=FORGED)
@pytest.mark.parametrize("page", ["", "side-by-side/", "on-paper/", "on-paper/a4.pdf"])
def test_a_forged_link_opens_nothing(family, db, token, page):
    for kind in ("shortlist", "shared-list"):
        answer = family.get(f"/{kind}/{token}/{page}")
        assert answer.status_code == 404
        assert "no-store" in answer["Cache-Control"]


def test_what_a_link_opens_is_kept_by_nobody_and_told_to_no_other_site(family, mine, shared):
    for address, policy in ((mine, "same-origin"), (shared, "no-referrer")):
        answer = family.get(address)
        assert "no-store" in answer["Cache-Control"]
        assert answer["X-Robots-Tag"] == "noindex, nofollow"
        assert answer["Referrer-Policy"] == policy


def test_the_queries_do_not_grow_with_the_list(family, mine, kept, council, today):
    def count():
        with CaptureQueriesContext(connection) as asked:
            family.get(mine)
        return len(asked)

    with_two = count()
    for number in range(4):
        provider = make_provider(council, f"Another {number}")
        service = make_service(provider)
        list_provider(provider=provider, by=None, now=timezone.now())
        KeptService.objects.create(kept_list=kept, service_id=service.pk, position=9 + number, kept_on=today)
    assert count() == with_two


def test_rule_17_opening_every_page_writes_nothing(family, mine, shared, kept):
    before = list(KeptService.objects.values()), list(KeptList.objects.values()), AuditEvent.objects.count()
    for each in (mine, shared):
        for page in ("", "side-by-side/", "on-paper/", "send/", "delete/"):
            family.get(f"{each}{page}")
    assert (list(KeptService.objects.values()), list(KeptList.objects.values()), AuditEvent.objects.count()) == before
    assert COOKIE not in family.cookies
