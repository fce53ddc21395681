import datetime
import errno
import pathlib

import pytest
from bs4 import BeautifulSoup
from django.core.files.storage import FileSystemStorage, default_storage
from django.urls import reverse
from django.utils import timezone

from providers.credentials.actions import set_policy
from providers.credentials.evidence import cleaned
from providers.credentials.policy import renewal_months
from providers.credentials.rules import last_day
from providers.credentials.wording import day
from providers.models import Credential, Draft, DraftStep, Evidence, Provider, Service, Submission
from registry.models import AuditEvent, OutgoingMail
from tests.cast import sign_in
from tests.providers.credentials.files import pdf, picture, upload
from tests.providers.joining.typed import SIMPLE_STEPS, typed
from tests.reading import words_of_page

pytestmark = pytest.mark.usefixtures("postcodes", "council")


@pytest.fixture
def carer(client, provider_user):
    return sign_in(client, provider_user)


def step(name):
    return reverse("join_step", args=[name])


def walk_through(client, **changes):
    for name in SIMPLE_STEPS:
        certificate = {"certificate": upload(pdf(), "insurance.pdf")} if name == "insurance" else {}
        answer = client.post(step(name), typed(name, **changes.get(name, {})) | certificate)
        assert answer.status_code == 302, answer.context["form"].errors
    return answer


def test_the_start_page_is_for_everyone_and_says_what_is_private(client):
    page = client.get(reverse("join"))
    assert page.status_code == 200
    assert "What stays private" in page.text
    assert reverse("join_steps") in page.text


def test_signing_in_comes_back_to_the_task_list(client):
    answer = client.get(reverse("join_steps"))
    assert answer.status_code == 302
    assert answer["Location"] == f"{reverse('account_login')}?next={reverse('join_steps')}"


def test_a_sole_trader_walks_from_the_first_step_to_the_confirmation(carer, provider_user, council):
    last = walk_through(carer)
    assert last["Location"] == reverse("join_check")
    page = carer.get(reverse("join_check"))
    for words in ["Rosie&#x27;s Home Help", "£18.50", "£5 million", "insurance.pdf", "Larkhall, Bath", council.name]:
        assert words in page.text
    sent = carer.post(reverse("join_check"), follow=True)
    assert "We have it" in sent.text
    provider = Provider.every.get()
    assert (provider.slug, provider.home_council, provider.listed_at) == ("rosies-home-help", council, None)
    assert provider.memberships.get().user == provider_user
    service = Service.every.get()
    assert (service.price_pence, service.languages) == (1850, ["English", "Polish"])
    assert {category.pk for category in service.categories.all()} == {"cooking", "companionship"}
    assert service.regulatory_basis == "not_personal_care"
    assert service.availability.days == ["tue"]
    assert service.coverage.get().metres == 9656
    assert {credential.kind for credential in Credential.every.all()} == {"public_liability", "first_aid"}
    assert Evidence.objects.get().credential.amount_pence == 500_000_000
    assert Submission.objects.get().council == council
    assert "We have what you sent" in OutgoingMail.objects.get().body
    assert AuditEvent.objects.get(verb="provider.sent").fields == sorted(SIMPLE_STEPS)


def test_each_step_leads_to_the_next_one_that_is_not_done(carer):
    assert carer.post(step("size"), typed("size"))["Location"] == step("service")
    assert carer.post(step("training"), {"has": "not_yet"})["Location"] == step("you")


def test_the_task_list_counts_what_is_done(carer):
    assert "0 of 8 done" in carer.get(reverse("join_steps")).text
    carer.post(step("you"), typed("you"))
    assert "1 of 8 done" in carer.get(reverse("join_steps")).text


def test_what_was_saved_is_there_again_on_any_device(carer, provider_user):
    for name in SIMPLE_STEPS:
        carer.post(step(name), typed(name))
    other_device = sign_in(type(carer)(), provider_user)
    assert 'value="18.50"' in other_device.get(step("customers")).text
    assert 'value="English, Polish"' in other_device.get(step("customers")).text
    assert 'value="BA1 1LZ"' in other_device.get(step("where")).text
    assert 'value="Markel"' in other_device.get(step("insurance")).text
    assert 'name="categories" value="cooking" id="id_categories_' in other_device.get(step("service")).text


