from __future__ import annotations

import csv
from itertools import pairwise
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clearway.assignment.costs import BadTraffic
from clearway.assignment.equilibrium.solve import solve
from clearway.assignment.exchange.gmns import read_gmns
from clearway.assignment.problem import check_problem
from clearway.assignment.results.travel_times import od_times
from clearway.errors import BadFile, ClearwayError, UnknownName
from clearway.network.build import NetworkDraft
from clearway.network.classes import class_index, class_mask
from clearway.network.exporters.gmns import export_gmns
from random_towns import random_towns

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from clearway.network.model import Floats, Network
    from random_towns import Town

CONFIG = "dataset_name,short_length,long_length,speed,crs,currency,version_number\nTwo bridges,ft,mile,mph,4326,US cents,0.97\n"
NODES = """node_id,name,x_coord,y_coord,node_type,zone_id
1,,-71.20,42.40,centroid,North
2,,-71.20,42.39,,
3,,-71.19,42.39,,South
4,,-71.19,42.38,,South
"""
LINKS = """link_id,name,from_node_id,to_node_id,directed,length,capacity,free_speed,lanes,facility_type,allowed_uses,toll
a,North Way,1,2,0,0.7,900,30,1,arterial,all,
b,Old Bridge,2,3,1,0.5,500,25,2,arterial,"CAR, bus",25
c,Bus Lane,2,3,1,0.5,500,25,1,arterial,bus,
d,South Way,3,4,0,0.7,,35,,local,,
e,Path,1,3,1,0.9,0,5,0,,WALK,
"""
USES = "use,persons_per_vehicle,pce,special_conditions,description\nsov,1,1,,\nhov,2,1,,\nbus,20,2,,\nwalk,1,0,,\n"
GROUPS = 'use_group,uses,description\ncar,"sov, hov",\nall,"car, bus, walk",\n'
FILES = {"config": CONFIG, "node": NODES, "link": LINKS, "use_definition": USES, "use_group": GROUPS}


def lay(folder: Path, **texts: str | None) -> Path:
    """Write the tables of the network with some of them changed, or left away."""
    folder.mkdir(exist_ok=True)
    for name, text in (FILES | texts).items():
        if text is not None:
            (folder / f"{name}.csv").write_text(text)
    return folder


def test_a_network_is_read_in_the_words_of_the_specification(tmp_path: Path) -> None:
    network = read_gmns(lay(tmp_path / "bridges"), toll_factor=0.1)
    problem = network.problem
    check_problem(problem)
    assert (problem.name, problem.time_unit, problem.class_names) == ("bridges", "min", ("car",))
    assert network.link_ids[:5] == ("a", "a", "b", "d", "d")  # the bus lane and the path are not for cars
    assert network.streets[2] == "Old Bridge"
    assert problem.link_label(1) == "link a from 2 to 1 (North Way)"
    assert problem.costs.free[:5].tolist() == pytest.approx([1.4, 1.4, 1.2, 1.2, 1.2])
    assert problem.costs.capacity[:5].tolist() == [900, 900, 1000, 600, 600]
    assert problem.link_length[2] == pytest.approx(804.672)
    assert problem.edge_fixed[problem.edge_link == 2].tolist() == [2.5]
    assert problem.zone_names == ("North", "South")
    assert network.notes == ("1 of 3 links have no capacity; facility_type and lanes give it by the table of street classes.",)
    assert od_times(problem, problem.costs.free)[0].tolist() == [[0, pytest.approx(1.4 + 1.2 + 2.5)], [np.inf, 0]]


def test_each_class_drives_where_all_that_it_is_made_of_may(tmp_path: Path) -> None:
    problem = read_gmns(lay(tmp_path), classes=["bus", "all", "sov"]).problem
    times = od_times(problem, problem.costs.free)[:, 0, 1]
    assert times.tolist() == [pytest.approx(2.6), np.inf, pytest.approx(2.6)]
    with pytest.raises(UnknownName, match=r"Unknown use: tram\. Known: all, bus, car, hov"):
        read_gmns(tmp_path, classes=["tram"])


def test_without_definitions_any_word_is_a_class_and_links_that_say_nothing_are_for_all(tmp_path: Path) -> None:
    links = LINKS.replace("arterial,all", "arterial,").replace('"CAR, bus"', "").replace("WALK", "walk")
    folder = lay(tmp_path, link=links, use_definition=None, use_group=None)
    assert read_gmns(folder).problem.class_names == ("general",)
    assert set(read_gmns(folder, classes=["tram"]).link_ids) == {"a", "b", "d", ""}
    assert set(read_gmns(folder, classes=["bus"]).link_ids) == {"a", "b", "c", "d", ""}


