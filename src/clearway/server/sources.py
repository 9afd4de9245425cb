"""What is known of a city's traffic beside its streets: suburbs, bus lines, trips. Read when its traffic is first asked for.

The traffic's own modules are imported then too: they take a second or two that nobody should wait for who only wants a cordon.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from clearway.network.transit.bus_lines import lines_of_feed, lines_of_file
from clearway.planning.plan.stages.means import read_means
from clearway.planning.plan.works import read_works
from clearway.planning.vehicles.offer.places import read_places
from clearway.planning.vehicles.towing.means import read_means as read_tow_means

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from clearway.network.model import Network
    from clearway.network.transit.bus_lines import BusLine
    from clearway.planning.plan.stages.means import Means
    from clearway.planning.plan.works import Work
    from clearway.planning.traffic.demand.areas import Areas
    from clearway.planning.traffic.impact.impact_model import TripSource
    from clearway.planning.vehicles.offer.places import ParkingPlace
    from clearway.planning.vehicles.towing.means import TowMeans


def no_bus_lines(network: Network) -> tuple[()]:  # noqa: ARG001 - a city of which none are known
    """None."""
    return ()


def no_areas(network: Network) -> None:
    """None."""


def synthetic_trips(network: Network, areas: Areas | None) -> TripSource:
    """Trips made from the city's streets, addresses and places."""
    from clearway.planning.traffic.demand.ensemble import SyntheticSource  # noqa: PLC0415
    from clearway.planning.traffic.demand.town import make_town  # noqa: PLC0415

    return SyntheticSource(make_town(network, areas=areas))


@dataclass(frozen=True)
class TrafficSources:
    """Where the traffic of a city comes from.

    Attributes:
        bus_lines: Its bus lines; without any, nothing is said of buses.
        areas: Its suburbs, of which zones are made; without any, zones are made of addresses that lie together.
        trips: Its trips, given the areas.
        own_trips: Whether these are somebody's own and not synthetic.
        timetable: File of the timetable of its buses (GTFS); without one nobody can say how they are re-routed.
        works: Other works and events that close its streets; None: nobody gave any.
        means: Crews, trucks and depots that set plans up; None: nobody gave any.
        tally: CSV file of the vehicles on stretches of street, where the record has no tally of them; None: nobody gave one.
        towing: Storage places, tow trucks and escorts; None: nobody gave any.
        parking: Places to park elsewhere.
    """

    bus_lines: Callable[[Network], Sequence[BusLine]] = no_bus_lines
    areas: Callable[[Network], Areas | None] = no_areas
    trips: Callable[[Network, Areas | None], TripSource] = synthetic_trips
    own_trips: bool = False
    timetable: Path | None = None
    works: Sequence[Work] | None = None
    means: Means | None = None
    tally: Path | None = None
    towing: TowMeans | None = None
    parking: tuple[ParkingPlace, ...] = ()


class VehicleFiles(NamedTuple):
    """Files about the vehicles in the streets.

    Attributes:
        tally: CSV of the vehicles on stretches of street.
        towing: Storage places, tow trucks and escorts.
        parking: Places to park elsewhere.
    """

    tally: Path | None = None
    towing: Path | None = None
    parking: Path | None = None


def sources_of_files(
    *,
    bus_lines: Path | None,
    areas: Path | None,
    demand: Path | None,
    timetable: Path | None = None,
    works: Path | None = None,
    means: Path | None = None,
    vehicles: VehicleFiles | None = None,
) -> TrafficSources:
    """Sources that read a user's own files.

    Args:
        bus_lines: What ``clearway impact lines`` wrote; without it the lines are those of the timetable.
        areas: GeoJSON polygons with names: the zones of ``demand``, or suburbs.
        demand: Trips between the zones, CSV or OMX; synthetic ones where absent.
        timetable: A GTFS feed (.zip).
        works: GeoJSON of other works and events; it is read at once.
        means: Crews, trucks and depots; they are read at once.
        vehicles: What is known of vehicles in the streets; the tally is read when somebody looks at it, the others at once.

    Raises:
        BadFile: the works, the means or the places cannot be read.
    """

    def lines(network: Network) -> Sequence[BusLine]:
        if bus_lines:
            return lines_of_file(network, bus_lines)
        return lines_of_feed(network, timetable) if timetable else ()

    def read(network: Network) -> Areas | None:
        from clearway.planning.traffic.demand.areas import read_areas  # noqa: PLC0415

        return read_areas(areas, network) if areas else None

    def trips(network: Network, parts: Areas | None) -> TripSource:
        if demand is None:
            return synthetic_trips(network, parts)
        from clearway.planning.traffic.assign.case import DemandChoice, own_table  # noqa: PLC0415
        from clearway.planning.traffic.impact.own_trips import OwnTrips  # noqa: PLC0415

        return OwnTrips(*own_table(network, DemandChoice(demand, parts)))

    known = vehicles or VehicleFiles()
    return TrafficSources(
        lines,
        read,
        trips,
        own_trips=demand is not None,
        timetable=timetable,
        works=read_works(works) if works else None,
        means=read_means(means) if means else None,
        tally=known.tally,
        towing=read_tow_means(known.towing) if known.towing else None,
        parking=read_places(known.parking) if known.parking else (),
    )