def test_looking_changes_nothing(carer):
    for address in [reverse("join"), reverse("join_steps"), reverse("join_check"), *map(step, SIMPLE_STEPS)]:
        assert carer.get(address).status_code == 200
    assert not Draft.objects.exists()
    assert not AuditEvent.objects.exists()


ERRORS = [
    ("you", {"name": ""}, "name", "Type the name you trade under"),
    ("you", {"phone": "12"}, "phone", "Type a full phone number"),
    ("you", {"email": "rosie"}, "email", "Type an email address like"),
    ("size", {"people": "0"}, "people", "Count yourself"),
    ("size", {"employs_anyone": ""}, "employs_anyone", "Say if you employ anyone"),
    ("size", {"employs_anyone": "perhaps"}, "employs_anyone", "perhaps"),
    ("service", {"categories": []}, "categories", "Tick at least one thing"),
    ("customers", {"price_pence": "a lot"}, "price_pence", "must be an amount of money"),
    ("insurance", {"amount_pence": "a lot"}, "amount_pence", "like 5,000,000 or 5 million"),
    ("you", {"name": "R" * 121}, "name", "there is room for 120 letters, and you have used 121"),
    ("where", {"base_postcode": "BT1 1AA"}, "base_postcode", "Northern Ireland"),
    ("where", {"base_postcode": "BA1"}, "base_postcode", "Type the whole postcode"),
    ("where", {"miles": ""}, "miles", "Say how many miles you travel"),
    ("when", {"space": "away"}, "away_until", "Type the date you are back"),
    (
        "when",
        {"space": "away", "away_until_day": "1", "away_until_month": "1", "away_until_year": "2020"},
        "away_until",
        "must be after today",
    ),
    ("when", {"space": "away", "away_until_day": "31"}, "away_until", "must include a month"),
    ("insurance", {"issuer": ""}, "issuer", "Type the name of the insurer"),
    ("insurance", {"ends_on_year": "2001"}, "ends_on", "must be after the start"),
    ("insurance", {"starts_on_year": "2001", "ends_on_year": "2002"}, "ends_on", "This insurance has ended"),
    ("training", {"kind": ""}, "kind", "Choose what the training was in"),
    ("training", {"starts_on_year": "2999"}, "starts_on", "must be today or before"),
    (
        "training",
        {"ends_on_day": "1", "ends_on_month": "1", "ends_on_year": "2001"},
        "ends_on",
        "must be after the training",
    ),
    (
        "training",
        {"starts_on_year": "2001", "ends_on_day": "1", "ends_on_month": "1", "ends_on_year": "2003"},
        "ends_on",
        "This certificate has ended",
    ),
]


@pytest.mark.parametrize(("name", "wrong", "field", "words"), ERRORS)
def test_an_error_names_its_field_and_keeps_what_was_typed(carer, name, wrong, field, words):
    page = carer.post(step(name), typed(name) | wrong)
    assert page.status_code == 200
    assert words in " ".join(page.context["form"].errors[field])
    assert f'href="#id_{field}' in page.text
    kept = {"you": "rosie", "service": "Lunch and company", "where": "Larkhall", "insurance": "MK-123"}
    assert kept.get(name, "") in page.text
    assert not DraftStep.objects.exists()


@pytest.mark.parametrize("name", SIMPLE_STEPS)
def test_each_link_of_the_error_summary_leads_to_a_control(carer, name):
    page = BeautifulSoup(carer.post(step(name), {}).text, "html.parser")
    links = page.select(".govuk-error-summary a")
    assert links
    for link in links:
        assert page.find(id=link["href"].removeprefix("#")).name in {"input", "textarea", "select"}


def test_only_the_owner_of_a_draft_sees_it(carer, other_provider_user):
    carer.post(step("insurance"), typed("insurance") | {"certificate": upload(pdf())})
    kept = Draft.objects.get().files.get()
    stranger = sign_in(type(carer)(), other_provider_user)
    assert stranger.get(reverse("join_file", args=[kept.pk])).status_code == 404
    assert stranger.post(reverse("join_remove_file", args=[kept.pk])).status_code == 404
    assert "MK-123" not in stranger.get(step("insurance")).text


