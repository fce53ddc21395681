"""Addresses of the same search with one thing changed: all that was asked stands in the address and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import QueryDict

from providers.listings import facets

WORDS = ("need", "postcode", "as_typed", "off")
# What stands in the address of a search; anything else there is not one.
ASKED = (*WORDS, *facets.NAMES)


class Asked:
    """What was asked, of which each method gives the address (from `?`) with something taken out or put in."""

    names: tuple[str, ...] = ASKED

    def __init__(self, data: QueryDict) -> None:
        self._lists = {name: [said for said in data.getlist(name) if said] for name in self.names if data.get(name)}

    def __str__(self) -> str:
        return self._written(self._lists)

    def having(self, name: str, *values: str) -> str:
        """With these values of `name` and no others; without any, as if it had never been asked."""
        return self._written({**self._lists, name: list(values)})

    def adding(self, name: str, value: str) -> str:
        return self.having(name, *dict.fromkeys([*self._lists.get(name, ()), value]))

    def taking(self, name: str, value: str) -> str:
        return self.having(name, *(said for said in self._lists.get(name, ()) if said != value))

    def only(self, *names: str) -> str:
        return self._written({name: values for name, values in self._lists.items() if name in names})

    def without(self, *names: str) -> str:
        return self.only(*(name for name in self._lists if name not in names))

    def pairs(self, names: Iterable[str]) -> list[tuple[str, str]]:
        """For hidden fields: what another form has to carry along."""
        return [(name, value) for name in names for value in self._lists.get(name, ())]

    def _written(self, lists: dict[str, list[str]]) -> str:
        written = QueryDict(mutable=True)
        for name in self.names:
            if lists.get(name):
                written.setlist(name, lists[name])
        return f"?{written.urlencode()}"
