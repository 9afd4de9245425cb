"""Barriers pinned and banned on the carriageways of a street: each pair alike, the first one as any other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from clearway.errors import Infeasible
from clearway.network.classes import class_mask
from clearway.planning.cordon.planner.places import NOT_TO_BE_CUT, cost_of
from clearway.planning.cordon.planner.question import CordonQuestion
from clearway.planning.cordon.planner.wishes import Wishes, wishes_of
from clearway.shapes import Spot
from drawn_towns import Town, square

if TYPE_CHECKING:
    from types import ModuleType

PAIRS = range(4)
ONE_CORNER, TWO_CORNERS = 20.0, 30.0
"""Metres between the carriageways: from 25 m on a crew does not watch both junctions."""


class Quay:
    """A dual carriageway that crosses a side street; a pair of places at either side of it and at either end."""

    def __init__(self, kit: ModuleType, gap: float) -> None:
        town = Town()
        both, none = town.draft.usual_permit("secondary"), class_mask(["foot"])
        for y, permit in ((0.0, (both, none)), (gap, (none, both))):
            for x in (110.0, -110.0):
                town.corner(x, y, edge=True)
                town.street((0.0, y), (x, y), name="The Quay", street_class="secondary", permit=permit)
        for y, far in ((0.0, -110.0), (gap, gap + 110.0)):
            town.corner(0.0, far, edge=True)
            town.street((0.0, y), (0.0, far), name="Side Street")
        town.street((0.0, 0.0), (0.0, gap), name="Side Street")
        self.question = CordonQuestion(site=square(0, -60, 10), radius_m=5000)
        self.parts = kit.parts_of(town.network(), self.question)
        self.places = self.parts.places

    def spots(self, pair: int) -> list[int]:
        return [int(self.places.spot_of[element]) for element in self.places.bundles[pair].elements]

    def wished(self, **spots: list[int]) -> Wishes:
        """With barriers pinned (``pins``) or banned (``never``) at some places."""
        asked: dict[str, Any] = {
            wish: tuple(Spot(lon=float(lon), lat=float(lat)) for lon, lat in self.places.lonlat[own])
            for wish, own in spots.items()
        }
        return wishes_of(self.parts.window, self.places, self.question.model_copy(update=asked))


@pytest.mark.parametrize("gap", [ONE_CORNER, TWO_CORNERS])
@pytest.mark.parametrize("pair", PAIRS)
def test_both_carriageways_pinned_are_one_place_where_that_is_cheaper(kit: ModuleType, pair: int, gap: float) -> None:
    quay = Quay(kit, gap)
    assert len(quay.places.bundles) == len(PAIRS)
    spots = quay.spots(pair)
    found = quay.wished(pins=spots)
    assert found.pinned == {-1 - pair}
    assert found.pinned_price == cost_of(quay.places, found.pinned) < cost_of(quay.places, frozenset(spots))
    assert found.standing.issuperset(quay.places.bundles[pair].elements)
    assert [int(found.price[element]) for element in quay.places.bundles[pair].elements] == [0, 0]


@pytest.mark.parametrize("gap", [ONE_CORNER, TWO_CORNERS])
@pytest.mark.parametrize("pair", PAIRS)
@pytest.mark.parametrize("banned", [0, 1])
def test_a_pair_of_which_one_is_banned_is_a_place_no_more(kit: ModuleType, pair: int, gap: float, banned: int) -> None:
    quay = Quay(kit, gap)
    spots, elements = quay.spots(pair), quay.places.bundles[pair].elements
    found = quay.wished(never=[spots[banned]])
    assert found.price[spots[banned]] == found.price[elements[banned]] == NOT_TO_BE_CUT
    assert found.price[spots[1 - banned]] == quay.places.price[spots[1 - banned]]
    left = {index for index in PAIRS if set(quay.places.bundles[index].elements).isdisjoint(elements)}
    assert set(found.bundle_of[found.bundle_of >= 0].tolist()) == left == set(PAIRS) - {pair}
    assert [ban.spots for ban in found.bans] == [(spots[banned],)]


@pytest.mark.parametrize("pair", PAIRS)
@pytest.mark.parametrize("pinned", [0, 1])
def test_a_pair_of_which_one_stands_costs_only_what_the_other_adds(kit: ModuleType, pair: int, pinned: int) -> None:
    quay = Quay(kit, ONE_CORNER)
    spots = quay.spots(pair)
    found = quay.wished(pins=[spots[pinned]])
    other, bundle = spots[1 - pinned], quay.places.bundles[pair]
    assert (found.pinned, found.price[spots[pinned]]) == (frozenset({spots[pinned]}), 0)
    assert found.bundles[pair].elements == (other,)
    assert found.bundles[pair].price == bundle.price - quay.places.price[spots[pinned]]
    assert (found.bundle_of[other], found.bundle_of[spots[pinned]]) == (pair, -1)


@pytest.mark.parametrize("pair", PAIRS)
def test_an_arm_that_stands_makes_no_pair_with_one_of_another_corner(kit: ModuleType, pair: int) -> None:
    quay = Quay(kit, TWO_CORNERS)
    spots, elements = quay.spots(pair), quay.places.bundles[pair].elements
    found = quay.wished(pins=[spots[0]])
    of_corners = elements[0] != spots[0]
    assert (set(found.bundle_of[list(elements)].tolist()) == {-1}) == of_corners
    assert found.price[spots[0]] == 0


def test_where_a_barrier_is_pinned_and_banned_there_is_one_sentence(kit: ModuleType) -> None:
    quay = Quay(kit, ONE_CORNER)
    for spot in range(2):
        with pytest.raises(Infeasible, match="A barrier is pinned where no barrier may stand"):
            quay.wished(pins=[spot], never=[spot])
