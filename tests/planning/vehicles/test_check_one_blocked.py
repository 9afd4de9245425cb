"""Whom one blocked street cuts off: by the checker of staircases, and by a car that is put on every stretch of every street."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from clearway.planning.access.check.claim import ClosureClaim, StationClaim
from clearway.planning.access.check.network_reading import NEVER, NetworkReading, Streets
from clearway.planning.access.planner.timing import AccessTimer
from clearway.planning.vehicles.check.one_blocked import OneBlocked
from random_access import stations_in, town_for_help
from rounds import rounds

if TYPE_CHECKING:
    import random

    from clearway.network.model import Network


def starts_in(chance: random.Random, network: Network, count: int) -> list[StationClaim]:
    """Stations at spots of streets."""
    stations = stations_in(chance, network, "station", count)
    origins = AccessTimer(network).before(stations, "emergency").tree.origins
    spots = zip(origins.way.tolist(), origins.offset_m.tolist(), strict=True)
    return [StationClaim(str(number), 0.0, 0.0, way, at_m, 0) for number, (way, at_m) in enumerate(spots)]


def test_whom_a_blocked_street_cuts_off_is_whom_a_car_somewhere_on_it_does() -> None:
    cut, safe = 0, 0
    for chance in rounds(12):
        network = town_for_help(chance)
        streets = Streets(network, "emergency", None)
        shut = [ClosureClaim(way, None, along=True, against=True) for way in chance.sample(range(network.way_count), 2)]
        starts = starts_in(chance, network, chance.choice([1, 2, 3]))
        reached = NetworkReading(streets, shut).address_ms(starts) < NEVER
        blocked = OneBlocked(NetworkReading(streets, shut), starts)
        lost = np.zeros((network.way_count, network.address_count), np.bool_)
        for way in range(network.way_count):
            length = float(network.way_length_m[way])
            spots = {0.0, length, *(one.at_m for one in starts if one.way == way)}
            spots |= set(network.address_offset_m[network.address_way == way].tolist())
            for before, after in pairwise(sorted(spots)):
                car = ClosureClaim(way, (before + after) / 2, along=True, against=True)
                lost[way] |= reached & ~(NetworkReading(streets, [*shut, car]).address_ms(starts) < NEVER)
            assert blocked.cut_off_by(way).tolist() == lost[way].tolist(), way
        twice = (reached & ~lost.any(axis=0)).tolist()
        assert blocked.two_approaches().tolist() == twice
        some = chance.sample(range(network.address_count), network.address_count // 2)
        assert blocked.two_approaches(some).tolist() == [one and at in some for at, one in enumerate(twice)]
        cut, safe = cut + int(lost.any(axis=0).sum()), safe + sum(twice)
    assert min(cut, safe) > 20
