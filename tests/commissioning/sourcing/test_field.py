import datetime

import pytest
from django.utils import timezone

from commissioning.models import LotTime, ShortlistEntry
from commissioning.requirements import actions
from commissioning.sourcing.field import assess_lot
from providers.models import Credential, Service
from tests.cast import sign_in
from tests.commissioning.conftest import insure
from tests.commissioning.makers import add_lot, ask, make_requirement
from tests.providers.listings.makers import comes_from, has_space, listed, make_provider, make_service

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2026, 11, 21)


def names(standings):
    return [standing.provider["name"] for standing in standings]


def field_page(client, requirement, number=1):
    return client.get(f"/commissioning/requirements/{requirement.reference}/lots/{number}/field/")


def test_field_of_a_lot_has_three_groups_by_name(requirement, field):
    found = assess_lot(requirement.lots.get(number=1), TODAY)
    assert names(found.fitting) == ["Ana’s Kitchen"]
    assert names(found.not_known) == ["Bradford Meals Ltd"]
    assert names(found.not_yet) == ["Radstock Table"]


def test_lot_for_the_whole_council_asks_for_every_postcode_district(requirement, field):
    lot = requirement.lots.get(number=2)
    found = assess_lot(lot, TODAY)
    assert {place.code for place in found.places} >= {"BA1", "BA2", "BA3", "BS31"}
    [standing] = found.standings
    assert names([standing]) == ["Radstock Table"]


def test_service_that_reaches_no_part_of_the_area_is_not_in_the_field(requirement, field, council):
    far = make_provider(council, "Far Away Meals")
    cooking = make_service(far, categories=["cooking"])
    comes_from(cooking, (400_600, 161_600), miles=5)
    listed(far)
    assert "Far Away Meals" not in names(assess_lot(requirement.lots.get(number=1), TODAY).standings)


def test_service_near_the_middle_of_scattered_places_that_reaches_none_is_left_out(
    requirement, field, council, commissioner
):
    middle = make_provider(council, "In Between")
    cooking = make_service(middle, categories=["cooking"])
    comes_from(cooking, (371_400, 159_700), miles=1)
    listed(middle)
    lot = add_lot(commissioner, requirement, "cooking", outcodes=["BA1", "BA3"])
    assert "In Between" not in names(assess_lot(lot, TODAY).standings)


def test_area_without_any_known_postcode_district_has_an_empty_field(commissioner, other_council, field):
    made = make_requirement(commissioner, other_council)
    lot = add_lot(commissioner, made, "cooking", outcodes=["ZZ1"])
    assert assess_lot(lot, TODAY).standings == ()


def test_edit_that_is_not_approved_does_not_change_the_field(requirement, field):
    Service.every.filter(provider=field["trader"]).update(regulatory_basis="not_sure")
    field["trader"].services.get().availability.delete()
    assert names(assess_lot(requirement.lots.get(number=1), TODAY).fitting) == ["Ana’s Kitchen"]


def test_a_lot_with_times_asks_who_works_then(requirement, field, commissioner):
    lot = requirement.lots.get(number=1)
    LotTime.objects.create(lot=lot, day="tue", starts_minute=12 * 60, ends_minute=14 * 60, minutes_needed=120)
    assert names(assess_lot(lot, TODAY).not_known) == ["Ana’s Kitchen", "Bradford Meals Ltd"]


def test_what_is_asked_of_one_lot_is_asked_of_no_other(requirement, field, commissioner):
    first, second = requirement.lots.all()
    ask(commissioner, requirement, "first_aid", lot=second)
    assert names(assess_lot(first, TODAY).fitting) == ["Ana’s Kitchen"]
    kinds = {finding.kind for one in assess_lot(second, TODAY).standings for finding in one.assessment.findings}
    assert kinds >= {"public_liability", "first_aid"}


def test_the_same_can_be_asked_of_everyone_and_again_of_one_lot(requirement, field, commissioner):
    lot = requirement.lots.get(number=1)
    ask(commissioner, requirement, "public_liability", amount_pence=1_000_000_000, lot=lot)
    assert requirement.conditions.count() == 2
    assert names(assess_lot(lot, TODAY).fitting) == []
    for _twice in range(2):
        actions.remove_condition(by=commissioner, requirement=requirement, kind="public_liability", lot=lot)
    assert names(assess_lot(requirement.lots.get(number=1), TODAY).fitting) == ["Ana’s Kitchen"]


