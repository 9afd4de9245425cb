"""The networks that are served, each with what is known of its city."""

from __future__ import annotations

import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

import shapely

from clearway.network.store import network_digest
from clearway.network.zone import zone_of
from clearway.planning.gazetteer import Gazetteer
from clearway.server.served import Served
from clearway.server.sources import TrafficSources

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

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

    @cached_property
    def zone(self) -> str | None:
        """The time zone that the city keeps, as Pacific/Auckland; None where the map does not say."""
        return zone_of(self.network)


class Networks(Mapping[str, ServedNetwork]):
    """The networks that are served, by id, in the order in which they were opened. Safe for several threads.

    Args:
        networks: The first ones; their ids must differ.
    """

    def __init__(self, networks: Iterable[ServedNetwork] = ()) -> None:
        self._known = {network.id: network for network in networks}
        self._lock = threading.Lock()

    def add(self, served: ServedNetwork) -> ServedNetwork:
        """One more, with a number behind its id where another has that id already."""
        with self._lock:
            new = replace(served, id=free_id(served.id, self._known))
            self._known = {**self._known, new.id: new}  # who looks at the others at this moment is not disturbed
        return new

    def __getitem__(self, name: str) -> ServedNetwork:
        """The network of an id."""
        return self._known[name]

    def __iter__(self) -> Iterator[str]:
        """The ids."""
        return iter(self._known)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._known)


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
    served = Networks()
    for network, city in networks:
        served.add(served_network(network, city, None if served else sources))
    return list(served.values())


def free_id(wanted: str, taken: Iterable[str]) -> str:
    """An id that nothing has yet.

    >>> free_id("helsinki", ["helsinki", "helsinki-2"])
    'helsinki-3'
    """
    held = set(taken)
    numbered = (f"{wanted}-{number}" for number in range(2, len(held) + 3))
    return wanted if wanted not in held else next(name for name in numbered if name not in held)


def slug(name: str) -> str:
    """A name as it stands in an address.

    >>> slug("Wellington City, 2026")
    'wellington-city-2026'
    """
    return re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-") or "network"
