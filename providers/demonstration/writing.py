"""Invented providers as rows: the same rows that joining, checking and publishing would have left, many at a time."""

from __future__ import annotations

import datetime
import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from django.contrib.auth.hashers import make_password
from django.core.files.base import ContentFile
from django.db import models
from django.utils import timezone

from providers.credentials.kinds import KINDS
from providers.demonstration.certificates import example_certificate
from providers.demonstration.details import details
from providers.demonstration.invented import (
    InventedCredential,
    InventedProvider,
    InventedService,
    Standing,
)
from providers.demonstration.proving import decided_on, invent_credentials, invent_dbs
from providers.models import (
    Availability,
    Check,
    CouncilListing,
    Coverage,
    Credential,
    DbsRecord,
    Evidence,
    PriceExtra,
    Provider,
    ProviderMembership,
    Service,
    Submission,
    WeeklyHours,
)
from providers.models.check import CheckOutcome
from providers.models.coverage import Reach
from providers.models.provider_membership import ProviderRole
from providers.models.submission import Decision
from registry.audit.actions import event, record_many
from registry.models import User

ROWS_AT_ONCE = 500
# Sent in the evening, decided in office hours.
SENT_AT = datetime.time(19, 40)
DECIDED_AT = datetime.time(10, 15)
WHY_SENT_BACK = (
    "Your certificate does not show the last day of cover. Please send the page that does.",
    "You say that you help with washing, and also that there are three of you. Please tell us who is registered, "
    "or take the washing out for now.",
    "The name on the insurance is not the name you trade under. Please ask your insurer to add it.",
    "We could not open the file. A photo of the paper, taken in daylight, is quite enough.",
)
Made = dict[type[models.Model], list[models.Model]]


@dataclass
class Book:
    """Rows to write, and what has to be said of them in the audit, in the order of the foreign keys."""

    today: datetime.date
    rng: random.Random
    checkers: dict[str, User]
    neighbours: dict[str, str]
    sound: set[str] = field(default_factory=set)
    rows: Made = field(default_factory=lambda: defaultdict(list))
    categories: list[tuple[Service, Sequence[str]]] = field(default_factory=list)
    to_list: list[tuple[datetime.date, str, Provider]] = field(default_factory=list)
    changing: list[Provider] = field(default_factory=list)
    told: list[tuple[str, User | None, models.Model, str, Provider]] = field(default_factory=list)

    def add(self, row: models.Model) -> None:
        self.rows[type(row)].append(row)

    def tell(self, verb: str, by: User | None, target: models.Model, council: str, provider: Provider) -> None:
        self.told.append((verb, by, target, council, provider))


def note_provider(invented: InventedProvider, owner: User, book: Book) -> Provider:
    """Everything about one provider into the book; nothing is written yet."""
    provider = _provider(invented)
    sent_at = moment(book.today - datetime.timedelta(days=invented.sent_days_ago), SENT_AT)
    provider.created_at = sent_at
    book.add(provider)
    book.add(ProviderMembership(user=owner, provider=provider, role=ProviderRole.OWNER, started_at=sent_at))
    for offered in invented.services:
        _note_service(offered, provider, invented, book)
    proofs_wait = invented.standing != Standing.LISTED
    for claim in invent_credentials(invented, today=book.today, rng=book.rng, sound=invented.slug in book.sound):
        _note_credential(claim, provider, owner, book, with_evidence=proofs_wait or claim.seen_on is None)
    _note_dbs(invented, provider, book)
    _note_submissions(invented, provider, owner, sent_at, book)
    return provider


def _provider(invented: InventedProvider) -> Provider:
    return Provider(
        slug=invented.slug,
        name=invented.name,
        legal_form=invented.legal_form,
        people=invented.people,
        employs_anyone=invented.employs_anyone,
        run_by_members=invented.run_by_members,
        about=invented.about,
        phone=invented.phone,
        email=invented.email,
        website=invented.website,
        prefers_calls=invented.prefers_calls,
        base_postcode=invented.spot.postcode,
        town=invented.spot.town,
        home_council_id=invented.spot.council,
        is_invented=True,
    )


