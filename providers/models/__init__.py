from providers.models.answer_time import AnswerTime
from providers.models.api_key import ApiKey
from providers.models.availability import Availability
from providers.models.category import Category
from providers.models.check import Check
from providers.models.check_policy import CheckPolicy
from providers.models.check_turn import CheckTurn
from providers.models.confirmation import Confirmation
from providers.models.correction import Correction
from providers.models.council_listing import CouncilListing
from providers.models.coverage import Coverage
from providers.models.credential import Credential
from providers.models.dbs_record import DbsRecord
from providers.models.draft import Draft, DraftFile, DraftStep
from providers.models.enquiry import Enquiry
from providers.models.evidence import Evidence
from providers.models.field_change import FieldChange
from providers.models.identifier import Identifier
from providers.models.imported_row import ImportedRow
from providers.models.kept_list import KeptList
from providers.models.kept_service import KeptService
from providers.models.language_set import LanguageSet
from providers.models.listing import Listing
from providers.models.moderation_policy import ModerationPolicy
from providers.models.partner_wish import PartnerWish
from providers.models.passport_link import PassportLink
from providers.models.price_extra import PriceExtra
from providers.models.provider import Provider
from providers.models.provider_claim import ProviderClaim
from providers.models.provider_invitation import ProviderInvitation
from providers.models.provider_membership import ProviderMembership
from providers.models.recommendation import Recommendation
from providers.models.recommendation_invitation import RecommendationInvitation
from providers.models.recommendation_reply import RecommendationReply
from providers.models.reference import Reference
from providers.models.search_row import SearchRow
from providers.models.search_words import SearchWords
from providers.models.service import Service
from providers.models.submission import Submission
from providers.models.team import Team
from providers.models.team_member import TeamMember
from providers.models.team_plan import TeamPlan
from providers.models.team_yes import TeamYes
from providers.models.twin_answer import TwinAnswer
from providers.models.unmet_need import UnmetNeed
from providers.models.version import Version
from providers.models.weekly_figure import WeeklyFigure
from providers.models.weekly_hours import WeeklyHours

__all__ = [
    "AnswerTime",
    "ApiKey",
    "Availability",
    "Category",
    "Check",
    "CheckPolicy",
    "CheckTurn",
    "Confirmation",
    "Correction",
    "CouncilListing",
    "Coverage",
    "Credential",
    "DbsRecord",
    "Draft",
    "DraftFile",
    "DraftStep",
    "Enquiry",
    "Evidence",
    "FieldChange",
    "Identifier",
    "ImportedRow",
    "KeptList",
    "KeptService",
    "LanguageSet",
    "Listing",
    "ModerationPolicy",
    "PartnerWish",
    "PassportLink",
    "PriceExtra",
    "Provider",
    "ProviderClaim",
    "ProviderInvitation",
    "ProviderMembership",
    "Recommendation",
    "RecommendationInvitation",
    "RecommendationReply",
    "Reference",
    "SearchRow",
    "SearchWords",
    "Service",
    "Submission",
    "Team",
    "TeamMember",
    "TeamPlan",
    "TeamYes",
    "TwinAnswer",
    "UnmetNeed",
    "Version",
    "WeeklyFigure",
    "WeeklyHours",
]
