"""The points of an answer as a plan holds them, word for word."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from clearway.planning.plan.handover.into_plan import with_handover

if TYPE_CHECKING:
    from plan_rings import Plans


def test_a_point_says_who_comes_there_and_the_minutes_of_its_drives(plans: Plans) -> None:
    point = SimpleNamespace(
        id="H1", lon=174.77, lat=-41.28, where="Main Street at Side Street", patients=7, farthest_seconds=89.6,
        ambulance_seconds=600.0, hospital_seconds=1215.0,
    )  # fmt: skip
    answer: Any = SimpleNamespace(points=[point])
    (found,) = with_handover(plans(), answer).handover
    assert found.id == "H1"
    assert found.note == (
        "7 places inside come here, the farthest in 90 s on foot. Ambulance 10.0 min, hospital 20.2 min, on empty streets."
    )
    assert with_handover(with_handover(plans(), answer), SimpleNamespace(points=[])).handover == ()  # type: ignore[arg-type]
