"""What a council decides: whether words are shown, and for which of the published reasons they are not."""

from __future__ import annotations

from django.db import models, transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from providers.access import council_that_decides
from providers.credentials.letters import write_to_provider
from providers.models import Recommendation, RecommendationReply
from providers.models.recommendation import NotShownBecause, PublicDecision
from providers.recommending.actions import forget, invite_again, tell_writer
from providers.recommending.links import invitation_link, own_page
from providers.recommending.rules import CAN_BE_MENDED
from registry.audit.actions import record
from registry.models import User


class AlreadyDecidedError(Exception):
    """A colleague was quicker, or it was taken back."""


@transaction.atomic
def show(*, recommendation: Recommendation, by: User) -> None:
    """Put it on the provider's page; its writer and the provider are told. Raises AlreadyDecidedError."""
    mine = _waiting(recommendation)
    _decide(mine, PublicDecision.SHOWN, "", by)
    _note("recommendation.shown", mine, by, mine)
    tell_writer(mine, "mail/recommendation_shown.txt", _("What you wrote about %(provider)s is on its page"))
    words = {"link": own_page(mine.provider)}
    body = render_to_string("mail/recommendation_to_provider.txt", words)
    write_to_provider(mine.provider, subject=_("A customer has written about you"), body=body)


@transaction.atomic
def refuse(*, recommendation: Recommendation, reason: str, by: User) -> None:
    """Keep it back for one of the published reasons, which its writer is told. Raises AlreadyDecidedError."""
    mine = _waiting(recommendation)
    _decide(mine, PublicDecision.REFUSED, reason, by)
    _note("recommendation.refused", mine, by, mine)
    again = invitation_link(invite_again(mine)) if reason in CAN_BE_MENDED and mine.email else ""
    subject = _("What you wrote about %(provider)s is not shown")
    tell_writer(mine, "mail/recommendation_refused.txt", subject, reason=mine.get_reason_display(), again=again)


@transaction.atomic
def hand_over(*, recommendation: Recommendation, by: User) -> None:
    """A safeguarding concern was in it: once it is handed over, the words go, shown or not (rule 16)."""
    mine = Recommendation.objects.select_for_update(of=("self",)).select_related("provider").get(pk=recommendation.pk)
    if mine.purged_at is not None or mine.withdrawn_at is not None:
        return
    mine.purged_at = timezone.now()
    forget(mine)
    _decide(mine, PublicDecision.REFUSED, NotShownBecause.SAFEGUARDING, by)
    _note("recommendation.words_removed", mine, by, mine)


@transaction.atomic
def show_reply(*, reply: RecommendationReply, by: User) -> None:
    mine = _waiting_reply(reply)
    _decide(mine, PublicDecision.SHOWN, "", by)
    _note("recommendation.reply_shown", mine.recommendation, by, mine)
    _tell_provider(mine, _("Your reply is on your page"))


@transaction.atomic
def refuse_reply(*, reply: RecommendationReply, reason: str, by: User) -> None:
    """They may write another."""
    mine = _waiting_reply(reply)
    _decide(mine, PublicDecision.REFUSED, reason, by)
    _note("recommendation.reply_refused", mine.recommendation, by, mine)
    _tell_provider(mine, _("Your reply is not shown"))


@transaction.atomic
def hand_over_reply(*, reply: RecommendationReply, by: User) -> None:
    """The same for a reply (rule 16)."""
    mine = RecommendationReply.objects.select_for_update(of=("self",)).get(pk=reply.pk)
    if mine.withdrawn_at is None:
        mine.withdrawn_at, mine.words = timezone.now(), ""
        _decide(mine, PublicDecision.REFUSED, NotShownBecause.SAFEGUARDING, by)
        _note("recommendation.words_removed", mine.recommendation, by, mine)


def _tell_provider(reply: RecommendationReply, subject: str) -> None:
    provider = reply.recommendation.provider
    words = {"reason": reply.get_reason_display(), "link": own_page(provider)}
    body = render_to_string("mail/recommendation_reply_decided.txt", words)
    write_to_provider(provider, subject=subject, body=body)


def _decide(said: Recommendation | RecommendationReply, outcome: PublicDecision, reason: str, by: User) -> None:
    said.outcome, said.reason = outcome, reason
    said.decided_at, said.decided_by = timezone.now(), by
    said.save()


def _note(verb: str, about: Recommendation, by: User, target: models.Model) -> None:
    council = council_that_decides(by, about.provider)
    record(verb, by=by, target=target, council=council, provider_id=about.provider_id)


def _waiting(recommendation: Recommendation) -> Recommendation:
    mine = Recommendation.objects.waiting().select_for_update(of=("self",)).filter(pk=recommendation.pk)
    found = mine.select_related("provider__home_council").first()
    if found is None:
        raise AlreadyDecidedError
    return found


def _waiting_reply(reply: RecommendationReply) -> RecommendationReply:
    mine = RecommendationReply.objects.waiting().select_for_update(of=("self",)).filter(pk=reply.pk)
    found = mine.select_related("recommendation__provider").first()
    if found is None:
        raise AlreadyDecidedError
    return found
