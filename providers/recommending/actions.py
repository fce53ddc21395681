"""Every write but a council's: inviting, writing, taking back, and the provider's reply."""

from __future__ import annotations

import datetime

from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from providers.models import (
    Provider,
    ProviderMembership,
    Recommendation,
    RecommendationInvitation,
    RecommendationReply,
)
from providers.models.recommendation import PublicDecision
from providers.models.recommendation_invitation import RECOMMENDATION_INVITATION_LASTS, CameFrom
from providers.recommending.links import invitation_link, link_to
from providers.recommending.rules import MOST_INVITED_WITHIN, WhyNot, why_not
from registry.audit.actions import record
from registry.mail.actions import queue
from registry.models import OutgoingMail, User


class NotInvitedError(Exception):
    """Nobody is invited; `why` says what stands against it."""

    def __init__(self, why: WhyNot) -> None:
        self.why = why
        super().__init__(why.value)


class TooLateError(Exception):
    """Used, taken back or run out meanwhile."""


@transaction.atomic
def invite(*, provider: Provider, email: str, by: User) -> RecommendationInvitation:
    """Write to a customer whom the provider has asked. Raises NotInvitedError."""
    now = _locked_at(provider)
    _refuse_unless_free(provider, email, now, 1)
    invitation = _new(provider, CameFrom.MAIL, email, now, by)
    send_invitation(invitation, _("%(provider)s asks how it went"))
    return invitation


@transaction.atomic
def make_cards(*, provider: Provider, number: int, by: User) -> list[RecommendationInvitation]:
    """Codes to print and hand out, each good once. Raises NotInvitedError."""
    now = _locked_at(provider)
    _refuse_unless_free(provider, "", now, number)
    return [_new(provider, CameFrom.PAPER, "", now, by) for _card in range(number)]


@transaction.atomic
def invite_after_enquiry(*, provider: Provider, email: str) -> OutgoingMail | None:
    """The one mail to somebody who asked here and was answered; None where they have been asked, or have written."""
    now = _locked_at(provider)
    if why_not(email=email, own=own_addresses(provider), before=_before(provider, now), invited_lately=0):
        return None
    invitation = _new(provider, CameFrom.ENQUIRY, email, now, None)
    return send_invitation(invitation, _("How did it go with %(provider)s?"))


@transaction.atomic
def end_invitation(*, invitation: RecommendationInvitation, by: User | None) -> None:
    """The provider takes it back, or the customer would rather not: the address goes at once. Harmless when over."""
    mine = RecommendationInvitation.objects.select_for_update().get(pk=invitation.pk)
    if mine.used_at is None and mine.ended_at is None:
        mine.ended_at, mine.email = timezone.now(), ""
        mine.save(update_fields=["ended_at", "email"])
        record("recommendation.invitation_ended", by=by, target=mine, provider_id=mine.provider_id)


@transaction.atomic
def write(
    *, invitation: RecommendationInvitation, email: str, signed_as: str, known_for: str, went_well: str, went_badly: str
) -> Recommendation:
    """What a customer says; nobody sees it before a council has read it. Raises TooLateError, NotInvitedError."""
    now = timezone.now()
    mine = RecommendationInvitation.objects.select_for_update().filter(pk=invitation.pk)
    held = mine.filter(pk__in=RecommendationInvitation.objects.open_at(now)).first()
    if held is None:
        raise TooLateError
    address = held.email or email
    if address.lower() in {one.lower() for one in own_addresses(held.provider)}:
        raise NotInvitedError(WhyNot.OWN_ADDRESS)
    about_them = Recommendation.objects.standing().filter(provider=held.provider, email__iexact=address)
    if about_them.exclude(outcome=PublicDecision.REFUSED).exists():
        raise NotInvitedError(WhyNot.ASKED_BEFORE)
    held.used_at, held.email = now, ""
    held.save(update_fields=["used_at", "email"])
    said = Recommendation.objects.create(
        provider=held.provider,
        came_from=held.came_from,
        email=address,
        signed_as=signed_as.strip(),
        known_for=known_for,
        went_well=went_well.strip(),
        went_badly=went_badly.strip(),
        written_at=now,
    )
    record("recommendation.written", by=None, target=said, provider_id=said.provider_id)
    tell_writer(said, "mail/recommendation_received.txt", _("We have what you wrote about %(provider)s"))
    return said


@transaction.atomic
def withdraw(*, recommendation: Recommendation) -> None:
    """Its writer takes it back, shown or not: the words go at once, and what was answered to them."""
    mine = Recommendation.objects.select_for_update(of=("self",)).get(pk=recommendation.pk)
    if mine.withdrawn_at is None and mine.purged_at is None:
        mine.withdrawn_at = timezone.now()
        forget(mine)
        record("recommendation.withdrawn", by=None, target=mine, provider_id=mine.provider_id)


