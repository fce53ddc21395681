"""What a search can be narrowed by: the names and values that stand in addresses, and what people read for them."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.utils.translation import gettext_lazy as _

from providers.credentials.kinds import FAMILY_NAMES
from providers.listings.packing import CHECKS
from providers.meaning.vocabulary import vocabulary
from providers.models import LanguageSet
from providers.models.availability import Day, Space
from providers.models.provider import LegalForm
from providers.models.service import Accessibility, ClientGroup, Delivery, Payer

# As a page shows them, in order.
NAMES = (
    "category",
    "day",
    "space",
    "payer",
    "price",
    "client_group",
    "check",
    "language",
    "accessibility",
    "delivery",
    "legal_form",
)
LABELS = {
    "category": _("Kind of help"),
    "day": _("Day"),
    "space": _("Space"),
    "payer": _("Who will pay"),
    "price": _("Price an hour"),
    "client_group": _("Who it is for"),
    "check": _("Seen by a council"),
    "language": _("Language"),
    "accessibility": _("Access"),
    "delivery": _("Where"),
    "legal_form": _("Kind of business"),
}
PRICES = {
    "under-15": _("Under £15"),
    "15-20": _("£15 to £19.99"),
    "20-25": _("£20 to £24.99"),
    "25-30": _("£25 to £29.99"),
    "over-30": _("£30 or more"),
    "otherwise": _("Priced another way, such as by the visit"),
    "not-said": _("Not said"),
}
# What a service has not said shuts it out of these no more than it would in a talk: people ask.
UNSAID_FITS = ("day", "payer")


def _checks() -> dict[str, object]:
    names: dict[str, object] = {code: name for code, name in FAMILY_NAMES.items() if code in CHECKS}
    return {**names, "dbs": _("DBS check")}


def choices(name: str) -> list[tuple[str, object]]:
    """Every value of a facet with its words, in the order in which they are read."""
    if name == "category":
        return [(term.code, term.name) for term in vocabulary().terms]
    if name == "language":
        sets = LanguageSet.objects.values_list("names", flat=True)
        return [(said, said.title()) for said in sorted({one for names in sets for one in names})]
    fixed: dict[str, Iterable[tuple[str, object]]] = {
        "day": Day.choices,
        "space": Space.choices,
        "payer": Payer.choices,
        "price": PRICES.items(),
        "client_group": ClientGroup.choices,
        "check": _checks().items(),
        "accessibility": Accessibility.choices,
        "delivery": Delivery.choices,
        "legal_form": LegalForm.choices,
    }
    return list(fixed[name])


def label(name: str, value: str) -> str:
    """What people read for a value; a language stands for itself."""
    known = {} if name == "language" else dict(choices(name))
    return str(known.get(value, value.title()))


def terms_of(codes: Collection[str]) -> tuple[str, ...]:
    """Categories that services may carry: a group stands for its terms too."""
    groups = {group.code: [term.code for term in terms] for group, terms in vocabulary().groups()}
    return tuple(dict.fromkeys(term for code in codes for term in [code, *groups.get(code, ())]))
