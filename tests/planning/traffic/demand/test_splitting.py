from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clearway.planning.traffic.demand.splitting import split_evenly


@given(st.integers(1, 200), st.integers(1, 12), st.integers(0, 99))
@settings(max_examples=60, deadline=None)
def test_every_part_has_nearly_the_same_number_of_points(points: int, parts: int, seed: int) -> None:
    x, y = np.random.default_rng(seed).random((2, points))
    sizes = np.bincount(split_evenly(x, y, parts))
    assert len(sizes) == min(parts, points)
    assert sizes.min() >= 1
    assert sizes.max() - sizes.min() <= int(np.ceil(np.log2(parts + 1))) + 1


def test_parts_are_compact() -> None:
    x, y = np.meshgrid(np.arange(4.0), np.arange(4.0))
    part = split_evenly(x.ravel(), y.ravel(), 4).reshape(4, 4)
    assert all(len(np.unique(part[row : row + 2, column : column + 2])) == 1 for row in (0, 2) for column in (0, 2))


def test_heavy_points_make_small_parts() -> None:
    part = split_evenly(np.arange(10.0), np.zeros(10), 2, weight=np.array([9.0] + 9 * [1.0]))
    assert np.bincount(part).tolist() == [1, 9]


def test_points_that_weigh_nothing_are_split_all_the_same() -> None:
    assert np.bincount(split_evenly(np.arange(4.0), np.zeros(4), 4, weight=np.zeros(4))).tolist() == [1, 1, 1, 1]


@pytest.mark.parametrize("parts", [1, 5])
def test_one_point_is_one_part(parts: int) -> None:
    assert split_evenly(np.zeros(1), np.zeros(1), parts).tolist() == [0]
