"""What the registry holds of a provider, part by part: the names of parts and keys are promised to stay.

Every column of every table that hangs on a provider is in a part, but for those named here with the reason.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from providers.models import (
    AnswerTime,
    Availability,
    Check,
    Confirmation,
    Correction,
    CouncilListing,
    Coverage,
    Credential,
    DbsRecord,
    Draft,
    DraftFile,
    DraftStep,
    Enquiry,
    Evidence,
    FieldChange,
    Identifier,
    ImportedRow,
    PartnerWish,
    PassportLink,
    PriceExtra,
    Provider,
    ProviderInvitation,
    ProviderMembership,
    Recommendation,
    RecommendationInvitation,
    RecommendationReply,
    Reference,
    Service,
    Submission,
    Team,
    TeamMember,
    TeamPlan,
    TeamYes,
    Version,
    WeeklyFigure,
    WeeklyHours,
)
from registry.models import AuditEvent


@dataclass(frozen=True)
class Part:
    """`path` leads from a row to its provider's id. `without` are columns that are not given out."""

    name: str
    what: str | Promise
    model: type[models.Model]
    path: str
    without: frozenset[str] = frozenset()
    # The page on which a file can be opened, for rows that have one.
    opens: str = ""


# The scanner's and the queue's own bookkeeping, and where a file lies: of use to nobody outside.
INNER = frozenset({"file", "scan_claimed_at"})

PARTS = [
    Part("provider", _("Your business, as it stands now"), Provider, "pk", frozenset({"suspended_by"})),
    Part("people", _("Who runs it, now and before"), ProviderMembership, "provider"),
    Part("invitations", _("Whom you asked to help run it"), ProviderInvitation, "provider"),
    Part("identifiers", _("Your numbers on public registers"), Identifier, "provider"),
    Part("services", _("What you do"), Service, "provider"),
    Part(
        "coverage", _("Where each service goes; points in metres on the National Grid"), Coverage, "service__provider"
    ),
    Part("availability", _("Days, space and hours free of each service"), Availability, "service__provider"),
    Part("weekly_hours", _("Hours of each service; minutes after midnight"), WeeklyHours, "service__provider"),
    Part("price_extras", _("Prices that differ, and when"), PriceExtra, "service__provider"),
    Part("credentials", _("Insurance, training and other proof"), Credential, "provider"),
    # What a council's staff wrote for themselves may speak of others: it is asked of the council.
    Part("checks", _("Which council looked at what, when and how"), Check, "credential__provider", frozenset({"note"})),
    Part("evidence", _("Your certificates"), Evidence, "credential__provider", INNER, opens="evidence"),
    Part("dbs_records", _("That a DBS certificate was seen"), DbsRecord, "provider"),
    # Given to the council in confidence.
    Part(
        "references",
        _("Customers you asked to speak for you"),
        Reference,
        "provider",
        frozenset({"words", "would_ask_again", "known_for"}),
    ),
    Part("council_listings", _("Which councils list you"), CouncilListing, "provider"),
    Part(
        "submissions", _("What you sent, and what a council decided"), Submission, "provider", frozenset({"taken_at"})
    ),
    Part("changes", _("Single facts you changed: was, will be, what became of it"), FieldChange, "provider"),
    Part("versions", _("Your page as it was approved, each time"), Version, "provider"),
    Part("confirmations", _("When you said that all is still right"), Confirmation, "provider"),
    Part("drafts", _("What is written and not sent"), Draft, "provider"),
    Part("draft_steps", _("The answers in it"), DraftStep, "draft__provider"),
    Part("draft_files", _("The files in it"), DraftFile, "draft__provider", INNER, opens="join_file"),
    Part("passport_links", _("Links you made to your passport"), PassportLink, "provider"),
    Part("figures", _("How often you were found, opened and asked, by week"), WeeklyFigure, "provider"),
    # An address is given to nobody whom its owner has not let write to it.
    Part(
        "enquiries",
        _("What families asked you, and what you answered"),
        Enquiry,
        "provider",
        frozenset({"email", "likeness", "press", "was_held"}),
    ),
    Part("answer_times", _("How long you took to answer, by the week in which you were asked"), AnswerTime, "provider"),
    Part(
        "recommendation_invitations",
        _("Whom you asked to recommend you: when, and whether they did"),
        RecommendationInvitation,
        "provider",
        frozenset({"email", "code"}),
    ),
    # What is shown stands on the provider's page; what is not is between its writer and the council.
    Part(
        "recommendations",
        _("That customers wrote about you, and what became of it"),
        Recommendation,
        "provider",
        frozenset({"email", "signed_as", "went_well", "went_badly"}),
    ),
    Part(
        "recommendation_replies",
        _("What you answered to recommendations"),
        RecommendationReply,
        "recommendation__provider",
    ),
    Part(
        "corrections",
        _("That somebody said something was wrong on your page, and what you answered"),
        Correction,
        "provider",
        frozenset({"email", "words", "press"}),
    ),
    Part("imported_rows", _("Which row of which public list a service came from"), ImportedRow, "provider"),
    # Who of another business pressed the button is theirs.
    Part(
        "teams",
        _("Teams you are in, were in, or were asked into"),
        Team,
        "members__provider",
        frozenset({"started_by", "ended_by"}),
    ),
    Part("team_places", _("Your place in each: when, what you said, what you give"), TeamMember, "provider"),
    Part("team_plans", _("Who was to lead a team of yours, and in what form"), TeamPlan, "team__members__provider"),
    Part("team_yeses", _("What you said yes to in a team"), TeamYes, "member__provider"),
    Part(
        "partner_wishes",
        _("With whom you would, or would rather not, work; nobody else sees it"),
        PartnerWish,
        "provider",
    ),
    Part("log", _("What was done about your business, and when"), AuditEvent, "provider_id"),
]


def add_parts(parts: Iterable[Part]) -> None:
    """What a floor above holds of a provider. The log stays last."""
    known = {part.name for part in PARTS}
    PARTS[-1:-1] = [part for part in parts if part.name not in known]
