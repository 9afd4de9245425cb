"""What a stage is told while it is planned, when it begins, and why there is no order, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from clearway.errors import Infeasible
from clearway.planning.cordon.planner.steps import Steps
from clearway.planning.plan.stages.answer import checker_words
from clearway.planning.plan.stages.planning import plan_stage
from clearway.planning.plan.stages.question import StageQuestion
from plan_rings import DAYS
from random_stages import EAST, WEST, barriers, drawn, means
from rounds import rounds

if TYPE_CHECKING:
    from clearway.planning.gazetteer import Gazetteer
    from clearway.planning.plan.stages.contract import StagePlan
    from plan_rings import Plans

INNER = {"id": "INNER", "place": "Col 2 at Row 2, north side", "structure": "concrete_block"}


def test_each_step_is_told_with_the_share_that_is_done(plans: Plans, grid: Gazetteer) -> None:
    told: list[tuple[str, float]] = []
    question = StageQuestion(plans(barriers=barriers([1, 4])), "set_up", means([WEST], pieces={"B1": 2, "B4": 2}))
    plan_stage(question, grid, Steps(lambda doing, share: told.append((doing, round(share, 6)))))
    steps = list(dict.fromkeys(told))
    assert steps[:3] == [
        ("Placing the barriers", 0.0),
        ("Bounding the time by crews, trucks and forklifts alone", 0.1),
        ("Trying orders and crews", 0.3),
    ]
    asked = [one for one in steps if one[0].startswith("What would help: ")]
    assert [share for _, share in asked] == pytest.approx([0.5 + 0.45 * at / len(asked) for at in range(len(asked))], abs=1e-6)
    assert steps[-1] == ("Checking the schedule", 0.97)
    told.clear()
    plan_stage(
        StageQuestion(question.plan, "set_up", question.means, changes=False), grid, Steps(lambda *one: told.append(one))
    )
    assert not any(doing.startswith("What would help") for doing, _ in told)


@pytest.mark.parametrize(
    ("stage", "stages", "begins"),
    [
        ("set_up", [("set_up", "03:30"), ("remove", "05:00")], "03:30"),
        ("remove", [("set_up", "03:30"), ("remove", "05:00")], "05:00"),
        ("remove", [("set_up", "03:30")], None),  # only a set-up begins with the plan
        ("set_up", [("remove", "05:00")], "01:00"),
        ("set_up", [("set_up", None), ("set_up", "04:00")], "04:00"),
        ("set_up", [], "01:00"),
    ],
)
def test_a_stage_begins_when_the_plan_says_so(
    plans: Plans,
    grid: Gazetteer,
    stage: Any,  # noqa: ANN401 - a stage's name
    stages: list[tuple[str, str | None]],
    begins: str | None,
) -> None:
    def day(clock: str | None) -> str | None:
        return clock and f"2022-02-21T{clock}+13:00"

    phases = [{"phase": phase} | ({"starts": day(starts) or ""} if starts else {}) for phase, starts in stages]
    plan = plans(barriers=barriers([1]), stages=phases, starts=day("01:00"))
    found = plan_stage(StageQuestion(plan, stage, means([WEST]), changes=False), grid)
    due = day(begins)
    assert found.begins == (DAYS.moment(due) if due else None)


def test_the_bound_that_the_checker_proves_is_never_above_that_of_the_search(plans: Plans, grid: Gazetteer) -> None:
    for draw in rounds(5):
        plan = plans(barriers=barriers(sorted(draw.sample(range(1, 9), 2))))
        told = drawn(draw, [WEST, EAST]) | {"pieces": {one.id: draw.randint(1, 6) for one in plan.barriers}}
        given = means([WEST, EAST], **told)
        found: StagePlan = plan_stage(StageQuestion(plan, "set_up", given, changes=False), grid)
        assert (found.checked, found.refused) == (True, ())
        assert found.bound is not None
        assert found.bound_checked is not None
        assert found.bound_checked <= found.bound
        assert found.summary[-1] == checker_words(found.bound, found.bound_checked)


def why_not(plans: Plans, grid: Gazetteer, *more: dict[str, Any], steps: Steps | None = None, **fields: Any) -> str:  # noqa: ANN401
    plan = plans(barriers=[*barriers([1, 2, 3, 4, 5, 6, 7, 8], "fence"), *more])
    standing = [f"B{at}" for at in range(1, 9)] if more else []
    given = means([WEST, EAST], **fields)
    with pytest.raises(Infeasible) as refused:
        plan_stage(StageQuestion(plan, "set_up", given, standing=standing, changes=False), grid, steps or Steps(limit_s=20))
    return str(refused.value)


def test_who_is_shut_in_is_named_unless_the_time_was_too_short_to_say(plans: Plans, grid: Gazetteer) -> None:
    other = {"id": "OTHER", "place": "Row 2 at Col 2, east side", "structure": "concrete_block"}
    assert why_not(plans, grid, INNER, other) == (
        "No order does it: whoever sets up INNER and OTHER is shut in once the others stand, or the way there is shut "
        "before. Move that barrier, or set it up in a stage of its own before the others."
    )
    late = "No order was found in the time. Give it longer, or set up fewer places in one stage."
    assert why_not(plans, grid, INNER, steps=Steps(limit_s=0)) == late
