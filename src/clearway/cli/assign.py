"""``clearway assign``: trips put on a network until nobody gains by another way."""

from __future__ import annotations

import json
import signal
import sys
import tempfile
from contextlib import contextmanager
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from clearway.assignment.equilibrium.solve import AIMS, solve
from clearway.assignment.exchange.solution_file import load_solution, save_solution
from clearway.assignment.exchange.tntp import holds_tntp
from clearway.assignment.exchange.tntp_write import write_solution
from clearway.assignment.exchange.trip_files import write_table, write_times
from clearway.assignment.results.select_link import select_link
from clearway.cli.options.moment import Moment
from clearway.cli.progress import Progress
from clearway.cli.text.assign import told
from clearway.errors import BadFile, BadInput
from clearway.network.store import load_network
from clearway.planning.closure_files import read_closures, read_cordon
from clearway.planning.traffic.assign.case import DemandChoice, gmns_case, network_case, tntp_case
from clearway.planning.traffic.assign.summary import (
    comparison_document,
    document_of,
    plain_json,
    selected_document,
    write_links_csv,
)
from clearway.planning.traffic.demand.areas import read_areas

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clearway.assignment.solution import Solution, Step
    from clearway.planning.traffic.assign.case import AssignmentCase

_FILE = click.Path(path_type=Path, dir_okay=False)
_FOLDER = click.Path(path_type=Path, file_okay=False)
_HOUR = 8
_NOT_REACHED, _STOPPED = 3, 130
_SWEEPS = 200
_OUTPUTS = ("save", "flows", "times", "write_trips")
_ONLY = {
    "Clearway": ("areas", "area_name", "zones", "costs", "closures", "cordon", "moment"),
    "TNTP": ("distance_factor",),
    "GMNS": (),
}
_NOT = {"Clearway": ("toll_factor",), "TNTP": ("classes", "matrices", "shut_to"), "GMNS": ()}


class _Amount(click.FloatRange):
    """A finite number, 0 or more; click's own range lets nan pass."""

    name = "NUMBER"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:  # noqa: ANN401 - click's signature
        number = float(super().convert(value, param, ctx))
        if not isfinite(number):
            self.fail(f"{value} is no number that can be used.", param, ctx)
        return number


_AMOUNT = _Amount(0)


