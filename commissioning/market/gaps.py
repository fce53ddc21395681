"""Where people live who have no provider for a kind of help: over all kinds, and for one by place, drawn and told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from commissioning.market.ground import Ground, Mask
from commissioning.market.reading import Offer
from providers.meaning.vocabulary import Term, vocabulary
from registry.models import Council, Outcode
from registry.places.maps import Frame, council_map

WIDTH = 720
# Postcode districts just over the border may be the nearest for somebody inside.
BEYOND_METRES = 5_000


@dataclass(frozen=True)
class Gap:
    """For one kind of help: how many providers come to anybody here, and to how many nobody does."""

    term: Term
    providers: int
    areas: int
    residents: int
    disabled: int


@dataclass(frozen=True)
class Place:
    """A postcode district: its small areas and its people, and those of them whom nobody comes to."""

    code: str
    areas: int
    areas_without: int
    residents: int
    residents_without: int
    disabled: int
    disabled_without: int


def kinds() -> list[Term]:
    """What a service can be: the second level of the vocabulary."""
    return [term for term in vocabulary().terms if not term.is_group]


def gaps(ground: Ground, offers: Sequence[Offer]) -> list[Gap]:
    """Every kind of help, the most people without it first."""
    reached: dict[str, Mask] = {}
    providers: dict[str, set[object]] = defaultdict(set)
    for offer in offers:
        here = offer.reached(ground)
        if here.any():
            for code in offer.categories:
                reached[code] = reached.get(code, ground.nowhere) | here
                providers[code].add(offer.provider)
    found = [_gap(term, ground, ~reached.get(term.code, ground.nowhere), len(providers[term.code])) for term in kinds()]
    return sorted(found, key=lambda gap: (-gap.residents, gap.providers, gap.term.position))


def _gap(term: Term, ground: Ground, without: Mask, providers: int) -> Gap:
    return Gap(term, providers, int(without.sum()), ground.people(without), ground.disabled_people(without))


def reached_by(offers: Iterable[Offer], category: str, ground: Ground) -> Mask:
    """The points where somebody gives this kind of help."""
    found = ground.nowhere
    for offer in offers:
        if category in offer.categories:
            found |= offer.reached(ground)
    return found


def nearest_outcodes(ground: Ground) -> list[Outcode]:
    """For each point the postcode district whose middle is nearest to it; nothing where none is loaded. One query."""
    places = _outcodes_around(ground)
    if not places:
        return []
    middles = np.array([(place.easting, place.northing) for place in places])
    points = np.stack([ground.eastings, ground.northings], axis=1)
    away = ((points[:, None, :] - middles[None, :, :]) ** 2).sum(axis=2)
    return [places[at] for at in away.argmin(axis=1)]


def _outcodes_around(ground: Ground) -> list[Outcode]:
    east, north = ground.eastings, ground.northings
    wide = (int(east.min()) - BEYOND_METRES, int(east.max()) + BEYOND_METRES)
    high = (int(north.min()) - BEYOND_METRES, int(north.max()) + BEYOND_METRES)
    return list(Outcode.objects.filter(easting__range=wide, northing__range=high).order_by("pk"))


def places(ground: Ground, reached: Mask, outcodes: Sequence[Outcode]) -> list[Place]:
    """By postcode district, the most people without first."""
    members: dict[str, list[int]] = defaultdict(list)
    for at, place in enumerate(outcodes):
        members[place.pk].append(at)
    found = [_place(code, ground, np.array(here), reached) for code, here in members.items()]
    return sorted(found, key=lambda place: (-place.residents_without, place.code))


def _place(code: str, ground: Ground, here: np.ndarray[tuple[int], np.dtype[np.int64]], reached: Mask) -> Place:
    without = here[~reached[here]]
    return Place(
        code=code,
        areas=len(here),
        areas_without=len(without),
        residents=int(ground.residents[here].sum()),
        residents_without=int(ground.residents[without].sum()),
        disabled=int(ground.disabled[here].sum()),
        disabled_without=int(ground.disabled[without].sum()),
    )


@dataclass(frozen=True)
class Label:
    name: str
    x: float
    y: float


@dataclass(frozen=True)
class GapMap:
    """`with_somebody` and `without` are the small areas as path data: a dot is a line of no length with a round end."""

    frame: Frame
    outline: str
    neighbours: list[str]
    with_somebody: str
    without: str
    labels: list[Label]


def gap_map(council: Council, ground: Ground, reached: Mask, outcodes: Iterable[Outcode]) -> GapMap:
    drawn = council_map(council, width=WIDTH)
    return GapMap(
        frame=drawn.frame,
        outline=drawn.council.path,
        neighbours=[neighbour.path for neighbour in drawn.neighbours],
        with_somebody=_dots(ground, reached, drawn.frame),
        without=_dots(ground, ~reached, drawn.frame),
        labels=_labels(set(outcodes), drawn.frame),
    )


def _dots(ground: Ground, where: Mask, frame: Frame) -> str:
    points = zip(ground.eastings[where].tolist(), ground.northings[where].tolist(), strict=True)
    return "".join(f"M{x:g},{y:g}h0" for x, y in (frame.at(*point) for point in points))


# In units of the drawing, a little more than a name such as BA11 takes.
NAME_WIDE, NAME_HIGH = 48, 24


def _labels(outcodes: set[Outcode], frame: Frame) -> list[Label]:
    """Those with most postcodes, and no two so near to each other that their names would touch."""
    shown: list[Label] = []
    for place in sorted(outcodes, key=lambda place: (-place.postcodes, place.pk)):
        x, y = frame.at(place.easting, place.northing)
        is_free = all(abs(x - other.x) > NAME_WIDE or abs(y - other.y) > NAME_HIGH for other in shown)
        if frame.shows(place.easting, place.northing) and is_free:
            shown.append(Label(place.code, x, y))
    return shown
