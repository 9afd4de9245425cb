"""Where crews meet patients of a ring of eight barriers in a grid of streets a hundred metres apart."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from clearway.errors import BadInput, Infeasible
from clearway.network.classes import class_mask
from clearway.network.closures import Closure
from clearway.planning.access.planner.services import load_services, staffed
from clearway.planning.access.planner.timing import AccessTimer
from clearway.planning.plan.handover.check import check_handover
from clearway.planning.plan.handover.finding import crews_of
from clearway.planning.plan.handover.into_plan import with_handover
from clearway.planning.plan.handover.standing import handover_standing
from handover_rooms import Room

if TYPE_CHECKING:
    from clearway.planning.plan.contract import HandoverStatus
    from clearway.planning.plan.handover.finding import Found
    from plan_rings import Plans

HELP = class_mask(["emergency"])


def test_three_corners_serve_every_place_and_each_walk_is_the_one_along_the_streets(usual: Found) -> None:
    answer = usual.answer
    assert [one.where for one in answer.points] == ["Row 2 at Col 1", "Row 4 at Col 2", "Row 2 at Col 4"]
    assert (answer.in_time, answer.in_time_bound, len(answer.places), answer.proven, answer.accepted) == (
        84,
        84,
        84,
        True,
        True,
    )
    walks = {one.label: (one.point, round(one.metres or 0, 1), round(one.seconds or 0, 1)) for one in answer.places}
    # 3 km/h: 1.2 s a metre. To Row 2 at Col 1 straight along Row 2; to Row 4 at Col 2 round one corner.
    assert walks["Row 2, 90 m from Col 1"] == ("H1", 90, 108)
    assert walks["Row 3, 10 m from Col 2"] == ("H2", 110, 132)
    assert answer.points[0].ambulance_seconds == pytest.approx(60 + 300 * 3.6 / 60, abs=0.01)  # turnout, three blocks at 60
    assert answer.points[0].hospital_seconds == pytest.approx(700 * 3.6 / 60, abs=0.01)
    assert {one.source for one in answer.inputs} == {"assumed"}
    assert answer.summary[-1] == "The independent checker accepts the certificate."


def test_who_is_carried_too_far_is_told_in_metres_and_nobody_is_called_reached(room: Room) -> None:
    answer = room.find(points=1, max_walk_seconds=100).answer
    far = max(answer.places, key=lambda one: one.metres or 0)
    assert answer.too_far == len(answer.places) - answer.in_time > 0
    assert f"Farthest on foot: {far.label}: {far.metres:.0f} m to H1" in answer.summary[1]
    assert answer.summary[1].startswith(f"No vehicle comes near {answer.too_far} places.")
    assert not any("reached" in line for line in answer.summary)
    short = room.find(max_walk_seconds=5).answer
    assert (short.in_time, len(short.points)) == (0, 1)


def test_a_slower_stretcher_takes_longer_over_the_same_metres(room: Room, usual: Found) -> None:
    slow = room.find(walk_kmh=1.5, max_walk_seconds=480).answer
    for one, other in zip(slow.places, usual.answer.places, strict=True):
        assert one.seconds == pytest.approx(2 * (other.seconds or 0), abs=0.01)
        assert one.metres == pytest.approx(other.metres, abs=0.01)


def test_no_corner_is_chosen_that_one_blocked_street_cuts_off(room: Room) -> None:
    every = room.grid.network.way_count
    own = {one >> 1 for point in room.find().certificate["points"][:1] for one in point["in"][0]["arcs"][-1:]}
    shut = [Closure(way, HELP, label="shut") for way in (52, 51, 15, 14) if way < every]  # all but one street of Row 2 at Col 1
    found = room.find(*shut)
    assert own
    assert "Row 2 at Col 1" not in [one.where for one in found.answer.points]
    assert found.answer.accepted


def test_where_no_corner_is_left_the_street_that_all_ambulances_need_is_named(room: Room) -> None:
    """The station stands at a corner with two streets; one of them is shut."""
    said = r"walks to: Col 0 between Row 0 and Row 1 is on every way in from the stations of 53 of them at least\. Add"
    with pytest.raises(Infeasible, match=said):
        room.find(Closure(1, HELP))
    with pytest.raises(Infeasible, match=r"^No ambulance comes to a corner outside the ring that somebody inside"):
        room.find(*(Closure(way, HELP) for way in range(room.grid.network.way_count)))


def test_a_plan_without_a_site_stations_or_hospitals_says_which(room: Room, plans: Plans) -> None:
    bare = room.plan.model_copy(update={"site": (), "occupied": ()})
    with pytest.raises(BadInput, match="The plan has no site"):
        room.find(plan=bare)
    fire = replace(room.station, kind="fire_station")
    with pytest.raises(BadInput, match="No ambulance station is known"):
        Room(room.grid, room.plan, fire, room.hospital).find()
    timer, services = AccessTimer(room.grid.network), staffed(load_services(), [room.station])
    with pytest.raises(BadInput, match="No hospital is known"):
        crews_of(timer, services, [], [])
    lost = plans(barriers=[{"id": "B1", "place": "Nowhere Street at Col 1"}])
    with pytest.raises(BadInput, match=r"while a barrier stands nowhere on this map\. B1: "):
        room.find(plan=lost)


def test_a_station_of_which_nobody_said_who_starts_there_is_named_as_not_counted(room: Room, usual: Found) -> None:
    others = replace(room.station, name="Yard", kind="station"), replace(room.station, name="Fire", kind="fire_station")
    found = Room(room.grid, room.plan, room.station, room.hospital, others).find()
    said = (
        "Nobody said whether ambulance starts at Yard: not counted. Give stations their kind, as 'ambulance_station' or "
        "'hospital'."
    )
    assert [one for one in found.answer.warnings if one not in usual.answer.warnings] == [said]
    assert [one.station for one in found.answer.points] == [one.station for one in usual.answer.points]


def standing(room: Room, found: Found, *shut: Closure) -> list[HandoverStatus]:
    timer = AccessTimer(room.grid.network)
    services = staffed(load_services(), [room.station])
    plan = with_handover(room.plan, found.answer)
    return list(handover_standing(plan, room.grid, timer, services, [room.hospital], shut))


def test_a_point_turns_red_once_an_approach_is_shut_and_names_what_shut_it(room: Room, usual: Found) -> None:
    assert [(one.id, one.ok) for one in standing(room, usual)] == [("H1", True), ("H2", True), ("H3", True)]
    kept = Closure(83, HELP, label="far away")
    shut = [Closure(way, HELP, label="Col 1 shut") for way in (50, 51, 52, 53)] + [kept, Closure(14, HELP, label="lane")]
    first, *others = standing(room, usual, *shut)
    assert (first.ok, all(one.ok for one in others)) == (False, True)
    assert first.ambulance_seconds is not None
    assert "One vehicle across Row 2 between Col 0 and Col 1 and none can come." in first.says
    assert first.says.endswith("Shut on an approach: Col 1 shut.")
    shut.append(Closure(15, HELP, label="Row 2 shut"))
    (gone, *_) = standing(room, usual, *shut)
    assert gone.says.startswith("No ambulance gets there.")
    refused = check_handover(
        room.grid.network, usual.certificate, also_shut=[(52, None, "Col 1 shut"), (51, None, "Col 1 shut")]
    )
    assert any("goes through an obstacle or a closure" in line for line in refused)
    assert "Since then shut, on an approach: Col 1 shut." in refused


def test_the_plan_takes_the_points_in_place_of_its_own(usual: Found, plans: Plans) -> None:
    made = with_handover(plans(handover=[{"id": "X", "place": "Row 4"}]), usual.answer)
    assert [one.id for one in made.handover] == ["H1", "H2", "H3"]
    assert usual.certificate["at"] is None
    assert "on empty streets" in (made.handover[0].note or "")
