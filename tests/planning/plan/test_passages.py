"""Who may pass which gate: rules by class, direction and time, and what contradicts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearway.errors import BadInput
from clearway.network.classes import VEHICLE_CLASSES, class_index
from clearway.planning.plan.closures import plan_closures
from clearway.planning.plan.gates import gates_for
from clearway.planning.plan.passages import passing, vehicle_of
from clearway.record.kinds.plans import VehicleClass
from plan_rings import DAYS, RING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clearway.planning.gazetteer import Gazetteer
    from clearway.planning.plan.contract import GatePassing
    from plan_rings import Plans, Reports

G1 = {"id": "G1", "place": RING[0], "opens": "staffed", "opening_seconds": 40}
G2 = {"id": "G2", "place": RING[1], "opens": "swing"}
WALL = {"id": "W", "place": RING[2]}


def at_gate(plans: Plans, who: str, *rules: Mapping[str, object], at: str | None = None) -> dict[str, GatePassing]:
    answer = gates_for(plans(barriers=[G1, G2, WALL], passages=list(rules)), who, DAYS.zone, at=DAYS.moment(at) if at else None)
    return {gate.gate: gate for gate in answer.periods[0].gates}


def test_the_plan_knows_the_same_vehicle_classes_as_networks() -> None:
    assert set(get_args(VehicleClass)) == set(VEHICLE_CLASSES)


@pytest.mark.parametrize(
    ("who", "vehicle"),
    [
        ("Fire engines", "emergency"), ("police", "emergency"), ("residents", "resident"), ("toilet trucks", "service"),
        ("couriers", "service"), ("buses", "bus"), ("bikes", "cycle"), ("people in wheelchairs", "foot"),
        ("pedestrians", "foot"), ("press", "general"), ("vehicles of protesters", "general"), ("workers", "general"),
    ],
)  # fmt: skip
def test_people_come_in_the_vehicles_that_networks_know(who: str, vehicle: str) -> None:
    assert vehicle_of(who) == vehicle


@pytest.mark.parametrize(
    ("may", "enter", "leave", "says"),
    [
        ("enter", True, None, "Residents may go in. No rule says whether they may go out."),
        ("leave", None, True, "Residents may go out. No rule says whether they may go in."),
        ("enter_and_leave", True, True, "Residents may go in and out."),
        ("leave_not_return", False, True, "Residents may go out and not come back."),
        ("not_pass", False, False, "Residents may not pass."),
    ],
)
def test_each_rule_lets_in_and_out_as_it_says(plans: Plans, may: str, enter: object, leave: object, says: str) -> None:
    gate = at_gate(plans, "residents", {"who": "residents", "may": may})["G1"]
    assert (gate.enter, gate.leave, gate.says, gate.contrary) == (enter, leave, says, False)


def test_a_rule_for_a_wider_class_holds_for_its_parts_and_not_the_other_way(plans: Plans) -> None:
    rule = {"who": "emergency services", "may": "enter_and_leave"}
    assert at_gate(plans, "ambulance crews", rule)["G1"].enter is True
    rule = {"who": "ambulance", "may": "enter_and_leave"}
    assert at_gate(plans, "emergency services", rule)["G1"].enter is None


def test_a_rule_that_names_gates_holds_at_those_alone(plans: Plans) -> None:
    gates = at_gate(plans, "residents", {"who": "residents", "may": "enter", "gates": ["G2"]})
    assert (gates["G1"].enter, gates["G2"].enter) == (None, True)
    assert gates["G1"].says == "No rule says whether residents may pass."
    assert set(gates) == {"G1", "G2"}


def test_rules_that_contradict_each_other_let_nobody_through_and_say_so(plans: Plans, grid: Gazetteer) -> None:
    rules = {"who": "emergency services", "may": "enter_and_leave"}, {"who": "ambulance", "may": "not_pass", "gates": "G1"}
    gates = at_gate(plans, "ambulances", *rules)
    assert (gates["G1"].contrary, gates["G1"].enter, gates["G2"].contrary, gates["G2"].enter) == (True, None, False, True)
    assert gates["G1"].says == (
        "Rules contradict each other: 'emergency services may go in and out' and 'ambulance may not pass'."
    )
    both = [{"who": "emergency services", "may": may} for may in ("enter", "not_pass")]
    shut = plan_closures(plans(barriers=[G1], passages=both), grid, None).closures
    assert all(one.holds("emergency") for one in shut)


def test_what_they_must_show_and_how_long_it_takes_stands_there(plans: Plans) -> None:
    rule = {"who": "residents", "may": "enter", "proof": "a letter with their address"}
    gate = at_gate(plans, "residents", rule)["G1"]
    assert gate.says.endswith("They show: a letter with their address.")
    assert gate.opening_seconds == 40
    assert at_gate(plans, "people on foot", {"who": "pedestrians", "may": "enter"})["G1"].opening_seconds is None


def test_nobody_drives_in_while_the_sign_is_out_except_permit_holders(plans: Plans, grid: Gazetteer) -> None:
    """'No driving when the temporary sign is out, 8.30-9.10, except permit holders': the sign is a barrier with hours."""
    sign = G1 | {"starts": "day 14 8:30", "ends": "day 14 9:10"}
    plan = plans(barriers=[sign], passages=[{"who": "permit holders", "may": "enter_and_leave", "proof": "the permit"}])
    for at, is_out in (("8:29", False), ("8:30", True), ("9:09", True), ("9:10", False)):
        moment = DAYS.moment(f"day 14 {at}")
        shut = plan_closures(plan, grid, moment).closures
        assert any(one.holds("general") for one in shut) is is_out
        assert all(not one.holds("foot") for one in shut)
        gates = gates_for(plan, "permit holders", DAYS.zone, at=moment).periods[0].gates
        assert [gate.enter for gate in gates] == ([True] if is_out else [])
    assert passing(plan, plan.barriers[0], "parents", DAYS.moment("day 14 8:45")).enter is None


def test_who_must_show_something_passes_a_staffed_gate_and_no_swing_gate(plans: Plans, grid: Gazetteer) -> None:
    rule = {"who": "residents", "may": "enter_and_leave", "proof": "a letter"}
    gates = at_gate(plans, "residents", rule)
    assert (gates["G1"].enter, gates["G2"].enter) == (True, None)
    assert gates["G2"].says == "Residents must show a letter, and nobody stands at G2 to see it."
    closures = plan_closures(plans(barriers=[G1, G2], passages=[rule]), grid, None).closures
    assert {one.label: one.holds("resident") for one in closures} == {"G1": False, "G2": True}


@pytest.mark.parametrize(
    ("at", "enter"), [("day 14 3:29", None), ("day 14 3:30", False), ("day 14 13:59", False), ("day 14 14:00", True)]
)
def test_a_rule_holds_from_its_start_until_before_its_end(plans: Plans, at: str, enter: object) -> None:
    rules = (
        {"who": "toilet trucks", "may": "not_pass", "starts": "day 14 3:30", "ends": "day 14 2pm"},
        {"who": "toilet trucks", "may": "enter_and_leave", "starts": "day 14 2pm"},
    )
    assert at_gate(plans, "sanitary vehicles", *rules, at=at)["G2"].enter is enter


def test_every_period_is_told_in_turn_with_what_changes(plans: Plans) -> None:
    rules = [
        {"who": "toilet trucks", "may": "not_pass", "ends": "day 14 2pm"},
        {"who": "toilet trucks", "may": "enter_and_leave", "starts": "day 14 2pm"},
    ]
    answer = gates_for(plans(barriers=[G2], passages=rules), "toilet trucks", DAYS.zone)
    assert [period.gates[0].enter for period in answer.periods] == [False, True]
    assert (answer.periods[0].starts, answer.periods[1].ends) == (None, None)
    assert answer.periods[0].ends == answer.periods[1].starts == DAYS.moment("day 14 2pm")
    assert answer.changes == (
        "Mon 21 Feb 2022 14:00, G2: before: Toilet trucks may not pass. Now: Toilet trucks may go in and out.",
    )
    assert answer.always is False


def test_what_is_the_same_at_every_gate_at_any_time_is_said_once(plans: Plans) -> None:
    rules = [{"who": "people on foot", "may": "enter_and_leave"}, {"who": "protest vehicles", "may": "leave_not_return"}]
    plan = plans(barriers=[G1, G2], passages=rules)
    on_foot = gates_for(plan, "pedestrians", DAYS.zone)
    assert (on_foot.always, on_foot.summary[0]) == (True, "At every gate, always: Pedestrians may go in and out.")
    leaving = gates_for(plan, "vehicles of protesters", DAYS.zone)
    assert leaving.summary[0] == "At every gate, always: Vehicles of protesters may go out and not come back."
    assert gates_for(plan, "press", DAYS.zone).always is False


def test_gates_of_which_no_rule_speaks_and_gates_whose_rules_clash_are_named(plans: Plans) -> None:
    rules = [
        {"who": "residents", "may": "enter_and_leave", "gates": "G1"},
        {"who": "residents", "may": "not_pass", "gates": "G1"},
    ]
    silent, one, clash = (
        gates_for(plans(barriers=[G1, G2], passages=some), "residents", DAYS.zone).summary for some in ([], rules[:1], rules)
    )
    assert silent == ("No rule says whether residents may go in at G1 and G2.",)
    assert one == ("No rule says whether residents may go in at G2.",)
    assert clash == (
        "No rule says whether residents may go in at G2.", "Rules for residents contradict each other at G1.",
    )  # fmt: skip
    allowed = gates_for(plans(barriers=[G1], passages=rules[:1]), "residents", DAYS.zone)
    assert allowed.summary == ("At every gate, always: Residents may go in and out.",)
    assert allowed.periods[0].gates[0].opening_seconds == 40


def test_a_gate_that_is_set_up_and_taken_away_is_said_to_stand_from_then_and_no_longer(plans: Plans) -> None:
    gate = G2 | {"starts": "day 14 6am", "ends": "day 14 2pm"}
    rule = {"who": "residents", "may": "enter_and_leave"}
    answer = gates_for(plans(barriers=[gate], passages=[rule]), "residents", DAYS.zone)
    assert [len(period.gates) for period in answer.periods] == [0, 1, 0]
    assert answer.always is True
    assert answer.changes == (
        "Mon 21 Feb 2022 06:00, G2: it stands from here on. Now: Residents may go in and out.",
        "Mon 21 Feb 2022 14:00, G2: before: Residents may go in and out. It stands no longer.",
    )


@pytest.mark.parametrize(("who", "seconds"), [("residents", 40), ("bikes", None), ("pedestrians", None), ("press", None)])
def test_only_who_may_pass_in_a_vehicle_waits_until_the_gate_is_open(plans: Plans, who: str, seconds: int | None) -> None:
    rules = [{"who": name, "may": "leave_not_return"} for name in ("residents", "cyclists", "people on foot")]
    assert at_gate(plans, who, *rules)["G1"].opening_seconds == seconds


def test_what_the_record_says_of_them_ends_the_summary(plans: Plans, reports: Reports) -> None:
    told = reports(("passage_rule", {"who": ["toilet trucks"], "may": "not_pass"}, "Col 3", "day 14 6am"), at="day 14 7am")
    answer = gates_for(plans(barriers=[G2]), "toilet trucks", DAYS.zone, reports=told)
    (one,) = answer.reported
    assert answer.summary[-1] == (
        f"The record says of them, the newest first: Mon 21 Feb 2022 06:00: {one.says} (officer, Police, {one.grade})."
    )
    assert len(answer.summary) == 2


def test_a_plan_without_a_gate_lets_nobody_through(plans: Plans) -> None:
    answer = gates_for(plans(barriers=[WALL], passages=[{"who": "residents", "may": "enter"}]), "residents", DAYS.zone)
    assert (answer.always, answer.periods[0].gates) == (False, ())
    assert answer.summary[0].startswith("The plan has no gate: nobody passes a barrier")


def test_both_reports_of_a_class_stand_beside_the_plan_the_newest_first(plans: Plans, reports: Reports) -> None:
    reports(("passage_rule", {"who": ["toilet trucks"], "may": "not_pass"}, "Col 3", "day 14 6am"), at="day 14 7am")
    told = reports(
        ("passage_rule", {"who": ["sanitary"], "may": "enter"}, "Col 3", "day 14 noon"), at="day 14 1pm", by="PR, Police"
    )
    reports(("passage_rule", {"who": ["residents"], "may": "enter"}, "Col 3", "day 14 6am"), at="day 14 1pm")
    answer = gates_for(plans(barriers=[G2]), "toilet trucks", DAYS.zone, reports=told)
    assert [one.says for one in answer.reported] == ["Sanitary may go in", "Toilet trucks may not pass"]
    assert [one.speaker for one in answer.reported] == ["PR, Police", "officer, Police"]


@pytest.mark.parametrize(
    ("barriers", "rules", "said"),
    [
        ([G1], [{"who": "x", "may": "enter", "gates": "G9"}], "names the gate G9, which the plan does not have"),
        ([G1, WALL], [{"who": "x", "may": "enter", "gates": "W"}], "names W, which only a machine opens"),
        ([G1, G1 | {"id": "g1"}], [], "two barriers are called g1"),
        ([G1 | {"starts": "day 3", "ends": "day 2"}], [], "barrier G1 ends before it starts"),
        ([G1], [{"who": "x", "may": "enter", "starts": "day 3", "ends": "day 2"}], "the rule for x ends before it starts"),
        ([G1 | {"opening_seconds": 7201}], [], "opening seconds"),
        ([G1], [{"who": "x", "may": "fly"}], '"fly" is not one of its words'),
    ],
)
def test_a_plan_that_contradicts_itself_is_refused_in_a_sentence(
    plans: Plans, barriers: list[dict[str, object]], rules: list[dict[str, object]], said: str
) -> None:
    with pytest.raises(BadInput, match=said):
        plans(barriers=barriers, passages=rules)


def test_posts_have_names_of_their_own_and_somebody_to_stand_there(plans: Plans) -> None:
    post = {"id": "P1", "place": RING[0], "staff": 1}
    assert plans(posts=[post, post | {"id": "P2"}]).posts[1].staff == 1
    with pytest.raises(BadInput, match="two posts are called p1; give each a name of its own"):
        plans(posts=[post, post | {"id": "p1"}])
    with pytest.raises(BadInput, match="staff"):
        plans(posts=[post | {"staff": 0}])


RULES = st.lists(
    st.fixed_dictionaries(
        {
            "who": st.sampled_from(
                ["residents", "emergency services", "ambulance", "buses", "toilet trucks", "service", "press"]
            ),
            "may": st.sampled_from(["enter", "leave", "enter_and_leave", "leave_not_return", "not_pass"]),
            "gates": st.sampled_from([[], ["G1"], ["G2"], ["G1", "G2"]]),
        }
    ),
    max_size=6,
)


@given(rules=RULES)
def test_no_emergency_vehicle_is_shut_out_by_a_gate_that_lists_it_and_none_passes_one_that_does_not(
    plans: Plans, grid: Gazetteer, rules: list[dict[str, Any]]
) -> None:
    plan = plans(barriers=[G1, G2, WALL], passages=rules)
    closures = plan_closures(plan, grid, None).closures
    for gate in ("G1", "G2"):
        says = [
            rule["may"]
            for rule in rules
            if rule["who"] == "emergency services" and (not rule["gates"] or gate in rule["gates"])
        ]
        lists_it = (
            bool(says) and all(may in ("enter", "enter_and_leave") for may in says if may != "leave") and set(says) != {"leave"}
        )
        own = [one for one in closures if one.label == gate]
        assert own
        assert all(one.holds("emergency") is not lists_it for one in own), (says, gate)
    assert all(one.holds("emergency") for one in closures if one.label == "W")


def test_help_waits_at_a_gate_and_for_the_machine_where_the_plan_says_how_long(plans: Plans, grid: Gazetteer) -> None:
    slow = WALL | {"id": "M", "opening_seconds": 240}
    plan = plans(barriers=[G1, WALL, slow], passages=[{"who": "emergency services", "may": "enter_and_leave"}])
    waits = {
        one.label: (one.holds("emergency"), one.delays("emergency"), one.delay_s)
        for one in plan_closures(plan, grid, None).closures
    }
    assert waits == {"G1": (False, True, 40.0), "W": (True, False, 0.0), "M": (False, True, 240.0)}
    assert all(one.shuts >> class_index("general") & 1 for one in plan_closures(plan, grid, None).closures)


def test_a_gate_shuts_out_whom_no_rule_lets_in(plans: Plans, grid: Gazetteer) -> None:
    plan = plans(barriers=[G2], passages=[{"who": "buses", "may": "enter_and_leave"}, {"who": "residents", "may": "leave"}])
    shut = plan_closures(plan, grid, None).closures[0]
    assert [name for name in VEHICLE_CLASSES if shut.holds(name)] == ["emergency", "resident", "service", "general"]


def test_a_barrier_that_stands_on_no_street_is_named_with_the_reason_and_the_others_hold(plans: Plans, grid: Gazetteer) -> None:
    far = {"id": "F", "place": {"type": "point", "at": [174.9, -41.1]}}
    found = plan_closures(plans(barriers=[WALL, far]), grid, None)
    assert {one.label for one in found.closures} == {"W"}
    assert found.unplaced == {
        "F": "Barrier 1 (F) at 174.9, -41.1 lies far from every street. Put it on the street that it shuts."
    }


def test_nobody_passes_a_barrier_that_only_a_machine_moves(plans: Plans) -> None:
    plan = plans(barriers=[WALL], passages=[{"who": "residents", "may": "enter_and_leave"}])
    may = passing(plan, plan.barriers[0], "residents", None)
    assert (may.enter, may.leave) == (False, False)


def test_without_a_site_a_corner_needs_a_side(plans: Plans, grid: Gazetteer) -> None:
    corner = {"id": "C", "place": "Col 3 at Row 4"}
    plan = plans(barriers=[WALL, corner]).model_copy(update={"site": (), "occupied": ()})
    found = plan_closures(plan, grid, None)
    assert {one.label for one in found.closures} == {"W"}
    assert found.unplaced == {
        "C": "Nobody can say on which side of the corner it stands. Name the side, such as 'Hill Street at Molesworth Street, "
        "north side', or give the plan its site."
    }
    named = plan.model_copy(update={"barriers": plans(barriers=[WALL, corner | {"place": RING[0]}]).barriers})
    assert {one.label for one in plan_closures(named, grid, None).closures} == {"W", "C"}
