import datetime

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from providers.models import Provider, Team, TeamMember, TeamYes
from providers.models.partner_wish import Wish
from providers.models.team_member import TEAM_INVITATION_LASTS
from providers.teams import actions, asking_actions, wish_actions
from providers.teams.rules import MOST_ASKED_AT_ONCE, MOST_TEAMS, NOT_AGAIN_FOR
from registry.accounts.rules import Refused
from registry.models import AuditEvent, OutgoingMail
from tests.providers.teams.makers import asked, business, joined, owner_of, started


def verbs():
    return list(AuditEvent.objects.filter(verb__startswith="team.").order_by("pk").values_list("verb", flat=True))


def mailed():
    return sorted(OutgoingMail.objects.values_list("to", flat=True))


def test_a_team_starts_with_one_in_it_who_gives_what_its_listing_says(ana):
    place = started(ana)
    assert list(Team.objects.of(ana)) == [place.team]
    assert {kind.pk for kind in place.kinds.all()} == {"cooking", "companionship"}
    assert (place.hours_a_week, place.days) == (10, ["mon", "tue"])
    assert verbs() == ["team.started"]


def test_starting_twice_is_one_team(ana):
    assert started(ana) == started(ana)
    assert Team.objects.count() == 1


def test_who_is_not_in_public_view_starts_no_team(ana):
    Provider.every.update(listed_at=None)
    with pytest.raises(Refused):
        started(ana)


def test_there_is_an_end_to_how_many_teams_one_is_in(ana):
    for number in range(MOST_TEAMS):
        started(ana, name=f"Team {number}")
    with pytest.raises(Refused):
        started(ana, name="One more")


def test_one_by_itself_asks_another_at_once(ana, ben):
    newcomer = asked(started(ana), ben)
    assert newcomer.sent_at is not None
    assert newcomer.joined_at is None
    assert mailed() == [owner_of(ben).email]
    mail = OutgoingMail.objects.get()
    assert "Ana Cooks" in mail.body
    assert f"/my/{ben.slug}/teams/invitations/{newcomer.pk}/" in mail.body


def test_asking_twice_is_one_invitation_and_one_mail(ana, ben):
    place = started(ana)
    assert asked(place, ben) == asked(place, ben)
    assert OutgoingMail.objects.count() == 1


def test_nobody_is_in_a_team_before_its_own_yes(ana, ben):
    newcomer = asked(started(ana), ben)
    assert not Team.objects.of(ben).exists()
    asking_actions.accept(place=newcomer, by=owner_of(ben))
    assert Team.objects.of(ben).get() == newcomer.team
    assert [kind.pk for kind in TeamMember.objects.get(pk=newcomer.pk).kinds.all()] == ["gardening"]


def test_the_database_holds_nobody_in_a_team_without_a_signed_yes(ana, ben):
    newcomer = asked(started(ana), ben)
    with pytest.raises(IntegrityError), transaction.atomic():
        TeamMember.objects.filter(pk=newcomer.pk).update(joined_at=timezone.now())


def test_saying_yes_twice_is_once(ana, ben):
    newcomer = joined(started(ana), ben)
    was = newcomer.joined_at
    asking_actions.accept(place=newcomer, by=owner_of(ben))
    newcomer.refresh_from_db()
    assert newcomer.joined_at == was
    assert verbs().count("team.joined") == 1


def test_adding_a_member_asks_those_who_are_in(ana, ben, cat):
    place = started(ana)
    ben_in = joined(place, ben)
    OutgoingMail.objects.all().delete()
    newcomer = asking_actions.ask(place=place, other=cat, by=owner_of(ana))
    assert newcomer.sent_at is None
    assert mailed() == [owner_of(ben).email]
    asking_actions.agree(place=ben_in, newcomer=newcomer, by=owner_of(ben))
    newcomer.refresh_from_db()
    assert newcomer.sent_at is not None
    assert mailed() == sorted([owner_of(ben).email, owner_of(cat).email])
    assert TeamYes.objects.filter(newcomer=newcomer).count() == 2


