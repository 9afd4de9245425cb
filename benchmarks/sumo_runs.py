"""SUMO's own programs, run as one would by hand: netconvert, duarouter and the mesoscopic simulation, in turn and with limits.

Route choice is SUMO's dynamic user assignment (C. Gawron, "An iterative algorithm to determine the dynamic user equilibrium
in a traffic simulation model", 1998): each round every vehicle keeps its known routes, learns the one that was quickest in the
last simulation (times by quarter of an hour), and chooses among them; then all drive. The first rounds drive a part of the
vehicles, so that nobody learns from a gridlock that only the first guess causes.
"""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from clearway.planning.traffic.sumo.export import CAPACITY, NET, NET_CONFIG, TRIPS, ZONES, arc_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

PART_OF_VEHICLES = (0.5, 0.75)
_QUARTER_S, _END_S, _TELEPORT_S = 900, 14_400, 600
_QUIET = ("--no-warnings", "--no-step-log")
_JUNCTIONS = ("--meso-junction-control.limited", "--meso-minor-penalty", "1")


@dataclass(frozen=True)
class Run:
    """One user assignment. A arcs.

    Attributes:
        flow: (A,) vehicles by the last routes, each counted with the probability that it takes them.
        lost_s: (A,) seconds that all vehicles together lost there in the last simulation.
        gap: What the vehicles expect to take beyond the quickest route each knows, as a part of it.
        teleports: Vehicles that stood for ten minutes in the last simulation and were moved on by SUMO.
        minutes: Mean trip of the last simulation.
        arrived: Part of the vehicles that arrived within four hours.
    """

    flow: Floats
    lost_s: Floats
    gap: float
    teleports: int
    minutes: float
    arrived: float


def home() -> Path | None:
    """Where SUMO is; None where it is not installed (``pip install eclipse-sumo``)."""
    package = importlib.util.find_spec("sumo")
    return Path(package.submodule_search_locations[0]) if package and package.submodule_search_locations else None


def convert(folder: Path, *options: str, until: float) -> None:
    """Make SUMO's network of an export; ``until`` as for :func:`assign`."""
    _run("netconvert", "-c", NET_CONFIG, "--no-warnings", *options, folder=folder, until=until)


def assign(folder: Path, *, arcs: int, seed: int, rounds: int, until: float, junctions: bool = False) -> Run:
    """A user assignment in a folder that holds an export and its network.

    Args:
        folder: Where.
        arcs: How many arcs the network has.
        seed: Of SUMO's random numbers.
        rounds: How often to choose and drive.
        until: The moment, by ``time.monotonic``, at which whatever program runs is stopped.
        junctions: Let SUMO's own junctions and signals hold vehicles up, and its own lanes say what they carry, in place of the
            capacities that were exported.

    Raises:
        TimeoutExpired: it was not done by then.
    """
    outputs = f'<edgeData id="times" file="times.xml" begin="0" end="{_END_S}" period="{_QUARTER_S}" excludeEmpty="true"/>'
    outputs += f'<edgeData id="all" file="all.xml" begin="0" end="{_END_S}"/>'
    (folder / "outputs.add.xml").write_text(f"<additional>{outputs}</additional>\n")
    known, said = TRIPS, ""
    for number in range(rounds):
        _choose(folder, known, number, seed, until=until)
        part = PART_OF_VEHICLES[number] if number < min(len(PART_OF_VEHICLES), rounds - 1) else 1.0
        said = _drive(folder, number, part, seed, junctions=junctions, until=until)
        known = f"round{number}.rou.alt.xml"
    text = (folder / known).read_text()
    loaded, inserted, running = (_told(said, word) for word in ("Loaded", "Inserted", "Running"))
    return Run(
        flow=_flow(text, arcs),
        lost_s=_by_arc(folder / "all.xml", "timeLoss", arcs),
        gap=_gap(text),
        teleports=int(_told(said, "Teleports")),
        minutes=_told(said.partition("Statistics")[2], "Duration") / 60,
        arrived=(inserted - running) / max(loaded, inserted),
    )


