"""Access in figures: who is reached, how soon, on what each address depends, and what one blocked street would cost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from clearway.network.model import NEVER_MS
from clearway.network.search.sweep import block_each_way
from clearway.planning.access.planner.contract import (
    AccessSide,
    AddressRow,
    BlockedStreet,
    FullAccess,
    FullAccessSide,
    SingleStreet,
    TimedAddress,
    UnreachedAddress,
    Within,
    WorstAddress,
)
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

    def answer(self, most: int | None = None) -> FullAccess:
        """The report in figures; lists are worst first, seconds have three decimals.

        Args:
            most: Streets to list under ``single_street`` and ``n_minus_1`` each; all of them where None.
        """
        single, delaying = most_cut_off(self.sweep), most_delaying(self.sweep)
        timed = (self.timed_address(address) for address in self.worst_addresses())
        return FullAccess(
            network=self.network.name,
            address_source=self.network.address_source,
            vehicle_class=self.after.graph.vehicle_class,
            stations=len(self.after.stations),
            closures=tuple(closure.label for closure in self.after.closures),
            addresses=self.network.address_count,
            before=self._side(self.before, {}),
            after=self._side(self.after, self.cut_off),
            within=within(self.before, self.after, self.within_s),
            worst=tuple(WorstAddress(**dict(one), station=one.station_after) for one in timed),
            two_approaches=int(self.sweep.two_approaches.sum()),
            single_street_count=len(single),
            single_street=tuple(single_street(self.names, self.sweep, row) for row in single[:most]),
            n_minus_1_count=len(delaying),
            n_minus_1=tuple(blocked_street(self.names, self.sweep, row) for row in delaying[:most]),
        )

    def worst_addresses(self) -> list[int]:
        """The addresses that wait longest after, one for each street, ten at most."""
        return longest_waits(self.network, np.where(self.after.ms == NEVER_MS, -1, self.after.ms))

    def rows(self) -> Iterable[AddressRow]:
        """Every address with its nearest station and seconds before and after, and the streets that it depends on."""
        start, ways = self.sweep.single_ways
        for address in range(self.network.address_count):
            depends = ways[start[address] : start[address + 1]].tolist()
            yield AddressRow.model_construct(  # known to be good, and many
                **dict(self.timed_address(address)),
                reached_before=bool(self.before.ms[address] < NEVER_MS),
                reached_after=bool(self.after.ms[address] < NEVER_MS),
                cut_off_by=tuple(self.after.closures[index].label for index in self.cut_off.get(address, ())),
                depends_on=tuple(int(self.network.way_source[way]) for way in depends),
            )

    def timed_address(self, address: int) -> TimedAddress:
        """One address with its times to the millisecond."""
        return TimedAddress.model_construct(
            **address_fields(self.names, address),
            station_before=station_name(self.before, address),
            seconds_before=_seconds(self.before, address),
            station_after=station_name(self.after, address),
            seconds_after=_seconds(self.after, address),
        )

    def _side(self, timing: Timing, cut_off: Mapping[int, tuple[int, ...]]) -> FullAccessSide:
        side, unreached = side_of(timing), np.flatnonzero(timing.ms == NEVER_MS).tolist()
        return FullAccessSide(
            **dict(side),
            addresses=self.network.address_count,
            unreached=tuple(
                UnreachedAddress.model_construct(
                    **address_fields(self.names, address),
                    cut_off_by=tuple(timing.closures[index].label for index in cut_off.get(address, ())),
                    closures=cut_off.get(address, ()),
                )
                for address in unreached
            ),
            seconds={name: getattr(side, name) for name in _QUANTILES},
        )


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


def side_of(timing: Timing) -> AccessSide:
    """How many are reached, and the median, the ninth decile and the longest of their times; None where nobody is."""
    reached = timing.ms[timing.ms < NEVER_MS]
    seconds = {
        name: round(float(np.percentile(reached, share)) / 1000, 3) if len(reached) else None
        for name, share in _QUANTILES.items()
    }
    return AccessSide(reached=len(reached), unreached_count=len(timing.ms) - len(reached), **seconds)


def within(before: Timing, after: Timing, within_s: float) -> Within:
    """How many addresses are reached within some seconds."""
    most_ms = min(within_s * 1000, NEVER_MS - 1)
    return Within(seconds=within_s, before=int((before.ms <= most_ms).sum()), after=int((after.ms <= most_ms).sum()))


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
    counted = (sweep.cut_off > 0) if among is None else among & (sweep.cut_off > 0)
    rows: list[int] = order[counted[order]].tolist()
    return rows


def most_delaying(sweep: Sweep, among: Bools | None = None) -> list[int]:
    """Rows of a sweep whose way delays addresses, most seconds for one address first."""
    order = np.argsort(-sweep.most_added_ms, kind="stable")
    counted = (sweep.delayed > 0) if among is None else among & (sweep.delayed > 0)
    rows: list[int] = order[counted[order]].tolist()
    return rows


def single_street(names: StreetNames, sweep: Sweep, row: int) -> SingleStreet:
    """The way of a row, and the addresses that it alone cuts off."""
    return SingleStreet(**_way(names, sweep, row), addresses=int(sweep.cut_off[row]))


def blocked_street(names: StreetNames, sweep: Sweep, row: int) -> BlockedStreet:
    """What the way of a row costs when it is blocked."""
    return BlockedStreet(
        **_way(names, sweep, row),
        added_seconds=int(sweep.most_added_ms[row]) / 1000,
        total_seconds=int(sweep.added_ms[row]) / 1000,
        addresses=int(sweep.delayed[row]),
        cut_off=int(sweep.cut_off[row]),
    )


def _way(names: StreetNames, sweep: Sweep, row: int) -> dict[str, Any]:
    """What the way of a row is called, its id in the source, and its index."""
    way = int(sweep.ways[row])
    return {"street": names.between(way), "ways": (int(names.network.way_source[way]),), "way_indexes": (way,)}


def address_fields(names: StreetNames, address: int) -> dict[str, Any]:
    """The fields of an :class:`Address`."""
    network, way = names.network, int(names.network.address_way[address])
    return {
        "address": address,
        "label": names.address(address),
        "street": names.street(way),
        "way": int(network.way_source[way]),
        "lon": round(float(network.address_lon[address]), _DEGREE_DECIMALS),
        "lat": round(float(network.address_lat[address]), _DEGREE_DECIMALS),
    }


def station_name(timing: Timing, address: int) -> str | None:
    """The station from which an address is reached soonest, None where it is not reached."""
    index = int(timing.station[address])
    return None if index == NO_STATION else timing.stations[index].name


def _seconds(timing: Timing, address: int) -> float | None:
    ms = int(timing.ms[address])
    return None if ms == NEVER_MS else ms / 1000
