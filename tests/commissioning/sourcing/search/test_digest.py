import datetime

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from commissioning.models import SavedSearch
from commissioning.sourcing.search.digest import AT_A_TIME, due, send_digest, send_digests, token_of
from providers.models import Provider
from registry.accounts.actions import leave
from registry.audit.sentences import sentence
from registry.models import AuditEvent, CouncilMembership, OutgoingMail
from tests.cast import sign_in
from tests.clock import at
from tests.commissioning.sourcing.search.conftest import NOON
from tests.providers.listings.makers import comes_from, has_space, listed, make_provider, make_service

pytestmark = pytest.mark.django_db
SAVE = "/commissioning/search/save/"
A_DAY = datetime.timedelta(days=1)


@pytest.fixture
def save(as_commissioner):
    """Saved through the page on a day in November."""

    def saved(query="hours=10&order=name", name="Lunches", digest="daily"):
        with at(NOON):
            response = as_commissioner.post(
                f"/commissioning/search/save/?{query}", {**as_dict(query), **{"name": name, "digest": digest}}
            )
        assert response.status_code == 302, response.text
        return SavedSearch.objects.get(name=name)

    return saved


def as_dict(query):
    return dict(pair.split("=") for pair in query.split("&") if pair)


def digests_on(days_later):
    with at(NOON + days_later * A_DAY):
        return send_digests()


def another_cook(council, name="Dee’s Dinners"):
    provider = make_provider(council, name, slug="dees-dinners")
    service = make_service(provider, "Dinner at home", categories=["cooking"])
    comes_from(service)
    has_space(service, hours_free=30)
    listed(provider)
    return provider


def test_a_search_is_saved_with_what_it_finds_today(save, field, as_commissioner):
    saved = save()
    assert saved.query == "council=E06000022&hours=10&order=name"
    assert list(saved.found.values()) == [1]
    assert saved.looked_on == NOON.date()
    page = as_commissioner.get("/commissioning/search/saved/")
    assert "/commissioning/search/?council=E06000022&amp;hours=10&amp;order=name" in page.text
    assert "Each day on which something is new" in page.text
    assert "None yet" not in page.text


def test_the_page_that_saves_says_what_it_would_save(search, as_commissioner, field):
    page = as_commissioner.get("/commissioning/search/save/?hours=10")
    assert "It leaves 1 service today." in page.text
    assert 'name="hours" value="10"' in page.text
    assert as_commissioner.get("/commissioning/search/save/?hours=x").url == "/commissioning/search/?hours=x"
    assert "Enter a name for the search" in as_commissioner.post("/commissioning/search/save/", {"digest": "none"}).text


def test_saved_again_under_its_name_it_is_one_search(save, field):
    save()
    again = save(query="hours=4", digest="none")
    assert SavedSearch.objects.get() == again
    assert again.query == "council=E06000022&hours=4"


def test_no_more_are_saved_than_anybody_reads(save, as_commissioner, field, monkeypatch):
    monkeypatch.setattr("commissioning.sourcing.search.actions.SAVED_AT_MOST", 1)
    save()
    response = as_commissioner.post("/commissioning/search/save/", {"name": "Another", "digest": "none"})
    assert "Delete one first" in response.text
    assert SavedSearch.objects.count() == 1


def test_a_digest_tells_what_is_new_and_what_has_changed_once(save, field, council):
    save()
    another_cook(council)
    listed(field["trader"])
    assert digests_on(0) == 0
    assert digests_on(1) == 1
    assert digests_on(1) == 0
    mail = OutgoingMail.objects.get(subject="Lunches: 1 new, 1 changed")
    assert mail.to == "commissioner@council.example"
    assert "- Dee’s Dinners: Dinner at home" in mail.body
    assert "- Ana’s Kitchen: Lunch at home" in mail.body
    assert "/commissioning/search/?council=E06000022&hours=10&order=name" in mail.body
    assert "/commissioning/search/no-more-mail/" in mail.body


def test_without_news_there_is_no_mail(save, field):
    save()
    assert digests_on(1) == 1
    assert not OutgoingMail.objects.filter(subject__startswith="Lunches").exists()


def test_what_is_not_found_any_more_is_counted(save, field, council, checker):
    saved = save(query="order=name")
    another_cook(council)
    Provider.every.filter(pk=field["company"].pk).update(suspended_at=timezone.now(), suspended_by=checker)
    digests_on(1)
    assert (
        "1 that was there the last time is not found any more."
        in OutgoingMail.objects.get(subject__startswith="Lunches").body
    )
    saved.refresh_from_db()
    assert len(saved.found) == 3


def test_a_long_digest_is_cut_and_says_so(save, field, council, monkeypatch):
    monkeypatch.setattr("commissioning.sourcing.search.digest.TOLD_AT_MOST", 1)
    save(query="order=name&hours=1")
    SavedSearch.objects.update(found={})
    digests_on(1)
    assert "And 1 more." in OutgoingMail.objects.get(subject__startswith="Lunches").body


def test_of_more_than_are_looked_at_nothing_is_told(save, field, council, as_commissioner, monkeypatch):
    saved = save(query="order=name")
    another_cook(council)
    for module in ("providers.listings.search", "providers.listings.statement", "commissioning.sourcing.search.field"):
        monkeypatch.setattr(f"{module}.LOOKED_AT", 1)
    assert digests_on(1) == 1
    assert not OutgoingMail.objects.filter(subject__startswith="Lunches").exists()
    saved.refresh_from_db()
    assert len(saved.found) == 3
    assert "no e-mail can say what is new" in as_commissioner.get(SAVE).text


