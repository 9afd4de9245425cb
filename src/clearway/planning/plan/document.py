"""A plan as a file, and its digest. A file holds what the record's ``plan`` entry holds, and takes the same words.

A place may be written "Hill Street at Molesworth Street", a time "day 14 03:30", as everywhere.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any, TypeGuard

from clearway.errors import BadInput
from clearway.files import writing
from clearway.planning.documents import read_document
from clearway.record.kinds.plans import TrafficPlan
from clearway.record.parse import draft_of

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from clearway.record.moments import Calendar

_REMEDY = "Give a plan as 'clearway plan from-record --out PLAN.json' writes it."


def is_plan(document: object) -> TypeGuard[dict[str, Any]]:
    """Whether parsed JSON is meant as a plan: it calls itself one, or has its name or title."""
    return (
        isinstance(document, dict)
        and "type" not in document
        and (document.get("kind") == "plan" or ("kind" not in document and bool({"plan", "title"} & document.keys())))
    )


def plan_of(document: object, calendar: Calendar, now: datetime) -> TrafficPlan:
    """A plan from parsed JSON.

    Args:
        document: Parsed JSON: the fields of a plan.
        calendar: The operation's, to read times by.
        now: This moment, from which words such as "tomorrow" are read.

    Raises:
        BadInput: it is no plan; the sentence names the field.
    """
    if not is_plan(document):
        raise BadInput(f"This is not a traffic management plan. {_REMEDY}")
    draft = draft_of({"body": document | {"kind": "plan"}, "happened": now.isoformat()}, calendar, now=now)
    if not isinstance(draft.body, TrafficPlan):
        raise BadInput(f"This is not a traffic management plan. {_REMEDY}")
    return draft.body


def read_plan(path: Path, calendar: Calendar, now: datetime) -> TrafficPlan:
    """A plan from a file.

    Raises:
        BadFile: it cannot be read, or is no plan.
    """
    return read_document(path, lambda parsed: plan_of(parsed, calendar, now), "is not a plan that can be used", _REMEDY)


def plan_json(plan: TrafficPlan) -> dict[str, Any]:
    """A plan as a file has it; what was left out stays out."""
    return {name: value for name, value in plan.model_dump(mode="json", exclude_none=True).items() if value != []}


def write_plan(path: Path, plan: TrafficPlan) -> None:
    """Write a plan, whole or not at all.

    Raises:
        BadFile: the file cannot be written.
    """
    with writing(path) as file:
        file.write(json.dumps(plan_json(plan), ensure_ascii=False, indent=1) + "\n")


def plan_digest(plan: TrafficPlan) -> str:
    """SHA-256 of what a plan says, in hexadecimal: the same for the same plan, however its file is laid out."""
    said = json.dumps(plan.model_dump(mode="json"), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(said.encode()).hexdigest()
