"""Where a place lies on a network, how surely, and in a sentence what that rests on or what to ask.

* ``exact``: one spot.
* ``stretch``: a known part of a street.
* ``somewhere_on``: a street, or pieces of it, somewhere on which the place lies. It has no spot, so that nobody draws a mark
  where nobody said that something is.
* ``unknown``: nowhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Certainty = Literal["exact", "stretch", "somewhere_on", "unknown"]


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where a place lies.

    Attributes:
        certainty: How surely.
        says: In a sentence or two: what it was taken for, or what to ask.
        spot: Longitude and latitude of where a mark may stand, degrees; None where nobody knows a spot.
        ways: Way indexes of its street or part of it.
        choices: Texts of which one may be meant.
    """

    certainty: Certainty
    says: str
    spot: tuple[float, float] | None = None
    ways: tuple[int, ...] = ()
    choices: tuple[str, ...] = ()

    @property
    def is_known(self) -> bool:
        """Whether there is anything to draw."""
        return self.certainty != "unknown"


def exact(spot: tuple[float, float], says: str, ways: tuple[int, ...] = ()) -> Whereabouts:
    """One spot."""
    return Whereabouts("exact", says, (round(spot[0], 7), round(spot[1], 7)), ways)


def unknown(says: str, choices: tuple[str, ...] = ()) -> Whereabouts:
    """Nowhere: the sentence is followed by what may be meant."""
    asked = f" Did you mean {_either(choices)}?" if choices else ""
    return Whereabouts("unknown", says + asked, choices=choices)


def somewhere_on(ways: tuple[int, ...], says: str, choices: tuple[str, ...] = ()) -> Whereabouts:
    """Somewhere on a street, or on pieces of it."""
    return Whereabouts("somewhere_on", says, None, ways, choices)


def _either(choices: tuple[str, ...]) -> str:
    return " or ".join(filter(None, (", ".join(choices[:-1]), choices[-1])))
