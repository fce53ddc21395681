"""One search by a commissioner: what was asked, the funnel of how many are left, and a page of them.

The search of families finds at most so many in the area; what is asked besides is looked up for those at once. The
number of statements is the same whatever is found.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.forms import Form
from django.http import QueryDict
from django.utils.translation import gettext as _

from commissioning.law.governing import checked_words
from commissioning.models import Law
from commissioning.sourcing.rules import Fit
from commissioning.sourcing.search import wording
from commissioning.sourcing.search.asked import ROWS, ConditionsForm, FieldAsked, FieldFilter, districts_of, terms_of
from commissioning.sourcing.search.known import Found, known_of, ordered
from commissioning.sourcing.search.rules import Funnel, Step, Term, funnel
from commissioning.sourcing.search.shown import FieldRow, field_rows
from providers.finding import choices
from providers.finding.asked import Asked
from providers.finding.choices import Facet
from providers.finding.search import LAST_PAGE, Search
from providers.finding.understood import Chip
from providers.listings import facets
from providers.listings.among import facets_among, missed_by
from providers.listings.search import Answer, Question, ask
from providers.listings.statement import LOOKED_AT
from registry.models import Council

RESERVING = "local"


@dataclass(frozen=True)
class Line:
    """One line of the funnel in words, with the address of the search without it."""

    words: str
    step: Step
    without: str


def without(term: Term, asked: Asked) -> str:
    """The address with this condition taken away."""
    if term.name == "cover":
        return asked.without(f"cover_{term.values[0]}")
    return asked.taking("training", str(term.values[0])) if term.name == "training" else asked.without(term.name)


@dataclass
class FieldSearch(Search):
    """`own` is the council whose commissioner asks; without an area, all of it is meant."""

    own: Council

    @cached_property
    def _filter(self) -> FieldFilter:
        return FieldFilter(self.data)

    @cached_property
    def conditions(self) -> ConditionsForm:
        return ConditionsForm(self.data, council=self.own)

    @property
    def forms(self) -> list[Form]:
        return [self.form, self.conditions]

    @cached_property
    def is_answered(self) -> bool:
        return all(form.is_valid() for form in self.forms)

    @cached_property
    def address(self) -> Asked:
        return FieldAsked(self.data)

    @cached_property
    def near(self) -> frozenset[str]:
        """The council and those that border it, by code."""
        return frozenset({self.own.pk, *self.own.borders.values_list("pk", flat=True)})

    @property
    def _said(self) -> dict[str, Any]:
        return self.conditions.cleaned_data

    @cached_property
    def question(self) -> Question:
        areas, outcodes = self._said["area"], self._said["outcode"]
        area = districts_of(areas or ([] if outcodes else [self.own.pk]))
        return self._filter.question(self.today, area=area, outcodes=outcodes)

    @cached_property
    def terms(self) -> list[Term]:
        return terms_of(self._said, own=self.own.pk, near=self.near, today=self.today)

    @cached_property
    def _whole(self) -> Answer:
        """Before any condition."""
        return ask(replace(self.question, chosen={}), stop=LOOKED_AT, facets=())

    @property
    def is_narrowed(self) -> bool:
        """Whether what was ticked has to narrow the field before it is looked at, and has no lines of its own."""
        return bool(self.question.chosen) and not self._whole.total_is_exact

    @cached_property
    def _answer(self) -> Answer:
        return ask(self.question, stop=LOOKED_AT, facets=()) if self.is_narrowed else self._whole

    @cached_property
    def found(self) -> list[Found]:
        kinds = {str(term.values[0]) for term in self.terms if term.name in ("cover", "training")}
        asks_who = any(term.name == "seen" for term in self.terms)
        return known_of([hit.listing_id for hit in self._answer.hits], None if asks_who else kinds)

    @cached_property
    def _stands(self) -> list[list[Fit]]:
        """How each that was found stands to what was ticked, then to what else is asked."""
        count = 0 if self.is_narrowed else len(self.question.chosen)
        missed = missed_by(self.question, [one.service_id for one in self.found]) if count else {}
        return [
            [
                *(Fit.NOT_YET if missed.get(one.service_id, 0) >> at & 1 else Fit.FITS for at in range(count)),
                *(term.test(one.known) for term in self.terms),
            ]
            for one in self.found
        ]

    @cached_property
    def funnel(self) -> Funnel:
        return funnel(self._stands, keeps_unknown=self._said["unknown"])

    @cached_property
    def lines(self) -> list[Line]:
        ticked = {} if self.is_narrowed else self.question.chosen
        said = [(wording.of_facet(*chosen), self.address.without(chosen[0])) for chosen in ticked.items()]
        said += [(wording.of_term(term), without(term, self.address)) for term in self.terms]
        steps = self.funnel.steps or [Step(0, 0, 0, 0, 0)] * len(said)
        return [Line(words, step, address) for (words, address), step in zip(said, steps, strict=True)]

    @cached_property
    def left(self) -> list[Found]:
        """All that are left, in the order asked for."""
        return ordered([self.found[at] for at in self.funnel.left], self._said["order"])

    @property
    def total(self) -> int:
        return len(self.left)

    @property
    def is_more(self) -> bool:
        """Whether there are more than are looked at, so that what is left is of those alone."""
        return not self._answer.total_is_exact

    @property
    def found_words(self) -> str:
        """How many there were before any condition, honest about a bound."""
        count = f"{len(self.found):,}"
        return _("more than %(count)s") % {"count": count} if self.is_more else count

    @cached_property
    def facets(self) -> list[Facet]:
        """Counted among those that meet what else is asked, so that a tick leaves as many as it says."""
        if not self.is_answered:
            return choices.facets_of(None, self._as_sent)
        count = len(self._stands[0]) - len(self.terms) if self._stands else 0
        others = funnel([fits[count:] for fits in self._stands], keeps_unknown=self._said["unknown"])
        services = [self.found[at].service_id for at in others.left]
        return choices.facets_of(facets_among(self.question, services), self.question.chosen)

    @property
    def without_choices(self) -> str:
        return self.address.without(*facets.NAMES)

    @cached_property
    def kept(self) -> list[tuple[str, str]]:
        return self.address.pairs(["council", "off", "outcode"])

    @cached_property
    def outcodes(self) -> list[Chip]:
        codes = self._said["outcode"] if self.is_answered else ()
        return [Chip(code, self.address.taking("outcode", code)) for code in codes]

    @property
    def query(self) -> str:
        """What is kept of an answered search: the council by name, and of districts none but real ones (rule 11)."""
        known = FieldAsked(QueryDict(self.address.having("outcode", *self._said["outcode"])[1:]))
        return known.having("council", self.own.pk)[1:]

    @cached_property
    def page(self) -> Page[int]:
        return Paginator(range(self.total), self._said["rows"] or ROWS[0]).get_page(min(self._number, LAST_PAGE))

    @cached_property
    def rows(self) -> list[FieldRow]:
        """The page, with what of each is not known of what was asked."""
        shown = [self.left[number] for number in self.page]
        return field_rows(shown, self.today, self.own.pk, {one.service_id: self._unknown(one) for one in shown})

    def _unknown(self, one: Found) -> list[str]:
        return [wording.of_term(term) for term in self.terms if term.test(one.known) is Fit.NOT_KNOWN]

    @cached_property
    def reserving(self) -> Law | None:
        """What the law of the council's nation says today of keeping a purchase to local suppliers (rule 8)."""
        rows = Law.objects.in_force(self.own.nation, self.today).filter(key=RESERVING)
        return rows.order_by("-starts_on").first()

    @property
    def reserving_checked(self) -> str:
        return checked_words([self.reserving.checked_on]) if self.reserving else ""

    @cached_property
    def area_words(self) -> str:
        """Where was asked about: "Bath and North East Somerset; BA1, BA2"."""
        names = dict(self.conditions.fields["area"].choices)  # type: ignore[attr-defined]  # a choice field
        areas = [names[code] for code in self._said["area"]]
        words = [", ".join(areas), ", ".join(self._said["outcode"])]
        return "; ".join(filter(None, words)) or _("%(council)s, all of it") % {"council": self.own.name}
