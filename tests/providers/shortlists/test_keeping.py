import datetime
import uuid

import pytest
from django.test import Client
from django.utils import timezone

from providers.models import KeptList, KeptService, Provider
from providers.shortlists.actions import keep, make_list
from providers.shortlists.handed_down import purge_lists
from providers.shortlists.links import COOKIE, token_of
from providers.shortlists.rules import MOST_KEPT
from registry import site
from registry.models import AuditEvent

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
SEARCH = "/find/?postcode=BA1+1LZ&need=lunch"


def press(family, service, came_from=""):
    headers = {"Referer": f"http://testserver{came_from}"} if came_from else {}
    return family.post("/shortlist/keep/", {"service": service.pk}, headers=headers)


def names(kept):
    return [str(row.service_id) for row in kept.kept.still_on()]


def test_the_button_on_a_card_begins_a_list_and_leads_back_to_the_search(family, rosie):
    card = family.get(SEARCH).text
    assert "Keep this one" in card
    answer = press(family, rosie, SEARCH)
    assert answer["Location"] == f"{SEARCH}#kept-{rosie.pk}"
    kept = KeptList.objects.get()
    assert names(kept) == [str(rosie.pk)]
    page = family.get(SEARCH).text
    assert "On your list." in page
    assert f'id="kept-{rosie.pk}"' in page
    assert family.get("/shortlist/")["Location"] == f"/shortlist/{token_of(kept)}/"


def test_the_next_one_joins_the_same_list_and_a_second_press_changes_nothing(family, rosie, ana):
    for service in (rosie, ana, rosie):
        press(family, service, f"/providers/{service.provider.slug}/")
    assert names(KeptList.objects.get()) == [str(rosie.pk), str(ana.pk)]


def test_the_page_of_a_provider_has_the_button_too(family, rosie):
    page = family.get("/providers/rosies-home-help/").text
    assert f'value="{rosie.pk}"' in page
    assert press(family, rosie, "/providers/rosies-home-help/")["Location"].startswith("/providers/rosies-home-help/#")


def test_the_cookie_is_for_this_site_alone_and_no_script_reads_it(family, rosie):
    cookie = press(family, rosie).cookies[COOKIE]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == 90 * 24 * 60 * 60
    assert Client().get("/find/").cookies.get(COOKIE) is None


@pytest.mark.parametrize(
    "came_from", ["", "/privacy/", "/nowhere-at-all/", "//elsewhere.example/find/", "https://[/find/"]
)
def test_from_anywhere_else_the_button_leads_to_the_list(family, rosie, came_from):
    headers = {"Referer": came_from if "[" in came_from else f"http://testserver{came_from}"}
    answer = family.post("/shortlist/keep/", {"service": rosie.pk}, headers=headers)
    assert answer["Location"] == f"/shortlist/{token_of(KeptList.objects.get())}/"


def test_another_site_is_not_gone_back_to(family, rosie):
    answer = family.post("/shortlist/keep/", {"service": rosie.pk}, headers={"Referer": "https://evil.example/find/"})
    assert answer["Location"].startswith("/shortlist/")


@pytest.mark.parametrize("service", ["", "nonsense", "\0", "9" * 5000, str(uuid.UUID(int=4))], ids=range(5))
def test_what_is_not_listed_cannot_be_kept(family, rosie, service):
    answer = family.post("/shortlist/keep/", {"service": service})
    assert answer.status_code == 404
    assert "Your list is as it was" in answer.text
    assert not KeptList.objects.exists()


def test_a_suspended_one_cannot_be_kept(family, rosie, checker):
    Provider.every.filter(pk=rosie.provider_id).update(suspended_at=timezone.now(), suspended_by=checker)
    assert press(family, rosie).status_code == 404


