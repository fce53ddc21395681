"""Changing what is on record: the same steps, at /my/<slug>/."""

import pytest
from django.urls import reverse
from django.utils import timezone

from providers.credentials.actions import attach_evidence
from providers.credentials.evidence import cleaned
from providers.credentials.wording import day
from providers.joining.answers import recorded
from providers.models import Draft, DraftStep, Evidence, Provider, ProviderMembership
from registry.models import User
from tests.cast import sign_in
from tests.factories.registrations import answers, register_provider
from tests.providers.credentials.files import pdf, upload
from tests.providers.joining.test_actions import decide
from tests.providers.joining.typed import typed

pytestmark = pytest.mark.usefixtures("postcodes", "council")
SLUG = "rosies-home-help"


def address(name, *parts):
    return reverse(f"my_{name}", args=[SLUG, *parts])


@pytest.fixture
def owner(client, provider, provider_user):
    return sign_in(client, provider_user)


def test_what_is_on_record_is_what_was_said(provider):
    said = answers()
    for step in said:
        facts = recorded(provider)[step]
        # The last day of the training was filled in from the council's renewal time.
        known = {name: value for name, value in facts.items() if name in said[step] and name != "ends_on"}
        expected = {name: said[step][name] or "" for name in known}
        assert {name: value or "" for name, value in known.items()} == expected, step


def test_personal_care_away_and_all_ways_are_on_record_too(provider_user, council):
    where = {
        "miles": None,
        "areas": [f"council:{council.pk}", "district:E06000054"],
        "place": "Town Hall",
        "place_postcode": "BA2 7PY",
    }
    when = {"space": "away", "away_until": "2099-03-01"}
    provider = register_provider(
        provider_user,
        where=where,
        when=when,
        service={"categories": ["washing-and-dressing"]},
        personal_care={"regulatory_basis": "not_sure"},
        insurance={"has": "not_yet"},
    )
    on_record = recorded(provider)
    assert on_record["where"].items() >= where.items()
    assert on_record["when"].items() >= when.items()
    assert on_record["personal-care"]["regulatory_basis"] == "not_sure"
    assert on_record["insurance"] == {"has": "not_yet"}


def test_an_imported_provider_is_asked_only_for_what_nobody_knows(council):
    provider = Provider.every.create(slug="imported", name="Imported", legal_form="unknown", home_council=council)
    assert set(recorded(provider)) == {"you", "insurance", "employers-insurance", "training"}


def test_the_steps_begin_with_what_is_on_record_and_looking_changes_nothing(owner):
    Draft.objects.all().delete()
    assert 'value="Larkhall, Bath"' in owner.get(address("step", "where")).text
    assert "Change something" in owner.get(address("steps")).text
    assert "£18.50" in owner.get(address("check")).text
    assert not Draft.objects.exists()


def test_a_change_goes_to_check_your_answers_and_waits_there(owner):
    answer = owner.post(address("step", "you"), typed("you", name="Rosie's Kitchen"))
    assert answer["Location"] == address("check")
    assert "Changed, not sent" in owner.get(address("steps")).text
    assert Provider.every.get().name == "Rosie's Home Help"
    assert owner.post(address("check"))["Location"] == address("sent")
    assert Provider.every.get().name == "Rosie's Kitchen"


def test_a_reason_is_read_on_every_step_and_answered(owner, provider, checker):
    decide(provider, checker, "sent_back", "We cannot read the certificate.")
    for page in ["steps", "check"]:
        assert "We cannot read the certificate." in owner.get(address(page)).text
    owner.post(address("step", "insurance"), typed("insurance") | {"certificate": upload(pdf(), "clear.pdf")})
    assert "clear.pdf" in owner.get(address("check")).text
    owner.post(address("check"), {"answer": "Here is a better photo."})
    assert provider.submissions.last().answer == "Here is a better photo."


def test_a_certificate_that_was_sent_is_not_asked_for_again(owner, provider):
    credential = provider.credentials.get(kind="public_liability")
    Evidence.objects.all().delete()
    assert "None yet" in owner.get(address("check")).text
    attach_evidence(credential=credential, upload=cleaned(upload(pdf())), by=None)
    assert "You do not need to send it again" in owner.get(address("step", "insurance")).text
    assert "You do not need to send it again" not in owner.get(address("step", "training")).text
    assert f"Sent on {day(timezone.localdate())}" in owner.get(address("check")).text


def test_a_new_certificate_alone_is_a_change(owner, provider):
    before = provider.credentials.get(kind="public_liability")
    owner.post(address("step", "insurance"), typed("insurance", has="") | {"certificate": upload(pdf())})
    kept = Draft.objects.get().files.get()
    assert not DraftStep.objects.exists()
    owner.post(address("check"))
    after = provider.credentials.get(kind="public_liability", replaced_at__isnull=True)
    assert after != before
    assert after.evidence.get().size == kept.size


def test_a_file_of_a_provider_is_for_those_who_may_change_it(owner, provider, colleague):
    owner.post(address("step", "insurance"), typed("insurance") | {"certificate": upload(pdf())})
    kept = Draft.objects.get().files.get()
    download = owner.get(reverse("join_file", args=[kept.pk]))
    assert b"".join(download.streaming_content).startswith(b"%PDF")
    reader = sign_in(type(owner)(), colleague)
    assert reader.get(reverse("join_file", args=[kept.pk])).status_code == 403
    assert reader.post(reverse("join_remove_file", args=[kept.pk])).status_code == 403
    assert owner.post(reverse("join_remove_file", args=[kept.pk]))["Location"] == address("step", "insurance")


@pytest.mark.parametrize("page", [("steps",), ("check",), ("step", "you")])
def test_a_reader_may_not_change_anything_and_a_stranger_sees_nothing(
    client, provider, colleague, other_provider_user, page
):
    for user, expected in [(colleague, 403), (other_provider_user, 404)]:
        signed_in = sign_in(type(client)(), user)
        assert signed_in.get(address(*page)).status_code == expected
        if page != ("steps",):
            assert signed_in.post(address(*page), typed("you")).status_code == expected


def test_an_editor_changes_it_for_the_owner(client, provider):
    editor = User.objects.create_user("editor@example.com")
    ProviderMembership.objects.create(user=editor, provider=provider, role="editor")
    answer = sign_in(client, editor).post(address("step", "you"), typed("you", name="New"))
    assert answer["Location"] == address("check")


def test_a_reader_of_another_business_begins_their_own(client, colleague):
    reader = sign_in(client, colleague)
    assert "0 of 8 done" in reader.get(reverse("join_steps")).text