def test_an_unknown_step_is_not_found(carer):
    assert carer.get(step("nonsense")).status_code == 404
    assert carer.get(step("personal-care")).status_code == 404


def test_a_certificate_is_kept_when_something_else_is_wrong(carer):
    page = carer.post(step("insurance"), typed("insurance") | {"issuer": "", "certificate": upload(pdf(), "mine.pdf")})
    kept = Draft.objects.get().files.get()
    assert "mine.pdf" in page.text
    assert reverse("join_file", args=[kept.pk]) in page.text
    assert "mine.pdf" in carer.get(step("insurance")).text


def test_a_certificate_comes_back_as_a_download(carer):
    content = pdf()
    carer.post(step("insurance"), typed("insurance") | {"certificate": upload(content, "mine.pdf", "text/html")})
    answer = carer.get(reverse("join_file", args=[Draft.objects.get().files.get().pk]))
    assert b"".join(answer.streaming_content) == cleaned(upload(content)).content.read()
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="mine.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_certificate_that_storage_lost_is_not_found(carer):
    carer.post(step("insurance"), typed("insurance") | {"certificate": upload(pdf(), "mine.pdf")})
    kept = Draft.objects.get().files.get()
    kept.file.storage.delete(kept.file.name)
    assert carer.get(f"/join/files/{kept.pk}/").status_code == 404


def test_what_is_no_certificate_is_refused_in_plain_words(carer):
    page = carer.post(step("insurance"), typed("insurance") | {"certificate": upload(b"<script>", "mine.pdf")})
    assert "must be a PDF, or a photo" in page.text
    assert 'href="#id_certificate"' in page.text
    assert not Draft.objects.exists()


def names(step="insurance"):
    return list(Draft.objects.get().files.filter(step=step).order_by("page").values_list("shown_name", flat=True))


def test_several_pages_are_kept_in_their_order_and_more_are_added_behind_them(carer):
    two = [upload(picture(), "one.heic"), upload(pdf(), "two.pdf")]
    carer.post(step("insurance"), typed("insurance") | {"certificate": two})
    carer.post(step("insurance"), typed("insurance") | {"certificate": upload(pdf(2), "three.pdf")})
    assert names() == ["one.jpg", "two.pdf", "three.pdf"]
    page = carer.get(step("insurance"))
    assert "these 3 pages of your certificate" in page.text
    assert page.text.index("one.jpg") < page.text.index("two.pdf") < page.text.index("three.pdf")


def test_a_page_can_be_moved_up_and_taken_out(carer):
    three = [upload(pdf(), f"{number}.pdf") for number in "123"]
    carer.post(step("insurance"), typed("insurance") | {"certificate": three})
    first, second, third = Draft.objects.get().files.order_by("page")
    answer = carer.post(reverse("join_move_file_up", args=[third.pk]))
    assert answer["Location"] == step("insurance")
    assert names() == ["1.pdf", "3.pdf", "2.pdf"]
    carer.post(reverse("join_move_file_up", args=[first.pk]))
    assert names() == ["1.pdf", "3.pdf", "2.pdf"]
    carer.post(reverse("join_remove_file", args=[first.pk]))
    carer.post(reverse("join_move_file_up", args=[second.pk]))
    assert names() == ["2.pdf", "3.pdf"]


def test_each_refused_page_is_named_and_the_good_ones_are_kept(carer):
    pages = [upload(pdf(), "good.pdf"), upload(b"<script>", "bad.pdf"), upload(b"PK\x03\x04", "worse.pdf")]
    page = carer.post(step("insurance"), typed("insurance") | {"certificate": pages})
    assert "“bad.pdf”: The file must be a PDF" in page.text
    assert "“worse.pdf”: This is a Word or ZIP file" in page.text
    assert 'value="Markel"' in page.text
    assert names() == ["good.pdf"]
    assert "We have this page of your certificate" in page.text


