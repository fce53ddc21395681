import re

import pytest
from django.utils import timezone

from providers.models import Listing, Provider, Team, TeamMember
from providers.models.team import TeamForm
from providers.teams import actions, asking_actions, plan_actions
from providers.teams.asking_views import ASKED_A_DAY
from registry.models import OutgoingMail
from tests.providers.teams.makers import asked, business, joined, owner_of, standing, started


def page_of(browser, place):
    return browser.get(f"/my/{place.provider.slug}/teams/{place.team_id}/").text


def test_from_starting_a_team_to_answering_together(ana, ben, as_owner_of):
    """Two owners, in two browsers, press everything themselves."""
    anas, bens = as_owner_of(ana), as_owner_of(ben)
    made = anas.post(f"/my/{ana.slug}/teams/start/", {"name": "Larkhall Helpers", "purpose": "Help at home"})
    team = Team.objects.get()
    assert made["Location"] == f"/my/{ana.slug}/teams/{team.pk}/"
    assert "Ben Gardens" in anas.get(f"/my/{ana.slug}/teams/{team.pk}/ask/{ben.slug}/").text
    anas.post(f"/my/{ana.slug}/teams/{team.pk}/ask/{ben.slug}/")
    link = re.search(r"https?://[^/\s]+(/my/\S+/invitations/\S+/)", OutgoingMail.objects.get().body)[1]
    assert "Help at home" in bens.get(link).text
    assert "Join Larkhall Helpers?" in bens.get("/").text
    assert "Larkhall Helpers" in bens.get(f"/my/{ben.slug}/teams/").text
    assert bens.post(link, {"answer": "yes"})["Location"] == f"/my/{ben.slug}/teams/{team.pk}/"
    assert bens.post(link, {"answer": "yes"}).status_code == 302
    lead = TeamMember.objects.get(provider=ben)
    anas.post(f"/my/{ana.slug}/teams/{team.pk}/plan/", {"lead": lead.pk, "form": "consortium"})
    assert "Waits for your yes" in bens.get(f"/my/{ben.slug}/teams/").text
    assert "Larkhall Helpers asks you something" in bens.get("/").text
    plan = team.plans.get()
    bens.post(f"/my/{ben.slug}/teams/{team.pk}/plan/{plan.pk}/agree/")
    assert Team.objects.standing().get() == team
    assert "You can answer a council together" in anas.get(f"/my/{ana.slug}/teams/{team.pk}/").text
    assert "Your teams wait for you" not in bens.get("/").text


def test_an_incomplete_form_says_what_is_missing(ana, as_owner_of):
    page = as_owner_of(ana).post(f"/my/{ana.slug}/teams/start/", {"name": "\u200b", "purpose": "x" * 10_000}).text
    assert "Type a name for your team" in page
    assert "there is room for 300 letters" in page


def test_one_that_is_not_public_is_told_why_it_cannot_start(ana, as_owner_of):
    Provider.every.update(listed_at=None)
    assert "Start a team<" not in as_owner_of(ana).get(f"/my/{ana.slug}/teams/").text
    sent = as_owner_of(ana).post(f"/my/{ana.slug}/teams/start/", {"name": "A", "purpose": "B"})
    assert "once families can see your listing" in sent.text


def test_the_page_says_who_cannot_be_counted_on(ana, ben, as_owner_of, checker):
    place, _other = standing(ana, ben)
    Listing.objects.filter(provider=ben).update(confirmed_on=None)
    page = page_of(as_owner_of(ana), place)
    assert "has not said for 90 days that its listing is still right" in page
    assert "Go on without them" not in page
    Provider.every.filter(pk=ben.pk).update(suspended_at=timezone.now(), suspended_by=checker)
    page = page_of(as_owner_of(ana), place)
    assert "a council took the listing down" in page
    assert "Not complete" in page
    assert "Go on without them" in page


def test_going_on_without_one_through_its_page(ana, ben, cat, as_owner_of, checker):
    place, other, third = standing(ana, ben, cat)
    anas, address = as_owner_of(ana), f"/my/{ana.slug}/teams/{place.team_id}/without/{other.pk}/"
    assert "Go on without Ben Gardens?" in anas.get(address).text
    assert "Only they can leave" in anas.post(address, follow=True).text
    Provider.every.filter(pk=ben.pk).update(suspended_at=timezone.now(), suspended_by=checker)
    anas.post(address)
    assert set(place.team.members_on(timezone.localdate())) == {place, third}
    assert anas.get(f"/my/{ana.slug}/teams/{place.team_id}/without/{place.team_id}/").status_code == 404


