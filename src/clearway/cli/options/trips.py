"""The trips of a city as options: somebody's own, or synthetic ones, and the hour that is assigned."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from clearway.cli.options.typed import option, option_class
from clearway.planning.traffic.assign.case import DemandChoice, own_table
from clearway.planning.traffic.demand.areas import read_areas
from clearway.planning.traffic.demand.zones import ZONE_COUNT
from clearway.planning.traffic.impact.impact_model import DEFAULT_HOUR
from clearway.planning.traffic.impact.own_trips import OwnTrips

if TYPE_CHECKING:
    from collections.abc import Callable

    from clearway.network.model import Network
    from clearway.planning.traffic.impact.impact_model import TripSource


@option_class
class TripOptions:
    """Where the trips come from, and which hour is assigned."""

    demand: Path | None = option("--demand", metavar="TRIPS", help="Your own trips: CSV or OMX.  [default: synthetic trips]")
    matrices: tuple[str, ...] = option("--matrix", help="Matrix of an OMX file.")
    areas: Path | None = option("--areas", help="GeoJSON polygons with names: the zones, or the suburbs they are parts of.")
    area_name: str = option("--area-name", default="name", show_default=True, help="The property that names an area.")
    zones: int = option("--zones", type=click.IntRange(1), default=ZONE_COUNT, show_default=True, help="Zones to aim at.")
    hour: int = option("--hour", type=click.IntRange(0, 23), default=DEFAULT_HOUR, show_default=True, help="Hour to assign.")
    day: str = option(
        "--day", type=click.Choice(["weekday", "weekend"]), default="weekday", show_default=True, help="Kind of day."
    )

    def source(self, roads: Network, tell: Callable[[str], None]) -> TripSource:
        """The trips; what is done to get them is told first.

        Raises:
            BadInput, BadFile, UnknownName: the trips or the areas cannot be used.
        """
        tell("Reading the trips" if self.demand else "Making a synthetic demand")
        areas = read_areas(self.areas, roads, name_property=self.area_name) if self.areas else None
        if self.demand is None:
            from clearway.planning.traffic.demand.ensemble import SyntheticSource  # noqa: PLC0415 - it takes a second to import
            from clearway.planning.traffic.demand.town import make_town  # noqa: PLC0415

            return SyntheticSource(make_town(roads, areas=areas, zone_count=self.zones, day=self.day))
        choice = DemandChoice(self.demand, areas, zone_count=self.zones, day=self.day, matrices=self.matrices)
        return OwnTrips(*own_table(roads, choice))
