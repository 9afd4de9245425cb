from collections.abc import Callable
from pathlib import Path

import networkx as nx
import pytest

from clearway.network.classes import VEHICLE_CLASSES
from clearway.network.importers.osm import import_osm
from clearway.network.info import info_text, network_info
from clearway.network.model import Network

Draw = Callable[[str], Network]


@pytest.fixture(scope="module")
def helsinki(open_data: Path) -> Network:
    return import_osm(open_data / "osm" / "helsinki-centre.osm.pbf")


def test_a_small_town_s_figures_are_those_counted_by_hand(draw: Draw) -> None:
    info = network_info(
        draw("""
        n 1 0 0
        n 2 100 0
        n 3 200 0
        n 4 0 500
        n 5 100 500
        n 6 150 0 barrier=bollard
        w 10 1,2 highway=residential oneway=yes
        w 11 2,6,3 highway=residential
        w 12 4,5 highway=footway
    """)
    )
    assert (info["ways"], info["arcs"], info["junctions"], info["address_source"]) == (3, 6, 5, "frontage")
    assert info["length_km"]["street"] == {"residential": 0.2, "footway": 0.1}
    assert info["length_km"]["vehicle"]["general"] == 0.2
    assert info["length_km"]["vehicle"]["foot"] == 0.3
    assert info["components"]["general"] == {"weakly_connected": 1, "junctions": 2, "largest_strongly_connected": 1}
    assert info["components"]["foot"] == {"weakly_connected": 2, "junctions": 5, "largest_strongly_connected": 3}
    assert info["stops"] == {"bollard": 1}


def test_an_arc_that_nobody_may_drive_is_not_counted(draw: Draw) -> None:
    info = network_info(draw("n 1 0 0\nn 2 99 0\nw 10 1,2 highway=motorway"))
    assert (info["ways"], info["arcs"]) == (1, 1)
    assert info["components"]["foot"] == {"weakly_connected": 0, "junctions": 0, "largest_strongly_connected": 0}


def test_components_agree_with_networkx(helsinki: Network) -> None:
    info = network_info(helsinki)
    for bit, name in enumerate(VEHICLE_CLASSES):
        graph = nx.DiGraph()
        for arc in range(helsinki.arc_count):
            if helsinki.arc_through[arc] >> bit & 1:
                graph.add_edge(int(helsinki.arc_tail[arc]), int(helsinki.arc_head[arc]))
        assert info["components"][name] == {
            "weakly_connected": nx.number_weakly_connected_components(graph),
            "junctions": len(graph),
            "largest_strongly_connected": max(map(len, nx.strongly_connected_components(graph))),
        }


def test_the_page_to_read_names_what_was_left_out_and_the_notices(helsinki: Network) -> None:
    page = info_text(network_info(helsinki))
    assert "turn restrictions: 42 imported, 3 refused" in page
    assert "159  highway=trail" in page
    assert "(c) OpenStreetMap contributors" in page


def test_the_page_says_that_frontage_points_stand_in_for_addresses(wellington: Network) -> None:
    assert "frontage points every 20 m stand in for addresses" in info_text(network_info(wellington))
