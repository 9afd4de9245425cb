from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

import numpy as np

from clearway.network.classes import MOTOR_CLASSES, class_mask
from clearway.network.closures import Closure
from clearway.planning.traffic.impact.assigner import Assigner
from clearway.planning.traffic.impact.change import Change, unpacked
from clearway.planning.traffic.impact.sureness import rank_correlation

if TYPE_CHECKING:
    from clearway.planning.traffic.impact.impact_model import TripSource


def test_a_change_comes_back_from_its_bytes_as_it_was(bridge_trips: TripSource) -> None:
    shut = [Closure(1, class_mask(MOTOR_CLASSES))]
    change = Assigner(bridge_trips.streets).change(bridge_trips.trips(8), shut)
    again = unpacked(change.packed())
    for entry in fields(Change):
        np.testing.assert_array_equal(getattr(again, entry.name), getattr(change, entry.name))


def test_ranks_that_are_reversed_or_unknown_are_told_as_such() -> None:
    first = np.array([0.0, 5.0, 3.0, -2.0])
    assert rank_correlation(first, -first) == -1
    assert np.isnan(rank_correlation(first, np.full(4, 7.0)))
    assert np.isnan(rank_correlation(np.zeros(4), np.zeros(4)))
