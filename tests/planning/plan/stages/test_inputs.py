"""Every number that a set-up's times rest on, with where it comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearway.planning.plan.stages.answer import used_inputs
from clearway.planning.plan.stages.ground import Ground, sites_of
from random_stages import WEST, barriers, means

if TYPE_CHECKING:
    from clearway.planning.gazetteer import Gazetteer
    from clearway.planning.plan.stages.means import Means
    from plan_rings import Plans

Row = tuple[str, str, str, str]
GIVEN, OURS = "as given", "assumed: no source tells; overwrite it"
STRUCTURES: list[Row] = [
    ("a piece of concrete block shuts", "2.5", "m of street", OURS),
    ("a piece of concrete block is lifted by a forklift", "yes", "", OURS),
    ("a piece of concrete block is brought by a truck", "yes", "", OURS),
    ("a piece of fence takes", "2", "min", OURS),
    ("a piece of fence shuts", "3.5", "m of street", OURS),
    ("a piece of fence is lifted by a forklift", "no", "", OURS),
    ("a piece of fence is brought by a truck", "yes", "", OURS),
]
MAP: Row = (
    "streets that end at the edge of the data", "go on there", "",
    "the map: it marks where its data end though the street may go on",
)  # fmt: skip


def used(plans: Plans, grid: Gazetteer, given: Means) -> list[Row]:
    plan = plans(barriers=[*barriers([1, 4]), *barriers([6], "fence")])
    ground = Ground(plan, sites_of(plan, "set_up", grid), grid, given)
    rows = list(used_inputs(ground, ground.scene(given), given))
    assert all(one.assumed == (one.source != GIVEN) for one in rows)
    return [(one.input, one.value, one.unit, one.source) for one in rows]


def test_what_nobody_gave_is_assumed_and_said_so(plans: Plans, grid: Gazetteer) -> None:
    assert used(plans, grid, means([WEST])) == [
        ("crews", "1", "", GIVEN), ("trucks", "1", "", GIVEN), ("forklifts", "1", "", GIVEN),
        ("truck 1 carries", "4", "pieces", OURS), ("a piece of concrete block takes", "8", "min", OURS), *STRUCTURES,
        ("work at a place besides its pieces", "5", "min", OURS), ("loading or unloading a truck", "10", "min", OURS),
        ("depot D1", "(10.0, 0.0001)", "", GIVEN), MAP,
        ("pieces of a barrier", "3 barriers", "", "by the width of its street on the map, 7 m where the map has none"),
    ]  # fmt: skip


def test_what_somebody_gave_is_taken_as_given(plans: Plans, grid: Gazetteer) -> None:
    told = means(
        [WEST],
        crews=[{"id": "crew 1", "depot": "D1", "speed_kmh": 6.5}, {"id": "crew 2", "depot": "D1"}],
        trucks=[{"id": "truck 1", "depot": "D1", "carries": 5}],
        place_minutes=0,
        load_minutes=7,
        pieces={"B1": 3, "B4": 3, "B6": 2},
        rates=[{"structure": "concrete_block", "minutes_each": 7.5}],
    )
    assert used(plans, grid, told) == [
        ("crews", "2", "", GIVEN), ("trucks", "1", "", GIVEN), ("forklifts", "1", "", GIVEN),
        ("truck 1 carries", "5", "pieces", GIVEN), ("crew 1 drives at most", "6.5", "km/h", GIVEN),
        ("a piece of concrete block takes", "7.5", "min", GIVEN), *STRUCTURES,
        ("work at a place besides its pieces", "0", "min", GIVEN), ("loading or unloading a truck", "7", "min", GIVEN),
        ("depot D1", "(10.0, 0.0001)", "", GIVEN), MAP,
    ]  # fmt: skip


def test_units_and_depots_that_are_assumed_are_said_to_be(plans: Plans, grid: Gazetteer) -> None:
    kit = [{"structure": name, "number": 99} for name in ("concrete_block", "fence")]
    told = means(
        [WEST],
        depots=[{"id": "D1", "place": WEST, "kit": kit, "assumed": True}],
        crews=[{"id": "crew 1", "depot": "D1", "speed_kmh": 6, "assumed": True}, {"id": "crew 2", "depot": "D1"}],
        trucks=[{"id": "truck 1", "depot": "D1", "carries": 5, "assumed": True}],
    )
    rows = used(plans, grid, told)
    assert [one for one in rows[:5] if one[3] == OURS] == [
        ("crews", "2", "", OURS), ("trucks", "1", "", OURS),
        ("truck 1 carries", "5", "pieces", OURS), ("crew 1 drives at most", "6", "km/h", OURS),
    ]  # fmt: skip
    assert ("depot D1", "(10.0, 0.0001)", "", OURS) in rows
