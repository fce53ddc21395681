"""What customers said of the invented and asked of them, and how soon they were answered.

It comes after everything else, with a chance of its own, so that what was invented before stays the same.
"""

from __future__ import annotations

import datetime
import random
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field

from providers.demonstration.banks import customers_words
from providers.demonstration.writing import DECIDED_AT, SENT_AT, Book, moment
from providers.figures.rules import weeks_back
from providers.models import (
    AnswerTime,
    Enquiry,
    Provider,
    ProviderMembership,
    Recommendation,
    RecommendationReply,
)
from providers.models.enquiry import AnswerBy, Answered
from providers.models.provider_membership import ProviderRole
from providers.models.recommendation import PublicDecision
from providers.models.recommendation_invitation import CameFrom
from providers.models.reference import KnownFor
from registry.models import User

# Shares of those who have been listed for a while: recommended by somebody, and asked often enough to know how soon
# they answer.
RECOMMENDED, ASKED_OFTEN = 0.3, 0.25
A_WHILE = datetime.timedelta(days=60)
OF_A_LEAD, AT_MOST = 4, 3
NOT_ALL_WELL, REPLIED = 0.3, 0.6
WEEKS = 40
ANSWERS = (10, 18)
# Hours until an answer, and days in which a council reads what was written.
ANSWERED_WITHIN, READ_WITHIN = 60, 6
WAITS = "He is good company and never looks at his watch. I would like other families to know that."
ASKED = (
    ("Somebody to sit with Mum on Tuesday afternoons while I am at work. She likes cards and the wireless.", "Priya"),
    ("Do you have room next month? My brother is coming home from hospital and I am on my own with it.", "Tom"),
)
ANSWER = "Yes, from the second week of next month. I will ring you on Thursday evening and we can meet first."


@dataclass
class _Words:
    """Lines dealt one after the other, so that a page rarely says the same thing twice."""

    rng: random.Random
    dealt: dict[str, list[str]]

    def deal(self, bank: str) -> str:
        left = self.dealt.setdefault(bank, [])
        if not left:
            left.extend(self.rng.sample(customers_words()[bank], len(customers_words()[bank])))
        return left.pop()


@dataclass
class _Rows:
    said: list[Recommendation] = field(default_factory=list)
    replies: list[RecommendationReply] = field(default_factory=list)
    times: list[AnswerTime] = field(default_factory=list)

    def write(self) -> None:
        Recommendation.objects.bulk_create(self.said)
        RecommendationReply.objects.bulk_create(self.replies)
        AnswerTime.objects.bulk_create(self.times)


def write_customers(book: Book, leads: dict[str, User], seed: int) -> None:
    rng = random.Random(seed)
    words, rows = _Words(rng, {}), _Rows()
    owners = _owners([provider for _day, _council, provider in book.to_list])
    for listed_on, council, provider in sorted(book.to_list, key=lambda one: one[2].slug):
        is_lead = provider.slug in leads
        if not is_lead and listed_on > book.today - A_WHILE:
            continue
        if is_lead or rng.random() < RECOMMENDED:
            since = min(listed_on, book.today - A_WHILE)
            for written_on in _days(since, book.today, OF_A_LEAD if is_lead else rng.randint(1, AT_MOST), rng):
                _note_recommendation(rows, provider, council, written_on, owners[provider.pk], book, words)
        if is_lead or rng.random() < ASKED_OFTEN:
            rows.times += _answer_times(provider, book.today, rng)
    for provider in Provider.every.filter(slug__in=leads).order_by("slug"):
        rows.said.append(_waiting(provider, book.today))
        Enquiry.objects.bulk_create(_enquiries(provider, book.today))
    rows.write()