@click.command()
@click.argument("network", required=False, type=click.Path(path_type=Path))
@click.option(
    "--tntp", type=_FOLDER, help="Folder of TNTP files, instead of NETWORK: NAME_net.tntp, NAME_trips.tntp and so on."
)
@click.option("--demand", type=_FILE, metavar="TRIPS", help="Trips: CSV list or square, OMX, or TNTP.")
@click.option("--matrix", "matrices", multiple=True, help="Matrix of an OMX file; one for each class, in their order.")
@click.option("--classes", default="", help="User classes, as in 'general,bus'; only these drive.")
@click.option("--areas", type=_FILE, help="GeoJSON polygons with names: the zones of the trips, or of a synthetic demand.")
@click.option("--area-name", default="name", show_default=True, help="The property that names an area.")
@click.option("--zones", type=click.IntRange(1), default=100, show_default=True, help="Zones of a synthetic demand.")
@click.option(
    "--hour", type=click.IntRange(0, 23), default=_HOUR, show_default=True, help="Hour of a synthetic or a whole day's demand."
)
@click.option(
    "--day", type=click.Choice(["weekday", "weekend"]), default="weekday", show_default=True, help="Day of such a demand."
)
@click.option("--whole-day", is_flag=True, help="TRIPS are those of a whole day: only those of the hour are assigned.")
@click.option("--scale", type=_AMOUNT, default=1.0, show_default=True, help="Multiply all trips by this.")
@click.option("--costs", type=click.Choice(["bpr", "akcelik"]), default="bpr", show_default=True, help="How streets slow down.")
@click.option("--toll-factor", type=_AMOUNT, help="Units of time that a unit of toll is worth.")
@click.option("--distance-factor", type=_AMOUNT, help="Units of time that a unit of length is worth (TNTP).")
@click.option("--closures", type=_FILE, help="GeoJSON of what is shut, and to whom.")
@click.option("--cordon", type=_FILE, help="The JSON of 'clearway cordon': its barriers are what is shut.")
@click.option("--at", "moment", type=Moment(), help="Only closures in force at this time, as 2022-02-10T08:00:00+13:00.")
@click.option(
    "--shut", multiple=True, metavar="LINK", help="Shut links or a street: ids as '12,3:4' (3:4: node to node), or a name."
)
@click.option("--shut-to", default="", metavar="CLASSES", help="Shut these links to these classes only.")
@click.option("--aim", type=click.Choice(AIMS), default="user", show_default=True, help="Whose time is least: each or all.")
@click.option("--gap", type=_AMOUNT, default=1e-6, show_default=True, help="Relative gap to reach.")
@click.option("--most-sweeps", type=click.IntRange(0), default=_SWEEPS, show_default=True, help="Stop after so many sweeps.")
@click.option("--start", type=_FILE, help="Go on from a saved solution, also of other closures or trips.")
@click.option("--save", type=_FILE, help="Save the solution, to go on from or to compare with.")
@click.option("--compare", type=_FILE, help="Say what differs from a saved solution.")
@click.option("--select-link", "selected", multiple=True, metavar="LINK", help="Say whose trips use a link or street.")
@click.option("--flows", type=_FILE, metavar="OUT", help="Write all links to a CSV file.")
@click.option("--times", type=_FILE, metavar="OUT", help="Write the times between zones to a CSV or OMX file.")
@click.option("--write-trips", type=_FILE, metavar="OUT", help="Write the trips to a CSV or OMX file.")
@click.option("--write-tntp", type=_FOLDER, metavar="DIR", help="Write network, trips and flows as TNTP files.")
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
def assign(network: Path | None, *, tntp: Path | None, as_json: bool, **options: Any) -> None:  # noqa: ANN401 - one for each option
    """Put trips on a network until nobody gains by another way, and say where it is slow.

    NETWORK is a Clearway network file or a folder of GMNS tables. Without --demand, a Clearway network gets a synthetic demand
    and says so. Ctrl-C stops after the sweep, keeps what is there, and --save keeps it for --start. Exit code 3: the gap was
    not reached.
    """
    _check_outputs(options)
    with Progress() as progress:
        progress.tell("Reading the network and the trips")
        case = _case(network, tntp, options)
        before = load_solution(options["compare"]) if options["compare"] else None
        start = load_solution(options["start"]) if options["start"] else None
        words = {word: case.links_called(word) for word in options["selected"]}
        with _watched(progress) as watch:
            solution = solve(
                case.problem,
                case.trips,
                gap=options["gap"],
                aim=options["aim"],
                start=start,
                most_sweeps=options["most_sweeps"],
                progress=watch.step,
            )
        progress.tell("Reading off the answer")
        document = document_of(case, solution, gap=options["gap"]) | {"stopped": watch.stopped}
        document["select_link"] = [
            selected_document(case, solution, select_link(solution, links), word) for word, links in words.items()
        ]
        document["compared"] = comparison_document(case, before, solution) if before else None
        document["written"] = _write(case, solution, options)
    click.echo(json.dumps(plain_json(document)) if as_json else "\n".join(told(document)))
    if not solution.reached:
        sys.exit(_STOPPED if watch.stopped else _NOT_REACHED)


