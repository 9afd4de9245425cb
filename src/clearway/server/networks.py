"""A room: one network prepared to be shown and planned on, and the scenario it opens with."""

from __future__ import annotations

import contextlib
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated

import shapely
from fastapi import Path, Request

from clearway.errors import ClearwayError, NotFound
from clearway.network.classes import VEHICLE_CLASSES
from clearway.network.store import network_digest
from clearway.planning.gazetteer import Gazetteer
from clearway.server.desks.map.models import NetworkSummary
from clearway.server.desks.map.street_lookup import StreetDesk
from clearway.server.desks.map.tiles import TileDesk
from clearway.server.desks.plan.models import NetworkDetails, Scenario
from clearway.server.desks.plan.planner import Planner
from clearway.server.desks.traffic.desk import TrafficDesk
from clearway.server.desks.traffic.sources import TrafficSources

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.network.model import Network

DIGEST_SHOWN = 16


@dataclass(frozen=True, eq=False)
class Room:
    """One network and what answers about it."""

    id: str
    network: Network
    digest: str
    scenario: Scenario
    streets: StreetDesk
    tiles: TileDesk
    planner: Planner
    traffic: TrafficDesk

    def summary(self) -> NetworkSummary:
        """The network in a list of networks."""
        return NetworkSummary.model_validate(self._common())

    def details(self) -> NetworkDetails:
        """All that the page must know to open the network."""
        return NetworkDetails.model_validate(
            self._common()
            | {
                "digest": self.digest,
                "tiles": f"/api/networks/{self.id}/tiles/{{z}}/{{x}}/{{y}}.mvt?v={self.digest}",
                "notices": list(self.network.notices),
                "address_source": self.network.address_source,
                "driving_side": self.network.driving_side,
                "vehicle_classes": list(VEHICLE_CLASSES),
                "own_trips": self.traffic.own_trips,
                "scenario": self.scenario,
            }
        )

    def warm(self) -> None:
        """Answer the opening question once, so that all is compiled and kept before somebody waits for it."""
        with contextlib.suppress(ClearwayError):  # the page will show the sentence
            self.planner.plan(self.scenario.question)

    def _common(self) -> dict[str, object]:
        network = self.network
        bounds = [round(float(edge), 6) for edge in network.coverage]
        counts = {"addresses": network.address_count, "ways": network.way_count}
        return {"id": self.id, "name": network.name, "bounds": bounds, **counts}


def open_room(network: Network, scenario: Scenario, traffic: TrafficSources | None = None) -> Room:
    """Prepare a network: index its streets and tiles. A second or two for a city.

    Args:
        network: The road network.
        scenario: What the page opens with.
        traffic: What is known of the city's traffic beside its streets; nothing where absent.
    """
    streets = StreetDesk(network)
    planner = Planner(network, streets, scenario.stations)
    return Room(
        id=slug(network.name),
        network=network,
        digest=network_digest(network)[:DIGEST_SHOWN],
        scenario=scenario,
        streets=streets,
        tiles=TileDesk(network),
        planner=planner,
        traffic=TrafficDesk(network, planner, scenario.stations, traffic or TrafficSources()),
    )


def open_rooms(networks: Sequence[tuple[Network, Scenario]], traffic: TrafficSources | None = None) -> list[Room]:
    """Prepare several networks; those of one name get numbers. What is known of the traffic is the first one's."""
    rooms: list[Room] = []
    for network, scenario in networks:
        room = open_room(network, scenario, None if rooms else traffic)
        taken = sum(1 for other in rooms if slug(other.network.name) == room.id)
        rooms.append(replace(room, id=f"{room.id}-{taken + 1}") if taken else room)
    return rooms


def gazetteer_of(room: Room) -> Gazetteer:
    """Finds places on a room's network; of two streets of one name the one nearer to its site is meant."""
    site = room.scenario.site
    if site is None:
        return Gazetteer(room.network)
    middle = shapely.geometry.shape(site.model_dump()).representative_point()
    return Gazetteer(room.network, (middle.x, middle.y))


def slug(name: str) -> str:
    """A name as it stands in an address.

    >>> slug("Wellington City, 2026")
    'wellington-city-2026'
    """
    return re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-") or "network"


def room_of(network: Annotated[str, Path(description="network id, as /api/networks lists it")], request: Request) -> Room:
    """The room that an address names.

    Raises:
        NotFound: there is none.
    """
    rooms: dict[str, Room] = request.app.state.rooms
    if network not in rooms:
        raise NotFound(f"There is no network '{network}'. This server has: {', '.join(rooms)}.")
    return rooms[network]
