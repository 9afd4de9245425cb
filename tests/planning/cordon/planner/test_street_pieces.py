"""Where barriers may stand along a street, and what lies between two such spots: by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clearway.planning.cordon.planner.street_pieces import streets_of
from drawn_towns import LAT, LON, Town, place

if TYPE_CHECKING:
    from clearway.network.model import Network
    from clearway.planning.cordon.planner.street_pieces import Streets


def street(
    length_m: float,
    *,
    stops: tuple[tuple[float, str], ...] = (),
    houses: tuple[float, ...] = (),
    permit: tuple[int, int] = (127, 127),
) -> Network:
    """One street eastward."""
    town = Town()
    way = town.street((0.0, 0.0), (length_m, 0.0), name="Street", permit=permit)
    for at_m, kind in stops:
        town.draft.stop(way, at_m, blocks=16, kind=kind)
    for at_m in houses:
        town.draft.address(way, at_m)
    return town.network()


def spots(network: Network, way: int = 0, *, signs: bool = False) -> list[float]:
    streets = streets_of(network, signs=signs)
    return [round(at_m, 1) for at_m in streets.spot_m[streets.spot_way == way].tolist()]


@pytest.mark.parametrize(
    ("length_m", "expected"),
    [
        (100.0, [8.0, 92.0]),
        (24.5, [8.0, 16.5]),  # a third of it is 8.2 m
        (15.0, [5.0, 10.0]),
        (119.9, [8.0, 111.9]),
        (120.2, [8.0, 60.1, 112.2]),
        (239.0, [8.0, 119.5, 231.0]),
        (300.0, [8.0, 100.0, 200.0, 292.0]),
    ],
)
def test_spots_are_at_the_mouths_and_on_long_streets_at_most_120_metres_apart(length_m: float, expected: list[float]) -> None:
    assert spots(street(length_m)) == expected


def test_the_longest_road_has_no_more_than_twenty_four_pieces() -> None:
    assert len(spots(street(120 * 23.9))) == 25
    assert len(spots(street(120 * 40.0))) == 25


def pieces(network: Network, *, signs: bool = False) -> list[tuple[float, float]]:
    found: Streets = streets_of(network, signs=signs)
    return [(round(start, 1), round(end, 1)) for start, end in zip(found.piece_from_m, found.piece_to_m, strict=True)]


def test_pieces_lie_between_the_spots_within_and_reach_to_both_ends() -> None:
    assert pieces(street(100.0)) == [(0.0, 100.0)]
    assert pieces(street(300.0)) == [(0.0, 100.0), (100.0, 200.0), (200.0, 300.0)]
    found = streets_of(street(300.0))
    assert found.piece_lon.tolist() == pytest.approx([place(x, 0.0)[0] for x in (50.0, 150.0, 250.0)])
    assert found.piece_lat.tolist() == pytest.approx([LAT] * 3)
    assert found.spot_lon.tolist() == pytest.approx([place(x, 0.0)[0] for x in (8.0, 100.0, 200.0, 292.0)])
    assert (found.spot_east.tolist(), found.spot_north.tolist()) == (pytest.approx([1.0] * 4), pytest.approx([0.0] * 4))
    assert found.way_box[:, 0].tolist() == pytest.approx([LON, LAT, place(300.0, 0.0)[0], LAT])


FAST = (
    "block bollard bus_trap chain concrete_block cycle_barrier debris ditch fence guard_rail jersey_barrier kissing_gate log "
    "planter rock stile turnstile wall tank_trap swing_barrier"
)


@pytest.mark.parametrize("kind", FAST.split())
def test_what_stands_fast_parts_a_street_and_the_mouth_before_it_is_half_as_far(kind: str) -> None:
    network = street(100.0, stops=((50.0, kind),))
    assert (spots(network), pieces(network)) == ([8.0, 50.0, 92.0], [(0.0, 50.0), (50.0, 100.0)])
    assert streets_of(network).spot_blocks.tolist() == [0, 16, 0]
    assert spots(street(100.0, stops=((6.0, kind), (96.0, kind)))) == [3.0, 6.0, 96.0, 98.0]


@pytest.mark.parametrize("kind", ["gate", "kerb", "lift_gate"])
def test_what_opens_parts_a_street_only_where_signs_bind(kind: str) -> None:
    network = street(100.0, stops=((50.0, kind),))
    assert (spots(network), spots(network, signs=True)) == ([8.0, 92.0], [8.0, 50.0, 92.0])
    assert streets_of(network, signs=True).spot_blocks.tolist() == [0, 16, 0]


def test_a_stop_takes_the_place_of_a_spot_that_is_less_than_twelve_metres_away() -> None:
    assert spots(street(200.0, stops=((88.5, "bollard"),))) == [8.0, 88.5, 192.0]
    assert spots(street(200.0, stops=((87.5, "bollard"),))) == [8.0, 87.5, 100.0, 192.0]
    assert spots(street(200.0, stops=((87.5, "bollard"), (87.9, "bollard")))) == [8.0, 87.5, 87.9, 100.0, 192.0]


def test_an_address_belongs_to_the_piece_it_lies_on_and_one_at_a_spot_to_the_piece_after_it() -> None:
    network = street(100.0, stops=((50.0, "bollard"),), houses=(0.0, 49.9, 50.0, 50.1, 100.0))
    found = streets_of(network)
    assert found.address_piece.tolist() == [0, 0, 1, 1, 1]
    assert found.piece_addresses.tolist() == [2, 3]


def test_spots_and_middles_of_a_street_that_bends_lie_on_it() -> None:
    """200 m eastward, then 200 m northward."""
    town = Town()
    corners = [place(0.0, 0.0), place(200.0, 0.0), place(200.0, 200.0)]
    town.draft.way(town.corner(0.0, 0.0), town.corner(200.0, 200.0), points=corners, name="Bent Street")
    town.street((500.0, 0.0), (600.0, 0.0), name="Elsewhere")
    streets = streets_of(town.network())
    own = streets.spot_way == 0
    middles = (streets.piece_from_m + streets.piece_to_m)[streets.piece_way == 0] / 2
    found = [
        *zip(streets.spot_m[own].tolist(), streets.spot_lon[own], streets.spot_lat[own], strict=True),
        *zip(
            middles.tolist(), streets.piece_lon[streets.piece_way == 0], streets.piece_lat[streets.piece_way == 0], strict=True
        ),
    ]
    assert len(found) > 6
    for at_m, lon, lat in found:
        lies = place(min(at_m, 200.0), max(at_m - 200.0, 0.0))
        assert (abs(lon - lies[0]) < 1e-6, abs(lat - lies[1]) < 1e-6) == (True, True), at_m


def test_each_junction_lists_its_streets() -> None:
    town = Town()
    for end in ((100.0, 0.0), (0.0, 100.0)):
        town.street((0.0, 0.0), end)
    found = streets_of(town.network())
    at = [found.junction_ways[found.junction_start[one] : found.junction_start[one + 1]].tolist() for one in range(3)]
    assert at == [[0, 1], [0], [1]]


def test_the_carriageways_of_one_street_have_spots_abreast() -> None:
    town = Town()
    town.street((0.0, 0.0), (119.0, 0.0), name="Quay", permit=(127, 0))
    town.street((30.0, 20.0), (90.0, 20.0), name="Quay", permit=(0, 127))
    network = town.network()
    # the mouths of the shorter one at 8 m from its ends lie at 38 and 82 m of the longer
    assert spots(network) == [8.0, 38.0, 82.0, 111.0]
    found = streets_of(network)
    assert spots(network, 1) == [8.0, 52.0]
    pairs = {(one, partner) for one, partner in enumerate(found.spot_partner.tolist()) if partner >= 0}
    assert pairs == {(1, 4), (4, 1), (2, 5), (5, 2)}
