"""Several services: each with its own steps, said once where it is the same."""

import pytest
from django.urls import reverse
from django.utils import timezone

from providers.joining import actions
from providers.joining.actions import (
    LastServiceError,
    add_service,
    save_step,
    send_draft,
    start_draft,
    take_off_service,
)
from providers.joining.answers import recorded
from providers.joining.flow import Walk
from providers.joining.offered import mark_of
from providers.joining.said import OF_SERVICE
from providers.joining.steps import STEPS
from providers.listings.actions import list_provider
from providers.models import Coverage, Draft, DraftStep, FieldChange, Listing, Provider, Service, Submission, Version
from providers.moderation.actions import publish
from registry.models import AuditEvent
from tests.cast import sign_in
from tests.factories.registrations import answers, register_provider, write_draft
from tests.providers.joining.typed import SIMPLE_STEPS, typed

pytestmark = pytest.mark.usefixtures("postcodes", "council")
SLUG = "rosies-home-help"
GARDENS = {"name": "Gardens", "description": "I cut the grass.", "categories": ["gardening"], "delivery": ["at_home"]}


@pytest.fixture
def carer(client, provider_user):
    return sign_in(client, provider_user)


def step(name):
    return reverse("join_step", args=[name])


def add(draft, by, leave_out=(), **changes):
    """A second service with every step said; its mark."""
    mark = add_service(draft=draft, by=by)
    said = answers(service=GARDENS, **changes)
    del said["where"]["base_postcode"], said["where"]["town"]
    for part in OF_SERVICE - set(leave_out):
        if part in said:
            save_step(draft=draft, step=f"{part}-{mark}", facts=said[part], by=by)
    return mark


def two_services(user, **changes):
    draft = write_draft(user)
    mark = add(draft, user, **changes)
    return send_draft(draft=draft, by=user).provider, mark


def test_every_part_of_a_service_is_a_step(provider_user):
    assert {part.part for part in STEPS if part.is_of_service} == OF_SERVICE


def test_a_second_service_has_its_own_steps_and_asks_for_the_base_no_more(carer):
    for name in SIMPLE_STEPS:
        carer.post(step(name), typed(name))
    first = carer.post(reverse("join_add_service"))["Location"]
    mark = first.rstrip("/").rpartition("-")[2]
    assert first == step(f"service-{mark}")
    page = carer.get(reverse("join_steps")).text
    assert "8 of 12 done" in page
    assert "A service without a name yet" in page
    where = carer.get(step(f"where-{mark}")).text
    assert "What is your postcode?" not in where
    assert "Which town or village" not in where
    assert 'value="6"' in where
    assert "We filled in what you said for “Lunch and company at home”" in where
    assert carer.post(first, typed("service", name="Gardens"))["Location"] == step(f"customers-{mark}")
    carer.post(step(f"customers-{mark}"), typed("customers", price_pence="22"))
    carer.post(step(f"where-{mark}"), {"miles": "9"})
    last = carer.post(step(f"when-{mark}"), typed("when"))
    assert last["Location"] == reverse("join_check")
    check = carer.get(reverse("join_check")).text
    assert "£22" in check
    assert check.count("What is your postcode?") == 1 + 1  # the question, and its "Change" link
    carer.post(reverse("join_check"))
    second = Service.every.get(name="Gardens")
    assert (mark_of(second.pk), second.price_pence, second.coverage.get().metres) == (mark, 2200, 14484)
    assert Service.every.order_by("created_at").first().name == "Lunch and company at home"
    assert carer.get(reverse("my_step", args=[SLUG, f"when-{mark}"])).status_code == 200


def test_people_who_come_are_carried_over_only_to_what_is_done_there(carer):
    carer.post(step("service"), typed("service", delivery=["at_ours"]))
    carer.post(step("where"), typed("where", place="Town Hall"))
    mark = carer.post(reverse("join_add_service"))["Location"].rstrip("/").rpartition("-")[2]
    carer.post(step(f"service-{mark}"), typed("service", delivery=["at_home"]))
    assert "Town Hall" not in carer.get(step(f"where-{mark}")).text
    carer.post(step(f"service-{mark}"), typed("service", delivery=["at_ours"]))
    assert "Town Hall" in carer.get(step(f"where-{mark}")).text


def test_a_service_that_was_added_and_left_empty_is_not_added_twice(carer):
    first, second = (carer.post(reverse("join_add_service"))["Location"] for _ in range(2))
    assert first == second
    assert AuditEvent.objects.filter(verb="draft.service_added").count() == 1


