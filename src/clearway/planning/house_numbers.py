"""House numbers of a network: where a number stands, or between which others it lies."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from clearway.planning.streets_by_name import folded

if TYPE_CHECKING:
    from clearway.network.model import Longs, Network

_LABEL = re.compile(r"^(?P<number>\d+(?: ?[A-Za-z]\b)?(?:[-/]\d+[A-Za-z]?)?)\s+(?P<street>.+)$")


class House(NamedTuple):
    """A number, its digits, the way it fronts, its longitude and latitude."""

    number: str
    first: int
    way: int
    spot: tuple[float, float]


class HouseNumbers:
    """The numbers of one network's streets; none where it has frontage points only."""

    def __init__(self, network: Network) -> None:
        self._network = network

    def spot(self, ways: Longs, number: str) -> tuple[float, float] | None:
        """Longitude and latitude of a number on some ways; None where the network does not show it."""
        wanted = {_plain(number), _plain(number.rpartition("/")[2])}
        return next((house.spot for house in self._on(ways) if house.number in wanted), None)

    def beside(self, ways: Longs, number: str) -> tuple[House, House] | None:
        """The neighbours of a number that is not shown, on its side of one street piece; None where they are not on one."""
        first = _first(number)
        side = sorted((house for house in self._on(ways) if (house.first - first) % 2 == 0), key=lambda house: house.first)
        below = [house for house in side if house.first < first][-1:]
        above = [house for house in side if house.first > first][:1]
        if below and above and below[0].way == above[0].way:
            return below[0], above[0]
        return None

    def _on(self, ways: Longs) -> list[House]:
        street = next((name for way in ways if (name := self._network.street(int(way)))), "")
        own = set(ways.tolist())
        houses = self._by_street.get(folded(street), [])
        return [house for house in houses if house.way in own] or houses

    @cached_property
    def _by_street(self) -> dict[str, list[House]]:
        network = self._network
        found: dict[str, list[House]] = {}
        for at, label in enumerate(network.address_label.tolist()):
            read = _LABEL.match(network.string(label) or "")
            if read:
                spot = (float(network.address_lon[at]), float(network.address_lat[at]))
                house = House(_plain(read["number"]), _first(read["number"]), int(network.address_way[at]), spot)
                found.setdefault(folded(read["street"]), []).append(house)
        return found


def _plain(number: str) -> str:
    return number.replace(" ", "").upper()


def _first(number: str) -> int:
    """The number itself: of 3/12A it is 12."""
    digits = re.search(r"\d+", number.rpartition("/")[2])
    return int(digits[0]) if digits else 0
