"""The places inside a ring from which patients are carried: every address, and the occupied streets every 20 m."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from clearway.errors import BadInput
from clearway.planning.cordon.seal.contract import GivenBarrier
from clearway.planning.cordon.seal.verdict import enclosed_ground
from clearway.planning.occupied import occupied_streets
from clearway.planning.plan.ring import given_barriers, ring_question

if TYPE_CHECKING:
    from clearway.network.closures import Closure
    from clearway.network.model import Floats, Ints, Longs
    from clearway.planning.gazetteer import Gazetteer
    from clearway.planning.street_names import StreetNames
    from clearway.record.kinds.plans import TrafficPlan

_EVERY_M = 20.0
"""As far apart as the points that stand in for addresses where a map has none."""


class Inside(NamedTuple):
    """The ground that a ring encloses. P places.

    Attributes:
        way: (P,) of each place.
        at_m: (P,) metres from the way's tail.
        address: (P,) the address, -1 for a place on an occupied street.
        labels: What each is called.
        junctions: Junctions inside.
        occupied: Occupied streets; closures that shut nobody yet.
    """

    way: Ints
    at_m: Floats
    address: Longs
    labels: tuple[str, ...]
    junctions: Longs
    occupied: tuple[Closure, ...]


def inside_of(plan: TrafficPlan, gazetteer: Gazetteer, names: StreetNames) -> Inside:
    """What the barriers of a plan enclose, all of them standing.

    Raises:
        BadInput: it has no site, or a barrier stands nowhere on the map.
        BadGeometry: the site cannot be used on the network.
    """
    question = ring_question(plan, gazetteer)
    if question is None:
        raise BadInput("The plan has no site, so nobody can say who is inside. Give it its 'site' or its 'occupied' lines.")
    given = given_barriers(((one.id, one.place) for one in plan.barriers), gazetteer)
    lost = {name: one for name, one in given.items() if not isinstance(one, GivenBarrier)}
    if lost:
        told = " ".join(f"{name}: {why}" for name, why in lost.items())
        raise BadInput(f"Nobody can say who is inside while a barrier stands nowhere on this map. {told}")
    placed = tuple(one for one in given.values() if isinstance(one, GivenBarrier))
    network = gazetteer.network
    ground = enclosed_ground(network, question.model_copy(update={"barriers": placed}))
    occupied = occupied_streets(names, question.stretches, question.site)
    whole = [one.way for one in occupied if one.at_m is None]
    on_street = [(way, at_m) for way in whole for at_m in _every(float(network.way_length_m[way]))]
    way = np.concatenate((network.address_way[ground.addresses], np.array([one for one, _ in on_street], np.int32)))
    at_m = np.concatenate((network.address_offset_m[ground.addresses], np.array([one for _, one in on_street], np.float64)))
    labels = [names.address(int(one)) for one in ground.addresses]
    labels += [names.spot(one, metres) for one, metres in on_street]
    address = np.concatenate((ground.addresses, np.full(len(on_street), -1)))
    if not len(way):
        raise BadInput("No address and no occupied street lies inside the ring. Mark what is occupied, or draw the site.")
    return Inside(way.astype(np.int32), at_m, address, tuple(labels), ground.junctions, tuple(occupied))


def _every(length_m: float) -> list[float]:
    """Metres along a street at even distances, at most 20 m apart and half of that from its ends."""
    count = int(np.ceil(length_m / _EVERY_M))
    return [(index + 0.5) * length_m / count for index in range(count)]
