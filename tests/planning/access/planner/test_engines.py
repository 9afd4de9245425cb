"""How many vehicles come in time, when the second does, and what a side of an answer says: by tables small enough to read."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from clearway.network.closures import Closure
from clearway.network.model import NEVER_MS
from clearway.planning.access.planner.address_proof import timed_services
from clearway.planning.access.planner.engines import engines_in_time, second_ms, station_ms
from clearway.planning.access.planner.in_time import within
from clearway.planning.access.planner.report import assess_access
from clearway.planning.access.planner.services import Service, Staffed
from clearway.planning.access.planner.sides import side_of
from clearway.planning.access.planner.stations import Station
from clearway.planning.access.planner.timing import AccessTimer
from drawn_towns import Town, place

if TYPE_CHECKING:
    from clearway.network.model import Network

TABLE = np.array([[1000, 5000, NEVER_MS, 3000], [2000, 5000, 4000, NEVER_MS], [9000, 100, 6000, 3000]], np.int32)
"""Three stations, four addresses."""


@pytest.mark.parametrize(
    ("engines", "most_ms", "come"),
    [
        ([1, 1, 1], 9000, [3, 3, 2, 2]),
        ([1, 1, 1], 5000, [2, 3, 1, 2]),
        ([1, 1, 1], 4999, [2, 1, 1, 2]),
        ([2, 1, 5], 3000, [3, 5, 0, 7]),
        ([2, 1, 5], 99, [0, 0, 0, 0]),
        ([1, 1, 1], NEVER_MS - 1, [3, 3, 2, 2]),
    ],
)
def test_as_many_vehicles_come_in_time_as_stand_where_they_come_from_soon_enough(
    engines: list[int], most_ms: float, come: list[int]
) -> None:
    assert engines_in_time(TABLE, np.array(engines, np.int32), most_ms).tolist() == come


@pytest.mark.parametrize(
    ("rows", "engines", "second"),
    [
        ([0, 1, 2], [1, 1, 1], [2000, 5000, 6000, 3000]),
        ([0, 1, 2], [2, 1, 1], [1000, 5000, 6000, 3000]),
        ([0, 1, 2], [1, 1, 3], [2000, 100, 6000, 3000]),
        ([0, 1], [1, 1], [2000, 5000, NEVER_MS, NEVER_MS]),
        ([0], [2], [1000, 5000, NEVER_MS, 3000]),
        ([0], [9], [1000, 5000, NEVER_MS, 3000]),
        ([0], [1], [NEVER_MS] * 4),
        ([], [], [NEVER_MS] * 4),
    ],
)
def test_the_second_vehicle_comes_from_the_same_station_or_the_next(
    rows: list[int], engines: list[int], second: list[int]
) -> None:
    assert second_ms(TABLE[rows], np.array(engines, np.int32)).tolist() == second


def test_in_its_own_street_a_station_s_vehicles_drive_straight_to_an_address() -> None:
    """At 12 m a second, a fifth more than others: 100 m along the street, and 150 m to its end with 100 m round the corner."""
    town = Town()
    street = town.street((0, 0), (400, 0), speed_kmh=36.0)
    corner = town.street((400, 0), (400, 200), speed_kmh=36.0)
    for way, at_m in ((street, 350.0), (corner, 100.0)):
        town.draft.address(way, at_m)
    here = Station("Here", "fire_station", *place(250, 0))
    (timed,) = timed_services(
        AccessTimer(town.network()), [Staffed(Service("fire", ("fire_station",), within_s=60.0), (here,))], []
    )
    assert station_ms(timed.before).tolist() == [pytest.approx([100_000 / 12, 250_000 / 12], abs=10)]


def test_a_side_counts_the_reached_and_gives_their_quantiles_in_seconds() -> None:
    side = side_of(np.array([1000, NEVER_MS, 3000, 2000, 5000, 4500, NEVER_MS], np.int32))
    assert (side.reached, side.unreached_count, side.p50, side.max) == (5, 2, 3.0, 5.0)
    assert side.p90 == pytest.approx(4.8)  # six tenths of the way from the fourth to the fifth
    between = side_of(np.array([1000, 1003], np.int32))
    assert (between.p90, between.max) == (1.003, 1.003)  # 1.0027 s, to the millisecond
    one = side_of(np.array([1234], np.int32))
    assert (one.reached, one.p50, one.p90, one.max) == (1, 1.234, 1.234, 1.234)
    for none in (np.array([NEVER_MS], np.int32), np.array([], np.int32)):
        assert (side_of(none).reached, side_of(none).p50, side_of(none).max) == (0, None, None)


@pytest.mark.parametrize(("within_s", "counts"), [(3.0, (2, 1)), (2.999, (1, 1)), (1.0, (1, 1)), (0.5, (0, 0)), (1e9, (3, 2))])
def test_within_a_time_is_up_to_it_and_whoever_is_not_reached_is_never_within(within_s: float, counts: tuple[int, int]) -> None:
    before, after = (np.array(row, np.int32) for row in ([1000, 3000, 4000], [1000, NEVER_MS, 4000]))
    found = within(before, after, within_s)
    assert (found.before, found.after, found.seconds) == (*counts, within_s)


def test_whom_no_vehicle_reaches_lies_within_a_hose_up_to_45_metres_on_foot(
    loop: Network, fire_station: tuple[Station, ...]
) -> None:
    """Behind the shut bridge nobody is reached, on Station Road everybody."""
    report = assess_access(AccessTimer(loop), fire_station, closures=[Closure(1, 127, label="bridge")])
    on_foot_m = np.array([45.0, 45.0, 45.001, 44.0, np.inf, 200.0, 0.0])
    assert replace(report, on_foot_m=on_foot_m).answer().on_foot_count == 3


@pytest.mark.parametrize(
    ("share", "within_s", "met"),
    [(6 / 7, 21.5, (True, False)), (0.86, 21.5, (False, False)), (1 / 7, 3.5, (True, True)), (0.0, 1.0, (True, True))],
)
def test_a_standard_is_met_by_exactly_its_share(
    loop: Network, fire_station: tuple[Station, ...], share: float, within_s: float, met: tuple[bool, bool]
) -> None:
    """In 3, 9, 15, 21, 21, 15 and 27 s; with the bridge shut the first of them alone."""
    service = Service("fire", ("fire_station",), within_s=within_s, share=share)
    closures = [Closure(1, 127, label="bridge")]
    standard = assess_access(AccessTimer(loop), fire_station, service=service, closures=closures).answer().standard
    assert standard is not None
    assert (standard.met_before, standard.met_after) == met
    assert (standard.seconds, standard.share) == (within_s, share)
    if within_s > 20:
        assert (standard.share_before, standard.share_after) == (0.8571, 0.1429)