def test_there_is_room_for_ten_pages(carer):
    for chosen in (8, 3):
        pages = [upload(pdf(), f"{number}.pdf") for number in range(chosen)]
        page = carer.post(step("insurance"), typed("insurance") | {"certificate": pages})
    assert "room for 10 pages, and they are all taken" in page.text
    assert len(names()) == 10


def test_a_full_disk_loses_nothing_and_is_said_in_plain_words(carer, monkeypatch):
    """The disk takes the first half of the file, and then no more."""

    def fills_up(self, name, content):
        path = pathlib.Path(self.path(name))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.read(10))
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(FileSystemStorage, "_save", fills_up)
    page = carer.post(step("insurance"), typed("insurance") | {"certificate": upload(pdf(), "mine.pdf")})
    assert page.status_code == 200
    assert "We could not store your file just now" in page.text
    assert 'value="Markel"' in page.text
    assert not Draft.objects.get().files.exists()
    assert not [path for path in pathlib.Path(default_storage.location).rglob("*") if path.is_file()]
    monkeypatch.undo()
    again = carer.post(step("insurance"), typed("insurance") | {"certificate": upload(pdf(), "mine.pdf")})
    assert again.status_code == 302
    assert names() == ["mine.pdf"]


def test_a_certificate_can_be_taken_away(carer, django_capture_on_commit_callbacks):
    carer.post(step("insurance"), typed("insurance") | {"certificate": upload(pdf())})
    kept = Draft.objects.get().files.get()
    with django_capture_on_commit_callbacks(execute=True):
        answer = carer.post(reverse("join_remove_file", args=[kept.pk]))
    assert answer["Location"] == step("insurance")
    assert not kept.file.storage.exists(kept.file.name)
    assert carer.get(reverse("join_file", args=[kept.pk])).status_code == 404
    assert carer.get(reverse("join_remove_file", args=[kept.pk])).status_code == 405


def test_nothing_half_typed_is_claimed_when_it_is_not_there_yet(carer):
    answer = carer.post(step("insurance"), typed("insurance") | {"has": "not_yet", "certificate": upload(pdf())})
    assert answer.status_code == 302
    assert DraftStep.objects.get().answers["issuer"] is None
    assert not Draft.objects.get().files.exists()


def test_sending_twice_makes_one_submission(carer):
    walk_through(carer)
    first, second = carer.post(reverse("join_check")), carer.post(reverse("join_check"))
    assert first["Location"] == second["Location"] == reverse("my_sent", args=["rosies-home-help"])
    assert Submission.objects.count() == Provider.every.count() == OutgoingMail.objects.count() == 1


def test_a_page_from_before_sending_saves_into_what_was_sent(carer, provider):
    """The back button, after sending."""
    answer = carer.post(step("you"), typed("you", name="Rosie's Kitchen"))
    assert answer["Location"] == reverse("join_check")
    assert Provider.every.get().name == "Rosie's Home Help"
    carer.post(reverse("join_check"))
    assert Provider.every.get().name == "Rosie's Kitchen"
    assert Submission.objects.count() == 1


def test_what_is_not_finished_is_not_sent(carer):
    carer.post(step("you"), typed("you"))
    assert "Some things are still to do" in carer.get(reverse("join_check")).text
    page = carer.post(reverse("join_check"), follow=True)
    assert "It is not sent yet" in page.text
    assert not Submission.objects.exists()


def test_a_council_that_is_not_on_is_said_at_once_and_answers_are_kept(carer):
    for name in SIMPLE_STEPS:
        answer = carer.post(step(name), typed(name) | ({"base_postcode": "BA14 8JN"} if name == "where" else {}))
        if name == "where":
            assert answer["Location"] == reverse("join_steps")
    page = carer.get(reverse("join_check"))
    assert "Wiltshire Council does not use Nearhand yet" in page.text
    assert carer.post(reverse("join_check"))["Location"] == reverse("join_steps")
    assert DraftStep.objects.count() == len(SIMPLE_STEPS)
    assert not Submission.objects.exists()