def _note_service(offered: InventedService, provider: Provider, invented: InventedProvider, book: Book) -> None:
    service = Service(
        provider=provider,
        name=offered.name,
        description=offered.description,
        client_groups=list(offered.client_groups),
        delivery=list(offered.delivery),
        languages=list(offered.languages),
        payers=list(offered.payers),
        price_pence=offered.price_pence,
        price_unit=offered.price_unit,
        price_note=offered.price_note,
        minimum_minutes=offered.minimum_minutes,
        regulatory_basis=offered.basis,
        regulator=offered.regulator,
        registration_number=offered.registration_number,
    )
    more = details(offered)
    service.accessibility = more.accessibility
    book.add(service)
    for what, pence, unit in more.extras:
        book.add(PriceExtra(service=service, extra_for=what, price_pence=pence, price_unit=unit))
    for day, spans in more.hours.items():
        for start, end in spans:
            book.add(WeeklyHours(service=service, day=day, starts_minute=start, ends_minute=end))
    book.categories.append((service, offered.categories))
    spot = invented.spot
    for way in offered.coverage:
        if way.reach == Reach.AREA:
            for code in way.councils:
                book.add(Coverage(service=service, reach=Reach.AREA, council_id=code))
        else:
            point = {"easting": spot.easting, "northing": spot.northing}
            book.add(Coverage(service=service, reach=way.reach, metres=way.metres, place=way.place, **point))
    times = offered.availability
    away = datetime.timedelta(days=times.away_for_days) if times.away_for_days else None
    book.add(
        Availability(
            service=service,
            days=list(times.days),
            parts=list(times.parts),
            space=times.space,
            away_until=book.today + away if away else None,
            hours_free=times.hours_free,
            confirmed_on=book.today - datetime.timedelta(days=min(times.confirmed_days_ago, invented.sent_days_ago)),
        )
    )


def _note_credential(
    claim: InventedCredential, provider: Provider, owner: User, book: Book, *, with_evidence: bool
) -> None:
    credential = Credential(
        provider=provider,
        kind=claim.kind,
        holder=KINDS[claim.kind].holder,
        held_by=claim.held_by,
        issuer=claim.issuer,
        reference=claim.reference,
        amount_pence=claim.amount_pence,
        level=claim.level,
        edition=claim.edition,
        standards=list(claim.standards),
        starts_on=claim.starts_on,
        ends_on=claim.ends_on,
    )
    book.add(credential)
    home = provider.home_council_id
    if claim.seen_on is not None:
        _note_check(claim, claim.seen_on, credential, home, book)
        if claim.also_seen_by_neighbour and book.neighbours.get(home):
            _note_check(claim, claim.seen_on, credential, book.neighbours[home], book)
    if with_evidence:
        note_evidence(credential, provider, owner, book)


def _note_check(
    claim: InventedCredential, seen_on: datetime.date, credential: Credential, council: str, book: Book
) -> None:
    outcome = CheckOutcome.NOT_ACCEPTED if claim.refused else CheckOutcome.SEEN
    by = book.checkers[council]
    check = Check(
        credential=credential,
        council_id=council,
        by=by,
        seen_on=seen_on,
        means=claim.means,
        outcome=outcome,
        note=claim.note,
        recorded_at=moment(seen_on, DECIDED_AT),
    )
    book.add(check)
    book.tell(f"credential.{outcome}", by, credential, council, credential.provider)


def note_evidence(credential: Credential, provider: Provider, owner: User, book: Book) -> None:
    """A file for whoever has to look at it; those already looked at were purged, as they are after a while."""
    until = f"to {credential.ends_on:%d %B %Y}" if credential.ends_on else "with no last day"
    lines = [
        str(KINDS[credential.kind].name),
        provider.name,
        credential.issuer,
        f"From {credential.starts_on:%d %B %Y}",
    ]
    as_pdf = book.rng.random() < 0.35
    content = example_certificate([*lines, until], as_pdf=as_pdf)
    kind = "application/pdf" if as_pdf else "image/png"
    evidence = Evidence(credential=credential, content_type=kind, size=len(content), uploaded_by=owner)
    evidence.file.save("certificate", ContentFile(content), save=False)
    book.add(evidence)


