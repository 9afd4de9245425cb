"""Random towns with vehicles across some of their streets: which must be moved is seldom plain."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from clearway.errors import ClearwayError
from clearway.planning.access.planner.services import Service, Staffed
from clearway.planning.access.planner.timing import AccessTimer
from clearway.planning.vehicles.clearing.staircase import cleared
from clearway.planning.vehicles.clearing.wishes import Wishes
from clearway.planning.vehicles.tally import Stretch
from random_access import stations_in, town_for_help
from rounds import rounds

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator

    from clearway.network.model import Network
    from clearway.planning.vehicles.contract import Cleared


_KEPT = 0.1
"""Of the addresses on streets with vehicles across."""


@dataclass(frozen=True)
class Parked:
    """A town, what stands in it, what is wished for, and the staircase."""

    network: Network
    services: tuple[Staffed, ...]
    stretches: tuple[Stretch, ...]
    wishes: Wishes
    found: Cleared


def parked(count: int) -> Iterator[Parked]:
    """As many random towns as that, each with its staircase."""
    for chance in rounds(count):
        made = None
        while made is None:
            made = _parked(chance)
        yield made


def _parked(chance: random.Random) -> Parked | None:
    network = town_for_help(chance)
    ways = chance.sample(range(network.way_count), chance.choice([4, 5]))
    network = _fewer_addresses(chance, network, ways)
    stretches = tuple(_stretch(chance, network, way, [other for other in ways if other != way]) for way in ways)
    within_s = [chance.choice([14.0, 20.0, 30.0, 480.0]) for _ in range(2)]
    services = tuple(
        Staffed(
            Service(name, ("station",), within_s=within),
            tuple(
                replace(one, name=f"{name} {number}")
                for number, one in enumerate(stations_in(chance, network, "station", chance.choice([2, 2, 3])))
            ),
        )
        for name, within in zip(("fire", "ambulance"), within_s, strict=True)
    )[: chance.choice([1, 2])]
    route = frozenset(chance.sample(range(network.way_count), 4))
    street = frozenset([chance.choice(ways)])
    wishes = Wishes({"7": route} if chance.random() < 0.7 else {}, {"Hill Street": street} if chance.random() < 0.7 else {})
    try:
        found = cleared(AccessTimer(network), services, stretches, wishes)
    except ClearwayError:
        return None
    return Parked(network, services, stretches, wishes, found)


def _stretch(chance: random.Random, network: Network, way: int, others: list[int]) -> Stretch:
    across = chance.randint(0, 6)
    lanes_left = 0 if across and chance.random() < 0.85 else 1
    both = (way, chance.choice(others)) if chance.random() < 0.2 else (way,)
    lane_moves = 0 if lanes_left else chance.randint(1, across)
    assert max(both) < network.way_count
    return Stretch(f"way {way}", both, {"car": across + chance.randint(0, 3)}, across, lanes_left, lane_moves)


def _fewer_addresses(chance: random.Random, network: Network, ways: list[int]) -> Network:
    """Most stretches lose their addresses: else each had to be freed for their sake, and nothing were left to choose."""
    kept = np.array([way not in ways or chance.random() < _KEPT for way in network.address_way.tolist()], np.bool_)
    rows = ("address_way", "address_offset_m", "address_side", "address_lon", "address_lat", "address_label")
    return replace(network, **{name: getattr(network, name)[kept] for name in rows})
