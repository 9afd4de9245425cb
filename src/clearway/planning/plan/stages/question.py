"""What is asked of a stage."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from clearway.planning.plan.stages.contract import StageName
    from clearway.planning.plan.stages.means import Means
    from clearway.record.kinds.plans import TrafficPlan


@dataclass(frozen=True)
class StageQuestion:
    """A stage to be planned.

    Attributes:
        plan: The plan.
        stage: Which stage of it.
        means: What there is to work with.
        to: Of a stage that shrinks: the plan that is to stand.
        standing: Ids of barriers that stand already.
        begins: When the first one leaves; None: as the plan's stage says, or
            for a set-up the plan itself.
        done: When all is to be done, instead.
        changes: Whether to ask what one unit more of each input would change.
    """

    plan: TrafficPlan
    stage: StageName
    means: Means
    to: TrafficPlan | None = None
    standing: Sequence[str] = ()
    begins: datetime | None = None
    done: datetime | None = None
    changes: bool = True