def _note_dbs(invented: InventedProvider, provider: Provider, book: Book) -> None:
    by = book.checkers[provider.home_council_id]
    for seen in invent_dbs(invented, today=book.today, rng=book.rng):
        said_yes = moment(seen.seen_on, DECIDED_AT)
        dbs = DbsRecord(
            provider=provider,
            person_number=seen.person_number,
            level=seen.level,
            issued_on=seen.issued_on,
            last_four=seen.last_four,
            on_update_service=seen.on_update_service,
            seen_for_id=provider.home_council_id,
            seen_by=by,
            seen_on=seen.seen_on,
            means=seen.means,
            shown_publicly_since=said_yes if seen.shown_publicly else None,
            shared_with_councils_since=said_yes if seen.shared_with_councils else None,
        )
        book.add(dbs)
        book.tell("dbs.seen", by, dbs, provider.home_council_id, provider)


def _note_submissions(
    invented: InventedProvider, provider: Provider, owner: User, sent_at: datetime.datetime, book: Book
) -> None:
    council, by = provider.home_council_id, book.checkers[provider.home_council_id]
    decided = decided_on(invented, book.today)
    first = Submission(provider=provider, council_id=council, sent_at=sent_at, sent_by=owner)
    book.tell("provider.sent", owner, provider, council, provider)
    if invented.standing != Standing.NEW:
        first.decided_at, first.decided_by = moment(decided, DECIDED_AT), by
        first.decision = Decision.PUBLISHED
    if invented.standing == Standing.SENT_BACK:
        first.decision, first.reason = Decision.SENT_BACK, book.rng.choice(WHY_SENT_BACK)
        book.tell("submission.sent_back", by, first, council, provider)
    elif invented.standing != Standing.NEW:
        book.to_list.append((decided, council, provider))
        book.tell("submission.published", by, first, council, provider)
    book.add(first)
    if invented.standing == Standing.CHANGING:
        days_ago = datetime.timedelta(days=book.rng.randint(1, 6))
        lately = moment(book.today - days_ago, SENT_AT)
        book.add(Submission(provider=provider, council_id=council, sent_at=lately, sent_by=owner))
        book.changing.append(provider)


def write(book: Book) -> None:
    """All rows of the book, in the order in which they lean on each other, then the audit of them."""
    of_service = (Coverage, Availability, PriceExtra, WeeklyHours)
    of_papers = (Credential, Check, Evidence, DbsRecord)
    for model in (Provider, ProviderMembership, Service, *of_service, *of_papers, Submission, CouncilListing):
        manager = cast(Any, model._default_manager)
        manager.bulk_create(book.rows.pop(model, []), batch_size=ROWS_AT_ONCE)
    through = Service.categories.through
    links = [through(service=service, category_id=code) for service, codes in book.categories for code in codes]
    through._default_manager.bulk_create(links, batch_size=ROWS_AT_ONCE)
    record_many(
        event(verb, by=by, target=target, council=council, provider_id=provider.pk)
        for verb, by, target, council, provider in book.told
    )
    book.categories.clear()
    book.told.clear()


def make_owners(invented: Iterable[InventedProvider], kept: dict[str, User]) -> dict[str, User]:
    """Somebody who runs each provider, by slug: a person of the demonstration, or an address that reaches nobody."""
    nobody = make_password(None)
    owners = {
        each.slug: kept.get(each.slug)
        or User(email=f"owner@{each.slug}.example", name=each.owner.name, password=nobody)
        for each in invented
    }
    User.objects.bulk_create([owner for slug, owner in owners.items() if slug not in kept], batch_size=ROWS_AT_ONCE)
    return owners


def moment(day: datetime.date, at: datetime.time) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, at))
