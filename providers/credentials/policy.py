"""What one council asks for, and for how long: its own settings over the defaults that `kinds` declares."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from providers.credentials.kinds import DBS_POLICY, DBS_RENEWAL_MONTHS, FAMILY_NAMES, KINDS
from providers.models import CheckPolicy
from registry.models import Council


@dataclass(frozen=True)
class Policy:
    kind: str
    name: str | Promise
    family: str | Promise
    asked_for: bool
    renewal_months: int | None


def _defaults() -> dict[str, Policy]:
    known = {
        kind.code: Policy(
            kind.code, kind.name, FAMILY_NAMES[kind.family], kind.asked_for_by_default, kind.renewal_months
        )
        for kind in KINDS.values()
    }
    dbs = Policy(DBS_POLICY, _("DBS certificate seen"), _("DBS"), True, DBS_RENEWAL_MONTHS)
    return {**known, DBS_POLICY: dbs}


def policies_of(council: Council) -> dict[str, Policy]:
    """Every kind, and what this council says of it."""
    own = {row.kind: row for row in CheckPolicy.objects.filter(council=council)}
    return {
        code: Policy(code, given.name, given.family, own[code].asked_for, own[code].renewal_months)
        if code in own
        else given
        for code, given in _defaults().items()
    }


def renewal_months(council_code: str, kind: str) -> int | None:
    """After how many months this council wants it renewed; None: never by itself."""
    own = CheckPolicy.objects.filter(council=council_code, kind=kind).first()
    return own.renewal_months if own else _defaults()[kind].renewal_months
