"""A plan held against what is reported: red from the minute a barrier is gone until it is reset."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from clearway.planning.cordon.seal.verdict import sealed
from clearway.planning.plan.status import plan_status, way_in
from plan_rings import DAYS, RING

if TYPE_CHECKING:
    from clearway.planning.cordon.seal.contract import Seal, SealQuestion
    from clearway.planning.gazetteer import Gazetteer
    from clearway.planning.plan.contract import BarrierStatus, PlanStatus
    from plan_rings import Plans, Reports

HILL = "Col 3 at Row 4, south side"
Said = tuple[str, dict[str, Any], str, str]


def barrier(state: str, where: str, happened: str, **more: object) -> Said:
    return "barrier_state", {"state": state} | more, where, happened


def stands(status: PlanStatus, name: str = "B1") -> BarrierStatus:
    return next(one for one in status.barriers if one.id == name)


def test_a_ring_of_which_nothing_is_reported_is_closed_and_says_that_it_is_taken_as_planned(
    plans: Plans, grid: Gazetteer
) -> None:
    status = plan_status(plans(), (), DAYS.moment("day 14 9am"), grid)
    assert (status.ok, status.closed, status.holes, status.unconfirmed) == (True, True, (), 8)
    assert status.summary[0] == "Plan 'tmp', version 1 stands: no street of the map leads in past 8 barriers."
    assert status.summary[1] == "No report says that B1 to B8 stand: taken as planned."


@pytest.mark.parametrize("number", range(1, 9))
def test_each_barrier_of_the_ring_taken_away_opens_it_and_the_way_in_is_named(
    plans: Plans, grid: Gazetteer, reports: Reports, number: int
) -> None:
    where = RING[number - 1]
    told = reports(barrier("removed", where, "day 14 10:12"), at="day 14 10:13")
    status = plan_status(plans(), told, DAYS.moment("day 14 10:13"), grid)
    assert (status.ok, status.closed) == (False, False)
    assert stands(status, f"B{number}").stand == "gone"
    assert status.holes[0] == f"B{number}, {where}: Reported removed at {where} by officer, Police (F6)."
    street = where.split(" at ", maxsplit=1)[0]
    assert street in status.holes[1].removeprefix("A way in is open: ")
    assert len(status.holes) == 2


@pytest.mark.parametrize("state", ["moved", "pushed", "breached", "removed"])
@pytest.mark.parametrize("with_network", [True, False])
def test_it_is_red_from_the_minute_of_the_report_until_it_is_reset(
    plans: Plans, grid: Gazetteer, reports: Reports, state: str, *, with_network: bool
) -> None:
    said: tuple[Said, ...] = (barrier(state, HILL, "day 14 10:12"), barrier("reset", HILL, "day 14 11:02"))
    gazetteer = grid if with_network else None
    for at, is_green in (("10:11", True), ("10:12", False), ("11:01", False), ("11:02", True)):
        moment = f"day 14 {at}"
        told = reports(*said, at=moment)
        assert plan_status(plans(), told, DAYS.moment(moment), gazetteer).ok is is_green, at
        said = ()


def test_a_way_in_is_named_by_its_streets_each_once_and_one_without_a_name_is_called_that(
    plans: Plans, grid: Gazetteer, reports: Reports
) -> None:
    told = reports(barrier("removed", RING[1], "day 14 10:12"), at="day 14 10:13")
    seal = plan_status(plans(), told, DAYS.moment("day 14 10:13"), grid).seal
    assert seal is not None
    (leak,) = seal.leaks

    def named(*streets: str) -> str:
        return way_in(leak.model_copy(update={"streets": streets, "barrier": None}))

    assert named("Col 3", "", "Row 1", "Col 3") == "A way in is open: Col 3, Row 1."
    assert named("", "") == named() == "A way in is open: a street without a name."
    assert leak.barrier is not None
    assert way_in(leak).endswith(f", past {leak.barrier.called}.")


@pytest.mark.parametrize("doubts", [("It is dark.", "It is late."), ()])
def test_a_ring_that_is_closed_but_for_a_doubt_says_so_and_names_the_first(
    plans: Plans, grid: Gazetteer, doubts: tuple[str, ...]
) -> None:
    def doubtful(asked: SealQuestion) -> Seal:
        return sealed(grid.network, asked).model_copy(update={"certain": False, "doubts": doubts})

    status = plan_status(plans(), (), DAYS.moment("day 14"), grid, seal_of=doubtful)
    assert (status.ok, status.closed) == (True, True)
    assert status.summary[:2] == (
        "Plan 'tmp', version 1 stands as far as the map can tell. Look first at what is in doubt.",
        doubts[0] if doubts else "A street may go on beyond an end that the map shows.",
    )


def test_without_a_network_nothing_is_claimed_of_the_ring(plans: Plans) -> None:
    status = plan_status(plans(), (), DAYS.moment("day 14"))
    assert (status.ok, status.closed, status.seal) == (True, None, None)
    assert status.summary[0] == (
        "Plan 'tmp', version 1: no report says that a barrier is gone. Whether streets lead in was not checked."
    )


def test_a_barrier_that_stands_elsewhere_is_red_only_where_the_ring_is_open_with_it_there(
    plans: Plans, grid: Gazetteer, reports: Reports
) -> None:
    told = reports(barrier("moved", "Col 3 at Row 4, north side", "day 14 10:12", moved_from=[HILL]), at="day 14 10:13")
    at = DAYS.moment("day 14 10:13")
    status = plan_status(plans(), told, at, grid)
    assert (stands(status).stand, status.closed, status.ok) == ("moved", False, False)
    blind = plan_status(plans(), told, at)
    assert (blind.ok, stands(blind).stand) == (False, "moved")
    assert "Reported moved at Col 3 at Row 4, north side" in blind.holes[0]


def test_a_barrier_known_by_its_label_is_followed_wherever_it_stands(plans: Plans, reports: Reports) -> None:
    told = reports(barrier("standing", "Row 1 at Col 2", "day 14 10:12", label="b1"), at="day 14 10:13")
    status = plan_status(plans(), told, DAYS.moment("day 14 10:13"))
    assert stands(status).stand == "moved"
    told = reports(barrier("standing", HILL, "day 14 10:20", label="B1"), at="day 14 10:21")
    assert stands(plan_status(plans(), told, DAYS.moment("day 14 10:21"))).stand == "reported"


def test_a_barrier_of_another_label_or_material_is_another_one(plans: Plans, reports: Reports) -> None:
    told = reports(
        barrier("removed", HILL, "day 14 10:12", label="Tent line"),
        barrier("removed", HILL, "day 14 10:13", barrier="fence"),
        at="day 14 10:14",
    )
    ring = [{"id": "B1", "place": HILL, "structure": "concrete_block"}]
    status = plan_status(plans(barriers=ring), told, DAYS.moment("day 14 10:14"))
    assert (status.ok, stands(status).stand) == (True, "as_planned")
    told = reports(barrier("removed", HILL, "day 14 10:15", barrier="concrete_block"), at="day 14 10:16")
    assert not plan_status(plans(barriers=ring), told, DAYS.moment("day 14 10:16")).ok


def test_a_street_alone_is_every_barrier_of_it_when_one_is_gone_and_none_of_several_when_one_stands(
    plans: Plans, grid: Gazetteer, reports: Reports
) -> None:
    ring = [
        {"id": "A", "place": "Col 3 at Row 4"},
        {"id": "B", "place": "Col 3 at Row 1"},
        {"id": "C", "place": "Row 2 at Col 4"},
    ]
    at = DAYS.moment("day 14 9:01")
    told = reports(barrier("standing", "Col 3", "day 14 9:00"), barrier("standing", "Row 2", "day 14 9:00"), at="day 14 9:01")
    status = plan_status(plans(barriers=ring), told, at, grid)
    assert [one.stand for one in status.barriers] == ["as_planned", "as_planned", "reported"]
    told = reports(barrier("breached", "Col 3", "day 14 9:02"), at="day 14 9:03")
    status = plan_status(plans(barriers=ring), told, DAYS.moment("day 14 9:03"), grid)
    assert [one.stand for one in status.barriers] == ["gone", "gone", "reported"]


def test_two_bodies_that_contradict_each_other_about_one_time_leave_it_red_and_a_later_word_settles_it(
    plans: Plans, reports: Reports
) -> None:
    reports(barrier("breached", HILL, "day 14 10:00"), at="day 14 10:01", by="crew, Council")
    told = reports(barrier("standing", HILL, "day 14 10:00"), at="day 14 10:01")
    status = plan_status(plans(), told, DAYS.moment("day 14 10:01"))
    assert stands(status).stand == "disputed"
    assert "Reported standing" in status.holes[0]
    assert "Reported breached" in status.holes[0]
    told = reports(barrier("standing", HILL, "day 14 10:05"), at="day 14 10:06")
    assert stands(plan_status(plans(), told, DAYS.moment("day 14 10:06"))).stand == "reported"


def test_two_bodies_that_say_the_same_of_one_time_do_not_contradict_each_other(plans: Plans, reports: Reports) -> None:
    for state, stand in (("breached", "gone"), ("standing", "reported")):
        reports(barrier(state, HILL, "day 14 10:00"), at="day 14 10:01", by="crew, Council")
        told = reports(barrier(state, HILL, "day 14 10:00"), at="day 14 10:01")
        same = [one for one in told if getattr(one.draft.body, "state", "") == state]
        assert len(same) == 2
        assert stands(plan_status(plans(), same, DAYS.moment("day 14 10:01"))).stand == stand


def test_one_body_that_says_it_anew_contradicts_nobody(plans: Plans, reports: Reports) -> None:
    told = reports(barrier("breached", HILL, "day 14 10:00"), barrier("standing", HILL, "day 14 10:00"), at="day 14 10:01")
    assert stands(plan_status(plans(), told, DAYS.moment("day 14 10:01"))).stand == "reported"


def test_a_gate_reported_open_to_all_and_a_road_reported_open_are_holes(plans: Plans, reports: Reports) -> None:
    told = reports(
        ("gate_state", {"state": "open"}, HILL, "day 14 10:00"),
        ("road_state", {"state": "open"}, RING[1], "day 14 10:00"),
        ("gate_state", {"state": "restricted"}, RING[2], "day 14 10:00"),
        ("road_state", {"state": "unknown"}, RING[3], "day 14 10:00"),
        at="day 14 10:01",
    )
    status = plan_status(plans(), told, DAYS.moment("day 14 10:01"))
    assert [one.stand for one in status.barriers[:4]] == ["gone", "gone", "reported", "as_planned"]


def test_what_was_said_to_end_says_nothing_after_its_end(plans: Plans, reports: Reports) -> None:
    told = reports(barrier("removed", HILL, "day 14 10:00", ends="day 14 10:30"), at="day 14 10:29")
    assert not plan_status(plans(), told, DAYS.moment("day 14 10:29")).ok
    assert plan_status(plans(), reports(at="day 14 10:30"), DAYS.moment("day 14 10:30")).ok


def test_barriers_count_between_their_start_and_their_end_alone(plans: Plans) -> None:
    ring = [{"id": "B1", "place": HILL, "starts": "day 14 3:30", "ends": "day 14 18:00"}]
    for at, count in (("3:29", 0), ("3:30", 1), ("17:59", 1), ("18:00", 0)):
        assert len(plan_status(plans(barriers=ring), (), DAYS.moment(f"day 14 {at}")).barriers) == count, at


def test_a_barrier_on_no_street_of_the_map_is_named_and_the_ring_is_not_called_closed(plans: Plans, grid: Gazetteer) -> None:
    ring = [{"id": f"B{number}", "place": where} for number, where in enumerate(RING, 1)]
    status = plan_status(
        plans(barriers=[*ring, {"id": "X", "place": "Nowhere Street at Col 1"}]), (), DAYS.moment("day 14"), grid
    )
    assert (status.ok, status.closed) == (False, False)
    assert status.holes[0].startswith("X: it stands nowhere on this map.")
    assert stands(status, "X").placed is False


@pytest.mark.parametrize(
    ("lasts", "happened", "stand"),
    [
        ({"starts": "day 14 03:30"}, "day 14 03:29", "as_planned"),
        ({"starts": "day 14 03:30"}, "day 14 03:30", "gone"),
        ({"starts": "day 14 03:30", "stages": [{"phase": "set_up", "starts": "day 14 01:00"}]}, "day 14 01:00", "gone"),
        ({"starts": "day 14 03:30", "stages": [{"phase": "set_up", "starts": "day 14 01:00"}]}, "day 14 00:59", "as_planned"),
        ({"starts": "day 14 03:30", "stages": [{"phase": "hold", "starts": "day 14 01:00"}]}, "day 14 02:00", "as_planned"),
        ({}, "day 2 10:00", "gone"),
    ],
)
def test_what_was_over_before_a_barrier_was_to_be_set_up_says_nothing_of_it(
    plans: Plans, grid: Gazetteer, reports: Reports, lasts: dict[str, Any], happened: str, stand: str
) -> None:
    told = reports(barrier("removed", HILL, happened), at="day 14 9am")
    assert stands(plan_status(plans(**lasts), told, DAYS.moment("day 14 9am"), grid)).stand == stand