def test_a_zone_of_several_nodes_is_left_and_reached_by_any_of_them(tmp_path: Path) -> None:
    problem = read_gmns(lay(tmp_path)).problem
    assert [name for name in problem.link_names if name.startswith("way")] == ["way out of zone South", "way into zone South"]
    assert problem.costs.free[5:].tolist() == [0, 0]


def empty_times(folder: Path) -> Floats:
    """Times between zones on empty streets."""
    problem = read_gmns(folder).problem
    return od_times(problem, problem.costs.free)


def test_a_centroid_is_not_driven_through(tmp_path: Path) -> None:
    links = LINKS + "f,Back Road,1,3,1,5,900,30,1,arterial,all,\ng,Old Lane,2,1,1,0.1,900,30,1,arterial,all,\n"
    nodes = NODES.replace("2,,-71.20,42.39,,", "2,,-71.20,42.39,,West")
    through = nodes.replace("centroid", "intersection")
    folder = lay(tmp_path, link=links.replace("b,Old Bridge,2,3", "b,Old Bridge,3,2"), node=nodes)
    times = empty_times(folder)
    assert times[0, 1, 2] == np.inf
    lay(tmp_path, link=links.replace("b,Old Bridge,2,3", "b,Old Bridge,3,2"), node=through)
    times = empty_times(folder)
    assert times[0, 1, 2] == pytest.approx(0.2 + 10)


MOVEMENTS = """mvmt_id,node_id,ib_link_id,ob_link_id,type,penalty,allowed_uses
1,2,a,b,left,30,all
2,2,a,c,thru,,bus
3,3,b,d,right,,
4,3,c,d,thru,,
5,3,d,d,uturn,,
"""


def test_only_listed_movements_may_be_made_and_they_may_cost_time(tmp_path: Path) -> None:
    folder = lay(tmp_path, movement=MOVEMENTS)
    problem = read_gmns(folder, classes=["car", "bus"]).problem
    assert od_times(problem, problem.costs.free)[:, 0, 1].tolist() == [pytest.approx(3.1), pytest.approx(2.6)]
    lay(tmp_path, movement=MOVEMENTS.replace("1,2,a,b,left,30,all\n", ""))
    problem = read_gmns(folder, classes=["car", "bus"]).problem
    assert od_times(problem, problem.costs.free)[:, 0, 1].tolist() == [np.inf, pytest.approx(2.6)]
    lay(tmp_path, movement=MOVEMENTS.replace("a,b,left,30,all", "a,b,left,30,walk"))
    assert empty_times(folder)[0, 0, 1] == np.inf


def test_links_that_nobody_may_leave_are_told(tmp_path: Path) -> None:
    lay(tmp_path, movement=MOVEMENTS.replace("1,2,a,b,left,30,all\n2,2,a,c,thru,,bus\n", "1,2,e,b,left,,\n"))
    (tmp_path / "link.csv").write_text(LINKS.replace("e,Path,1,3,1,0.9,0,5,0,,WALK", "e,Path,1,2,1,0.9,5,5,1,,all"))
    told = "No listed movement leads on from 1 of the links; the first is link a from 1 to 2 (North Way)."
    assert told in read_gmns(tmp_path).notes


@pytest.mark.parametrize(
    ("config", "minutes"),
    [
        ("mile,mph", 60 / 30),
        ("mi,mi/h", 60 / 30),
        ("km,km/h", 60 / 30),
        ("km,mph", 60 / 30 / 1.609344),
        ("mile,kph", 60 / 30 * 1.609344),
        ("m,m/s", 1000 / 30 / 60),
        ("foot,mph", 5280 / 5280 * 2),
        ("km,", 60 / 30),
        (",mph", 60 / 30),
    ],
)
def test_units_are_those_of_the_configuration(config: str, minutes: float, tmp_path: Path) -> None:
    """A link of 1 long unit (1000 m, 5280 ft) at 30 an hour or a second; the nodes lie on a plane without scale."""
    length = {"m": 1000, "foot": 5280}.get(config.partition(",")[0], 1)
    lay(
        tmp_path,
        config=f"long_length,speed\n{config}\n",
        node="node_id,x_coord,y_coord,zone_id\n1,0,0,a\n2,0,0,b\n",
        link=f"link_id,from_node_id,to_node_id,length,free_speed\n1,1,2,{length},30\n",
    )
    assert read_gmns(tmp_path).problem.costs.free[0] == pytest.approx(minutes)


