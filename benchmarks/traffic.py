# ruff: noqa: T201 - it talks to a person
"""User equilibrium: cold and warm, beside AequilibraE in the same run, on every public network that is there.

Gaps and objectives are evaluated on the final flows by one plain function, ours and the peer's alike. Nothing is downloaded:
the networks are read from the folder CLEARWAY_TNTP, else from ``shared/tntp`` beside the repository.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.cities import generated_city
from benchmarks.measure import seconds, shown, timed
from benchmarks.traffic_peers import CITED, Peer, aequilibrae
from benchmarks.traffic_plot import Point, draw
from clearway.assignment.costs import bpr_costs
from clearway.assignment.equilibrium.gap import least_costs
from clearway.assignment.equilibrium.solve import solve
from clearway.assignment.exchange.tntp import read_tntp
from clearway.assignment.problem import TrafficProblem, TripTable
from clearway.planning.traffic.demand.synthetic import synthetic_demand

if TYPE_CHECKING:
    from clearway.assignment.exchange.tntp import TntpNetwork
    from clearway.assignment.solution import Solution
    from clearway.network.model import Longs

FOLDER = Path(os.environ.get("CLEARWAY_TNTP", Path(__file__).parents[2] / "shared" / "tntp"))
BEST = {
    "SiouxFalls": 4231335.287107,
    "Anaheim": 1286032.171096,
    "Barcelona": 1265654.922032,
    "Winnipeg": 827911.494630,
    "Chicago-Sketch": 17313018.738747,
    "Berlin-Center": 20817213.198611,
}
"""Objective values at the equilibrium, in the files' own units."""

_GAPS = (1e-4, 1e-6, 1e-10, 1e-12)
_CLOSED = (1, 2, 4, 8)
_SIDES = (12, 25, 50, 100)
_BAR = 40
_PLOTTED = 1e-6
_OURS, _PEER, _CITIES = "Clearway, public networks", "AequilibraE, the same", "Clearway, generated cities of about 100 zones"

PLOT = Path("dist/traffic-size.png")
"""Where the plot of cost against size is written."""


def main() -> None:
    """Measure every network, then what size costs, then the first use."""
    names = [name for name in BEST if (FOLDER / name).is_dir()]
    if not names:
        print(f"No public network is in {FOLDER}: set CLEARWAY_TNTP to a folder that holds them.")
    points: dict[str, list[Point]] = {group: [] for group in (_OURS, _PEER, _CITIES)}
    for name in names:
        _network(name, read_tntp(FOLDER / name), points)
    _sizes(points)
    PLOT.parent.mkdir(exist_ok=True)
    print(draw(points, PLOT))
    _first_use()


def _network(name: str, network: TntpNetwork, points: dict[str, list[Point]]) -> None:
    problem, trips = network.problem, network.trips
    print(f"{name}: {problem.zone_count:,} zones, {problem.node_count:,} nodes, {problem.link_count:,} links")
    solution = solve(problem, trips, gap=_GAPS[0])
    for gap in _GAPS:
        taken = seconds(partial(solve, problem, trips, gap=gap, most_sweeps=500), repeats=3, at_most_s=20)
        solution = solve(problem, trips, gap=gap, most_sweeps=500)
        print(f"  to {gap:g}: {shown(taken):>9}, gap {solution.gap:.1e}, {len(solution.steps)} sweeps", end="", flush=True)
        peer = aequilibrae(network, gap) if gap >= _PLOTTED else None  # it stalls beyond
        print(_beside(name, gap, taken, peer))
        if gap == _PLOTTED:
            points[_OURS].append(Point(name, problem.link_count, taken))
            points[_PEER] += [] if peer is None else [Point(name, problem.link_count, peer.seconds)]
    off = abs(solution.objective / BEST[name] - 1)
    print(f"  objective {solution.objective:.6f}, best known {BEST[name]:.6f}: {off:.1e} apart")
    sweep = _sweep_s(solution)
    print(f"  one search from every origin: {shown(sweep)}; ten of them are the floor: {shown(10 * sweep)}")
    _warm(network, solve(problem, trips, gap=1e-8, most_sweeps=500))
    print(f"  memory: {_memory_mb(name):.0f} MB more at its peak than before it was read\n", flush=True)


def _beside(name: str, gap: float, taken: float, peer: Peer | None) -> str:
    """What AequilibraE needs to the same gap, where it can, and what others are known to need."""
    words = ""
    if gap >= _PLOTTED:
        words = "; AequilibraE absent"
    if peer is not None:
        words = f"; AequilibraE {shown(peer.seconds)} ({peer.seconds / taken:,.0f}x), gap {peer.gap:.1e}"
    if name in CITED and gap in (column := {1e-4: 0, 1e-6: 1, 1e-12: 2}):
        bushes, pairs = (figures[column[gap]] for figures in CITED[name])
        words += f"; elsewhere tap-b {bushes:g} s, STA-Garden {pairs:g} s"
    return words


