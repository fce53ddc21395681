import datetime
import json

import pytest
from django.test import Client
from django.utils import timezone

from commissioning.models import CouncilList, CouncilListEntry, CouncilNote
from commissioning.sourcing.search import actions
from commissioning.sourcing.search.retention import purge_lists, purge_notes
from providers.models import Provider, Service
from providers.own_data.collecting import People, rows
from providers.own_data.parts import PARTS
from registry.audit.targets import named
from registry.models import AuditEvent
from tests.cast import make_staff, sign_in

pytestmark = pytest.mark.django_db
KEEP = "/commissioning/search/keep/"
THESE = "/commissioning/search/compare/these/"


@pytest.fixture
def services(field):
    return {service.provider.name: str(service.pk) for service in Service.listed.select_related("provider")}


@pytest.fixture
def neighbour(other_council):
    return sign_in(Client(), make_staff("c@next.example", "Nia", other_council, "commissioner"))


@pytest.fixture
def kept(as_commissioner, services):
    as_commissioner.post(KEEP, {"service": list(services.values())[:2], "new_list": "To ring"})
    return CouncilList.objects.get()


@pytest.fixture
def note(as_commissioner, field, council):
    address = f"/commissioning/search/notes/about/{field['trader'].pk}/write/"
    assert as_commissioner.post(address, {"words": "Rang: could start in June."}).status_code == 302
    return CouncilNote.objects.get()


def said(response):
    return [str(message) for message in response.context["messages"]]


def test_what_was_ticked_goes_on_a_list_and_back_to_the_search(as_commissioner, services):
    ticked = {"service": list(services.values())[:2], "new_list": "To ring", "query": "?hours=4&evil=1"}
    response = as_commissioner.post(KEEP, ticked, follow=True)
    assert response.redirect_chain == [("/commissioning/search/?hours=4", 302)]
    assert said(response) == ["2 services were put on “To ring”."]
    kept = CouncilList.objects.get()
    again = as_commissioner.post(KEEP, {"service": list(services.values()), "kept": kept.pk}, follow=True)
    assert said(again) == ["1 service was put on “To ring”."]
    assert "On your lists: To ring." in again.text
    as_commissioner.post(KEEP, {"service": list(services.values()), "new_list": "To ring"})
    assert CouncilListEntry.objects.count() == 3
    assert CouncilList.objects.count() == 1


@pytest.mark.parametrize(
    ("ticked", "words"),
    [
        ({"new_list": "To ring"}, "Tick at least one service"),
        ({"service": ["nonsense"], "new_list": "x"}, "Tick services on the page"),
        ({"service": ["00000000-0000-4000-8000-000000000000"], "new_list": "x"}, "not listed any more"),
        ({"kept": "00000000-0000-4000-8000-000000000000"}, "That list is not here any more"),
    ],
)
def test_what_cannot_be_kept_is_said(as_commissioner, services, ticked, words):
    some = {"service": list(services.values())} if "kept" in ticked else {}
    messages = said(as_commissioner.post(KEEP, {**some, **ticked}, follow=True))
    assert any(words in message for message in messages)
    assert not CouncilListEntry.objects.exists()


def test_a_list_has_to_be_chosen_or_named(as_commissioner, services):
    response = as_commissioner.post(KEEP, {"service": list(services.values())}, follow=True)
    assert said(response) == ["Choose a list, or enter a name for a new one"]


def test_more_than_anybody_reads_is_not_kept(as_commissioner, services, monkeypatch):
    monkeypatch.setattr("commissioning.sourcing.search.actions.ON_A_LIST_AT_MOST", 1)
    response = as_commissioner.post(KEEP, {"service": list(services.values()), "new_list": "All"}, follow=True)
    assert "Take something away first" in said(response)[0]
    monkeypatch.setattr("commissioning.sourcing.search.actions.LISTS_AT_MOST", 1)
    response = as_commissioner.post(KEEP, {"service": list(services.values())[:1], "new_list": "More"}, follow=True)
    assert "Take something away first" in said(response)[0]
    monkeypatch.setattr("commissioning.sourcing.search.forms.CHOSEN_AT_MOST", 1)
    response = as_commissioner.post(KEEP, {"service": list(services.values()), "new_list": "All"}, follow=True)
    assert said(response) == ["Tick fewer services, 1 at most"]


def test_a_colleague_sees_the_list_and_the_neighbour_does_not(kept, second_commissioner, neighbour, services):
    colleague = sign_in(Client(), second_commissioner)
    page = colleague.get(f"/commissioning/search/lists/{kept.pk}/")
    assert "To ring" in colleague.get("/commissioning/search/lists/").text
    assert "2 services" in colleague.get("/commissioning/search/lists/").text
    assert len(page.context["rows"]) == 2
    assert "None yet" in neighbour.get("/commissioning/search/lists/").text
    for address in ("", "rename/", "delete/"):
        assert neighbour.get(f"/commissioning/search/lists/{kept.pk}/{address}").status_code == 404
    stolen = neighbour.post(KEEP, {"service": list(services.values()), "kept": kept.pk}, follow=True)
    assert said(stolen) == ["That list is not here any more"]
    assert kept.entries.count() == 2


def test_a_service_that_is_not_listed_today_is_counted_and_not_named(kept, as_commissioner, checker, services):
    gone = kept.entries.first().service.provider
    Provider.every.filter(pk=gone.pk).update(suspended_at=timezone.now(), suspended_by=checker)
    page = as_commissioner.get(f"/commissioning/search/lists/{kept.pk}/")
    assert "1 that was kept here is not listed today." in page.text
    assert gone.name not in page.text


