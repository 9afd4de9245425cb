"""What stands along a way, as one class meets it: both directions, at a point and one beside, at a moment and just before."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from math import inf

import numpy as np
import pytest

from clearway.network.build import NetworkDraft
from clearway.network.classes import class_mask
from clearway.network.closures import Closure, gate_ms
from clearway.network.search.graph import routing_graph
from clearway.network.search.obstacles import Obstacles, obstacles_of, stretch_ms

EMERGENCY, GENERAL = class_mask(["emergency"]), class_mask(["general"])
BOTH = EMERGENCY | GENERAL
NOON = datetime(2022, 2, 21, 12, tzinfo=UTC)


def street(*closures: Closure, stops: tuple[tuple[float, int], ...] = (), moment: datetime | None = None) -> Obstacles:
    """The obstacles of the first of two streets in a row, 111 m each, for the emergency services."""
    draft = NetworkDraft("two streets")
    ends = [draft.junction(174.77, -41.28 + step / 1000) for step in range(3)]
    first, _ = draft.way(ends[0], ends[1], speed_kmh=36.0), draft.way(ends[1], ends[2])
    for at_m, blocks in stops:
        draft.stop(first, at_m, blocks=blocks)
    return obstacles_of(routing_graph(draft.finish(), "emergency"), closures, moment)


def test_a_stop_stands_in_both_directions_for_those_it_blocks_alone() -> None:
    found = street(stops=((70.0, BOTH), (30.0, EMERGENCY), (50.0, GENERAL)))
    assert [found.on_arc(arc).tolist() for arc in range(4)] == [[30.0, 70.0], [30.0, 70.0], [], []]
    assert found.bounds_m().tolist() == [30.0, 70.0, inf, -inf]
    assert found.usable.tolist() == [True] * 4


@pytest.mark.parametrize(
    ("from_m", "to_m", "parted"),
    [
        (0.0, 100.0, True),
        (100.0, 0.0, True),
        (0.0, 50.0, False),
        (50.0, 100.0, False),
        (0.0, 50.1, True),
        (49.9, 100.0, True),
        (51.0, 100.0, False),
        (0.0, 49.0, False),
        (50.0, 50.0, False),
        (inf, 0.0, True),
        (-inf, 50.0, False),
    ],
)
def test_a_stretch_is_parted_by_what_stands_inside_it_and_not_at_its_ends(from_m: float, to_m: float, parted: bool) -> None:  # noqa: FBT001
    found = street(stops=((50.0, EMERGENCY),))
    assert found.part(0, from_m, to_m) is found.part(1, from_m, to_m) is parted
    assert not found.part(2, from_m, to_m)


def test_a_closed_way_is_unusable_and_a_closed_point_parts_it_each_in_its_directions() -> None:
    assert street(Closure(0, EMERGENCY)).usable.tolist() == [False, False, True, True]
    assert street(Closure(0, EMERGENCY, along=False)).usable.tolist() == [True, False, True, True]
    assert street(Closure(1, EMERGENCY, against=False)).usable.tolist() == [True, True, False, True]
    assert street(Closure(0, GENERAL)).usable.tolist() == [True] * 4
    point = street(Closure(0, EMERGENCY, at_m=40.0, against=False))
    assert (point.on_arc(0).tolist(), point.on_arc(1).tolist(), point.usable.tolist()) == ([40.0], [], [True] * 4)
    point = street(Closure(0, EMERGENCY, at_m=0.0))
    assert (point.on_arc(0).tolist(), point.usable.tolist()) == ([0.0], [True] * 4)


def test_a_gate_costs_those_who_may_pass_it_their_wait_and_shuts_out_the_others() -> None:
    gate = Closure(0, GENERAL, at_m=40.0, delay_s=12.3456)
    found = street(gate)
    assert found.gates_ms(0, 0.0, 100.0) == found.gates_ms(1, 100.0, 0.0) == 12_346
    assert found.on_arc(0).tolist() == []
    assert found.gates_ms(0, 0.0, 40.0) == found.gates_ms(0, 40.0, 100.0) == found.gates_ms(2, 0.0, 100.0) == 0
    assert found.gates_ms(0, 39.9, 40.1) == 12_346
    one_way = street(Closure(0, GENERAL, at_m=40.0, delay_s=5, along=False))
    assert (one_way.gates_ms(0, 0.0, 100.0), one_way.gates_ms(1, 0.0, 100.0)) == (0, 5_000)
    shut = street(Closure(0, BOTH, at_m=40.0, delay_s=5))
    assert (shut.gates_ms(0, 0.0, 100.0), shut.on_arc(0).tolist()) == (0, [40.0])


def test_several_gates_add_up() -> None:
    gates = [Closure(0, GENERAL, at_m=at_m, delay_s=5) for at_m in (20.0, 40.0, 60.0)]
    found = street(*gates)
    assert [found.gates_ms(0, 0.0, to_m) for to_m in (20.0, 30.0, 50.0, 100.0)] == [0, 5_000, 10_000, 15_000]
    assert gate_ms(found.graph.network, gates, "emergency").tolist() == [15_000, 15_000, 0, 0]
    assert gate_ms(found.graph.network, gates, "general").tolist() == [0, 0, 0, 0]
    assert gate_ms(found.graph.network, [Closure(0, GENERAL, at_m=1.0, delay_s=5, against=False)], "emergency").tolist() == [
        5_000,
        0,
        0,
        0,
    ]


@pytest.mark.parametrize(("minutes", "counts"), [(-1, False), (0, True), (59, True), (60, False)])
def test_what_is_timed_counts_from_its_start_until_just_before_its_end(minutes: int, counts: bool) -> None:  # noqa: FBT001
    moment, end = NOON + timedelta(minutes=minutes), NOON + timedelta(hours=1)
    point = Closure(0, EMERGENCY, at_m=40.0, starts=NOON, ends=end)
    whole = Closure(0, EMERGENCY, starts=NOON, ends=end)
    gate = Closure(0, GENERAL, at_m=40.0, delay_s=5, starts=NOON, ends=end)
    assert street(point, moment=moment).on_arc(0).tolist() == ([40.0] if counts else [])
    assert street(whole, moment=moment).usable.tolist() == [not counts, not counts, True, True]
    assert street(gate, moment=moment).gates_ms(0, 0.0, 100.0) == (5_000 if counts else 0)


@pytest.mark.parametrize(("hour", "counts"), [(6, False), (7, True), (8, True), (9, False)])
def test_what_has_hours_counts_within_them_alone(hour: int, counts: bool) -> None:  # noqa: FBT001
    closure = Closure(0, EMERGENCY, hours="Mo-Fr 07:00-09:00")
    assert closure.holds("emergency", NOON.replace(hour=hour)) is counts
    assert not closure.holds("general", NOON.replace(hour=hour))
    assert closure.holds("emergency")
    assert not closure.holds("emergency", NOON.replace(hour=8) - timedelta(days=1))  # a Sunday
    assert not Closure(0, EMERGENCY, hours="Mo-Fr 07:00-09:00", ends=NOON).holds("emergency", NOON)


def test_a_closure_without_a_delay_makes_nobody_wait() -> None:
    assert not Closure(0, GENERAL, at_m=1.0).delays("emergency")
    assert Closure(0, GENERAL, at_m=1.0, delay_s=0.001).delays("emergency")
    assert not Closure(0, GENERAL, at_m=1.0, delay_s=9.0).delays("general")


@pytest.mark.parametrize(
    ("metres", "speed", "ms"),
    [(100.0, 36.0, 10_000), (0.0, 36.0, 0), (-5.0, 36.0, 0), (0.0005, 3.6, 0), (0.0015, 3.6, 2), (1.0, 7.0, 514)],
)
def test_a_stretch_takes_whole_milliseconds_half_to_even_and_never_less_than_none(metres: float, speed: float, ms: int) -> None:
    assert stretch_ms(np.array([metres]), np.array([speed])).tolist() == [ms]


def test_a_stretch_of_an_arc_is_driven_at_the_classs_own_speed_there() -> None:
    found = street()
    speed = float(found.graph.arc_speed_kmh[0])
    assert found.stretch_ms(0, 100.0) == round(100.0 * 3600 / speed)
    assert found.stretch_ms(0, 100.0) != found.stretch_ms(2, 100.0)
