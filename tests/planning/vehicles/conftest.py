"""Towns in which vehicles stand across streets."""

from __future__ import annotations

import pytest

from random_vehicles import Parked, parked


@pytest.fixture(scope="session")
def towns() -> list[Parked]:
    """Random towns with their staircases."""
    return list(parked(40))
