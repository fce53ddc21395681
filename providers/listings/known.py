"""Small tables that only ever grow, remembered by each process: numbers of categories, sets of languages."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from providers.models import Category, LanguageSet


@cache
def _numbers() -> dict[str, int]:
    return {}


@cache
def _sets() -> dict[int, tuple[str, ...]]:
    return {}


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
