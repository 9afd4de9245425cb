"""What a cordon encloses: addresses, streets and metres that outside traffic can no longer reach."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from clearway.network.model import Bools
    from clearway.planning.cordon.planner.model import Model
    from clearway.planning.cordon.planner.window import Window


@dataclass(frozen=True, slots=True)
class Enclosure:
    """Addresses or frontage points, streets by name, metres of street, and the ways that are enclosed in whole or part."""

    addresses: int
    streets: int
    length_m: float
    ways: tuple[int, ...]
    street_names: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """The enclosure as JSON."""
        return {
            "addresses": self.addresses,
            "streets": self.streets,
            "length_m": round(self.length_m, 1),
            "way_indexes": list(self.ways),
            "street_names": list(self.street_names),
        }


def enclosure_of(window: Window, model: Model, enclosed: Bools) -> Enclosure:
    """What the enclosed nodes of a model hold."""
    pieces = window.pieces[enclosed[model.piece_node]]
    ways = np.unique(window.streets.piece_way[pieces])
    names = window.network.way_name[ways]
    return Enclosure(
        addresses=int(model.addresses[enclosed].sum()),
        streets=len(np.unique(names[names >= 0])) + int((names < 0).sum()),
        length_m=float((window.streets.piece_to_m[pieces] - window.streets.piece_from_m[pieces]).sum()),
        ways=tuple(ways.tolist()),
        street_names=tuple(
            sorted(name for index in np.unique(names[names >= 0]) if (name := window.network.string(int(index))))
        ),
    )
