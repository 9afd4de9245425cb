"""The closures of a plan for a whole day, with the times from which and until which they shut somebody out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clearway.network.classes import class_mask
from clearway.network.closures import Closure
from clearway.planning.plan.closures_all_day import closures_all_day, held_at
from clearway.planning.plan.document import is_plan
from plan_rings import DAYS, RING

if TYPE_CHECKING:
    from clearway.planning.gazetteer import Gazetteer
    from plan_rings import Plans

SIX, TWO = DAYS.moment("day 14 6am"), DAYS.moment("day 14 2pm")
B1 = {"id": "B1", "place": RING[0]}


def spans(plans: Plans, grid: Gazetteer, **fields: object) -> list[tuple[str, object, object]]:
    """Label, start and end of each closure."""
    return [(one.label, one.starts, one.ends) for one in closures_all_day(plans(**fields), grid).closures]


def test_what_always_stands_has_no_times_and_what_is_set_up_has_its_own(plans: Plans, grid: Gazetteer) -> None:
    assert spans(plans, grid, barriers=[B1]) == [("B1", None, None)]
    timed = B1 | {"starts": "day 14 6am", "ends": "day 14 2pm"}
    assert spans(plans, grid, barriers=[timed]) == [("B1", SIX, TWO)]
    assert sorted(map(str, spans(plans, grid, barriers=[B1, timed | {"id": "B2", "place": RING[1]}]))) == sorted(
        map(str, [("B1", None, None), ("B2", SIX, TWO)])
    )


@pytest.mark.parametrize(
    ("fields", "starts", "ends"),
    [
        ({"starts": "day 14 6am"}, SIX, None), ({"ends": "day 14 2pm"}, None, TWO),
        ({"starts": "day 14 6am", "ends": "day 14 2pm"}, SIX, TWO),
    ],
)  # fmt: skip
def test_nothing_is_shut_before_the_plan_starts_and_from_its_end_on(
    plans: Plans, grid: Gazetteer, fields: dict[str, object], starts: object, ends: object
) -> None:
    assert spans(plans, grid, barriers=[B1], **fields) == [("B1", starts, ends)]


def test_a_rule_that_begins_parts_a_gates_closures(plans: Plans, grid: Gazetteer) -> None:
    gate = B1 | {"opens": "swing"}
    rule = {"who": "residents", "may": "enter_and_leave", "starts": "day 14 6am"}
    found = closures_all_day(plans(barriers=[gate], passages=[rule]), grid).closures
    assert {(one.starts, one.ends) for one in found} == {(None, SIX), (SIX, None)}
    assert [one.holds("resident") for one in sorted(found, key=lambda one: one.starts is not None)] == [True, False]


def test_what_stands_nowhere_is_named(plans: Plans, grid: Gazetteer) -> None:
    found = closures_all_day(plans(barriers=[B1 | {"place": "Nowhere Street at Nothing Street"}], starts="day 14 6am"), grid)
    assert (found.closures, list(found.unplaced)) == ((), ["B1"])


def test_what_holds_at_a_moment_is_given_without_times() -> None:
    shut = [Closure(0, class_mask(["foot"]), starts=SIX, ends=TWO, label="a"), Closure(1, 0, label="nobody"), Closure(2, 1)]
    assert held_at(shut, SIX) == (Closure(0, class_mask(["foot"]), label="a"), Closure(2, 1))
    assert held_at(shut, TWO) == (Closure(2, 1),)


@pytest.mark.parametrize(
    ("document", "plan"),
    [
        ({"kind": "plan"}, True), ({"plan": "a"}, True), ({"title": "A"}, True), ({"kind": "plan", "title": "A"}, True),
        ({"kind": "count", "title": "A"}, False), ({"type": "FeatureCollection", "title": "A"}, False), ({}, False),
        ({"type": "Feature", "kind": "plan"}, False), (["plan"], False), ("plan", False), (None, False),
    ],
)  # fmt: skip
def test_a_document_is_meant_as_a_plan_where_it_says_so_and_is_no_geojson(document: object, plan: bool) -> None:  # noqa: FBT001
    assert is_plan(document) is plan
