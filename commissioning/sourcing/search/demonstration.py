"""What the commissioner of the demonstration kept of a search: the search, a list of three, a note."""

from __future__ import annotations

import datetime

from django.http import QueryDict

from commissioning.models import CouncilList, SavedSearch
from commissioning.models.saved_search import Digest
from commissioning.sourcing.search import actions
from commissioning.sourcing.search.digest import found_by
from commissioning.sourcing.search.field import FieldSearch
from providers.models import Service
from registry.models import Council, User

QUERY = "need=someone+to+cook+lunch&cover_public_liability=2000000&hours=4&unknown=on"
NAME, LIST = "Lunches, insured for £2 million", "To ring about lunches"
NOTE = "Rang on Tuesday. Could take two more people around Bath from the spring, not at weekends."
LISTED = 3


def seed_search(*, by: User, council: Council, today: datetime.date) -> None:
    """Make what is missing, through the actions that pages use."""
    search = FieldSearch(QueryDict(QUERY), today, council)
    if not SavedSearch.objects.filter(council=council, owner=by, name=NAME).exists():
        found = found_by(search)
        actions.save_search(
            by=by, council=council, name=NAME, query=search.query, digest=Digest.WEEKLY, found=found, today=today
        )
    if not CouncilList.objects.filter(council=council, name=LIST).exists() and search.is_answered:
        keys = [one.service_id for one in search.left[:LISTED]]
        services = list(Service.listed.select_related("provider").filter(pk__in=keys))
        actions.keep(by=by, kept=actions.make_list(by=by, council=council, name=LIST), services=services)
        for service in services[:1]:
            actions.write_note(by=by, council=council, provider=service.provider, words=NOTE)
