"""Keep a solution in a file and go on from it later: a compressed archive of arrays (npz), with what was asked.

Nothing in it is run when it is read: arrays of numbers, and names as JSON. Indexes are checked before anything uses them.
"""

from __future__ import annotations

import json
import zipfile
import zlib
from dataclasses import asdict, astuple
from typing import TYPE_CHECKING, Any

import numpy as np

from clearway.archives import check_zip
from clearway.assignment.costs import BadTraffic, LinkCosts
from clearway.assignment.problem import TrafficProblem, TripTable, check_problem
from clearway.assignment.solution import Lost, OriginFlows, Solution, Step
from clearway.errors import BadFile
from clearway.files import writing_bytes

if TYPE_CHECKING:
    from pathlib import Path

FORMAT = 1
"""Of the file; another number is refused."""
_REMEDY = "Give a file that 'clearway assign --save FILE' wrote."
_COSTS = {
    "kind": np.uint8,
    **dict.fromkeys(("free", "capacity", "factor", "power", "period"), np.float64),
}
_PROBLEM = {
    **dict.fromkeys(("edge_tail", "edge_head", "edge_link"), np.int32),
    "edge_class": np.uint8,
    "edge_fixed": np.float64,
    "edge_shut": np.bool_,
    "zone_out": np.int32,
    "zone_in": np.int32,
    "link_length": np.float64,
}
_WORDS = ("name", "node_count", "zone_names", "class_names", "link_names", "time_unit")
_OUTCOME = ("aim", "gap", "excess", "objective", "reached", "notes")
_DAMAGED = (
    OSError,
    EOFError,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    zipfile.BadZipFile,
    zlib.error,
    RecursionError,
    MemoryError,
)


def save_solution(path: Path, solution: Solution) -> None:
    """Write a solution, whole or not at all.

    Raises:
        BadFile: the file cannot be written.
    """
    problem = solution.problem
    words = {
        "format": FORMAT,
        "problem": {name: getattr(problem, name) for name in _WORDS},
        "outcome": {name: getattr(solution, name) for name in _OUTCOME},
        "statement": solution.trips.statement,
        "steps": [astuple(step) for step in solution.steps],
        "lost": [asdict(lost) for lost in solution.lost],
    }
    arrays = {name: getattr(problem, name) for name in _PROBLEM} | {
        f"cost_{name}": getattr(problem.costs, name) for name in _COSTS
    }
    flows = solution.origin_flow
    with writing_bytes(path) as file:
        np.savez_compressed(
            file,
            words=np.frombuffer(json.dumps(words).encode(), np.uint8),
            trips=solution.trips.trips,
            edge_flow=solution.edge_flow,
            origin_start=flows.start,
            origin_edge=flows.edge,
            origin_flow=flows.flow,
            **arrays,
        )


def load_solution(path: Path) -> Solution:
    """A solution from its file.

    Raises:
        BadFile: the file is missing, is none of ours, is cut short or damaged.
    """
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as held:
            if not isinstance(held, np.lib.npyio.NpzFile) or held.zip is None:
                raise BadFile(path, "is not a saved solution", _REMEDY)
            check_zip(held.zip, path, ratio=None)
            arrays = {name: held[name] for name in held.files}
        solution = _built(arrays)
        _check(solution)
    except FileNotFoundError as error:
        raise BadFile(path, "cannot be opened (No such file or directory)", "Check the name.") from error
    except (*_DAMAGED, BadTraffic) as error:
        raise BadFile(path, "is not a saved solution, or is cut short", _REMEDY) from error
    return solution


def _built(arrays: dict[str, Any]) -> Solution:
    words = json.loads(arrays["words"].tobytes())
    if words["format"] != FORMAT:
        raise ValueError(words["format"])
    fields = words["problem"] | {name: tuple(words["problem"][name]) for name in ("zone_names", "class_names", "link_names")}
    problem = TrafficProblem(
        costs=LinkCosts(**{name: _array(arrays, f"cost_{name}", dtype) for name, dtype in _COSTS.items()}),
        **{name: _array(arrays, name, dtype) for name, dtype in _PROBLEM.items()},
        **fields,
    )
    table = TripTable(_array(arrays, "trips", np.float64), problem.zone_names, problem.class_names, words["statement"])
    flows = OriginFlows(
        _array(arrays, "origin_start", np.int64),
        _array(arrays, "origin_edge", np.int32),
        _array(arrays, "origin_flow", np.float64),
    )
    outcome = words["outcome"] | {"notes": tuple(words["outcome"]["notes"])}
    return Solution(
        problem=problem,
        trips=table,
        edge_flow=_array(arrays, "edge_flow", np.float64),
        origin_flow=flows,
        steps=tuple(Step(*step) for step in words["steps"]),
        lost=tuple(Lost(**lost) for lost in words["lost"]),
        **outcome,
    )


def _array(arrays: dict[str, Any], name: str, dtype: Any) -> Any:  # noqa: ANN401 - any of the dtypes above
    found = arrays[name]
    if found.dtype != dtype:
        raise ValueError(name)
    return np.ascontiguousarray(found)


def _check(solution: Solution) -> None:
    """Refuse lengths and indexes that do not fit one another."""
    problem, flows = solution.problem, solution.origin_flow
    links, edges, origins = problem.link_count, problem.edge_count, problem.class_count * problem.zone_count
    zones = (problem.class_count, problem.zone_count)
    fits = (
        all(len(getattr(problem.costs, name)) == links for name in _COSTS)
        and all(getattr(problem, name).shape == (edges,) for name in _PROBLEM if name.startswith("edge_"))
        and problem.zone_out.shape == problem.zone_in.shape == zones
        and len(problem.link_length) in {0, links}
        and len(problem.link_names) in {0, links}
        and solution.edge_flow.shape == (edges,)
        and flows.start.shape == (origins + 1,)
        and flows.start[0] == 0
        and bool((np.diff(flows.start) >= 0).all())
        and flows.start[-1] == len(flows.edge) == len(flows.flow)
        and _within(flows.edge, edges)
        and _within(problem.edge_link, links)
        and _within(problem.edge_class, problem.class_count)
        and all(_within(ends, problem.node_count) for ends in (problem.edge_tail, problem.edge_head))
        and all(_within(ends[ends != -1], problem.node_count) for ends in (problem.zone_out, problem.zone_in))
        and bool((np.isfinite(flows.flow) & (flows.flow >= 0)).all() and np.isfinite(solution.edge_flow).all())
    )
    if not fits:
        raise ValueError(problem.name)
    check_problem(problem, solution.trips)


def _within(indexes: Any, count: int) -> bool:  # noqa: ANN401 - integers of any width
    return not len(indexes) or bool(0 <= int(indexes.min()) <= int(indexes.max()) < count)
