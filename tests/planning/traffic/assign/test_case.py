from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from clearway.assignment.costs import BadTraffic
from clearway.errors import BadInput, UnknownName
from clearway.network.closures import Closure
from clearway.planning.traffic.assign.case import AssignmentCase, DemandChoice, gmns_case, network_case, tntp_case

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from clearway.network.model import Network

NET = """<NUMBER OF ZONES> 2
<NUMBER OF NODES> 2
<FIRST THRU NODE> 1
<NUMBER OF LINKS> 3
<END OF METADATA>
1 2 10 1 10 1 1 0 0 1 ;
1 2 20 1 10 1 1 0 0 1 ;
2 1 10 1 10 1 1 0 0 1 ;
"""
TRIPS = "<NUMBER OF ZONES> 2\n<TOTAL OD FLOW> 20\n<END OF METADATA>\nOrigin 1\n2 : 20;\n"
LINKS = """link_id,name,from_node_id,to_node_id,length,free_speed,capacity,allowed_uses
a,Hill Street,1,2,1,60,10,
b,Bus Lane,1,2,1,60,10,"car,bus"
"""


@pytest.fixture
def tntp(tmp_path: Path) -> AssignmentCase:
    (tmp_path / "a_net.tntp").write_text(NET)
    (tmp_path / "a_trips.tntp").write_text(TRIPS)
    return tntp_case(tmp_path)


@pytest.fixture
def gmns(tmp_path: Path) -> AssignmentCase:
    (tmp_path / "node.csv").write_text("node_id,x_coord,y_coord,zone_id\n1,0,0,A\n2,1,0,B\n")
    (tmp_path / "link.csv").write_text(LINKS)
    (tmp_path / "demand.csv").write_text("from,to,trips,class\nA,B,9,car\nA,B,2,bus\n")
    return gmns_case(tmp_path, classes=["car", "bus"])


def test_links_are_named_by_number_by_nodes_by_id_or_by_street(tntp: AssignmentCase, gmns: AssignmentCase) -> None:
    assert (tntp.links_called("3"), tntp.links_called(" 1:2 ")) == ([2], [0, 1])
    assert (gmns.links_called("b"), gmns.links_called("HILL street")) == ([1], [0])
    for case, word in ((tntp, "4"), (tntp, "2:2"), (gmns, "1:2"), (gmns, "")):
        with pytest.raises(UnknownName, match="Unknown link or street"):
            case.links_called(word)


def test_links_are_shut_to_all_or_to_some(tntp: AssignmentCase, gmns: AssignmentCase) -> None:
    assert tntp.shut(["1:2"]).problem.edge_shut.tolist() == [True, True, False]
    assert tntp.shut(["2:1, 1"]).problem.edge_shut.tolist() == [True, False, True]
    assert tntp.shut([]) is tntp
    some = gmns.shut(["b"], ["bus"]).problem
    assert some.edge_shut[(some.edge_class == 1) & (some.edge_link == 1)].all()
    assert some.edge_shut.sum() == 1
    with pytest.raises(BadTraffic, match="There is no user class 'tram'\\. Known"):
        gmns.shut(["b"], ["tram"])


def test_trips_are_scaled_and_taken_from_a_day(tntp: AssignmentCase) -> None:
    assert tntp.scaled(0.5).trips.total == 10
    hours = [tntp.in_hour("weekday", hour) for hour in range(24)]
    assert sum(one.trips.total for one in hours) == pytest.approx(20)
    assert hours[8].notes[-1].endswith("are assigned: those that begin on a weekday from 8:00.")


def test_closures_belong_to_clearway_networks(tntp: AssignmentCase) -> None:
    assert tntp.closed([]) is tntp
    with pytest.raises(BadInput, match="Closures are drawn on a Clearway network"):
        tntp.closed([Closure(0, 127)])


def test_other_trips_may_stand_in_for_those_of_the_folder(tntp: AssignmentCase, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("from,to,trips\n1,2,3\n")
    (tmp_path / "night.tntp").write_text(TRIPS.replace("20", "7"))
    assert tntp_case(tmp_path, tmp_path / "t.csv").trips.total == 3
    assert tntp_case(tmp_path, tmp_path / "night.tntp").trips.total == 7
    assert tntp.trips.total == 20


def test_gmns_without_trips_asks_for_them(gmns: AssignmentCase, tmp_path: Path) -> None:
    assert gmns.trips.trips.sum((1, 2)).tolist() == [9, 2]
    (tmp_path / "demand.csv").unlink()
    with pytest.raises(BadInput, match=r"holds no demand\.csv\. Give the trips with --demand TRIPS"):
        gmns_case(tmp_path)


TOWN = """
n 1 0 0
n 2 400 0
n 3 800 0
n 4 400 400
w 10 1,2 highway=primary name=High_Street
w 11 2,3 highway=primary name=High_Street
w 12 2,4 highway=residential name=Side_Street
"""


def test_a_street_of_a_city_is_all_its_links_both_ways(draw: Callable[[str], Network]) -> None:
    case = network_case(draw(TOWN), DemandChoice(zone_count=3))
    links = case.links_called("High_Street")
    assert [case.streets[link] for link in links] == ["High_Street"] * 4
    assert case.trips.statement.startswith("Synthetic demand")
    assert len(case.suburbs) == len(case.ids) == case.problem.link_count
    assert {case.suburbs[link] for link in links} <= set(case.problem.zone_names)
    shut = case.closed([Closure(0, 127)]).problem
    assert np.unique(shut.edge_link[shut.edge_shut]).tolist() == sorted(links)[:2]


def test_the_cost_function_of_streets_may_be_another(draw: Callable[[str], Network]) -> None:
    network = draw(TOWN)
    kinds = {kind: network_case(network, DemandChoice(zone_count=3), costs=kind).problem for kind in ("bpr", "akcelik")}
    assert [kinds[kind].costs.kind.max() for kind in kinds] == [1, 3]
    assert kinds["bpr"].zone_names == kinds["akcelik"].zone_names