def _case(network: Path | None, tntp: Path | None, options: dict[str, Any]) -> AssignmentCase:
    """The network with its trips, and what is shut."""
    if (network is None) == (tntp is None):
        raise BadInput("Give one network: a Clearway file or GMNS folder as NETWORK, or a TNTP folder with --tntp DIR.")
    folder = tntp or network or Path()
    kind = "TNTP" if tntp or holds_tntp(folder) else "GMNS" if folder.is_dir() else "Clearway"
    _refuse_unused(kind)
    case = _READERS[kind](folder, options)
    if options["whole_day"]:
        if case.trips.statement:
            raise BadInput("--whole-day is for trips of your own: a synthetic demand is that of the hour. Give --demand TRIPS.")
        case = case.in_hour(options["day"], options["hour"])
    classes = _listed(options["shut_to"])
    if classes and not options["shut"]:
        raise BadInput("--shut-to says whom --shut binds. Name the links with --shut.")
    return case.shut(options["shut"], classes or None).scaled(options["scale"])


def _refuse_unused(kind: str) -> None:
    """Refuse options that say nothing about this kind of network."""
    context = click.get_current_context()
    others = {name: only for only, names in _ONLY.items() if only != kind for name in names}
    typed = (name for name in context.params if context.get_parameter_source(name) is ParameterSource.COMMANDLINE)
    for name in typed:
        if name in others or name in _NOT[kind]:
            flag = next(option.opts[0] for option in context.command.params if option.name == name)
            only = f" It is for {others[name]} networks." if name in others else ""
            raise BadInput(f"{flag} has no meaning for a {kind} network: leave it away.{only}")


def _tntp(folder: Path, options: dict[str, Any]) -> AssignmentCase:
    return tntp_case(folder, options["demand"], toll_factor=options["toll_factor"], distance_factor=options["distance_factor"])


def _gmns(folder: Path, options: dict[str, Any]) -> AssignmentCase:
    return gmns_case(
        folder,
        options["demand"],
        classes=_listed(options["classes"]),
        matrices=options["matrices"],
        toll_factor=options["toll_factor"] or 0.0,
    )


def _clearway(path: Path, options: dict[str, Any]) -> AssignmentCase:
    roads = load_network(path)
    choice = DemandChoice(
        trips=options["demand"],
        areas=read_areas(options["areas"], roads, name_property=options["area_name"]) if options["areas"] else None,
        zone_count=options["zones"],
        day=options["day"],
        hour=options["hour"],
        matrices=options["matrices"],
    )
    case = network_case(roads, choice, classes=_listed(options["classes"]) or ("general",), costs=options["costs"])
    closures = read_closures(options["closures"], roads) if options["closures"] else []
    if options["cordon"]:
        closures += read_cordon(options["cordon"], roads)
    return case.closed(closures, options["moment"])


_READERS = {"TNTP": _tntp, "GMNS": _gmns, "Clearway": _clearway}


def _listed(names: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in names.split(",") if name.strip())


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


def _check_outputs(options: dict[str, Any]) -> None:
    """Refuse an output that cannot be written before hours are spent on it."""
    for name in _OUTPUTS:
        path = options[name]
        if path is not None:
            if path.is_dir():
                raise BadFile(path, "is a folder", "Give the name of a file.")
            _check_folder(path, path.parent)
    if options["write_tntp"] is not None:
        _check_folder(options["write_tntp"], options["write_tntp"])


def _check_folder(path: Path, folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise BadFile(path, f"cannot be written ({error.strerror})", "Choose a folder that you may write to.") from error


def _write(case: AssignmentCase, solution: Solution, options: dict[str, Any]) -> list[str]:
    """Write what is asked for; returns the names."""
    if options["save"]:
        save_solution(options["save"], solution)
    if options["flows"]:
        write_links_csv(options["flows"], case, solution)
    if options["times"]:
        write_times(options["times"], solution)
    if options["write_trips"]:
        write_table(options["write_trips"], solution.trips)
    written = [options[name] for name in _OUTPUTS if options[name]]
    if options["write_tntp"]:
        written += write_solution(options["write_tntp"], solution, case.tntp)
    return [str(path) for path in written]
