"""Two who press at the same moment, in real transactions."""

import threading

import pytest
from django.db import connection

from providers.models import Team, TeamMember
from providers.models.team import TeamForm
from providers.teams import asking_actions, plan_actions
from registry.accounts.rules import Refused
from registry.models import AuditEvent, OutgoingMail
from tests.providers.teams.makers import asked, business, joined, owner_of, started

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*jobs):
    """What each of them heard: "done", or that it was refused."""
    together, heard = threading.Barrier(len(jobs)), []

    def press(job):
        together.wait()
        try:
            job()
            heard.append("done")
        except Refused:
            heard.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=[job]) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(heard)


@pytest.fixture
def three(council, postcodes):
    return [business(council, name) for name in ("Ana Cooks", "Ben Gardens", "Cat Cleans")]


def test_a_yes_and_a_taking_back_at_once_leave_one_answer(three):
    ana, ben, _cat = three
    place = started(ana)
    newcomer, mine, theirs = asked(place, ben), owner_of(ana), owner_of(ben)
    heard = at_once(
        lambda: asking_actions.accept(place=newcomer, by=theirs),
        lambda: asking_actions.take_back(place=place, newcomer=newcomer, by=mine),
    )
    newcomer.refresh_from_db()
    assert heard == ["done", "refused"]
    assert (newcomer.joined_at is None) != (newcomer.withdrawn_at is None)
    assert AuditEvent.objects.filter(verb__in=["team.joined", "team.taken_back"]).count() == 1


def test_two_owners_who_say_yes_at_once_join_once(three):
    ana, ben, _cat = three
    newcomer, theirs = asked(started(ana), ben), owner_of(ben)

    def accept():
        asking_actions.accept(place=newcomer, by=theirs)

    assert at_once(accept, accept) == ["done", "done"]
    assert AuditEvent.objects.filter(verb="team.joined").count() == 1


def test_two_members_who_ask_the_same_one_at_once_write_to_it_once(three):
    ana, ben, cat = three
    place = started(ana)
    ben_in, mine, theirs = joined(place, ben), owner_of(ana), owner_of(ben)
    at_once(
        lambda: asking_actions.ask(place=place, other=cat, by=mine),
        lambda: asking_actions.ask(place=ben_in, other=cat, by=theirs),
    )
    assert TeamMember.objects.filter(provider=cat).count() == 1
    assert OutgoingMail.objects.filter(to=owner_of(cat).email).count() == 1


def test_the_last_two_who_agree_at_once_make_one_lead(three):
    ana, ben, cat = three
    place = started(ana)
    places = [joined(place, ben), joined(place, cat)]
    plan_actions.ask(place=place, lead=place, form=TeamForm.CONSORTIUM, by=owner_of(ana))
    plan = place.team.plans.get()
    first, second = [(one, owner_of(one.provider)) for one in places]
    heard = at_once(
        lambda: plan_actions.agree(place=first[0], plan=plan, by=first[1]),
        lambda: plan_actions.agree(place=second[0], plan=plan, by=second[1]),
    )
    assert heard == ["done", "done"]
    assert Team.objects.standing().get() == place.team
    assert AuditEvent.objects.filter(verb="team.plan_agreed").count() == 1
