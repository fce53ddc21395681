"""Two people on one registration, and pages that were open for too long: nothing is lost."""

import pytest
from django.urls import reverse
from django.utils import timezone

from providers.joining.actions import SavedMeanwhileError, save_step, send_draft, start_draft, take_off_service
from providers.joining.meanwhile import read_moment
from providers.models import Draft, DraftStep, ProviderMembership
from tests.cast import sign_in
from tests.factories.registrations import answers
from tests.providers.joining.test_services import two_services
from tests.providers.joining.typed import typed

pytestmark = pytest.mark.usefixtures("postcodes", "council")
SLUG = "rosies-home-help"


def address(name, *parts):
    return reverse(f"my_{name}", args=[SLUG, *parts])


@pytest.fixture
def owner(client, provider, provider_user):
    return sign_in(client, provider_user)


@pytest.fixture
def editor(client, provider, other_provider_user):
    ProviderMembership.objects.create(user=other_provider_user, provider=provider, role="editor")
    return sign_in(type(client)(), other_provider_user)


def opened(client, step="you"):
    return client.get(address("step", step)).context["read_at"]


def test_the_second_of_two_editors_sees_both_versions_and_wins_by_pressing_again(owner, editor):
    read_at = opened(owner)
    editor.post(address("step", "you"), typed("you", name="Rosie's Kitchen") | {"read_at": opened(editor)})
    mine = typed("you", name="Rosie's Table", phone="07700 900 456")
    page = owner.post(address("step", "you"), mine | {"read_at": read_at})
    assert page.status_code == 409
    told = {str(row.question): (row.theirs, row.yours) for row in page.context["differences"]}
    assert told["What name do you trade under?"] == ("Rosie's Kitchen", "Rosie's Table")
    assert told["Phone number for families"] == ("07700 900 123", "07700 900 456")
    assert "Email address for families" not in told
    assert 'value="Rosie&#x27;s Table"' in page.text
    assert DraftStep.objects.get().answers["name"] == "Rosie's Kitchen"
    again = owner.post(address("step", "you"), mine | {"read_at": page.context["read_at"]})
    assert again.status_code == 302
    assert DraftStep.objects.get().answers["name"] == "Rosie's Table"


def test_ones_own_earlier_saving_is_nobody_elses(owner):
    read_at = opened(owner)
    for name in ("Rosie's Kitchen", "Rosie's Table"):
        answer = owner.post(address("step", "you"), typed("you", name=name) | {"read_at": read_at})
        assert answer.status_code == 302
    assert DraftStep.objects.get().answers["name"] == "Rosie's Table"


def test_the_same_words_twice_are_no_difference(owner, editor):
    read_at = opened(owner)
    for client in (editor, owner):
        assert client.post(address("step", "you"), typed("you") | {"read_at": read_at}).status_code == 302


def test_what_somebody_else_sent_meanwhile_is_told_too(owner, provider, other_provider_user):
    ProviderMembership.objects.create(user=other_provider_user, provider=provider, role="editor")
    read_at = timezone.now()
    draft = start_draft(by=other_provider_user, provider=provider)
    send_draft(draft=draft, by=other_provider_user)  # Nothing new: no sending.
    facts = answers()["you"]
    save_step(draft=draft, step="you", facts=facts | {"name": "Mine"}, by=other_provider_user)
    send_draft(draft=draft, by=other_provider_user)
    provider.submissions.update(sent_at=timezone.now(), sent_by=other_provider_user)
    with pytest.raises(SavedMeanwhileError):
        save_step(
            draft=draft,
            step="you",
            facts=facts | {"name": "Ours"},
            by=provider.memberships.first().user,
            read_at=read_at,
        )


def test_an_error_on_the_page_keeps_the_moment_it_was_opened(owner, editor):
    read_at = opened(owner)
    editor.post(address("step", "you"), typed("you", name="Rosie's Kitchen"))
    page = owner.post(address("step", "you"), typed("you", phone="1") | {"read_at": read_at})
    assert page.context["read_at"] == read_at
    assert f'value="{read_at}"' in page.text


@pytest.mark.parametrize("nonsense", ["", "yesterday", "2026-01-01T00:00:00", "9" * 40, "\x00"])
def test_a_moment_that_makes_no_sense_is_none(nonsense):
    assert read_moment(nonsense) is None


def test_a_page_of_a_question_that_is_not_asked_any_more_gives_back_what_was_typed(client, provider_user):
    carer = sign_in(client, provider_user)
    step = reverse("join_step", args=["personal-care"])
    page = carer.post(step, {"regulatory_basis": "registered", "registration_number": "1-1234567890"})
    assert page.status_code == 404
    assert "You do not need to answer this" in page.text
    assert "1-1234567890" in page.text
    assert not Draft.objects.exists()


def test_a_page_of_a_service_that_was_taken_off_gives_back_what_was_typed(client, provider_user):
    provider, mark = two_services(provider_user)
    carer = sign_in(client, provider_user)
    draft = start_draft(by=provider_user, provider=provider)
    take_off_service(draft=draft, mark=mark, by=provider_user, now=timezone.now())
    page = carer.post(address("step", f"service-{mark}"), typed("service", description="I dig and plant."))
    assert page.status_code == 404
    assert "I dig and plant." in page.text
    assert not draft.steps.exists()
