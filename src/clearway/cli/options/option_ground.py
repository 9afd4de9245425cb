"""What options are compared on: streets, who helps, the tally, the timetable, the record."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from clearway.cli.options.moments import Question, seen
from clearway.cli.options.named_plan import has_record
from clearway.cli.options.plan_ground import HelpFrom
from clearway.cli.options.tally import tallies_of
from clearway.cli.options.trips import TripOptions
from clearway.cli.options.typed import option, option_class
from clearway.errors import BadInput
from clearway.network.store import load_network
from clearway.network.transit.bus_network import bus_network
from clearway.network.transit.timetable import read_timetable
from clearway.picture.index import PictureIndex
from clearway.picture.view import Moments, picture_of
from clearway.planning.gazetteer import Gazetteer
from clearway.planning.options.ground import OptionGround, Traffic, standing_of
from clearway.planning.options.preparing import NamedPlan, prepare
from clearway.planning.plan.buses.rerouting import BusModel
from clearway.planning.plan.document import read_plan
from clearway.planning.plan.stages.means import read_means
from clearway.planning.plan.versions import version_by_name
from clearway.planning.reading import Reading
from clearway.planning.traffic.demand.zones import ZONE_COUNT
from clearway.planning.traffic.impact.impact_model import DEFAULT_HOUR, ImpactModel
from clearway.planning.vehicles.tally import read_tally
from clearway.planning.vehicles.towing.document import read_schedule
from clearway.planning.vehicles.towing.means import read_means as read_tow_means
from clearway.record.entry import now
from clearway.record.operations import calendar_of, spot_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from clearway.cli.options.moments import Seen
    from clearway.network.model import Network
    from clearway.planning.options.ground import Prepared
    from clearway.planning.options.option import Option
    from clearway.planning.plan.stages.means import Means
    from clearway.planning.vehicles.tally import Stretch
    from clearway.planning.vehicles.towing.contract import Towed
    from clearway.planning.vehicles.towing.means import TowMeans


_WEEKDAY = "weekday"


@option_class
class OptionStreets(HelpFrom, Question):
    """The streets that options are compared on, and the record beside them."""

    network: Path = option("--network", required=True, help="Road network.")
    tally: Path | None = option(
        "--tally", help="CSV of stretches with their vehicles.  [default: the tallies of the record at that moment]"
    )
    gtfs: Path | None = option("--gtfs", help="GTFS feed (.zip): the timetable of the buses.")
    day: datetime | None = option(
        "--day", type=click.DateTime(["%Y-%m-%d"]), metavar="YYYY-MM-DD",
        help="The service day of the buses.  [default: the busiest of the feed]",
    )  # fmt: skip
    traffic: bool = option(
        "--traffic", is_flag=True, help="Assign the trips of an hour too: hours lost. Synthetic trips, if --demand gives none."
    )
    demand: Path | None = option("--demand", metavar="TRIPS", help="Your own trips: CSV or OMX. Implies --traffic.")
    hour: int = option("--hour", type=click.IntRange(0, 23), default=DEFAULT_HOUR, show_default=True, help="Hour to assign.")
    jurisdiction: Path | None = option(
        "--jurisdiction", help="CSV of powers and their limits.  [default: New Zealand's, which 'plan jurisdiction' prints]"
    )


class Compared(NamedTuple):
    """What options are compared on.

    Attributes:
        ground: The streets.
        reading: The record; None: there is none.
        notes: What else is to be known of the ground.
        look: The open record; None: there is none.
    """

    ground: OptionGround
    reading: Reading | None
    notes: tuple[str, ...]
    look: Seen | None


@contextmanager
def option_ground(streets: OptionStreets) -> Iterator[Compared]:
    """Read everything that options are compared on; the record stays open meanwhile.

    Raises:
        BadFile, BadGeometry: a file cannot be used.
        BadInput: a moment cannot be read, or the record's site lies off the network.
        NotFound: the record has no such operation.
        Unavailable: the database does not answer.
    """
    roads = load_network(streets.network)
    helping = streets.on(roads)
    buses = None
    if streets.gtfs:
        day = streets.day.date() if streets.day else None
        buses = BusModel(bus_network(roads, read_timetable(streets.gtfs, day, ())))
    if not has_record(streets):
        gazetteer = Gazetteer(roads)
        stretches = read_tally(streets.tally, gazetteer) if streets.tally else []
        ground = OptionGround(gazetteer, helping, stretches, (), buses, _assumed(stretches), trips=_trips(streets, roads))
        yield Compared(ground, None, ("No record was given: what it bars is not counted.",), None)
        return
    with seen(streets) as look:
        spot = spot_of(look.store, look.stream)
        gazetteer = Gazetteer(roads, spot)
        tally = _tally(streets, look, gazetteer)
        picture = picture_of(look.store, PictureIndex(), look.stream, look.when, calendar=look.typed, bands=False)
        standing = standing_of(picture.states, spot, gazetteer)
        ground = OptionGround(
            gazetteer, helping, tally.stretches, standing.closures, buses, _assumed(tally.stretches), standing.entries,
            tally.entries, trips=_trips(streets, roads),
        )  # fmt: skip
        reading = Reading(look.store, look.stream, look.when, look.typed)
        yield Compared(ground, reading, (*tally.notes, *standing.notes), look)


def _trips(streets: OptionStreets, roads: Network) -> Traffic | None:
    """The traffic desk's model, where trips are to be assigned.

    Raises:
        BadInput, BadFile, UnknownName: the trips cannot be used.
    """
    if not (streets.traffic or streets.demand):
        return None
    trips = TripOptions(
        demand=streets.demand, matrices=(), areas=None, area_name="name", zones=ZONE_COUNT, hour=streets.hour, day=_WEEKDAY
    )
    return Traffic(ImpactModel(trips.source(roads, lambda _: None)), streets.hour)


class _Tallied(NamedTuple):
    """Vehicles on stretches, what else is to be known of them, and the entries that say so."""

    stretches: list[Stretch]
    notes: tuple[str, ...] = ()
    entries: tuple[str, ...] = ()


def _tally(streets: OptionStreets, look: Seen, gazetteer: Gazetteer) -> _Tallied:
    if streets.tally:
        aside = f"The tallies are those of {streets.tally.name}. What the record says of tallies is left aside."
        return _Tallied(read_tally(streets.tally, gazetteer), (aside,))
    known = Moments(look.when.at, max(look.when.at, now()))
    found = tallies_of(look.store, look.stream, look.calendar, gazetteer, known)
    none = () if found.counted else ("No tally was given or recorded: vehicles in the carriageway are not counted.",)
    entries = tuple(one.entry for one in found.counted)
    return _Tallied(found.stretches, (*found.left_out, *found.notes, *none), entries)


def _assumed(stretches: Sequence[Stretch]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(sentence for one in stretches for sentence in one.assumed))


def prepared(option: Option, folder: Path, against: Compared) -> Prepared:
    """An option with the plans and schedules that it names; files lie beside the option's own.

    Raises:
        BadFile, NotFound: a plan, means or schedule cannot be read.
        BadInput: a schedule belongs to other streets or another tally, or does not pass its check.
    """
    return prepare(option, against.ground, _Folder(folder, against.look))


class _Folder(NamedTuple):
    """The folder of an option's file, and the record beside it."""

    path: Path
    look: Seen | None

    def plan(self, name: str) -> NamedPlan:
        """A plan file of the folder, else a plan of the record."""
        beside, look = self.path / name, self.look
        if beside.exists():
            return NamedPlan(read_plan(beside, look.calendar if look else calendar_of(None), look.when.at if look else now()))
        if look is None:
            raise BadInput(
                f"There is no file {name!r} beside the option, and no record to look it up in. Give one with --record."
            )
        if Path(name).suffix:
            raise BadInput(f"There is no plan file {name!r} beside the option. Put it there, or name a plan of the record.")
        version = version_by_name(look.store, look.stream, name, look.when.known_at)
        return NamedPlan(version.plan, version.entry.id)

    def crews(self, name: str) -> Means:
        """A file of the folder."""
        return read_means(self.path / name)

    def towing(self, name: str) -> TowMeans:
        """A file of the folder."""
        return read_tow_means(self.path / name)

    def schedule(self, name: str) -> Towed:
        """A file of the folder."""
        return read_schedule(self.path / name)
