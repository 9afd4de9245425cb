"""Random towns in which vehicles must reach addresses: closures that bite, gates, obstacles, one-ways, turns."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from clearway.errors import ClearwayError
from clearway.network.classes import class_mask
from clearway.network.closures import Closure
from clearway.network.geometry import point_at
from clearway.planning.access.planner.certificate import certificate_of
from clearway.planning.access.planner.report import assess_access
from clearway.planning.access.planner.services import load_services
from clearway.planning.access.planner.stations import Station
from clearway.planning.access.planner.timing import AccessTimer
from drawn_towns import Town
from rounds import rounds

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator

    from clearway.network.model import Network

EMERGENCY = class_mask(["emergency"])
_PERMITS = [(127, 127)] * 5 + [(127, 16), (16, 127)]
_AMBULANCE = replace(next(one for one in load_services() if one.name == "ambulance"), turnout_s=30.0)


@dataclass(frozen=True)
class Served:
    """A town, what is shut in it, and the certificate that says who is reached."""

    network: Network
    closures: tuple[Closure, ...]
    certificate: dict[str, Any]


def certified(count: int) -> Iterator[Served]:
    """As many random towns as that, each with its certificate."""
    for chance in rounds(count):
        served = None
        while served is None:
            served = _served(chance)
        yield served


def _served(chance: random.Random) -> Served | None:
    network = town_for_help(chance)
    closures = tuple(closure_in(chance, network) for _ in range(chance.randint(1, 4)))
    try:
        report = assess_access(
            AccessTimer(network),
            stations_in(chance, network, "ambulance_station", chance.choice([1, 1, 2])),
            service=_AMBULANCE,
            closures=closures,
            hospitals=stations_in(chance, network, "hospital", chance.choice([1, 2])),
        )
    except ClearwayError:
        return None
    return Served(network, closures, json.loads(json.dumps(certificate_of(report))))


def town_for_help(chance: random.Random) -> Network:
    """A grid of three by three with most of its streets, a shortcut, and two dead ends."""
    town = Town()
    corners = [(100.0 * x, 100.0 * y) for x in range(3) for y in range(3)]
    streets = [
        (one, other)
        for one in corners
        for other in corners
        if one < other and abs(one[0] - other[0]) + abs(one[1] - other[1]) == 100
    ]
    streets = [*chance.sample(streets, chance.randint(8, 12)), ((0.0, 0.0), (100.0, 100.0)), ((200.0, 200.0), (260.0, 260.0))]
    chance.shuffle(streets)
    for start, end in streets:
        town.street(start, end, permit=chance.choice(_PERMITS), speed_kmh=chance.choice([30.0, 50.0]))
    for way in chance.sample(range(len(streets)), 2):
        town.draft.stop(way, chance.choice([30.0, 50.0]), blocks=chance.choice([EMERGENCY, 127, 16]))
    for way in range(len(streets)):
        for at_m in chance.sample([10.0, 50.0, 80.0], chance.choice([1, 2])):
            town.draft.address(way, at_m)
    network = town.network()
    for _ in range(chance.randint(1, 4)):
        arcs = [chance.randrange(network.arc_count)]
        for _ in range(chance.choice([1, 1, 2])):
            arcs.append(
                chance.choice([arc for arc in range(network.arc_count) if network.arc_tail[arc] == network.arc_head[arcs[-1]]])
            )
        town.draft.turn(arcs, classes=chance.choice([127, 127, 16]))
    return town.network()


def stations_in(chance: random.Random, network: Network, kind: str, count: int) -> tuple[Station, ...]:
    found = []
    for number in range(count):
        way = chance.randrange(network.way_count)
        at_m = chance.choice([0.25, 0.5, 0.75]) * float(network.way_length_m[way])
        lon, lat = point_at(network.geometry(way), at_m)
        found.append(Station(f"{kind} {number}", kind, float(lon), float(lat)))
    return tuple(found)


def closure_in(chance: random.Random, network: Network) -> Closure:
    """A street shut, a block at a point of it, or a gate that takes time; most bind emergency vehicles in both directions."""
    way = chance.randrange(network.way_count)
    at_m = chance.choice([0.2, 0.5, 0.7]) * float(network.way_length_m[way])
    both = chance.random() < 0.8
    along = both or chance.random() < 0.5
    kind = chance.choice(["whole", "point", "point", "gate"])
    if kind == "gate":
        return Closure(way, 16, at_m=at_m, along=along, against=both or not along, delay_s=chance.choice([7.0, 90.0]))
    return Closure(way, 127, at_m=at_m if kind == "point" else None, along=along, against=both or not along, label="closed")