def test_each_week_is_each_week(save, field):
    saved = save(digest="weekly")
    assert not due(NOON.date() + 6 * A_DAY).exists()
    assert due(NOON.date() + 7 * A_DAY).get() == saved
    save(digest="none")
    assert not due(NOON.date() + 99 * A_DAY).exists()


def test_a_run_takes_a_few_and_the_next_the_rest(save, field, monkeypatch):
    monkeypatch.setattr("commissioning.sourcing.search.digest.AT_A_TIME", 1)
    assert AT_A_TIME > 1
    save(name="One")
    save(name="Two")
    assert [digests_on(1), digests_on(1), digests_on(1)] == [1, 1, 0]


def test_a_run_that_dies_half_way_has_sent_nothing(save, field, council, monkeypatch):
    saved = save()
    another_cook(council)

    def dies(*args, **kwargs):
        raise RuntimeError("killed")

    with monkeypatch.context() as broken:
        broken.setattr(SavedSearch, "save", dies)
        with pytest.raises(RuntimeError):
            send_digest(saved.pk, NOON.date() + A_DAY)
    assert not OutgoingMail.objects.filter(subject__startswith="Lunches").exists()
    assert send_digest(saved.pk, NOON.date() + A_DAY)
    assert not send_digest(saved.pk, NOON.date() + A_DAY)
    assert OutgoingMail.objects.filter(subject__startswith="Lunches").count() == 1


def test_who_is_not_in_the_council_any_more_is_told_nothing_and_the_search_goes(save, field, council):
    save()
    another_cook(council)
    CouncilMembership.objects.update(ended_at=timezone.now())
    assert digests_on(1) == 1
    assert not OutgoingMail.objects.filter(subject__startswith="Lunches").exists()
    call_command("run_due")
    assert not SavedSearch.objects.exists()


def test_a_search_that_makes_no_sense_any_more_is_left_alone(save, field, council):
    saved = save()
    SavedSearch.objects.update(query="hours=many")
    assert digests_on(1) == 1
    saved.refresh_from_db()
    assert saved.looked_on == NOON.date() + A_DAY


def test_who_leaves_the_site_takes_the_searches_along(save, field, commissioner):
    save()
    leave(user=commissioner, by=commissioner)
    assert not SavedSearch.objects.exists()


def test_the_link_in_the_mail_stops_it_by_a_button(save, field, client, family):
    saved = save()
    address = f"/commissioning/search/no-more-mail/{token_of(saved)}/"
    assert "No more e-mails about it" in family.get(address).text
    saved.refresh_from_db()
    assert saved.digest == "daily"
    assert family.post(address).url == address
    assert family.post(address).status_code == 302
    assert "There are no e-mails about this search any more" in family.get(address).text
    assert "Lunches" not in family.get(address).text
    assert AuditEvent.objects.filter(verb="saved_search.changed", by=None).count() == 1
    assert family.get("/commissioning/search/no-more-mail/nonsense/").status_code == 404
    saved.delete()
    assert "not here any more" in family.get(address).text


def test_its_owner_changes_and_deletes_it_and_nobody_else_sees_it(
    save, field, client, second_commissioner, as_commissioner
):
    saved = save()
    address = f"/commissioning/search/saved/{saved.pk}/"
    assert as_commissioner.post(address, {"digest": "weekly"}).status_code == 302
    assert as_commissioner.post(address, {"digest": "weekly"}).status_code == 302
    assert "Choose one of these" in as_commissioner.post(address, {"digest": "hourly"}).text
    saved.refresh_from_db()
    assert saved.digest == "weekly"
    assert as_commissioner.post(f"{address}delete/").status_code == 302
    assert "None yet" in as_commissioner.get("/commissioning/search/saved/").text
    verbs = AuditEvent.objects.filter(verb__startswith="saved_search").values_list("verb", flat=True)
    assert sorted(verbs) == ["saved_search.changed", "saved_search.deleted", "saved_search.saved"]
    assert all(sentence(verb) != verb for verb in verbs)


def test_a_colleague_does_not_see_it(save, field, second_commissioner):
    saved = save()
    colleague = sign_in(Client(), second_commissioner)
    assert colleague.get(f"/commissioning/search/saved/{saved.pk}/").status_code == 404
    assert "Lunches" not in colleague.get("/commissioning/search/saved/").text


def test_a_search_that_is_too_long_is_not_saved(as_commissioner, field, monkeypatch):
    monkeypatch.setattr("commissioning.sourcing.search.saved_views.LONGEST", 3)
    response = as_commissioner.post(SAVE, {"name": "Lunches", "digest": "none", "hours": "4"})
    assert "Take something away" in response.text
    assert not SavedSearch.objects.exists()


def test_rule_11_no_full_postcode_is_ever_saved(as_commissioner, field):
    asked = {"name": "Lunches", "digest": "none", "postcode": "BA1 1LZ", "outcode": ["BA1", "BA11LZ"]}
    as_commissioner.post("/commissioning/search/save/", asked)
    assert SavedSearch.objects.get().query == "council=E06000022&outcode=BA1"
    response = as_commissioner.post("/commissioning/search/save/", {**asked, "name": "Two", "need": "at BA1 1LZ"})
    assert response.status_code == 302
    assert SavedSearch.objects.count() == 1
