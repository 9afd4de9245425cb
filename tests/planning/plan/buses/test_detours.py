"""Detours: small towns with answers counted by hand, and every choice tried on random ones."""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clearway.network.build import NetworkDraft
from clearway.network.closures import Closure, shut_arcs
from clearway.network.search.arc_search import ArcSearch
from clearway.network.transit.bus_network import BusNetwork, bus_network
from clearway.network.transit.timetable import Pattern, Route, Stop, Timetable, Trip
from clearway.planning.plan.buses.cuts import cuts
from clearway.planning.plan.buses.detours import Course, Drive, rerouted
from rounds import examples

if TYPE_CHECKING:
    from clearway.network.model import Network

MISSED_STOP_S = 180.0
OWN_STREETS = 0.5

NORTH_M = 111195.08
EAST_M = NORTH_M * np.cos(np.radians(41.28))
BUS_M_PER_S = 50 * 0.9 / 3.6
"""Of a residential street."""


def at(east: float, north: float) -> tuple[float, float]:
    return 174.77 + east / EAST_M, -41.28 + north / NORTH_M


def ladder(blocks: int = 5, *, shape: dict[int, float] | None = None) -> NetworkDraft:
    """Main Street in blocks of 200 m at 0 m north, Back Street at 100 m; cross streets at every corner.

    Ways: blocks of Main Street, then of Back Street, then the cross streets.
    """
    draft = NetworkDraft("Ladder")
    rows = [[draft.junction(*at(200 * x, y)) for x in range(blocks + 1)] for y in (0, 100)]
    for name, row in zip(("Main Street", "Back Street"), rows, strict=True):
        for first, second in pairwise(row):
            draft.way(first, second, name=name)
    for number, (first, second) in enumerate(zip(*rows, strict=True)):
        draft.way(first, second, name=f"Cross {number}", speed_kmh=(shape or {}).get(number))
    return draft


def buses(network: Network, stops: list[tuple[float, float]], drawn: list[tuple[float, float]]) -> BusNetwork:
    named = {str(index): Stop(str(index), f"Stop {index}", *at(*stop), "", None) for index, stop in enumerate(stops)}
    trip = Trip("t", "", tuple(60.0 * index for index in range(len(stops))))
    pattern = Pattern(Route("r", "1", ""), "0", "s", tuple(named), (trip,))
    shapes = {"s": np.array([at(*point) for point in drawn])}
    return bus_network(network, Timetable("feed.zip", None, date(2026, 1, 5), None, named, (pattern,), shapes, ()))


def along_main(network: Network, stops: list[float], end: float = 1000.0) -> BusNetwork:
    return buses(network, [(x, 5) for x in stops], [(0, 0), (end, 0)])


def drive(found: BusNetwork, *closures: Closure) -> Drive:
    (cut,) = cuts(found.timetable, found.lines, closures)
    search = ArcSearch(found.graph, shut_arcs(found.network, closures, "bus"))
    return rerouted(Course(found.graph, found.lines[0]), cut.pieces, search)


def shut(way: int, at_m: float | None = None, *, along: bool = True, against: bool = True) -> Closure:
    return Closure(way, 127, at_m=at_m, along=along, against=against, label="shut")


def test_the_next_parallel_street_is_taken_and_the_stop_between_is_missed() -> None:
    found = drive(along_main(ladder().finish(), [100, 500, 900]), shut(2))
    assert found.state == "detour"
    ((leaves, joins, arcs),) = found.rounds
    assert (leaves, joins, arcs) == (2, 3, (24, 14, 27))
    assert found.served == (True, False, True)
    assert found.extra_m == pytest.approx(200, abs=0.5)
    assert found.extra_ms == pytest.approx(200 / BUS_M_PER_S * 1000, abs=5)


@pytest.mark.parametrize(("stop", "served"), [(399, True), (401, False), (500, False), (599, False), (601, True)])
def test_a_stop_at_the_edge_of_what_is_shut_is_decided_by_its_place_on_the_path(stop: float, served: bool) -> None:  # noqa: FBT001 - a row of a table
    assert drive(along_main(ladder().finish(), [100, stop, 900]), shut(2)).served[1] == served


def test_a_barrier_at_a_point_shuts_its_whole_block_to_a_bus_that_cannot_turn_round() -> None:
    found = drive(along_main(ladder().finish(), [100, 420, 900]), shut(2, at_m=150))
    assert (found.state, found.served) == ("detour", (True, False, True))


