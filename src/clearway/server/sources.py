"""What is known of a city's traffic beside its streets: suburbs, bus lines, trips. Read when its traffic is first asked for.

The traffic's own modules are imported then too: they take a second or two that nobody should wait for who only wants a cordon.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from clearway.errors import BadFile
from clearway.network.transit.bus_lines import read_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from clearway.network.model import Network
    from clearway.network.transit.bus_lines import BusLine
    from clearway.planning.traffic.demand.areas import Areas
    from clearway.planning.traffic.impact.impact_desk import TripSource


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
    """

    bus_lines: Callable[[Network], Sequence[BusLine]] = no_bus_lines
    areas: Callable[[Network], Areas | None] = no_areas
    trips: Callable[[Network, Areas | None], TripSource] = synthetic_trips
    own_trips: bool = False


def sources_of_files(*, bus_lines: Path | None, areas: Path | None, demand: Path | None) -> TrafficSources:
    """Sources that read a user's own files.

    Args:
        bus_lines: What ``clearway impact lines`` wrote.
        areas: GeoJSON polygons with names: the zones of ``demand``, or suburbs.
        demand: Trips between the zones, CSV or OMX; synthetic ones where absent.
    """

    def lines(network: Network) -> Sequence[BusLine]:
        return _lines_of(network, bus_lines) if bus_lines else ()

    def read(network: Network) -> Areas | None:
        from clearway.planning.traffic.demand.areas import read_areas  # noqa: PLC0415

        return read_areas(areas, network) if areas else None

    def trips(network: Network, parts: Areas | None) -> TripSource:
        return _own_trips(network, demand, parts) if demand else synthetic_trips(network, parts)

    return TrafficSources(bus_lines=lines, areas=read, trips=trips, own_trips=demand is not None)


def _lines_of(network: Network, path: Path) -> Sequence[BusLine]:
    try:
        return read_lines(network, path.read_text("utf-8"), source=str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise BadFile(path, f"cannot be read ({error})", "Give a file that 'clearway impact lines' wrote.") from error


def _own_trips(network: Network, path: Path, areas: Areas | None) -> TripSource:
    """A user's own table; it says itself where its trips come from."""
    from clearway.planning.traffic.assign.case import DemandChoice, network_case  # noqa: PLC0415
    from clearway.planning.traffic.demand.roads import StreetProblem  # noqa: PLC0415
    from clearway.planning.traffic.impact.own_trips import OwnTrips  # noqa: PLC0415

    case = network_case(network, DemandChoice(path, areas))
    if not isinstance(case.roads, StreetProblem):
        raise BadFile(path, "holds no trips of this city's streets", "Give trips between the zones of --areas.")
    statement = case.trips.statement or f"The trips are those of {path.name}, taken as those of the hour that is assigned."
    return OwnTrips(case.roads, replace(case.trips, statement=statement))
