"""What a commissioner can ask: all that a family can, and besides what stands here. It all stands in the address."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from commissioning.sourcing.search import rules
from commissioning.sourcing.search.rules import Period, Term
from commissioning.sourcing.search.wording import CONFIRMED, LOCAL, ORDERS, SEEN, SIZE_WORDS, registered_choices
from providers.credentials.kinds import kinds_of
from providers.finding.asked import WORDS, Asked
from providers.listings import facets
from providers.listings.filters import ListingFilter, SearchForm
from providers.models.service import RegulatoryBasis
from registry.models import Council, District, Outcode
from registry.pages.fields import DATE_PARTS, DateField, MoneyField
from registry.places.rules import read

COVER = {f"cover_{kind.code}": kind for kind in kinds_of("insurance") if kind.has_amount}
TRAINING = [(kind.code, kind.name) for kind in kinds_of("training") if not kind.names_itself]
OUTCODES_AT_MOST = 200
ROWS = (20, 50, 100)
DATES = tuple(f"{name}_{part}" for name in ("starts", "ends") for part in DATE_PARTS)
ABOUT_THE_PLACE = ("area", "outcode")
CONDITIONS = (
    *COVER,
    *DATES,
    "renewed",
    "training",
    "basis",
    "registered",
    "members",
    "size",
    "local",
    "hours",
    "most",
    "confirmed",
    "seen",
    "unknown",
)
GROUPS: list[tuple[Any, tuple[str, ...]]] = [
    (_("Where"), ("area",)),
    (_("Contract and insurance"), ("starts", "ends", *COVER, "renewed")),
    (_("Training"), ("training",)),
    (_("Registration"), ("registered", "basis")),
    (_("Kind of provider"), ("local", "members", "size")),
    (_("Room and price"), ("hours", "most")),
    (_("Who looked, and when"), ("seen", "confirmed")),
    (_("What to show"), ("unknown", "order", "rows")),
]
# What a control that was left alone sends.
NOTHING: tuple[Any, ...] = (None, "", False, [], ("", "", ""))
FULL_POSTCODE = re.compile(r"\b[A-Z]{1,2}[0-9][0-9A-Z]?\s*[0-9][A-Z]{2}\b", re.IGNORECASE)


class FieldAsked(Asked):
    """The address of a commissioner's search. A postcode is none of it: only first halves ever stand there."""

    names = (
        "council",
        *(name for name in WORDS if name != "postcode"),
        *ABOUT_THE_PLACE,
        *facets.NAMES,
        *CONDITIONS,
        "order",
        "rows",
    )


def holds_postcode(words: str) -> bool:
    return any((written := read(match)) is not None and written.inward for match in FULL_POSTCODE.findall(words))


class WordsForm(SearchForm):
    def clean_need(self) -> str:
        """Words stand in the address, and are kept with a search that is saved: no full postcode may (rule 11)."""
        words: str = self.cleaned_data["need"]
        if holds_postcode(words):
            raise ValidationError(_("Leave the postcode out here. There is a box for postcodes under “Where”"))
        return words


class FieldFilter(ListingFilter):
    """The family's questions, of an area and not of a door."""

    postcode = None  # type: ignore[assignment]  # so a filter of the parent is taken out
    place = None

    class Meta(ListingFilter.Meta):
        form = WordsForm


