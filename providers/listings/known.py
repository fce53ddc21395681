"""Small tables remembered by each process: numbers of categories, sets of languages, the names of the country."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from providers.listings.packing import folded
from providers.models import Category, LanguageSet
from registry.models import Council, District


@cache
def _numbers() -> dict[str, int]:
    return {}


@cache
def _sets() -> dict[int, tuple[str, ...]]:
    return {}


@cache
def _areas() -> dict[str, tuple[str, tuple[str, ...]]]:
    return {}


def areas() -> dict[str, tuple[str, tuple[str, ...]]]:
    """By each name of a district or a council, folded: how it is written, and the codes of its districts."""
    known = _areas()
    if not known:
        districts: dict[str, list[str]] = {}
        for code, its_council in District.objects.order_by("code").values_list("code", "council"):
            districts.setdefault(its_council, []).append(code)
        for council in Council.objects.defer("boundary"):
            known.update(_named(council.name, council.full_name, districts.get(council.pk, [])))
        # Where both have the name, the smaller is meant.
        for code, name in District.objects.values_list("code", "name"):
            known.update(_named(name, name, [code]))
    return known


def _named(name: str, full_name: str, codes: Iterable[str]) -> dict[str, tuple[str, tuple[str, ...]]]:
    """The national list writes "Bristol, City of", "City of Edinburgh" and "Glasgow City"."""
    short = name.split(",")[0]
    if short != "City of London":
        short = short.removeprefix("City of ").removesuffix(" City")
    return {folded(said): (short, tuple(codes)) for said in (name, full_name, short)}


def category_numbers(codes: Iterable[str] = ()) -> dict[str, int]:
    """The bit of each category by its code; read again only when one of `codes` is not among them."""
    known = _numbers()
    if not known or any(code not in known for code in codes):
        rows = Category.objects.filter(number__isnull=False).order_by().values_list("code", "number")
        known.update((code, number) for code, number in rows if number is not None)
    return known


def as_said(names: Iterable[str]) -> list[str]:
    """Languages as sets keep them: small letters, each once, in order."""
    return sorted({" ".join(name.split()).casefold()[:40] for name in names} - {""})


def numbers_of_languages(many: Iterable[Iterable[str]]) -> dict[tuple[str, ...], int]:
    """By languages as sets keep them, the number of the set with exactly these; made when it is the first time.

    Not remembered here: this transaction may yet be taken back, and the numbers with it.
    """
    wanted = {tuple(as_said(names)) for names in many} - {()}
    kept = LanguageSet.objects.filter(names__in=[list(names) for names in wanted]) if wanted else []
    found = {tuple(row.names): row.pk for row in kept}
    for names in sorted(wanted - set(found)):
        found[names] = LanguageSet.objects.get_or_create(names=list(names))[0].pk
    return found


def language_sets(numbers: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """The languages of each set by its number; read again only when one of `numbers` is not among them."""
    known = _sets()
    if any(number not in known for number in numbers):
        known.update((number, tuple(names)) for number, names in LanguageSet.objects.values_list("pk", "names"))
    return known


def forget() -> None:
    """For tests, whose tables go back to what they were."""
    _numbers.cache_clear()
    _sets.cache_clear()
    _areas.cache_clear()
