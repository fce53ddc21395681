"""Where the pages of a walk have their addresses."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse


@dataclass(frozen=True)
class Addresses:
    """Names its URLs by a prefix: `Addresses("my", ("rosie",)).of("step", "you")` is that of `my_step`.

    Whoever shows these pages somewhere else gives its own names the same endings: steps, step, check and so on.
    """

    prefix: str = "join"
    given: tuple[str, ...] = ()

    def of(self, name: str, *parts: str) -> str:
        return reverse(f"{self.prefix}_{name}", args=[*self.given, *parts])


JOINING = Addresses()


def own(slug: str) -> Addresses:
    """Those of a provider that is on record: /my/<slug>/..."""
    return Addresses("my", (slug,))
