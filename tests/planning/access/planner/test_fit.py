"""Of the vehicle by which streets are judged, what is said of it."""

from __future__ import annotations

import numpy as np

from clearway.planning.access.planner.fit import Fit


def test_a_figure_that_nobody_knows_is_null_and_a_vehicle_of_which_nothing_is_known_is_none() -> None:
    lost = np.zeros(2, np.bool_)
    known = Fit((3.2, 0.0, 18.0, 0.0, 0.0), (), lost, 21.5).vehicle
    assert known is not None
    assert known.model_dump() == {
        "height_m": 3.2,
        "width_m": None,
        "weight_t": 18.0,
        "length_m": None,
        "axle_t": None,
        "turning_m": 21.5,
    }
    assert Fit(None, (), lost, 21.5).vehicle is None
