"""``clearway assign``: trips put on a network until nobody gains by another way."""

from __future__ import annotations

import json
import signal
import sys
import tempfile
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from clearway.assignment.equilibrium.solve import AIMS, solve
from clearway.assignment.exchange.solution_file import load_solution, save_solution
from clearway.assignment.exchange.tntp import holds_tntp
from clearway.assignment.exchange.tntp_write import write_solution
from clearway.assignment.exchange.trip_files import write_table, write_times
from clearway.cli.options.closures import Shut
from clearway.cli.options.typed import FOLDER, option, option_class, takes
from clearway.cli.options.values import Amount, Names
from clearway.cli.progress import Progress
from clearway.cli.text.assign import assignment_lines
from clearway.errors import BadFile, BadInput
from clearway.network.store import load_network
from clearway.planning.traffic.assign.case import DemandChoice, gmns_case, network_case, tntp_case
from clearway.planning.traffic.assign.summary import assignment_answer, write_links_csv
from clearway.planning.traffic.demand.areas import read_areas

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clearway.assignment.solution import Solution, Step
    from clearway.planning.traffic.assign.case import AssignmentCase

_HOUR = 8
_NOT_REACHED, _STOPPED = 3, 130
_SWEEPS = 200


@option_class
class Demand:
    """Whose trips are assigned, and how they see tolls."""

    demand: Path | None = option("--demand", metavar="TRIPS", help="Trips: CSV list or square, OMX, or TNTP.")
    matrices: tuple[str, ...] = option("--matrix", help="Matrix of an OMX file; one for each class, in their order.")
    classes: tuple[str, ...] = option(
        "--classes", type=Names(), multiple=False, default="", metavar="TEXT",
        help="User classes, as in 'general,bus'; only these drive.",
    )  # fmt: skip
    hour: int = option(
        "--hour", type=click.IntRange(0, 23), default=_HOUR, show_default=True,
        help="Hour of a synthetic or a whole day's demand.",
    )  # fmt: skip
    day: str = option(
        "--day", type=click.Choice(["weekday", "weekend"]), default="weekday", show_default=True, help="Day of such a demand."
    )
    whole_day: bool = option("--whole-day", help="TRIPS cover a whole day: assign only those of the hour.")
    scale: float = option("--scale", type=Amount(), default=1.0, show_default=True, help="Multiply all trips by this.")
    toll_factor: float | None = option("--toll-factor", type=Amount(), help="Units of time that a unit of toll is worth.")
    distance_factor: float | None = option(
        "--distance-factor", type=Amount(), help="Units of time that a unit of length is worth (TNTP)."
    )


@option_class
class Town:
    """What a Clearway network needs to become a problem."""

    areas: Path | None = option(
        "--areas", help="GeoJSON polygons with names: the zones of the trips, or of a synthetic demand."
    )
    area_name: str = option("--area-name", default="name", show_default=True, help="The property that names an area.")
    zones: int = option("--zones", type=click.IntRange(1), default=100, show_default=True, help="Zones of a synthetic demand.")
    costs: str = option(
        "--costs", type=click.Choice(["bpr", "akcelik"]), default="bpr", show_default=True, help="How streets slow down."
    )


@option_class
class Solving:
    """What is shut on any network, and how far to go."""

    shut: tuple[str, ...] = option(
        "--shut", metavar="LINK", help="Shut links or a street: ids as '12,3:4' (3:4: node to node), or a name."
    )
    shut_to: tuple[str, ...] = option(
        "--shut-to", type=Names(), multiple=False, default="", metavar="CLASSES",
        help="Shut these links to these classes only.",
    )  # fmt: skip
    aim: str = option(
        "--aim",
        type=click.Choice(AIMS),
        default="user",
        show_default=True,
        help="What to minimise: each driver's own time, or that of all together.",
    )
    gap: float = option("--gap", type=Amount(), default=1e-6, show_default=True, help="Relative gap to reach.")
    most_sweeps: int = option(
        "--most-sweeps", type=click.IntRange(0), default=_SWEEPS, show_default=True, help="Stop after this many sweeps."
    )
    start: Path | None = option("--start", help="Start from a saved solution, even one for other closures or trips.")


