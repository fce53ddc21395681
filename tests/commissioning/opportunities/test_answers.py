import datetime
import uuid

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from commissioning.models import Interest, Opportunity
from commissioning.opportunities import interest_actions
from commissioning.opportunities.interest_actions import ClosedError, UnsentError
from commissioning.requirements import actions as requirements
from providers.models import Listing
from registry.models import AuditEvent, OutgoingMail
from tests.cast import sign_in
from tests.commissioning.makers import ask, make_requirement
from tests.commissioning.opportunities.makers import (
    UNSEALED,
    close,
    lot_ids,
    publish,
    speak_up,
    write,
)
from tests.factories.edits import publish_first
from tests.factories.registrations import register_provider

pytestmark = pytest.mark.django_db


def at(provider, interest, *more):
    return reverse("interest_step" if more else "interest", args=[provider.slug, interest.pk, *more])


def words_of(answer):
    return answer.content.decode()


def test_an_answer_is_drawn_from_the_register_and_sent_in_six_presses(
    as_owner, listed_provider, requirement, commissioner, as_commissioner
):
    """Nothing that the register holds is typed: parts are ticked, hours are filled in, only gaps are asked."""
    requirements.save_question(
        by=commissioner,
        requirement=requirement,
        number=1,
        facts={"text": "How do you start?", "weight": 60, "most_words": 20},
    )
    ask(commissioner, requirement, "moving_and_handling")
    opportunity = publish(commissioner, requirement, UNSEALED)
    as_owner = sign_in(Client(), listed_provider.memberships.get().user)
    start = reverse("speak_up", args=[requirement.reference])
    shown = as_owner.get(start)
    assert "Rosie&#x27;s Home Help, alone" in words_of(shown)
    speaker = shown.context["form"].initial["speaker"]
    first = as_owner.post(start, {"speaker": speaker})
    interest = Interest.objects.get()
    assert first["Location"] == at(listed_provider, interest, "lots")
    lots = as_owner.get(first["Location"])
    ticked = lots.context["form"].initial["lots"]
    assert ticked == [str(lot_ids(opportunity)[0])]
    hours = as_owner.post(first["Location"], {"lots": ticked}, follow=True)
    name = f"hours_{ticked[0]}_{listed_provider.pk.hex}"
    assert hours.context["form"][name].value() == 6
    gaps = as_owner.post(at(listed_provider, interest, "hours"), {name: 5}, follow=True)
    points = gaps.context["form"].fields["will"].choices
    assert [key.split(":")[1] for key, _words in points] == ["moving_and_handling"]
    questions = as_owner.post(at(listed_provider, interest, "conditions"), {"will": [points[0][0]]}, follow=True)
    assert "At most 20 words. It carries 60 % of the marks." in words_of(questions)
    address = at(listed_provider, interest, "questions")
    too_long = as_owner.post(address, {"answer_1": "word " * 21, "remarks": ""})
    assert "Use at most 20 words. You have written 21." in words_of(too_long)
    looked_over = as_owner.post(address, {"answer_1": "We visit first.", "remarks": "Seven is early."}, follow=True)
    assert "Has it, or will by the start: Moving and handling" in words_of(looked_over)
    assert "5 hours a week." in words_of(looked_over)
    sent = as_owner.post(reverse("send_interest", args=[listed_provider.slug, interest.pk]), follow=True)
    assert "Until it closes you can change it" in words_of(sent)
    interest.refresh_from_db()
    assert interest.answer["questions"][0]["answer"] == "We visit first."
    assert interest.answer["members"][0]["email"] == "rosie@homehelp.example"
    reader = sign_in(Client(), commissioner)
    theirs = reader.get(reverse("sent_interest", args=[requirement.reference, interest.pk]))
    assert "We visit first." in words_of(theirs)
    assert "Seven is early." in words_of(theirs)


def test_it_can_be_mended_and_what_was_sent_stands_until_it_is_sent_again(
    provider_user, listed_provider, opportunity, as_owner
):
    interest = speak_up(provider_user, opportunity, listed_provider, remarks="First")
    interest_actions.save_step(by=provider_user, interest=interest, facts={"remarks": "Second"})
    interest.refresh_from_db()
    assert interest.answer["remarks"] == "First"
    assert "You have changed something since you sent it" in words_of(as_owner.get(at(listed_provider, interest)))
    interest_actions.send(by=provider_user, interest=interest)
    interest.refresh_from_db()
    assert interest.answer["remarks"] == "Second"
    assert AuditEvent.objects.filter(verb="interest.sent").count() == 2


def test_sending_twice_sends_once(provider_user, listed_provider, opportunity):
    interest = speak_up(provider_user, opportunity, listed_provider)
    before = interest.sent_at
    assert interest_actions.send(by=provider_user, interest=interest).sent_at == before
    assert OutgoingMail.objects.filter(subject__startswith="Sent:").count() == 1
    assert interest_actions.begin(by=provider_user, opportunity=opportunity, provider=listed_provider, team=None)
    assert Interest.objects.count() == 1