def test_who_is_named_by_a_second_member_has_its_yes(ana, ben, cat):
    place = started(ana)
    ben_in = joined(place, ben)
    newcomer = asking_actions.ask(place=place, other=cat, by=owner_of(ana))
    assert asking_actions.ask(place=ben_in, other=cat, by=owner_of(ben)) == newcomer
    newcomer.refresh_from_db()
    assert newcomer.sent_at is not None


def test_one_no_keeps_a_newcomer_from_being_asked(ana, ben, cat):
    place = started(ana)
    ben_in = joined(place, ben)
    newcomer = asking_actions.ask(place=place, other=cat, by=owner_of(ana))
    asking_actions.take_back(place=ben_in, newcomer=newcomer, by=owner_of(ben))
    asking_actions.take_back(place=ben_in, newcomer=newcomer, by=owner_of(ben))
    asking_actions.agree(place=ben_in, newcomer=newcomer, by=owner_of(ben))
    newcomer.refresh_from_db()
    assert newcomer.withdrawn_at is not None
    assert newcomer.sent_at is None
    assert owner_of(cat).email not in mailed()
    assert verbs().count("team.taken_back") == 1


def test_an_invitation_taken_back_cannot_be_accepted(ana, ben):
    place = started(ana)
    newcomer = asked(place, ben)
    asking_actions.take_back(place=place, newcomer=newcomer, by=owner_of(ana))
    with pytest.raises(Refused):
        asking_actions.accept(place=newcomer, by=owner_of(ben))
    with pytest.raises(Refused):
        asking_actions.decline(place=newcomer, why="", by=owner_of(ben))


def test_who_has_joined_cannot_be_taken_back(ana, ben):
    place = started(ana)
    newcomer = joined(place, ben)
    with pytest.raises(Refused):
        asking_actions.take_back(place=place, newcomer=newcomer, by=owner_of(ana))
    assert Team.objects.of(ben).exists()


def test_an_invitation_lapses_and_can_be_sent_anew(ana, ben):
    place = started(ana)
    newcomer = asked(place, ben)
    long_ago = timezone.now() - TEAM_INVITATION_LASTS
    TeamMember.objects.filter(pk=newcomer.pk).update(sent_at=long_ago, asked_at=long_ago)
    with pytest.raises(Refused):
        asking_actions.accept(place=newcomer, by=owner_of(ben))
    again = asked(place, ben)
    assert again != newcomer
    asking_actions.accept(place=again, by=owner_of(ben))
    assert Team.objects.of(ben).exists()


def test_a_no_is_told_with_its_reason_and_holds_for_a_while(ana, ben):
    place = started(ana)
    newcomer = asked(place, ben)
    for _ in range(2):
        asking_actions.decline(place=newcomer, why="We are full until May.", by=owner_of(ben))
    told = OutgoingMail.objects.get(to=owner_of(ana).email)
    assert "We are full until May." in told.body
    with pytest.raises(Refused):
        asking_actions.ask(place=place, other=ben, by=owner_of(ana))
    TeamMember.objects.filter(pk=newcomer.pk).update(declined_at=timezone.now() - NOT_AGAIN_FOR)
    assert asked(place, ben).sent_at is not None


def test_nobody_says_no_after_joining(ana, ben):
    newcomer = joined(started(ana), ben)
    with pytest.raises(Refused):
        asking_actions.decline(place=newcomer, why="", by=owner_of(ben))


def test_one_that_is_not_in_public_view_any_more_cannot_join(ana, ben):
    newcomer = asked(started(ana), ben)
    Provider.every.filter(pk=ben.pk).update(listed_at=None)
    with pytest.raises(Refused):
        asking_actions.accept(place=newcomer, by=owner_of(ben))


