"""Which JSON is meant as a plan: one that calls itself so, or has its name or title and says nothing else of what it is."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from clearway.errors import BadInput
from clearway.planning.plan.document import is_plan, plan_of
from clearway.record.moments import Calendar


@pytest.mark.parametrize(
    ("document", "meant"),
    [
        ({"kind": "plan"}, True),
        ({"plan": "north"}, True),
        ({"title": "North"}, True),
        ({"kind": "plan", "plan": "north", "title": "North"}, True),
        ({}, False),
        ({"barriers": []}, False),
        ({"kind": "remark", "title": "North"}, False),
        ({"kind": "cordon", "plan": "north"}, False),
        ({"kind": None, "title": "North"}, False),
        ({"type": "FeatureCollection", "title": "Closures", "features": []}, False),
        ({"type": "FeatureCollection", "kind": "plan", "plan": "north"}, False),
        (["plan"], False),
        ("plan", False),
        (None, False),
    ],
)
def test_a_document_is_a_plan_that_is_nothing_else(document: Any, meant: bool) -> None:  # noqa: ANN401, FBT001 - any JSON
    assert is_plan(document) is meant
    if not meant:
        with pytest.raises(
            BadInput, match=r"^This is not a traffic management plan\. Give a plan as 'clearway plan from-record"
        ):
            plan_of(document, Calendar(ZoneInfo("UTC")), datetime(2024, 5, 8, tzinfo=UTC))
