"""Crews and marches on paper: told where somebody worked them out, a gap where not, refused where they are of another plan."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from clearway.errors import BadFile
from clearway.planning.plan.document import plan_of
from clearway.publish.plan.content import document_of
from clearway.publish.plan.features import features_of
from clearway.publish.plan.given import read_march, read_stage
from clearway.publish.plan.known import Known
from plan_rings import DAYS, NOW

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from clearway.record.kinds.plans import TrafficPlan

LINE = [[174.77, -41.28], [174.78, -41.28]]
TASK = {
    "number": 1, "id": "B1", "where": "Hill Street", "does": "set", "structure": "concrete_block", "pieces": 4, "starts": 12,
    "ends": 30, "starts_at": "2022-02-20T14:42:00Z", "ends_at": None, "crew": "crew 1", "truck": None, "forklift": "forklift 2",
    "loads": 1, "lon": 174.77, "lat": -41.28, "side": "outside",
}  # fmt: skip
STAGE: dict[str, Any] = {
    "plan": "tmp", "version": 1, "stage": "set_up", "possible": True, "minutes": 30, "bound": 28, "proven": False,
    "bound_by": "the crews alone", "begins": None, "done": None, "tasks": [TASK], "legs": [], "open": [], "turned": [],
    "kit": [{"structure": "concrete_block", "depot": "D1", "owner": "borrowed", "source": "the port", "number": 4,
             "assumed": False}],
    "needs": [{"structure": "concrete_block", "needed": 4, "there": 4, "missing": 0}],
    "inputs": [{"input": "a piece takes", "value": "8", "unit": "min", "assumed": True, "source": ""}], "changes": [],
    "decides": "One crew more saves 9 min.", "checked": True, "refused": [], "summary": [],
}  # fmt: skip
MARCH: dict[str, Any] = {
    "id": "M1", "kind": "march", "route_m": 800, "column_m": 100, "starts": "2022-02-20T23:00:00Z",
    "head_arrives": "2022-02-20T23:20:00Z", "tail_leaves": "2022-02-20T23:05:00Z", "over": "2022-02-20T23:25:00Z",
    "first_closed": "2022-02-20T22:50:00Z", "all_open": "2022-02-20T23:35:00Z", "late_seconds": 0,
    "stretches": [{"number": 1, "street": "High Street", "way": 0, "from_m": 0, "to_m": 800,
                   "closed_from": "2022-02-20T22:50:00Z",
                   "head": "2022-02-20T23:00:00Z", "tail": "2022-02-20T23:25:00Z", "reopens": "2022-02-20T23:35:30Z",
                   "line": LINE}],
    "sides": [], "crossings": [], "no_crossing": [], "minutes": [], "worst": None, "buses": None, "line": LINE, "inputs": [],
    "summary": ["M1: 800 m."], "warnings": [],
}  # fmt: skip


@pytest.fixture
def plan() -> TrafficPlan:
    """A plan with a stage and a march."""
    march = {"id": "M1", "along": ["High Street"], "starts": "2022-02-21T12:00+13:00"}
    document = {"plan": "tmp", "title": "March", "stages": [{"phase": "set_up"}], "marches": [march]}
    return plan_of(document, DAYS, NOW)


def written(folder: Path, said: dict[str, Any]) -> Path:
    file = folder / "answer.json"
    file.write_text(json.dumps(said))
    return file


def test_who_places_what_when_and_what_a_march_shuts_fill_the_gaps(plan: TrafficPlan, tmp_path: Path) -> None:
    without = Known(plan=plan, zone=DAYS.zone, made=NOW)
    stage, march = read_stage(written(tmp_path, STAGE), plan), read_march(written(tmp_path, MARCH), plan)
    known = Known(plan=plan, zone=DAYS.zone, made=NOW, stages=(stage,), marches=(march,))
    assert document_of(without).gaps - document_of(known).gaps == 4  # order and kit in the order, order and march in the plan
    sections = {one.heading: [block.model_dump() for block in one.blocks] for one in document_of(known).sections}
    _, facts, table, *_ = sections["Stages"]
    assert facts["rows"] == (
        ("Set up takes", "30 minutes (fewer than 28 are proved impossible)"), ("What decides it", "One crew more saves 9 min."),
        ("Accepted by its checker", "yes"), ("Assumed", "a piece takes 8 min"),
    )  # fmt: skip
    assert table["rows"] == (("1", "B1: Hill Street", "set, crew 1, forklift 2", "Mon 03:42", "minute 30"),)
    assert sections["March: M1"][2]["rows"] == (("High Street", "0 to 800", "11:50:00", "12:35:30"),)
    order = {
        name: value
        for one in document_of(known).order
        for block in one.blocks
        if block.type == "facts"
        for name, value in block.rows
    }
    assert order["Order of placing"] == "Set up, 30 minutes (fewer than 28 are proved impossible): B1"
    assert order["Whose they are, and from where they come"] == "4 of concrete block, borrowed from the port at D1"
    unplanned = plan.model_copy(update={"stages": ()})
    (said,) = [one for one in document_of(replace(known, plan=unplanned)).sections if one.heading == "Stages"]
    assert said.blocks[0].model_dump()["lines"] == (None,)
    assert said.blocks[2].model_dump()["rows"] == table["rows"], "crews that were sent stand there though no stage is written"
    (feature,) = features_of(known)
    assert (feature.kind, feature.lines) == ("march", (((174.77, -41.28), (174.78, -41.28)),))
    assert features_of(without)[0].lines == ()


@pytest.mark.parametrize(
    ("read", "said", "why"),
    [
        (read_stage, STAGE | {"version": 2}, "is about plan 'tmp', version 2"),
        (read_stage, MARCH, "is something else"),
        (read_march, MARCH | {"id": "M2"}, "is about the march 'M2', which the plan does not have"),
        (read_march, STAGE, "is something else"),
    ],
)
def test_what_is_about_another_plan_is_refused(
    plan: TrafficPlan, tmp_path: Path, read: Callable[[Path, TrafficPlan], object], said: dict[str, Any], why: str
) -> None:
    with pytest.raises(BadFile, match=why):
        read(written(tmp_path, said), plan)


def test_kit_that_nobody_has_is_said(plan: TrafficPlan, tmp_path: Path) -> None:
    need = {"structure": "concrete_block", "needed": 4, "there": 1, "missing": 3}
    said = STAGE | {"minutes": None, "possible": False, "tasks": [], "needs": [need]}
    known = Known(plan=plan, zone=DAYS.zone, made=NOW, stages=(read_stage(written(tmp_path, said), plan),))
    text = document_of(known).model_dump_json()
    assert "It cannot be done: 3 concrete block missing." in text
