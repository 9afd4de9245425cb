"""Places for barriers at the edge of what is looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clearway.network.classes import class_mask
from clearway.planning.cordon.planner.question import CordonQuestion
from drawn_towns import Town, square

if TYPE_CHECKING:
    from types import ModuleType


@pytest.mark.parametrize(("radius_m", "pairs"), [(165, 0), (230, 8)])
def test_a_carriageway_whose_other_one_lies_beyond_the_radius_is_shut_alone(
    kit: ModuleType, radius_m: float, pairs: int
) -> None:
    """The near one is 150 m from the site, the far one 180; each has a place at either end of its two pieces a side."""
    town = Town()
    both, foot = town.draft.usual_permit("residential"), class_mask(["foot"])
    town.street((0, -60), (0, 100), name="Side Street")
    for y, permit in ((100, (both, foot)), (130, (foot, both))):
        for x in (-300, 300):
            town.corner(x, y, edge=True)
            town.street(*sorted([(0, y), (x, y)]), name="Quay", permit=permit)
    asked = CordonQuestion(site=square(0, -60, 10), radius_m=radius_m)
    places = kit.parts_of(town.network(), asked).places
    assert len(places.bundles) == pairs
    assert places.bundle_of.max() == pairs - 1