def test_lengths_that_cannot_be_what_the_configuration_says_are_taken_for_what_fits(tmp_path: Path) -> None:
    """The specification's own examples say miles and give feet."""
    feet = LINKS
    for miles, number in (("0.7", "3650"), ("0.5", "2640"), ("0.9", "4700")):
        feet = feet.replace(f",{miles},", f",{number},")
    network = read_gmns(lay(tmp_path, link=feet))
    assert network.notes[0] == "Lengths are read as feet, which fits the positions of the nodes; config.csv says miles."
    assert network.problem.link_length[2] == pytest.approx(2640 * 0.3048)


def test_without_a_configuration_units_are_assumed_and_told(tmp_path: Path) -> None:
    (lay(tmp_path) / "config.csv").unlink()
    network = read_gmns(tmp_path)
    assert network.notes[0] == "No config.csv names the units: lengths are read as kilometres, speeds as km/h."
    assert network.problem.costs.free[0] == pytest.approx(0.7 / 30 * 60)


def test_a_length_that_is_missing_is_measured_on_the_map(tmp_path: Path) -> None:
    lines = (
        "link_id,from_node_id,to_node_id,free_speed,geometry\n"
        '1,1,2,30,"LINESTRING (-71.2 42.4, -71.2 42.41, -71.2 42.39)"\n2,2,3,30,\n'
    )
    network = read_gmns(lay(tmp_path, link=lines))
    assert network.problem.link_length[:2].tolist() == pytest.approx([3 * 1111.95, 821.3], rel=1e-3)
    assert "2 of 2 links have no length; it is measured on the map." in network.notes


def test_demand_of_the_folder_is_read_between_its_zones(tmp_path: Path) -> None:
    (lay(tmp_path) / "demand.csv").write_text("o_zone_id,d_zone_id,volume\nNorth,South,600\nSouth,North,0\n")
    network = read_gmns(tmp_path)
    assert network.trips is not None
    assert network.trips.trips.tolist() == [[[0, 600], [0, 0]]]
    assert solve(network.problem, network.trips).link_flow[2] == 600


def test_where_no_node_has_a_zone_trips_go_between_nodes(tmp_path: Path) -> None:
    bare = "\n".join(line.rpartition(",")[0] for line in NODES.splitlines()) + "\n"
    folder = lay(tmp_path / "net", node=bare)
    assert read_gmns(folder).problem.zone_count == 0
    (tmp_path / "t.csv").write_text("from,to,trips\n1,4,10\n3.0,4,5\n")
    network = read_gmns(folder, trips=tmp_path / "t.csv")
    assert network.problem.zone_names == ("1", "4", "3")
    assert network.trips is not None
    assert network.trips.total == 15
    (tmp_path / "t.csv").write_text("from,to,trips\n1,7,10\n")
    with pytest.raises(BadFile, match="names '7', but no node has a zone_id and no node has that node_id"):
        read_gmns(folder, trips=tmp_path / "t.csv")