def test_it_can_be_taken_back_and_sent_again(provider_user, listed_provider, opportunity, as_owner):
    interest = speak_up(provider_user, opportunity, listed_provider)
    for _press in range(2):
        as_owner.post(reverse("withdraw_interest", args=[listed_provider.slug, interest.pk]))
    interest.refresh_from_db()
    assert interest.answer is None
    assert interest.draft["lots"]
    assert AuditEvent.objects.filter(verb="interest.withdrawn").count() == 1
    assert "Taken back" in words_of(as_owner.get(reverse("my_opportunities", args=[listed_provider.slug])))
    as_owner.post(reverse("send_interest", args=[listed_provider.slug, interest.pk]))
    interest.refresh_from_db()
    assert interest.sent_at
    assert interest.withdrawn_at is None


def test_an_answer_without_a_part_or_its_hours_is_not_sent(provider_user, listed_provider, opportunity, as_owner):
    interest = interest_actions.begin(by=provider_user, opportunity=opportunity, provider=listed_provider, team=None)
    with pytest.raises(UnsentError, match="lots"):
        interest_actions.send(by=provider_user, interest=interest)
    interest_actions.save_step(by=provider_user, interest=interest, facts={"lots": lot_ids(opportunity)[:1]})
    answer = as_owner.post(reverse("send_interest", args=[listed_provider.slug, interest.pk]), follow=True)
    assert "Not sent yet" in words_of(answer)
    assert "Say how many hours a week you give" in words_of(answer)
    none = reverse("interest_step", args=[listed_provider.slug, interest.pk, "lots"])
    assert "Choose at least one part" in words_of(as_owner.post(none, {}))


def test_rule_07_nobody_is_kept_from_speaking_up_by_what_they_do_not_yet_meet(
    provider_user, provider, commissioner, requirement
):
    """Not checked, not listed, nothing that is asked: still an answer, and it says so without the word "excluded"."""
    ask(commissioner, requirement, "employers_liability", amount_pence=1_000_000_000, by_when="answer")
    opportunity = publish(commissioner, requirement, UNSEALED)
    assert not Listing.listed.filter(provider=provider).exists()
    interest = speak_up(provider_user, opportunity, provider)
    reader = sign_in(Client(), commissioner)
    words = words_of(reader.get(reverse("sent_interest", args=[requirement.reference, interest.pk])))
    assert "keeps nobody from being considered" in words
    for word in ("excluded", "ineligible", "disqualified", "rejected"):
        assert word not in words.lower()


def test_after_the_closing_moment_nothing_goes_in_and_nothing_is_lost(
    provider_user, listed_provider, opportunity, as_owner
):
    interest = write(provider_user, opportunity, listed_provider, remarks="Kept to be read")
    close(opportunity)
    with pytest.raises(ClosedError):
        interest_actions.send(by=provider_user, interest=interest)
    for name in ("send_interest", "withdraw_interest", "ask_partners", "agree_to_interest", "take_back_yes"):
        answer = as_owner.post(reverse(name, args=[listed_provider.slug, interest.pk]), follow=True)
        assert "Answers have closed, so nothing was changed." in words_of(answer)
    step = as_owner.post(at(listed_provider, interest, "questions"), {"remarks": "x"}, follow=True)
    assert "Kept to be read" in words_of(step)
    assert "Never sent" in words_of(step)
    begun = as_owner.post(reverse("speak_up", args=[opportunity.requirement.reference]), {}, follow=True)
    assert begun.status_code == 200
    speaker = {"speaker": f"{listed_provider.pk.hex}-alone"}
    begun = as_owner.post(reverse("speak_up", args=[opportunity.requirement.reference]), speaker, follow=True)
    assert "Answers have closed." in words_of(begun)


def test_the_database_clock_decides_and_not_the_machines(provider_user, listed_provider, opportunity):
    """A web machine whose clock is slow takes nothing in late."""
    interest = write(provider_user, opportunity, listed_provider)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE commissioning_opportunity SET questions_until = NULL, closes_at = clock_timestamp()")
    with pytest.raises(ClosedError):
        interest_actions.send(by=provider_user, interest=interest)
    assert not Interest.objects.sent().exists()


def test_sealed_answers_are_read_by_nobody_before_closing(
    provider_user, listed_provider, opportunity, as_commissioner, commissioner
):
    reader = sign_in(Client(), commissioner)
    interest = speak_up(provider_user, opportunity, listed_provider)
    council = reverse("council_opportunity", args=[opportunity.requirement.reference])
    theirs = reverse("sent_interest", args=[opportunity.requirement.reference, interest.pk])
    sealed = words_of(reader.get(council))
    assert "1 answer." in sealed
    assert "They are sealed" in sealed
    assert "Rosie" not in sealed
    assert reader.get(theirs).status_code == 404
    assert reader.get(f"{theirs}your-word/").status_code == 404
    close(opportunity)
    assert "Rosie" in words_of(reader.get(council))
    assert reader.get(theirs).status_code == 200
    assert reader.get(theirs.replace(str(interest.pk), str(uuid.uuid4()))).status_code == 404


