from commissioning.models.condition import Condition
from commissioning.models.council_list import CouncilList, CouncilListEntry
from commissioning.models.council_note import CouncilNote
from commissioning.models.interest import Interest, InterestYes
from commissioning.models.law import Law
from commissioning.models.lot import Lot
from commissioning.models.lot_outcome import LotOutcome
from commissioning.models.lot_time import LotTime
from commissioning.models.opportunity import Opportunity
from commissioning.models.opportunity_letter import NoOpportunityMail, OpportunityLetter
from commissioning.models.opportunity_question import OpportunityQuestion
from commissioning.models.opportunity_version import OpportunityVersion
from commissioning.models.question import Question
from commissioning.models.requirement import Requirement
from commissioning.models.saved_search import SavedSearch
from commissioning.models.shortlist_entry import ShortlistEntry
from commissioning.models.summary import Summary
from commissioning.models.summary_paper import SummaryPaper
from commissioning.models.threshold import Threshold

__all__ = [
    "Condition",
    "CouncilList",
    "CouncilListEntry",
    "CouncilNote",
    "Interest",
    "InterestYes",
    "Law",
    "Lot",
    "LotOutcome",
    "LotTime",
    "NoOpportunityMail",
    "Opportunity",
    "OpportunityLetter",
    "OpportunityQuestion",
    "OpportunityVersion",
    "Question",
    "Requirement",
    "SavedSearch",
    "ShortlistEntry",
    "Summary",
    "SummaryPaper",
    "Threshold",
]
