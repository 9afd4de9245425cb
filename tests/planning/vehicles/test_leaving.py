"""The class *leaving*: out by the plan's gates in one direction, at their hours, through every queue, and back or not.

One long file: all of it happens on one street with one plan of gates, which every test reads by its figures.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest

from clearway.errors import BadInput
from clearway.network.classes import MOTOR_CLASSES, class_mask
from clearway.network.closures import Closure
from clearway.planning.closure_files import closures_from
from clearway.planning.gazetteer import Gazetteer
from clearway.planning.plan.document import plan_of
from clearway.planning.vehicles.offer.check import check_offered
from clearway.planning.vehicles.offer.check.claim import read_claim
from clearway.planning.vehicles.offer.given import seen_of_closures, seen_of_plan, wrong_ground, wrong_vehicles
from clearway.planning.vehicles.offer.leaving import checkpoints_of
from clearway.planning.vehicles.offer.places import places_of
from clearway.planning.vehicles.offer.plan_gates import gates_of_plans, plan_gates
from clearway.planning.vehicles.offer.planning import OfferQuestion, offered
from clearway.planning.vehicles.offer.queues import Line, Server, served
from clearway.planning.vehicles.tally import Stretch
from clearway.record.moments import calendar
from drawn_towns import Town, place, square
from rounds import rounds

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Sequence

    from clearway.network.model import Network
    from clearway.planning.vehicles.offer.contract import Offered
    from clearway.planning.vehicles.offer.leaving import Checkpoint
    from clearway.record.kinds.plans import TrafficPlan

NOON = datetime.fromisoformat("2022-02-16T12:00:00+13:00")
DAYS = calendar("Pacific/Auckland", "2022-02-08")
HELP_ONLY = class_mask([one for one in MOTOR_CLASSES if one != "emergency"])


@pytest.fixture(scope="module")
def town() -> Network:
    """Main Street from x = 0 to 3000 in six blocks of 500 m at 36 km/h, and Round Street past it from 500 to 2000."""
    drawn = Town()
    for x in range(0, 3000, 500):
        drawn.street((x, 0.0), (x + 500.0, 0.0), name="Main Street", speed_kmh=36.0)
    drawn.street((500.0, 0.0), (500.0, 300.0), name="Round Street", speed_kmh=36.0)
    drawn.street((500.0, 300.0), (2000.0, 300.0), name="Round Street", speed_kmh=36.0)
    drawn.street((2000.0, 300.0), (2000.0, 0.0), name="Round Street", speed_kmh=36.0)
    return drawn.network()


@pytest.fixture(scope="module")
def gazetteer(town: Network) -> Gazetteer:
    return Gazetteer(town)


def barrier(name: str, x: float, y: float = 0.0, **fields: Any) -> dict[str, Any]:  # noqa: ANN401 - any field
    return {"id": name, "place": {"type": "point", "at": list(place(x, y))}, "opens": "staffed"} | fields


def the_plan(*barriers: dict[str, Any], **fields: Any) -> TrafficPlan:  # noqa: ANN401 - any field
    """Gates round a site from x = 1100 to 1400 on Main Street: W lies west of the block it is on, E east of it."""
    ring = square(1250.0, 0.0, 150.0)["coordinates"][0]
    site = [{"type": "area", "ring": ring}]
    document = {"plan": "tmp", "title": "Ring", "site": site, "barriers": list(barriers)} | fields
    return plan_of(document, DAYS, NOON)


WEST, EAST = barrier("W", 900.0), barrier("E", 1600.0)


def field(name: str, x: float, **fields: Any) -> dict[str, Any]:  # noqa: ANN401 - fields of a place
    lon, lat = place(x, 0.0)
    return {"id": name, "name": name, "lon": lon, "lat": lat, "capacity": 20, "per_minute": 60} | fields


def asked(
    plans: Sequence[TrafficPlan],
    gazetteer: Gazetteer,
    *parks: dict[str, Any],
    cars: int = 4,
    **changes: Any,  # noqa: ANN401
) -> OfferQuestion:
    stretches = (Stretch("third block", (2,), {"car": cars}, cars, 0, 3),)
    at = changes.pop("at", NOON)
    points = gates_of_plans(plans, gazetteer, at).points
    return OfferQuestion(stretches, places_of({"places": list(parks)}), points=points, at=at, **changes)


def sent(found: Offered) -> dict[str, int]:
    return {place.name: sum(one.vehicles for one in found.sends if found.places[one.place] is place) for place in found.places}


OUT_ONLY = {"who": "leaving", "may": "leave_not_return"}


def test_a_gate_of_a_plan_lets_those_who_leave_out_and_not_in_again(town: Network, gazetteer: Gazetteer) -> None:
    found = offered(town, asked([the_plan(WEST, EAST, passages=[OUT_ONLY])], gazetteer, field("west", 0.0, come_back=True)))
    assert sent(found) == {"west": 4}
    assert [(one.gates, one.comes_back) for one in found.sends] == [(("W",), False)]
    assert (found.drives[0].seconds, found.drives[0].back_seconds) == (126, None)
    assert "No gate lets those who left drive back from west." in found.notes
    assert "The offer of west and the gates contradict each other: it says that one may drive back." in found.notes
    assert "Those who leave pass E and W in one direction alone." in found.notes
    assert "Who leaves may not come back." in found.summary
    assert not any("let vehicles out" in one for one in found.assumed)


@pytest.mark.parametrize(
    ("rule", "goes", "back"),
    [
        ({"who": "leaving", "may": "enter_and_leave"}, 4, True), ({"who": "leaving", "may": "not_pass"}, 0, None),
        ({"who": "leaving", "may": "leave"}, 4, False), ({"who": "leaving", "may": "enter"}, 4, True),
        ({"who": "vehicles that leave", "may": "not_pass"}, 0, None), ({"who": "protest vehicles", "may": "not_pass"}, 0, None),
        ({"who": "everybody", "may": "not_pass"}, 0, None), ({"who": "residents", "may": "not_pass"}, 4, False),
    ],
)  # fmt: skip
def test_the_rule_for_those_who_leave_decides(
    town: Network,
    gazetteer: Gazetteer,
    rule: dict[str, str],
    goes: int,
    back: bool | None,  # noqa: FBT001
) -> None:
    """Without one whoever staffs a gate lets them out; in again only by a rule."""
    found = offered(town, asked([the_plan(WEST, EAST, passages=[rule])], gazetteer, field("west", 0.0, come_back=True)))
    assert found.sent == goes
    assert [one.comes_back for one in found.sends] == ([] if back is None else [back])


def test_a_rule_for_them_goes_before_one_for_everybody(town: Network, gazetteer: Gazetteer) -> None:
    rules = [{"who": "everybody", "may": "not_pass"}, OUT_ONLY]
    found = offered(town, asked([the_plan(WEST, EAST, passages=rules)], gazetteer, field("west", 0.0)))
    assert found.sent == 4


def test_where_rules_contradict_each_other_nobody_passes(town: Network, gazetteer: Gazetteer) -> None:
    plan = the_plan(WEST, EAST, passages=[OUT_ONLY, {"who": "leaving", "may": "not_pass", "gates": ["W"]}])
    told = gates_of_plans([plan], gazetteer, NOON)
    assert "Rules of plan 'tmp' for those who leave contradict each other at W: nobody passes." in told.notes
    assert sent(offered(town, asked([plan], gazetteer, field("west", 0.0), field("east", 2900.0)))) == {"west": 0, "east": 4}


def test_a_gate_that_lets_them_out_on_one_side_sends_all_that_way(town: Network, gazetteer: Gazetteer) -> None:
    """To the west it would be 125 s; by the east gate and Round Street it is 340 m + 500 m + 300 m + 1500 m + 300 m + 500 m."""
    plan = the_plan(WEST, EAST, passages=[OUT_ONLY | {"gates": ["E"]}, {"who": "leaving", "may": "not_pass", "gates": ["W"]}])
    found = offered(town, asked([plan], gazetteer, field("west", 0.0)))
    (send,) = found.sends
    assert send.gates == ("E",)
    assert send.drive_s == pytest.approx((750 + 300 + 1500 + 300 + 500) / 10, abs=1.5)
    assert send.streets == ("Main Street", "Round Street", "Main Street")
    assert "W lets nobody out." in found.notes


def test_a_swing_gate_opens_to_them_by_a_rule_alone(town: Network, gazetteer: Gazetteer) -> None:
    swing = [barrier("W", 900.0, opens="swing"), barrier("E", 1600.0, opens="swing")]
    shut = gates_of_plans([the_plan(*swing)], gazetteer, NOON)
    assert any("lets those who leave out at W and E, and nobody stands there" in one for one in shut.notes)
    assert offered(town, asked([the_plan(*swing)], gazetteer, field("west", 0.0))).sent == 0
    assert offered(town, asked([the_plan(*swing, passages=[OUT_ONLY])], gazetteer, field("west", 0.0))).sent == 4


def test_what_a_machine_moves_lets_nobody_out(town: Network, gazetteer: Gazetteer) -> None:
    walls = [barrier("W", 900.0, opens="machine"), barrier("E", 1600.0, opens="machine")]
    found = offered(town, asked([the_plan(*walls, passages=[])], gazetteer, field("west", 0.0)))
    assert (found.sent, found.queues, found.empty_s) == (0, (), None)


def test_inside_lies_between_two_gates_of_one_block(gazetteer: Gazetteer) -> None:
    ring = square(1250.0, 0.0, 60.0)["coordinates"][0]
    plan = the_plan(barrier("W", 1100.0), barrier("E", 1400.0), site=[{"type": "area", "ring": ring}], passages=[OUT_ONLY])
    points = {one.label: one for one in plan_gates(plan, gazetteer, NOON).points}
    assert (points["W"].out, points["E"].out) == ((False, True), (True, False))


def test_without_a_site_nobody_knows_which_side_is_out(gazetteer: Gazetteer) -> None:
    plan = the_plan(WEST, site=[], passages=[OUT_ONLY])
    (point,) = plan_gates(plan, gazetteer, NOON).points
    assert (point.out, point.back) == ((True, True), (False, False))
    both = the_plan(barrier("W", 1100.0), barrier("E", 1400.0), site=[], passages=[OUT_ONLY])
    assert {one.out for one in plan_gates(both, gazetteer, NOON).points} == {(True, True)}, "between them is inside of nothing"


def at(clock: str) -> datetime:
    return datetime.fromisoformat(f"2022-02-16T{clock}:00+13:00")


TIMED = OUT_ONLY | {"starts": "2022-02-16T11:00+13:00", "ends": "2022-02-16T12:01+13:00"}


def test_a_gate_that_shuts_leaves_behind_who_is_not_through(town: Network, gazetteer: Gazetteer) -> None:
    """350 m to the gate at 10 m/s: the first is through after 45 s, the second after 55 s, at 60 s it is shut."""
    plan = the_plan(WEST, EAST, passages=[TIMED, {"who": "leaving", "may": "not_pass", "starts": "2022-02-16T12:01+13:00"}])
    found = offered(town, asked([plan], gazetteer, field("west", 0.0)))
    gate, entrance = found.queues
    assert (gate.vehicles, gate.late, gate.longest, gate.last_s) == (2, 2, 4, 56)
    assert (entrance.vehicles, entrance.late, found.late) == (2, 0, 2)
    assert "2 vehicles are not through W when it is shut at Wed 16 Feb 12:01." in found.summary


def test_outside_its_hours_a_rule_lets_nobody_out(town: Network, gazetteer: Gazetteer) -> None:
    rules = [
        TIMED | {"ends": "2022-02-16T14:00+13:00"},
        {"who": "leaving", "may": "not_pass", "ends": "2022-02-16T11:00+13:00"},
    ]
    plan = the_plan(WEST, EAST, passages=rules)
    assert offered(town, asked([plan], gazetteer, field("west", 0.0), at=at("10:59"))).sent == 0
    assert offered(town, asked([plan], gazetteer, field("west", 0.0), at=at("11:00"))).sent == 4


def test_a_barrier_that_is_set_up_later_stops_who_comes_after(town: Network, gazetteer: Gazetteer) -> None:
    wall = barrier("W", 900.0, opens="machine", starts="2022-02-16T12:01+13:00")
    found = offered(town, asked([the_plan(wall, EAST, passages=[OUT_ONLY])], gazetteer, field("west", 0.0), at=at("12:00")))
    assert (found.late, found.queues[0].at, found.queues[0].per_minute) == (0, "W", None)
    (send,) = found.sends
    assert send.gates == ()
    late = offered(town, asked([the_plan(wall, EAST)], gazetteer, field("west", 0.0), at=NOON.replace(second=30)))
    assert (late.late, late.empty_s, late.queues[0].last_s) == (4, None, 0)


@pytest.mark.parametrize(("shut", "late"), [("12:01", 4), ("12:02", 0)])
def test_a_street_that_will_be_shut_is_left_in_time_by_who_has_passed_its_middle(town: Network, shut: str, late: int) -> None:
    """1,000 m at 10 m/s to the middle of the first block: 100 s."""
    street = Closure(0, class_mask(MOTOR_CLASSES), starts=at(shut), label="first block")
    stretches = (Stretch("third block", (2,), {"car": 4}, 4, 0, 3),)
    found = offered(town, OfferQuestion(stretches, places_of({"places": [field("west", 0.0)]}), (street,), at=NOON))
    assert (found.sent, found.late) == (4, late)
    assert f"Open now, and shut from Wed 16 Feb {shut} on: first block. Who has not passed by then is too late." in found.notes


def test_what_is_shut_and_opens_later_is_said_and_waited_for_by_nobody(town: Network, gazetteer: Gazetteer) -> None:
    closed = Closure(0, class_mask(MOTOR_CLASSES), at_m=90.0, label="G", hours="08:00-13:00")
    rules = [{"who": "leaving", "may": "not_pass", "ends": "2022-02-16T14:00+13:00"}]
    plan = the_plan(WEST, EAST, passages=rules)
    found = offered(town, replace(asked([plan], gazetteer, field("west", 0.0)), closures=(closed,)))
    assert found.sent == 0
    assert "Shut now, and open from Wed 16 Feb 13:00 on: G. Nobody is taken to wait for that." in found.notes
    assert "Shut now, and open from Wed 16 Feb 14:00 on: E and W. Nobody is taken to wait for that." in found.notes


def test_the_gates_of_an_answer_are_held_against_the_plan_that_it_was_made_of(town: Network, gazetteer: Gazetteer) -> None:
    plan = the_plan(WEST, EAST, passages=[OUT_ONLY])
    question = asked([plan], gazetteer, field("west", 0.0))
    answer = read_claim(offered(town, question).as_json())
    assert list(wrong_ground(answer, seen_of_plan(plan, gazetteer, NOON))) == []
    assert list(wrong_vehicles(answer, question.stretches)) == []

    def others(*barriers: dict[str, Any], **fields: Any) -> list[str]:  # noqa: ANN401 - any field
        return list(wrong_ground(answer, seen_of_plan(the_plan(*barriers, **fields), gazetteer, NOON)))

    what = "What those who leave find shut, or wait for, is not what was given."
    assert others(EAST, passages=[OUT_ONLY])[0] == "W is not a gate of what was given."
    assert others(WEST, EAST, barrier("V", 400.0), passages=[OUT_ONLY])[0] == "V is missing among the gates."
    assert "W does not let those who leave through as the answer says." in others(
        barrier("W", 800.0), EAST, passages=[OUT_ONLY]
    )
    assert what in others(barrier("W", 900.0, opens="machine"), EAST, passages=[OUT_ONLY])
    back = [{"who": "leaving", "may": "enter_and_leave"}]
    assert "What those who drive back find shut, or wait for, is not what was given." in others(WEST, EAST, passages=back)
    (stretch,) = question.stretches
    fewer = replace(stretch, vehicles={"car": 3, "camper": 1})
    assert list(wrong_vehicles(answer, [fewer])) == ["On third block stand 4 vehicles, 1 of them high, not 4 and 0."]
    elsewhere = replace(stretch, name="second block", ways=(1,))
    assert list(wrong_vehicles(answer, [elsewhere])) == [
        "second block of the tally is missing.",
        "third block is not in the tally.",
    ]


def test_a_plan_that_is_over_shuts_nothing(gazetteer: Gazetteer) -> None:
    plan = the_plan(WEST, EAST, passages=[OUT_ONLY], ends="2022-02-16T11:00+13:00")
    assert plan_gates(plan, gazetteer, NOON).points == ()
    early = the_plan(WEST, passages=[{"who": "leaving", "may": "not_pass"}], starts="2022-02-16T13:00+13:00")
    assert [one.until for one in plan_gates(early, gazetteer, NOON).points] == [at("13:00")]


def test_every_gate_of_a_drive_queues(town: Network, gazetteer: Gazetteer) -> None:
    """W at 350 m and V at 850 m from the start, 3 and 1 vehicle a minute: 35 + 20, then 50 s to V, which takes 60 s each."""
    plan = the_plan(WEST, EAST, barrier("V", 400.0), passages=[{"who": "leaving", "may": "enter_and_leave"}])
    found = offered(town, asked([plan], gazetteer, field("west", 0.0), gate_rates={"W": 3.0, "V": 1.0}))
    queues = {one.at: one for one in found.queues}
    assert [one.gates for one in found.sends] == [("W", "V")]
    assert (queues["W"].vehicles, queues["W"].last_s) == (4, 36 + 4 * 20)
    assert (queues["V"].vehicles, queues["V"].last_s, queues["V"].longest) == (4, 36 + 20 + 50 + 4 * 60, 3)
    assert found.empty_s == 36 + 20 + 50 + 4 * 60 + 40 + 1


def test_two_lines_share_a_gate(town: Network, gazetteer: Gazetteer) -> None:
    """Two cars of the second block are at W before the four of the third: 15 s against 35 s, ten seconds each."""
    plan = the_plan(barrier("W", 600.0), EAST, passages=[OUT_ONLY])
    question = asked([plan], gazetteer, field("west", 0.0))
    two = Stretch("second block", (1,), {"car": 2}, 2, 0, 1)
    found = offered(town, replace(question, stretches=(*question.stretches, two)))
    gate = next(one for one in found.queues if one.at == "W")
    assert (gate.vehicles, gate.last_s) == (6, 65 + 4 * 10 + 1)


def test_a_gate_that_takes_long_to_open_lets_fewer_through(town: Network, gazetteer: Gazetteer) -> None:
    plan = the_plan(barrier("W", 900.0, opening_seconds=30), EAST, passages=[OUT_ONLY])
    found = offered(town, asked([plan], gazetteer, field("west", 0.0)))
    assert (found.queues[0].per_minute, found.queues[0].last_s, found.sends[0].drive_s) == (2.0, 36 + 4 * 30, 126 + 30)
    assert "2 vehicles a minute pass W." in found.assumed


def test_two_points_of_one_gate_running_are_one_queue(town: Network) -> None:
    pair = [Closure(1, HELP_ONLY, at_m=at_m, label="double gate") for at_m in (400.0, 420.0)]
    stretches = (Stretch("third block", (2,), {"car": 2}, 2, 0, 1),)
    found = offered(town, OfferQuestion(stretches, places_of({"places": [field("west", 0.0)]}), tuple(pair)))
    gate = found.queues[0]
    assert (gate.at, gate.vehicles, gate.last_s) == ("double gate", 2, 34 + 20)
    assert [one.gates for one in found.sends] == [("double gate",)]


def test_a_way_by_a_turn_that_is_forbidden_is_refused() -> None:
    """It turns at the next corner and comes back, 1,650 m in place of 650: a forged answer by the turn does not pass."""
    drawn = Town()
    first = drawn.street((0.0, 0.0), (500.0, 0.0), name="Main Street", speed_kmh=36.0)
    side = drawn.street((500.0, 0.0), (500.0, 500.0), name="Side Street", speed_kmh=36.0)
    drawn.street((500.0, 0.0), (1000.0, 0.0), name="Main Street", speed_kmh=36.0)
    drawn.street((1000.0, 0.0), (1000.0, 500.0), name="Far Street", speed_kmh=36.0)
    drawn.street((1000.0, 500.0), (500.0, 500.0), name="Back Street", speed_kmh=36.0)
    drawn.draft.turn([2 * first, 2 * side])
    network = drawn.network()
    lon, lat = place(500.0, 400.0)
    parks = places_of({"places": [field("side", 0.0) | {"lon": lon, "lat": lat}]})
    answer = offered(network, OfferQuestion((Stretch("Main Street", (first,), {"car": 1}, 1, 0, 1),), parks)).as_json()
    assert (answer["total_s"], len(answer["sends"][0]["arcs"])) == (166, 4)
    forged = json.loads(json.dumps(answer))
    forged["sends"][0] |= {"arcs": [2 * first, 2 * side], "streets": ["Main Street", "Side Street"]}
    assert check_offered(network, forged)[1][0] == "The way from Main Street to side cannot be driven as described."


def test_a_rate_of_a_gate_that_is_none_is_refused(town: Network, gazetteer: Gazetteer) -> None:
    with pytest.raises(BadInput, match=r"No gate that lets vehicles out is called X\. There are E and W\."):
        offered(town, asked([the_plan(WEST, EAST)], gazetteer, field("west", 0.0), gate_rates={"X": 1.0}))


@pytest.mark.parametrize(
    ("come_back", "gates", "may", "says"),
    [
        (True, "enter_and_leave", True, "Who leaves may come back."),
        (False, "enter_and_leave", False, "Who leaves may not come back."),
        (None, "enter_and_leave", None, "Nobody said whether who leaves may come back; nothing on the way keeps them out."),
        (True, "leave", False, "Who leaves may not come back."), (None, "leave", False, "Who leaves may not come back."),
    ],
)  # fmt: skip
def test_who_may_come_back_is_what_the_offer_and_the_gates_say(
    town: Network,
    gazetteer: Gazetteer,
    come_back: bool | None,  # noqa: FBT001
    gates: str,
    may: bool | None,  # noqa: FBT001
    says: str,
) -> None:
    plan = the_plan(WEST, EAST, passages=[{"who": "leaving", "may": gates}])
    found = offered(town, asked([plan], gazetteer, field("west", 0.0, come_back=come_back)))
    assert [one.comes_back for one in found.sends] == [may]
    assert says in found.summary
    contrary = [one for one in found.notes if "contradict" in one]
    assert bool(contrary) == ((come_back, gates) in {(False, "enter_and_leave"), (True, "leave")})


@pytest.mark.parametrize(
    ("fields", "said"), [({"starts": "2022-02-14T18:30:00+13:00"}, ", by the offer that began Mon 14 Feb 18:30"), ({}, "")]
)
def test_that_one_may_drive_back_is_said_with_when_the_offer_began(
    town: Network, gazetteer: Gazetteer, fields: dict[str, str], said: str
) -> None:
    found = offered(town, asked([the_plan(WEST, EAST)], gazetteer, field("west", 0.0, come_back=True, **fields)))
    assert f"One may drive back from west{said}: who parked there may come into the streets again." in found.notes


def test_of_several_places_each_says_whether_one_may_come_back(town: Network, gazetteer: Gazetteer) -> None:
    plan = the_plan(
        WEST, EAST, passages=[{"who": "leaving", "may": "enter_and_leave", "gates": ["W"]}, OUT_ONLY | {"gates": ["E"]}]
    )
    parks = field("west", 0.0, capacity=2, come_back=True), field("east", 2900.0, come_back=False)
    found = offered(town, asked([plan], gazetteer, *parks))
    assert "Who leaves third block for west may come back; third block for east may not." in found.summary


def test_closures_say_by_lets_through_whether_those_who_leave_pass(town: Network) -> None:
    def drawn(**properties: object) -> Checkpoint:
        feature = {"type": "Feature", "geometry": {"type": "Point", "coordinates": list(place(900.0, 0.0))}}
        document = {"type": "FeatureCollection", "features": [feature | {"properties": {"name": "G"} | properties}]}
        return next(checkpoints_of(closures_from(document, town), NOON))

    assert drawn(lets_through=["leaving"]).out == (True, True)
    assert drawn(lets_through="leaving").back == (False, False)
    assert drawn(lets_through=["emergency"]).is_assumed
    assert drawn().out == (False, False)
    assert drawn(lets_through=["emergency"], shuts=[*MOTOR_CLASSES, "leaving"]).out == (False, False)
    assert drawn(lets_through=["leaving"], direction="along").stops == (True, False)
    one_way = drawn(lets_through=["emergency"], shuts=[*MOTOR_CLASSES, "leaving"], direction="along")
    assert one_way.out == (False, True)


def test_a_gate_with_hours_counts_in_them_alone() -> None:
    by_day = Closure(1, HELP_ONLY, at_m=9.0, label="G", hours="08:00-18:00", lets_out=True)
    by_night = Closure(1, class_mask(MOTOR_CLASSES), at_m=9.0, label="G", hours="18:00-08:00")
    day, night = checkpoints_of([by_day, by_night], NOON)
    assert (day.is_gate, day.until, night.out, night.until) == (True, None, (True, True), at("18:00"))
    (alone,) = checkpoints_of([by_day, by_night], at("20:00"))
    assert (alone.out, alone.label) == ((False, False), "G")


def simple(lines: Sequence[Line], servers: Sequence[Server]) -> list[list[int]]:
    """Milliseconds at which each server has let one through, by looking through all vehicles again and again."""
    waiting = [[line.stops[0][1], number, at, 0] for at, line in enumerate(lines) for number in range(line.vehicles)]
    free, through = [0] * len(servers), [list[int]() for _ in servers]
    while waiting:
        one = min(waiting)
        line = lines[one[2]]
        server = line.stops[one[3]][0]
        rule = servers[server]
        begins = max(one[0], free[server])
        done = begins + max(rule.each_ms, rule.wait_ms)
        waiting.remove(one)
        if rule.shuts_ms is not None and done > rule.shuts_ms:
            continue
        free[server] = begins + rule.each_ms
        through[server].append(done)
        if one[3] + 1 < len(line.stops):
            waiting.append([done + line.stops[one[3] + 1][1], one[1], one[2], one[3] + 1])
    return through


def test_random_queues_are_as_a_plain_loop_has_them() -> None:
    for chance in rounds(60):
        servers = [
            Server(chance.choice([0, 3, 7, 10]), chance.choice([0, 5, 12]), chance.choice([None, None, 40])) for _ in range(4)
        ]
        lines = [
            Line(
                chance.randint(1, 5),
                tuple((server, chance.randint(0, 12)) for server in chance.sample(range(4), chance.randint(1, 4))),
            )
            for _ in range(chance.randint(1, 4))
        ]
        found = served(lines, servers)
        assert [one.through_ms for one in found] == simple(lines, servers)
        assert sum(line.vehicles for line in lines) <= sum(one.late + len(one.through_ms) for one in found)


def test_a_queue_never_serves_two_at_a_time() -> None:
    (found,) = served([Line(1, ((0, 0),)), Line(1, ((0, 5),)), Line(1, ((0, 90),))], [Server(30)])
    assert (found.through_ms, found.longest) == ([30, 60, 120], 2)


WHENS = ("11:00", "12:00", "12:10", "14:00")
MAY = ("enter", "leave", "enter_and_leave", "leave_not_return", "not_pass")
WHO = ("leaving", "vehicles that leave", "protest vehicles", "everybody", "residents", "deliveries")


def drawn_plan(chance: random.Random) -> TrafficPlan:
    """Barriers at some of five spots, rules of some, hours of some; with a site, or streets that are held, or neither."""

    def timed() -> dict[str, Any]:
        first, last = sorted(chance.sample(WHENS, 2))
        both = {"starts": f"2022-02-16T{first}+13:00", "ends": f"2022-02-16T{last}+13:00"}
        return {name: both[name] for name in both if chance.random() < 0.4}

    spots = chance.sample([("A", 700.0), ("W", 900.0), ("V", 1060.0), ("E", 1600.0), ("F", 1800.0)], chance.randint(1, 4))
    barriers = [
        barrier(name, x, opens=chance.choice(["staffed", "staffed", "swing", "machine"]), **timed())
        | ({"opening_seconds": 40} if chance.random() < 0.4 else {})
        for name, x in spots
    ]
    gates = [one["id"] for one in barriers if one["opens"] != "machine"]
    rules = [
        {"who": chance.choice(WHO), "may": chance.choice(MAY), **timed()}
        | ({"gates": chance.sample(gates, 1)} if gates and chance.random() < 0.5 else {})
        | ({"proof": "a pass"} if chance.random() < 0.2 else {})
        for _ in range(chance.randint(0, 4))
    ]
    where: dict[str, Any] = chance.choice(
        [{}, {"site": []}, {"site": [], "occupied": [[list(place(1100.0, 0.0)), list(place(1400.0, 0.0))]]}]
    )
    return the_plan(*barriers, passages=rules, **where, **timed())


def drawn_closure(chance: random.Random) -> Closure:
    return Closure(
        chance.randrange(6),
        chance.choice([class_mask(MOTOR_CLASSES), HELP_ONLY, 0, class_mask(["bus"])]),
        at_m=chance.choice([None, 120.0, 250.0]),
        along=chance.random() < 0.8,
        against=chance.random() < 0.8,
        starts=chance.choice([None, at("11:00"), at("12:30")]),
        ends=chance.choice([None, at("11:30"), at("18:00")]),
        label=chance.choice(["", "G"]),
        delay_s=chance.choice([0.0, 25.0]),
        hours=chance.choice(["", "", "12:30-14:00", "08:00-13:00"]),
        lets_out=chance.choice([None, True, False]),
    )


def test_a_true_answer_is_that_of_what_it_was_made_of_whatever_that_is(town: Network, gazetteer: Gazetteer) -> None:
    for chance in rounds(60):
        plans = [drawn_plan(chance)] if chance.random() < 0.8 else []
        closures = tuple(drawn_closure(chance) for _ in range(chance.randint(0, 2)))
        moment = NOON.replace(second=chance.choice([0, 30]))
        question = asked(plans, gazetteer, field("west", 0.0, come_back=True), field("east", 2900.0), at=moment)
        answer = read_claim(offered(town, replace(question, closures=closures)).as_json())
        stands = [
            *seen_of_closures(town, closures, moment),
            *(one for plan in plans for one in seen_of_plan(plan, gazetteer, moment)),
        ]
        assert list(wrong_ground(answer, stands)) == []


GATES = [
    OUT_ONLY | {"gates": ["W"]},
    {"who": "leaving", "may": "enter_and_leave", "gates": ["E"], "ends": "2022-02-16T13:00+13:00"},
]
SHUT_LATER = {"who": "leaving", "may": "not_pass", "gates": ["E"], "starts": "2022-02-16T13:00+13:00"}
TIMED_RING = {"passages": [*GATES, SHUT_LATER]}
LATE_WALL: dict[str, Any] = {"starts": "2022-02-16T12:30+13:00", "opens": "machine"}


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda answer: answer["gates"].pop(0), "is missing among the gates."),
        (lambda answer: answer["gates"][0].update(label="X"), "X is not a gate of what was given."),
        (lambda answer: gate_of(answer, "W").update(wait_ms=0), "W does not let those who leave through"),
        (lambda answer: gate_of(answer, "W")["points"][0].update(along=True), "W does not let those who leave through"),
        (lambda answer: gate_of(answer, "W")["points"][0].update(against=False), "W does not let those who leave through"),
        (lambda answer: gate_of(answer, "W")["points"][0].update(at_m=399.0), "W does not let those who leave through"),
        (lambda answer: gate_of(answer, "E").update(shuts_s=None), "E does not let those who leave through"),
        (lambda answer: gate_of(answer, "E").update(shuts_s=3601), "E does not let those who leave through"),
        (lambda answer: gate_of(answer, "L").update(shuts_s=None), "L does not let those who leave through"),
        (lambda answer: gate_of(answer, "L").update(per_minute=6.0), "L does not let those who leave through"),
        (lambda answer: answer["shut"].pop(), "What those who leave find shut, or wait for, is not what was given."),
        (lambda answer: answer["shut"].append(answer["shut"][0]), "What those who leave find shut"),
        (lambda answer: answer["shut"][0].update(along=not answer["shut"][0]["along"]), "What those who leave find shut"),
        (
            lambda answer: answer["shut_back"].clear(),
            "What those who drive back find shut, or wait for, is not what was given.",
        ),
    ],
)
def test_a_forged_ground_is_not_what_the_plan_says(
    town: Network, gazetteer: Gazetteer, change: Callable[[Any], object], says: str
) -> None:
    """W lets out alone, after 40 s; E in both directions until 13:00; the wall L is set up at 12:30."""
    plan = the_plan(barrier("W", 900.0, opening_seconds=40), EAST, barrier("L", 400.0, **LATE_WALL), **TIMED_RING)
    answer = offered(town, asked([plan], gazetteer, field("west", 0.0))).as_json()
    stands = list(seen_of_plan(plan, gazetteer, NOON))
    assert list(wrong_ground(read_claim(answer), stands)) == []
    forged = json.loads(json.dumps(answer))
    change(forged)
    assert any(says in one for one in wrong_ground(read_claim(forged), stands))


def gate_of(answer: dict[str, Any], label: str) -> dict[str, Any]:
    return next(one for one in answer["gates"] if one["label"] == label)
