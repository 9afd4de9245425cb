"""What differs between two plans, in metres and addresses counted by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from clearway.planning.cordon.seal.contract import GivenBarrier
from clearway.planning.cordon.seal.verdict import enclosed_addresses, sealed
from clearway.planning.plan.differences import plan_diff
from clearway.planning.plan.ring import given_barriers, ring_question
from clearway.record.place import Area
from plan_rings import DAYS, RING

if TYPE_CHECKING:
    from clearway.planning.gazetteer import Gazetteer
    from clearway.record.kinds.plans import TrafficPlan
    from plan_rings import Plans

BARRIERS = [{"id": f"B{number}", "place": where} for number, where in enumerate(RING, 1)]


def moved(number: int, where: str) -> list[dict[str, str]]:
    return [one | {"place": where} if one["id"] == f"B{number}" else one for one in BARRIERS]


def test_of_the_same_plan_nothing_differs(plans: Plans, grid: Gazetteer) -> None:
    diff = plan_diff(plans(), plans(), DAYS.zone, grid)
    assert (diff.moved, diff.added, diff.removed, diff.changed) == ((), (), (), ())
    assert (diff.newly_inside, diff.newly_outside, diff.summary) == ((), (), ("Nothing differs.",))


def test_a_barrier_that_moved_is_measured(plans: Plans, grid: Gazetteer) -> None:
    diff = plan_diff(plans(), plans(barriers=moved(1, "Col 3 at Row 4, north side")), DAYS.zone, grid)
    (one,) = diff.moved
    assert (one.id, one.from_where, one.to_where) == ("B1", RING[0], "Col 3 at Row 4, north side")
    first, second = (grid.of(plan.barriers[0].place).spot for plan in (plans(), plans(barriers=moved(1, one.to_where))))
    assert first is not None
    assert second is not None
    assert one.metres == pytest.approx(abs(first[1] - second[1]) * 111_195, abs=0.5)
    assert plan_diff(plans(), plans(barriers=moved(1, "Row 9")), DAYS.zone, grid).moved[0].metres is None


def test_what_came_and_went_is_named(plans: Plans) -> None:
    diff = plan_diff(plans(barriers=BARRIERS[1:]), plans(barriers=BARRIERS[:-1]), DAYS.zone)
    assert (diff.added, diff.removed) == ((f"B1, {RING[0]}",), (f"B8, {RING[7]}",))
    assert diff.newly_inside is None
    assert diff.summary[0] == "0 barriers moved, 1 added, 1 taken away; 0 other changes."
    assert diff.summary[1].startswith("Who is newly inside or outside was not computed")


@pytest.mark.parametrize("number", [0, 1])
def test_where_one_barrier_of_either_plan_stands_nowhere_nobody_is_said_to_be_inside(
    plans: Plans, grid: Gazetteer, number: int
) -> None:
    both = [plans(), plans()]
    both[number] = plans(barriers=[*BARRIERS, {"id": "X", "place": "Nowhere Street at Col 1"}])
    diff = plan_diff(both[0], both[1], DAYS.zone, grid)
    assert (diff.newly_inside, diff.newly_outside) == (None, None)
    assert any(line.startswith("Who is newly inside or outside was not computed") for line in diff.summary)


def test_other_changes_are_sentences(plans: Plans) -> None:
    first = plans(barriers=[{"id": "G", "place": RING[0]}], passages=[])
    second = plans(
        title="Smaller",
        version=2,
        barriers=[{"id": "G", "place": RING[0], "opens": "staffed", "opening_seconds": 30, "starts": "day 14 03:30"}],
        passages=[{"who": "residents", "may": "enter", "gates": "G", "ends": "day 14 14:00"}],
        handover=[{"id": "H", "place": "Col 4 at Row 4"}],
    )
    assert plan_diff(first, second, DAYS.zone).changed == (
        "G, opens: machine -> staffed.",
        "G, opening seconds: not said -> 30.0.",
        "G, starts: not said -> Mon 21 Feb 2022 03:30.",
        "New rule: residents may go in at G until Mon 21 Feb 2022 14:00.",
        "1 handover point of the second is new or changed.",
        "Title: Ring -> Smaller.",
    )
    assert plan_diff(second, first, DAYS.zone).changed[3].startswith("No longer a rule: residents may go in at G")


SPOT = Area(ring=((10.0021, 0.0026), (10.0024, 0.0026), (10.0024, 0.0028), (10.0021, 0.0028), (10.0021, 0.0026)))
"""Amid Row 3, between Col 2 and Col 3."""


def test_whom_a_larger_ring_newly_encloses_is_named_and_the_count_is_that_of_the_seal(plans: Plans, grid: Gazetteer) -> None:
    two = [{"id": "B2", "place": "Row 3 at Col 3, west side"}, {"id": "B7", "place": "Row 3 at Col 2, east side"}]
    small, large = (plan.model_copy(update={"site": (SPOT,)}) for plan in (plans(barriers=two), plans()))

    def enclosed(plan: TrafficPlan) -> tuple[int, int]:
        question = ring_question(plan, grid)
        assert question is not None
        given = given_barriers(((one.id, one.place) for one in plan.barriers), grid).values()
        asked = question.model_copy(update={"barriers": tuple(one for one in given if isinstance(one, GivenBarrier))})
        inside = enclosed_addresses(grid.network, asked)
        assert len(np.unique(inside)) == len(inside)
        seal = sealed(grid.network, asked)
        assert seal.sealed
        return len(inside), seal.encloses.addresses

    assert enclosed(large) == (60, 60)
    assert enclosed(small) == (5, 5)
    diff, back = plan_diff(small, large, DAYS.zone, grid), plan_diff(large, small, DAYS.zone, grid)
    assert diff.newly_inside is not None
    assert (len(diff.newly_inside), diff.newly_outside) == (55, ())
    assert (back.newly_inside, back.newly_outside) == ((), diff.newly_inside)
    assert diff.summary[1] == "Newly inside: 55 addresses; newly outside: 0."
    network = grid.network
    where = {(round(lon, 6), round(lat, 6)) for lon, lat in zip(network.address_lon, network.address_lat, strict=True)}
    assert len({tuple(spot) for spot in diff.spots_inside} & where) == 55
    assert (diff.spots_outside, back.spots_outside) == ((), diff.spots_inside)
    cut = plan_diff(small, large, DAYS.zone, grid, most_spots=4)
    assert (cut.newly_inside, cut.spots_inside) == (diff.newly_inside, diff.spots_inside[:4])
    assert cut.summary[2] == "The map shows the first 4; the list names all."
    assert len(diff.summary) == 2
