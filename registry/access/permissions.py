"""What a person may do, as an enum; who may do it, as roles that are named lists with a sentence for people."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from registry.models.council_membership import CouncilRole


class Permission(StrEnum):
    SEE_PROVIDER = "see a provider's own pages"
    EDIT_PROVIDER = "edit a provider"
    MANAGE_PROVIDER_PEOPLE = "decide who runs a provider"
    ANSWER_FOR_PROVIDER = "take a provider's data along, or end it"
    TEAM_UP = "say yes for a provider to working with others"
    SEE_QUEUE = "see what waits for a check"
    CHECK_PROVIDERS = "open evidence, record checks, publish"
    INTRODUCE_PROVIDERS = "invite a provider, or register one by phone"
    SEE_REQUIREMENTS = "see a council's requirements and summaries"
    WRITE_REQUIREMENTS = "write requirements and lock summaries"
    MANAGE_COUNCIL = "change a council's settings and people"


@dataclass(frozen=True)
class Role:
    name: str
    sentence: str | Promise
    permissions: frozenset[Permission]


COUNCIL_ROLES = {
    CouncilRole.COMMISSIONER: Role(
        "commissioner",
        _("Searches the field, writes requirements and locks summaries."),
        frozenset({Permission.SEE_REQUIREMENTS, Permission.WRITE_REQUIREMENTS}),
    ),
    CouncilRole.CHECKER: Role(
        "checker",
        _("Looks at what providers send, records what was seen, publishes or sends back."),
        frozenset({Permission.SEE_QUEUE, Permission.CHECK_PROVIDERS, Permission.INTRODUCE_PROVIDERS}),
    ),
    CouncilRole.ADMINISTRATOR: Role(
        "administrator",
        _("Changes the council's settings, invites people, reads what others did."),
        frozenset(
            {
                Permission.MANAGE_COUNCIL,
                Permission.SEE_QUEUE,
                Permission.INTRODUCE_PROVIDERS,
                Permission.SEE_REQUIREMENTS,
            }
        ),
    ),
}