def test_a_path_that_ends_before_a_barrier_is_not_cut_by_it() -> None:
    town = along_main(ladder().finish(), [100, 420], end=500)
    assert cuts(town.timetable, town.lines, [shut(2, at_m=150)]) == []
    assert len(cuts(town.timetable, town.lines, [shut(2, at_m=50)])) == 1


def test_a_closure_of_one_direction_cuts_only_the_buses_of_that_direction() -> None:
    town = along_main(ladder().finish(), [100, 900])
    assert cuts(town.timetable, town.lines, [shut(2, along=False)]) == []
    assert len(cuts(town.timetable, town.lines, [shut(2, against=False)])) == 1


def test_no_stop_missed_is_a_detour_too() -> None:
    found = drive(along_main(ladder().finish(), [100, 900]), shut(2))
    assert (found.state, found.served) == ("detour", (True, True))


def test_two_closures_are_passed_one_after_the_other_where_a_stop_lies_between() -> None:
    town = along_main(ladder(7).finish(), [100, 700, 1300], end=1400)
    found = drive(town, shut(2), shut(4))
    assert [(one.leaves, one.joins) for one in found.rounds] == [(2, 3), (4, 5)]
    assert found.served == (True, True, True)
    between = along_main(ladder(7).finish(), [100, 1300], end=1400)
    found = drive(between, shut(2), shut(4))
    assert [(one.leaves, one.joins) for one in found.rounds] == [(2, 5)]


def test_a_stop_on_the_way_keeps_a_bus_on_its_path_where_leaving_early_saves_less_than_three_minutes() -> None:
    crawl = {2: 3.0}  # Cross 2 at 3 km/h: 133 s for its 100 m
    with_stop = drive(along_main(ladder(shape=crawl).finish(), [100, 300, 900]), shut(2))
    assert [one.leaves for one in with_stop.rounds] == [2]
    without = drive(along_main(ladder(shape=crawl).finish(), [100, 900]), shut(2))
    assert [one.leaves for one in without.rounds] == [1]


def test_without_any_detour_the_end_with_more_stops_is_served() -> None:
    draft = NetworkDraft("Street")
    ends = [draft.junction(*at(200 * x, 0)) for x in range(6)]
    for first, second in pairwise(ends):
        draft.way(first, second, name="Street")
    street = draft.finish()
    found = drive(along_main(street, [100, 700, 900]), shut(1))
    assert (found.state, found.first, found.end, found.served) == ("cut_short", 2, 5, (False, True, True))
    found = drive(along_main(street, [100, 300, 900]), shut(3))
    assert (found.state, found.first, found.end, found.served) == ("cut_short", 0, 3, (True, True, False))
    everything = drive(along_main(street, [100, 900]), *(shut(way) for way in range(5)))
    assert (everything.state, everything.served) == ("stopped", (False, False))


def test_a_detour_that_needs_a_forbidden_turn_a_narrow_or_a_private_street_is_not_driven() -> None:
    plain = drive(along_main(ladder().finish(), [100, 900]), shut(2))
    assert plain.rounds[0].arcs == (24, 14, 27)
    draft = ladder()
    draft.turn([2, 24])  # from Main Street into Cross 2
    assert drive(along_main(draft.finish(), [100, 900]), shut(2)).rounds[0].arcs == (22, 12, 14, 27)
    draft = ladder()
    draft.turn([24, 14])  # from Cross 2 into Back Street
    assert drive(along_main(draft.finish(), [100, 900]), shut(2)).rounds[0].arcs == (22, 12, 14, 27)


# ---- every choice tried, by code that shares nothing with the search


