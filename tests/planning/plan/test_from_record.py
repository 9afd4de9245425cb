"""The beginning of a plan from what the record says of barriers: on the grid of eight barriers, by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clearway.errors import BadInput
from clearway.picture.index import PictureIndex
from clearway.picture.view import Moments, picture_of
from clearway.planning.plan.from_record import Chosen, plan_from_record
from clearway.record.place import Point
from plan_rings import DAYS, RING

if TYPE_CHECKING:
    from clearway.planning.gazetteer import Gazetteer
    from clearway.planning.plan.contract import StatedPlan
    from clearway.record.kinds.plans import TrafficPlan
    from clearway.record.store import Store
    from plan_rings import Plans, Reports

AT = "2022-02-21T12:00+13:00"
ROW_2 = {"type": "street", "street": "Row 2"}


def barrier(where: object, **body: object) -> tuple[str, dict[str, object], object, str]:
    return "barrier_state", {"barrier": "fence", "state": "standing"} | body, where, "2022-02-21T08:00+13:00"


def begun(store: Store, grid: Gazetteer, base: TrafficPlan, chosen: Chosen | None = None) -> tuple[StatedPlan, TrafficPlan]:
    moment = DAYS.moment(AT)
    picture = picture_of(store, PictureIndex(), "op", Moments(moment, moment), calendar=DAYS)
    return plan_from_record(picture, grid, base, chosen)


def test_what_is_placed_stands_in_the_plan_and_the_others_have_pieces_to_choose_from(
    room: Store, reports: Reports, grid: Gazetteer, plans: Plans
) -> None:
    reports(barrier(RING[0]), barrier(ROW_2, amount={"low": 3}), at=AT)
    stated, made = begun(room, grid, plans(barriers=[]))
    assert (stated.stated, stated.named, stated.placed, stated.unnamed, stated.closed) == (4, 2, 1, 2, False)
    assert [(one.id, one.structure) for one in made.barriers] == [("B1", "fence")]
    corner, street = sorted(stated.places, key=lambda one: not one.placed)
    assert (corner.where, corner.placed, corner.candidates) == (RING[0], True, ())
    assert (street.where, street.placed) == ("Row 2 (street)", False)
    assert street.candidates
    assert len(stated.holes) == 7
    assert stated.summary == (
        "The record states 4 barriers, gates and shut roads and names 2 places; 1 barrier is placed.",
        "Not sealed: 7 ways in are left for vehicles past 1 barrier.",
        "Nothing is claimed of the other 3.",
    )


def test_a_chosen_piece_and_a_point_are_placed_beside_what_the_record_places(
    room: Store, reports: Reports, grid: Gazetteer, plans: Plans
) -> None:
    reports(barrier(RING[0]), barrier(ROW_2), at=AT)
    chosen = Chosen({"row 2 (street)": RING[2]}, [(10.0011, 0.0)])
    stated, made = begun(room, grid, plans(barriers=[]), chosen)
    assert [one.id for one in made.barriers] == ["B1", "B2", "B3"]
    assert made.barriers[2].place == Point(at=(10.0011, 0.0))
    assert all(one.placed and one.candidates == () for one in stated.places)
    assert (stated.stated, stated.named, stated.unnamed) == (2, 2, 0)


def test_all_eight_close_the_ring_and_nothing_is_left_to_claim(
    room: Store, reports: Reports, grid: Gazetteer, plans: Plans
) -> None:
    reports(*map(barrier, RING), at=AT)
    stated, made = begun(room, grid, plans(barriers=[]))
    assert (stated.placed, stated.closed, stated.holes) == (8, True, ())
    assert [one.id for one in made.barriers] == [f"B{number}" for number in range(1, 9)]
    assert len(stated.summary) == 2


def test_without_a_site_or_without_a_placed_barrier_no_ring_is_checked(
    room: Store, reports: Reports, grid: Gazetteer, plans: Plans
) -> None:
    reports(barrier(ROW_2), at=AT)
    base = plans(barriers=[])
    nowhere = base.model_copy(update={"site": (), "occupied": ()})
    says = [begun(room, grid, one)[0].summary for one in (nowhere, base)]
    assert says[0][1] == "No site is known, so no ring was checked. Give it with --site."
    assert says[1][1].startswith("Nothing is placed, so no ring was checked. Choose a piece for each street")
    assert says[0][2] == says[1][2] == "Nothing is claimed of the other 1."


def test_a_street_that_the_record_does_not_name_is_refused_and_those_that_it_names_are_listed(
    room: Store, reports: Reports, grid: Gazetteer, plans: Plans
) -> None:
    chosen = Chosen({"Row 9": RING[2]})
    with pytest.raises(BadInput, match=r"The record names no barrier at 'Row 9' at this moment\. It names none\."):
        begun(room, grid, plans(barriers=[]), chosen)
    reports(barrier(ROW_2), at=AT)
    with pytest.raises(BadInput, match=r"'Row 9' at this moment\. It names Row 2 \(street\)\."):
        begun(room, grid, plans(barriers=[]), chosen)