def test_the_others_are_asked_about_a_newcomer_on_the_page(ana, ben, cat, as_owner_of):
    place = started(ana)
    ben_in = joined(place, ben)
    sent = as_owner_of(ana).post(f"/my/{ana.slug}/teams/{place.team_id}/ask/{cat.slug}/", follow=True)
    assert "The others in your team are asked first" in sent.text
    newcomer = TeamMember.objects.get(provider=cat)
    bens, base = as_owner_of(ben), f"/my/{ben.slug}/teams/{place.team_id}/asked/{newcomer.pk}/"
    assert "Shall we ask Cat Cleans to join?" in page_of(bens, ben_in)
    assert as_owner_of(cat).get(f"/my/{cat.slug}/teams/invitations/{newcomer.pk}/").status_code == 404
    assert "You have said yes" in bens.post(f"{base}agree/", follow=True).text
    assert "Asked, and not answered yet" in page_of(bens, ben_in)
    assert "They are not asked" in bens.post(f"{base}take-back/", follow=True).text
    ended = as_owner_of(cat).get(f"/my/{cat.slug}/teams/invitations/{newcomer.pk}/")
    assert ended.status_code == 410
    assert "The team took it back" in ended.text


def test_a_no_with_a_word_of_why_stands_on_the_teams_page(ana, ben, as_owner_of):
    place = started(ana)
    newcomer = asked(place, ben)
    address = f"/my/{ben.slug}/teams/invitations/{newcomer.pk}/"
    assert "Choose yes or no" in as_owner_of(ben).post(address, {}).text
    as_owner_of(ben).post(address, {"answer": "no", "why": "Full until May."})
    assert "Full until May." in page_of(as_owner_of(ana), place)
    assert "You said no" in as_owner_of(ben).get(address).text


def test_an_answer_that_comes_too_late_is_told_so(ana, ben, as_owner_of, monkeypatch):
    place = started(ana)
    newcomer = asked(place, ben)
    Provider.every.filter(pk=ben.pk).update(listed_at=None)
    sent = as_owner_of(ben).post(f"/my/{ben.slug}/teams/invitations/{newcomer.pk}/", {"answer": "yes"})
    assert "once families can see your listing" in sent.text


@pytest.mark.parametrize(
    ("ending", "words"),
    [
        (lambda place, newcomer: actions.leave(place=place, by=owner_of(place.provider)), "The team has ended"),
        (
            lambda place, newcomer: TeamMember.objects.filter(pk=newcomer.pk).update(sent_at="2020-01-01T00:00Z"),
            "You had 28 days",
        ),
        (
            lambda place, newcomer: (
                asking_actions.accept(place=newcomer, by=owner_of(newcomer.provider)),
                actions.leave(place=newcomer, by=owner_of(newcomer.provider)),
            ),
            "You were in this team",
        ),
    ],
)
def test_an_invitation_that_is_over_says_why(ana, ben, as_owner_of, ending, words):
    place = started(ana)
    newcomer = asked(place, ben)
    ending(place, newcomer)
    over = as_owner_of(ben).get(f"/my/{ben.slug}/teams/invitations/{newcomer.pk}/")
    assert over.status_code == 410
    assert words in over.text


def test_who_asks_very_many_is_told_to_wait(ana, ben, as_owner_of, monkeypatch):
    monkeypatch.setattr("providers.teams.asking_views.ASKED_A_DAY", 0)
    place = started(ana)
    sent = as_owner_of(ana).post(f"/my/{ana.slug}/teams/{place.team_id}/ask/{ben.slug}/", follow=True)
    assert "Please go on tomorrow" in sent.text
    assert not TeamMember.objects.filter(provider=ben).exists()
    assert ASKED_A_DAY > 1


def test_who_cannot_be_asked_is_said_without_a_reason(ana, ben, as_owner_of):
    place = started(ana)
    Provider.every.filter(pk=ben.pk).update(no_teams_since=timezone.now())
    sent = as_owner_of(ana).post(f"/my/{ana.slug}/teams/{place.team_id}/ask/{ben.slug}/", follow=True)
    assert "They cannot be asked now" in sent.text


def test_what_one_gives_is_chosen_from_its_own_listing(ana, as_owner_of):
    place = started(ana)
    address = f"/my/{ana.slug}/teams/{place.team_id}/giving/"
    assert "Gardening" not in as_owner_of(ana).get(address).text
    assert "Choose only from what is listed" in as_owner_of(ana).post(address, {"kinds": ["gardening"]}).text
    as_owner_of(ana).post(address, {"kinds": ["cooking"], "hours": "4", "days": ["sun"]})
    page = page_of(as_owner_of(ana), place)
    assert "4 hours a week" in page
    assert "Sunday" in page


def test_a_plan_is_refused_and_taken_back_on_the_page(ana, ben, as_owner_of):
    place = started(ana)
    ben_in = joined(place, ben)
    plan_actions.ask(place=place, lead=place, form=TeamForm.CO_OPERATIVE, by=owner_of(ana))
    plan = place.team.plans.get()
    base = f"/my/{ben.slug}/teams/{place.team_id}/plan/{plan.pk}/"
    assert "Shall Ana Cooks lead?" in page_of(as_owner_of(ben), ben_in)
    assert "Nothing changes" in as_owner_of(ben).post(f"{base}refuse/", follow=True).text
    assert "not asked any more" in as_owner_of(ben).post(f"{base}agree/", follow=True).text
    assert as_owner_of(ben).post(base.replace(str(plan.pk), str(place.pk)) + "agree/").status_code == 404


