from commissioning.models.condition import Condition
from commissioning.models.law import Law
from commissioning.models.lot import Lot
from commissioning.models.lot_time import LotTime
from commissioning.models.question import Question
from commissioning.models.requirement import Requirement
from commissioning.models.shortlist_entry import ShortlistEntry
from commissioning.models.summary import Summary
from commissioning.models.threshold import Threshold

__all__ = [
    "Condition",
    "Law",
    "Lot",
    "LotTime",
    "Question",
    "Requirement",
    "ShortlistEntry",
    "Summary",
    "Threshold",
]
