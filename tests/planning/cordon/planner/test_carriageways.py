"""Which spots are abreast on the two carriageways of a street: by hand, on either side of each bound."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest

from clearway.planning.cordon.planner.carriageways import abreast_offsets, candidates, paired_spots, signed_directions
from drawn_towns import Town, place

if TYPE_CHECKING:
    from clearway.network.model import Floats, Longs, Network

ALONG, AGAINST, BOTH = (127, 0), (0, 127), (127, 127)
WALKERS = 32


def carriageways(
    apart_m: float = 20.0,
    *,
    names: tuple[str | None, str | None] = ("Quay", "Quay"),
    permits: tuple[tuple[int, int], tuple[int, int]] = (ALONG, AGAINST),
    turned_deg: float = 0.0,
) -> Network:
    """Two streets of 200 m eastward, the second so far north of the first, and turned by so many degrees round its middle."""
    town = Town()
    town.street((0.0, 0.0), (200.0, 0.0), name=names[0], permit=permits[0])
    east, north = 100 * math.cos(math.radians(turned_deg)), 100 * math.sin(math.radians(turned_deg))
    town.street((100 - east, apart_m - north), (100 + east, apart_m + north), name=names[1], permit=permits[1])
    return town.network()


def paired(network: Network, *spots: tuple[int, float, float], turned_deg: float = 0.0) -> list[int]:
    """The partner of each spot, given by its way and its metres east and north."""
    turned = math.radians(turned_deg)
    heading = {0: (1.0, 0.0), 1: (math.cos(turned), math.sin(turned))}
    found: list[int] = paired_spots(
        network,
        candidates(network),
        np.array([way for way, _, _ in spots]),
        places=np.array([place(x, y) for _, x, y in spots]),
        heading=np.array([heading[way] for way, _, _ in spots]),
    ).tolist()
    return found


@pytest.mark.parametrize(
    ("apart_m", "shift_m", "pair"),
    [(20.0, 0.0, True), (34.9, 0.0, True), (35.1, 0.0, False), (3.1, 0.0, True), (2.9, 0.0, False), (20.0, 14.9, True),
     (20.0, 15.1, False), (34.9, 14.9, True)],
)  # fmt: skip
def test_two_carriageways_lie_from_3_to_35_metres_apart_and_their_spots_at_most_15_along(
    apart_m: float, shift_m: float, *, pair: bool
) -> None:
    found = paired(carriageways(apart_m), (0, 100.0, 0.0), (1, 100.0 + shift_m, apart_m))
    assert found == ([1, 0] if pair else [-1, -1])


@pytest.mark.parametrize(("turned_deg", "pair"), [(36.0, True), (38.0, False), (-36.0, True), (-38.0, False)])
def test_they_run_side_by_side_up_to_37_degrees(turned_deg: float, *, pair: bool) -> None:
    network = carriageways(20.0, turned_deg=turned_deg)
    assert (paired(network, (0, 100.0, 0.0), (1, 100.0, 20.0), turned_deg=turned_deg) == [1, 0]) is pair


@pytest.mark.parametrize(
    ("names", "permits", "pair"),
    [
        (("Quay", "Quay"), (ALONG, AGAINST), True),
        (("Quay", "Quay"), (AGAINST, ALONG), True),
        (("Quay", "Quay"), (ALONG, ALONG), False),  # two lanes of traffic the same way
        (("Quay", "Quay"), (AGAINST, AGAINST), False),
        (("Quay", "Quay"), (BOTH, BOTH), False),  # nothing says that they are two halves of one
        (("Quay", "Quay"), (ALONG, BOTH), False),
        (("Quay-EAST", "Quay-WEST"), (BOTH, BOTH), True),
        (("Quay-EAST", "Quay"), (BOTH, BOTH), True),
        (("Quay-EAST", "Quay-WEST"), (ALONG, ALONG), False),
        (("Quay", "Kai"), (ALONG, AGAINST), False),
        ((None, None), (ALONG, AGAINST), False),
        (("Quay", None), (ALONG, AGAINST), False),
    ],
)
def test_they_are_one_street_by_name_and_either_one_way_each_or_called_as_two_halves(
    names: tuple[str | None, str | None], permits: tuple[tuple[int, int], tuple[int, int]], *, pair: bool
) -> None:
    network = carriageways(names=names, permits=permits)
    assert paired(network, (0, 100.0, 0.0), (1, 100.0, 20.0)) == ([1, 0] if pair else [-1, -1])


def test_spots_of_one_and_the_same_way_are_no_pair() -> None:
    assert paired(carriageways(), (0, 100.0, 0.0), (0, 100.0, 10.0)) == [-1, -1]


def test_the_nearest_two_are_a_pair_and_of_equals_the_first() -> None:
    network = carriageways()
    assert paired(network, (0, 100.0, 0.0), (1, 110.0, 20.0), (1, 104.0, 20.0)) == [2, -1, 0]
    assert paired(network, (0, 100.0, 0.0), (1, 104.0, 20.0), (0, 101.0, 0.0), (1, 112.0, 20.0)) == [3, 2, 1, 0]
    assert paired(network, (0, 100.0, 0.0), (1, 100.0, 20.0), (1, 100.0, 20.0)) == [1, 0, -1]


def test_signs_for_motor_traffic_say_which_way_a_street_runs() -> None:
    walkers_back = (127, WALKERS)
    network = carriageways(permits=(walkers_back, (WALKERS, 127)))
    assert signed_directions(network).tolist() == [1, -1]
    assert signed_directions(carriageways(permits=(BOTH, (WALKERS, WALKERS)))).tolist() == [0, 0]


def positions(ways: Longs, offsets: Floats) -> tuple[Floats, Floats, Floats, Floats]:
    """Longitude, latitude and direction at offsets along the two streets."""
    rows = [place(float(offset), 20.0 * int(way)) for way, offset in zip(ways, offsets, strict=True)]
    spots = np.array(rows).reshape(-1, 2)
    return spots[:, 0], spots[:, 1], np.ones(len(ways)), np.zeros(len(ways))


def test_a_spot_is_made_abreast_of_each_mouth_of_the_other_carriageway() -> None:
    """Mouths stand 8 m from the ends of either street: at 8 and 192 m of the other."""
    network = carriageways()
    ways, offsets = abreast_offsets(network, candidates(network), positions, 8.0)
    found = sorted(zip(ways.tolist(), offsets.round(1).tolist(), strict=True))
    assert found == [(0, 8.0), (0, 192.0), (1, 8.0), (1, 192.0)]
    short, third = abreast_offsets(network, candidates(network), positions, 90.0)
    assert sorted(third.round(0).tolist()) == [67.0, 67.0, 133.0, 133.0]  # a third of the street at most
    assert len(short) == 4
    plain = carriageways(names=("Quay", "Kai"))
    none, _ = abreast_offsets(plain, candidates(plain), positions, 8.0)
    assert none.tolist() == []


def test_a_network_without_such_streets_has_no_pairs() -> None:
    network = carriageways(names=(None, None))
    assert candidates(network)[0].tolist() == []
    assert paired(network, (0, 100.0, 0.0), (1, 100.0, 20.0)) == [-1, -1]
    ways, offsets = abreast_offsets(network, candidates(network), positions, 8.0)
    assert (len(ways), len(offsets)) == (0, 0)
