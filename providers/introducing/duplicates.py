"""The listings that may be the same business as the one being registered, found by one query."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Exists, F, Func, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Right
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from providers.access import providers_of
from providers.identifiers.rules import mended
from providers.introducing.rules import DIGITS_OF_A_PHONE, MOST_SHOWN, OF_ONES_OWN, Described, Reason, digits, reasons
from providers.introducing.rules import weight as weight_of
from providers.joining.said import Said
from providers.models import Draft, Identifier, Provider, ProviderMembership, TwinAnswer
from providers.models.identifier import Scheme
from registry.models import User

# Looser than the rule, which folds names first: what the database lets through, the rule looks at.
LOOSELY_ALIKE = 0.3
MOST_LOOKED_AT = 50
PRIVATE = {
    Reason.NUMBER: _("Somebody has begun to register a business with this register number."),
    Reason.PHONE: _("Somebody has begun to register a business with this phone number."),
    Reason.EMAIL: _("Somebody has begun to register a business with this email address."),
}
SHARED = {
    Reason.NUMBER: _("the same register number"),
    Reason.PHONE: _("the same phone number"),
    Reason.EMAIL: _("the same email address"),
    Reason.NAME: _("a name like yours, and close by"),
}


@dataclass(frozen=True)
class Twin:
    """A listing that may be theirs, and what the person may know of it: nothing but what is public, or their own."""

    provider: Provider
    reasons: list[Reason]
    is_mine: bool
    has_people: bool

    @property
    def is_shown(self) -> bool:
        provider = self.provider
        return self.is_mine or (provider.listed_at is not None and provider.suspended_at is None)

    @property
    def title(self) -> str | Promise:
        if not self.is_shown:
            return PRIVATE[next(reason for reason in self.reasons if reason in OF_ONES_OWN)]
        return ", ".join(part for part in (self.provider.name, self.provider.town) if part)

    @property
    def shared(self) -> list[str | Promise]:
        return [SHARED[reason] for reason in self.reasons] if self.is_shown else []


def described(said: Said) -> Described:
    """What has been said so far; the place is known once its step is done."""
    place = said.place
    return Described(
        name=said.get("you", "name", ""),
        phone=said.get("you", "phone", ""),
        email=said.get("you", "email", "") or "",
        outcode=place.written.split()[0] if place else "",
        town=said.get("where", "town", "") or "",
        numbers=_numbers(said),
    )


def _numbers(said: Said) -> dict[str, str]:
    """Wherever a step asked for a number of a public register."""
    typed = {scheme: facts.get(scheme) for facts in said.answers.values() for scheme in Scheme.values}
    return {scheme: mended(scheme, value) for scheme, value in typed.items() if isinstance(value, str) and value}


def twins_of(mine: Described, user: User | None, *, leaving_out: Collection[uuid.UUID] = ()) -> list[Twin]:
    """The likeliest three. What is not public counts only by what nobody else has by chance."""
    candidates = _candidates(mine, leaving_out)
    own = set(providers_of(user).values_list("pk", flat=True)) if user else set()
    found = [_twin(mine, provider, provider.pk in own) for provider in candidates]
    likely = [twin for twin in found if twin.reasons and (twin.is_shown or set(twin.reasons) & set(OF_ONES_OWN))]
    return sorted(likely, key=lambda twin: (-weight_of(twin.reasons), str(twin.provider.pk)))[:MOST_SHOWN]


def unanswered(draft: Draft, said: Said, user: User) -> list[Twin]:
    answered = TwinAnswer.objects.filter(draft=draft).values_list("provider", flat=True)
    return twins_of(described(said), user, leaving_out=list(answered))


def _candidates(mine: Described, leaving_out: Collection[uuid.UUID]) -> QuerySet[Provider]:
    numbers = Q()
    for scheme, value in mine.numbers.items():
        numbers |= Q(scheme=scheme, value=value)
    wanted = Q(pk__in=Identifier.objects.filter(numbers).values("provider")) if numbers else Q(pk__in=[])
    if phone := digits(mine.phone):
        wanted |= Q(last_digits=phone)
    if mine.email:
        wanted |= Q(email__iexact=mine.email)
    near = Q(base_postcode__istartswith=mine.outcode) if mine.outcode else Q()
    near |= Q(town__iexact=mine.town) if mine.town else Q()
    if mine.name and near:
        wanted |= Q(near, likeness__gte=LOOSELY_ALIKE)
    members = ProviderMembership.objects.current().filter(provider=OuterRef("pk"), user__is_active=True)
    all_digits = Func(F("phone"), Value("[^0-9]"), Value(""), Value("g"), function="REGEXP_REPLACE")
    listings = Provider.every.filter(left_at__isnull=True).annotate(
        last_digits=Right(all_digits, DIGITS_OF_A_PHONE),
        likeness=TrigramSimilarity("name", mine.name),
        has_people=Exists(members),
    )
    # The likeliest by name first, should a town hold more than can be looked at.
    return (
        listings.filter(wanted)
        .exclude(pk__in=leaving_out)
        .prefetch_related("identifiers")
        .order_by("-likeness", "pk")[:MOST_LOOKED_AT]
    )


def _twin(mine: Described, provider: Provider, is_mine: bool) -> Twin:
    other = Described(
        name=provider.name,
        phone=provider.phone,
        email=provider.email,
        outcode=provider.outcode,
        town=provider.town,
        numbers={identifier.scheme: identifier.value for identifier in provider.identifiers.all()},
    )
    return Twin(provider, reasons(mine, other), is_mine, bool(getattr(provider, "has_people", False)))
