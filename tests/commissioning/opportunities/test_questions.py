import uuid

import pytest
from django.test import Client
from django.urls import reverse

from commissioning.models import OpportunityQuestion
from commissioning.opportunities import actions
from commissioning.opportunities.actions import OverError
from registry.access.opened import stamp
from registry.models import AuditEvent, OutgoingMail
from tests.cast import sign_in
from tests.commissioning.opportunities.makers import close, write

pytestmark = pytest.mark.django_db


def asked(by, provider, opportunity, text="Whose kitchen is it?"):
    return actions.ask(by=by, provider=provider, opportunity=opportunity, text=text, press=uuid.uuid4())


def test_question_and_answer_are_for_all_and_nobody_reads_who_asked(
    opportunity, listed_provider, provider_user, other_provider, other_provider_user, commissioner, family
):
    write(other_provider_user, opportunity, other_provider)
    reference = opportunity.requirement.reference
    asker, council = sign_in(Client(), provider_user), sign_in(Client(), commissioner)
    address = reverse("ask_about_opportunity", args=[reference])
    page = asker.get(address)
    typed = {"provider": str(listed_provider.pk), "text": "We at Rosie’s ask: whose kitchen?", "opened": stamp(1e9)}
    assert "Write your question" in asker.post(address, {**typed, "text": ""}).content.decode()
    typed["opened"] = page.context["form"].stamp
    for _press in range(2):
        assert "without your name" in asker.post(address, typed, follow=True).content.decode()
    question = OpportunityQuestion.objects.get()
    assert "whose kitchen" not in family.get(reverse("opportunity", args=[reference])).content.decode()
    told = OutgoingMail.objects.get(to=commissioner.email)
    assert "whose kitchen" not in told.body
    theirs = reverse("answer_opportunity_question", args=[reference, question.pk])
    shown = council.get(theirs).content.decode()
    assert "Home Help" not in shown
    assert provider_user.email not in shown
    words = {"shown": "Whose kitchen?", "words": "Your own, or ours."}
    assert "Write the answer" in council.post(theirs, {**words, "words": ""}).content.decode()
    council.post(theirs, words)
    public = family.get(reverse("opportunity", args=[reference])).content.decode()
    assert "Whose kitchen?" in public
    assert "Your own, or ours." in public
    assert "Rosie" not in public
    mails = OutgoingMail.objects.filter(subject__startswith="A question is answered")
    assert {mail.to for mail in mails} == {provider_user.email, other_provider_user.email}
    assert not any("Rosie" in mail.body.replace("for Rosie's Home Help", "") for mail in mails)
    line = AuditEvent.objects.get(verb="opportunity.asked")
    assert (line.council_code, line.provider_id) == ("", listed_provider.pk)


def test_an_answer_can_be_put_right_and_is_mailed_once(opportunity, listed_provider, provider_user, commissioner):
    question = asked(provider_user, listed_provider, opportunity)
    for words in ("Ours.", "Ours.", "Yours."):
        actions.answer(by=commissioner, question=question, shown="Whose?", words=words)
    assert OutgoingMail.objects.filter(subject__startswith="A question is answered").count() == 1
    assert AuditEvent.objects.filter(verb="opportunity.answered").count() == 2
    question.refresh_from_db()
    assert question.answer == "Yours."


def test_after_the_last_moment_no_question_goes_in(opportunity, listed_provider, provider_user):
    close(opportunity)
    with pytest.raises(OverError):
        asked(provider_user, listed_provider, opportunity)
    asker = sign_in(Client(), provider_user)
    address = reverse("ask_about_opportunity", args=[opportunity.requirement.reference])
    typed = {"provider": str(listed_provider.pk), "text": "Late?", "opened": asker.get(address).context["form"].stamp}
    assert "The time for questions is over" in asker.post(address, typed, follow=True).content.decode()
    assert not OpportunityQuestion.objects.exists()


def test_a_press_of_somebody_else_asks_nothing_more(
    opportunity, listed_provider, provider_user, other_provider, other_provider_user
):
    first = asked(provider_user, listed_provider, opportunity)
    again = actions.ask(
        by=other_provider_user, provider=other_provider, opportunity=opportunity, text="x", press=first.press
    )
    assert again == first
    assert OpportunityQuestion.objects.count() == 1


def test_a_question_about_something_else_is_not_found(opportunity, commissioner):
    council = sign_in(Client(), commissioner)
    theirs = reverse("answer_opportunity_question", args=[opportunity.requirement.reference, uuid.uuid4()])
    assert council.get(theirs).status_code == 404
