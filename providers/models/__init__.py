from providers.models.availability import Availability
from providers.models.category import Category
from providers.models.check import Check
from providers.models.check_policy import CheckPolicy
from providers.models.coverage import Coverage
from providers.models.credential import Credential
from providers.models.dbs_record import DbsRecord
from providers.models.draft import Draft, DraftFile, DraftStep
from providers.models.evidence import Evidence
from providers.models.listing import Listing
from providers.models.provider import Provider
from providers.models.provider_membership import ProviderMembership
from providers.models.service import Service
from providers.models.submission import Submission
from providers.models.version import Version

__all__ = [
    "Availability",
    "Category",
    "Check",
    "CheckPolicy",
    "Coverage",
    "Credential",
    "DbsRecord",
    "Draft",
    "DraftFile",
    "DraftStep",
    "Evidence",
    "Listing",
    "Provider",
    "ProviderMembership",
    "Service",
    "Submission",
    "Version",
]