def _note_recommendation(
    rows: _Rows, provider: Provider, council: str, written_on: datetime.date, owner: User, book: Book, words: _Words
) -> None:
    said, answer = _shown(provider, book.checkers[council], written_on, words)
    rows.said.append(said)
    book.tell("recommendation.shown", said.decided_by, said, council, provider)
    if answer and words.rng.random() < REPLIED:
        rows.replies.append(_reply(said, owner, answer))


def _owners(providers: Sequence[Provider]) -> dict[uuid.UUID, User]:
    rows = ProviderMembership.objects.filter(role=ProviderRole.OWNER, provider__in=providers)
    return {row.provider_id: row.user for row in rows.select_related("user")}


def _days(since: datetime.date, today: datetime.date, number: int, rng: random.Random) -> list[datetime.date]:
    """Between two days, none in the last week: those would still wait for the council."""
    long = (today - since).days - 7
    return sorted(since + datetime.timedelta(days=rng.randint(1, max(long, 1))) for _each in range(number))


def _shown(provider: Provider, by: User, written_on: datetime.date, words: _Words) -> tuple[Recommendation, str]:
    """What one customer said, and what the provider could reply to what did not go well."""
    read_on = written_on + datetime.timedelta(days=words.rng.randint(1, READ_WITHIN))
    is_mixed = words.rng.random() < NOT_ALL_WELL
    went_badly, _bar, answer = words.deal("went_badly").partition(" | ") if is_mixed else ("", "", "")
    said = Recommendation(
        provider=provider,
        came_from=words.rng.choice((CameFrom.PAPER, CameFrom.MAIL, CameFrom.ENQUIRY)),
        signed_as=words.deal("signed_as"),
        known_for=words.rng.choice(KnownFor.values),
        went_well=words.deal("went_well"),
        went_badly=went_badly,
        written_at=moment(written_on, SENT_AT),
        decided_at=moment(read_on, DECIDED_AT),
        decided_by=by,
        outcome=PublicDecision.SHOWN,
    )
    return said, answer


def _reply(said: Recommendation, owner: User, words: str) -> RecommendationReply:
    assert said.decided_at is not None, "only what is shown is answered"
    decided_at = said.decided_at + datetime.timedelta(days=1)
    return RecommendationReply(
        recommendation=said,
        words=words,
        written_at=said.decided_at,
        written_by=owner,
        decided_at=decided_at,
        decided_by=said.decided_by,
        outcome=PublicDecision.SHOWN,
    )


def _waiting(provider: Provider, today: datetime.date) -> Recommendation:
    yesterday = today - datetime.timedelta(days=1)
    return Recommendation(
        provider=provider,
        came_from=CameFrom.PAPER,
        signed_as="A son",
        email="a.son@customers.nearhand.example",
        known_for=KnownFor.YEARS,
        went_well=WAITS,
        written_at=moment(yesterday, SENT_AT),
    )


def _enquiries(provider: Provider, today: datetime.date) -> list[Enquiry]:
    """One that waits for an answer, and one that was answered."""
    waits, answered = (
        Enquiry(
            provider=provider,
            name=name,
            answer_by=AnswerBy.EMAIL,
            email=f"{name.lower()}@customers.nearhand.example",
            help_wanted=help_wanted,
            press=uuid.uuid4(),
            asked_at=moment(today - datetime.timedelta(days=days), SENT_AT),
            relayed_at=moment(today - datetime.timedelta(days=days), SENT_AT),
        )
        for (help_wanted, name), days in zip(ASKED, (1, 9), strict=True)
    )
    answered.answered_at = moment(today - datetime.timedelta(days=8), DECIDED_AT)
    answered.answered_how, answered.answer = Answered.HERE, ANSWER
    return [waits, answered]


def _answer_times(provider: Provider, today: datetime.date, rng: random.Random) -> list[AnswerTime]:
    weeks = weeks_back(today, WEEKS)
    return [
        AnswerTime(provider=provider, week=rng.choice(weeks), hours=rng.randint(1, ANSWERED_WITHIN))
        for _each in range(rng.randint(*ANSWERS))
    ]
