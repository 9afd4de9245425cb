"""Access in figures: who is reached, how soon, on what each address depends, and what one blocked street would cost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from clearway.network.model import NEVER_MS
from clearway.network.search.sweep import block_each_way
from clearway.planning.access.planner.timing import NO_STATION, AccessTimer
from clearway.planning.access.planner.witness import cut_off_by
from clearway.planning.street_names import StreetNames

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from clearway.network.closures import Closure
    from clearway.network.model import Bools, Ints, Network
    from clearway.network.search.sweep import Sweep
    from clearway.planning.access.planner.stations import Station
    from clearway.planning.access.planner.timing import Timing

WITHIN_S = 480.0
"""Eight minutes: the usual aim for an ambulance to a life-threatening call."""

WORST_COUNT = 10
"""Longest waits that are listed: as many as fit on a screen."""
_QUANTILES = {"p50": 50.0, "p90": 90.0, "max": 100.0}
_DEGREE_DECIMALS = 7
"""A centimetre."""


@dataclass(frozen=True, eq=False)
class AccessReport:
    """Access before and after closures, with each street blocked in turn under those closures.

    Attributes:
        before: Without closures.
        after: Under them.
        sweep: Every way blocked in turn, under the closures.
        cut_off: For each address that the closures cut off, their indexes in ``after.closures``.
        within_s: Seconds within which help should come.
        names: What streets and addresses are called.
    """

    before: Timing
    after: Timing
    sweep: Sweep
    cut_off: Mapping[int, tuple[int, ...]]
    within_s: float
    names: StreetNames

    @property
    def network(self) -> Network:
        """The network that was asked about."""
        return self.names.network

    def as_json(self, most: int | None = None) -> dict[str, Any]:
        """The report as JSON; lists are worst first, seconds have three decimals.

        Args:
            most: Streets to list under ``single_street`` and ``n_minus_1`` each; all of them where None.
        """
        single, delaying = most_cut_off(self.sweep), most_delaying(self.sweep)
        return {
            "network": self.network.name,
            "address_source": self.network.address_source,
            "class": self.after.graph.vehicle_class,
            "stations": len(self.after.stations),
            "closures": [closure.label for closure in self.after.closures],
            "addresses": self.network.address_count,
            "before": self._side(self.before, {}),
            "after": self._side(self.after, self.cut_off),
            "within": {
                "seconds": self.within_s,
                "before": reached_within(self.before, self.within_s),
                "after": reached_within(self.after, self.within_s),
            },
            "worst": [self._timed_address(address) for address in self.worst_addresses()],
            "two_approaches": int(self.sweep.two_approaches.sum()),
            "single_street_count": len(single),
            "single_street": [self._depended_on(row) for row in single[:most]],
            "n_minus_1_count": len(delaying),
            "n_minus_1": [self._blocked(row) for row in delaying[:most]],
        }

    def worst_addresses(self) -> list[int]:
        """The addresses that wait longest after, one for each street, ten at most."""
        return longest_waits(self.network, np.where(self.after.ms == NEVER_MS, -1, self.after.ms))

    def rows(self) -> Iterable[dict[str, Any]]:
        """Every address with its nearest station and seconds before and after, and the streets that it depends on."""
        start, ways = self.sweep.single_ways
        for address in range(self.network.address_count):
            depends = ways[start[address] : start[address + 1]].tolist()
            yield self._timed_address(address) | {
                "reached_before": bool(self.before.ms[address] < NEVER_MS),
                "reached_after": bool(self.after.ms[address] < NEVER_MS),
                "cut_off_by": [self.after.closures[index].label for index in self.cut_off.get(address, ())],
                "depends_on": [int(self.network.way_source[way]) for way in depends],
            }

    def _depended_on(self, row: int) -> dict[str, Any]:
        return blocked_street(self.names, self.sweep, row) | {"addresses": int(self.sweep.cut_off[row])}

    def _blocked(self, row: int) -> dict[str, Any]:
        return blocked_street(self.names, self.sweep, row) | blocked_figures(self.sweep, row)

    def _side(self, timing: Timing, cut_off: Mapping[int, tuple[int, ...]]) -> dict[str, Any]:
        unreached = np.flatnonzero(timing.ms == NEVER_MS).tolist()
        return {
            "addresses": self.network.address_count,
            "reached": self.network.address_count - len(unreached),
            "unreached": [
                self._address(address)
                | {"cut_off_by": [timing.closures[index].label for index in cut_off.get(address, ())]}
                | {"closures": list(cut_off.get(address, ()))}
                for address in unreached
            ],
            "seconds": quantiles(timing),
        }

    def _address(self, address: int) -> dict[str, Any]:
        network, way = self.network, int(self.network.address_way[address])
        return {
            "address": address,
            "label": self.names.address(address),
            "street": self.names.street(way),
            "way": int(network.way_source[way]),
            "lon": round(float(network.address_lon[address]), _DEGREE_DECIMALS),
            "lat": round(float(network.address_lat[address]), _DEGREE_DECIMALS),
        }

    def _timed_address(self, address: int) -> dict[str, Any]:
        return self._address(address) | {
            "station_before": _station(self.before, address),
            "seconds_before": _seconds(self.before, address),
            "station_after": _station(self.after, address),
            "seconds_after": _seconds(self.after, address),
        }


def assess_access(
    timer: AccessTimer,
    stations: tuple[Station, ...],
    *,
    vehicle_class: str = "emergency",
    closures: Iterable[Closure] = (),
    moment: datetime | None = None,
    within_s: float = WITHIN_S,
) -> AccessReport:
    """Time every address before and after closures, and block every street in turn under them.

    Args:
        timer: Of the network.
        stations: Where vehicles start.
        vehicle_class: One of ``VEHICLE_CLASSES``.
        closures: What is shut; those for other classes and moments are passed over.
        moment: When; None counts every closure.
        within_s: Seconds within which help should come.

    Raises:
        BadInput: the class may drive nowhere.
        BadGeometry: a station lies off the streets.
        UnknownName: no such class.
    """
    before = timer.before(stations, vehicle_class)
    after = timer.after(stations, vehicle_class, closures, moment)
    sweep = block_each_way(after.graph, after.tree, after.targets)
    return AccessReport(before, after, sweep, cut_off_by(before, after), within_s, StreetNames(timer.network))


def quantiles(timing: Timing) -> dict[str, float | None]:
    """Median, ninth decile and longest time over the addresses reached, seconds; None where none is."""
    reached = timing.ms[timing.ms < NEVER_MS]
    if not len(reached):
        return dict.fromkeys(_QUANTILES)
    return {name: round(float(np.percentile(reached, share)) / 1000, 3) for name, share in _QUANTILES.items()}


def reached_within(timing: Timing, within_s: float) -> int:
    """How many addresses are reached within some seconds."""
    return int((timing.ms <= min(within_s * 1000, NEVER_MS - 1)).sum())


def longest_waits(network: Network, waits: Ints, count: int = WORST_COUNT) -> list[int]:
    """The addresses with the longest waits, longest first, the first of each street alone.

    Args:
        network: The network.
        waits: (D,) any measure of waiting, negative where an address is not to be listed.
        count: How many at most.
    """
    order = np.argsort(-waits.astype(np.int64), kind="stable")[: int((waits >= 0).sum())]
    ways = network.address_way[order]
    street = np.where(network.way_name[ways] >= 0, network.way_name[ways], -1 - network.way_source[ways])
    _, first = np.unique(street, return_index=True)
    chosen: list[int] = order[np.sort(first)[:count]].tolist()
    return chosen


def most_cut_off(sweep: Sweep, among: Bools | None = None) -> list[int]:
    """Rows of a sweep whose way alone cuts off addresses, most addresses first."""
    order = np.argsort(-sweep.cut_off, kind="stable")
    kept = (sweep.cut_off > 0) if among is None else among & (sweep.cut_off > 0)
    rows: list[int] = order[kept[order]].tolist()
    return rows


def most_delaying(sweep: Sweep, among: Bools | None = None) -> list[int]:
    """Rows of a sweep whose way delays addresses, most seconds for one address first."""
    order = np.argsort(-sweep.most_added_ms, kind="stable")
    kept = (sweep.delayed > 0) if among is None else among & (sweep.delayed > 0)
    rows: list[int] = order[kept[order]].tolist()
    return rows


def blocked_street(names: StreetNames, sweep: Sweep, row: int) -> dict[str, Any]:
    """What the way of a row is called, its id in the source, and its index."""
    way = int(sweep.ways[row])
    return {"street": names.between(way), "ways": [int(names.network.way_source[way])], "way_indexes": [way]}


def blocked_figures(sweep: Sweep, row: int) -> dict[str, float | int]:
    """What one blocked way costs: most seconds for one address, seconds of all, addresses delayed, addresses cut off."""
    return {
        "added_seconds": int(sweep.most_added_ms[row]) / 1000,
        "total_seconds": int(sweep.added_ms[row]) / 1000,
        "addresses": int(sweep.delayed[row]),
        "cut_off": int(sweep.cut_off[row]),
    }


def _station(timing: Timing, address: int) -> str | None:
    index = int(timing.station[address])
    return None if index == NO_STATION else timing.stations[index].name


def _seconds(timing: Timing, address: int) -> float | None:
    ms = int(timing.ms[address])
    return None if ms == NEVER_MS else ms / 1000