@transaction.atomic
def reply(*, recommendation: Recommendation, words: str, by: User) -> RecommendationReply:
    """The provider's answer to what is shown; a council reads it first. Raises TooLateError where there is one."""
    said = Recommendation.objects.select_for_update(of=("self",)).get(pk=recommendation.pk)
    if not Recommendation.objects.shown().filter(pk=said.pk).exists():
        raise TooLateError
    try:
        with transaction.atomic():
            answer = RecommendationReply.objects.create(recommendation=said, words=words.strip(), written_by=by)
    except IntegrityError as second:
        raise TooLateError from second
    record("recommendation.reply_written", by=by, target=answer, provider_id=said.provider_id)
    return answer


@transaction.atomic
def take_reply_back(*, reply: RecommendationReply, by: User) -> None:
    mine = RecommendationReply.objects.select_for_update(of=("self",)).get(pk=reply.pk)
    if mine.withdrawn_at is None:
        mine.withdrawn_at, mine.words = timezone.now(), ""
        mine.save(update_fields=["withdrawn_at", "words"])
        provider_id = mine.recommendation.provider_id
        record("recommendation.reply_withdrawn", by=by, target=mine, provider_id=provider_id)


def forget(recommendation: Recommendation) -> None:
    """The words and who wrote them go; that one came, and what became of it, stays for the published numbers."""
    recommendation.signed_as = recommendation.email = recommendation.went_well = recommendation.went_badly = ""
    recommendation.save()
    RecommendationReply.objects.filter(recommendation=recommendation).update(words="")


def invite_again(recommendation: Recommendation) -> RecommendationInvitation:
    """Another code for a writer whose words can be mended."""
    return RecommendationInvitation.objects.create(
        provider_id=recommendation.provider_id, came_from=CameFrom.AGAIN, email=recommendation.email
    )


def send_invitation(invitation: RecommendationInvitation, subject: str) -> OutgoingMail:
    provider = invitation.provider
    words = {
        "provider": provider,
        "council": provider.home_council,
        "after_enquiry": invitation.came_from == CameFrom.ENQUIRY,
        "link": invitation_link(invitation),
        "until": invitation.made_at + RECOMMENDATION_INVITATION_LASTS,
    }
    body = render_to_string("mail/recommendation_asked.txt", words)
    return queue(to=invitation.email, subject=subject % {"provider": provider.name}, body=body)


def tell_writer(recommendation: Recommendation, template: str, subject: str, **more: object) -> None:
    """To its writer while the address is kept."""
    if not recommendation.email:
        return
    provider = recommendation.provider
    words = {
        "recommendation": recommendation,
        "provider": provider,
        "council": provider.home_council,
        "link": link_to(recommendation),
        **more,
    }
    subject %= {"provider": provider.name}
    queue(to=recommendation.email, subject=subject, body=render_to_string(template, words))


def own_addresses(provider: Provider) -> list[str]:
    people = ProviderMembership.objects.current().filter(provider=provider)
    return [address for address in (provider.email, *people.values_list("user__email", flat=True)) if address]


def _refuse_unless_free(provider: Provider, email: str, now: datetime.datetime, wanted: int) -> None:
    made = RecommendationInvitation.objects.filter(provider=provider, made_at__gt=now - MOST_INVITED_WITHIN)
    against = why_not(
        email=email,
        own=own_addresses(provider),
        before=_before(provider, now),
        invited_lately=made.filter(made_by__isnull=False).count(),
        wanted=wanted,
    )
    if against is not None:
        raise NotInvitedError(against)


def _before(provider: Provider, now: datetime.datetime) -> list[str]:
    invited = RecommendationInvitation.objects.open_at(now).filter(provider=provider).exclude(email="")
    written = Recommendation.objects.standing().filter(provider=provider).exclude(email="")
    return [*invited.values_list("email", flat=True), *written.values_list("email", flat=True)]


def _new(
    provider: Provider, came_from: CameFrom, email: str, now: datetime.datetime, by: User | None
) -> RecommendationInvitation:
    invitation = RecommendationInvitation.objects.create(
        provider=provider, came_from=came_from, email=email.strip(), made_at=now, made_by=by
    )
    record("recommendation.invited", by=by, target=invitation, provider_id=provider.pk)
    return invitation


def _locked_at(provider: Provider) -> datetime.datetime:
    Provider.every.select_for_update().get(pk=provider.pk)
    return timezone.now()
