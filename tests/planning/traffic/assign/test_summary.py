from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING

import numpy as np
import pytest

from clearway.assignment.equilibrium.solve import solve
from clearway.planning.traffic.assign.case import AssignmentCase, gmns_case
from clearway.planning.traffic.assign.summary import assignment_answer, compared_answer, write_links_csv

if TYPE_CHECKING:
    from pathlib import Path

    from clearway.assignment.solution import Solution

LINKS = """link_id,name,from_node_id,to_node_id,length,free_speed,capacity,vdf_alpha,vdf_beta,allowed_uses
a,Hill Street,1,2,10,60,10,1,1,
b,Hill Street,2,3,0,60,10,0,1,
c,Bus Lane,1,3,15,60,10,1,1,bus
"""


@pytest.fixture
def case(tmp_path: Path) -> AssignmentCase:
    """10 cars and 20 buses from A to B, a bus back; 10 minutes by the street, 15 by the lane, twice that at 10."""
    (tmp_path / "node.csv").write_text("node_id,x_coord,y_coord,zone_id\n1,0,0,A\n2,1,0,\n3,2,0,B\n")
    (tmp_path / "link.csv").write_text(LINKS)
    (tmp_path / "demand.csv").write_text("from,to,trips,class\nA,B,10,car\nA,B,20,bus\nB,A,1,bus\nA,A,4,car\n")
    return gmns_case(tmp_path, classes=["car", "bus"])


@pytest.fixture
def solution(case: AssignmentCase) -> Solution:
    """Street 10 + x, lane 15 + 1.5 y, with x = 10 + z and y = 20 - z: z = 10, and all take 30 minutes."""
    return solve(case.problem, case.trips, gap=1e-13)


def test_the_answer_is_that_of_paper_and_pencil(case: AssignmentCase, solution: Solution) -> None:
    answer = assignment_answer(case, solution, gap=1e-13)
    said = answer.as_json()
    assert said["trips"] == {"asked": 35.0, "within_zones": 4.0, "on_the_streets": 30.0, "lost": 1.0}
    assert said["lost"] == [{"class": "bus", "from": "B", "to": "A", "trips": 1.0}]
    assert (answer.total_time, answer.mean_time) == pytest.approx((30 * 30, 30))
    assert answer.total_delay == pytest.approx(20 * 20 + 10 * 15)
    assert answer.total_delay_vehicle_hours == pytest.approx(answer.total_delay / 60)
    assert [row.id for row in answer.worst_links] == ["a", "c"]  # b has no delay
    assert [(row.name, row.links) for row in answer.worst_streets] == [("Hill Street", 2), ("Bus Lane", 1)]
    assert answer.suburbs == ()
    assert json.loads(json.dumps(said, allow_nan=False))["gap_asked"] == 1e-13


def test_the_trips_of_a_link_are_listed_by_pair_and_zone(case: AssignmentCase, solution: Solution) -> None:
    (selected,) = assignment_answer(case, solution, gap=1e-13, selected={"a": [0]}).select_link
    assert sorted((row.user_class, round(row.trips, 6)) for row in selected.pairs) == [("bus", 10.0), ("car", 10.0)]
    for zones, name in ((selected.by_origin, "A"), (selected.by_destination, "B")):
        assert [row.zone for row in zones] == [name]
        assert zones[0].trips == pytest.approx(20)
    assert (selected.called, selected.ids, selected.links) == ("a", ("a",), ("link a from 1 to 2 (Hill Street)",))


def test_a_comparison_lists_links_whose_flow_changes(case: AssignmentCase, solution: Solution) -> None:
    after = solve(case.shut(["c"]).problem, case.trips, gap=1e-13, start=solution)
    change = compared_answer(case, solution, after)
    assert change.total_time == pytest.approx(30 * 40 - 30 * 30)
    assert {row.id: round(row.flow, 6) for row in change.links} == {"c": -10, "a": 10, "b": 10}
    assert change.lost_trips == 0
    assert compared_answer(case, after, after).links == ()


def test_the_table_of_links_tells_classes_apart_and_what_is_shut(case: AssignmentCase, tmp_path: Path) -> None:
    shut = solve(case.shut(["c"]).problem, case.trips, gap=1e-13)
    write_links_csv(tmp_path / "f.csv", case, shut)
    rows = list(csv.DictReader((tmp_path / "f.csv").read_text().splitlines()))
    assert [row["id"] for row in rows] == ["a", "b", "c"]
    assert [float(row["flow_car"]) for row in rows] == pytest.approx([10, 10, 0])
    assert [float(row["flow_bus"]) for row in rows] == pytest.approx([20, 20, 0])
    assert [row["shut"] for row in rows] == ["0", "0", "1"]
    assert float(rows[0]["time"]) == pytest.approx(40)


def test_numbers_that_json_has_no_words_for_are_null(case: AssignmentCase, solution: Solution) -> None:
    answer = assignment_answer(case, solution, gap=1e-13).model_copy(update={"relative_gap": np.inf, "objective": np.nan})
    said = json.loads(json.dumps(answer.as_json(), allow_nan=False))
    assert (said["relative_gap"], said["objective"]) == (None, None)
