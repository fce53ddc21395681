"""Which check of another council a council may rely on. Read from fetched checks, newest first."""

from __future__ import annotations

from collections.abc import Sequence

from providers.models import Check
from providers.models.check import CheckOutcome, Means
from providers.models.moderation_policy import moderation_policy_of


def relies_on_others(council_code: str) -> bool:
    return moderation_policy_of(council_code).relies_on_other_councils


def to_rely_on(checks: Sequence[Check], council_code: str) -> Check | None:
    """The last word of those who looked themselves, if it is another council's "seen" and not relied on already.

    What is relied on must not outrank a later look, this council's own included. A slip that a third council took
    back says nothing; one that the origin took back says that there is nothing to rely on.
    """
    taken_back: set[str] = set()
    for check in checks:
        is_own = check.council_id == council_code
        if check.outcome == CheckOutcome.TAKEN_BACK:
            taken_back.add(check.council_id)
        elif check.means == Means.RELIED:
            if is_own and council_code not in taken_back:
                return None
        elif is_own and check.outcome == CheckOutcome.SEEN:
            continue
        else:
            stands = check.outcome == CheckOutcome.SEEN and check.council_id not in taken_back
            return check if stands and not is_own else None
    return None
