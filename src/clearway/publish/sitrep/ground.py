"""Where an operation is: its point on the grids, how near each entry lies, and what was worked out about roads to it."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from clearway.network.geometry import flat_scale
from clearway.publish.grid import grid_words
from clearway.publish.sitrep.danger import AT_THE_SITE, FAR, SOMEWHERE
from clearway.record.place import PLACE, Area, NamedPlace, Point

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clearway.picture.contract import Fact
    from clearway.planning.gazetteer import Gazetteer
    from clearway.publish.sitrep.shape import Item
    from clearway.record.entry import Entry
    from clearway.record.place import Place

_BY_THE_SITE_M, _FAR_M = 1500.0, 10_000.0


@dataclass(frozen=True, slots=True)
class Ground:
    """What is known of an operation and of its place.

    Attributes:
        operation: The fields of its own entry; empty where there is none.
        said_by: Who wrote that entry.
        grid: Where it is, in degrees and on grids; empty where nobody knows.
        grids: The same of each point where people meet or are handed over, by the entry's id.
        near: How near each entry is, by its id; see :mod:`clearway.publish.sitrep.danger`.
        approach: What the engine found about roads in and out, in lines.
        handover: Where crews meet patients by the plans in force, in lines.
    """

    operation: dict[str, Any] = field(default_factory=dict)
    said_by: str = ""
    grid: str = ""
    grids: dict[str, str] = field(default_factory=dict)
    near: dict[str, int] = field(default_factory=dict)
    approach: tuple[Item, ...] = ()
    handover: tuple[Item, ...] = ()


def site_of(operation: Entry | None, facts: Iterable[Fact], gazetteer: Gazetteer | None) -> tuple[float, float] | None:
    """Longitude and latitude of an operation: of its own entry's place, else of the place that it names; None where unknown.

    Args:
        operation: The entry about the operation itself.
        facts: Of the picture: a place of that name may be set there.
        gazetteer: Finds places on a network.
    """
    if operation is None:
        return None
    where = str(getattr(operation.draft.body, "where", None) or "")
    named = [*operation.draft.places, *(NamedPlace(name=name) for name in (where, where.partition(",")[0].strip()) if name)]
    set_by_hand = {
        place.name.casefold(): place.at
        for fact in facts
        for place in map(PLACE.validate_python, fact.places)
        if isinstance(place, NamedPlace) and place.at
    }
    for place in named:
        if (spot := _spot(place, gazetteer)) is not None:
            return spot
        if isinstance(place, NamedPlace) and place.name.casefold() in set_by_hand:
            return set_by_hand[place.name.casefold()]
    return None


def grid_of(site: tuple[float, float] | None) -> str:
    """A site in degrees and on grids; empty where it is unknown."""
    return grid_words(*site) if site else ""


def grids_of(facts: Iterable[Fact], gazetteer: Gazetteer | None) -> dict[str, str]:
    """The places of entries in degrees and on grids, by the entries' ids; those of which no spot is known are left out."""
    found = {}
    for fact in facts:
        spots = [words for place in map(PLACE.validate_python, fact.places) if (words := _grid_words(place, gazetteer))]
        if spots:
            found[fact.id] = " and ".join(spots)
    return found


def _grid_words(place: Place, gazetteer: Gazetteer | None) -> str:
    """Where a place lies; of a stretch or an area, whereabouts its middle is."""
    spot = _spot(place, gazetteer)
    if spot is None:
        return ""
    is_exact = not isinstance(place, Area) and (gazetteer is None or gazetteer.of(place).certainty == "exact")
    return f"{'' if is_exact else 'in the middle of it, '}{grid_words(*spot)}"


def nearness(facts: Iterable[Fact], site: tuple[float, float] | None, gazetteer: Gazetteer | None) -> dict[str, int]:
    """How near each entry lies that has a place which can be found."""
    if site is None:
        return {}
    found = {}
    for fact in facts:
        spots = [spot for place in map(PLACE.validate_python, fact.places) for spot in _spots(place, gazetteer)]
        if spots:
            metres = min(_metres(spot, site) for spot in spots)
            found[fact.id] = AT_THE_SITE if metres <= _BY_THE_SITE_M else SOMEWHERE if metres <= _FAR_M else FAR
    return found


def _spot(place: Place, gazetteer: Gazetteer | None) -> tuple[float, float] | None:
    if isinstance(place, Point):
        return place.at
    if isinstance(place, NamedPlace) and place.at:
        return place.at
    if isinstance(place, Area) and gazetteer is None:
        return place.ring[0]
    where = gazetteer.of(place) if gazetteer else None
    return where.spot if where else None


def _spots(place: Place, gazetteer: Gazetteer | None) -> list[tuple[float, float]]:
    """Where a place lies, or all corners of the street that it lies somewhere on."""
    spot = _spot(place, gazetteer)
    if spot is not None or gazetteer is None:
        return [spot] if spot else []
    network, ways = gazetteer.network, gazetteer.of(place).ways
    corners = [int(end[way]) for way in ways for end in (network.way_tail, network.way_head)]
    return [(float(network.junction_lon[one]), float(network.junction_lat[one])) for one in corners]


def _metres(spot: tuple[float, float], other: tuple[float, float]) -> float:
    east, north = flat_scale(other[1])
    return math.hypot((spot[0] - other[0]) * east, (spot[1] - other[1]) * north)
