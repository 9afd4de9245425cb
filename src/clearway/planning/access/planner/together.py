"""Several services as one: what each address waits for the last of them, and what one blocked street would cost."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from clearway.network.model import NEVER_MS
from clearway.planning.access.planner.contract import BlockedStreet, SingleStreet, TimedAddress, WorstAddress
from clearway.planning.access.planner.sides import address_fields
from clearway.planning.access.planner.timing import NO_STATION

if TYPE_CHECKING:
    from clearway.network.model import Bools, Floats, Ints, Longs, Network
    from clearway.network.search.sweep import Sweep
    from clearway.planning.access.planner.fit import Fit
    from clearway.planning.access.planner.ground import Ground
    from clearway.planning.access.planner.services import Service
    from clearway.planning.access.planner.timing import Timing
    from clearway.planning.access.planner.trip import Trips
    from clearway.planning.street_names import StreetNames

WORST_COUNT = 10
"""Longest waits that are listed: as many as fit on a screen."""


@dataclass(frozen=True, eq=False)
class Sides:
    """One service, before and after closures, with streets blocked in turn under them.

    Attributes:
        service: Whose it is.
        before: Without closures.
        after: Under them.
        sweep: Ways blocked in turn, under the closures.
        on_foot_m: (D,) metres on foot from where its vehicles get to under them; infinite where nobody can walk.
        fit: How its vehicle fits.
        trips: Its patients' trips to hospital; None where no hospital is known.
        ground: Hydrants that it comes to, and dead ends that closures make for it.
        notes: What must be known of its stations and of the hospitals, in sentences.
    """

    service: Service
    before: Timing
    after: Timing
    sweep: Sweep
    on_foot_m: Floats
    fit: Fit
    trips: Trips | None
    ground: Ground
    notes: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Figures:
    """What each blocked way does, all services together. B ways.

    Attributes:
        ways: (B,) the ways blocked.
        delayed: (B,) addresses that the service it costs most reaches later than before.
        cut_off: (B,) addresses that some service does not reach any more.
        added_ms: (B,) milliseconds that it adds for that service, all delayed addresses together.
        most_added_ms: (B,) most milliseconds that it adds for any service at one address.
    """

    ways: Ints
    delayed: Ints
    cut_off: Longs
    added_ms: Longs
    most_added_ms: Ints


@dataclass(frozen=True, eq=False)
class Together:
    """Several services as one. D addresses."""

    sides: tuple[Sides, ...]

    @cached_property
    def before_ms(self) -> Ints:
        """(D,) milliseconds until the last service comes, ``NEVER_MS`` where one does not."""
        slowest: Ints = np.maximum.reduce([side.before.ms for side in self.sides])
        return slowest

    @cached_property
    def after_ms(self) -> Ints:
        """The same under the closures."""
        slowest: Ints = np.maximum.reduce([side.after.ms for side in self.sides])
        return slowest

    @cached_property
    def on_foot_m(self) -> Floats:
        """(D,) metres on foot from where every service's vehicles get to, the farthest of them."""
        farthest: Floats = np.maximum.reduce([side.on_foot_m for side in self.sides])
        return farthest

    @cached_property
    def figures(self) -> Figures:
        """What each blocked way does."""
        sweeps = [side.sweep for side in self.sides]
        worst = {
            name: np.maximum.reduce([getattr(sweep, name) for sweep in sweeps])
            for name in ("delayed", "added_ms", "most_added_ms")
        }
        rows = np.concatenate([np.repeat(np.arange(len(sweep.ways)), np.diff(sweep.cut_start)) for sweep in sweeps])
        addresses = np.concatenate([sweep.cut_address for sweep in sweeps])
        lost = np.unique(np.column_stack((rows, addresses)), axis=0)[:, 0]
        return Figures(sweeps[0].ways, cut_off=np.bincount(lost, minlength=len(sweeps[0].ways)), **worst)

    @cached_property
    def two_approaches(self) -> Bools:
        """(D,) whether every service reaches an address by two paths that share no street."""
        both: Bools = np.logical_and.reduce([side.sweep.two_approaches for side in self.sides])
        return both

    def station_before(self, address: int) -> str | None:
        """The station that the last service comes from; None where it does not come."""
        return station_name(max((side.before for side in self.sides), key=lambda timing: timing.ms[address]), address)

    def station_after(self, address: int) -> str | None:
        """The same under the closures."""
        return station_name(max((side.after for side in self.sides), key=lambda timing: timing.ms[address]), address)


def worst_rows(names: StreetNames, together: Together) -> tuple[WorstAddress, ...]:
    """The addresses that wait longest after, one for each street, ten at most."""
    waits = np.where(together.after_ms == NEVER_MS, -1, together.after_ms)
    rows = (timed_address(names, together, address) for address in longest_waits(names.network, waits))
    return tuple(WorstAddress(**dict(row), station=row.station_after) for row in rows)


def timed_address(names: StreetNames, together: Together, address: int) -> TimedAddress:
    """One address with its times to the millisecond."""
    return TimedAddress.model_construct(
        **address_fields(names, address),
        station_before=together.station_before(address),
        seconds_before=_seconds(together.before_ms, address),
        station_after=together.station_after(address),
        seconds_after=_seconds(together.after_ms, address),
    )


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


def most_cut_off(figures: Figures, among: Bools | None = None) -> list[int]:
    """Rows of figures whose way alone cuts off addresses, most addresses first."""
    order = np.argsort(-figures.cut_off, kind="stable")
    counted = (figures.cut_off > 0) if among is None else among & (figures.cut_off > 0)
    rows: list[int] = order[counted[order]].tolist()
    return rows


def most_delaying(figures: Figures, among: Bools | None = None) -> list[int]:
    """Rows of figures whose way delays addresses, most seconds for one address first."""
    order = np.argsort(-figures.most_added_ms, kind="stable")
    counted = (figures.delayed > 0) if among is None else among & (figures.delayed > 0)
    rows: list[int] = order[counted[order]].tolist()
    return rows


def single_street(names: StreetNames, figures: Figures, row: int) -> SingleStreet:
    """The way of a row, and the addresses that it alone cuts off."""
    return SingleStreet(**_way(names, figures, row), addresses=int(figures.cut_off[row]))


def blocked_street(names: StreetNames, figures: Figures, row: int) -> BlockedStreet:
    """What the way of a row costs when it is blocked."""
    return BlockedStreet(
        **_way(names, figures, row),
        added_seconds=int(figures.most_added_ms[row]) / 1000,
        total_seconds=int(figures.added_ms[row]) / 1000,
        addresses=int(figures.delayed[row]),
        cut_off=int(figures.cut_off[row]),
    )


def _way(names: StreetNames, figures: Figures, row: int) -> dict[str, Any]:
    """What the way of a row is called, its id in the source, and its index."""
    way = int(figures.ways[row])
    return {"street": names.between(way), "ways": (int(names.network.way_source[way]),), "way_indexes": (way,)}


def station_name(timing: Timing, address: int) -> str | None:
    """The station from which an address is reached soonest, None where it is not reached."""
    index = int(timing.station[address])
    return None if index == NO_STATION else timing.stations[index].name


def _seconds(times: Ints, address: int) -> float | None:
    ms = int(times[address])
    return None if ms == NEVER_MS else ms / 1000