def test_one_supplier_for_all_lots_counts_the_lots_each_provider_does(requirement, field, commissioner):
    ask(commissioner, requirement, "all_lots")
    done = {
        standing.provider["name"]: next(f for f in standing.assessment.findings if f.kind == "all_lots")
        for standing in assess_lot(requirement.lots.get(number=1), TODAY).standings
    }
    assert (done["Ana’s Kitchen"].has, done["Ana’s Kitchen"].needs) == (1, 2)
    assert (done["Radstock Table"].has, done["Radstock Table"].fit) == (2, "fits")


def test_field_takes_as_many_queries_for_many_as_for_few(requirement, field, council, django_assert_num_queries):
    lot = requirement.lots.select_related("category", "requirement__council").get(number=1)
    with django_assert_num_queries(6):
        assess_lot(lot, TODAY)
    for number in range(12):
        more = make_provider(council, f"Lunch {number}")
        cooking = make_service(more, categories=["cooking"])
        comes_from(cooking)
        has_space(cooking)
        listed(more)
    lot = requirement.lots.select_related("category", "requirement__council").get(number=1)
    with django_assert_num_queries(6):
        assert len(assess_lot(lot, TODAY).standings) == 15


def test_page_says_who_fits_and_what_keeps_the_others(as_commissioner, requirement, field):
    page = field_page(as_commissioner, requirement).content.decode()
    assert "seen by Bath and North East Somerset on 3 June 2026" in page
    assert "£1 million, of £2 million asked" in page
    assert "4 hours a week free, of 10 asked" in page
    assert "Hours free a week: not known" in page
    assert "declared, not yet seen by a council" in page


def test_rule_07_page_calls_nobody_excluded(as_commissioner, requirement, field):
    page = field_page(as_commissioner, requirement).content.decode().lower()
    assert "exclude" not in page
    assert "does not yet meet" in page


def test_shortlist_is_kept_and_can_be_undone(as_commissioner, requirement, field):
    lot = requirement.lots.get(number=1)
    service = field["trader"].services.get()
    address = f"/commissioning/requirements/{requirement.reference}/lots/1/shortlist/"
    for _twice in range(2):
        assert as_commissioner.post(address, {"service": service.pk}).status_code == 302
    assert ShortlistEntry.objects.get().lot == lot
    assert "Shortlisted" in field_page(as_commissioner, requirement).content.decode()
    for _twice in range(2):
        as_commissioner.post(address, {"service": service.pk, "off": "1"})
    assert not ShortlistEntry.objects.exists()


def test_shortlist_refuses_what_is_no_listed_service(as_commissioner, requirement):
    address = f"/commissioning/requirements/{requirement.reference}/lots/1/shortlist/"
    assert as_commissioner.post(address, {"service": "nonsense"}).status_code == 404


def test_shortlist_stays_as_it_was_once_locked(as_commissioner, requirement, field, lock):
    service = field["trader"].services.get()
    address = f"/commissioning/requirements/{requirement.reference}/lots/1/shortlist/"
    response = as_commissioner.post(address, {"service": service.pk}, follow=True)
    assert "stays as it was" in response.content.decode()
    assert not ShortlistEntry.objects.exists()


def test_other_councils_field_is_not_found(client, other_commissioner, requirement):
    assert field_page(sign_in(client, other_commissioner), requirement).status_code == 404


def test_checker_of_the_council_may_not_see_it(client, checker, requirement):
    assert field_page(sign_in(client, checker), requirement).status_code == 403


def test_lot_that_is_not_there_is_not_found(as_commissioner, requirement, commissioner):
    actions.remove_lot(by=commissioner, requirement=requirement, lot_id=requirement.lots.get(number=2).pk)
    assert field_page(as_commissioner, requirement, 2).status_code == 404


def test_cover_that_was_given_up_counts_no_more_and_one_that_was_renewed_does(requirement, field):
    lot = requirement.lots.get(number=1)
    old = Credential.every.get(provider=field["trader"])
    renewed = insure(field["trader"])
    Credential.every.filter(pk=old.pk).update(replaced_at=timezone.now())
    assert names(assess_lot(lot, TODAY).fitting) == ["Ana’s Kitchen"]
    renewed.delete()
    assert names(assess_lot(lot, TODAY).fitting) == []
