"""Which barriers become gates: the same as by trying every choice; what a choice may never do; what bad input says."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from clearway.errors import BadInput
from clearway.planning.access.planner.services import Service, Staffed
from clearway.planning.access.planner.stations import Station
from clearway.planning.access.planner.timing import AccessTimer
from clearway.planning.cordon.planner.steps import UNHURRIED, Steps
from clearway.planning.gazetteer import Gazetteer
from clearway.planning.plan.closures import plan_closures
from clearway.planning.plan.document import plan_of
from clearway.planning.plan.gate_choice import answer as answer_module
from clearway.planning.plan.gate_choice.choosing import choose_gates
from clearway.planning.plan.gate_choice.contract import GateWishes
from drawn_towns import Town, place
from plan_rings import DAYS, NOW
from random_gates import HELP, LONGER_S, RESIDENTS, STAFF, STAFFED_S, Ring, best_by_hand, rings

if TYPE_CHECKING:
    from clearway.planning.plan.gate_choice.choosing import ChosenPlan


def chosen(ring: Ring, steps: Steps = UNHURRIED, at: datetime | None = None, **wishes: Any) -> ChosenPlan:  # noqa: ANN401 - any wish
    plan = plan_of({"plan": "tmp", "title": "Ring", "barriers": ring.barriers, "passages": ring.passages}, DAYS, NOW)
    asked = {"staff": STAFF, "staffed_seconds": STAFFED_S, "longer_seconds": LONGER_S} | wishes
    timer = AccessTimer(ring.network)
    return choose_gates(plan, Gazetteer(ring.network), timer, ring.services, GateWishes(**asked), at, steps)


@pytest.mark.slow
@pytest.mark.parametrize("one_blocked", [True, False])
def test_the_choice_is_the_best_of_all_tried_one_by_one(one_blocked: bool) -> None:  # noqa: FBT001 - a parameter
    assert len({best_opens(ring, one_blocked=one_blocked) for ring in rings(12)}) > 3


def best_opens(ring: Ring, *, one_blocked: bool) -> tuple[str, ...]:
    """How the barriers of the best choice open, which must be the one that is found."""
    found = chosen(ring, one_blocked=one_blocked)
    best = best_by_hand(ring, one_blocked=one_blocked)
    assert tuple(one.opens for one in found.plan.barriers) == best.opens
    answer = found.answer
    assert (answer.staff, answer.staff_bound, answer.proven, answer.help_ok) == (best.staff, best.staff, True, True)
    assert (None if answer.longer_seconds is None else math.ceil(answer.longer_seconds)) == best.longer_s
    return best.opens


def test_so_is_that_of_a_ring_that_is_looked_at_each_time() -> None:
    for ring in rings(1):
        assert len(best_opens(ring, one_blocked=True)) == len(ring.barriers)


@pytest.mark.slow
def test_help_is_never_shut_out_by_a_gate_whose_rule_lists_it_and_waits_as_long_as_it_takes_to_open() -> None:
    for ring in rings(12):
        found = chosen(ring)
        listed = next(rule for rule in found.plan.passages if HELP in rule.who).gates
        gates = {one.id: one for one in found.plan.barriers if one.is_gate and (not listed or one.id in listed)}
        closures = [one for one in plan_closures(found.plan, Gazetteer(ring.network), None).closures if one.label in gates]
        assert {one.label for one in closures} == set(gates)
        for closure in closures:
            assert not closure.holds("emergency")
            assert closure.delay_s == gates[closure.label].opening_seconds


def road(
    *,
    people: dict[str, Any] | None = None,
    beyond: tuple[float, float] = (400.0, 300.0),
    address_m: float = 200.0,
    **gate: object,
) -> Ring:
    """Station, B1, a street of 400 m with an address in its middle, B2, and a way round from its far end to its near one."""
    town = Town()
    near, far = (0.0, 0.0), (400.0, 0.0)
    street = town.street(near, far, speed_kmh=36.0)
    town.street(far, beyond, speed_kmh=36.0)
    town.street(beyond, near, speed_kmh=36.0)
    town.street((-100.0, 0.0), near, speed_kmh=36.0)
    town.draft.address(street, address_m)
    barriers = [
        {"id": name, "place": {"type": "point", "at": list(place(x, 0.0))}} | gate for name, x in (("B1", 100.0), ("B2", 300.0))
    ]
    rules = [{"who": HELP, "may": "enter_and_leave"}, *([people] if people else [])]
    service = Service("fire", ("fire_station",), within_s=60.0)
    station = Station("Station", "fire_station", *place(-50.0, 0.0))
    return Ring(town.network(), [(street, 100.0), (street, 300.0)], barriers, rules, [Staffed(service, (station,))], [])


def test_one_gate_is_enough_where_none_is_blocked_and_it_is_the_one_within_the_standard() -> None:
    """By B1 it takes 51 s, by B2 far more than a minute."""
    answer = chosen(road(), one_blocked=False).answer
    assert ([one.id for one in answer.gates], answer.shut, answer.staff, answer.staff_bound) == (["B1"], ("B2",), 2, 2)
    assert answer.gates[0].why.startswith("Without it fire never comes to ")
    assert answer.longer_seconds is None
    assert answer.help_late == 0


def test_gates_are_chosen_for_when_most_barriers_stand_or_for_the_moment_that_is_asked_about() -> None:
    first, both = "2022-02-17T08:00:00+13:00", "2022-02-17T09:00:00+13:00"
    ring = road()
    timed = [ring.barriers[0] | {"starts": first}, ring.barriers[1] | {"starts": both}]
    answer = chosen(replace(ring, barriers=timed), one_blocked=False).answer
    assert answer.at == datetime.fromisoformat(both)
    assert [one.id for one in answer.gates] == ["B1"]
    assert chosen(ring, one_blocked=False).answer.at is None
    asked = datetime.fromisoformat(first)
    early = chosen(replace(ring, barriers=timed), at=asked, one_blocked=False).answer
    assert (early.at, [one.id for one in early.gates], early.shut) == (asked, ["B1"], ())  # B2 does not stand yet
    assert answer.shut == ("B2",)


def test_with_a_block_that_a_machine_moves_blocked_the_other_barrier_is_a_gate() -> None:
    ring = road()
    moved = replace(ring, barriers=[ring.barriers[0] | {"opening_seconds": 39.0}, ring.barriers[1]])
    answer = chosen(moved).answer
    assert ([one.id for one in answer.gates], answer.shut) == (["B2"], ("B1",))
    assert answer.gates[0].why.startswith("Without it, and with B1 blocked, fire never comes to ")


def test_with_one_gate_blocked_help_still_comes_so_that_both_are_needed() -> None:
    answer = chosen(road()).answer
    assert ([one.id for one in answer.gates], answer.staff) == (["B1", "B2"], 4)
    assert answer.gates[1].why.startswith("Without it, and with B1 blocked, fire never comes to ")


def test_a_block_that_a_forklift_moves_in_time_needs_no_staff_and_one_moved_too_late_does() -> None:
    """Help drives 250 m at 43.2 km/h, 20.8 s: 39 s at most are left of the minute."""
    quick, slow = (chosen(road(opening_seconds=seconds), one_blocked=False).answer for seconds in (39.0, 40.0))
    assert (quick.gates, quick.staff, quick.shut) == ((), 0, ("B1", "B2"))
    assert ([one.id for one in slow.gates], slow.staff) == (["B1"], 2)
    assert "after 61 s, later than its standard" in slow.gates[0].why


def test_whom_a_gate_is_for_is_named_though_others_live_outside_the_ring() -> None:
    town = Town()
    outside = town.street((-100.0, 0.0), (0.0, 0.0), name="Outer Street")
    street = town.street((0.0, 0.0), (400.0, 0.0), name="Inner Street")
    for way, at_m in ((outside, 80.0), (street, 200.0)):
        town.draft.address(way, at_m)
    barriers = [{"id": f"B{n}", "place": {"type": "point", "at": list(place(x, 0.0))}} for n, x in ((1, 100.0), (2, 300.0))]
    station = Station("Station", "fire_station", *place(-90.0, 0.0))
    service = Staffed(Service("fire", ("fire_station",), within_s=60.0), (station,))
    ring = Ring(town.network(), [(street, 100.0), (street, 300.0)], barriers, road().passages, [service], [])
    (gate,) = chosen(ring, one_blocked=False).answer.gates
    assert gate.id == "B1"
    assert "Inner Street, 200 m from Outer Street" in gate.why


def test_a_standard_holds_to_the_millisecond_at_which_help_comes_through_a_staffed_gate() -> None:
    """A forklift would take 10 s longer: within the standard only a staffed gate is, and past it help need only come."""
    ring = road(opening_seconds=40.0)

    def within(seconds: float) -> tuple[list[str], int]:
        (one,) = ring.services
        asked = replace(ring, services=[replace(one, service=replace(one.service, within_s=seconds))])
        answer = chosen(asked, one_blocked=False).answer
        return [gate.id for gate in answer.gates], answer.help_late

    (soonest,) = chosen(road(), one_blocked=False).access[0].after.ms.tolist()
    assert within(soonest / 1000) == (["B1"], 0)
    assert within((soonest - 1) / 1000) == ([], 1)


def test_an_address_that_no_street_leads_to_is_late_by_any_standard() -> None:
    town = Town()
    far = town.street((1000.0, 900.0), (1200.0, 900.0))
    street = town.street((0.0, 0.0), (400.0, 0.0))
    town.draft.address(far, 100.0)
    town.draft.address(street, 300.0)
    station = Station("Station", "fire_station", *place(10.0, 0.0))
    barrier = {"id": "B1", "place": {"type": "point", "at": list(place(200.0, 0.0))}}
    service = Staffed(Service("fire", ("fire_station",), within_s=1e8), (station,))
    ring = Ring(town.network(), [(street, 200.0)], [barrier], [{"who": HELP, "may": "enter_and_leave"}], [service], [])
    answer = chosen(ring, one_blocked=False).answer
    assert ([one.id for one in answer.gates], answer.help_late) == (["B1"], 1)


def test_a_gate_that_is_given_up_is_left_to_a_machine_of_which_nobody_says_how_soon_it_comes() -> None:
    found = chosen(road(opens="staffed", opening_seconds=5.0), one_blocked=False)
    assert [(one.opens, one.opening_seconds) for one in found.plan.barriers] == [("staffed", 5.0), ("machine", None)]


def test_of_two_gates_that_serve_alike_the_one_that_the_plan_names_first_is_taken() -> None:
    """Within ten minutes help comes by either."""
    ring = road()
    (one,) = ring.services
    patient = [replace(one, service=replace(one.service, within_s=600.0))]
    for barriers in (ring.barriers, ring.barriers[::-1]):
        answer = chosen(replace(ring, services=patient, barriers=barriers), one_blocked=False).answer
        assert [gate.id for gate in answer.gates] == [barriers[0]["id"]]
        assert answer.proven


def test_so_is_it_where_its_ways_are_a_hundredth_of_a_second_beyond_a_whole_number() -> None:
    """Round the ring it is 2.4 m longer than in the other tests: about 100.04 s, whichever of the two is the gate."""
    ring = road(people={"who": RESIDENTS, "may": "enter_and_leave"}, beyond=(400.0, 301.5))
    (one,) = ring.services
    patient = [replace(one, service=replace(one.service, within_s=600.0))]
    for barriers in (ring.barriers, ring.barriers[::-1]):
        answer = chosen(replace(ring, services=patient, barriers=barriers), one_blocked=False, longer_seconds=600).answer
        assert answer.longer_seconds is not None
        assert 100.0 < answer.longer_seconds < 100.1
        assert [gate.id for gate in answer.gates] == [barriers[0]["id"]]


@pytest.mark.parametrize(("address_m", "nearer"), [(197.5, "B1"), (202.5, "B2")])
def test_of_two_gates_the_one_is_taken_by_which_ways_become_a_second_less_longer(address_m: float, nearer: str) -> None:
    """By the nearer gate some drive 99.3 s longer, by the other 100.3 s."""
    ring = road(people={"who": RESIDENTS, "may": "enter_and_leave"}, address_m=address_m)
    (one,) = ring.services
    patient = [replace(one, service=replace(one.service, within_s=600.0))]
    for barriers in (ring.barriers, ring.barriers[::-1]):
        answer = chosen(replace(ring, services=patient, barriers=barriers), one_blocked=False, longer_seconds=600).answer
        assert [gate.id for gate in answer.gates] == [nearer]
        assert answer.longer_seconds == pytest.approx(99.3, abs=0.02)


def test_of_gates_that_take_no_staff_no_more_are_opened_than_are_needed() -> None:
    ring = road(opens="swing")
    (one,) = ring.services
    patient = [replace(one, service=replace(one.service, within_s=600.0))]
    answer = chosen(replace(ring, services=patient), one_blocked=False).answer
    assert ([(gate.id, gate.opens) for gate in answer.gates], answer.shut, answer.staff) == ([("B1", "swing")], ("B2",), 0)


def test_it_tells_what_it_is_doing_and_how_far_it_is() -> None:
    told: list[tuple[str, float]] = []
    chosen(road(), Steps(tell=lambda doing, share: told.append((doing, share))), one_blocked=False)
    assert list(dict.fromkeys(told)) == [
        ("Timing help and people through every gate", 0.0), ("Looking for the fewest staff", 0.3),
        ("Proving access through the gates", 0.9),
    ]  # fmt: skip


def test_a_swing_gate_needs_no_staff_unless_somebody_must_show_something() -> None:
    rule = {"who": RESIDENTS, "may": "enter_and_leave"}
    free = chosen(road(people=rule, opens="swing"), one_blocked=False).answer
    assert ({one.opens for one in free.gates}, free.staff) == ({"swing"}, 0)
    asked = chosen(road(people=rule | {"proof": "a letter"}, opens="swing"), longer_seconds=600, one_blocked=False).answer
    assert [one.opens for one in asked.gates if RESIDENTS in one.lets_in] == ["staffed"]
    assert asked.staff == 2


def test_a_way_may_become_so_much_longer_and_no_more() -> None:
    """From behind B2 it is 110 m through it, and 1,100 m round to B1: 99.8 s longer, as both take 30 s to open."""
    rule = {"who": RESIDENTS, "may": "enter_and_leave"}
    round_trip = chosen(road(people=rule), one_blocked=False, longer_seconds=600).answer
    assert ([one.id for one in round_trip.gates], round_trip.staff) == (["B1"], 2)
    assert round_trip.longer_seconds is not None
    exact = round_trip.longer_seconds
    assert exact == pytest.approx(99.8, abs=0.01)
    fewer = chosen(road(people=rule), one_blocked=False, longer_seconds=exact - 0.001).answer
    assert ([one.id for one in fewer.gates], fewer.longer_seconds) == (["B1", "B2"], 0.0)
    assert fewer.gates[1].why.startswith("Without it residents at B2 drive 100 s longer to ")


def test_a_street_of_buses_gets_a_gate_where_the_rules_let_buses_in() -> None:
    ring = road()
    trips = np.zeros(ring.network.way_count, np.int32)
    trips[ring.cuts[0][0]] = 12
    served = replace(ring, network=replace(ring.network, way_bus_trips=trips))
    let_in = replace(served, passages=[*served.passages, {"who": "buses", "may": "enter_and_leave"}])
    assert [one.id for one in chosen(served, one_blocked=False).answer.gates] == ["B1"]
    gates = chosen(let_in, one_blocked=False).answer.gates
    assert [one.id for one in gates] == ["B1", "B2"]
    assert gates[1].why == "Buses drive here, and the rules let them in."


def test_what_is_to_be_a_gate_is_one_and_what_is_to_stay_shut_does() -> None:
    kept = chosen(road(), one_blocked=False, keep=("B2",)).answer
    assert [(one.id, one.why) for one in kept.gates][1] == ("B2", "It was asked for.")
    shut = chosen(road(), one_blocked=False, never=("B1",)).answer
    assert ([one.id for one in shut.gates], shut.shut) == (["B2"], ("B1",))


def test_where_no_time_is_left_every_barrier_is_staffed_and_nothing_is_claimed() -> None:
    answer = chosen(road(), Steps(limit_s=0)).answer
    assert ([one.id for one in answer.gates], answer.staff, answer.staff_bound, answer.proven) == (["B1", "B2"], 4, 0, False)
    assert answer.summary[1] == (
        "The time ended before it was proved that fewer people cannot do it; at least 0 people are needed."
    )


NOWHERE = {"id": "X", "place": "Nowhere Street at Nothing Street"}


@pytest.mark.parametrize(
    ("changes", "wishes", "says"),
    [
        ({}, {"keep": ("B9",)}, "The plan has no barrier B9 at that time. It has B1 and B2."),
        ({}, {"keep": ("B1",), "never": ("B1",)}, "B1 cannot be a gate and stay shut. Name it once."),
        ({}, {"never": ("B1", "B2")}, "Every barrier is to stay shut, so there is no gate to choose."),
        ({"passages": []}, {}, "No rule lets emergency services through a gate"),
        ({"barriers": []}, {}, "The plan has no barriers"),
        ({"services": []}, {}, "No station is known"),
        ({"barriers": [NOWHERE]}, {}, "No gate can be chosen while a barrier stands nowhere on this map. X: This map has no "),
    ],
)
def test_what_cannot_be_chosen_is_refused_in_a_sentence(changes: dict[str, Any], wishes: dict[str, Any], says: str) -> None:
    with pytest.raises(BadInput) as refused:
        chosen(replace(road(), **changes), **wishes)
    assert says in str(refused.value)


def test_a_gate_that_a_rule_names_cannot_stay_shut() -> None:
    ring = road(opens="staffed")
    ring = replace(ring, passages=[{"who": HELP, "may": "enter_and_leave", "gates": "B1"}])
    with pytest.raises(BadInput, match="A rule names B1 as a gate, so it cannot stay shut"):
        chosen(ring, never=("B1",))
    gates = chosen(ring, one_blocked=False).answer.gates
    assert [(one.id, one.why) for one in gates] == [("B1", "A rule of the plan names it as a gate.")]


ACCEPTED = "The independent checker accepts the certificate of access through these gates, opening seconds included."


def test_the_summary_says_how_many_gates_and_people_and_that_fewer_cannot_do_it() -> None:
    assert chosen(road(), one_blocked=False).answer.summary == (
        "1 barrier becomes a gate: B1. They take 2 people.", "Fewer than 2 people cannot do it: that is proved.", ACCEPTED,
    )  # fmt: skip
    assert chosen(road()).answer.summary[:2] == (
        "2 barriers become gates: B1 and B2. They take 4 people.", "Fewer than 4 people cannot do it: that is proved.",
    )  # fmt: skip
    assert chosen(road(), one_blocked=False, staff=1).answer.summary[0] == "1 barrier becomes a gate: B1. They take 1 person."
    none = chosen(road(opening_seconds=39.0), one_blocked=False).answer
    assert none.summary == ("No barrier needs to be a gate.", ACCEPTED)
    swing = chosen(road(opens="swing"), one_blocked=False).answer
    assert swing.summary == ("1 barrier becomes a gate: B1. They take 0 people.", ACCEPTED)


def test_a_certificate_that_the_checker_refuses_is_told_with_its_first_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    for refused in (("The first reason.",), ("The first reason.", "The second.")):
        monkeypatch.setattr(answer_module, "check_access", lambda *_, refused=refused: ((), refused))
        answer = chosen(road(), one_blocked=False).answer
        assert (answer.help_ok, answer.refused) == (False, "The first reason.")
        assert answer.summary[-1] == "The checker refuses the certificate of access through these gates: The first reason."


def test_the_summary_says_by_how_much_ways_become_longer_and_to_whom_help_comes_late_whatever_is_chosen() -> None:
    rule = {"who": RESIDENTS, "may": "enter_and_leave"}
    longer = chosen(road(people=rule), one_blocked=False, longer_seconds=600).answer
    assert longer.summary[2] == (
        "Of those who may pass, nobody's way becomes more than 100 s longer than with every barrier staffed."
    )
    ring = road()
    (one,) = ring.services
    late = replace(ring, services=[replace(one, service=replace(one.service, within_s=5.0))])
    assert chosen(late, one_blocked=False).answer.summary[-1] == (
        "Whatever is chosen, help comes to 1 address later than its standard, or never."
    )


def test_the_order_of_priorities_names_what_was_asked_for() -> None:
    order = chosen(road(), people=("residents", "buses"), longer_seconds=45).answer.order
    assert order[0].endswith("within its standard if it could, also with any one gate blocked.")
    assert order[2] == "No way of residents and buses becomes more than 45 s longer."
    plain = chosen(road(), one_blocked=False, people=()).answer.order
    assert plain[0].endswith("within its standard if it could.")
    assert plain[2] == "No way of anybody else becomes more than 20 s longer."
    assert len(plain) == len(order) == 7


def test_a_gate_tells_what_it_was_what_it_takes_and_whom_it_lets_in() -> None:
    rule = {"who": RESIDENTS, "may": "enter_and_leave"}
    gates = chosen(road(people=rule, opens="staffed", opening_seconds=5.0), one_blocked=False).answer.gates
    assert [(one.id, one.was, one.opens, one.opening_seconds, one.staff) for one in gates] == [
        ("B1", "staffed", "staffed", 5.0, 2), ("B2", "staffed", "staffed", 5.0, 2),
    ]  # fmt: skip
    assert {one.lets_in for one in gates} == {(HELP, RESIDENTS)}
    made = chosen(road(), one_blocked=False).answer.gates
    assert [(one.was, one.opens, one.opening_seconds, one.lets_in) for one in made] == [
        ("machine", "staffed", STAFFED_S, (HELP,))
    ]


@pytest.mark.parametrize(
    ("said", "swing_seconds", "opens_in"), [(10.0, 15.0, 10.0), (10.0, None, 10.0), (None, 15.0, 15.0), (None, None, STAFFED_S)]
)
def test_a_swing_gate_opens_as_soon_as_the_plan_says_else_as_such_gates_do_else_as_one_that_is_staffed(
    said: float | None, swing_seconds: float | None, opens_in: float
) -> None:
    opening: dict[str, Any] = {} if said is None else {"opening_seconds": said}
    found = chosen(road(opens="swing", **opening), one_blocked=False, swing_seconds=swing_seconds)
    assert [(one.opens, one.opening_seconds) for one in found.plan.barriers][:1] == [("swing", opens_in)]


def test_any_barrier_may_become_a_swing_gate_where_it_is_said_how_soon_one_opens() -> None:
    found = chosen(road(), one_blocked=False, swing_seconds=20.0)
    assert [(one.id, one.opens, one.opening_seconds, one.staff) for one in found.answer.gates] == [("B1", "swing", 20.0, 0)]
    assert [(one.opens, one.opening_seconds) for one in found.plan.barriers] == [("swing", 20.0), ("machine", None)]


def test_a_gate_that_nothing_needs_since_the_time_ended_says_so() -> None:
    gates = chosen(road(), Steps(limit_s=0), one_blocked=False).answer.gates
    assert [one.id for one in gates] == ["B1", "B2"]
    assert gates[1].why == "Nothing needs it as far as was searched: the time ended first."
