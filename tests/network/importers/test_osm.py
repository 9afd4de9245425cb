from collections import Counter
from collections.abc import Callable
from pathlib import Path

import numpy as np
import osmium
import pytest
from osmium.osm import Node, Relation, Way

from clearway.network.classes import class_mask
from clearway.network.importers.osm import import_osm
from clearway.network.model import ACROSS_M, Network

Draw = Callable[[str], Network]
STREET = """
    n 1 0 0
    n 2 100 0
    n 3 200 0
"""


@pytest.fixture(scope="module")
def extract(open_data: Path) -> Path:
    return open_data / "osm" / "helsinki-centre.osm.pbf"


@pytest.fixture(scope="module")
def helsinki(extract: Path) -> Network:
    return import_osm(extract)


def stops(network: Network) -> list[tuple[int, float, str]]:
    return [
        (int(network.way_source[way]), round(offset), network.stop_kinds[kind])
        for way, offset, kind in zip(
            network.stop_way.tolist(), network.stop_offset_m.tolist(), network.stop_kind.tolist(), strict=True
        )
    ]


def test_streets_that_cross_on_a_bridge_do_not_meet(draw: Draw) -> None:
    network = draw("""
        n 1 0 0
        n 2 100 0
        n 3 50 -50
        n 4 50 50
        w 10 1,2 highway=primary name='High Street'
        w 11 3,4 highway=residential bridge=yes layer=1
    """)
    assert (network.way_count, network.junction_count) == (2, 4)
    assert network.way_level.tolist() == [0, 1]
    assert network.street(0) == "High Street"


def test_a_way_carries_what_its_tags_say(draw: Draw) -> None:
    network = draw(STREET + "w 10 1,2,3 highway=secondary maxspeed=30 lanes=2 width=7.5 name='Hill Street' oneway=-1")
    assert network.class_of(0) == "secondary"
    assert network.way_length_m[0] == pytest.approx(200, abs=0.1)
    assert (int(network.way_lanes[0]), float(network.way_width_m[0])) == (2, 7.5)
    assert network.arc_speed_kmh[4].tolist() == [30.0, 30.0]
    general = class_mask(["general"])
    assert (network.arc_permit & general > 0).tolist() == [False, True]


def test_ferries_railways_and_building_sites_are_left_out_and_counted(draw: Draw) -> None:
    network = draw(
        STREET
        + """
        w 10 1,2 highway=residential
        w 11 2,3 route=ferry
        w 12 2,3 railway=tram
        w 13 2,3 highway=construction
        w 14 2,3 highway=raceway
        w 15 2,3 highway=service route=ferry
    """
    )
    assert network.way_count == 1
    expected = {"route=ferry": 1, "railway=tram": 1, "highway=construction": 1, "highway=raceway": 1, "ferry": 1}
    assert network.report["ignored"] == expected
    assert network.report["streets"]["in_source"] == 4


def test_a_barrier_at_a_shape_point_stands_at_its_offset(draw: Draw) -> None:
    network = draw("""
        n 1 0 0
        n 2 30 0 barrier=bollard
        n 3 100 0
        w 10 1,2,3 highway=residential
    """)
    assert stops(network) == [(10, 30, "bollard")]
    assert network.report["barriers"] == {"in_source": 1, "kept": 1, "open": 0, "ignored": {}}
    general = class_mask(["general"])
    assert not (network.arc_through & general).any()


def test_a_barrier_at_a_junction_stands_at_the_start_of_every_arm(draw: Draw) -> None:
    network = draw("""
        n 1 0 0
        n 2 50 0 barrier=gate
        n 3 100 0
        n 4 50 70
        w 10 1,2,3 highway=residential
        w 11 2,4 highway=residential
    """)
    assert stops(network) == [(10, 50, "gate"), (10, 0, "gate"), (11, 0, "gate")]


def test_a_barrier_at_the_one_node_of_a_circle_stands_at_both_its_ends(draw: Draw) -> None:
    network = draw("""
        n 1 0 0 barrier=lift_gate
        n 2 50 0
        n 3 50 50
        w 10 1,2,3,1 highway=residential
    """)
    assert [round(offset, 3) for offset in network.stop_offset_m.tolist()] == [0.0, round(float(network.way_length_m[0]), 3)]


def test_barriers_beside_the_streets_and_open_ones_are_counted(draw: Draw) -> None:
    network = draw("""
        n 1 0 0
        n 2 50 0 barrier=toll_booth access=yes
        n 3 100 0
        n 4 10 10 barrier=bollard
        w 10 1,2,3 highway=residential
    """)
    assert network.report["barriers"] == {
        "in_source": 2,
        "kept": 0,
        "open": 1,
        "ignored": {"barrier=bollard not on a street": 1},
    }


def test_a_street_that_leaves_the_extract_ends_at_an_edge_of_the_data(draw: Draw) -> None:
    network = draw("""
        b 174.70 -41.30 174.80 -41.20
        n 1 0 0
        n 2 100 0
        n 3 200 0
        w 10 1,2,77 highway=residential
        w 11 2,3 highway=residential
    """)
    edge = {round(float(lon), 4) for lon, cut in zip(network.junction_lon, network.junction_edge, strict=True) if cut}
    assert edge == {round(174.77 + 100 / (111195.08 * np.cos(np.radians(41.28))), 4)}
    assert network.report["streets"]["cut_at_edge"] == 1


def test_dead_ends_near_the_declared_border_are_edges_and_those_inside_are_not(draw: Draw) -> None:
    network = draw("""
        b 174.7695 -41.29 174.79 -41.27
        n 1 0 0
        n 2 500 0
        w 10 1,2 highway=residential
    """)
    assert network.junction_edge.tolist() == [True, False]