def test_who_would_rather_not_be_asked_is_not(ana, ben):
    place = started(ana)
    wish_actions.may_be_asked(provider=ben, yes=False, by=owner_of(ben))
    with pytest.raises(Refused) as refused:
        asking_actions.ask(place=place, other=ben, by=owner_of(ana))
    said = str(refused.value)
    wish_actions.may_be_asked(provider=ben, yes=True, by=owner_of(ben))
    wish_actions.wish(provider=ben, other=ana, wish=Wish.WOULD_NOT, by=owner_of(ben))
    with pytest.raises(Refused) as refused:
        asking_actions.ask(place=place, other=ben, by=owner_of(ana))
    # Neither answer says which it is.
    assert str(refused.value) == said
    assert not OutgoingMail.objects.exists()


def test_who_stops_being_open_before_the_last_yes_is_not_written_to(ana, ben, cat):
    place = started(ana)
    ben_in = joined(place, ben)
    newcomer = asking_actions.ask(place=place, other=cat, by=owner_of(ana))
    wish_actions.may_be_asked(provider=cat, yes=False, by=owner_of(cat))
    asking_actions.agree(place=ben_in, newcomer=newcomer, by=owner_of(ben))
    newcomer.refresh_from_db()
    assert newcomer.withdrawn_at is not None
    assert owner_of(cat).email not in mailed()


def test_nobody_asks_itself_or_one_that_is_in_it(ana, ben):
    place = started(ana)
    joined(place, ben)
    for other in (ana, ben):
        with pytest.raises(Refused):
            asking_actions.ask(place=place, other=other, by=owner_of(ana))


def test_only_so_many_are_asked_at_once(ana, council):
    place = started(ana)
    for number in range(MOST_ASKED_AT_ONCE):
        asked(place, business(council, f"Business {number}"))
    with pytest.raises(Refused):
        asking_actions.ask(place=place, other=business(council, "One more"), by=owner_of(ana))


def test_leaving_is_at_once_and_twice_is_once(ana, ben):
    place = started(ana)
    ben_in = joined(place, ben)
    OutgoingMail.objects.all().delete()
    for _ in range(2):
        actions.leave(place=ben_in, by=owner_of(ben))
    assert not Team.objects.of(ben).exists()
    assert mailed() == [owner_of(ana).email]
    assert verbs().count("team.left") == 1
    with pytest.raises(Refused):
        actions.give(place=ben_in, kinds=[], hours=None, days=[], by=owner_of(ben))


def test_who_left_can_be_asked_again(ana, ben):
    place = started(ana)
    actions.leave(place=joined(place, ben), by=owner_of(ben))
    joined(place, ben)
    assert Team.objects.of(ben).count() == 1


def test_a_newcomer_waits_no_longer_for_one_that_left(ana, ben, cat):
    place = started(ana)
    ben_in = joined(place, ben)
    newcomer = asking_actions.ask(place=place, other=cat, by=owner_of(ana))
    actions.leave(place=ben_in, by=owner_of(ben))
    newcomer.refresh_from_db()
    assert newcomer.sent_at is not None


def test_the_last_one_to_leave_ends_the_team(ana, ben):
    place = started(ana)
    newcomer = asked(place, ben)
    actions.leave(place=place, by=owner_of(ana))
    place.team.refresh_from_db()
    assert place.team.ended_at is not None
    with pytest.raises(Refused):
        asking_actions.accept(place=newcomer, by=owner_of(ben))


def test_who_was_in_it_on_a_day(ana, ben):
    place = started(ana)
    ben_in = joined(place, ben)
    day = timezone.localdate()
    before, after = day - datetime.timedelta(days=1), day + datetime.timedelta(days=1)
    assert not place.team.members_on(before).exists()
    assert set(place.team.members_on(day)) == {place, ben_in}
    actions.leave(place=ben_in, by=owner_of(ben))
    assert set(place.team.members_on(day)) == {place}
    assert set(place.team.members_on(after)) == {place}


def test_what_one_gives_can_be_changed(ana):
    place = started(ana)
    actions.give(place=place, kinds=["cooking"], hours=4, days=["sun", "mon"], by=owner_of(ana))
    place.refresh_from_db()
    assert ([kind.pk for kind in place.kinds.all()], place.hours_a_week, place.days) == (["cooking"], 4, ["mon", "sun"])
