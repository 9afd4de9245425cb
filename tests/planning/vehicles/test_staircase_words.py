"""What a staircase says of each step: whom it serves, what each stretch wins, who is never reached, when time ends."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from clearway.network.classes import VEHICLE_CLASSES, class_mask
from clearway.network.closures import Closure
from clearway.planning.access.planner.services import Service, Staffed
from clearway.planning.access.planner.stations import Station
from clearway.planning.access.planner.timing import AccessTimer
from clearway.planning.access.planner.vehicles import Vehicle
from clearway.planning.cordon.planner.steps import Steps
from clearway.planning.vehicles.clearing.staircase import cleared
from clearway.planning.vehicles.clearing.wishes import Wishes
from clearway.planning.vehicles.contract import ShutClaim
from clearway.planning.vehicles.tally import Stretch
from drawn_towns import Town, place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.network.model import Network
    from clearway.planning.vehicles.contract import Cleared

STATION = Station("Station", "station", *place(10.0, 0.0))
FIRE, AMBULANCE = (
    Staffed(Service(name, ("station",), within_s=within_s), (STATION,))
    for name, within_s in (("fire", 45.0), ("ambulance", 480.0))
)
MIDDLE = Stretch("middle", (1,), {"car": 9}, 9, 0, 5, assumed=("Nobody counted.",), is_assumed=True)
ROUND = Stretch("round", (3, 4), {"car": 4, "van": 2}, 4, 0, 2, assumed=("All across.", "No lane."))
LOOP = Stretch("loop", (8,), {"car": 1}, 1, 0, 1)
FIRST_HOUSE = "Main Street, 10 m from Round"


@pytest.fixture(scope="module")
def town() -> Network:
    """By hand, at the 36 km/h of an emergency vehicle: the houses of Main Street are 20 to 28 s from the station, by the way
    round 16 s more; those of Far Lane 69 s and more; behind the station a block has one house and a way on each side.
    """
    drawn = Town()
    for x in (0.0, 100.0, 200.0):
        drawn.street((x, 0.0), (x + 100.0, 0.0), speed_kmh=30.0, name="Main Street")
    drawn.street((100.0, 0.0), (150.0, 120.0), speed_kmh=30.0, name="Round")
    drawn.street((150.0, 120.0), (200.0, 0.0), speed_kmh=30.0, name="Round")
    drawn.street((300.0, 0.0), (300.0, 1000.0), speed_kmh=30.0, name="Far Lane")
    for start, end in (((0.0, 0.0), (0.0, 100.0)), ((0.0, 100.0), (100.0, 100.0)), ((100.0, 100.0), (100.0, 0.0))):
        drawn.street(start, end, speed_kmh=30.0, name="Loop")
    for at_m in (10.0, 50.0, 90.0):
        drawn.draft.address(2, at_m)
    for at_m in (400.0, 500.0, 600.0, 700.0):
        drawn.draft.address(5, at_m)
    drawn.draft.address(7, 50.0)
    return drawn.network()


def won(found: Cleared) -> list[list[tuple[object, ...]]]:
    """Of each step and stretch: who is later without it, of them lost, seconds saved and at most, whom it concerns first."""
    return [
        [
            (one.stretch, one.move, one.frees, one.later, one.lost, one.seconds, one.most_seconds, one.first)
            for one in step.moved
        ]
        for step in found.steps
    ]


def test_each_step_says_whom_it_serves_and_what_its_vehicles_win(town: Network) -> None:
    wishes = Wishes({"7": frozenset({1})}, {"Round": frozenset({3, 4}), "Main Street": frozenset({0})})
    found = cleared(AccessTimer(town), [FIRE, AMBULANCE], [MIDDLE, ROUND, LOOP], wishes)
    assert won(found) == [
        [("round", 2, "lane", 7, 7, 0.0, 0.0, FIRST_HOUSE)],
        [("loop", 1, "lane", 0, 0, 0.0, 0.0, None)],
        [("middle", 9, "carriageway", 7, 0, 112.0, 16.0, FIRST_HOUSE)],
        [("round", 2, "carriageway", 0, 0, 0.0, 0.0, None)],
        [],
    ]
    assert [[one.assumed for one in step.moved] for step in found.steps] == [[False], [False], [True], [False], []]
    assert [(step.wish, step.of, step.ways, step.served, step.never) for step in found.steps] == [
        ("help_in_time", "", (), 4, 4), ("two_approaches", "", (), 1, 7), ("bus_route", "7", (1,), 0, 0),
        ("street", "Round", (3, 4), 0, 0), ("street", "Main Street", (0,), 0, 0),
    ]  # fmt: skip
    assert [(step.more, step.vehicles, step.levels) for step in found.steps] == [
        (2, 2, (0, 1, 0)), (1, 3, (0, 1, 1)), (9, 12, (2, 1, 1)), (2, 14, (2, 2, 1)), (0, 14, (2, 2, 1)),
    ]  # fmt: skip
    assert (found.stretches, found.vehicles, found.across) == (3, 16, 14)
    assert found.assumed == ("Nobody counted.", "All across.", "No lane.")
    assert found.notes == (
        (
            "fire: not within 0.75 min even with every stretch free: 4 addresses, among them Far Lane, 400 m from Main Street, "
            "Far Lane, 500 m from Main Street and Far Lane, 600 m from Main Street. "
            "There it is only asked that whoever it reaches then is still reached."
        ),
        "No vehicle stands in the way of Main Street.",
    )
    assert found.summary == (
        "16 vehicles on the stretches, 14 of them in the carriageway, 1 of 3 tallies assumed.",
        "Move 2 vehicles: help comes within its standard to 4 addresses; 4 are too far for that even with every stretch free.",
        (
            "Move 1 more, 3 in all: 1 address has two approaches that share no street; "
            "7 have only one even with every stretch free."
        ),
        "Move 9 more, 12 in all: no vehicle stands in the way of route 7.",
        "Move 2 more, 14 in all: Round is free as far as it was counted.",
        "Nothing more to move: Main Street is free as far as it was counted.",
    )


def test_where_all_is_served_nobody_is_too_far_and_nothing_is_to_be_moved(town: Network) -> None:
    free = Stretch("loop", (8,), {"car": 1}, 0, 1, 0)
    found = cleared(AccessTimer(town), [AMBULANCE], [free], Wishes(routes={"9": frozenset({8})}))
    assert found.notes == ("No vehicle stands in the way of route 9.",)
    assert found.summary == (
        "1 vehicle on the stretches, 0 of them in the carriageway.",
        "Nothing more to move: help comes within its standard to 8 addresses.",
        (
            "Nothing more to move: 1 address has two approaches that share no street; "
            "7 have only one even with every stretch free."
        ),
        "Nothing more to move: no vehicle stands in the way of route 9.",
    )


def test_a_service_that_nobody_has_two_ways_to_is_named_and_others_are_asked_for_them(town: Network) -> None:
    """From the far end of Far Lane all drives are over Far Lane, to the block behind the station too."""
    far = Station("Far", "station", *place(300.0, 990.0))
    last = Staffed(Service("police", ("station",), within_s=480.0), (far,))
    two = cleared(AccessTimer(town), [last, AMBULANCE], [LOOP])
    assert [(step.wish, step.served, step.never) for step in two.steps] == [("help_in_time", 8, 0), ("two_approaches", 1, 7)]
    assert two.notes == ("police: no address has two approaches that share no street, even with every stretch free.",)
    alone = cleared(AccessTimer(town), [last], [LOOP])
    assert [step.wish for step in alone.steps] == ["help_in_time"]
    assert alone.notes == two.notes


def test_who_is_lost_and_who_waits_are_told_apart(town: Network) -> None:
    """With Far Lane shut its four houses are lost; with the middle shut as well, whoever lives behind it waits 16 s more."""
    far, open_round = Stretch("far", (5,), {"car": 3}, 3, 0, 3), Stretch("round", (3, 4), {"car": 4}, 4, 1, 0)
    both = Stretch("both", (1, 5), {"car": 4}, 4, 0, 4)
    early = Staffed(Service("fire", ("station",), within_s=480.0), (STATION,))
    found = cleared(AccessTimer(town), [early], [far, open_round])
    assert won(found)[0] == [("far", 3, "lane", 4, 4, 0.0, 0.0, "Far Lane, 400 m from Main Street")]
    found = cleared(AccessTimer(town), [early], [both, open_round])
    assert won(found)[0] == [("both", 4, "lane", 7, 4, 48.0, 16.0, "Far Lane, 400 m from Main Street")]


def test_whoever_waits_longest_is_the_first_that_is_named() -> None:
    """By hand: with its first block shut, the first house is come to the long way round from behind, and the last soonest."""
    drawn = Town()
    for x in (0.0, 100.0, 200.0):
        drawn.street((x, 0.0), (x + 100.0, 0.0), speed_kmh=30.0, name="Main Street")
    drawn.street((100.0, 0.0), (100.0, 100.0), speed_kmh=30.0, name="Round")
    drawn.street((100.0, 100.0), (300.0, 100.0), speed_kmh=30.0, name="Round")
    drawn.street((300.0, 100.0), (300.0, 0.0), speed_kmh=30.0, name="Round")
    for at_m in (90.0, 10.0):
        drawn.draft.address(2, at_m)
    station = Staffed(Service("fire", ("station",), within_s=31.0), (STATION,))
    found = cleared(AccessTimer(drawn.network()), [station], [Stretch("middle", (1,), {"car": 2}, 2, 0, 1)])
    ((moved,),) = won(found)[:1]
    assert moved[:5] == ("middle", 1, "lane", 2, 0)
    assert moved[5:7] == pytest.approx((22.0 + 38.0, 38.0), abs=0.01)
    assert str(moved[7]).startswith("Main Street, 10 m")


def test_who_frees_the_rest_of_a_stretch_wins_no_help_and_nor_does_who_clears_a_kerb(town: Network) -> None:
    kerb = Stretch("far", (5,), {"car": 4}, 4, 1, 0)
    wishes = Wishes(streets={"Round": frozenset({3, 4}), "Far Lane": frozenset({5})})
    found = cleared(AccessTimer(town), [AMBULANCE], [MIDDLE, ROUND, kerb], wishes)
    assert won(found)[-2:] == [
        [("round", 2, "carriageway", 0, 0, 0.0, 0.0, None)],
        [("far", 4, "carriageway", 0, 0, 0.0, 0.0, None)],
    ]


def test_without_help_a_street_is_freed_all_the_same(town: Network) -> None:
    found = cleared(AccessTimer(town), [], [LOOP, ROUND], Wishes(streets={"Both": frozenset({3, 8})}))
    assert won(found) == [[("loop", 1, "carriageway", 0, 0, 0.0, 0.0, None), ("round", 4, "carriageway", 0, 0, 0.0, 0.0, None)]]
    assert found.help == ()
    assert found.summary[1] == "Move 5 vehicles: Both is free as far as it was counted."


def test_the_help_that_times_rest_on_can_be_timed_again(town: Network) -> None:
    """Its vehicle, the start of each with its turnout, what is shut and which gate must be opened."""
    everybody = class_mask(VEHICLE_CLASSES)
    closures = [Closure(0, everybody, 5.0, along=True, against=False), Closure(7, 0, 2.0, delay_s=30.0)]
    station = replace(STATION, turnout_s=60.0)
    high = Staffed(Service("fire", ("station",), within_s=90.0005, vehicle=Vehicle(height_m=3.5)), (station,))
    (fire,) = cleared(AccessTimer(town), [high], [LOOP], closures=closures).help
    assert (fire.service, fire.vehicle_class, fire.within_ms) == ("fire", "emergency", 90_000)
    assert fire.size == (3.5, 2.55, 16.0, 9.5, 10.0)
    (start,) = fire.starts
    assert (start.name, start.lon, start.lat, start.way, start.turnout_ms) == ("Station", STATION.lon, STATION.lat, 0, 60_000)
    assert start.at_m == pytest.approx(10.0, abs=0.1)
    assert fire.shut == (
        ShutClaim(way=0, at_m=5.0, along=True, against=False),
        ShutClaim(way=7, at_m=2.0, along=True, against=True, ms=30_000),
    )
    walking = Staffed(Service("first aid", ("station",), vehicle_class="foot"), (STATION,))
    (plain,) = cleared(AccessTimer(town), [walking], [LOOP]).help
    assert (plain.vehicle_class, plain.shut, plain.size) == ("foot", (), (None,) * 5)


class Ending(Steps):
    """Whose time ends as soon as some step begins."""

    def __init__(self, last: str) -> None:
        self.told: list[tuple[str, float]] = []
        self.last = last
        super().__init__(self.tell, limit_s=60.0)

    def tell(self, doing: str, share: float) -> None:
        """Note it."""
        self.told.append((doing, share))

    @property
    def left_s(self) -> float:
        """None from that step on."""
        return 0.0 if any(doing.endswith(self.last) for doing, _ in self.told) else 60.0


def words(found: Cleared) -> Sequence[str]:
    return found.summary[1:]


def test_a_step_in_which_the_time_ends_frees_all_and_later_ones_are_left_out(town: Network) -> None:
    wishes = Wishes(streets={"Round": frozenset({3, 4})})
    steps = Ending("step 2 of 3")
    found = cleared(AccessTimer(town), [AMBULANCE], [MIDDLE, ROUND, LOOP], wishes, steps)
    assert [(step.vehicles, step.more, step.at_least, step.proven, step.levels) for step in found.steps] == [
        (2, 2, 2, True, (0, 1, 0)), (14, 12, 2, False, (2, 2, 2)),
    ]  # fmt: skip
    assert found.notes == ("The time ended. Later steps were not looked for: give more time with --limit.",)
    assert words(found)[1].endswith("Not proved: 2 may do.")
    assert steps.told.count(("Looking for the fewest vehicles: step 1 of 3", 0.1)) > 1, (
        "whoever waits can stop it within a step"
    )
    told = list(dict.fromkeys(steps.told))
    assert [doing for doing, _ in told] == [
        "Timing help with every stretch free",
        "Looking for the fewest vehicles: step 1 of 3",
        "Looking for the fewest vehicles: step 2 of 3",
    ]
    assert [share for _, share in told] == pytest.approx([0.05, 0.1, 0.1 + 0.8 / 3])


def test_where_the_time_ends_in_the_last_step_nothing_is_left_out(town: Network) -> None:
    found = cleared(AccessTimer(town), [AMBULANCE], [MIDDLE, ROUND, LOOP], steps=Ending("step 2 of 2"))
    assert [step.proven for step in found.steps] == [True, False]
    assert found.notes == ()
