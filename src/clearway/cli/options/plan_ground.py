"""What a plan is checked against, and who helps on which streets."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from clearway.cli.options.typed import option, option_class
from clearway.network.store import load_network
from clearway.planning.access.planner.services import load_services, staffed
from clearway.planning.access.planner.stations import STATION_KINDS, hospitals_among, read_hospitals, read_stations, stations_of
from clearway.planning.gazetteer import Gazetteer
from clearway.planning.geojson import read_json
from clearway.planning.plan.checks import CheckGround
from clearway.planning.plan.jurisdiction import read_jurisdiction
from clearway.planning.plan.works import read_works
from clearway.record.entry import now

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from clearway.network.model import Network
    from clearway.planning.access.planner.services import Staffed
    from clearway.planning.access.planner.stations import Station


@option_class
class HelpFrom:
    """Who helps, and from where."""

    stations: Path | None = option("--stations", help="GeoJSON points where vehicles start; else the network's own stations.")
    services: Path | None = option("--services", help="CSV of services; 'clearway access services' prints ours.")

    def on(self, roads: Network) -> tuple[Staffed, ...]:
        """Each service that has a station on some streets.

        Raises:
            BadFile, BadGeometry: a file cannot be used.
        """
        table = load_services(self.services)
        kinds = tuple(dict.fromkeys((*STATION_KINDS[:3], *(kind for one in table for kind in one.station_kinds))))
        given = read_stations(self.stations, roads, kinds=kinds) if self.stations else None
        found = given or (stations_of(roads, kinds=kinds) if len(roads.place_kind) else None)
        return staffed(table, found.stations) if found else ()


@option_class
class Helpers(HelpFrom):
    """The streets, and who helps on them."""

    network: Path = option("--network", required=True, help="Road network.")
    hospitals: Path | None = option(
        "--hospitals", help="GeoJSON points where patients are taken; else those of the kind 'hospital' among the stations."
    )

    def on_streets(self) -> tuple[Network, tuple[Staffed, ...]]:
        """The network, and each service that has a station there.

        Raises:
            BadFile, BadGeometry: a file cannot be used.
        """
        roads = load_network(self.network)
        return roads, self.on(roads)

    def where_patients_go(self, roads: Network) -> tuple[Station, ...]:
        """The hospitals: of their file, among the stations, or the network's own; none where none is known.

        Raises:
            BadFile, BadGeometry: a file cannot be used.
        """
        if self.hospitals:
            return read_hospitals(self.hospitals, roads).stations
        document = read_json(self.stations, "Give a GeoJSON FeatureCollection of Points.") if self.stations else None
        return hospitals_among(document, roads, source=str(self.stations))


@option_class
class Ground(Helpers):
    """What a plan is checked against."""

    works: Path | None = option("--works", help="GeoJSON of other works and events, with a name, a start and an end each.")
    jurisdiction: Path | None = option(
        "--jurisdiction", help="CSV of powers and their limits.  [default: New Zealand's, which 'plan jurisdiction' prints]"
    )

    def read(self, zone: ZoneInfo) -> CheckGround:
        """All of it.

        Raises:
            BadFile, BadGeometry: a file cannot be used.
        """
        roads, services = self.on_streets()
        return CheckGround(
            gazetteer=Gazetteer(roads),
            zone=zone,
            jurisdiction=read_jurisdiction(self.jurisdiction),
            now=now(),
            services=services,
            hospitals=self.where_patients_go(roads),
            works=read_works(self.works) if self.works else None,
        )
