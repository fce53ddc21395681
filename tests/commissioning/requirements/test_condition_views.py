import pytest
from bs4 import BeautifulSoup

from commissioning.models import Condition
from registry.models import AuditEvent, Council
from tests.commissioning.makers import add_lot, ask, make_requirement

pytestmark = pytest.mark.django_db
COVER = {"kind": "public_liability", "amount_pence": "5,000,000", "by_when": "answer"}
ACCOUNTS = {"kind": "audited_accounts", "number": "3", "by_when": "answer"}
WHY = "The hall’s own insurer asks for it."


def address(requirement, rest=""):
    return f"/commissioning/requirements/{requirement.reference}/{rest}"


def page_of(client, requirement, rest=""):
    return BeautifulSoup(client.get(address(requirement, rest)).content, "html.parser")


def words_of(response):
    return " ".join(BeautifulSoup(response.content, "html.parser").get_text(" ").split())


def errors_of(response):
    return BeautifulSoup(response.content, "html.parser").find(class_="govuk-error-summary").get_text(" ")


def test_condition_can_be_changed_and_dropped(as_commissioner, requirement):
    at = address(requirement, "conditions/public_liability/")
    as_commissioner.post(at, {**COVER, "kind": "first_aid", "keep_reason": WHY})
    condition = Condition.objects.get()
    assert (condition.kind, condition.amount_pence) == ("public_liability", 500_000_000)
    page = words_of(as_commissioner.get(address(requirement)))
    assert "may not be asked for before award" in page
    assert f"Why it is asked: {WHY}" in page
    assert "Public liability" in as_commissioner.get(at + "remove/").content.decode()
    for _twice in range(2):
        as_commissioner.post(at + "remove/")
    assert not Condition.objects.exists()


@pytest.mark.parametrize(
    ("posted", "words"),
    [
        ({"kind": "first_aid", "amount_pence": "5"}, "this is not an insurance with a sum"),
        ({"kind": "turnover"}, "Enter the least turnover"),
        ({"kind": "first_aid", "number": "2"}, "no number of years or people goes with this"),
        ({"kind": "least_people"}, "Enter how many years, or how many people"),
        ({"kind": "least_people", "number": "0"}, "as a whole number from 1 to 100"),
        ({"kind": "turnover", "amount_pence": "much"}, "must be an amount of money"),
        ({"kind": "all_lots", "lot": "1"}, "One supplier for all lots is asked of everyone"),
        ({"kind": "other_training"}, "Select a valid choice"),
        ({"kind": "first_aid", "lot": "9"}, "Select a valid choice"),
    ],
)
def test_what_makes_no_sense_is_named_in_its_error(as_commissioner, requirement, posted, words):
    response = as_commissioner.post(address(requirement, "conditions/add/"), {"by_when": "start", **posted})
    assert words in errors_of(response)
    assert Condition.objects.count() == 1


def test_what_the_law_limits_is_kept_only_with_a_reason(as_commissioner, requirement):
    refused = as_commissioner.post(address(requirement, "conditions/add/"), ACCOUNTS)
    assert "Say why you ask for this although the law limits it" in errors_of(refused)
    assert "Audited accounts may not be asked of those whom company law does not oblige" in words_of(refused)
    assert "not all been checked against its sources" in words_of(refused)
    source = BeautifulSoup(refused.content, "html.parser").find("a", string="Procurement Act 2023, section 22(3)(a)")
    assert source["href"].startswith("https://www.legislation.gov.uk/")
    as_commissioner.post(address(requirement, "conditions/add/"), {**ACCOUNTS, "keep_reason": WHY})
    assert Condition.objects.get(kind="audited_accounts").keep_reason == WHY


def test_a_reason_that_is_missing_keeps_the_summary_from_being_locked(as_commissioner, requirement, commissioner):
    ask(commissioner, requirement, "audited_accounts", number=3)
    words = words_of(as_commissioner.get(address(requirement)))
    assert "Say why you ask for what the law limits, or stop asking for it." in words
    assert "No reason is given yet." in words
    as_commissioner.post(address(requirement, "lock/"))
    requirement.refresh_from_db()
    assert not requirement.is_locked


def test_seeing_what_a_condition_does_writes_nothing(as_commissioner, requirement, field):
    before = AuditEvent.objects.count()
    typed = {"kind": "public_liability", "amount_pence": "10,000,000", "by_when": "answer", "see": "1"}
    words = words_of(as_commissioner.post(address(requirement, "conditions/add/"), typed))
    assert "0 of 3 providers who could do the work meet it." in words
    assert "£5 million, when answering 2 of 3" in words
    assert "£5 million, by the start of the contract 2 of 3" in words
    assert "Without it 2 of 3 small providers could answer, alone or in a team; with it 0. At most 3 and 0" in words
    assert "if what is not known is met." in words
    assert "may not be asked for before award" in words
    assert "£2 million" not in Condition.objects.get().keep_reason
    assert Condition.objects.get().amount_pence == 200_000_000
    assert AuditEvent.objects.count() == before


def test_a_condition_can_be_asked_of_one_lot_alone(as_commissioner, requirement):
    as_commissioner.post(address(requirement, "conditions/add/"), {"kind": "first_aid", "lot": "2", "by_when": "start"})
    page = page_of(as_commissioner, requirement)
    assert "First aid, by the start of the contract, for lot 2 alone" in page.get_text()
    at = address(requirement, "lots/2/conditions/first_aid/")
    assert page.find("a", href=at)
    as_commissioner.post(at, {"by_when": "answer", "keep_reason": WHY})
    assert Condition.objects.get(kind="first_aid").by_when == "answer"
    as_commissioner.post(at + "remove/")
    as_commissioner.post(address(requirement, "lots/7/conditions/first_aid/remove/"))
    assert not Condition.objects.filter(kind="first_aid").exists()


def test_a_single_lot_is_not_asked_about(as_commissioner, commissioner, council, postcodes):
    made = make_requirement(commissioner, council)
    add_lot(commissioner, made, "cooking")
    page = page_of(as_commissioner, made, "conditions/add/")
    assert page.find("select", {"name": "lot"}) is None
    assert page.find("option", value="all_lots") is None
    assert page.find("option", value="audited_accounts")


def test_a_lot_that_was_left_alone_keeps_its_own_condition(as_commissioner, commissioner, council, postcodes):
    made = make_requirement(commissioner, council)
    lot = add_lot(commissioner, made, "cooking")
    ask(commissioner, made, "first_aid", lot=lot)
    as_commissioner.post(address(made, "lots/1/conditions/first_aid/"), {"by_when": "start"})
    assert Condition.objects.get().lot == lot


@pytest.mark.parametrize("nation", ["Scotland", "Wales", "Northern Ireland"])
def test_rule_08_outside_england_no_condition_is_flagged(nation, client, as_commissioner, commissioner, council):
    Council.objects.filter(pk=council.pk).update(nation=nation)
    made = make_requirement(commissioner, council)
    for posted in (COVER, ACCOUNTS):
        assert as_commissioner.post(address(made, "conditions/add/"), posted).status_code == 302
    words = words_of(as_commissioner.get(address(made)))
    for english in ("section 22", "section 85", "Procurement Act 2023", "threshold"):
        assert english not in words
