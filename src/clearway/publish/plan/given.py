"""What was found of a plan before, read from files or as it is sent: stages with their crews, and marches."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from pydantic import ValidationError

from clearway.errors import BadFile, BadInput
from clearway.planning.geojson import read_json
from clearway.planning.plan.march.contract import MarchAnswer
from clearway.planning.plan.stages.contract import StagePlan
from clearway.shapes import Shape

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from clearway.record.kinds.plans import TrafficPlan

S = TypeVar("S", bound=Shape)

_STAGES = "Give the answer of 'clearway plan stages PLAN --json' for this very plan."
_MARCH = "Give the answer of 'clearway plan march PLAN --json' for this very plan."


def stage_of(document: object, plan: TrafficPlan) -> StagePlan:
    """Who does what when in a stage of a plan, as the answer says it.

    Raises:
        BadInput: it is something else, or is about another plan or version.
    """
    found = _parsed(document, StagePlan, _STAGES)
    if (found.plan, found.version) != (plan.plan, plan.version):
        raise BadInput(f"The stage is about plan '{found.plan}', version {found.version}. {_STAGES}")
    return found


def march_of(document: object, plan: TrafficPlan) -> MarchAnswer:
    """What a march of a plan shuts when, as the answer says it.

    Raises:
        BadInput: it is something else, or is about a march that the plan does not have.
    """
    found = _parsed(document, MarchAnswer, _MARCH)
    if found.id not in {one.id for one in plan.marches}:
        raise BadInput(f"The answer is about the march '{found.id}', which the plan does not have. {_MARCH}")
    return found


def read_stage(path: Path, plan: TrafficPlan) -> StagePlan:
    """The same from a file.

    Raises:
        BadFile: the file cannot be read, is something else, or is about another plan or version.
    """
    return _read(path, stage_of, plan, _STAGES)


def read_march(path: Path, plan: TrafficPlan) -> MarchAnswer:
    """The same from a file.

    Raises:
        BadFile: the file cannot be read, is something else, or is about a march that the plan does not have.
    """
    return _read(path, march_of, plan, _MARCH)


def _read(path: Path, found_in: Callable[[object, TrafficPlan], S], plan: TrafficPlan, remedy: str) -> S:
    try:
        return found_in(read_json(path, remedy), plan)
    except BadInput as error:
        raise BadFile(path, "cannot be used", str(error)) from error


def _parsed(document: object, shape: type[S], remedy: str) -> S:
    try:
        return shape.model_validate(document)
    except ValidationError as error:
        where = ".".join(map(str, error.errors()[0]["loc"])) or "all of it"
        raise BadInput(f"The answer is something else ({where!r} does not fit). {remedy}") from error