def test_the_side_of_driving_is_told_from_the_roundabouts(draw: Draw) -> None:
    circle = """
        n 1 0 0
        n 2 10 0
        n 3 10 10
        n 4 0 10
    """
    assert draw(circle + "w 10 1,2,3,4,1 highway=residential junction=roundabout").driving_side == "right"
    assert draw(circle + "w 10 1,4,3,2,1 highway=residential junction=roundabout").driving_side == "left"


def test_hydrants_and_turning_places_come_along_as_places(draw: Draw) -> None:
    network = draw("""
        n 1 0 0
        n 2 100 0 highway=turning_circle
        n 3 50 3 emergency=fire_hydrant
        w 10 1,2 highway=residential name=S
    """)
    assert sorted(network.place_kinds[kind] for kind in network.place_kind.tolist()) == ["fire_hydrant", "turning_place"]


def test_the_size_of_a_turning_place_is_kept_where_it_is_recorded(draw: Draw) -> None:
    network = draw("""
        n 1 0 0 highway=turning_circle 'diameter=18 m'
        n 2 100 0 highway=turning_circle
        n 3 200 0 highway=turning_loop diameter=60ft
        n 4 300 0 highway=turning_circle diameter=wide
        n 5 50 3 emergency=fire_hydrant
        w 10 1,2,3,4 highway=residential name=S
    """)
    lon = network.place_lon.tolist()
    east = {round((lon[place] - lon[0]) / (lon[1] - lon[0])): across_m for place, across_m in network.report[ACROSS_M]}
    assert east == {0: 18.0, 2: pytest.approx(18.288)}


def test_places_come_along_as_points_and_as_areas(draw: Draw) -> None:
    network = draw("""
        n 1 0 0
        n 2 100 0
        n 3 10 20
        n 4 30 20
        n 5 30 40
        n 6 50 10 highway=bus_stop name='Hill Street'
        w 10 1,2 highway=residential
        w 11 3,4,5,3 building=fire_station amenity=fire_station name='Thorndon Station'
    """)
    kinds = [network.place_kinds[kind] for kind in network.place_kind.tolist()]
    assert sorted(zip(kinds, map(network.string, network.place_name.tolist()), strict=True)) == [
        ("bus_stop", "Hill Street"),
        ("fire_station", "Thorndon Station"),
    ]
    assert network.area_kinds == ("building",)


def test_conditional_access_is_listed_and_the_street_kept(draw: Draw) -> None:
    network = draw(STREET + "w 10 1,2 highway=residential 'motor_vehicle:conditional=no @ (Sa)' maxspeed=signals")
    assert network.report["not_understood"] == {"conditional tag motor_vehicle:conditional": 1, "speed maxspeed=signals": 1}


def test_every_street_barrier_and_restriction_of_a_real_extract_is_accounted_for(extract: Path, helsinki: Network) -> None:
    streets: Counter[str] = Counter()
    barriers = restrictions = railways = 0
    for thing in osmium.FileProcessor(str(extract)):
        if isinstance(thing, Way) and "highway" in thing.tags:
            streets[thing.tags["highway"]] += 1
        elif isinstance(thing, Way) and "railway" in thing.tags:
            railways += 1
        elif isinstance(thing, Node) and "barrier" in thing.tags:
            barriers += 1
        elif isinstance(thing, Relation) and thing.tags.get("type") == "restriction":
            restrictions += 1
    report = helsinki.report
    ledger = report["streets"]
    assert ledger["in_source"] == streets.total() == 2650
    assert ledger["kept"] + sum(ledger["ignored"].values()) == streets.total()
    assert ledger["ignored"]["highway=trail"] == streets["trail"]
    assert ledger["kept"] == len(np.unique(helsinki.way_source))
    turns = report["turn_restrictions"]
    assert turns["in_source"] == turns["kept"] + sum(turns["refused"].values()) == restrictions == 45
    assert turns["kept"] == len(np.unique(helsinki.turn_source))
    met = report["barriers"]
    assert met["in_source"] == met["kept"] + met["open"] + sum(met["ignored"].values()) == barriers
    assert sum(count for reason, count in report["ignored"].items() if reason.startswith("railway=")) == railways


def test_the_pieces_of_a_real_street_are_as_long_as_the_whole(extract: Path, helsinki: Network) -> None:
    lengths = np.bincount(np.unique(helsinki.way_source, return_inverse=True)[1], weights=helsinki.way_length_m)
    whole = dict(zip(np.unique(helsinki.way_source).tolist(), lengths.tolist(), strict=True))
    checked = 0
    for thing in osmium.FileProcessor(str(extract)).with_locations():
        if isinstance(thing, Way) and thing.id in whole and all(node.location.valid() for node in thing.nodes):
            assert whole[thing.id] == pytest.approx(osmium.geom.haversine_distance(thing.nodes), rel=2e-3, abs=0.05)
            checked += 1
    assert checked > 2000


def test_the_one_way_streets_of_a_real_extract_let_no_car_against_them(extract: Path, helsinki: Network) -> None:
    one_way = {
        thing.id
        for thing in osmium.FileProcessor(str(extract))
        if isinstance(thing, Way) and thing.tags.get("oneway") == "yes" and thing.tags.get("psv:oneway", "no") != "yes"
    }
    against = helsinki.arc_permit[1::2][np.isin(helsinki.way_source, list(one_way))]
    assert len(against) > 480
    assert not (against & class_mask(["general", "resident", "service"])).any()