def _sweep_s(solution: Solution) -> float:
    cost = solution.problem.edge_costs(solution.link_time)
    return seconds(partial(least_costs, solution.problem, solution.trips, cost), repeats=3)


def _warm(network: TntpNetwork, base: Solution) -> None:
    """Closures of used links, chosen at random and among those that few origins use; medians over three sets."""
    for kind, order in (("any used links", _shuffled(base)), ("links of few origins", _fewest_origins(base))):
        words = []
        for count in _CLOSED:
            ratios = [_gain(network, base, order[first : first + count]) for first in range(0, 3 * count, count)]
            words.append(f"{count}: {np.median(ratios):.1f}x")
        print(f"  warm beside cold to 1e-06, {kind} shut: {', '.join(words)}")


def _gain(network: TntpNetwork, base: Solution, links: Longs) -> float:
    shut = network.problem.with_shut(links)
    warm = seconds(partial(solve, shut, network.trips, start=base), repeats=3)
    return seconds(partial(solve, shut, network.trips), repeats=3) / warm


def _shuffled(base: Solution) -> Longs:
    used = np.flatnonzero(base.link_flow > 0)
    return np.random.default_rng(2022).permutation(used)


def _fewest_origins(base: Solution) -> Longs:
    origins = np.bincount(base.problem.edge_link[base.origin_flow.edge], minlength=base.problem.link_count)
    order = np.argsort(origins, kind="stable")
    return order[origins[order] > 0]


def _memory_mb(name: str) -> float:
    """Peak memory of reading and solving in a process of its own, beyond what it held with everything loaded; Linux."""
    code = (
        "import sys; from pathlib import Path; from clearway.assignment.exchange.tntp import read_tntp;"
        "from clearway.assignment.equilibrium.solve import solve; from benchmarks.traffic import held_kb, two_roads;"
        "solve(*two_roads()); Path('/proc/self/clear_refs').write_text('5'); before = held_kb('VmRSS');"
        "network = read_tntp(Path(sys.argv[1])); solve(network.problem, network.trips);"
        "print((held_kb('VmHWM') - before) / 1024)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(FOLDER / name)], capture_output=True, text=True, check=True)  # noqa: S603
    return float(done.stdout)


def held_kb(line: str) -> int:
    """What this process holds (VmRSS), or the most since ``clear_refs`` was written (VmHWM)."""
    status = Path("/proc/self/status").read_text("utf-8")
    return next(int(row.split()[1]) for row in status.splitlines() if row.startswith(line))


def _sizes(points: dict[str, list[Point]]) -> None:
    """Cost against size on generated cities, each with a synthetic demand of about a hundred zones."""
    rows = []
    for side in _SIDES:
        demand = synthetic_demand(generated_city(side))
        problem = demand.town.streets.problem
        solve(problem, demand.trips)
        rows.append((problem.link_count, problem.zone_count, timed(partial(solve, problem, demand.trips))))
        points[_CITIES].append(Point("", problem.link_count, rows[-1][2]))
    most = max(taken for _, _, taken in rows)
    print("size: generated cities, synthetic demand, to 1e-06")
    for links, zones, taken in rows:
        bar = "#" * max(1, round(_BAR * taken / most))
        print(f"  {links:>8,} links, {zones:>4} zones  {shown(taken):>9}  {taken / links * 1e6:5.1f} us a link  {bar}")
    print()


def _first_use() -> None:
    """Seconds of the first solution on a machine, when everything is compiled, and in the next process."""
    code = (
        "import json, time;"
        "from clearway.assignment.equilibrium.solve import solve; from benchmarks.traffic import two_roads;"
        "start = time.perf_counter(); solve(*two_roads()); print(json.dumps(time.perf_counter() - start))"
    )
    with tempfile.TemporaryDirectory() as cache:
        environment = os.environ | {"NUMBA_CACHE_DIR": cache}
        first, then = (
            json.loads(
                subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment).stdout  # noqa: S603
            )
            for _ in range(2)
        )
    print(f"first use: {shown(first)} to compile and solve two roads, {shown(then)} in the next process")


def two_roads() -> tuple[TrafficProblem, TripTable]:
    """Two roads from west to east and back, and a hundred trips."""
    ends = np.array([0, 0, 1, 1], np.int32)
    nodes = np.array([[0, 1]], np.int32)
    problem = TrafficProblem(
        name="two roads",
        costs=bpr_costs(np.array([10.0, 12.0, 10.0, 12.0]), np.full(4, 50.0)),
        node_count=2,
        edge_tail=ends,
        edge_head=1 - ends,
        edge_link=np.arange(4, dtype=np.int32),
        edge_class=np.zeros(4, np.uint8),
        edge_fixed=np.zeros(4),
        edge_shut=np.zeros(4, np.bool_),
        zone_out=nodes,
        zone_in=nodes,
        zone_names=("west", "east"),
    )
    return problem, TripTable(np.array([[[0.0, 100.0], [100.0, 0.0]]]), problem.zone_names)