@option_class
class Results:
    """What to say of the answer, and where to write it."""

    save: Path | None = option("--save", help="Save the solution, to continue or compare with later.")
    compare: Path | None = option("--compare", help="Show what differs from a saved solution.")
    selected: tuple[str, ...] = option("--select-link", metavar="LINK", help="Show whose trips use a link or street.")
    flows: Path | None = option("--flows", metavar="OUT", help="Write all links to a CSV file.")
    times: Path | None = option("--times", metavar="OUT", help="Write the times between zones to a CSV or OMX file.")
    write_trips: Path | None = option("--write-trips", metavar="OUT", help="Write the trips to a CSV or OMX file.")
    write_tntp: Path | None = option(
        "--write-tntp", type=FOLDER, metavar="DIR", help="Write network, trips and flows as TNTP files."
    )
    as_json: bool = option("--json", help="Print the answer as JSON.")

    @property
    def files(self) -> list[Path]:
        """The single files that are to be written."""
        return [path for path in (self.save, self.flows, self.times, self.write_trips) if path]


_ONLY = {
    "Clearway": tuple(entry.name for kind in (Town, Shut) for entry in fields(kind)),
    "TNTP": ("distance_factor",),
    "GMNS": (),
}
_NOT = {"Clearway": ("toll_factor",), "TNTP": ("classes", "matrices", "shut_to"), "GMNS": ()}


@click.command()
@click.argument("network", required=False, type=click.Path(path_type=Path))
@click.option("--tntp", type=FOLDER, help="Folder of TNTP files, instead of NETWORK: NAME_net.tntp, NAME_trips.tntp and so on.")
@takes(Demand, "demand")
@takes(Town, "town")
@takes(Shut, "closed")
@takes(Solving, "solving")
@takes(Results, "results")
def assign(
    network: Path | None, tntp: Path | None, demand: Demand, town: Town, closed: Shut, solving: Solving, results: Results
) -> None:
    """Assign trips to a network until nobody gains by changing route, and show where it is slow.

    NETWORK is a Clearway network file or a folder of GMNS tables. Without --demand, a Clearway network gets a synthetic demand
    and says so. Ctrl-C stops after the sweep and reports what there is; --save stores it for --start. Exit code 3: the gap was
    not reached.
    """
    _check_outputs(results)
    with Progress() as progress:
        progress.tell("Reading the network and the trips")
        case = _shut_links(_in_hour(_case(network, tntp, demand, town, closed), demand), solving).scaled(demand.scale)
        before = load_solution(results.compare) if results.compare else None
        start = load_solution(solving.start) if solving.start else None
        selected = {word: case.links_called(word) for word in results.selected}
        with _watched(progress) as watch:
            solution = solve(
                case.problem,
                case.trips,
                gap=solving.gap,
                aim=solving.aim,
                start=start,
                most_sweeps=solving.most_sweeps,
                progress=watch.step,
            )
        progress.tell("Reading off the answer")
        answer = assignment_answer(case, solution, gap=solving.gap, selected=selected, before=before)
        written = _write(case, solution, results)
    answer = answer.model_copy(update={"stopped": watch.stopped, "written": written})
    click.echo(json.dumps(answer.as_json()) if results.as_json else "\n".join(assignment_lines(answer)))
    if not solution.reached:
        sys.exit(_STOPPED if watch.stopped else _NOT_REACHED)


