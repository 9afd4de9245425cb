from __future__ import annotations

import numpy as np
import pytest

from clearway.assignment.costs import BadTraffic
from clearway.planning.traffic.demand.spread import spread_of


def test_the_middle_and_the_range_of_twenty_one_draws() -> None:
    spread = spread_of(np.arange(21.0) - 1)
    assert (float(spread.low), float(spread.median), float(spread.high)) == (0.0, 9.0, 18.0)
    assert spread.agreement() == "grows in 19 of 21 draws"


def test_several_figures_at_once() -> None:
    spread = spread_of([np.array([1.0, -1.0, 0.0]), np.array([3.0, -2.0, 0.0])])
    assert spread.median.tolist() == [2.0, -1.5, 0.0]
    assert [spread.agreement(at) for at in range(3)] == [
        "grows in 2 of 2 draws",
        "falls in 2 of 2 draws",
        "is unchanged in all 2 draws",
    ]


def test_a_draw_that_says_nothing_counts_as_neither() -> None:
    spread = spread_of([np.array([1.0, np.nan]), np.array([np.nan, np.nan])])
    assert spread.median[0] == 1.0
    assert np.isnan(spread.median[1])
    assert spread.agreement(0) == "grows in 1 of 2 draws"


def test_changes_of_nothing_are_none() -> None:
    assert spread_of([0.4, -0.4, 3.0], nothing=0.5).agreement() == "grows in 1 of 3 draws"


def test_no_draws_say_nothing() -> None:
    with pytest.raises(BadTraffic, match="no draws"):
        spread_of([])
