"""The exact program by itself, on a crossroads that can be counted by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from clearway.planning.cordon.planner.places import UNITS
from clearway.planning.cordon.planner.program import Terms, solved_program
from clearway.planning.cordon.planner.question import CordonQuestion
from drawn_towns import Town, place, square

if TYPE_CHECKING:
    from types import ModuleType


def crossroads(kit: ModuleType, *, pinned: bool = False) -> Any:  # noqa: ANN401 - a model of the kit
    """Four arms of 200 m out of town: a barrier on each, two of 5 points, one of 7 and one of 12."""
    town = Town()
    classes = {"North": "primary", "East": "tertiary", "South": "residential", "West": "residential"}
    for (name, street_class), end in zip(classes.items(), ((0, 200), (200, 0), (0, -200), (-200, 0)), strict=True):
        town.corner(*end, edge=True)
        town.street((0, 0), end, name=f"{name} Street", street_class=street_class)
    lon, lat = place(0, 192)
    pins = ({"lon": lon, "lat": lat},) if pinned else ()
    return kit.parts_of(town.network(), CordonQuestion(site=square(0, 0, 15), pins=pins)).model


@pytest.mark.parametrize("pinned", [False, True])
@pytest.mark.parametrize("scale", [1, 3])
def test_its_bound_reaches_the_cost_of_the_places(kit: ModuleType, scale: int, *, pinned: bool) -> None:
    found = solved_program(crossroads(kit, pinned=pinned), Terms(scale=scale))
    assert found is not None
    places, bound = found
    assert len(places) == 4
    assert round(bound / UNITS) == (500 + 500 + 700 + 1200) * scale


@pytest.mark.parametrize(("most", "found"), [(3, False), (4, True)])
def test_with_fewer_places_than_it_takes_there_is_none(kit: ModuleType, most: int, *, found: bool) -> None:
    assert (solved_program(crossroads(kit), Terms(at_most=most)) is not None) == found


def test_counted_alone_the_places_are_the_bound(kit: ModuleType) -> None:
    found = solved_program(crossroads(kit), Terms(count_only=True))
    assert found is not None
    assert (len(found[0]), found[1]) == (4, 4 * UNITS)


@pytest.mark.parametrize("weight", [0, 7])
def test_who_lives_where_two_streets_only_lead_away_from_the_cordon_is_cut_off_with_it(kit: ModuleType, weight: int) -> None:
    """Nobody drives back from the close, and whoever comes there comes from one of two enclosed corners."""
    bounds, addresses = [], []
    for lanes in (False, True):
        town = Town()
        both = town.draft.usual_permit("residential")
        for end in ((0, 200), (200, 0), (0, -200), (-200, 0)):
            middle = (end[0] // 2, end[1] // 2)
            town.corner(*end, edge=True)
            town.street((0, 0), middle, street_class="primary")
            town.street(middle, end, street_class="service")
        if lanes:
            for start in ((0, 100), (100, 0)):
                town.street(start, (100, 100), permit=(both, 0), name="Lane")
            town.street((100, 100), (180, 180), name="Close")
        asked = CordonQuestion(site=square(0, 0, 15), radius_m=5000, trust_signs=True)
        model = kit.parts_of(town.network(), asked).model
        found = solved_program(model, Terms(weight))
        assert found is not None
        assert len(found[0]) == 4
        bounds.append(found[1])
        addresses.append(int(model.addresses.sum()))
    assert addresses[1] > addresses[0]
    assert bounds[1] - bounds[0] == weight * (addresses[1] - addresses[0])
