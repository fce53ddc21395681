"""Areas by their codes and names: which council, district or nation a source means. All of them fit into memory."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from providers.open_referral.rules import Area
from registry.models import Council, District

NATIONS = {
    "England": ("England",),
    "Scotland": ("Scotland",),
    "Wales": ("Wales",),
    "Great Britain": ("England", "Scotland", "Wales"),
    "United Kingdom": ("England", "Scotland", "Wales", "Northern Ireland"),
}
NATION_CODES = {
    "E92000001": "England",
    "S92000003": "Scotland",
    "W92000004": "Wales",
    "K03000001": "Great Britain",
    "K02000001": "United Kingdom",
}
ALSO = {"uk": "united kingdom", "nationwide": "united kingdom", "national": "united kingdom"}
_EXTRA = re.compile(r"\b(?:city of|county of|borough of|london borough of|royal borough of|district of|the)\b")
_BODY = re.compile(
    r"\b(?:metropolitan borough|london borough|county borough|borough|city|county|district|unitary)?\s*council$"
)


class Areas:
    """Read once a run: some 600 rows."""

    def __init__(self) -> None:
        self._by_code: dict[str, dict[str, Any]] = {}
        self._by_name: dict[str, dict[str, Any]] = {}
        for code, name in District.objects.values_list("pk", "name"):
            self._keep(code, name, {"council_id": None, "district_id": code})
        self._nations: dict[str, list[str]] = {}
        # A council's code is often its one district's too: then the council is meant.
        for code, name, nation in Council.objects.values_list("pk", "name", "nation"):
            self._keep(code, name, {"council_id": code, "district_id": None})
            self._nations.setdefault(nation, []).append(code)

    def _keep(self, code: str, name: str, area: dict[str, Any]) -> None:
        self._by_code[code] = self._by_name[folded(name)] = area

    def known(self, areas: Iterable[Area]) -> list[dict[str, Any]]:
        """Each area once, in the order given; what is not known is left out."""
        found = [area for given in areas for area in self._meant(given)]
        return [dict(pairs) for pairs in dict.fromkeys(tuple(area.items()) for area in found)]

    def named(self, written: str) -> dict[str, Any] | None:
        """One council or district, by its code or its name."""
        return self._by_code.get(written) or self._by_name.get(folded(written))

    def _meant(self, area: Area) -> list[dict[str, Any]]:
        for code in area.codes:
            if code in NATION_CODES:
                return self._nation(NATION_CODES[code])
            if code in self._by_code:
                return [self._by_code[code]]
        for name in area.names:
            wanted = folded(name)
            nation = next((n for n in NATIONS if n.casefold() == ALSO.get(wanted, wanted)), "")
            if nation:
                return self._nation(nation)
            if wanted in self._by_name:
                return [self._by_name[wanted]]
        return []

    def _nation(self, name: str) -> list[dict[str, Any]]:
        codes = [code for nation in NATIONS[name] for code in self._nations.get(nation, [])]
        return [{"council_id": code, "district_id": None} for code in codes]


def folded(name: str) -> str:
    """Bristol, City of; City of Bristol; Bristol City Council: one name."""
    plain = re.sub(r"[^a-z ]", " ", name.casefold().replace("&", " and "))
    plain = " ".join(_EXTRA.sub(" ", " ".join(plain.split())).split())
    plain = _BODY.sub("", plain).strip()
    plain = re.sub(r"\b(?:city|county) of$", "", plain).strip()
    if plain == "london":
        # The City is a square mile of it, and never what "London" means.
        return "city of london" if "city" in name.casefold() else "greater london"
    return plain or name.casefold()