def test_a_list_is_shortened_renamed_and_deleted(kept, as_commissioner, council):
    address = f"/commissioning/search/lists/{kept.pk}/"
    service = kept.entries.first().service_id
    assert as_commissioner.post(f"{address}take-off/", {"service": str(service)}).url == address
    assert as_commissioner.post(f"{address}take-off/", {"service": str(service)}).url == address
    assert as_commissioner.post(f"{address}take-off/", {"service": "x"}).url == address
    assert kept.entries.count() == 1
    actions.make_list(by=kept.made_by, council=council, name="Saturdays")
    assert "Another list has that name" in as_commissioner.post(f"{address}rename/", {"name": "Saturdays"}).text
    assert as_commissioner.post(f"{address}rename/", {"name": "To write to"}).url == address
    assert "Give the list another name" in as_commissioner.get(f"{address}rename/").text
    assert "To write to" in as_commissioner.get(address).text
    assert "Delete this list?" in as_commissioner.get(f"{address}delete/").text
    as_commissioner.post(f"{address}delete/")
    assert not CouncilListEntry.objects.exists()
    verbs = set(AuditEvent.objects.filter(verb__startswith="council_list").values_list("verb", flat=True))
    assert verbs == {f"council_list.{done}" for done in ("made", "added", "removed", "renamed", "deleted")}


def test_an_empty_list_says_so(kept, as_commissioner):
    kept.entries.all().delete()
    assert "Nothing is on this list now." in as_commissioner.get(f"/commissioning/search/lists/{kept.pk}/").text


def test_up_to_six_stand_side_by_side(as_commissioner, services, council):
    response = as_commissioner.post(THESE, {"service": list(services.values()), "council": council.pk})
    assert response.url.startswith(f"/commissioning/search/compare/?council={council.pk}&service=")
    page = as_commissioner.get(response.url)
    assert [row.result.provider_name for row in page.context["rows"]]
    lines = {str(label): cells for label, cells in page.context["lines"]}
    assert sorted(cell[0] for cell in lines["People"]) == ["1 person", "4 people", "9 people"]
    assert ["Not known"] in lines["Price"]
    assert any(
        "Public liability insurance £5 million" in words for cell in lines["Seen by a council"] for words in cell
    )
    assert any(
        "Public liability insurance £1 million" in words
        for cell in lines["Said to be held, seen by no council"]
        for words in cell
    )


def test_more_than_six_are_not_compared(as_commissioner, services, monkeypatch):
    monkeypatch.setattr("commissioning.sourcing.search.keeping_views.AT_MOST", 2)
    response = as_commissioner.post(THESE, {"service": list(services.values())}, follow=True)
    assert said(response) == ["Tick 2 services at most to compare them."]
    assert said(as_commissioner.post(THESE, {}, follow=True)) == ["Tick at least one service"]
    assert "Nothing to compare" in as_commissioner.get("/commissioning/search/compare/?service=x&service=").text


def test_a_note_is_for_the_council_alone(note, field, as_commissioner, second_commissioner, neighbour, family, council):
    address = f"/commissioning/search/notes/about/{field['trader'].pk}/"
    colleague = sign_in(Client(), second_commissioner)
    assert "Rang: could start in June." in colleague.get(address).text
    assert "1 note of your council" in colleague.get("/commissioning/search/").text
    assert "could start in June" not in neighbour.get(address).text
    assert "None yet" in neighbour.get(address).text
    assert neighbour.post(f"/commissioning/search/notes/{note.pk}/delete/").status_code == 404
    assert neighbour.get(address, {"council": council.pk}).status_code == 404
    everything = [
        family.get("/find/?postcode=BA1+1LZ").text,
        family.get("/providers/anas-kitchen/").text,
        as_commissioner.get("/commissioning/search/found.csv").content.decode(),
        json.dumps([[*rows(part, field["trader"], People(field["trader"]))] for part in PARTS], default=str),
    ]
    assert not any("could start in June" in said for said in everything)


def test_the_audit_of_a_note_names_the_provider_to_the_council_and_not_in_the_providers_own_log(note):
    event = AuditEvent.objects.get(verb="council_note.written")
    assert event.provider_id is None
    assert event.council_code == note.council_id
    assert named([event])[0][1] == "Ana’s Kitchen"


def test_notes_are_written_and_deleted_with_words_for_what_is_wrong(note, as_commissioner, field):
    address = f"/commissioning/search/notes/about/{field['trader'].pk}/"
    assert "Write your note" in as_commissioner.post(f"{address}write/", {"words": " "}).text
    assert as_commissioner.post(f"/commissioning/search/notes/{note.pk}/delete/").status_code == 302
    assert not CouncilNote.objects.exists()
    assert (
        as_commissioner.get("/commissioning/search/notes/about/00000000-0000-4000-8000-000000000000/").status_code
        == 404
    )


def test_notes_end_with_their_time_and_with_the_provider(note, field):
    today = timezone.localdate()
    assert purge_notes(today) == 0
    assert purge_notes(today + datetime.timedelta(days=740)) == 1


def test_a_note_goes_when_its_provider_has_left(note, field):
    Provider.every.filter(pk=field["trader"].pk).update(left_at=timezone.now())
    assert purge_notes(timezone.localdate()) == 1


def test_lists_that_nobody_changed_end(kept):
    today = timezone.localdate()
    assert purge_lists(today) == 0
    assert purge_lists(today + datetime.timedelta(days=740)) > 0


def test_what_an_audit_line_is_about_is_looked_up(kept, note):
    lines = {event.verb: words for event, words in named(AuditEvent.objects.filter(verb__startswith="council_list"))}
    assert lines["council_list.made"] == "To ring"
    assert lines["council_list.added"].startswith("To ring, ")
