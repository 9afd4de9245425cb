"""What is known of a city's traffic beside its streets: suburbs, bus lines, trips. Read when its traffic is first asked for.

The traffic's own modules are imported then too: they take a second or two that nobody should wait for who only wants a cordon.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clearway.network.transit.bus_lines import lines_of_feed, lines_of_file
from clearway.planning.plan.stages.means import read_means
from clearway.planning.plan.works import read_works

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from clearway.network.model import Network
    from clearway.network.transit.bus_lines import BusLine
    from clearway.planning.plan.stages.means import Means
    from clearway.planning.plan.works import Work
    from clearway.planning.traffic.demand.areas import Areas
    from clearway.planning.traffic.impact.impact_model import TripSource


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
    """

    bus_lines: Callable[[Network], Sequence[BusLine]] = no_bus_lines
    areas: Callable[[Network], Areas | None] = no_areas
    trips: Callable[[Network, Areas | None], TripSource] = synthetic_trips
    own_trips: bool = False
    timetable: Path | None = None
    works: Sequence[Work] | None = None
    means: Means | None = None


def sources_of_files(
    *,
    bus_lines: Path | None,
    areas: Path | None,
    demand: Path | None,
    timetable: Path | None = None,
    works: Path | None = None,
    means: Path | None = None,
) -> TrafficSources:
    """Sources that read a user's own files.

    Args:
        bus_lines: What ``clearway impact lines`` wrote; without it the lines are those of the timetable.
        areas: GeoJSON polygons with names: the zones of ``demand``, or suburbs.
        demand: Trips between the zones, CSV or OMX; synthetic ones where absent.
        timetable: A GTFS feed (.zip).
        works: GeoJSON of other works and events; it is read at once.
        means: Crews, trucks and depots; they are read at once.

    Raises:
        BadFile: the works or the means cannot be read.
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

    return TrafficSources(
        lines,
        read,
        trips,
        own_trips=demand is not None,
        timetable=timetable,
        works=read_works(works) if works else None,
        means=read_means(means) if means else None,
    )
