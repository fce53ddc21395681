import pytest
from bs4 import BeautifulSoup

from commissioning.models import Lot, Requirement
from commissioning.models.requirement import new_reference
from registry.models import AuditEvent, CouncilMembership
from tests.cast import sign_in
from tests.commissioning.makers import add_lot, ask, make_requirement

pytestmark = pytest.mark.django_db
START = "/commissioning/requirements/new/"
ABOUT = {
    "title": "Lunch in Bath",
    "need": "Cooked lunches.",
    "starts_on_day": "1",
    "starts_on_month": "4",
    "starts_on_year": "2027",
    "ends_on_day": "31",
    "ends_on_month": "3",
    "ends_on_year": "2028",
    "value_pence": "£24,000",
    "buyer": "council",
    "payment_days": "14",
}


def address(requirement, rest=""):
    return f"/commissioning/requirements/{requirement.reference}/{rest}"


def test_commissioner_writes_a_requirement_from_start_to_lots_and_conditions(as_commissioner, council, postcodes):
    form = BeautifulSoup(as_commissioner.get(START).content, "html.parser")
    reference = form.find("input", {"name": "reference"})["value"]
    response = as_commissioner.post(START, {**ABOUT, "reference": reference, "council": council.pk}, follow=True)
    assert "Lunch in Bath" in response.content.decode()
    requirement = Requirement.objects.get()
    assert (requirement.value_pence, requirement.reference) == (2_400_000, reference)
    lot = {"number": "1", "title": "Lunches", "category": "cooking", "hours_per_week": "10", "outcodes": ["BA1"]}
    assert as_commissioner.post(address(requirement, "lots/add/"), lot)["Location"].endswith("/lots/1/field/")
    condition = {"kind": "public_liability", "amount_pence": "2,000,000", "by_when": "start"}
    as_commissioner.post(address(requirement, "conditions/add/"), condition)
    page = as_commissioner.get(address(requirement)).content.decode()
    assert "Public liability insurance of at least £2 million, by the start of the contract" in page
    assert "Say why there is only one lot" in page


def test_pressing_twice_makes_one_requirement_and_one_lot(as_commissioner, council, postcodes):
    posted = {**ABOUT, "reference": new_reference(), "council": council.pk}
    for _twice in range(2):
        assert as_commissioner.post(START, posted).status_code == 302
    requirement = Requirement.objects.get()
    lot = {"number": "1", "title": "Lunches", "category": "cooking"}
    for _twice in range(2):
        as_commissioner.post(address(requirement, "lots/add/"), lot)
    assert Lot.objects.get().hours_per_week is None


def test_error_says_how_to_mend_it_and_keeps_what_was_typed(as_commissioner, council):
    wrong = {**ABOUT, "reference": new_reference(), "council": council.pk, "ends_on_year": "2026", "title": ""}
    page = as_commissioner.post(START, wrong)
    assert page.status_code == 200
    words = page.content.decode()
    assert "Last day must be on or after the first day" in words
    assert "Cooked lunches." in words
    assert not Requirement.objects.exists()


def test_every_empty_answer_is_named_in_its_error(as_commissioner, council, requirement):
    one = {"reference": new_reference(), "council": council.pk}
    empty = words_of_errors(as_commissioner.post(START, one))
    assert "This field is required" not in empty
    for expected in ("Enter a title", "Write what is needed", "Choose who buys", "from 1 to 30"):
        assert expected in empty
    late = words_of_errors(as_commissioner.post(START, {**ABOUT, **one, "payment_days": "45"}))
    assert "Enter the days to pay an invoice, from 1 to 30" in late
    lot = words_of_errors(
        as_commissioner.post(address(requirement, "lots/add/"), {"number": 3, "hours_per_week": "-3"})
    )
    for expected in ("Enter a title for the lot", "Choose the kind of service", "as a whole number, 1 or more"):
        assert expected in lot
    asked = words_of_errors(as_commissioner.post(address(requirement, "conditions/add/"), {"kind": ""}))
    assert "Choose what you ask for" in asked
    assert "Choose by when" in asked


def words_of_errors(response):
    return BeautifulSoup(response.content, "html.parser").find(class_="govuk-error-summary").get_text(" ")


def test_what_is_needed_can_be_changed_and_the_audit_names_the_fields(as_commissioner, requirement):
    as_commissioner.post(address(requirement, "about/"), ABOUT)
    requirement.refresh_from_db()
    assert requirement.title == "Lunch in Bath"
    assert AuditEvent.objects.get(verb="requirement.changed").fields == ["need", "title"]
    as_commissioner.post(address(requirement, "about/"), ABOUT)
    assert AuditEvent.objects.filter(verb="requirement.changed").count() == 1


def test_barriers_are_recorded_and_shown(as_commissioner, requirement):
    posted = {"barriers": ["finance", "time"], "barriers_note": "Eight weeks to answer.", "lots_note": ""}
    as_commissioner.post(address(requirement, "openness/"), posted)
    page = as_commissioner.get(address(requirement)).content.decode()
    assert "Too little time to answer" in page
    assert "Eight weeks to answer." in page