FAULTS = {
    "no links": ({"link": None}, "link.csv: cannot be opened (No such file or directory)."),
    "no column": ({"link": "link_id,from_node_id\n1,2\n"}, "link.csv: has no column 'to_node_id'."),
    "an unknown unit": ({"config": CONFIG.replace("mile,mph", "league,mph")}, "line 2: the unit 'league' is unknown."),
    "two configurations": ({"config": CONFIG + CONFIG.splitlines()[1] + "\n"}, "config.csv: has 2 rows."),
    "an unknown node": (
        {"link": LINKS.replace("b,Old Bridge,2,3", "b,Old Bridge,2,9")},
        "line 3: there is no node 9 in node.csv.",
    ),
    "a link twice": ({"link": LINKS.replace("c,Bus", "b,Bus")}, "line 4: the link b is on line 3 too."),
    "a node twice": (
        {"node": NODES.replace("4,,-71.19", "3,,-71.19")},
        "node.csv: line 5: the node 3 is listed above already.",
    ),
    "no place": ({"node": NODES.replace("42.38", "")}, "line 5: a coordinate is missing."),
    "a place in words": ({"node": NODES.replace("42.38", "north")}, "line 5: y_coord is 'north'; it must be a number."),
    "no speed": ({"link": LINKS.replace(",900,30,", ",900,,")}, "line 2: free_speed is missing."),
    "standing still": ({"link": LINKS.replace(",900,30,", ",900,0,")}, "line 2: free_speed is 0."),
    "a negative length": ({"link": LINKS.replace("0.7,900", "-0.7,900")}, "line 2: length is '-0.7'; it must be 0 or more."),
    "no room": ({"link": LINKS.replace(",900,", ",0,")}, "line 2: capacity is 0 on a link that may be driven."),
    "no lanes": ({"link": LINKS.replace(",30,1,", ",30,0,")}, "line 2: lanes is 0 on a link that may be driven."),
    "endless room": ({"link": LINKS.replace(",900,", ",inf,")}, "line 2: capacity is 'inf'; it must be 0 or more."),
    "nobody": (
        {"link": LINKS.replace("CAR, bus", "bus").replace("al,all", "al,walk").replace("local,,", "local,bus,")},
        "has no link that car may drive.",
    ),
    "half a row": ({"link": LINKS[: LINKS.index("South Way")]}, "line 5: the table has 12 columns, but this row has 2."),
    "an open quotation": ({"link": LINKS[: LINKS.index("CAR") + 2]}, "line 3: unexpected end of data."),
    "a turn at no node": ({"movement": MOVEMENTS.replace("1,2,a,b", "1,8,a,b")}, "line 2: there is no node 8 in node.csv."),
    "a turn from elsewhere": (
        {"movement": MOVEMENTS.replace("1,2,a,b", "1,2,d,b")},
        "line 2: the link d does not come to the node 2.",
    ),
    "a turn to elsewhere": (
        {"movement": MOVEMENTS.replace("1,2,a,b", "1,2,a,d")},
        "line 2: the link d does not leave the node 2.",
    ),
    "a row without an id": ({"link": LINKS.replace("b,Old", ",Old")}, "line 3: link_id is empty."),
}