def test_a_plan_that_is_so_already_is_told_in_the_form(ana, ben, as_owner_of):
    place, other = standing(ana, ben)
    address = f"/my/{ana.slug}/teams/{place.team_id}/plan/"
    assert "Co-operatives UK" in as_owner_of(ana).get(address).text
    assert "how it is already" in as_owner_of(ana).post(address, {"lead": place.pk, "form": "consortium"}).text
    assert "Choose somebody who is in the team" in as_owner_of(ana).post(address, {"lead": "x"}).text
    page = page_of(as_owner_of(ben), other)
    assert "Ana Cooks leads it" in page


def test_changing_leaving_and_ending_through_their_pages(ana, ben, as_owner_of):
    place, _other = standing(ana, ben)
    anas, bens = as_owner_of(ana), as_owner_of(ben)
    mine, theirs = (f"/my/{one.slug}/teams/{place.team_id}/" for one in (ana, ben))
    anas.post(f"{mine}change/", {"name": "Best", "purpose": "All week"})
    assert "Best" in anas.get(mine).text
    assert "Only the lead of the team changes this" in bens.post(f"{theirs}change/", {"name": "A", "purpose": "B"}).text
    assert "Only the lead ends a team" in bens.get(f"{theirs}end/").text
    assert bens.post(f"{theirs}end/")["Location"] == theirs
    assert "Leave Best?" in bens.get(f"{theirs}leave/").text
    bens.post(f"{theirs}leave/")
    assert bens.get(theirs).status_code == 404
    assert "You lead the team" not in anas.get(f"{mine}leave/").text
    assert "End Best?" in anas.get(f"{mine}end/").text
    anas.post(f"{mine}end/")
    assert not Team.objects.running().exists()
    assert anas.get(mine).status_code == 404


def test_a_lead_that_leaves_is_told_what_that_means(ana, ben, as_owner_of):
    place, _other = standing(ana, ben)
    assert (
        "until the others choose another lead"
        in as_owner_of(ana).get(f"/my/{ana.slug}/teams/{place.team_id}/leave/").text
    )


def test_a_team_of_others_is_not_there(ana, ben, as_owner_of):
    place = started(ana)
    assert as_owner_of(ben).get(f"/my/{ben.slug}/teams/{place.team_id}/").status_code == 404
    assert as_owner_of(ben).get(f"/my/{ana.slug}/teams/{place.team_id}/").status_code == 404
    assert as_owner_of(ana).get(f"/my/{ana.slug}/teams/{place.team_id}/ask/nobody/").status_code == 404


def test_what_changed_meanwhile_is_told(ana, ben, as_owner_of):
    """Two windows: the yes of one meets what the other has done."""
    place = started(ana)
    newcomer = joined(place, ben)
    base = f"/my/{ana.slug}/teams/{place.team_id}/asked/{newcomer.pk}/"
    assert "They have said yes meanwhile" in as_owner_of(ana).post(f"{base}take-back/", follow=True).text


def test_the_teams_page_asks_as_often_for_many_as_for_few(ana, council, as_owner_of, django_assert_max_num_queries):
    place = started(ana)
    for number in range(5):
        joined(place, business(council, f"Business {number}"))
    browser = as_owner_of(ana)
    with django_assert_max_num_queries(26):
        browser.get(f"/my/{ana.slug}/teams/{place.team_id}/")


@pytest.mark.parametrize(
    ("module", "path", "answer"),
    [
        ("asking_views", "asked/{newcomer}/agree/", 302),
        ("plan_views", "plan/{plan}/refuse/", 302),
        ("views", "giving/", 200),
    ],
)
def test_a_press_that_meets_ones_own_leaving_changes_nothing(
    ana, ben, cat, as_owner_of, monkeypatch, module, path, answer
):
    """The page was opened, and another owner of the same business left the team meanwhile."""
    place = started(ana)
    ben_in = joined(place, ben)
    newcomer = asking_actions.ask(place=place, other=cat, by=owner_of(ana))
    plan_actions.ask(place=place, lead=place, form=TeamForm.CONSORTIUM, by=owner_of(ana))
    stale = TeamMember.objects.select_related("team", "provider").get(pk=ben_in.pk)
    monkeypatch.setattr(f"providers.teams.{module}.get_place", lambda provider, team_id: stale)
    actions.leave(place=ben_in, by=owner_of(ben))
    before = list(TeamMember.objects.values_list("pk", "sent_at", "withdrawn_at", "hours_a_week"))
    path = path.format(newcomer=newcomer.pk, plan=place.team.plans.get().pk)
    sent = as_owner_of(ben).post(f"/my/{ben.slug}/teams/{place.team_id}/{path}")
    assert sent.status_code == answer
    assert list(TeamMember.objects.values_list("pk", "sent_at", "withdrawn_at", "hours_a_week")) == before