def test_a_business_larger_than_the_council_lists_is_told(carer, council):
    carer.post(step("where"), typed("where"))
    carer.post(step("size"), {"people": str(council.size_limit + 1), "employs_anyone": "no"})
    assert "lists businesses of up to 9 people" in carer.get(reverse("join_steps")).text


def test_a_co_op_is_asked_about_its_members_and_employees_insurance(carer):
    carer.post(step("you"), typed("you", legal_form="co_operative"))
    carer.post(step("size"), {"people": "4", "employs_anyone": "yes", "run_by_members": "yes"})
    assert "have employers&#x27; liability insurance?" in carer.get(step("employers-insurance")).text
    assert "There are 4 of you." in carer.get(step("training")).text
    page = carer.post(step("training"), typed("training", held_by="5"))
    assert "You said that 4 people do the work" in page.text
    assert "Is the business owned and run by its members?" in carer.get(reverse("join_check")).text


def test_personal_care_is_asked_about_only_where_it_is_given(carer):
    carer.post(step("where"), typed("where"))
    answer = carer.post(step("service"), typed("service", categories=["washing-and-dressing"]))
    assert answer["Location"] == step("customers")
    page = carer.get(step("personal-care"))
    assert "Care Quality Commission (CQC)" in page.text
    assert "I introduce carers to people" in page.text
    page = carer.post(step("personal-care"), {"regulatory_basis": "registered"})
    assert page.context["form"].errors["registration_number"]
    carer.post(step("size"), {"people": "3", "employs_anyone": "no"})
    assert "the council must write down a reason" in carer.get(step("personal-care")).text
    carer.post(step("personal-care"), {"regulatory_basis": "not_sure"})
    assert "The council must write down a reason" in carer.get(reverse("join_check")).text


@pytest.mark.parametrize(
    ("typed_number", "says"),
    [("12345", "A CQC number is 1, a dash and 8 to 11 numbers"), ("1-2624556588", None), ("1 – 2624556588", None)],
)
def test_the_regulators_number_is_mended_or_the_page_says_what_it_looks_like(carer, typed_number, says):
    carer.post(step("where"), typed("where"))
    carer.post(step("service"), typed("service", categories=["washing-and-dressing"]))
    given = {"regulatory_basis": "registered", "registration_number": typed_number}
    answer = carer.post(step("personal-care"), given)
    if says:
        assert says in answer.text
    else:
        assert DraftStep.objects.get(step="personal-care").answers["registration_number"] == "1-2624556588"


def test_rule_02_childcare_in_england_is_registered_with_ofsted_or_exempt_or_not_sure(carer):
    carer.post(step("where"), typed("where"))
    carer.post(step("size"), {"people": "3", "employs_anyone": "no"})
    carer.post(step("service"), typed("service", categories=["children-sitters"]))
    page = carer.get(step("personal-care"))
    assert "Are you registered with Ofsted?" in page.text
    assert "CQC" not in " ".join(words_of_page(page.content))
    assert "must write down a reason" not in page.text
    choices = dict(page.context["form"].fields["regulatory_basis"].choices)
    assert list(choices) == ["registered", "exempt", "will_register", "not_sure"]
    wrong = carer.post(step("personal-care"), {"regulatory_basis": "registered", "registration_number": "12"})
    assert "An Ofsted number (URN) has 6 or 7 numbers" in wrong.text
    assert carer.post(step("personal-care"), {"regulatory_basis": "exempt"}).status_code == 302


def test_personal_care_without_a_place_shows_what_is_true_everywhere(carer):
    carer.post(step("service"), typed("service", categories=["washing-and-dressing"]))
    page = carer.get(step("personal-care"))
    assert "Tell us where you are first" in page.text
    assert "CQC" not in " ".join(words_of_page(page.content))
    assert [str(basis) for basis, _ in page.context["form"].fields["regulatory_basis"].choices] == [
        "registered",
        "will_register",
        "not_sure",
    ]


