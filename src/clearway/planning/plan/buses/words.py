"""A bus's way in words: what to look at, kerbs, times."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from clearway.network.classes import SIZES, class_mask
from clearway.network.geometry import METRES_PER_DEGREE, flat_scale, point_at
from clearway.network.transit.bus_graph import LEAST_WIDTH_M
from clearway.planning.turn_by_turn import TIGHT_DEGREES
from clearway.words import listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from clearway.network.transit.bus_graph import BusGraph
    from clearway.planning.street_names import StreetNames

TWO_BUSES_M = 5.5
"""Two buses pass one another slowly on so much street."""
_KERB_M = 4.0
"""From the centre line of a street to its kerb, half the usual width of one with two lanes."""
_SIDES = ("north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west")
_SIZE_WORDS = dict(zip(SIZES, ("{:g} m high", "{:g} m wide", "{:g} t", "{:g} m long", "{:g} t on an axle"), strict=True))
_BUS = class_mask(["bus"])


def clock(seconds: float) -> str:
    """A time of the timetable.

    >>> clock(27900), clock(90600)
    ('07:45', '25:10')
    """
    return f"{int(seconds) // 3600:02}:{int(seconds) // 60 % 60:02}"


def notes(graph: BusGraph, names: StreetNames, arcs: Sequence[int], before: int | None, after: int | None) -> list[str]:
    """What a person must look at before a bus is sent along some arcs that the timetable's buses do not drive."""
    network = graph.network
    fresh = [arc for arc in arcs if arc not in graph.proven.arcs]
    unknown = _named(names, (arc for arc in fresh if np.isnan(network.way_width_m[arc >> 1])))
    narrow = [arc for arc in fresh if LEAST_WIDTH_M <= network.way_width_m[arc >> 1] < TWO_BUSES_M]
    narrow = [arc for arc in narrow if network.arc_permit[arc ^ 1] & _BUS]
    found = []
    if unknown:
        found.append(f"Width not known, and no bus of the timetable drives there: {listed(unknown)}.")
    found += [f"{name} is too narrow for a bus to pass one that comes the other way." for name in _named(names, iter(narrow))]
    whole = [*([] if before is None else [before]), *arcs, *([] if after is None else [after])]
    for one, other in pairwise(whole):
        turned = float(graph.headings.turned(np.array([one]), np.array([other]))[0])
        if abs(turned) > TIGHT_DEGREES and (one, other) not in graph.proven.turns:
            found.append(f"The turn from {names.street(one >> 1)} into {names.street(other >> 1)} is tight: try it with a bus.")
    for arc in arcs:
        for limit in np.flatnonzero((network.limit_arc == arc) & (network.limit_classes & _BUS > 0)).tolist():
            most = _SIZE_WORDS[SIZES[int(network.limit_size[limit])]].format(float(network.limit_most[limit]))
            found.append(f"{names.street(arc >> 1)} takes vehicles up to {most}.")
    return list(dict.fromkeys(found))


def _named(names: StreetNames, arcs: Iterable[int]) -> list[str]:
    return list(dict.fromkeys(names.street(arc >> 1) for arc in arcs))


class Kerb(NamedTuple):
    """A place at the kerb of an arc: position, metres from its way's first point, and in words."""

    lon: float
    lat: float
    at_m: float
    where: str


def kerb(names: StreetNames, arc: int, along_m: float) -> Kerb:
    """The kerb that buses stop at on an arc, so many metres from its start."""
    network = names.network
    length = float(network.way_length_m[arc >> 1])
    at_m = length - along_m if arc & 1 else along_m
    line = network.geometry(arc >> 1)
    lon, lat = point_at(line, at_m)
    ahead, behind = (np.array(point_at(line, min(max(at_m + step, 0.0), length))) for step in (1.0, -1.0))
    step = (ahead - behind) * np.array(flat_scale(lat)) * (-1 if arc & 1 else 1)
    east, north = step / max(float(np.hypot(*step)), 1e-9)
    to_kerb = np.array((-north, east)) * (1 if network.driving_side == "left" else -1)
    side = _SIDES[round(float(np.degrees(np.arctan2(to_kerb[0], to_kerb[1]))) / 45.0) % len(_SIDES)]
    scale = flat_scale(lat)
    lon, lat = lon + to_kerb[0] * _KERB_M / scale[0], lat + to_kerb[1] * _KERB_M / METRES_PER_DEGREE
    return Kerb(round(lon, 7), round(lat, 7), at_m, f"{names.between(arc >> 1)}, {side} side")
