"""What one council asks for, of whom, and for how long: its own settings over the defaults that `kinds` declares."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from providers.credentials.kinds import DBS_POLICY, DBS_RENEWAL_MONTHS, FAMILY_NAMES, KINDS
from providers.credentials.rules import employers_liability_applies
from providers.models import Category, CheckPolicy, Provider, Service
from registry.models import Council

EMPLOYERS_LIABILITY = "employers_liability"


@dataclass(frozen=True)
class Policy:
    """`of_all`: asked of everybody; `by_category`: what the council says of single categories, over that.

    `renewal_months`: when to renew what carries no last day. `check_months`: when the council looks again.
    """

    kind: str
    name: str | Promise
    family: str | Promise
    of_all: bool
    renewal_months: int | None
    check_months: int | None = None
    by_category: Mapping[str, bool] = field(default_factory=dict)

    @property
    def only_of(self) -> list[str]:
        """The categories of which it is asked, where it is not asked of everybody."""
        return [] if self.of_all else sorted(code for code, asked in self.by_category.items() if asked)

    @property
    def asked_for(self) -> bool:
        """Of anybody at all."""
        return self.of_all or bool(self.only_of)

    def asks(self, terms: Iterable[Term]) -> bool:
        """Of somebody whose services are these. Of one who has said nothing yet, only what is asked of all."""
        said = [self._asks_of(term) for term in terms]
        return any(said) if said else self.of_all

    def _asks_of(self, term: Term) -> bool:
        return self.by_category.get(term.code, self.by_category.get(term.group, self.of_all))


@dataclass(frozen=True)
class Term:
    """What a service is, and the group of the vocabulary that it belongs to."""

    code: str
    group: str


def policies_of(council: Council) -> dict[str, Policy]:
    """Every kind, and what this council says of it."""
    own: dict[str, list[CheckPolicy]] = defaultdict(list)
    for row in CheckPolicy.objects.filter(council=council):
        own[row.kind].append(row)
    return {code: _over(given, own[code]) for code, given in _defaults().items()}


def asked(policies: Mapping[str, Policy], terms: Iterable[Term], *, employs_anyone: bool | None) -> dict[str, Policy]:
    """What of all this is asked of somebody. Cover for employees follows from having any, and no policy (rule 4)."""
    known = list(terms)
    applies = employers_liability_applies(employs_anyone=employs_anyone) is True
    return {
        code: policy
        for code, policy in policies.items()
        if (applies if code == EMPLOYERS_LIABILITY else policy.asks(known))
    }


def asked_of(provider: Provider, council: Council) -> dict[str, Policy]:
    """What this council asks of this provider: by what it does, and whether it employs anyone."""
    codes = Service.every.offered().filter(provider=provider).values("categories")
    return asked(policies_of(council), terms_of(codes), employs_anyone=provider.employs_anyone)


def terms_of(codes: Iterable[object]) -> list[Term]:
    """Terms of the vocabulary with their groups; `codes` may be a list or a subquery."""
    rows = Category.objects.filter(pk__in=codes).values_list("pk", "parent")
    return [Term(code, group or code) for code, group in rows]


def renewal_months(council_code: str, kind: str) -> int | None:
    """After how many months this council wants it renewed; None: never by itself."""
    own = CheckPolicy.objects.filter(council=council_code, kind=kind, category__isnull=True).first()
    return own.renewal_months if own else _defaults()[kind].renewal_months


def _over(given: Policy, rows: list[CheckPolicy]) -> Policy:
    of_all = next((row for row in rows if row.category_id is None), None)
    by_category = {row.category_id: row.asked_for for row in rows if row.category_id}
    if of_all is None:
        return Policy(**{**vars(given), "by_category": by_category})
    own = {"of_all": of_all.asked_for, "renewal_months": of_all.renewal_months, "check_months": of_all.check_months}
    return Policy(**{**vars(given), **own, "by_category": by_category})


def _defaults() -> dict[str, Policy]:
    known = {
        kind.code: Policy(
            kind.code, kind.name, FAMILY_NAMES[kind.family], kind.asked_for_by_default, kind.renewal_months
        )
        for kind in KINDS.values()
    }
    dbs = Policy(DBS_POLICY, _("DBS certificate seen"), _("DBS"), True, DBS_RENEWAL_MONTHS)
    return {**known, DBS_POLICY: dbs}