@dataclass(frozen=True)
class Case:
    network: Network
    stops: tuple[float, ...]
    shut: tuple[int, ...]


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A ladder with some speeds, one-ways and turn bans, a line along Main Street, and shut pieces, of it and others."""
    blocks = draw(st.integers(3, 6))
    draft = NetworkDraft("Random")
    rows = [[draft.junction(*at(200 * x, y)) for x in range(blocks + 1)] for y in (0, 100, 220)]
    speeds = st.sampled_from([10.0, 30.0, 50.0])
    permit = st.sampled_from([(127, 127), (127, 127), (127, 0), (0, 127)])
    for number, row in enumerate(rows):
        for first, second in pairwise(row):
            draft.way(first, second, speed_kmh=draw(speeds), permit=(127, 127) if number == 0 else draw(permit))
    for upper, lower in ((1, 0), (2, 1)):
        for first, second in zip(rows[lower], rows[upper], strict=True):
            draft.way(first, second, speed_kmh=draw(speeds), permit=draw(permit))
    for _ in range(draw(st.integers(0, 3))):
        x = draw(st.integers(0, blocks - 2))
        draft.turn([2 * x, 2 * (3 * blocks + x + 1)])  # from Main Street into the cross street
    stops = sorted(draw(st.sets(st.integers(1, 2 * blocks - 1), min_size=2, max_size=5)))
    own = draw(st.sets(st.integers(1, blocks - 2), min_size=1, max_size=2))
    others = draw(st.sets(st.integers(blocks, 3 * blocks + 2 * (blocks + 1) - 1), max_size=2))
    return Case(draft.finish(), tuple(100.0 * stop + (3 if stop % 2 == 0 else 0) for stop in stops), tuple(own | others))


@pytest.mark.slow
@settings(max_examples=examples(60))
@given(cases())
def test_no_other_choice_of_corners_is_cheaper_and_every_turn_is_allowed(case: Case) -> None:
    hand = ByHand(case)
    town = along_main(case.network, list(case.stops), end=200.0 * len(hand.own))
    found = drive(town, *(shut(way) for way in case.shut))
    least = hand.least()
    if least is None:
        assert found.state in {"cut_short", "stopped"}
        return
    assert found.state == "detour"
    assert hand.cost(found) <= least
    for one in found.rounds:
        driven = [hand.own[one.leaves - 1], *one.arcs, hand.own[one.joins]]
        assert all(hand.follows(arc, after) for arc, after in pairwise(driven))
        assert hand.usable.issuperset(driven)


class ByHand:
    """All choices of where to leave Main Street and where to join it, one after the other, each by a plain search."""

    def __init__(self, case: Case) -> None:
        self.case, network = case, case.network
        self.own = [2 * way for way in range(network.junction_count // 3 - 1)]
        self.ms: list[int] = network.travel_ms("bus").tolist()
        self.banned = {tuple(network.turn_arcs[a:b].tolist()) for a, b in pairwise(network.turn_start.tolist())}
        self.usable = {arc for arc in range(network.arc_count) if network.arc_permit[arc] & 8 and arc >> 1 not in case.shut}
        self.lost = [0]
        for arc in self.own:
            open_ms = 0 if arc >> 1 in case.shut else round(OWN_STREETS * self.ms[arc])
            self.lost.append(self.lost[-1] + open_ms + round(MISSED_STOP_S * 1000) * self.stops_on(arc))

    def stops_on(self, arc: int) -> int:
        """Stops along a piece of Main Street."""
        return sum(200 * (arc >> 1) < stop <= 200 * ((arc >> 1) + 1) for stop in self.case.stops)

    def follows(self, arc: int, after: int) -> bool:
        joined = self.case.network.arc_head[arc] == self.case.network.arc_tail[after]
        return bool(joined) and after != arc ^ 1 and (arc, after) not in self.banned

    def quickest(self, start: int) -> dict[int, int]:
        """Milliseconds from the end of an arc to the end of every other."""
        best = {start: 0}
        queue = [(0, start)]
        while queue:
            far, arc = heapq.heappop(queue)
            for after in self.usable if far == best[arc] else ():
                total = far + self.ms[after]
                if self.follows(arc, after) and total < best.get(after, total + 1):
                    best[after] = total
                    heapq.heappush(queue, (total, after))
        return best

    def least(self) -> int | None:
        """The least cost of a whole trip; None where there is none."""
        never = 10**12
        cost = [0, *([never] * len(self.own))]
        for place, arc in enumerate(self.own):
            if arc in self.usable:
                cost[place + 1] = min(cost[place + 1], cost[place] + self.ms[arc])
            reach = self.quickest(self.own[place - 1]) if place and cost[place] < never else {}
            for join in range(place + 1, len(self.own)):
                if self.own[join] in reach:
                    total = cost[place] + reach[self.own[join]] + self.lost[join] - self.lost[place]
                    cost[join + 1] = min(cost[join + 1], total)
        return cost[-1] if cost[-1] < never else None

    def cost(self, found: Drive) -> int:
        """The same of a drive that was found."""
        lost = sum(self.lost[one.joins] - self.lost[one.leaves] for one in found.rounds)
        return sum(self.ms[arc] for arc in self.own) + found.extra_ms + lost