def static(folder: Path, *, arcs: int, until: float) -> Floats:
    """(A,) flow by SUMO's static assignment, twenty parts of the table one after the other, by its own cost functions."""
    files = ("--net-file", NET, "--additional-files", ZONES, "--tazrelation-files", "trips-general.od.xml")
    how = ("--assignment-method", "incremental", "--max-iterations", "20", "--routing-algorithm", "CCH", "--ignore-errors")
    _run(
        "marouter",
        *files,
        *how,
        "--netload-output",
        "load.xml",
        "--output-file",
        "static.rou.xml",
        *_QUIET,
        folder=folder,
        until=until,
    )
    return _by_arc(folder / "load.xml", "entered", arcs)


def _choose(folder: Path, known: str, number: int, seed: int, *, until: float) -> None:
    learnt = () if number == 0 else ("--weight-files", "times.xml", "--weights.expand")
    files = ("--net-file", NET, "--additional-files", ZONES, "--route-files", known, "--output-file", f"round{number}.rou.xml")
    how = ("--with-taz", "--routing-algorithm", "CCH", "--ignore-errors", "--seed", str(seed + number))
    _run("duarouter", *files, *how, *learnt, *_QUIET, folder=folder, until=until)


def _drive(folder: Path, number: int, part: float, seed: int, *, junctions: bool, until: float) -> str:
    added = "outputs.add.xml" if junctions else f"{CAPACITY},outputs.add.xml"
    files = ("--net-file", NET, "--additional-files", added, "--route-files", f"round{number}.rou.xml")
    how = ("--mesosim", "--end", str(_END_S), "--time-to-teleport", str(_TELEPORT_S), "--scale", str(part), "--seed", str(seed))
    told = ("--duration-log.statistics", "--ignore-route-errors", *_QUIET, *(_JUNCTIONS if junctions else ()))
    return _run("sumo", *files, *how, *told, folder=folder, until=until)


def _run(program: str, *options: str, folder: Path, until: float) -> str:
    where = home()
    if where is None:
        raise FileNotFoundError("SUMO is not installed: pip install eclipse-sumo.")
    done = subprocess.run(  # noqa: S603 - SUMO's own program, on files that we wrote
        [where / "bin" / program, *options],
        cwd=folder,
        env=os.environ | {"SUMO_HOME": str(where)},
        capture_output=True,
        text=True,
        timeout=max(until - time.monotonic(), 0.0),
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{program} failed in {folder}: {done.stderr[-500:]}")
    return done.stdout


def _told(said: str, word: str) -> float:
    """A number that SUMO's log gives after a word; 0 where it is silent."""
    found = re.search(rf"{word}: ([\d.]+)", said)
    return float(found[1]) if found else 0.0


def _flow(routes: str, arcs: int) -> Floats:
    flow = np.zeros(arcs)
    for route in re.finditer(r'<route [^>]*probability="([^"]+)"[^>]*edges="([^"]*)"', routes):
        for edge in route[2].split():
            if (arc := arc_of(edge)) is not None:
                flow[arc] += float(route[1])
    return flow


def _by_arc(path: Path, attribute: str, arcs: int) -> Floats:
    values = np.zeros(arcs)
    for edge in re.finditer(rf'<edge id="([^"]+)"[^>]* {attribute}="([^"]+)"', path.read_text()):
        if (arc := arc_of(edge[1])) is not None:
            values[arc] = float(edge[2])
    return values


def _gap(routes: str) -> float:
    expected = quickest = 0.0
    for vehicle in re.finditer(r"<routeDistribution.*?</routeDistribution>", routes, re.DOTALL):
        found = re.findall(r'cost="([\d.]+)" probability="([^"]+)"', vehicle[0])
        expected += sum(float(cost) * float(probability) for cost, probability in found)
        quickest += min(float(cost) for cost, _ in found)
    return expected / quickest - 1
