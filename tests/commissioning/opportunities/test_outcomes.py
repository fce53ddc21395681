import datetime
import uuid

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from commissioning.models import LotOutcome
from commissioning.models.lot_outcome import OutcomeKind
from commissioning.opportunities import outcome_actions
from commissioning.opportunities.actions import answer, ask, set_formal_route
from commissioning.opportunities.facts import engagement_facts
from commissioning.opportunities.forms import is_micro_team
from commissioning.opportunities.outcome_actions import Outcome, ToldError, TooEarlyError, UnfinishedError
from commissioning.summaries.engagement import engagement_blocks
from registry.models import AuditEvent, OutgoingMail
from tests.cast import sign_in
from tests.commissioning.opportunities.makers import close, lot_ids, speak_up

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2027, 3, 27)
ON_A_DAY = {"decided_on_day": "27", "decided_on_month": "3", "decided_on_year": "2027"}
NONE = Outcome(OutcomeKind.NONE_SUITABLE, decided_on=TODAY)


@pytest.fixture
def sent(opportunity, listed_provider, provider_user):
    return speak_up(provider_user, opportunity, listed_provider, remarks="Seven is early.")


@pytest.fixture
def council_client(commissioner):
    return sign_in(Client(), commissioner)


def address(name, opportunity, *more):
    return reverse(name, args=[opportunity.requirement.reference, *more])


def decide(commissioner, opportunity, outcome=NONE):
    for lot in lot_ids(opportunity):
        outcome_actions.record_outcome(by=commissioner, opportunity=opportunity, lot=lot, outcome=outcome)


def test_outcome_and_a_word_go_to_all_who_spoke_up_once_both_are_written(
    sent, opportunity, council_client, family, provider_user, listed_provider
):
    close(opportunity)
    lots = lot_ids(opportunity)
    page = council_client.get(address("council_opportunity", opportunity)).content.decode()
    assert "2 lots have no outcome yet." in page
    assert "1 answer has no word from you yet." in page
    early = council_client.post(address("tell_outcome", opportunity), follow=True).content.decode()
    assert "Not told yet" in early
    award = {"kind": "awarded", **ON_A_DAY, "awarded_to": str(sent.pk), "value_pence": "12,000", "why": "Near."}
    council_client.post(address("lot_outcome", opportunity, lots[0]), award)
    council_client.post(address("lot_outcome", opportunity, lots[1]), {"kind": "none_suitable", **ON_A_DAY})
    filled = council_client.get(address("lot_outcome", opportunity, lots[0]))
    assert filled.context["form"].initial["awarded_to"] == str(sent.pk)
    word = address("interest_feedback", opportunity, sent.pk)
    assert "Write what you tell them" in council_client.post(word, {"words": ""}).content.decode()
    council_client.post(word, {"words": "Your plan was the clearest."})
    mine = sign_in(Client(), provider_user)
    own = reverse("interest", args=[listed_provider.slug, sent.pk])
    assert "clearest" not in mine.get(own).content.decode()
    assert "awarded to" not in family.get(address("opportunity", opportunity)).content.decode()
    for _press in range(2):
        council_client.post(address("tell_outcome", opportunity))
    mail = OutgoingMail.objects.get(subject__startswith="What came of")
    assert mail.to == provider_user.email
    assert "Your plan was the clearest." in mail.body
    assert "awarded to Rosie's Home Help on 27 March 2027, for £12,000 including VAT. Near." in mail.body
    assert "Your plan was the clearest." in mine.get(own).content.decode()
    public = family.get(address("opportunity", opportunity)).content.decode()
    assert "awarded to Rosie&#x27;s Home Help" in public
    assert "the council found nobody suitable" in public
    assert "clearest" not in public
    assert AuditEvent.objects.filter(verb="opportunity.told").count() == 1
    won = LotOutcome.objects.get(kind="awarded")
    assert (won.interest, won.is_micro, won.value_pence) == (sent, True, 1_200_000)


def test_after_all_are_told_nothing_changes(sent, opportunity, commissioner, council_client):
    close(opportunity)
    decide(commissioner, opportunity)
    outcome_actions.give_feedback(by=commissioner, interest=sent, words="Thank you.")
    outcome_actions.give_feedback(by=commissioner, interest=sent, words="Thank you.")
    outcome_actions.tell_all(by=commissioner, opportunity=opportunity)
    with pytest.raises(ToldError):
        decide(commissioner, opportunity)
    said = council_client.post(address("interest_feedback", opportunity, sent.pk), {"words": "Else"}, follow=True)
    assert "so this stays as it is" in said.content.decode()
    stopped = council_client.post(address("stop_opportunity", opportunity), {"why": "Late"}, follow=True)
    assert "Everybody has been told" in stopped.content.decode()
    assert "All who spoke up have been told" in stopped.content.decode()
    moved = council_client.get(address("lot_outcome", opportunity, lot_ids(opportunity)[0]))
    assert moved.status_code == 302


