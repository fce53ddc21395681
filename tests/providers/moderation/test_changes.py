"""A checker's page of an edit: was and will be, a yes or a no to each change."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from providers.models import FieldChange, Listing, Provider, Service, Submission, Version
from providers.moderation import queue_actions
from providers.moderation.actions import (
    ChangedMeanwhileError,
    ReasonNeededError,
    publish,
    send_back,
)
from providers.moderation.change_actions import Answer, decide_changes
from providers.moderation.edit import edit_of
from registry.models import AuditEvent, OutgoingMail
from tests.cast import make_staff, sign_in
from tests.factories.edits import decide, publish_first, send_edit
from tests.providers.joining.test_services import add
from tests.providers.moderation.test_views import address, text

pytestmark = pytest.mark.usefixtures("postcodes", "council")
DEAR = {"price_pence": 3000}
CARE = {"categories": ["washing-and-dressing"]}


@pytest.fixture
def listed(provider, checker):
    return publish_first(provider, checker)


@pytest.fixture
def edit(listed, provider_user):
    return lambda **steps: send_edit(listed, provider_user, **steps)


@pytest.fixture
def checking(client, checker):
    return sign_in(client, checker)


def fields(page):
    """The form as a browser would send it, with the hidden fingerprint."""
    form = BeautifulSoup(page.content, "html.parser").find("input", {"name": "looked-at"}).find_parent("form")
    return {box["name"]: box.get("value", "") for box in form.find_all("input", {"type": "hidden"})}


def key(fact):
    return FieldChange.objects.waiting().get(fact=fact).pk.hex


def test_the_page_says_was_and_will_be_by_service_and_business(checking, edit):
    submission = edit(customers=DEAR, you={"phone": "07700 900 999"}, service={"delivery": ["at_home", "remote"]})
    page = text(checking.get(address("check_submission", submission)))
    for said in (
        "The business",
        "Service: Lunch and company at home",
        "£18.50 an hour",
        "£30 an hour",
        "07700 900 999",
    ):
        assert said in page
    assert "In your home, By phone or online" in page
    assert "Change</strong>" in text(checking.get(reverse("checks")))


def test_every_kind_of_fact_reads_well(checking, edit, council):
    submission = edit(
        service=CARE | {"name": "Help at home"},
        personal_care={"regulatory_basis": "individual"},
        where={"town": "Weston", "miles": None, "areas": [f"council:{council.pk}"], "place": ""},
        customers={"price_pence": None, "price_unit": "", "languages": ["Welsh"]},
        size={"people": 2},
    )
    page = text(checking.get(address("check_submission", submission)))
    for said in ("Weston, BA1 1LZ", "up to 6 miles", f"anywhere in {council.name}", "Welsh", "nothing"):
        assert said in page
    assert "Works directly for the person" in page


def test_some_are_accepted_some_refused_and_some_go_on_waiting(checking, checker, edit):
    submission = edit(customers=DEAR, service={"name": "Dinner"}, you={"phone": "07700 900 999"})
    page = checking.get(address("check_submission", submission))
    said = fields(page) | {f"answer-{key('price')}": "yes", f"answer-{key('name')}": "no"}
    where = address("decide_submission_changes", submission)
    assert "Say why, so that they know what to do" in text(checking.post(where, said))
    said[f"reason-{key('name')}"] = "It is still lunch."
    answer = checking.post(where, said, follow=True)
    assert "What you did not answer still waits" in text(answer)
    service = Service.every.get()
    assert (service.price_pence, service.name) == (3000, "Lunch and company at home")
    assert FieldChange.objects.waiting().get().fact == "phone"
    submission.refresh_from_db()
    assert submission.decided_at is None
    mail = OutgoingMail.objects.last().body
    assert "It is still lunch." in mail
    assert "said yes" in mail
    refused = FieldChange.objects.get(outcome="refused")
    assert (refused.decided_by, refused.decided_at is not None) == (checker, True)


def test_accept_all_is_one_press_and_decides_it(checking, edit):
    submission = edit(customers=DEAR, service={"name": "Dinner"})
    page = checking.get(address("check_submission", submission))
    answer = checking.post(address("decide_submission_changes", submission), fields(page) | {"all": "yes"}, follow=True)
    assert "Decided. They have been told." in text(answer)
    assert Listing.objects.get().price_pence == 3000
    submission.refresh_from_db()
    assert submission.decision == "published"


def test_nothing_chosen_is_said_and_nothing_left_leads_back(checking, checker, edit):
    submission = edit(customers=DEAR)
    where = address("decide_submission_changes", submission)
    assert "Accept or refuse at least one change" in text(checking.post(where, fields(checking.get(where))))
    decide(submission, checker, yes="all")
    assert "Chi Checker decided this" in text(checking.get(where, follow=True))
    proof = edit(insurance={"issuer": "Aviva"})
    answer = checking.get(address("decide_submission_changes", proof))
    assert answer["Location"] == address("check_submission", proof)
    assert "Only certificates were sent" in text(checking.get(address("check_submission", proof)))


def test_what_the_provider_changed_again_is_not_decided_unseen(checking, edit):
    submission = edit(customers=DEAR)
    said = fields(checking.get(address("check_submission", submission))) | {"all": "yes"}
    edit(customers={"price_pence": 9000})
    answer = checking.post(address("decide_submission_changes", submission), said, follow=True)
    assert "something moved since you opened the page" in text(answer)
    assert Service.every.get().price_pence == 1850


def test_where_what_is_approved_moved_the_checker_sees_it_and_decides_anew(checking, checker, edit):
    submission = edit(customers=DEAR)
    seen = edit_of(submission, timezone.localdate()).fingerprint
    Service.every.update(price_pence=1900)
    pk = FieldChange.objects.get().pk
    with pytest.raises(ChangedMeanwhileError):
        decide_changes(submission=submission, by=checker, answers={pk: Answer(True)}, looked_at=seen)
    page = text(checking.get(address("check_submission", submission)))
    assert "What is approved has moved" in page
    assert "£19 an hour" in page
    decide(submission, checker, yes="all")
    change = FieldChange.objects.get()
    assert (change.was["price_pence"], change.outcome) == (1900, "accepted")


def test_rule_02_an_edit_that_makes_unregistered_care_by_several_needs_the_reason(checking, edit):
    submission = edit(service=CARE, personal_care={"regulatory_basis": "individual"}, size={"people": 3})
    where = address("decide_submission_changes", submission)
    page = checking.get(where)
    assert "Why can personal care by several people be shown without registration?" in text(page)
    refused = checking.post(where, fields(page) | {"all": "yes"})
    assert "Say why it can be shown without registration" in text(refused)
    assert Service.every.get().regulatory_basis == "not_personal_care"
    checking.post(where, fields(page) | {"all": "yes", "why": "Only one of them gives care."})
    submission.refresh_from_db()
    assert (submission.decision, submission.reason) == ("published", "Only one of them gives care.")


def test_rule_02_the_reason_is_asked_for_below_the_page_too(checker, edit):
    submission = edit(service=CARE, personal_care={"regulatory_basis": "individual"}, size={"people": 3})
    with pytest.raises(ReasonNeededError):
        decide(submission, checker, yes="all")
    decide(submission, checker, yes=["kinds"])
    with pytest.raises(ReasonNeededError):
        decide(submission, checker, yes=["people"])


def test_an_edit_is_sent_back_whole_and_never_published_whole(checking, checker, edit):
    submission = edit(customers=DEAR)
    with pytest.raises(ChangedMeanwhileError):
        publish(submission=submission, by=checker)
    send_back(submission=submission, by=checker, reason="Please ring us.")
    change = FieldChange.objects.get()
    assert (change.outcome, change.reason) == ("refused", "Please ring us.")
    assert "Please ring us." in text(checking.get(address("check_submission", submission)))


def test_all_refused_is_sent_back(checker, edit):
    submission = edit(customers=DEAR)
    decide(submission, checker, no=["price"])
    submission.refresh_from_db()
    assert (submission.decision, submission.decided_by) == ("sent_back", checker)


def test_what_another_checker_holds_is_not_decided(checking, council, edit):
    submission = edit(customers=DEAR)
    where = address("decide_submission_changes", submission)
    said = fields(checking.get(where)) | {"all": "yes"}
    second = make_staff("second@checker.example", "Second Checker", council, "checker")
    queue_actions.take(submission=submission, by=second)
    assert "Second Checker is on this. Nothing was changed." in text(checking.post(where, said, follow=True))
    page = text(checking.get(address("check_submission", submission)))
    assert "Take it over before you decide." in page
    assert "Accept all" not in page


def test_a_service_added_later_waits_whole(checking, checker, provider_user, listed, family):
    from providers.joining.actions import send_draft, start_draft

    draft = start_draft(by=provider_user, provider=listed)
    mark = add(draft, provider_user)
    submission = send_draft(draft=draft, by=provider_user)
    change = FieldChange.objects.get()
    assert (change.fact, change.service.name, change.service.approved_at) == ("new", "Gardens", None)
    assert "Gardens" not in family.get(f"/providers/{listed.slug}/").text
    page = text(checking.get(address("check_submission", submission)))
    assert "A new service: Gardens" in page
    assert "up to 6 miles" in page
    send_edit(listed, provider_user, **{f"service-{mark}": {"name": "Gardens and pots"}})
    assert [each.outcome for each in FieldChange.objects.order_by("made_at")] == ["withdrawn", ""]
    decide(submission, checker, no=["new"])
    send_edit(listed, provider_user, customers=DEAR)
    assert FieldChange.objects.waiting().get().fact == "price"
    again = send_edit(listed, provider_user, **{f"service-{mark}": {"name": "Pots"}})
    decide(again, checker, yes=["new"])
    assert "Pots" in family.get(f"/providers/{listed.slug}/").text
    assert Listing.objects.count() == 2


def test_rule_16_every_text_can_be_purged_wherever_it_stands(checking, checker, edit, listed):
    secret = "I am frightened for the lady at number 4."
    submission = edit(service={"description": secret}, customers=DEAR | {"price_note": secret})
    where = address("safeguarding", submission)
    page = BeautifulSoup(checking.get(where).content, "html.parser")
    boxes = {box["value"] for box in page.find_all("input", {"type": "checkbox"})}
    pending = [box for box in boxes if "/will_be/" in box]
    assert len(pending) == 2
    service = Service.every.get()
    checking.post(where, {"texts": [*pending, f"service/{service.pk}/description/"]})
    service.refresh_from_db()
    assert service.description == ""
    assert Version.objects.first().content["services"][0]["description"] == ""
    assert FieldChange.objects.waiting().get().fact == "price"
    assert secret not in text(checking.get(where))
    line = AuditEvent.objects.get(verb="submission.answer_purged")
    assert line.fields == ["description", "price_note"]


def test_rule_16_reasons_and_a_new_services_words_go_too(checking, checker, provider_user, listed):
    from providers.joining.actions import send_draft, start_draft

    draft = start_draft(by=provider_user, provider=listed)
    add(draft, provider_user)
    submission = send_draft(draft=draft, by=provider_user)
    change = FieldChange.objects.get()
    where = address("safeguarding", submission)
    checking.post(where, {"texts": [f"fieldchange/{change.pk}/will_be/description"]})
    change.refresh_from_db()
    assert (change.will_be["description"], change.outcome) == ("", "")
    decide(submission, checker, no=["new"], why="The lady at number 4.")
    checking.post(where, {"texts": [f"fieldchange/{change.pk}/reason/"]})
    change.refresh_from_db()
    assert change.reason == "Taken out."


def test_the_last_change_that_waits_goes_with_its_words_and_so_does_the_sending(checking, edit):
    submission = edit(service={"description": "The lady at number 4."})
    change = FieldChange.objects.get()
    answer = checking.post(
        address("safeguarding", submission), {"texts": [f"fieldchange/{change.pk}/will_be/description"]}
    )
    assert answer["Location"] == reverse("checks")
    assert not Submission.objects.waiting().exists()


def test_a_former_council_reads_old_sendings_no_more(checking, checker, listed, other_council, provider_user):
    first = Submission.objects.get()
    moved = send_edit(listed, provider_user, where={"base_postcode": "BA2 7PY", "town": "Bathampton"})
    assert moved.council == other_council
    assert checking.get(address("check_submission", first)).status_code == 200
    decide(moved, make_staff("c@other.example", "Oz", other_council, "checker"), yes="all")
    listed.refresh_from_db()
    assert listed.home_council == other_council
    listed.council_listings.filter(council=first.council).update(ended_at=timezone.now())
    assert checking.get(address("check_submission", first)).status_code == 404
    assert listed.name not in text(checking.get(reverse("checks"), {"state": "published"}))


def test_what_was_never_shown_is_not_taken_down(checking, provider):
    submission = Submission.objects.get()
    assert checking.get(address("suspend_provider", submission)).status_code == 404
    assert checking.post(address("suspend_provider", submission), {"reason": "x"}).status_code == 404
    assert not Provider.every.exclude(suspended_at=None).exists()


def test_the_page_asks_as_much_of_the_database_for_many_changes(checking, edit, django_assert_max_num_queries):
    submission = edit(customers=DEAR, where={"miles": 20}, service={"categories": ["cooking"]})
    checking.get(address("check_submission", submission))
    with django_assert_max_num_queries(120) as few:
        checking.get(address("check_submission", submission))
    edit(
        customers=DEAR | {"languages": ["Welsh"], "price_note": "More at night", "payers": ["private"]},
        service={"categories": ["cooking"], "name": "Dinner", "description": "Dinner.", "delivery": ["remote"]},
        you={"name": "Rosie", "phone": "07700 900 999", "email": "a@b.example", "prefers_calls": False},
    )
    with django_assert_max_num_queries(len(few)):
        checking.get(address("check_submission", submission))
