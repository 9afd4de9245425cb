"""The fewest vehicles, wish by wish, against every choice there is; drives are searched by the checker's own code."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np
import pytest

from clearway.errors import BadInput
from clearway.network.classes import class_mask
from clearway.network.closures import Closure
from clearway.planning.access.check.network_reading import NEVER
from clearway.planning.access.planner.services import Service, Staffed
from clearway.planning.access.planner.stations import Station
from clearway.planning.access.planner.timing import AccessTimer
from clearway.planning.cordon.planner.steps import Steps
from clearway.planning.vehicles.check import Help, check_cleared
from clearway.planning.vehicles.check.claim import read_claim
from clearway.planning.vehicles.check.one_blocked import OneBlocked
from clearway.planning.vehicles.clearing.staircase import cleared
from clearway.planning.vehicles.clearing.wishes import Wishes
from clearway.planning.vehicles.tally import Stretch
from drawn_towns import Town, place

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from random_vehicles import Parked

LANE, ALL = 1, 2
Levels = tuple[int, ...]


def cost(town: Parked, levels: Levels) -> int:
    return sum(one.moves(level) for one, level in zip(town.stretches, levels, strict=True))


def conditions(town: Parked) -> list[Callable[[Levels], bool]]:
    """What each step asks of a choice, in the order of the steps."""
    helped = [Help(town.network, one, town.stretches) for one in read_claim(town.found.as_json()).help]
    served: dict[frozenset[int], tuple[bool, bool]] = {}

    def serves(levels: Levels) -> tuple[bool, bool]:
        closed = frozenset(place for place, one in enumerate(town.stretches) if one.lane_moves and levels[place] < LANE)
        if closed not in served:
            in_time, twice = True, True
            for one in helped:
                free, now = one.ms(frozenset()), one.ms(closed)
                limit = np.where(free <= one.claim.within_ms, one.claim.within_ms, NEVER - 1)
                in_time &= bool((now[free < NEVER] <= limit[free < NEVER]).all())
                had = OneBlocked(one.reading(frozenset()), one.starts).two_approaches()
                has = OneBlocked(one.reading(closed), one.starts).two_approaches()
                twice &= not (had & ~has).any()
            served[closed] = in_time, twice
        return served[closed]

    def free(ways: frozenset[int]) -> Callable[[Levels], bool]:
        on_way = [place for place, one in enumerate(town.stretches) if one.across and ways.intersection(one.ways)]
        return lambda levels: all(levels[place] == ALL for place in on_way)

    kinds = [step.wish for step in town.found.steps]
    found: list[Callable[[Levels], bool]] = [lambda levels: serves(levels)[0]]
    if "two_approaches" in kinds:
        found.append(lambda levels: serves(levels)[1])
    return [*found, *(free(ways) for ways in (*town.wishes.routes.values(), *town.wishes.streets.values()))]


def fewest(town: Parked) -> list[int]:
    """The least that each step can cost, those before it having cost their least: of every choice there is."""
    choices = list(itertools.product(range(3), repeat=len(town.stretches)))
    at: list[Levels] = [(0,) * len(town.stretches)]
    found = []
    for holds in conditions(town):
        good = [one for one in choices if holds(one) and any(all(a >= b for a, b in zip(one, low, strict=True)) for low in at)]
        least = min(cost(town, one) for one in good)
        at = [one for one in good if cost(town, one) == least]
        found.append(least)
    return found


@pytest.mark.parametrize("part", [slice(3), slice(3, 12), slice(12, None)], ids=["a few towns", "more", "all others"])
def test_each_step_takes_the_fewest_vehicles_of_all_choices(towns: list[Parked], part: slice) -> None:
    for number, town in enumerate(towns[part]):
        assert [step.vehicles for step in town.found.steps] == fewest(town), number
        assert all(step.proven and step.at_least == step.vehicles for step in town.found.steps)


def test_the_towns_ask_something(towns: list[Parked]) -> None:
    """Else the test above would hold for a search that does nothing."""
    first = [town.found.steps[0] for town in towns]
    movable = [sum(one.moves(LANE) for one in town.stretches) for town in towns]
    assert sum(0 < step.vehicles < most for step, most in zip(first, movable, strict=True)) > len(towns) / 4
    assert sum(any(step.wish == "two_approaches" and step.more for step in town.found.steps) for town in towns) >= 3
    assert sum(any(len(need.any_of) > 1 for need in town.found.steps[0].needs) for town in towns) > len(towns) / 5


def test_every_staircase_is_accepted_by_the_checker(towns: list[Parked]) -> None:
    for number, town in enumerate(towns):
        holds, fails = check_cleared(town.network, town.stretches, town.found.as_json())
        assert fails == [], number
        assert len(holds) == len(town.found.steps)


@pytest.fixture
def street() -> Town:
    """A station at the west end of a street of three blocks, with a slower way round the middle block."""
    town = Town()
    for x in (0.0, 100.0, 200.0):
        town.street((x, 0.0), (x + 100.0, 0.0), speed_kmh=30.0)
    town.street((100.0, 0.0), (150.0, 120.0), speed_kmh=30.0)
    town.street((150.0, 120.0), (200.0, 0.0), speed_kmh=30.0)
    town.draft.address(2, 90.0)
    return town


def asked(town: Town, within_s: float, *stretches: Stretch, closures: Sequence[Closure] = ()) -> list[int]:
    station = Station("Station", "station", *place(10.0, 0.0))
    service = Staffed(Service("help", ("station",), within_s=within_s), (station,))
    network = town.network()
    found = cleared(AccessTimer(network), [service], stretches, closures=closures)
    assert check_cleared(network, stretches, found.as_json())[1] == []
    return [step.vehicles for step in found.steps]


MIDDLE = Stretch("middle", (1,), {"car": 9}, 9, 0, 5)
ROUND = Stretch("round", (3, 4), {"car": 4}, 4, 0, 2)


def test_where_either_way_will_do_the_one_with_fewer_vehicles_is_freed(street: Town) -> None:
    assert asked(street, 480.0, MIDDLE, ROUND)[0] == 2


def test_where_only_the_short_way_is_in_time_its_vehicles_must_go(street: Town) -> None:
    """By hand: 280 m at the 36 km/h of an emergency vehicle are 28 s; the way round is 440 m, 44 s."""
    assert asked(street, 28.0, MIDDLE, ROUND)[0] == 5
    assert asked(street, 43.9, MIDDLE, ROUND)[0] == 5
    assert asked(street, 44.1, MIDDLE, ROUND)[0] == 2


def test_who_is_too_far_with_all_free_must_still_be_reached(street: Town) -> None:
    assert asked(street, 20.0, MIDDLE, ROUND)[0] == 2


def test_what_is_shut_besides_leaves_only_the_other_way(street: Town) -> None:
    shut = [Closure(3, class_mask(["emergency"]))]
    assert asked(street, 480.0, MIDDLE, ROUND, closures=shut)[0] == 5


def test_a_lane_that_is_left_costs_nothing(street: Town) -> None:
    assert asked(street, 28.0, Stretch("middle", (1,), {"car": 9}, 9, 1, 0), ROUND)[0] == 0


def test_when_the_time_ends_nothing_is_called_proved(street: Town) -> None:
    station = Station("Station", "station", *place(10.0, 0.0))
    service = Staffed(Service("help", ("station",)), (station,))
    found = cleared(AccessTimer(street.network()), [service], [MIDDLE, ROUND], steps=Steps(limit_s=0.0))
    assert [(step.proven, step.vehicles, step.at_least) for step in found.steps] == [(False, 13, 0)]
    assert (
        any("not looked for" in note for note in found.notes) is (len(found.steps) < 2) or found.steps[0].wish == "help_in_time"
    )
    assert "Not proved" in found.summary[1]


def test_without_help_routes_and_streets_there_is_nothing_to_answer(street: Town) -> None:
    with pytest.raises(BadInput, match="Nobody said what moving vehicles is to win"):
        cleared(AccessTimer(street.network()), [], [MIDDLE])
    with pytest.raises(BadInput, match="no stretch"):
        cleared(AccessTimer(street.network()), [], [], Wishes({"7": frozenset({1})}))


def test_a_freed_stretch_says_whom_it_wins_how_many_seconds(street: Town) -> None:
    """By hand: without the middle block the way round takes 16 s longer, and without both nobody comes."""
    station = Station("Station", "station", *place(10.0, 0.0))
    service = Staffed(Service("help", ("station",), within_s=30.0), (station,))
    free_round = Stretch("round", (3, 4), {"car": 4}, 4, 1, 0)
    moved = cleared(AccessTimer(street.network()), [service], [MIDDLE, free_round]).steps[0].moved
    assert [(one.stretch, one.move, one.frees, one.later, one.lost) for one in moved] == [("middle", 5, "lane", 1, 0)]
    assert moved[0].seconds == pytest.approx(16.0, abs=0.01)
    lost = cleared(AccessTimer(street.network()), [service], [MIDDLE, ROUND]).steps[0].moved[0]
    assert (lost.later, lost.lost, lost.seconds) == (1, 1, 0.0)


def spoilt(town: Town, **changes: object) -> list[str]:
    """What the checker says of a first step of the street, 20 s away from help at best, that says otherwise."""
    station = Station("Station", "station", *place(10.0, 0.0))
    service = Staffed(Service("help", ("station",), within_s=20.0), (station,))
    network = town.network()
    document = cleared(AccessTimer(network), [service], [MIDDLE, ROUND]).as_json()
    assert check_cleared(network, [MIDDLE, ROUND], document)[1] == []
    document["steps"] = document["steps"][:1]
    document["steps"][0] |= changes
    return check_cleared(network, [MIDDLE, ROUND], document)[1]


def test_who_is_reached_late_must_not_be_left_unreached(street: Town) -> None:
    said = spoilt(street, levels=[0, 0], moved=[], vehicles=0, more=0, proven=False)
    assert said == ["Step 1: help does not come in time to address 0 and 0 more."]


@pytest.mark.parametrize(
    "need",
    [
        {"any_of": [[0, LANE]], "service": "help", "address": 0, "within_ms": 20_000, "blocked": None},
        {"any_of": [[0, LANE]], "service": "help", "address": 0, "within_ms": None, "blocked": 0},
    ],
    ids=["within a standard that cannot be met", "with a street blocked over which all drives lead"],
)
def test_who_is_unserved_whatever_is_freed_proves_no_need(street: Town, need: dict[str, object]) -> None:
    moved = [{"stretch": one.name, "move": one.lane_moves} for one in (MIDDLE, ROUND)]
    said = spoilt(street, levels=[LANE, LANE], moved=moved, vehicles=7, more=7, needs=[need])
    assert "Step 1: its need 0 is none." in said


def test_a_street_without_vehicles_across_it_is_said_to_be_free(street: Town) -> None:
    at_the_kerb = Stretch("middle", (1,), {"car": 9}, 0, 1, 0)
    found = cleared(AccessTimer(street.network()), [], [at_the_kerb, ROUND], Wishes(streets={"Main Street": frozenset({1})}))
    assert [step.vehicles for step in found.steps] == [0]
    assert found.notes == ("No vehicle stands in the way of Main Street.",)
