"""A stage planned: the order, crews and minutes, what is open when, the kit, and the input that decides."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from clearway.errors import Infeasible
from clearway.planning.cordon.planner.steps import UNHURRIED, Steps
from clearway.planning.plan.stages.answer import Outcome, answered, checker_words, kit_missing
from clearway.planning.plan.stages.changes import what_decides
from clearway.planning.plan.stages.checking import check_stage
from clearway.planning.plan.stages.drives import FAR
from clearway.planning.plan.stages.ground import Ground, sites_of
from clearway.planning.plan.stages.search import soonest
from clearway.planning.plan.stages.why_not import why_not

if TYPE_CHECKING:
    from clearway.planning.gazetteer import Gazetteer
    from clearway.planning.plan.stages.contract import StagePlan
    from clearway.planning.plan.stages.question import StageQuestion

LIMIT_S = 20.0
"""Seconds: as long as somebody waits before a map; then the best so far is answered with its bound."""
_FOR_CHANGES = 0.5
"""Share of the work at which the best schedule is known, and what would change it is asked."""


def plan_stage(question: StageQuestion, gazetteer: Gazetteer, steps: Steps = UNHURRIED) -> StagePlan:
    """Plan a stage: who does what when, in the least time, checked by the independent checker.

    Args:
        question: The stage.
        gazetteer: Finds places on the network.
        steps: Told how far it is; its time ends the search.

    Raises:
        BadGeometry, BadInput, UnknownName: something that is given cannot be used; the sentence says what.
        Infeasible: no order does it, as where a crew would be shut in or a depot is cut off.
    """
    steps.at("Placing the barriers", 0.0)
    sites = sites_of(question.plan, question.stage, gazetteer, to=question.to, standing=question.standing)
    ground = Ground(question.plan, sites, gazetteer, question.means)
    scene = ground.scene(question.means)
    if kit_missing(scene, question.means):
        return answered(question, ground, scene, None, ())
    found = soonest(scene, steps, (0.1, _FOR_CHANGES))
    if found.minutes >= FAR:
        raise Infeasible(why_not(ground, scene, late=steps.late))
    changes = what_decides(ground, question.means, found, steps, _FOR_CHANGES) if question.changes else ()
    begins = question.begins or next(
        (one.starts for one in question.plan.stages if one.phase == question.stage and one.starts),
        question.plan.starts if question.stage == "set_up" else None,
    )
    if question.done is not None:
        begins = question.done - timedelta(minutes=found.minutes)
    answer = answered(question, ground, scene, Outcome(found, begins), changes)
    steps.at("Checking the schedule", 0.97)
    verdict = check_stage(answer, question, gazetteer)
    judged: dict[str, object] = {"checked": not verdict.flaws, "refused": tuple(map(str, verdict.flaws))}
    if not verdict.flaws:
        said = checker_words(found.bound, verdict.bound_confirmed)
        judged |= {"bound_checked": min(found.bound, verdict.bound_confirmed), "summary": (*answer.summary, said)}
    return answer.model_copy(update=judged)
