"""A towing question on the streets: whose trucks come, when they work, where they start, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from clearway.errors import BadInput
from clearway.network.classes import MOTOR_CLASSES, class_mask
from clearway.network.closures import Closure
from clearway.planning.vehicles.tally import LENGTH_M, Stretch
from clearway.planning.vehicles.towing.clock import HORIZON_S
from clearway.planning.vehicles.towing.ground import Ground, TowQuestion, ground_of, without_operators
from clearway.planning.vehicles.towing.jobs import spread, wanted_of, with_those_in_front
from clearway.planning.vehicles.towing.means import means_of
from clearway.planning.vehicles.towing.problem import Job, Leg
from clearway.planning.vehicles.towing.streets import let_in, worked_on
from drawn_towns import Town, place, streets_in_a_row

if TYPE_CHECKING:
    from clearway.network.model import Network

STARTS = datetime.fromisoformat("2022-02-17T08:00:00+13:00")
FIRST, MIDDLE, FAR = 0, 1, 2
EVERYBODY, HELP = class_mask(MOTOR_CLASSES), class_mask(["emergency"])
TALLY = (Stretch("middle", (MIDDLE,), {"car": 2}, 2, 0, 1), Stretch("far", (FAR,), {"truck": 1}, 1, 1, 0))


@pytest.fixture(scope="module")
def network() -> Network:
    """Main Street in three blocks of 500 m."""
    return streets_in_a_row(*["Main Street"] * 3)


def yard(name: str = "yard", *, x: float = 0.0, y: float = 0.0, **fields: Any) -> dict[str, Any]:  # noqa: ANN401 - its fields
    lon, lat = place(x, y)
    return {"id": name, "lon": lon, "lat": lat} | fields


def fleet(trucks: int = 1, willing: str = "yes", **fields: Any) -> dict[str, Any]:  # noqa: ANN401 - its fields
    return {"trucks": trucks, "willing": willing} | fields


def question(*operators: dict[str, Any], storage: list[dict[str, Any]] | None = None, **changes: Any) -> TowQuestion:  # noqa: ANN401 - its fields
    given = means_of({"storage": [yard()] if storage is None else storage, "operators": list(operators)})
    return replace(TowQuestion(wanted_of(TALLY, given), given, starts=STARTS), **changes)


def windows(found: Ground) -> dict[str, tuple[tuple[int, int], ...]]:
    return {one.id: one.windows for one in found.trucks}


def test_trucks_are_numbered_by_kind_over_all_operators_that_are_willing(network: Network) -> None:
    found = ground_of(
        network,
        question(
            {"id": "A", "light": fleet(2), "heavy": fleet(1)},
            {"id": "B", "light": fleet(3, "no"), "heavy": fleet(2, "unknown")},
            {"id": "C", "light": fleet(0), "heavy": fleet(1), "escort": True},
        ),
    )  # fmt: skip
    assert [(one.id, one.operator, one.kind, one.escort) for one in found.trucks] == [
        ("light 1", "A", "light", False), ("light 2", "A", "light", False), ("heavy 1", "A", "heavy", False),
        ("heavy 2", "C", "heavy", True),
    ]  # fmt: skip
    assert [(one.heavy, one.escort) for one in found.problem.trucks] == [
        (False, False), (False, False), (True, False), (True, True),
    ]  # fmt: skip


def test_trucks_of_one_size_share_it(network: Network) -> None:
    given = [{"id": name, "light": fleet(), "height_m": high} for name, high in (("A", 3.5), ("B", None), ("C", 3.5))]
    found = ground_of(network, question(*given))
    assert [one.size for one in found.trucks] == [0, 1, 0]
    assert [one[0] for one in found.sizes if one] == [3.5, 3.2]
    assert sorted(found.problem.legs) == [(0, 0), (0, 1), (1, 0), (1, 1)]
    assert len(ground_of(network, question()).sizes) == 1, "without any truck the streets are those of the class"


def test_a_truck_starts_at_its_own_storage_place_or_at_the_first(network: Network) -> None:
    both = [yard("north"), yard("south", x=1500.0)]
    given = [{"id": "A", "light": fleet()}, {"id": "B", "light": fleet(), "storage": "south"}]
    found = ground_of(network, question(*given, storage=both))
    assert [one.storage for one in found.trucks] == ["north", "south"]
    assert [one.storage for one in found.problem.trucks] == [0, 1]
    assert found.problem.legs[0, 0].in_s == (53, None), "nobody drives through the middle"


def test_a_truck_that_is_busy_is_where_and_when_it_is_done(network: Network) -> None:
    both = [yard("north"), yard("south", x=1500.0)]
    given = {"id": "A", "light": fleet(2), "hours": "08:00-09:00"}
    found = ground_of(network, question(given, storage=both, busy={"light 2": ("south", 600)}))
    assert [(one.storage, one.windows[0]) for one in found.trucks] == [("north", (0, 3600)), ("south", (600, 3600))]


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({}, ((0, HORIZON_S),)),
        ({"light": fleet(since=(STARTS + timedelta(seconds=90)).isoformat())}, ((90, HORIZON_S),)),
        ({"light": fleet(since=(STARTS - timedelta(seconds=90)).isoformat())}, ((0, HORIZON_S),)),
        ({"withdrew": (STARTS + timedelta(seconds=90)).isoformat()}, ((0, 90),)),
        ({"withdrew": STARTS.isoformat()}, ()),
        ({"withdrew": (STARTS - timedelta(seconds=90)).isoformat()}, ()),
        ({"heavy": fleet(0, since=(STARTS + timedelta(days=1)).isoformat())}, ((0, HORIZON_S),)),
    ],
)
def test_a_truck_works_from_its_operators_answer_until_it_withdraws(
    network: Network, fields: dict[str, Any], found: tuple[tuple[int, int], ...]
) -> None:
    asked = question({"id": "A", "light": fleet()} | fields)
    assert windows(ground_of(network, asked)) == {"light 1": found}
    if asked.means.operators[0].hours is None:
        no_start = ground_of(network, replace(asked, starts=None))
        assert windows(no_start) == {"light 1": ((0, HORIZON_S),)}, "without a start no moment can be kept"


def test_nobody_works_while_time_is_lost(network: Network) -> None:
    found = ground_of(network, question({"id": "A", "light": fleet(), "heavy": fleet()}, lost=(600, 900)))
    assert windows(found) == dict.fromkeys(("light 1", "heavy 1"), ((0, 600), (900, HORIZON_S)))
    assert windows(ground_of(network, question({"id": "A", "light": fleet()}, lost=(0, 900)))) == {
        "light 1": ((900, HORIZON_S),)
    }


def test_hours_of_whoever_has_some_need_a_start(network: Network) -> None:
    by_day: dict[str, Any] = {"hours": "08:00-09:00"}
    for asked in (
        question({"id": "A", "light": fleet()} | by_day, {"id": "B", "light": fleet()}, starts=None),
        question({"id": "A", "light": fleet()}, storage=[yard(), yard("two", **by_day)], starts=None),
    ):
        with pytest.raises(BadInput, match=r"^Hours are given and nobody said when towing starts\. Say it with --from"):
            ground_of(network, asked)
    found = ground_of(network, question({"id": "A", "light": fleet()}, storage=[yard(**by_day), yard("two")]))
    assert [one.windows[0] for one in found.problem.yards] == [(0, 3600), (0, HORIZON_S)]


def test_a_storage_place_is_near_a_street_or_a_slip_of_the_pen(network: Network) -> None:
    near = ground_of(network, question(storage=[yard(y=199.0)]))
    assert near.storage[0].way == FIRST
    with pytest.raises(BadInput, match=r"^a and c lies more than 200 m from any street\."):
        ground_of(network, question(storage=[yard("a", y=201.0), yard("b"), yard("c", y=-300.0)]))


def test_what_a_question_needs_is_asked_for(network: Network) -> None:
    with pytest.raises(BadInput, match=r"Give a place with --store LON,LAT\.$"):
        ground_of(network, question(storage=[]))
    asked = question()
    with pytest.raises(BadInput, match=r"^There is nothing to tow\.$"):
        ground_of(network, replace(asked, wanted=replace(asked.wanted, jobs=())))


def test_the_problem_has_the_places_and_escorts_of_the_means(network: Network) -> None:
    given = means_of({"storage": [yard(capacity=4), yard("two")], "operators": [], "escorts": 2})
    found = ground_of(network, TowQuestion(wanted_of(TALLY, given), given)).problem
    assert [one.capacity for one in found.yards] == [4, None]
    assert (found.escorts, found.escort_move_s, found.lane_moves) == (2, 300, (1, 0))
    assert [(one.stretch, one.heavy) for one in found.jobs] == [(0, False), (0, False), (1, True)]


def test_who_staffs_gates_lets_trucks_through_and_that_is_said(network: Network) -> None:
    one = Closure(FIRST, EVERYBODY & ~HELP, at_m=200.0)
    for closures, said in (((one,), "1 gate"), ((one, replace(one, at_m=300.0)), "2 gates")):
        found = ground_of(network, question(closures=closures))
        assert found.wanted.assumed[-1] == f"Those who staff {said}, which open for some, let tow trucks in and out."
        assert found.problem.legs[0, 0].in_s == (53,)
    assert not any("staff" in one for one in ground_of(network, question()).wanted.assumed)


@pytest.mark.parametrize(
    ("closure", "is_gate"),
    [
        (Closure(FIRST, EVERYBODY & ~HELP, at_m=200.0), True),
        (Closure(FIRST, EVERYBODY, at_m=200.0), False),  # opens for nobody
        (Closure(FIRST, EVERYBODY & ~HELP), False),  # a whole way
        (Closure(FIRST, EVERYBODY & ~class_mask(["service"]), at_m=200.0), False),  # lets them through anyway
    ],
)  # fmt: skip
def test_a_barrier_that_opens_for_some_is_a_gate(closure: Closure, is_gate: bool) -> None:  # noqa: FBT001 - a case
    found, gates = let_in([closure])
    assert gates == int(is_gate)
    assert found == ([replace(closure, shuts=closure.shuts & ~class_mask(["service"]))] if is_gate else [closure])
    assert let_in([]) == ([], 0)


def test_on_a_stretch_trucks_drive_both_ways_and_slowly_where_nobody_else_does(network: Network) -> None:
    permit, speed = network.arc_permit.copy(), network.arc_speed_kmh.copy()
    permit[2 * MIDDLE + 1] = 0
    speed[:, 2 * MIDDLE + 1] = 0
    one_way = replace(network, arc_permit=permit, arc_speed_kmh=speed)
    found = worked_on(one_way, {MIDDLE})
    truck = class_mask(["service"])
    assert [bool(one & truck) for one in found.arc_permit[2 * MIDDLE : 2 * MIDDLE + 2]] == [True, True]
    both = found.arc_speed_kmh[:, 2 * MIDDLE : 2 * MIDDLE + 2]
    assert sorted(np.unique(both[:, 1]).tolist()) == [0.0, 20.0], "of no other class"
    assert (both[:, 0] == speed[:, 2 * MIDDLE]).all(), "where there is a speed it stays"
    assert not permit[2 * MIDDLE + 1], "the network itself stays as it is"
    plain = worked_on(one_way, set())
    assert (plain.arc_permit == permit).all()


def test_operators_that_drop_out_are_called_by_name() -> None:
    asked = question({"id": "A", "light": fleet()}, {"id": "B", "light": fleet()})
    assert [one.id for one in without_operators(asked, ["A"]).means.operators] == ["B"]
    assert without_operators(asked, ["A", "B"]).means.operators == ()
    with pytest.raises(BadInput, match=r"^No operator is called C and D\. There are A and B\.$"):
        without_operators(asked, ["C", "A", "D"])
    with pytest.raises(BadInput, match=r"There are none\.$"):
        without_operators(question(), ["C"])


def test_cars_are_spread_so_that_each_street_has_its_share_and_none_is_lost(network: Network) -> None:
    town = Town()
    for x, length, name in ((0.0, 100.0, "Short"), (0.0, 250.0, "Long"), (0.0, 150.0, "Mid")):
        y = length * 10
        town.street((x, y), (x + length, y), name=f"{name} Street", speed_kmh=36.0)
    streets = town.network()
    for count, shares in ((10, [2, 5, 3]), (1, [1]), (3, [1, 1, 1]), (4, [1, 2, 1])):
        found = spread(streets, [0, 1, 2], count)
        assert [one.across for one in found] == shares
        assert [one.vehicles for one in found] == [{"car": one} for one in shares]
    assert [one.name for one in spread(streets, [0, 1, 2], 1)] == ["Long Street"], "a street without a car is none"
    first, *rest = spread(streets, [2, 1, 1, 0], 10)
    assert (first.name, first.ways, first.lanes_left, first.lane_moves, first.is_assumed) == ("Short Street", (0,), 0, 1, True)
    assert first.assumed[0].startswith("10 cars are spread over the occupied streets")
    assert [(one.assumed, one.lane_moves, one.is_assumed) for one in rest] == [((), 3, True), ((), 2, True)]
    (whole,) = spread(network, [FIRST, MIDDLE, FAR], 7)
    assert (whole.ways, whole.across, whole.lane_moves) == ((FIRST, MIDDLE, FAR), 7, 4)


def test_as_many_cars_as_stand_six_abreast_fit_and_not_one_more(network: Network) -> None:
    length_m = float(network.way_length_m[FIRST])
    most = int(length_m * 6 / LENGTH_M["car"])
    assert spread(network, [FIRST], most)[0].across == most
    with pytest.raises(
        BadInput, match=rf"^{most + 1} cars do not fit on the occupied streets, which are {length_m:.0f} m long"
    ):
        spread(network, [FIRST], most + 1)
    with pytest.raises(BadInput, match="Give 1 vehicle or more"):
        spread(network, [FIRST], 0)


LEG = Leg((1,), (1,), 2)


def in_front(steps: tuple[int, ...], after: dict[int, tuple[int, ...]], moves: tuple[int, ...], **more: Any) -> Any:  # noqa: ANN401 - vehicles, one on each stretch unless said
    """Jobs for some steps, by stretch; the steps that they have then, and what is said."""
    on = more.pop("on", range(len(steps)))
    heavy = more.pop("lorries", ())
    stretches = tuple(Stretch(f"s{at}", (at,), {"car": 1}, 1, 0, count) for at, count in enumerate(moves))
    given = means_of({})
    jobs = tuple(Job(stretch, "car", at in heavy, step, 1, 1) for at, (stretch, step) in enumerate(zip(on, steps, strict=True)))
    wanted = replace(wanted_of(stretches, given), jobs=jobs, notes=("before",))
    legs = {(0, stretch): replace(LEG, after=after.get(stretch, ())) for stretch in range(len(moves))}
    found = with_those_in_front(wanted, legs, **more)
    assert found.notes[0] == "before"
    return [one.step for one in found.jobs], list(found.notes[1:])


def says(count: str, front: int, behind: int) -> str:
    return f"{count} of s{front} must go first: trucks come to s{behind} past them."


def test_those_in_front_go_as_early_as_those_behind() -> None:
    assert in_front((1, 0), {1: (0,)}, (1, 0)) == ([0, 0], [says("1 vehicle", 0, 1)])
    assert in_front((0, 1), {1: (0,)}, (1, 0)) == ([0, 1], [])
    assert in_front((1, 1), {1: (0,)}, (1, 0)) == ([1, 1], [])
    assert in_front((2, 1, 0), {2: (1,), 1: (0,)}, (1, 1, 0)) == ([0, 0, 0], [says("1 vehicle", 0, 1), says("1 vehicle", 1, 2)])
    assert in_front((1, 0), {}, (1, 0)) == ([1, 0], [])
    assert in_front((1, 0), {1: (0,)}, (0, 0)) == ([1, 0], [])


def test_of_those_in_front_as_many_go_as_make_a_lane_the_earliest_first() -> None:
    assert in_front((3, 2, 3, 1), {1: (0,)}, (2, 0), on=(0, 0, 0, 1)) == ([1, 1, 3, 1], [says("2 vehicles", 0, 1)])
    assert in_front((1, 2, 3, 1), {1: (0,)}, (2, 0), on=(0, 0, 0, 1)) == ([1, 1, 3, 1], [says("1 vehicle", 0, 1)])
    assert in_front((3, 3), {1: (0,)}, (2, 0), on=(0, 0)) == ([3, 3], []), "behind them stands nobody"


def test_where_no_truck_moves_lorries_others_in_front_go() -> None:
    lorry_first = {"on": (0, 0, 1), "lorries": (0,)}
    assert in_front((1, 2, 0), {1: (0,)}, (1, 0), **lorry_first)[0] == [0, 2, 0]
    assert in_front((1, 2, 0), {1: (0,)}, (1, 0), heavy=False, **lorry_first)[0] == [1, 0, 0]


def test_a_heavy_truck_that_never_works_moves_no_lorry_in_front(network: Network) -> None:
    given = means_of({"storage": [yard()], "operators": [{"id": "A", "light": fleet(), "heavy": fleet()}]})
    tally = (Stretch("middle", (MIDDLE,), {"car": 1, "truck": 1}, 2, 0, 1), Stretch("far", (FAR,), {"car": 1}, 1, 1, 0))
    wanted = wanted_of(tally, given)
    steps = tuple(replace(one, step=0 if one.stretch else 1 + (one.vehicle == "car")) for one in wanted.jobs)
    asked = TowQuestion(replace(wanted, jobs=steps), given, starts=STARTS)
    ahead = {(one.vehicle, one.step) for one in ground_of(network, asked).problem.jobs if not one.stretch}
    assert ahead == {("truck", 0), ("car", 2)}
    withdrew = {"id": "B", "heavy": fleet(), "withdrew": STARTS.isoformat()}
    gone = means_of({"storage": [yard()], "operators": [{"id": "A", "light": fleet()}, withdrew]})
    ahead = {(one.vehicle, one.step) for one in ground_of(network, replace(asked, means=gone)).problem.jobs if not one.stretch}
    assert ahead == {("truck", 1), ("car", 0)}


def test_of_vehicles_partly_in_the_carriageway_those_stand_there_that_take_longest_in_all() -> None:
    """A van is hooked up later than a car, and takes less time in all."""
    given = means_of({"hook_minutes": {"car": 10, "van": 11}, "yard_minutes": {"car": 9, "van": 1}})
    street = Stretch("street", (0,), {"van": 1, "car": 1}, 1, 0, 1)
    assert [one.vehicle for one in wanted_of((street,), given).jobs] == ["car"]
