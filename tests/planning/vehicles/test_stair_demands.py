"""What a choice of stretches lacks, by hand: whom help does not reach in time, and whom one blocked street cuts off."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest

from clearway.network.classes import class_mask
from clearway.network.closures import Closure
from clearway.network.model import NEVER_MS
from clearway.planning.access.planner.services import Service, Staffed
from clearway.planning.access.planner.stations import Station
from clearway.planning.access.planner.timing import AccessTimer
from clearway.planning.vehicles.clearing.demands import Freed, HelpInTime, HelpStreets, Learnt, TwoApproaches
from clearway.planning.vehicles.tally import Stretch
from drawn_towns import Town, place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.network.model import Network
    from clearway.planning.vehicles.contract import Need

Levels = tuple[int, ...]


def across(*ways: int, lanes_left: int = 0) -> Stretch:
    return Stretch(f"ways {ways}", ways, {"car": 2}, 2, lanes_left, 0 if lanes_left else 1)


def help_from(
    network: Network, x: float, stretches: Sequence[Stretch], within_s: float = 480.0, closures: Sequence[Closure] = ()
) -> HelpStreets:
    """One station at that many metres along the first street."""
    station = Station("Station", "station", *place(x, 0.0))
    one = Staffed(Service("help", ("station",), within_s=within_s), (station,))
    return HelpStreets(AccessTimer(network), one, stretches, closures)


def told(found: Sequence[Learnt]) -> list[Need]:
    """The needs as they are told: those of the program name the same stretches."""
    needs = [one.told for one in found if one.told is not None]
    assert [frozenset(one.any_of) for one in needs] == [one.literals for one in found]
    assert {one.service for one in needs} <= {"help"}
    return needs


def test_a_street_is_free_once_all_its_stretches_are_free_from_kerb_to_kerb() -> None:
    street = Freed((0, 2))
    assert street.unmet((2, 0, 2)) == []
    assert street.unmet((1, 2, 0)) == [Learnt(frozenset({(0, 2)}), None), Learnt(frozenset({(2, 2)}), None)]


@pytest.fixture(scope="module")
def street() -> Network:
    """By hand, at the 36 km/h of an emergency vehicle: a house on the third block is 28 s from a station at 10 m, by the way
    round the second block 44 s; a house on the second block is 14 s away, and one on an island is not to be reached.
    """
    drawn = Town()
    for x in (0.0, 100.0, 200.0):
        drawn.street((x, 0.0), (x + 100.0, 0.0), speed_kmh=30.0)
    drawn.street((100.0, 0.0), (150.0, 120.0), speed_kmh=30.0)
    drawn.street((150.0, 120.0), (200.0, 0.0), speed_kmh=30.0)
    drawn.street((0.0, 0.0), (0.0, 100.0), speed_kmh=30.0)
    drawn.street((900.0, 900.0), (900.0, 950.0), speed_kmh=30.0)
    drawn.draft.address(2, 90.0)
    drawn.draft.address(1, 50.0)
    drawn.draft.address(6, 20.0)
    return drawn.network()


MIDDLE, ROUND, ASIDE = across(1), across(3, 4), across(5)
NONE, ONE, OTHER, BOTH = (0, 0, 0), (1, 0, 0), (0, 1, 0), (1, 1, 0)


def test_help_is_asked_in_time_where_it_can_be_and_else_at_all(street: Network) -> None:
    wish = HelpInTime(help_from(street, 10.0, [MIDDLE, ROUND, ASIDE], 20.0))
    assert wish.limit_ms.tolist() == [NEVER_MS - 1, 20_000, NEVER_MS]
    assert wish.never.tolist() == [True, False, True]
    assert wish.asked.tolist() == [True, True, False]
    at_once = HelpInTime(help_from(street, 10.0, [MIDDLE, ROUND, ASIDE], 28.0))
    assert (at_once.limit_ms.tolist(), at_once.never.tolist()) == ([28_000, 28_000, NEVER_MS], [False, False, True])
    assert wish.late(frozenset({0})).tolist() == [False, True, False]
    assert wish.late(frozenset({0, 1})).tolist() == [True, True, False]
    assert at_once.late(frozenset({0})).tolist() == [True, True, False]
    assert at_once.late(frozenset({1, 2})).tolist() == [False, False, False]


@pytest.mark.parametrize(
    ("within_s", "needs"),
    [
        (28.0, {NONE: [(0, {0})], OTHER: [(0, {0})]}),
        (43.999, {NONE: [(0, {0})], OTHER: [(0, {0})]}),
        (44.0, {NONE: [(0, {0, 1})], OTHER: [(1, {0})]}),
        (49.99, {NONE: [(0, {0, 1})], OTHER: [(1, {0})]}),
        (50.01, {NONE: [(0, {0, 1}), (0, {0, 1, 2})], OTHER: [(1, {0})]}),
        (20.0, {NONE: [(0, {0, 1}), (0, {0, 1, 2})], OTHER: [(1, {0})]}),
    ],
)
def test_who_comes_too_late_needs_one_of_the_stretches_that_a_drive_in_time_leads_over(
    street: Network, within_s: float, needs: dict[Levels, list[tuple[int, set[int]]]]
) -> None:
    """To the dead end behind the station and back are 22 s: in 50 s a drive may lead over it, and over the middle.

    With the middle shut the house on it needs it, whatever else is free.
    """
    wish = HelpInTime(help_from(street, 10.0, [MIDDLE, ROUND, ASIDE], within_s))
    for levels in (NONE, OTHER):
        found = told(wish.unmet(levels))
        assert [(one.address, {stretch for stretch, _ in one.any_of}) for one in found] == needs[levels], levels
        standard = [round(within_s * 1000) if within_s > 20 or one.address == 1 else None for one in found]
        assert [(one.within_ms, one.blocked) for one in found] == [(within_ms, None) for within_ms in standard]
        assert {level for one in found for _, level in one.any_of} == {1}
    assert wish.unmet(ONE) == wish.unmet(BOTH) == []


def test_a_lane_is_enough_for_help_and_a_stretch_with_a_lane_left_is_open(street: Network) -> None:
    streets = help_from(street, 10.0, [MIDDLE, across(3, lanes_left=1), ROUND])
    assert streets.shut == (0, 2)
    assert [sorted(streets.closed(levels)) for levels in ((0, 0, 0), (1, 0, 0), (2, 0, 1), (0, 2, 2))] == [[0, 2], [2], [], [0]]
    assert streets.on_way() == {1: [0], 3: [2], 4: [2]}
    assert streets.timing(frozenset()).ms.tolist() == [28_000, 14_000, NEVER_MS]
    assert streets.timing(frozenset({0})).ms.tolist() == [44_000, NEVER_MS, NEVER_MS]


def test_what_is_shut_besides_stays_shut(street: Network) -> None:
    closures = [Closure(way=3, shuts=class_mask(["emergency"]))]
    wish = HelpInTime(help_from(street, 10.0, [MIDDLE, ROUND, ASIDE], closures=closures))
    assert [{stretch for stretch, _ in one.any_of} for one in told(wish.unmet(BOTH[::-1]))] == [{0}]
    assert wish.unmet(ONE) == []


def test_a_house_on_a_stretch_that_two_tallies_shut_needs_both(street: Network) -> None:
    wish = HelpInTime(help_from(street, 10.0, [MIDDLE, across(1, 2), ASIDE]))
    found = told(wish.unmet(NONE))
    assert {frozenset(one.any_of) for one in found if one.address == 1} <= {frozenset({(0, 1)}), frozenset({(1, 1)})}
    for levels in (ONE, OTHER):
        assert wish.unmet(levels), levels
    assert wish.unmet(BOTH) == []


def test_no_more_than_forty_needs_are_learnt_at_a_time() -> None:
    """A row of dead ends with a house each: every one must be freed."""
    drawn = Town()
    for number in range(43):
        x = 20.0 * number
        drawn.street((x, 0.0), (x + 20.0, 0.0), speed_kmh=30.0)
        drawn.street((x + 20.0, 0.0), (x + 20.0, 50.0), speed_kmh=30.0)
        drawn.draft.address(2 * number + 1, 25.0)
    wish = HelpInTime(help_from(drawn.network(), 10.0, [across(2 * number + 1) for number in range(43)]))
    assert len(wish.unmet((0,) * 43)) == 40
    assert len(wish.unmet((0,) * 39 + (1,) * 4)) == 39
    assert len(wish.unmet((1,) * 2 + (0,) * 41)) == 40


@pytest.fixture(scope="module")
def ring() -> Network:
    """Four streets round a block (0 to 3), a station on the first; a dead end (4), with a house on each but the first."""
    drawn = Town()
    corners = [(0.0, 0.0), (100.0, 0.0), (100.0, 100.0), (0.0, 100.0)]
    for start, end in itertools.pairwise([*corners, corners[0]]):
        drawn.street(start, end, speed_kmh=30.0)
    drawn.street((0.0, 100.0), (0.0, 200.0), speed_kmh=30.0)
    for way, at_m in ((2, 50.0), (2, 80.0), (4, 50.0), (1, 50.0), (3, 50.0)):
        drawn.draft.address(way, at_m)
    return drawn.network()


def cut_off(wish: TwoApproaches, levels: Levels) -> list[tuple[int, set[int], bool]]:
    """Of each need an address, the stretches, and whether a street is blocked."""
    found = told(wish.unmet(levels))
    assert {one.within_ms for one in found} <= {None}
    return [(one.address, {stretch for stretch, _ in one.any_of}, one.blocked is not None) for one in found]


def test_who_lives_on_a_ring_has_two_approaches_once_all_of_it_is_free(ring: Network) -> None:
    """With both sides shut the house across is reached by none of them, and those on the sides live on what is shut."""
    wish = TwoApproaches(help_from(ring, 50.0, [across(1), across(3)]))
    assert (wish.name, wish.asked.tolist()) == ("help", [True, True, False, True, True])
    assert cut_off(wish, (0, 0)) == [(0, {0, 1}, False), (3, {0}, False), (4, {1}, False)]
    assert cut_off(wish, (0, 1)) == [(0, {0}, True)], "the same for the house on it"
    assert cut_off(wish, (1, 0)) == [(0, {1}, True)]
    assert cut_off(wish, (1, 1)) == cut_off(wish, (2, 1)) == []


def test_who_lives_on_a_stretch_needs_that_one_first(ring: Network) -> None:
    wish = TwoApproaches(help_from(ring, 50.0, [across(2), across(1), across(2, 3)]))
    assert cut_off(wish, (0, 0, 0)) == [(0, {0}, False), (3, {1}, False), (4, {2}, False)]
    assert cut_off(wish, (1, 1, 0)) == [(0, {2}, False)]
    assert cut_off(wish, (0, 1, 1)) == [(0, {0}, False)]
    assert cut_off(wish, (1, 0, 1)) == [(0, {1}, True)]


def test_no_more_than_forty_of_those_cut_off_are_learnt_at_a_time() -> None:
    """Two long streets with rungs between them, and a house on each rung: every rung must be freed."""
    drawn = Town()
    rungs = 43
    for number in range(rungs):
        x = 20.0 * number
        drawn.street((x, 0.0), (x + 20.0, 0.0), speed_kmh=30.0)
        drawn.street((x, 100.0), (x + 20.0, 100.0), speed_kmh=30.0)
        drawn.street((x + 20.0, 0.0), (x + 20.0, 100.0), speed_kmh=30.0)
        drawn.draft.address(3 * number + 2, 50.0)
    drawn.street((0.0, 0.0), (0.0, 100.0), speed_kmh=30.0)
    wish = TwoApproaches(help_from(drawn.network(), 10.0, [across(3 * number + 2) for number in range(rungs)]))
    assert wish.asked.all()
    assert len(wish.unmet((0,) * rungs)) == 40
    assert len(wish.unmet((0,) * 39 + (1,) * 4)) == 39