class OutcodesField(forms.Field):
    """First halves of postcodes, as our own page for postcodes puts them into the address."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: Any) -> tuple[str, ...]:
        codes = list(dict.fromkeys(code.upper() for code in value or () if len(code) <= 4 and code.isalnum()))
        if len(codes) > OUTCODES_AT_MOST:
            raise ValidationError(_("Ask for fewer postcodes, %(most)s at most"), params={"most": OUTCODES_AT_MOST})
        known = set(Outcode.objects.filter(pk__in=codes).values_list("pk", flat=True))
        return tuple(code for code in codes if code in known)


def many(label: Any, choices: Any, **more: Any) -> forms.MultipleChoiceField:
    wrong = {"invalid_choice": _("Choose only from what is listed here"), "invalid_list": _("Choose from what is here")}
    widget = forms.CheckboxSelectMultiple
    return forms.MultipleChoiceField(
        label=label, choices=choices, widget=widget, required=False, error_messages=wrong, **more
    )


def one(label: Any, choices: Any, **more: Any) -> forms.ChoiceField:
    wrong = {"invalid_choice": _("Choose one of what is listed here")}
    return forms.ChoiceField(
        label=label, choices=choices, widget=forms.RadioSelect, required=False, error_messages=wrong, **more
    )


@dataclass(frozen=True)
class Group:
    """Fields that stand together, folded away unless one of them is wrong."""

    heading: Any
    fields: list[forms.BoundField]

    @property
    def asked(self) -> int:
        return sum(field.data not in NOTHING for field in self.fields)

    @property
    def is_wrong(self) -> bool:
        return any(field.errors for field in self.fields)


class ConditionsForm(forms.Form):
    """Where, and what is asked of the provider. Nothing need be answered."""

    mark_optional = False

    area = many(_("Councils and districts"), [], help_text=_("None chosen: the whole of your council."))
    outcode = OutcodesField(required=False)
    starts = DateField(label=_("First day of the contract"), what=_("first day of the contract"), required=False)
    ends = DateField(label=_("Last day of the contract"), what=_("last day of the contract"), required=False)
    renewed = forms.BooleanField(label=_("Count cover that has to be renewed on the way"), required=False)
    training = many(_("Training held"), TRAINING)
    basis = many(_("On what ground personal care is given"), RegulatoryBasis.choices)
    registered = one(_("Registered with the regulator, with a number"), [])
    members = forms.BooleanField(label=_("Run by its members"), required=False)
    size = many(_("How many people do the work"), SIZE_WORDS.items())
    local = one(_("Based in"), LOCAL.items())
    hours = forms.IntegerField(
        label=_("Hours free a week, at least"),
        min_value=1,
        max_value=1512,
        required=False,
        error_messages=dict.fromkeys(
            ["invalid", "min_value", "max_value"], _("Hours free must be a whole number, from 1 to 1,512")
        ),
    )
    most = MoneyField(label=_("Price an hour, at most"), what=_("price an hour"), minimum=1, required=False)
    confirmed = one(_("Last confirmed that all is right"), CONFIRMED.items())
    seen = one(_("Something they hold today was seen by"), SEEN.items())
    unknown = forms.BooleanField(label=_("Keep those of whom it is not known"), required=False)
    order = one(_("In the order of"), ORDERS.items())
    rows = forms.TypedChoiceField(
        label=_("On a page"),
        choices=[(str(rows), str(rows)) for rows in ROWS],
        coerce=int,
        widget=forms.RadioSelect,
        required=False,
        error_messages={"invalid_choice": _("Choose 20, 50 or 100")},
    )

    def __init__(self, data: Any, *, council: Council) -> None:
        super().__init__(data)
        self.fields["area"].choices = areas_of(council)  # type: ignore[attr-defined]  # a choice field
        self.fields["registered"].choices = registered_choices(council.nation)  # type: ignore[attr-defined]
        for name, kind in COVER.items():
            label = format_lazy(_("{kind} of at least"), kind=kind.name)
            self.fields[name] = MoneyField(label=label, what=kind.name, minimum=100, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("starts"), cleaned.get("ends")
        if first and last and last < first:
            self.add_error("ends", _("Last day of the contract must be on or after its first day"))
        return cleaned

    @property
    def groups(self) -> list[Group]:
        return [Group(heading, [self[name] for name in names]) for heading, names in GROUPS]


def areas_of(council: Council) -> list[tuple[str, str]]:
    """The council and those that border it, each with its districts where it has more than one."""
    near = [council, *council.borders.defer("boundary").order_by("name")]
    districts: dict[str, list[District]] = {}
    for district in District.objects.filter(council__in=[one.pk for one in near]).order_by("name"):
        districts.setdefault(district.council_id, []).append(district)
    choices: list[tuple[str, str]] = []
    for one in near:
        own = districts.get(one.pk, [])
        choices.append((one.pk, one.name))
        choices += [(district.pk, f"{district.name} ({one.name})") for district in own if len(own) > 1]
    return choices


def districts_of(areas: Iterable[str]) -> tuple[str, ...]:
    """Codes of districts, for codes of councils and of districts."""
    codes = list(areas)
    of_councils = District.objects.filter(council__in=codes).values_list("pk", flat=True)
    return tuple(sorted({*of_councils, *District.objects.filter(pk__in=codes).values_list("pk", flat=True)}))


def terms_of(cleaned: Mapping[str, Any], *, own: str, near: frozenset[str], today: datetime.date) -> list[Term]:
    """What is asked, in the order in which the page asks it. `near`: the council and those that border it, by code."""
    first = cleaned["starts"] or today
    period = Period(first, max(cleaned["ends"] or first, first), cleaned["renewed"])
    councils = {"own": frozenset({own}), "near": near, "any": None}
    terms = [rules.cover(kind.code, cleaned[name], period, today) for name, kind in COVER.items() if cleaned[name]]
    terms += [rules.training(kind, first) for kind in cleaned["training"]]
    made: dict[str, Callable[[Any], Term]] = {
        "basis": rules.basis,
        "registered": lambda said: rules.registered(said == "yes"),
        "members": lambda said: rules.members(),
        "size": rules.size,
        "local": lambda said: rules.local(said, councils[said] or frozenset()),
        "hours": rules.hours,
        "most": rules.price,
        "confirmed": lambda said: rules.confirmed(int(said), today),
        "seen": lambda said: rules.seen(said, councils[said], today),
    }
    return [*terms, *(make(cleaned[name]) for name, make in made.items() if cleaned[name])]
