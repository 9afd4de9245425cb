"""The hour that detours are loaded with: assigned twice, and told so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clearway.network.classes import MOTOR_CLASSES, class_mask
from clearway.network.closures import Closure
from clearway.planning.plan.detours.loads import loaded
from clearway.planning.traffic.impact.assigner import Assigner

if TYPE_CHECKING:
    from clearway.planning.traffic.impact.impact_model import TripSource


def test_trips_are_assigned_as_streets_are_and_under_the_closures_and_each_is_told(bridge_trips: TripSource) -> None:
    shut = Closure(1, class_mask(MOTOR_CLASSES))
    told: list[tuple[str, float]] = []
    assigner = Assigner(bridge_trips.streets)
    traffic = loaded(assigner, bridge_trips.trips(8), 8, [shut], lambda doing, share: told.append((doing, share)))
    before, after = (one.flow_per_hour[2:4].sum() for one in (traffic.before, traffic.after))
    assert (before, after) == (pytest.approx(1100), 0)
    assert traffic.statement.endswith("The hour from 8:00 is assigned.")
    assert list(dict.fromkeys(doing for doing, _ in told)) == [
        "Assigning the trips to the streets as they are",
        "Assigning them under the closures",
    ]
    assert [share for _, share in told] == sorted(share for _, share in told)
