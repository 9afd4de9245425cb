from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from clearway.assignment.equilibrium.solve import solve
from clearway.assignment.exchange.solution_file import load_solution, save_solution
from clearway.assignment.exchange.tntp import read_tntp
from clearway.errors import BadFile

if TYPE_CHECKING:
    from pathlib import Path

    from clearway.assignment.solution import Solution

NET = """<NUMBER OF ZONES> 2
<NUMBER OF NODES> 3
<FIRST THRU NODE> 1
<NUMBER OF LINKS> 3
<END OF METADATA>
1 2 10 1 10 1 1 0 0 1 ;
1 3 10 1 5 1 1 0 0 1 ;
3 2 10 1 10 1 1 0 0 1 ;
"""
TRIPS = "<NUMBER OF ZONES> 2\n<TOTAL OD FLOW> 21\n<END OF METADATA>\nOrigin 1\n2 : 20;\nOrigin 2\n1 : 1;\n"


@pytest.fixture
def solution(tmp_path: Path) -> Solution:
    """Two routes; the one trip back has no way."""
    (tmp_path / "a_net.tntp").write_text(NET)
    (tmp_path / "a_trips.tntp").write_text(TRIPS)
    network = read_tntp(tmp_path)
    return solve(network.problem, replace(network.trips, statement="Made up."), gap=1e-3)


def test_a_solution_is_kept_whole(solution: Solution, tmp_path: Path) -> None:
    save_solution(tmp_path / "s.npz", solution)
    again = load_solution(tmp_path / "s.npz")
    for name in ("aim", "gap", "excess", "objective", "steps", "lost", "reached", "notes", "total_delay", "lost_trips"):
        assert getattr(again, name) == getattr(solution, name)
    for name in ("name", "node_count", "zone_names", "class_names", "link_names", "time_unit"):
        assert getattr(again.problem, name) == getattr(solution.problem, name)
    np.testing.assert_array_equal(again.edge_flow, solution.edge_flow)
    np.testing.assert_array_equal(again.trips.trips, solution.trips.trips)
    assert again.trips.statement == "Made up."
    assert [edges.tolist() for edges in again.origin_flow.of(0)] == [edges.tolist() for edges in solution.origin_flow.of(0)]


def test_a_solution_that_was_stopped_is_gone_on_from(solution: Solution, tmp_path: Path) -> None:
    stopped = solve(solution.problem, solution.trips, gap=0, most_sweeps=1)
    save_solution(tmp_path / "s.npz", stopped)
    finished = solve(solution.problem, solution.trips, gap=1e-12, start=load_solution(tmp_path / "s.npz"))
    assert finished.link_flow.tolist() == pytest.approx([14, 6, 6])


def test_a_file_cut_anywhere_or_changed_is_refused(solution: Solution, tmp_path: Path) -> None:
    path = tmp_path / "s.npz"
    save_solution(path, solution)
    data = path.read_bytes()
    for end in range(0, len(data), 61):
        path.write_bytes(data[:end])
        with pytest.raises(BadFile, match="is not a saved solution, or is cut short"):
            load_solution(path)
    middle = len(data) // 3
    path.write_bytes(data[:middle] + bytes([data[middle] ^ 255]) + data[middle + 1 :])
    with pytest.raises(BadFile, match="is not a saved solution"):
        load_solution(path)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("origin_edge", np.array([0, 1, 99], np.int32)),
        ("origin_start", np.array([0, 9, 3], np.int64)),
        ("edge_link", np.array([0, 1, -1], np.int32)),
        ("zone_in", np.array([[7, 1]], np.int32)),
        ("edge_flow", np.ones(2)),
        ("origin_flow", np.array([1, np.nan, 2])),
        ("cost_capacity", np.zeros(3)),
        ("trips", np.ones((1, 2, 2), np.float32)),
        ("words", np.frombuffer(b"{}", np.uint8)),
        ("words", np.frombuffer(b'{"format": 99}', np.uint8)),
    ],
)
def test_a_file_whose_parts_do_not_fit_is_refused(name: str, value: np.ndarray, solution: Solution, tmp_path: Path) -> None:
    save_solution(tmp_path / "s.npz", solution)
    with np.load(tmp_path / "s.npz") as held:
        parts = dict(held) | {name: value}
    np.savez(tmp_path / "s.npz", **parts)
    with pytest.raises(BadFile, match="is not a saved solution"):
        load_solution(tmp_path / "s.npz")


def test_a_missing_file_and_another_kind_of_file_are_told(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="cannot be opened"):
        load_solution(tmp_path / "absent.npz")
    np.save(tmp_path / "one.npy", np.ones(3))
    for name, text in (("one.npy", None), ("text.npz", "words")):
        if text:
            (tmp_path / name).write_text(text)
        with pytest.raises(BadFile, match="is not a saved solution"):
            load_solution(tmp_path / name)