def test_there_is_an_end_to_how_many_services_one_page_has(carer, monkeypatch):
    monkeypatch.setattr(actions, "MOST_SERVICES", 1)
    page = carer.post(reverse("join_add_service"), follow=True)
    assert "as many services as one list can hold" in page.text


def test_a_service_never_sent_disappears_from_the_draft(provider_user):
    draft = write_draft(provider_user)
    mark = add(draft, provider_user)
    take_off_service(draft=draft, mark=mark, by=provider_user, now=timezone.now())
    assert not draft.steps.filter(step__endswith=mark).exists()
    assert [offered.mark for offered in Walk(draft, None).services] == [""]
    assert AuditEvent.objects.get(verb="draft.service_removed")
    # Pressed again, on a page that was still open.
    take_off_service(draft=draft, mark=mark, by=provider_user, now=timezone.now())
    assert AuditEvent.objects.filter(verb="draft.service_removed").count() == 1


def test_where_the_first_was_never_sent_the_next_takes_its_place_and_the_base(provider_user):
    draft = write_draft(provider_user)
    mark = add(draft, provider_user, where={"miles": 9})
    take_off_service(draft=draft, mark="", by=provider_user, now=timezone.now())
    said = Walk(draft, None).said
    assert (said.get("service", "name"), said.get("where", "miles")) == ("Gardens", 9)
    assert said.base["base_postcode"] == "BA1 1LZ"
    assert not draft.steps.filter(step__contains=mark).exists()
    provider = send_draft(draft=draft, by=provider_user).provider
    assert provider.services.get().name == "Gardens"


def test_a_service_of_which_nothing_was_said_yet_begins_where_the_first_went(provider_user):
    draft = write_draft(provider_user)
    add_service(draft=draft, by=provider_user)
    take_off_service(draft=draft, mark="", by=provider_user, now=timezone.now())
    walk = Walk(draft, None)
    assert walk.said.facts("where")["miles"] == 6
    assert [step.part for step in walk.undone] == ["service", "customers", "when"]


def test_the_last_service_is_not_taken_off_and_the_page_says_how_to_leave(carer, provider):
    address = reverse("my_take_off_service", args=[SLUG, "service"])
    for page in (carer.get(address), carer.post(address)):
        assert "your only service for now" in page.text
        assert reverse("leave_as_business", args=[SLUG]) in page.text
    assert provider.services.get().ended_at is None
    assert "Take this service off" not in carer.get(reverse("my_steps", args=[SLUG])).text


def test_what_waits_does_not_stand_in_for_the_last_service_that_families_see(provider_user):
    provider, mark = two_services(provider_user)
    first = Service.every.exclude(name="Gardens").get()
    Service.every.filter(pk=first.pk).update(approved_at=timezone.now())
    draft = start_draft(by=provider_user, provider=provider)
    with pytest.raises(LastServiceError):
        take_off_service(draft=draft, mark="", by=provider_user, now=timezone.now())
    take_off_service(draft=draft, mark=mark, by=provider_user, now=timezone.now())


def test_a_listed_service_leaves_the_search_at_once_and_its_row_stays(carer, provider_user, checker):
    provider, mark = two_services(provider_user)
    list_provider(provider=provider, by=checker, now=timezone.now())
    gardens = Service.every.get(name="Gardens")
    FieldChange.objects.create(provider=provider, service=gardens, part="customers", fact="price")
    # An edit that waits in the rows is not published by taking something else off (rule 6).
    Provider.every.filter(pk=provider.pk).update(about="Not approved yet")
    address = reverse("my_take_off_service", args=[SLUG, f"service-{mark}"])
    assert "Families can no longer find it" in carer.get(address).text
    assert carer.post(address)["Location"] == reverse("my_steps", args=[SLUG])
    gardens.refresh_from_db()
    assert gardens.ended_at is not None
    assert Listing.objects.get().name == "Lunch and company at home"
    newest = Version.objects.filter(provider=provider).first()
    assert newest.number == 2
    assert newest == Listing.objects.get().version
    assert [service["name"] for service in newest.content["services"]] == ["Lunch and company at home"]
    assert newest.content["about"] == ""
    assert FieldChange.objects.get().outcome == "withdrawn"
    assert AuditEvent.objects.get(verb="service.taken_off").target_id == str(gardens.pk)
    assert carer.post(address)["Location"] == reverse("my_steps", args=[SLUG])