def _case(network: Path | None, tntp: Path | None, demand: Demand, town: Town, closed: Shut) -> AssignmentCase:
    """The network with its trips, and closures drawn on it."""
    if (network is None) == (tntp is None):
        raise BadInput("Give one network: a Clearway file or GMNS folder as NETWORK, or a TNTP folder with --tntp DIR.")
    folder = tntp or network or Path()
    kind = "TNTP" if tntp or holds_tntp(folder) else "GMNS" if folder.is_dir() else "Clearway"
    _refuse_unused(kind)
    if kind == "TNTP":
        return tntp_case(folder, demand.demand, toll_factor=demand.toll_factor, distance_factor=demand.distance_factor)
    if kind == "GMNS":
        return gmns_case(
            folder,
            demand.demand,
            classes=demand.classes,
            matrices=demand.matrices,
            toll_factor=demand.toll_factor or 0.0,
        )
    roads = load_network(folder)
    choice = DemandChoice(
        trips=demand.demand,
        areas=read_areas(town.areas, roads, name_property=town.area_name) if town.areas else None,
        zone_count=town.zones,
        day=demand.day,
        hour=demand.hour,
        matrices=demand.matrices,
    )
    case = network_case(roads, choice, classes=demand.classes or ("general",), costs=town.costs)
    return case.closed(closed.all(roads), closed.moment)


def _in_hour(case: AssignmentCase, demand: Demand) -> AssignmentCase:
    """The part of a whole day's trips that is asked for."""
    if not demand.whole_day:
        return case
    if case.trips.statement:
        raise BadInput("--whole-day is for trips of your own: a synthetic demand is that of the hour. Give --demand TRIPS.")
    return case.in_hour(demand.day, demand.hour)


def _shut_links(case: AssignmentCase, solving: Solving) -> AssignmentCase:
    if solving.shut_to and not solving.shut:
        raise BadInput("--shut-to limits --shut to some classes. Name the links with --shut.")
    return case.shut(solving.shut, solving.shut_to or None)


def _refuse_unused(kind: str) -> None:
    """Refuse options that say nothing about this kind of network."""
    context = click.get_current_context()
    others = {name: only for only, names in _ONLY.items() if only != kind for name in names}
    typed = (name for name in context.params if context.get_parameter_source(name) is ParameterSource.COMMANDLINE)
    for name in typed:
        if name in others or name in _NOT[kind]:
            flag = next(option.opts[0] for option in context.command.params if option.name == name)
            only = f" It is for {others[name]} networks." if name in others else ""
            raise BadInput(f"{flag} has no meaning for a {kind} network: leave it out.{only}")


class _Watch:
    """Tells every sweep, and stops after one when Ctrl-C was pressed."""

    def __init__(self, progress: Progress) -> None:
        self._progress, self.stopped = progress, False

    def step(self, step: Step) -> bool:
        """Show how far it is; whether to go on."""
        self._progress.tell(f"Sweep {step.sweep}: relative gap {step.gap:.1e}, average excess {step.excess:.1e}")
        return not self.stopped

    def stop(self, *_: object) -> None:
        """The first Ctrl-C; a second one ends the program."""
        self.stopped = True
        signal.signal(signal.SIGINT, signal.default_int_handler)


@contextmanager
def _watched(progress: Progress) -> Iterator[_Watch]:
    watch = _Watch(progress)
    before = signal.signal(signal.SIGINT, watch.stop)
    try:
        yield watch
    finally:
        signal.signal(signal.SIGINT, before)


def _check_outputs(results: Results) -> None:
    """Refuse an output that cannot be written before hours are spent on it."""
    for path in results.files:
        if path.is_dir():
            raise BadFile(path, "is a folder", "Give a file name.")
        _check_folder(path, path.parent)
    if results.write_tntp is not None:
        _check_folder(results.write_tntp, results.write_tntp)


def _check_folder(path: Path, folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise BadFile(path, f"cannot be written ({error.strerror})", "Choose a folder that you may write to.") from error


def _write(case: AssignmentCase, solution: Solution, results: Results) -> tuple[str, ...]:
    """Write what is asked for; returns the names."""
    if results.save:
        save_solution(results.save, solution)
    if results.flows:
        write_links_csv(results.flows, case, solution)
    if results.times:
        write_times(results.times, solution)
    if results.write_trips:
        write_table(results.write_trips, solution.trips)
    folder = write_solution(results.write_tntp, solution, case.tntp) if results.write_tntp else []
    return tuple(str(path) for path in [*results.files, *folder])
