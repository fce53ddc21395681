"""Two small businesses become a team: every page of it on the smallest telephone and on a desk."""

import pytest

from providers.models import Provider
from providers.models.team import TeamForm
from providers.teams import asking_actions, plan_actions
from tests.browser.conftest import DESK, PHONE, axe, fits_the_width
from tests.providers.teams.makers import asked, business, owner_of, standing, started

pytestmark = pytest.mark.django_db(transaction=True)
SMALLEST = 320


def look_at(page, *addresses):
    for address in addresses:
        page.goto(address)
        axe(page)
        fits_the_width(page)


@pytest.fixture
def businesses(council, postcodes):
    kinds = {"Ana Cooks": ["cooking", "companionship"], "Ben Gardens": ["gardening"], "Cat Cleans": ["cleaning"]}
    return [business(council, name, kinds=does) for name, does in kinds.items()]


@pytest.mark.parametrize("width", [SMALLEST, DESK])
def test_every_page_of_a_team_can_be_read_and_used(page_at, sign_in_as, businesses, council, checker, width):
    ana, ben, cat = businesses
    place = started(ana)
    own, mine = sign_in_as(page_at(width), owner_of(ana)), f"/my/{ana.slug}/teams/"
    team = f"{mine}{place.team_id}/"
    look_at(own, mine, f"{mine}start/", f"{mine}partners/", team, f"{team}partners/", f"{team}ask/{ben.slug}/")
    invited = asked(place, ben)
    bens = sign_in_as(page_at(width), owner_of(ben))
    look_at(bens, "/", f"/my/{ben.slug}/teams/invitations/{invited.pk}/")
    asking_actions.accept(place=invited, by=owner_of(ben))
    plan_actions.ask(place=invited, lead=invited, form=TeamForm.CONSORTIUM, by=owner_of(ben))
    asking_actions.ask(place=invited, other=cat, by=owner_of(ben))
    work = "look=work&kinds=gardening&kinds=cleaning&days=sat&hours=40"
    look_at(own, mine, team, f"{team}plan/", f"{team}giving/", f"{team}change/", f"{mine}partners/?{work}")
    look_at(own, f"{mine}wishes/?name=cat", f"{mine}wishes/{cat.slug}/", f"{team}leave/", f"{team}end/")


def test_a_team_that_stands_and_one_that_lost_a_member(page_at, sign_in_as, businesses, checker):
    ana, ben, cat = businesses
    place, other, _third = standing(ana, ben, cat)
    page, team = sign_in_as(page_at(PHONE), owner_of(ana)), f"/my/{ana.slug}/teams/{place.team_id}/"
    look_at(page, team)
    page.get_by_text("You can answer a council together.").wait_for()
    Provider.every.filter(pk=ben.pk).update(suspended_at=place.joined_at, suspended_by=checker)
    look_at(page, team, f"{team}without/{other.pk}/")


def test_somebody_says_yes_to_a_team(page_at, sign_in_as, businesses):
    ana, ben, _cat = businesses
    place = started(ana)
    invited = asked(place, ben)
    page = sign_in_as(page_at(PHONE), owner_of(ben))
    page.goto("/")
    page.get_by_role("link", name="Join Larkhall Helpers?").click()
    page.get_by_role("button", name="Send my answer").click()
    axe(page)
    page.get_by_role("radio", name="Yes, we join").check()
    page.get_by_role("button", name="Send my answer").click()
    page.get_by_text("You are in the team.").wait_for()
    assert invited.team.members.current().count() == 2
