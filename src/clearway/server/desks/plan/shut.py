"""What is shut that traffic is sent round, for the desks that do so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearway.planning.plan.closures import PlanClosures
from clearway.planning.plan.closures_all_day import closures_all_day
from clearway.planning.plan.document import plan_of
from clearway.record.entry import now
from clearway.record.moments import calendar
from clearway.server.desks.plan.desk import planner_of

if TYPE_CHECKING:
    from clearway.planning.cordon.planner.steps import Tell
    from clearway.server.desks.plan.models import ShutQuestion
    from clearway.server.networks import ServedNetwork


def shut_by(served: ServedNetwork, question: ShutQuestion, tell: Tell) -> PlanClosures:
    """The closures of a cordon and of a traffic management plan, as far as a question has them.

    Args:
        served: The network.
        question: What is shut.
        tell: Called with what is being done; what it raises ends the work.

    Raises:
        BadInput: the document is no plan, or there is no such time zone.
        ClearwayError: the cordon has no answer, or a site cannot be used.
    """
    tell("Applying the plan to the streets", 0.0)
    of_cordon = PlanClosures((), {})
    if question.plan is not None:
        alone = question.plan.model_copy(update={"frontier": False, "alternatives": 0})
        _, closures = served.desk(planner_of).planned(alone, lambda doing, _share: tell(doing, 0.0))
        of_cordon = PlanClosures(closures, {})
    if question.document is None:
        return of_cordon
    plan = plan_of(question.document, calendar(question.zone or served.zone or "UTC"), now())
    of_plan = closures_all_day(plan, served.gazetteer)
    return PlanClosures((*of_cordon.closures, *of_plan.closures), of_plan.unplaced)