def test_new_lists_from_one_address_have_a_limit_and_a_list_at_hand_has_none(family, rosie, ana, monkeypatch):
    monkeypatch.setattr("providers.shortlists.views.LISTS_AN_HOUR", 1)
    assert press(family, rosie).status_code == 302
    assert press(family, ana).status_code == 302
    refused = press(Client(), rosie)
    assert refused.status_code == 429
    assert int(refused["Retry-After"]) > 0
    assert KeptList.objects.count() == 1


def test_a_list_that_is_full_says_so(family, rosie, ana, today):
    press(family, rosie)
    kept = KeptList.objects.get()
    for number in range(MOST_KEPT - 1):
        KeptService.objects.create(kept_list=kept, service_id=uuid.uuid4(), position=number, kept_on=today)
    page = family.post("/shortlist/keep/", {"service": ana.pk}, follow=True).text
    assert f"A list holds {MOST_KEPT}." in page
    assert str(ana.pk) not in names(kept)


def test_a_device_whose_list_is_over_begins_anew(family, rosie, ana):
    press(family, rosie)
    KeptList.objects.update(changed_on=timezone.localdate() - 91 * DAY)
    page = family.get("/shortlist/")
    assert "is not here any more" in page.text
    assert "no-store" in page["Cache-Control"]
    press(family, ana)
    assert names(KeptList.objects.order_by("-changed_on").first()) == [str(ana.pk)]


def test_a_device_without_a_list_is_told_how_one_begins(family, db):
    page = family.get("/shortlist/").text
    assert "That begins a list." in page
    assert "is not here any more" not in page
    assert "Your list</a>" not in page


def test_the_header_leads_to_the_list_once_there_is_one(family, rosie):
    press(family, rosie)
    assert '<a class="nh-header__link" href="/shortlist/">Your list</a>' in family.get("/privacy/").text


def test_a_cookie_that_is_not_ours_is_no_list(family, rosie):
    family.cookies[COOKIE] = "nonsense"
    assert family.get(SEARCH).status_code == 200
    assert press(family, rosie).status_code == 302


def test_it_is_kept_for_90_days_after_the_last_change_and_the_privacy_page_says_so(family, rosie, today):
    press(family, rosie)
    kept = KeptList.objects.get()
    address = f"/shortlist/{token_of(kept)}/"
    assert purge_lists(today + 90 * DAY) == 0
    KeptList.objects.update(changed_on=today - 90 * DAY)
    assert family.get(address).status_code == 200
    KeptList.objects.update(changed_on=today - 91 * DAY)
    assert family.get(address).status_code == 404
    assert purge_lists(today) == 2
    assert purge_lists(today) == 0
    rule = next(rule for rule in site.retention_rules() if rule.name == "kept lists")
    privacy = family.get("/privacy/").text
    for words in (rule.what, rule.how_long, rule.why):
        assert str(words).replace("'", "&#x27;") in privacy
    assert "remembers your list" in privacy


def test_nothing_but_services_days_and_notes_has_a_place_in_the_tables():
    columns = {field.name for model in (KeptList, KeptService) for field in model._meta.get_fields()}
    assert columns == {
        "id",
        "shown_by",
        "changed_on",
        "kept",
        "kept_list",
        "service_id",
        "position",
        "kept_on",
        "note",
        "taken_off_on",
    }


def test_rule_15_the_audit_never_says_what_stands_on_a_list(family, rosie, today):
    press(family, rosie)
    events = AuditEvent.objects.filter(verb__startswith="kept_list")
    assert [event.verb for event in events] == ["kept_list.made"]
    assert str(rosie.pk) not in str(events.values())


def test_one_that_was_taken_off_is_kept_anew_at_the_end(rosie, ana, today):
    kept = make_list(by=None, today=today)
    for service in (rosie, ana):
        keep(kept_list=kept, service_id=service.pk, by=None, today=today)
    kept.kept.filter(service_id=rosie.pk).update(taken_off_on=today)
    keep(kept_list=kept, service_id=rosie.pk, by=None, today=today)
    assert names(kept) == [str(ana.pk), str(rosie.pk)]