@pytest.mark.parametrize(("texts", "sentence"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_one_sentence(texts: dict[str, str | None], sentence: str, tmp_path: Path) -> None:
    with pytest.raises(BadFile) as raised:
        read_gmns(lay(tmp_path, **texts))
    assert sentence in str(raised.value)
    assert "\n" not in str(raised.value)


def test_tolls_need_a_factor_and_may_not_pay(tmp_path: Path) -> None:
    told = "1 of 5 links have a toll, which counts only with a toll factor."
    assert told in read_gmns(lay(tmp_path)).notes
    lay(tmp_path, link=LINKS.replace(",25\n", ",-25\n"))
    with pytest.raises(BadTraffic, match=r"Link b from 2 to 3 \(old bridge\) has a negative toll"):
        read_gmns(tmp_path, toll_factor=1)
    with pytest.raises(BadTraffic, match="The toll factor is nan"):
        read_gmns(tmp_path, toll_factor=float("nan"))


@pytest.mark.slow
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    kind=st.sampled_from(["config", "node", "link", "movement", "use_definition", "use_group"]),
    at=st.floats(0, 1, exclude_max=True),
    put=st.text(max_size=4) | st.sampled_from(['"', "\n", ",", "-1", "1e999", "\x00", "nan"]),
    drop=st.integers(0, 400),
)
def test_a_damaged_folder_never_ends_in_a_traceback(kind: str, at: float, put: str, drop: int, tmp_path: Path) -> None:
    text = (FILES | {"movement": MOVEMENTS})[kind]
    place = int(at * len(text))
    damaged = text[:place] + put + text[place + drop :]
    lay(tmp_path, movement=MOVEMENTS)
    (tmp_path / f"{kind}.csv").write_bytes(damaged.encode("utf-8", "surrogatepass"))
    try:
        problem = read_gmns(tmp_path, toll_factor=0.1).problem
    except ClearwayError as error:
        return_code = error.exit_code
        assert return_code == 2
    else:
        check_problem(problem)


def minutes_by_hand(network: Network, name: str) -> list[list[float]]:
    """Minutes between all junctions at the speed of general traffic, arc after arc, by another library's search."""
    bit = class_mask([name])
    speed = network.arc_speed_kmh[class_index("general")].astype(float)
    cost = np.repeat(network.way_length_m, 2) / 1000 / np.round(speed, 1) * 60
    arcs = [arc for arc in range(network.arc_count) if network.arc_through[arc] & bit]
    rows = pairwise(network.turn_start.tolist())
    turns = [
        network.turn_arcs[a:b].tolist() for (a, b), classes in zip(rows, network.turn_classes, strict=True) if classes & bit
    ]
    graph = nx.DiGraph()
    graph.add_nodes_from(("to", junction) for junction in range(network.junction_count))
    for arc in arcs:
        graph.add_edge(("from", int(network.arc_tail[arc])), arc, weight=cost[arc])
        graph.add_edge(arc, ("to", int(network.arc_head[arc])), weight=0.0)
        onward = [then for then in arcs if network.arc_tail[then] == network.arc_head[arc] and [arc, then] not in turns]
        graph.add_weighted_edges_from((arc, then, cost[then]) for then in onward)
    graph.add_nodes_from(("from", junction) for junction in range(network.junction_count))
    found = []
    for start in range(network.junction_count):
        least = nx.single_source_dijkstra_path_length(graph, ("from", start))
        found.append([0.0 if end == start else least.get(("to", end), np.inf) for end in range(network.junction_count)])
    return found


@pytest.mark.slow
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(town=random_towns())
def test_what_clearway_exports_is_read_with_the_same_ways(town: Town, tmp_path: Path) -> None:
    network = town.network
    export_gmns(network, tmp_path)
    count, through = network.junction_count, network.arc_through
    classes = [name for name in ("general", "emergency") if (through & class_mask([name])).any()]
    if not classes:
        return
    with (tmp_path / "t.csv").open("w", newline="") as file:
        pairs = ([a, b, 1, classes[0]] for a in range(count) for b in range(count))
        csv.writer(file).writerows([["from", "to", "trips", "class"], *pairs])
    problem = read_gmns(tmp_path, classes=classes, trips=tmp_path / "t.csv").problem
    order = [problem.zone_names.index(str(junction)) for junction in range(count)]
    for user, name in enumerate(classes):
        times = od_times(problem, problem.costs.free)[user][np.ix_(order, order)]
        np.testing.assert_allclose(times, minutes_by_hand(network, name), rtol=1e-4, atol=1e-5)


def test_where_nobody_may_turn_at_all_nobody_turns_after_export(tmp_path: Path) -> None:
    draft = NetworkDraft("end")
    west, middle, east, north = (
        draft.junction(174.77 + dx, -41.28 + dy) for dx, dy in ((0, 0), (1e-3, 0), (2e-3, 0), (1e-3, 1e-3))
    )
    into, on, end = draft.way(west, middle), draft.way(middle, east), draft.way(middle, north)
    draft.turn((2 * into, 2 * on), classes=127, source=1)
    draft.turn((2 * end, 2 * end + 1), classes=127, source=2)  # nor is it a way round to turn at the end
    network = draft.finish()
    export_gmns(network, tmp_path)
    (tmp_path / "demand.csv").write_text("from,to,trips\n" + "".join(f"{a},{b},1\n" for a in range(4) for b in range(4)))
    problem = read_gmns(tmp_path).problem
    order = [problem.zone_names.index(str(junction)) for junction in range(4)]
    times = od_times(problem, problem.costs.free)[0][np.ix_(order, order)]
    by_hand = minutes_by_hand(network, "general")
    assert by_hand[west][east] == np.inf
    np.testing.assert_allclose(times, by_hand, rtol=1e-4, atol=1e-5)


def test_a_drawn_town_with_a_forbidden_turn_survives_export(draw: Callable[[str], Network], tmp_path: Path) -> None:
    network = draw(
        """
        n 1 0 0
        n 2 500 0
        n 3 1000 0
        n 4 500 500
        w 10 1,2 highway=primary name=High_Street maxspeed=50
        w 11 2,3 highway=primary name=High_Street maxspeed=50
        w 12 2,4 highway=residential name=Side_Street maxspeed=30 oneway=yes
        r 5 w10:from n2:via w12:to restriction=no_left_turn type=restriction
        """
    )
    export_gmns(network, tmp_path)
    (tmp_path / "demand.csv").write_text("from,to,trips\n0,1,1\n0,2,1\n0,3,1\n")
    found = read_gmns(tmp_path)
    assert found.notes[0].startswith("5 of 5 links have no capacity")
    times = od_times(found.problem, found.problem.costs.free)[0, 0]
    assert sorted(times.round(2).tolist()) == pytest.approx([0, 0.6, 1.2, 1.2 + 0.6 + 1.0], abs=0.02)  # round by the far end
    assert set(found.streets) == {"", "High_Street", "Side_Street"}
