"""Stages of plans on a network: who sets what up when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearway.errors import BadInput
from clearway.planning.cordon.planner.steps import Steps
from clearway.planning.plan.document import plan_of
from clearway.planning.plan.stages.means import means_of, template
from clearway.planning.plan.stages.planning import plan_stage
from clearway.planning.plan.stages.question import StageQuestion
from clearway.record.entry import now
from clearway.record.moments import calendar
from clearway.server.desks.plans.models import StageMeans

if TYPE_CHECKING:
    from clearway.planning.plan.stages.contract import StagePlan
    from clearway.server.desks.plans.models import StageAsked
    from clearway.server.jobs import JobProgress
    from clearway.server.networks import ServedNetwork


def means_known(served: ServedNetwork) -> StageMeans:
    """What there is to work with, and a template."""
    return StageMeans(means=served.sources.means, template=template([]))


def staged(served: ServedNetwork, question: StageAsked, progress: JobProgress[StagePlan]) -> StagePlan:
    """A stage planned on a network; the best so far where the time of the question ends first.

    Raises:
        BadInput: it is no plan, means are missing or cannot be used, or a time cannot be read.
        BadGeometry, Infeasible, UnknownName: as the planner raises them.
        Stopped: somebody cancelled.
    """
    days = calendar(question.zone or served.zone or "UTC")
    progress("Reading the plan", 0.0)
    plan = plan_of(dict(question.document), days, now())
    to = plan_of(dict(question.to), days, now()) if question.to is not None else None
    means = means_of(question.means) if question.means is not None else served.sources.means
    if means is None:
        raise BadInput("Nobody said which crews and depots there are. Load a file of means.")
    asked = StageQuestion(
        plan,
        question.stage,
        means,
        to=to,
        standing=question.standing,
        begins=days.moment(question.begins) if question.begins else None,
        done=days.moment(question.done) if question.done else None,
        changes=question.changes,
    )
    return plan_stage(asked, served.gazetteer, Steps(progress, question.limit_seconds))
