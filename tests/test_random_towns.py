"""Random towns are worth what they are hard: what they hold, and how often what is tested makes a difference."""

from __future__ import annotations

import pytest

from measure_towns import accesses, cordons, searches

pytestmark = pytest.mark.slow


def test_random_cordons_have_several_barriers_corners_carriageways_and_wishes_that_change_them() -> None:
    found = cordons(100)
    least = {
        "two or more barriers": 0.6,
        "a place of several barriers": 0.25,
        "barriers at a corner": 0.25,
        "two carriageways abreast": 0.2,
        "the exact program is needed": 0.01,
        "another cordon costs the same": 0.1,
        "a wish that changes the plan": 0.2,
        "signs that bind": 0.2,
        "an obstacle": 0.4,
        "a bridge": 0.15,
        "outside begins at the radius": 0.2,
        "addresses count": 0.25,
    }
    assert {name: found[name] for name, share in least.items() if found[name] < share} == {}


def test_closures_change_times_in_most_random_towns() -> None:
    found = accesses(60)
    assert found["a closure that changes a time"] > 0.6
    assert found["an address cut off"] > 0.4
    assert searches(200)["a closure that changes a time"] > 0.4
