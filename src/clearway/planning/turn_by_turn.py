"""A drive in words, turn by turn, and as a line on the map."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from pydantic import Field

from clearway.shapes import Figure, Shape

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.network.headings import Headings
    from clearway.network.model import Network
    from clearway.planning.street_names import StreetNames

TIGHT_DEGREES = 115.0
"""A corner so sharp that a person looks at it before a long vehicle is sent round it."""
STRAIGHT_DEGREES, _SHARP_DEGREES = 30.0, 135.0
"""A street that bends by less goes straight on; one that turns back by more is sharp: as drivers are told it."""


class TurnLeg(Shape):
    """A stretch of one street, as a driver is told it."""

    turn: str = Field(description="such as 'left into', 'right into', 'straight on into'; 'from' at the first")
    street: str
    metres: Figure

    def words(self) -> str:
        """Such as "left into Bowen Street, 320 m"; without metres where the street is only joined or left."""
        return f"{self.turn} {self.street}" + (f", {self.metres:,.0f} m" if self.metres else "")


class Stretch(NamedTuple):
    """The arcs of a leg; ``driven`` are those of them that the drive itself is made of."""

    turn: str
    street: str
    driven: tuple[int, ...]


def turn_words(degrees: float) -> str:
    """A turn to the left by so many degrees.

    >>> turn_words(5), turn_words(90), turn_words(-60), turn_words(-140)
    ('straight on into', 'left into', 'right into', 'sharp right into')
    """
    if abs(degrees) <= STRAIGHT_DEGREES:
        return "straight on into"
    return ("sharp " if abs(degrees) > _SHARP_DEGREES else "") + ("left into" if degrees > 0 else "right into")


def stretches(
    names: StreetNames, headings: Headings, arcs: Sequence[int], before: int | None, after: int | None
) -> tuple[Stretch, ...]:
    """A drive, street by street.

    Args:
        names: Of the network's streets.
        headings: Of its arcs.
        arcs: What is driven.
        before: The arc that comes before; None where the drive begins.
        after: The arc that comes next; None where it ends.
    """
    found: list[Stretch] = []
    whole = [*([] if before is None else [before]), *arcs, *([] if after is None else [after])]
    for index, arc in enumerate(whole):
        street = names.street(arc >> 1)
        met = (index == 0 and before is not None) or (index == len(whole) - 1 and after is not None)
        driven = () if met else (arc,)
        if found and found[-1].street == street:
            found[-1] = found[-1]._replace(driven=found[-1].driven + driven)
            continue
        turned = 0.0 if index == 0 else float(headings.turned(np.array([whole[index - 1]]), np.array([arc]))[0])
        found.append(Stretch("from" if index == 0 else turn_words(turned), street, driven))
    return tuple(found)


def metres_of(network: Network, arcs: Sequence[int]) -> float:
    """Metres of some arcs from end to end."""
    return float(network.way_length_m[np.array(arcs, np.int64) >> 1].sum())


def drawn(network: Network, arcs: Sequence[int]) -> list[list[float]]:
    """The line of a drive on the map, [longitude, latitude] each; empty where nothing is driven."""
    points: list[list[float]] = []
    for arc in arcs:
        stretch = network.geometry(arc >> 1)
        points += (stretch[::-1] if arc & 1 else stretch).round(6).tolist()
    return [point for index, point in enumerate(points) if not index or point != points[index - 1]]


def corner(names: StreetNames, junction: int, way: int) -> str:
    """The corner at a junction of a way."""
    street, other = names.street(way), names.met_at(junction, way)
    return f"{street} at {other}" if other else street
