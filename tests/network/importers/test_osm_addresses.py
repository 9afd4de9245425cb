from collections.abc import Callable

import pytest

from clearway.network.model import Network

Draw = Callable[[str], Network]
# Hill Street runs east, Lane runs parallel 40 m north of it
STREETS = """
    n 1 0 0
    n 2 200 0
    n 3 0 40
    n 4 200 40
"""
WAYS = """
    w 10 1,2 highway=residential name='Hill Street'
    w 11 3,4 highway=residential name=Lane
"""


def fronts(network: Network) -> dict[str | None, tuple[str | None, int, int]]:
    """By label: street, metres along it, side."""
    return {
        network.string(label): (network.street(way), round(offset), side)
        for label, way, offset, side in zip(
            network.address_label.tolist(),
            network.address_way.tolist(),
            network.address_offset_m.tolist(),
            network.address_side.tolist(),
            strict=True,
        )
    }


def test_an_address_fronts_the_street_it_names_though_another_is_nearer(draw: Draw) -> None:
    network = draw(STREETS + "n 5 50 30 addr:housenumber=12 'addr:street=hill street'" + WAYS)
    assert fronts(network) == {"12 hill street": ("Hill Street", 50, -1)}
    assert network.address_source == "addresses"


def test_an_address_fronts_the_nearest_street_where_the_one_it_names_is_not_within_80_m(draw: Draw) -> None:
    network = draw(STREETS + "n 5 50 130 addr:housenumber=3 'addr:street=Hill Street'\nn 6 60 -30 addr:housenumber=4" + WAYS)
    assert fronts(network) == {"3 Hill Street": ("Lane", 50, -1), "4": ("Hill Street", 60, 1)}


def test_an_address_far_from_any_street_is_counted_and_left_out(draw: Draw) -> None:
    network = draw(STREETS + "n 5 50 900 addr:housenumber=3\nn 6 60 -30 addr:housenumber=4" + WAYS)
    assert network.address_count == 1
    assert network.report["ignored"] == {"address farther than 300 m from any street": 1}


def test_nobody_fronts_a_tunnel_a_motorway_or_a_street_no_engine_may_use(draw: Draw) -> None:
    ways = """
        w 10 1,2 highway=residential name='Hill Street'
        w 11 3,4 highway={}
    """
    for kind in ("residential tunnel=yes", "motorway", "footway", "residential emergency=no"):
        assert fronts(draw(STREETS + "n 5 50 35 addr:housenumber=1" + ways.format(kind)))["1"][0] == "Hill Street"


def test_a_house_number_on_a_building_stands_at_its_main_entrance(draw: Draw) -> None:
    network = draw(
        STREETS
        + """
        n 21 20 -10
        n 22 60 -10
        n 23 60 -30 entrance=main
        n 24 20 -30 entrance=service
        """
        + WAYS
        + "w 30 21,22,23,24,21 building=house addr:housenumber=7"
    )
    assert fronts(network) == {"7": ("Hill Street", 60, 1)}
    assert network.report["addresses"] == {"house_numbers": 1, "buildings": 0, "ignored": {}}


def test_a_building_without_a_number_is_an_address_and_a_shed_is_not(draw: Draw) -> None:
    def box(first: int, east: float, size: float) -> str:
        corners = ((east, -20), (east + size, -20), (east + size, -20 - size), (east, -20 - size))
        return "".join(f"\n n {first + at} {x} {y}" for at, (x, y) in enumerate(corners))

    nodes = (
        STREETS
        + box(20, 20, 10)
        + box(30, 60, 5)
        + box(40, 100, 20)
        + box(50, 140, 20)
        + "\n n 60 150 -30 addr:housenumber=9\n"
    )
    ways = "".join(
        f"\n w {first} {first},{first + 1},{first + 2},{first + 3},{first} {tags}"
        for first, tags in (
            (20, "building=church name='St Paul'"),
            (30, "building=yes"),
            (40, "building=garage"),
            (50, "building=yes"),
        )
    )
    network = draw(nodes + WAYS + ways)
    assert set(fronts(network)) == {"St Paul", "9"}
    assert fronts(network)["St Paul"][:2] == ("Hill Street", 25)
    assert network.report["addresses"]["buildings"] == 1


def test_without_any_address_frontage_points_stand_in_and_the_network_says_so(draw: Draw) -> None:
    network = draw(STREETS + WAYS)
    assert network.address_source == "frontage"
    assert network.address_count == 20


def test_the_offset_of_an_address_is_along_the_way_in_its_own_direction(draw: Draw) -> None:
    network = draw(STREETS + "n 5 50 -10 addr:housenumber=1" + WAYS.replace("w 10 1,2", "w 10 2,1"))
    assert fronts(network)["1"] == ("Hill Street", 150, -1)
    assert network.address_offset_m[0] == pytest.approx(150, abs=0.05)
