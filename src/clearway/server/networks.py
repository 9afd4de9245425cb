"""The networks that are served, each with what is known of its city."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

import shapely

from clearway.network.store import network_digest
from clearway.planning.gazetteer import Gazetteer
from clearway.server.served import Served
from clearway.server.sources import TrafficSources

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.network.model import Network
    from clearway.server.city import City

_DIGEST_SHOWN = 16


@dataclass(frozen=True, eq=False)
class ServedNetwork(Served):
    """One network and what belongs to it.

    Attributes:
        id: Its name in addresses.
        network: The streets.
        digest: Names this very content.
        city: What is known of the city besides its streets.
        sources: Where its traffic comes from.
    """

    id: str
    network: Network
    digest: str
    city: City
    sources: TrafficSources = field(default_factory=TrafficSources)

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """Finds places on it; of two streets of one name the one nearer to the site is meant."""
        site = self.city.site
        if site is None:
            return Gazetteer(self.network)
        middle = shapely.geometry.shape(site.model_dump()).representative_point()
        return Gazetteer(self.network, (middle.x, middle.y))


def served_network(network: Network, city: City, sources: TrafficSources | None = None) -> ServedNetwork:
    """A network to be served.

    Args:
        network: The road network.
        city: What is known of the city besides its streets.
        sources: Where its traffic comes from; synthetic trips by default.
    """
    return ServedNetwork(
        id=slug(network.name),
        network=network,
        digest=network_digest(network)[:_DIGEST_SHOWN],
        city=city,
        sources=sources or TrafficSources(),
    )


def served_networks(networks: Sequence[tuple[Network, City]], sources: TrafficSources | None = None) -> list[ServedNetwork]:
    """Several networks to be served; those of one name get numbers. The traffic is the first one's."""
    served: list[ServedNetwork] = []
    for network, city in networks:
        one = served_network(network, city, None if served else sources)
        taken = sum(1 for other in served if slug(other.network.name) == one.id)
        served.append(replace(one, id=f"{one.id}-{taken + 1}") if taken else one)
    return served


def slug(name: str) -> str:
    """A name as it stands in an address.

    >>> slug("Wellington City, 2026")
    'wellington-city-2026'
    """
    return re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-") or "network"
