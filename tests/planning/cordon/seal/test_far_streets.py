"""How far the streets beyond the radius go, by hand."""

from __future__ import annotations

import numpy as np

from clearway.planning.cordon.seal.far_streets import FarStreets


def test_parts_go_as_far_as_the_farthest_of_their_junctions() -> None:
    far = FarStreets(np.zeros(4, np.bool_), np.array([0, 0, 1, 2]), np.array([5.0, 7.0, 9.0, 11.0]))
    for junctions, metres in (([0], 7.0), ([1, 2], 9.0), ([3], 11.0), ([], 0.0)):
        assert far.reach_m(np.array(junctions, np.int64)) == metres