def test_no_council_is_left_with_a_change_of_what_is_not_done_any_more(provider_user, checker):
    provider, mark = two_services(provider_user)
    publish(submission=Submission.objects.get(), by=checker)
    draft = start_draft(by=provider_user, provider=provider)
    facts = answers(service=GARDENS)["service"] | {"description": "I dig."}
    save_step(draft=draft, step=f"service-{mark}", facts=facts, by=provider_user)
    send_draft(draft=draft, by=provider_user)
    assert Submission.objects.waiting().exists()
    take_off_service(draft=draft, mark=mark, by=provider_user, now=timezone.now())
    assert not Submission.objects.waiting().exists()
    assert FieldChange.objects.get().outcome == "withdrawn"


def test_after_the_first_is_taken_off_the_second_keeps_its_addresses_and_tells_the_base(
    carer, provider_user, other_council
):
    provider, mark = two_services(provider_user)
    draft = start_draft(by=provider_user, provider=provider)
    moved = answers()["where"] | {"base_postcode": "BA2 7PY", "town": "Bathampton"}
    save_step(draft=draft, step="where", facts=moved, by=provider_user)
    take_off_service(draft=draft, mark="", by=provider_user, now=timezone.now())
    assert set(draft.steps.values_list("step", flat=True)) == {f"where-{mark}"}
    page = carer.get(reverse("my_step", args=[SLUG, f"where-{mark}"])).text
    assert 'value="BA2 7PY"' in page
    assert "where" not in recorded(provider)
    assert recorded(provider)[f"where-{mark}"]["base_postcode"] == "BA1 1LZ"
    send_draft(draft=draft, by=provider_user)
    provider.refresh_from_db()
    assert (provider.base_postcode, provider.town) == ("BA2 7PY", "Bathampton")


def test_a_move_takes_every_service_along(provider_user, other_council):
    provider, _mark = two_services(provider_user, where={"place": "At my house"})
    hall = Coverage.objects.create(
        service=Service.every.get(name="Lunch and company at home"),
        reach="come_to_us",
        easting=1,
        northing=2,
        postcode="BA2 7PY",
    )
    draft = start_draft(by=provider_user, provider=provider)
    moved = answers()["where"] | {"base_postcode": "BA2 7PY", "place": "Hall", "place_postcode": "BA2 7PY"}
    save_step(draft=draft, step="where", facts=moved, by=provider_user)
    send_draft(draft=draft, by=provider_user)
    assert not Coverage.objects.filter(pk=hall.pk).exists()
    assert set(Coverage.objects.values_list("easting", flat=True)) == {377242}


def test_publishing_a_first_registration_approves_all_that_is_offered_and_later_ones_wait(provider_user, checker):
    provider, _mark = two_services(provider_user)
    assert not Service.every.approved().exists()
    list_provider(provider=provider, by=checker, now=timezone.now())
    assert Service.every.approved().count() == Listing.objects.count() == 2
    late = Service.every.create(provider=provider, name="Late", description="Later.")
    version = list_provider(provider=provider, by=checker, now=timezone.now())
    assert str(late.pk) not in {service["id"] for service in version.content["services"]}
    assert Listing.objects.count() == 2


def test_personal_care_is_asked_of_the_service_that_gives_it(carer):
    carer.post(step("service"), typed("service"))
    carer.post(step("size"), typed("size", people="3"))
    mark = carer.post(reverse("join_add_service"))["Location"].rstrip("/").rpartition("-")[2]
    carer.post(step(f"service-{mark}"), typed("service", categories=["washing-and-dressing"]))
    assert carer.get(step("personal-care")).status_code == 404
    assert carer.get(step(f"personal-care-{mark}")).status_code == 200
    carer.post(step(f"personal-care-{mark}"), {"regulatory_basis": "not_sure"})
    assert "The council must write down a reason" in carer.get(reverse("join_check")).text


def test_a_step_of_somebody_elses_service_is_not_found(carer, other_provider_user):
    draft = start_draft(by=other_provider_user)
    mark = add_service(draft=draft, by=other_provider_user)
    assert carer.get(step(f"service-{mark}")).status_code == 404
    assert carer.post(reverse("join_take_off_service", args=[f"service-{mark}"])).status_code == 302
    assert Draft.objects.get(user=other_provider_user).steps.exists()


def test_looking_at_the_page_that_takes_a_service_off_changes_nothing(carer, provider_user):
    provider, mark = two_services(provider_user)
    page = carer.get(reverse("my_take_off_service", args=[SLUG, f"service-{mark}"])).text
    assert "What you wrote about this service goes" in page
    assert not DraftStep.objects.exists()
    assert provider.services.filter(ended_at=None).count() == 2


def test_an_imported_record_of_two_services_is_changed_one_by_one(council, provider_user):
    provider = register_provider(provider_user)
    Service.every.create(provider=provider, name="Second", description="Also on record.")
    said = recorded(provider)
    assert sum(1 for slug in said if slug.startswith("service")) == 2