def test_all_ways_of_reaching_people_can_be_mixed(carer, other_council):
    for name in SIMPLE_STEPS:
        carer.post(step(name), typed(name))
    carer.post(step("service"), typed("service", delivery=["at_home", "at_ours"]))
    ways = {"areas": ["council:E06000054"], "place": "Town Hall", "place_postcode": "BA2 7PY"}
    carer.post(step("where"), typed("where") | ways)
    assert "Anywhere in Wiltshire" in carer.get(reverse("join_check")).text
    carer.post(reverse("join_check"))
    rows = {row.reach: row for row in Service.every.get().coverage.all()}
    assert set(rows) == {"distance", "area", "come_to_us"}
    assert rows["area"].council == other_council
    assert (rows["come_to_us"].easting, rows["come_to_us"].postcode) == (377242, "BA2 7PY")


def test_where_people_come_is_asked_only_of_those_whom_people_come_to(carer):
    carer.post(step("service"), typed("service"))
    assert "If people come to you" not in carer.get(step("where")).text
    carer.post(step("where"), typed("where"))
    carer.post(step("service"), typed("service", delivery=["at_ours"]))
    assert "Where you go" in carer.get(reverse("join_check")).text
    page = carer.post(step("where"), typed("where"))
    assert page.context["form"].errors["place"] == [
        "Type what the place is called, so that families know where to come"
    ]
    carer.post(step("where"), typed("where", miles="", place="Town Hall"))
    assert "Town Hall" in carer.get(reverse("join_check")).text


def test_a_second_business_begins_with_a_press_and_leaves_the_first_alone(carer, provider):
    assert "You already have a listing" in carer.get(reverse("join")).text
    assert carer.post(reverse("join_another"))["Location"] == reverse("join_steps")
    assert "0 of 8 done" in carer.get(reverse("join_steps")).text
    carer.post(reverse("join_another"))
    assert Draft.objects.filter(provider__isnull=True).count() == 1


def test_a_price_that_no_table_could_hold_is_refused(carer):
    page = carer.post("/join/steps/customers/", typed("customers", price_pence="30000000"))
    assert "Price must be £100000 or less" in page.content.decode()


def test_check_your_answers_leaves_out_what_does_not_apply(carer):
    for name in SIMPLE_STEPS:
        carer.post(step(name), typed(name))
    carer.post(step("service"), typed("service", categories=["washing-and-dressing"]))
    carer.post(step("personal-care"), {"regulatory_basis": "not_sure"})
    page = carer.get(reverse("join_check")).text
    for question in ["when are you back?", "registration number?", "postcode of that place?"]:
        assert question not in page
    carer.post(step("when"), typed("when", space="away", away_until_day=1, away_until_month=3, away_until_year=2099))
    assert "when are you back?" in carer.get(reverse("join_check")).text


def test_a_last_day_that_is_worked_out_is_said(carer, council, administrator):
    for name in SIMPLE_STEPS:
        carer.post(step(name), typed(name))
    done = timezone.localdate() - datetime.timedelta(days=90)
    last = day(last_day(done, renewal_months(council.pk, "first_aid")))
    for address in (reverse("join_check"), step("training")):
        assert f"{council.full_name} asks for new training after a time, so we use {last}" in carer.get(address).text
    set_policy(council=council, by=administrator, kind="first_aid", of_all=False, renewal_months=None)
    assert "None on the certificate, and it needs none" in carer.get(reverse("join_check")).text


@pytest.mark.parametrize(("people", "hours", "words"), [(1, 169, "one person"), (3, 505, "For 3 people, type 504")])
def test_nobody_has_more_hours_free_than_a_week_has(carer, people, hours, words):
    carer.post(step("size"), typed("size", people=people))
    page = carer.post(step("when"), typed("when", hours_free=hours))
    assert words in " ".join(page.context["form"].errors["hours_free"])


def test_too_many_hours_show_once_it_is_said_how_many_people_there_are(carer):
    carer.post(step("when"), typed("when", hours_free="200"))
    assert carer.post(step("when"), typed("when", hours_free="1513")).status_code == 200
    assert "1 of 8 done" in carer.get(reverse("join_steps")).text
    carer.post(step("size"), typed("size"))
    assert "1 of 8 done" in carer.get(reverse("join_steps")).text
