"""Cost functions against numbers worked by hand, against numerical differentiation and against scipy's quadrature."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad

from clearway.assignment.costs import AKCELIK, BPR, DAVIDSON, FIXED, LinkCosts, bpr_costs

KINDS = (FIXED, BPR, BPR, BPR, BPR, DAVIDSON, AKCELIK, AKCELIK)
FACTORS = (0.1, 0.15, 0.15, 0.5, 0.2, 0.3, 0.4, 5.0)
POWERS = (0.0, 4.0, 1.0, 2.5, 2.0, 0.0, 0.0, 0.0)
LINKS = list(zip(KINDS, FACTORS, POWERS, strict=True))


def costs(kind: int, factor: float, power: float, capacity: float = 100.0) -> LinkCosts:
    one = np.ones(1)
    return LinkCosts(np.array([kind], np.uint8), 10 * one, capacity * one, factor * one, power * one, 60 * one)


@pytest.mark.parametrize(
    ("kind", "factor", "power", "flow", "time"),
    [
        (FIXED, 9.0, 4.0, 500.0, 10.0),
        (BPR, 0.15, 4.0, 200.0, 34.0),  # 10 * (1 + 0.15 * 16)
        (BPR, 0.15, 0.0, 0.0, 11.5),  # a power of 0 counts the factor at every flow
        (DAVIDSON, 0.5, 0.0, 50.0, 15.0),  # 10 * (1 + 0.5 * 0.5 / 0.5)
        (DAVIDSON, 0.5, 0.0, 100.0, 205.0),  # straight on from 0.95: 10 * (1 + 0.5 * (19 + 0.05 * 400))
        (AKCELIK, 0.0, 0.0, 300.0, 10.0),
        (AKCELIK, 7.5, 0.0, 100.0, 11.5),  # 15 * sqrt(8 * 7.5 / (100 * 60)) = 1.5
    ],
)
def test_time_is_as_worked_by_hand(kind: int, factor: float, power: float, flow: float, time: float) -> None:
    assert costs(kind, factor, power).times(np.array([flow]))[0] == pytest.approx(time, rel=1e-12)


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "factor", "power"), LINKS)
@given(flow=st.floats(1.0, 400.0).filter(lambda flow: abs(flow - 95) > 1))
def test_slope_is_what_the_time_does(kind: int, factor: float, power: float, flow: float) -> None:
    link, step = costs(kind, factor, power), 1e-4
    rise = link.times(np.array([flow + step]))[0] - link.times(np.array([flow - step]))[0]
    assert link.slopes(np.array([flow]))[0] == pytest.approx(rise / (2 * step), rel=1e-5, abs=1e-7)


@pytest.mark.parametrize(("kind", "factor", "power"), LINKS)
@pytest.mark.parametrize("flow", [0.0, 12.0, 94.0, 130.0, 900.0])
def test_integral_is_the_area_under_the_time(kind: int, factor: float, power: float, flow: float) -> None:
    link = costs(kind, factor, power)
    parts = [0.0, *(bend for bend in (95.0, 100.0) if bend < flow), flow]
    area = sum(quad(lambda x: link.times(np.array([x]))[0], low, high, limit=200)[0] for low, high in itertools.pairwise(parts))
    assert link.integrals(np.array([flow]))[0] == pytest.approx(area, rel=1e-9, abs=1e-9)


@pytest.mark.parametrize(("kind", "factor", "power"), LINKS)
def test_marginal_time_is_the_slope_of_the_total_time(kind: int, factor: float, power: float) -> None:
    link, step = costs(kind, factor, power), 1e-4
    for flow in (3.0, 60.0, 120.0):
        low, high = np.array([flow - step]), np.array([flow + step])
        total = (high * link.times(high) - low * link.times(low)) / (2 * step)
        assert link.marginal_times(np.array([flow]))[0] == pytest.approx(total[0], rel=1e-6)


def test_an_infinite_capacity_never_counts_the_flow() -> None:
    for kind in (BPR, DAVIDSON, AKCELIK):
        link = costs(kind, 0.15, 4.0, math.inf)
        assert link.times(np.array([1e9]))[0] == 10.0
        assert link.integrals(np.array([100.0]))[0] == 1000.0


def test_marginal_time_at_no_flow_is_the_time_even_where_the_slope_is_infinite() -> None:
    link = bpr_costs(np.array([10.0]), np.array([100.0]), power=0.5)
    assert math.isinf(link.slopes(np.zeros(1))[0])
    assert link.marginal_times(np.zeros(1))[0] == 10.0
