"""What other commands have found of a plan, read from the files in which they say it: stages with their crews, and marches."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from pydantic import ValidationError

from clearway.errors import BadFile
from clearway.planning.geojson import read_json
from clearway.planning.plan.march.contract import MarchAnswer
from clearway.planning.plan.stages.contract import StagePlan
from clearway.shapes import Shape

if TYPE_CHECKING:
    from pathlib import Path

    from clearway.record.kinds.plans import TrafficPlan

S = TypeVar("S", bound=Shape)

_STAGES = "Give the answer of 'clearway plan stages PLAN --json' for this very plan."
_MARCH = "Give the answer of 'clearway plan march PLAN --json' for this very plan."


def read_stage(path: Path, plan: TrafficPlan) -> StagePlan:
    """Who does what when in a stage of a plan.

    Raises:
        BadFile: the file cannot be read, is something else, or is about another plan or version.
    """
    found = _read(path, StagePlan, _STAGES)
    if (found.plan, found.version) != (plan.plan, plan.version):
        raise BadFile(path, f"is about plan '{found.plan}', version {found.version}", _STAGES)
    return found


def read_march(path: Path, plan: TrafficPlan) -> MarchAnswer:
    """What a march of a plan shuts when.

    Raises:
        BadFile: the file cannot be read, is something else, or is about a march that the plan does not have.
    """
    found = _read(path, MarchAnswer, _MARCH)
    if found.id not in {one.id for one in plan.marches}:
        raise BadFile(path, f"is about the march '{found.id}', which the plan does not have", _MARCH)
    return found


def _read(path: Path, shape: type[S], remedy: str) -> S:
    try:
        return shape.model_validate(read_json(path, remedy))
    except ValidationError as error:
        where = ".".join(map(str, error.errors()[0]["loc"])) or "all of it"
        raise BadFile(path, f"is something else ({where!r} does not fit)", remedy) from error