def test_lot_can_be_changed(as_commissioner, requirement):
    changed = {"number": "9", "title": "Suppers", "category": "cooking", "hours_per_week": "12", "outcodes": ["BA3"]}
    as_commissioner.post(address(requirement, "lots/1/"), changed)
    assert list(requirement.lots.values_list("number", "title")) == [(1, "Suppers"), (2, "A lunch club")]


def test_lots_move_up_when_one_is_removed_and_removing_twice_is_harmless(as_commissioner, requirement, commissioner):
    add_lot(commissioner, requirement, "shopping", title="Shopping")
    assert "Remove lot 1" in as_commissioner.get(address(requirement, "lots/1/remove/")).content.decode()
    assert requirement.lots.count() == 3
    as_commissioner.post(address(requirement, "lots/1/remove/"), {"lot": requirement.lots.get(number=1).pk})
    assert list(requirement.lots.values_list("number", "title")) == [(1, "A lunch club"), (2, "Shopping")]
    assert as_commissioner.post(address(requirement, "lots/7/remove/")).status_code == 302


def test_forms_show_what_there_is(as_commissioner, requirement):
    assert 'value="24000"' in as_commissioner.get(address(requirement, "about/")).content.decode()
    assert "Lunches in the city" in as_commissioner.get(address(requirement, "lots/1/")).content.decode()
    condition = as_commissioner.get(address(requirement, "conditions/public_liability/")).content.decode()
    assert 'value="2000000"' in condition
    assert as_commissioner.get(address(requirement, "openness/")).status_code == 200


def test_locked_requirement_no_longer_changes(as_commissioner, requirement, lock):
    response = as_commissioner.post(address(requirement, "about/"), ABOUT, follow=True)
    assert "can no longer change" in response.content.decode()
    requirement.refresh_from_db()
    assert requirement.title == "Lunch and company in Bath"


def test_list_shows_the_councils_own_only(client, as_commissioner, requirement, other_commissioner):
    assert "Lunch and company" in as_commissioner.get("/commissioning/").content.decode()
    other = sign_in(client, other_commissioner).get("/commissioning/").content.decode()
    assert "Lunch and company" not in other


def test_list_takes_as_many_queries_for_many_as_for_few(
    as_commissioner, requirement, commissioner, council, django_assert_max_num_queries
):
    as_commissioner.get("/commissioning/")
    for _more in range(10):
        ask(commissioner, make_requirement(commissioner, council), "first_aid")
    with django_assert_max_num_queries(20):
        as_commissioner.get("/commissioning/")


def test_person_of_no_council_finds_nothing(client, django_user_model):
    nobody = django_user_model.objects.create_user("nobody@example.com")
    assert sign_in(client, nobody).get("/commissioning/").status_code == 404


def test_checker_may_not_write_requirements(client, checker):
    assert sign_in(client, checker).get(START).status_code == 403


def test_administrator_reads_and_does_not_write(client, administrator, requirement):
    signed_in = sign_in(client, administrator)
    page = signed_in.get(address(requirement)).content.decode()
    assert "Add a lot" not in page
    assert signed_in.get(address(requirement, "about/")).status_code == 403


def test_a_form_sent_again_for_another_council_begins_another_requirement(
    as_commissioner, commissioner, council, other_council
):
    CouncilMembership.objects.create(user=commissioner, council=other_council, role="commissioner")
    posted = {**ABOUT, "reference": new_reference()}
    for chosen in (council, other_council):
        assert as_commissioner.post(START, {**posted, "council": chosen.pk}).status_code == 302
    assert Requirement.objects.count() == 2


def test_a_reference_of_another_council_gives_nothing_away(as_commissioner, other_commissioner, council, other_council):
    theirs = make_requirement(other_commissioner, other_council)
    answer = as_commissioner.post(START, {**ABOUT, "reference": theirs.reference, "council": council.pk})
    assert theirs.reference not in answer["Location"]
    assert Requirement.objects.get(council=council).title == "Lunch in Bath"


def test_lots_added_at_the_same_time_are_both_kept(as_commissioner, commissioner, council, postcodes):
    requirement = make_requirement(commissioner, council)
    for title in ("Lunches", "Lunches", "Company"):
        as_commissioner.post(address(requirement, "lots/add/"), {"number": "1", "title": title, "category": "cooking"})
    assert list(requirement.lots.values_list("number", "title")) == [(1, "Lunches"), (2, "Company")]


def test_a_second_press_removes_no_second_lot(as_commissioner, commissioner, council, postcodes):
    requirement = make_requirement(commissioner, council)
    for title in ("Lunches", "Company"):
        add_lot(commissioner, requirement, "cooking", title=title)
    page = BeautifulSoup(as_commissioner.get(address(requirement, "lots/1/remove/")).content, "html.parser")
    sent = {"lot": page.find("input", {"name": "lot"})["value"]}
    for _twice in range(2):
        assert as_commissioner.post(address(requirement, "lots/1/remove/"), sent).status_code == 302
    assert list(requirement.lots.values_list("number", "title")) == [(1, "Company")]
    assert as_commissioner.get(address(requirement, "lots/2/remove/")).status_code == 404
