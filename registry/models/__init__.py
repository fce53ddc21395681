from registry.models.audit_event import AuditEvent
from registry.models.council import Council
from registry.models.council_invitation import CouncilInvitation
from registry.models.council_membership import CouncilMembership
from registry.models.district import District
from registry.models.outgoing_mail import OutgoingMail
from registry.models.postcode import Outcode, Postcode
from registry.models.reminder import Reminder, ReminderMail
from registry.models.small_area import SmallArea
from registry.models.user import User

__all__ = [
    "AuditEvent",
    "Council",
    "CouncilInvitation",
    "CouncilMembership",
    "District",
    "Outcode",
    "OutgoingMail",
    "Postcode",
    "Reminder",
    "ReminderMail",
    "SmallArea",
    "User",
]
