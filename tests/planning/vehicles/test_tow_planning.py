"""A schedule in the words of its question: each tow, step and street, all by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest

from clearway.errors import Infeasible
from clearway.network.classes import MOTOR_CLASSES, class_mask
from clearway.network.closures import Closure
from clearway.network.store import network_digest
from clearway.planning.vehicles.contract import ShutClaim
from clearway.planning.vehicles.tally import Stretch
from clearway.planning.vehicles.towing.contract import Order, Tow, TowApproach, Towed, TowPrice, TowStretch, TowTruck
from clearway.planning.vehicles.towing.fees import Cap
from clearway.planning.vehicles.towing.ground import Ground, TowQuestion, ground_of
from clearway.planning.vehicles.towing.jobs import wanted_of
from clearway.planning.vehicles.towing.means import means_of
from clearway.planning.vehicles.towing.planning import step_of, told, towed, verified
from clearway.planning.vehicles.towing.problem import Bound, Price, Schedule, Trip
from clearway.planning.vehicles.towing.release import for_all
from drawn_towns import place, streets_in_a_row

if TYPE_CHECKING:
    from clearway.network.model import Network

STARTS = datetime.fromisoformat("2022-02-17T08:00:00+13:00")
FIRST, MIDDLE, FAR = 0, 1, 2
EVERYBODY, TRUCKS = class_mask(MOTOR_CLASSES), class_mask(["service"])
NO_LIMITS = "Whether trucks fit along their ways is not known: the network records no limit of size."
CARS = Stretch("middle", (MIDDLE,), {"car": 2}, 2, 0, 1)
LORRY = Stretch("far", (FAR,), {"truck": 1}, 1, 1, 0, is_assumed=True)


@pytest.fixture(scope="module")
def network() -> Network:
    """Main Street in three blocks of 500 m, the yard at its start."""
    return streets_in_a_row(*["Main Street"] * 3)


def question(**changes: Any) -> TowQuestion:  # noqa: ANN401 - fields of the question
    """Two cars first, the lorry behind them second; a light and a heavy truck of one operator, a high light one of another."""
    lon, lat = place(0.0, 0.0)
    one = {"trucks": 1, "willing": "yes"}
    yards: list[dict[str, Any]] = [
        {"id": "yard", "lon": lon, "lat": lat, "tow_fee": 90, "capacity": 5}, {"id": "depot", "lon": lon, "lat": lat},
    ]  # fmt: skip
    given = means_of(
        {
            "storage": yards,
            "operators": [{"id": "A", "light": one, "heavy": one, "escort": True}, {"id": "B", "height_m": 3.5, "light": one}],
            "escorts": 1,
            "hook_minutes": {"car": 4},
        }
    )
    wanted = wanted_of((CARS, LORRY), given)
    wanted = replace(
        wanted, jobs=tuple(replace(one, step=int(one.heavy)) for one in wanted.jobs), steps=("cars", "the lorry", "more")
    )
    return replace(TowQuestion(wanted, given, starts=STARTS), **changes)


@pytest.fixture(scope="module")
def ground(network: Network) -> Ground:
    return ground_of(network, question())


TRIPS = (
    Trip(2, 1, 0, 1, 700, 800, 2300, 2400, 3000, escort=0),
    Trip(0, 2, 0, 0, 0, 53, 293, 346, 646),
    Trip(1, 0, 0, 0, 0, 53, 293, 346, 650, escort=0),
)
BOUNDS = (Bound(600), Bound(2000, (Price(0, "car", 0, 7), Price(1, "truck", 1, 9))))


@pytest.fixture(scope="module")
def answer(ground: Ground) -> Towed:
    return told(ground, Schedule(TRIPS, bounds=BOUNDS))


def test_tows_are_told_in_the_order_in_which_trucks_set_out(answer: Towed) -> None:
    assert answer.tows == (
        Tow(id="T001", stretch=0, vehicle="car", kind="light", step=0, truck="light 1", from_storage="yard", to_storage="yard",
            start_s=0, arrive_s=53, hooked_s=293, at_yard_s=346, done_s=650, escort=0),
        Tow(id="T002", stretch=0, vehicle="car", kind="light", step=0, truck="light 2", from_storage="yard", to_storage="yard",
            start_s=0, arrive_s=53, hooked_s=293, at_yard_s=346, done_s=646, escort=None),
        Tow(id="T003", stretch=1, vehicle="truck", kind="heavy", step=1, truck="heavy 1", from_storage="yard",
            to_storage="depot", start_s=700, arrive_s=800, hooked_s=2300, at_yard_s=2400, done_s=3000, escort=0),
    )  # fmt: skip


def test_trucks_and_what_they_need_are_told(answer: Towed, network: Network) -> None:
    always = ((0, 14 * 86_400),)
    assert answer.trucks == tuple(
        TowTruck(id=name, operator=of, kind=kind, size=size, storage="yard", windows=always, escort=of == "A")
        for name, of, kind, size in (("light 1", "A", "light", 0), ("heavy 1", "A", "heavy", 0), ("light 2", "B", "light", 1))
    )  # fmt: skip
    assert [None if one is None else one[0] for one in answer.sizes] == [3.2, 3.5]
    assert (answer.escorts, answer.escort_move_s, answer.operators, answer.starts) == (1, 300, ("A", "B"), STARTS)
    assert (answer.hook_s, answer.yard_s) == ({"car": 240, "truck": 1500}, {"car": 300, "truck": 600})
    assert (answer.network, answer.order, answer.what_if) == (network_digest(network), None, ())


def test_a_size_that_nobody_knows_is_none(ground: Ground) -> None:
    """Of one truck nothing is known, of another its height and weight alone."""
    found = told(replace(ground, sizes=(None, (3.5, 0.0, 7.5, 0.0, 0.0))), Schedule(TRIPS, bounds=BOUNDS))
    assert found.sizes == (None, (3.5, None, 7.5, None, None))


def test_stretches_and_ways_to_them_are_told(answer: Towed) -> None:
    assert answer.stretches == (
        TowStretch(name="middle", ways=(MIDDLE,), lane_moves=1, vehicles=2, assumed=False),
        TowStretch(name="far", ways=(FAR,), lane_moves=0, vehicles=1, assumed=True),
    )
    assert answer.approaches == tuple(
        TowApproach(stretch=stretch, size=size, way=way, at_m=0.5, after=after, in_s=(s, s), out_s=(s, s), least_s=2 * s)
        for size in (0, 1)
        for stretch, way, after, s in ((0, MIDDLE, (), 53), (1, FAR, (0,), 106))
    )


def test_each_step_is_told_with_what_proves_it(answer: Towed) -> None:
    first, second, third = answer.steps
    assert (first.wish, first.vehicles, first.left, first.done_s, first.at_least_s) == ("cars", 2, 0, 650, 600)
    assert (first.proven, first.prices) == (False, ())
    assert first.gap == pytest.approx(50 / 600)
    assert (second.wish, second.vehicles, second.done_s, second.at_least_s) == ("the lorry", 1, 3000, 2000)
    assert second.gap == pytest.approx(0.5)
    assert second.prices == (
        TowPrice(stretch=0, vehicle="car", step=0, price=7), TowPrice(stretch=1, vehicle="truck", step=1, price=9),
    )  # fmt: skip
    assert (third.wish, third.vehicles, third.done_s, third.at_least_s) == ("more", 0, 3000, 2000)
    assert third.prices == second.prices, "a last step that nothing is towed for is done with the one before"


def test_a_step_is_proven_at_its_bound_and_not_a_second_later(ground: Ground) -> None:
    for least_s, proven in ((650, True), (649, False)):
        found = step_of(ground, Schedule(TRIPS, bounds=(Bound(least_s), Bound(3000))), 0)
        assert (found.proven, found.gap > 0) == (proven, not proven)


def test_of_a_step_that_nobody_tows_anything_for_there_is_no_end(ground: Ground) -> None:
    schedule = Schedule((), (0, 1, 2), (Bound(0), Bound(0)))
    first, second = (step_of(ground, schedule, step) for step in (0, 1))
    assert (first.vehicles, first.left, first.done_s, first.at_least_s, first.gap) == (0, 2, None, 0, 0.0)
    assert (second.left, second.done_s) == (1, None)
    part = told(ground, Schedule(TRIPS[1:2], (1, 2), (Bound(600), Bound(600))))
    assert [(one.vehicles, one.left, one.done_s) for one in part.steps] == [(1, 1, 646), (0, 1, 646), (0, 0, 646)]
    assert [(one.vehicle, one.number) for one in part.not_towed] == [("car", 1), ("truck", 1)]


def test_barriers_and_gates_are_told_as_trucks_find_them_and_vehicles_aside(network: Network) -> None:
    closures = (
        Closure(FIRST, EVERYBODY, at_m=250.0, against=False),
        Closure(FIRST, EVERYBODY & ~TRUCKS, at_m=300.0, along=False, delay_s=60.0),
        Closure(FIRST, EVERYBODY & ~TRUCKS, at_m=301.0),  # lets trucks through at once
        Closure(MIDDLE, EVERYBODY),  # the vehicles themselves
        Closure(MIDDLE, EVERYBODY, at_m=100.0),
        Closure(FIRST, EVERYBODY, along=False),
        Closure(FIRST, EVERYBODY & ~class_mask(["emergency"]), at_m=302.0, delay_s=1.5),  # opened for trucks too
    )
    ground = ground_of(network, question(closures=closures))
    found = told(ground, Schedule((), (0, 1, 2), (Bound(0),)))
    assert found.shut == (
        ShutClaim(way=FIRST, at_m=250.0, along=True, against=False, ms=None),
        ShutClaim(way=FIRST, at_m=300.0, along=False, against=True, ms=60_000),
        ShutClaim(way=MIDDLE, at_m=100.0, along=True, against=True, ms=None),
        ShutClaim(way=FIRST, at_m=None, along=False, against=True, ms=None),
        ShutClaim(way=FIRST, at_m=302.0, along=True, against=True, ms=1500),
    )


def test_fees_above_a_cap_come_first_among_the_notes_and_what_nobody_knows_of_sizes_last(network: Network) -> None:
    caps = (Cap("a", "tow", 80.0, "NZD", "always", "Act", "a page", is_read=True),)
    found = told(ground_of(network, question(caps=caps)), Schedule(TRIPS, bounds=BOUNDS))
    assert found.notes[0] == "The tow fee of yard, NZD 90.00, is above the cap of NZD 80.00 where always (Act; a page)."
    assert found.notes[-1] == NO_LIMITS
    assert [one.over_cap for one in found.storage] == [found.notes[:1], ()]


def test_what_is_lacking_assumed_and_said_is_there(answer: Towed, ground: Ground) -> None:
    assert answer.lacking[0].startswith("Nobody has ordered it.")
    assert "Minutes to hook up: truck 25." in answer.assumed
    assert answer.summary[0].startswith("3 vehicles (1 of 2 tallies assumed), 2 light trucks and 1 heavy truck: 3 towed.")
    order = Order(basis="a by-law", by="Council", instrument="section 9", is_read=True)
    ordered = told(replace(ground, question=replace(ground.question, order=order)), Schedule(TRIPS, bounds=BOUNDS))
    assert ordered.order == order
    assert not any("ordered" in one for one in ordered.lacking)
    assumed = told(
        replace(ground, wanted=replace(ground.wanted, assumed=("So it is.",), notes=("Note.",))), Schedule(TRIPS, bounds=BOUNDS)
    )
    assert ("So it is." in assumed.assumed, "Note." in assumed.notes) == (True, True)


def test_what_goes_out_names_nobody_and_keeps_every_tow(answer: Towed) -> None:
    out = for_all(answer)
    assert (out.tows, out.steps, out.summary) == (answer.tows, answer.steps, answer.summary)
    assert [(one.id, one.operator) for one in out.trucks] == [("light 1", None), ("heavy 1", None), ("light 2", None)]
    assert (out.operators, out.lacking) == ((), ())


def test_a_schedule_passes_its_check_or_is_not_handed_out(network: Network, answer: Towed) -> None:
    with pytest.raises(Infeasible, match=r"^The schedule did not pass its check and is not handed out: .+ Report this\.$"):
        verified(network, answer)
    fine = towed(network, question(), limit_s=0.0)
    assert verified(network, fine) is fine
    assert [one.left for one in fine.steps] == [0, 0, 0]


def test_the_same_question_has_the_same_schedule_where_time_is_counted(network: Network) -> None:
    found = [towed(network, question(), limit_s=1.0, is_same=True) for _ in range(2)]
    assert found[0] == found[1]