def test_no_bidder_and_no_other_council_sees_an_answer(
    provider_user, listed_provider, opportunity, other_provider, other_provider_user, other_commissioner, commissioner
):
    interest = speak_up(provider_user, opportunity, listed_provider)
    other = speak_up(other_provider_user, opportunity, other_provider)
    rival = sign_in(Client(), other_provider_user)
    for slug in (listed_provider.slug, other_provider.slug):
        assert rival.get(reverse("interest", args=[slug, interest.pk])).status_code == 404
        assert rival.post(reverse("send_interest", args=[slug, interest.pk])).status_code == 404
    assert "Rosie" not in words_of(rival.get(reverse("interest", args=[other_provider.slug, other.pk])))
    assert "Rosie" not in words_of(rival.get(reverse("opportunity", args=[opportunity.requirement.reference])))
    next_door = sign_in(Client(), other_commissioner)
    close(opportunity)
    theirs = reverse("sent_interest", args=[opportunity.requirement.reference, interest.pk])
    assert next_door.get(theirs).status_code == 404
    assert sign_in(Client(), commissioner).get(theirs).status_code == 200


def test_one_councils_page_finds_no_answer_to_another_publication(
    provider_user, listed_provider, opportunity, commissioner, council
):
    interest = speak_up(provider_user, opportunity, listed_provider)
    second = make_requirement(commissioner, council)
    requirements.save_lot(
        by=commissioner,
        requirement=second,
        number=1,
        facts={"title": "Lunch", "category": opportunity.requirement.lots.first().category, "outcodes": []},
    )
    publish(commissioner, second, UNSEALED)
    reader = sign_in(Client(), commissioner)
    assert reader.get(reverse("sent_interest", args=[second.reference, interest.pk])).status_code == 404


def test_who_only_reads_a_provider_reads_its_answer_and_cannot_send_it(
    provider_user, listed_provider, opportunity, colleague
):
    interest = write(provider_user, opportunity, listed_provider)
    reader = sign_in(Client(), colleague)
    words = words_of(reader.get(at(listed_provider, interest)))
    assert "Send it to the council" not in words
    assert reader.post(reverse("send_interest", args=[listed_provider.slug, interest.pk])).status_code == 403
    assert reader.get(at(listed_provider, interest, "lots")).status_code == 403


def test_a_step_that_is_none_is_not_found(as_owner, provider_user, listed_provider, opportunity):
    interest = write(provider_user, opportunity, listed_provider)
    assert as_owner.get(at(listed_provider, interest, "nonsense")).status_code == 404
    # Nothing is by the hour in the club: the step is passed over, and its address still answers.
    interest_actions.save_step(by=provider_user, interest=interest, facts={"lots": lot_ids(opportunity)[1:]})
    assert as_owner.get(at(listed_provider, interest, "hours")).status_code == 200
    lots = as_owner.post(at(listed_provider, interest, "lots"), {"lots": lot_ids(opportunity)[1:]})
    assert lots["Location"].endswith(("conditions/", "questions/"))


def test_whoever_runs_no_listing_is_told_how_to(client, opportunity, commissioner):
    reader = sign_in(Client(), commissioner)
    for name in ("speak_up", "ask_about_opportunity"):
        assert "First, list what you do" in words_of(
            reader.get(reverse(name, args=[opportunity.requirement.reference]))
        )
    nobody = client.get(reverse("speak_up", args=[opportunity.requirement.reference]))
    assert nobody.status_code == 302


def test_a_provider_is_held_against_what_was_published_and_not_against_a_later_edit(
    provider_user, listed_provider, opportunity, commissioner
):
    ask(commissioner, opportunity.requirement, "first_aid")
    interest = speak_up(provider_user, opportunity, listed_provider)
    said = [words for row in interest.answer["lots"][0]["by"] for words in row["meets"]]
    assert not any("First aid" in words for words in said)
    assert any("Public liability" in words for words in said)


def test_the_times_can_move_and_answers_follow(provider_user, listed_provider, opportunity, commissioner):
    close(opportunity)
    later = timezone.now() + datetime.timedelta(days=1)
    Opportunity.objects.filter(pk=opportunity.pk).update(closes_at=later)
    assert speak_up(provider_user, opportunity, listed_provider).sent_at < later


def test_one_who_registered_twice_chooses_for_which(provider_user, listed_provider, opportunity, as_owner, checker):
    second = publish_first(register_provider(provider_user, you={"name": "Rosie’s Garden"}), checker)
    shown = words_of(as_owner.get(reverse("speak_up", args=[opportunity.requirement.reference])))
    assert "Rosie’s Garden, alone" in shown
    as_owner.post(reverse("speak_up", args=[opportunity.requirement.reference]), {"speaker": f"{second.pk.hex}-alone"})
    assert Interest.objects.get().provider == second
