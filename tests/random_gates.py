"""Random towns whose barriers may become gates, and the best choice found by trying every one of them.

Who gets where is searched by the reading of the access checker, which shares no code with the search that chooses gates.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from clearway.network.geometry import point_at
from clearway.network.model import NEVER_MS
from clearway.planning.access.check.claim import ClosureClaim, GateClaim, StationClaim
from clearway.planning.access.check.network_reading import NetworkReading, Streets
from clearway.planning.access.planner.services import Service, Staffed
from clearway.planning.access.planner.stations import Station
from drawn_towns import Town
from rounds import rounds

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator, Sequence

    from clearway.network.model import Network

HELP, RESIDENTS = "emergency services", "residents"
LONGER_S, STAFF, STAFFED_S = 20.0, 2, 30.0
_PERMITS = [(127, 127)] * 5 + [(127, 0), (0, 127), (127, 1)]
"""Of the last three, one-way streets, help drives the last both ways."""
_BARRIERS = 4


class Way(NamedTuple):
    """One way of opening a barrier."""

    opens: str
    seconds: float | None
    staff: int


@dataclass(frozen=True)
class Ring:
    """A town, where its barriers stand, the fields of a plan, and who helps."""

    network: Network
    cuts: list[tuple[int, float]]
    barriers: list[dict[str, Any]]
    passages: list[dict[str, Any]]
    services: list[Staffed]
    spots: list[tuple[int, float]]


class Best(NamedTuple):
    """The best choice: how each barrier opens, its staff, and the seconds by which a way becomes longest."""

    opens: tuple[str, ...]
    staff: int
    longer_s: int | None


def rings(count: int) -> Iterator[Ring]:
    """As many random towns as that."""
    for chance in rounds(count):
        yield _ring(chance)


def _ring(chance: random.Random) -> Ring:
    """A grid of three by three with most of its streets, and two dead ends."""
    town = Town()
    corners = [(100.0 * x, 100.0 * y) for x in range(3) for y in range(3)]
    streets = [
        (one, other)
        for one in corners
        for other in corners
        if one < other and abs(one[0] - other[0]) + abs(one[1] - other[1]) == 100
    ]
    streets = [*chance.sample(streets, chance.randint(9, 12)), ((200.0, 200.0), (260.0, 260.0)), ((0.0, 0.0), (-60.0, 0.0))]
    for start, end in streets:
        town.street(start, end, permit=chance.choice(_PERMITS), speed_kmh=chance.choice([10.0, 30.0]))
    for way in range(len(streets)):
        town.draft.address(way, chance.choice([10.0, 20.0]))  # never where a barrier stands, in the middle
    network = town.network()
    *cut, first, second = chance.sample(range(len(streets)), _BARRIERS + 2)
    cuts = [(way, 0.5 * float(network.way_length_m[way])) for way in cut]
    barriers = [_barrier(chance, network, number, *at) for number, at in enumerate(cuts, 1)]
    rules: list[dict[str, Any]] = [{"who": HELP, "may": "enter_and_leave"}, {"who": RESIDENTS, "may": "enter_and_leave"}]
    if chance.random() < 0.3:
        rules[0]["gates"] = ["B1", "B2"]
        for barrier in barriers[:2]:
            barrier["opens"] = "staffed"
    spots = [(way, 0.25 * float(network.way_length_m[way])) for way in (first, second)[: chance.choice([1, 1, 2])]]
    stations = tuple(Station(f"S{way}", "fire_station", *point_at(network.geometry(way), at_m)) for way, at_m in spots)
    service = Service("fire", ("fire_station",), within_s=chance.choice([40.0, 60.0, 120.0, 480.0]))
    return Ring(network, cuts, barriers, rules, [Staffed(service, stations)], spots)


def _barrier(chance: random.Random, network: Network, number: int, way: int, at_m: float) -> dict[str, Any]:
    opens = chance.choice(["machine", "machine", "staffed", "swing"])
    seconds = chance.choice([None, 10.0, 45.0, 200.0])
    lon, lat = point_at(network.geometry(way), at_m)
    place = {"type": "point", "at": [lon, lat]}
    return {"id": f"B{number}", "place": place, "opens": opens} | ({} if seconds is None else {"opening_seconds": seconds})


def best_by_hand(ring: Ring, *, one_blocked: bool) -> Best:
    """The best of all choices, tried one by one."""
    options = [_ways(ring, barrier) for barrier in ring.barriers]
    asked = _Asked(ring, [row[0] for row in options], one_blocked=one_blocked)
    found = []
    for places in itertools.product(*(range(len(row)) for row in options)):
        chosen = [row[place] for row, place in zip(options, places, strict=True)]
        if asked.help_comes(chosen) and (longer_ms := asked.longer_ms(chosen)) <= LONGER_S * 1000:
            staff, gates = sum(one.staff for one in chosen), sum(one.opens != "machine" for one in chosen)
            found.append((staff, -(-longer_ms // 1000), gates, places, tuple(one.opens for one in chosen)))
    staff, longer_s, _, _, opens = min(found)
    return Best(opens, staff, longer_s if asked.concerned else None)


def _ways(ring: Ring, barrier: dict[str, Any]) -> list[Way]:
    """How a barrier may open, the most open way first; one that a rule names must be a gate."""
    known, opens = barrier.get("opening_seconds"), barrier["opens"]
    found = [Way("staffed", known if opens == "staffed" and known is not None else STAFFED_S, STAFF)]
    if opens == "swing":
        found.append(Way("swing", STAFFED_S if known is None else known, 0))
    if not any(barrier["id"] in rule.get("gates", ()) for rule in ring.passages):
        found.append(Way("machine", known if opens == "machine" else None, 0))
    return found


class _Asked:
    """What every choice must hold, measured where every barrier is as open as may be."""

    def __init__(self, ring: Ring, most: Sequence[Way], *, one_blocked: bool) -> None:
        self.ring = ring
        self.blocks = [None, *range(len(most))] if one_blocked else [None]
        self.within_ms = round(ring.services[0].service.within_s * 1000)
        self.most = {blocked: self._help_ms(most, blocked) for blocked in self.blocks}
        shut = [Way("machine", None, 0)] * len(most)
        self.ways = [
            (start, address, reached)
            for start in self._sides()
            for address, (reached, cut) in enumerate(
                zip(self._people_ms(most, start), self._people_ms(shut, start), strict=True)
            )
            if reached < NEVER_MS and cut == NEVER_MS
        ]
        self.concerned = bool(self.ways)

    def help_comes(self, chosen: Sequence[Way]) -> bool:
        for blocked in self.blocks:
            for most, now in zip(self.most[blocked], self._help_ms(chosen, blocked), strict=True):
                if most < NEVER_MS and now == NEVER_MS:
                    return False
                if blocked is None and now > self.within_ms >= most:
                    return False
        return True

    def longer_ms(self, chosen: Sequence[Way]) -> int:
        """How much longer the longest way becomes; at most by nothing where all become shorter."""
        times = {start: self._people_ms(chosen, start) for start in {start for start, _, _ in self.ways}}
        return max([0, *(times[start][address] - reached for start, address, reached in self.ways)])

    def _sides(self) -> list[tuple[int, float]]:
        return [(way, at_m + side) for way, at_m in self.ring.cuts for side in (-1.0, 1.0)]

    def _help_ms(self, chosen: Sequence[Way], blocked: int | None) -> list[int]:
        lets = next(rule for rule in self.ring.passages if rule["who"] == HELP).get("gates")
        delays = [
            None if place == blocked or (one.opens != "machine" and lets and barrier["id"] not in lets) else one.seconds
            for place, (one, barrier) in enumerate(zip(chosen, self.ring.barriers, strict=True))
        ]
        return self._ms("emergency", delays, self.ring.spots)

    def _people_ms(self, chosen: Sequence[Way], start: tuple[int, float]) -> list[int]:
        return self._ms("resident", [None if one.opens == "machine" else one.seconds for one in chosen], [start])

    def _ms(self, vehicle: str, delays: Sequence[float | None], starts: Sequence[tuple[int, float]]) -> list[int]:
        both = list(zip(self.ring.cuts, delays, strict=True))
        shut = [ClosureClaim(way, at_m, along=True, against=True) for (way, at_m), delay in both if delay is None]
        gates = [
            GateClaim(way, at_m, along=True, against=True, ms=round(delay * 1000))
            for (way, at_m), delay in both
            if delay is not None
        ]
        reading = NetworkReading(Streets(self.ring.network, vehicle), shut, gates)
        stations = [StationClaim("", 0.0, 0.0, way, at_m, 0) for way, at_m in starts]
        return [min(ms, NEVER_MS) for ms in reading.address_ms(stations).tolist()]