def test_while_it_is_open_nothing_is_decided(sent, opportunity, commissioner, council_client):
    with pytest.raises(TooEarlyError):
        decide(commissioner, opportunity)
    with pytest.raises(TooEarlyError):
        outcome_actions.give_feedback(by=commissioner, interest=sent, words="x")
    assert "still open" in council_client.post(address("tell_outcome", opportunity), follow=True).content.decode()
    assert council_client.get(address("lot_outcome", opportunity, lot_ids(opportunity)[0])).status_code == 302


def test_a_word_to_an_answer_that_is_not_sealed_waits_for_the_closing_too(sent, opportunity, council_client):
    type(opportunity).objects.update(is_sealed=False)
    said = council_client.post(address("interest_feedback", opportunity, sent.pk), {"words": "Early"}, follow=True)
    assert "Write this once it has closed" in said.content.decode()


def test_stopping_closes_it_to_answers_and_is_told_with_a_word_to_each(
    sent, opportunity, commissioner, council_client, family
):
    stop = address("stop_opportunity", opportunity)
    assert "Say why" in council_client.post(stop, {"why": ""}).content.decode()
    for _press in range(2):
        council_client.post(stop, {"why": "The centre stays open."})
    assert AuditEvent.objects.filter(verb="opportunity.stopped").count() == 1
    assert "Say that you could do it" not in family.get(address("opportunity", opportunity)).content.decode()
    with pytest.raises(UnfinishedError):
        outcome_actions.tell_all(by=commissioner, opportunity=opportunity)
    outcome_actions.give_feedback(by=commissioner, interest=sent, words="Thank you.")
    outcome_actions.tell_all(by=commissioner, opportunity=opportunity)
    words = family.get(address("opportunity", opportunity)).content.decode()
    assert "stopped by the council" in words
    assert "The centre stays open." in words


def test_an_award_needs_whom_and_how_much_and_may_go_to_somebody_else(sent, opportunity, council_client):
    close(opportunity)
    lot = address("lot_outcome", opportunity, lot_ids(opportunity)[0])
    bare = council_client.post(lot, {"kind": "awarded", **ON_A_DAY}).content.decode()
    assert "Choose to whom it was awarded" in bare
    assert "Enter the value" in bare
    elsewhere = {"kind": "awarded", **ON_A_DAY, "awarded_to": "elsewhere", "value_pence": "9000", "size": "no"}
    assert "Enter the name" in council_client.post(lot, elsewhere).content.decode()
    council_client.post(lot, {**elsewhere, "supplier": "Big Care plc"})
    outcome = LotOutcome.objects.get()
    assert (outcome.supplier, outcome.is_micro, outcome.interest) == ("Big Care plc", False, None)
    assert council_client.get(lot).context["form"].initial["size"] == "no"
    assert council_client.get(address("lot_outcome", opportunity, 999_999)).status_code == 404
    nonsense = council_client.post(lot, {**elsewhere, "awarded_to": "nobody", "value_pence": "much"})
    assert nonsense.status_code == 200


@pytest.mark.parametrize(
    ("people", "micro"), [([1, 9], True), ([1, 10], False), ([1, None], None), ([None, 12], False)]
)
def test_a_team_is_micro_if_each_of_its_members_is(people, micro):
    assert is_micro_team({"members": [{"people": number} for number in people]}) is micro


def test_what_was_learnt_from_whom_is_there_for_the_summary(sent, opportunity, requirement, commissioner):
    sealed = engagement_facts(requirement)
    assert (sealed["spoke_up"], sealed["answers"], sealed["is_sealed"]) == (1, [], True)
    close(opportunity)
    decide(commissioner, opportunity)
    facts = engagement_facts(requirement)
    assert facts["answers"][0]["learnt"] == "Seven is early."
    assert facts["answers"][0]["name"] == "Rosie's Home Help"
    assert len(facts["outcomes"]) == 2


def test_what_was_never_published_has_no_such_facts(requirement):
    assert engagement_facts(requirement) is None


def test_the_summary_prints_what_was_learnt_from_whom_in_the_councils_own_copy(
    sent, opportunity, requirement, commissioner, listed_provider, provider_user
):
    question = ask(
        by=provider_user, provider=listed_provider, opportunity=opportunity, text="Whose kitchen?", press=uuid.uuid4()
    )
    answer(by=commissioner, question=question, shown="Whose kitchen?", words="Yours.")
    set_formal_route(by=commissioner, opportunity=opportunity, url="https://t.example/1", note="", now=timezone.now())
    sealed = engagement_blocks(engagement_facts(requirement))
    assert "The answers were still sealed" in str(sealed)
    close(opportunity)
    decide(commissioner, opportunity)
    blocks = engagement_blocks(engagement_facts(requirement))
    own = str([block for block in blocks if block.get("only") == "council"])
    for_all = str([block for block in blocks if "only" not in block])
    assert "Seven is early." in own
    assert "Rosie" in own
    assert "What came of it:" in own
    assert "Rosie" not in for_all
    assert "Whose kitchen?" in for_all
    assert "What was changed after it was published:" in for_all


def test_the_summary_says_that_nobody_spoke_up(opportunity, requirement):
    close(opportunity)
    assert "Nobody spoke up." in str(engagement_blocks(engagement_facts(requirement)))
    assert engagement_blocks(None) == []
